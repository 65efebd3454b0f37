/** Going from number to number by keys: the numbers are links, and the one in focus is where one is. */

type Way = 'next' | 'before' | 'down' | 'up';

/** Moves the focus; `only` leaves out the cells (or lines) that hold no such mark. */
export function moveBetweenNumbers(way: Way, only?: string): void {
  const all = [...document.querySelectorAll<HTMLAnchorElement>('#screen .statement .cell a')];
  const here = document.activeElement instanceof HTMLAnchorElement ? all.indexOf(document.activeElement) : -1;
  const step = way === 'next' || way === 'down' ? 1 : -1;
  const column = all[here]?.closest('td')?.cellIndex;
  const from = here === -1 && step === -1 ? all.length : here;
  for (let index = from + step; index >= 0 && index < all.length; index += step) {
    const link = all[index];
    if (!link) return;
    const sideways = way === 'next' || way === 'before';
    const inColumn = column === undefined || link.closest('td')?.cellIndex === column;
    if (!sideways && !inColumn) continue;
    if (only !== undefined && !marked(link, only)) continue;
    link.focus();
    link.scrollIntoView({ block: 'nearest' });
    return;
  }
}

/** The mark stands at the number, or in the tick column of its line. */
const marked = (link: HTMLAnchorElement, mark: string): boolean =>
  link.querySelector(mark) !== null || link.closest('tr')?.querySelector(`.tick ${mark}`) != null;
