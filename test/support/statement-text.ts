/**
 * A printed statement read back: the amounts of each line that has a tick, in the order of print. Only what a reader
 * would read is used, so that the width and the columns beside the amounts may change.
 */

/** Lines that end in a tick, as the words between blanks, without the tick and the change column. */
function tickedLines(text: string): { readonly label: string; readonly words: readonly string[] }[] {
  return text.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/);
    if (!/^([✓≈◇✗⊘○]|ok|~|#)$/.test(words.pop() ?? '')) return [];
    if (/%$|^n\/m$/.test(words.at(-1) ?? '')) words.pop();
    return words.length === 0 ? [] : [{ label: line.trim(), words }];
  });
}

/** Amounts line by line of a statement whose lines have `columns` values each. */
export const amountsIn = (text: string, columns: number): string[] =>
  tickedLines(text).flatMap(({ words }) => words.slice(-columns));

const amount = /^(\(?[\d,.]+\)?|-)$/;

/** The same of a matrix, which is cut into panels of columns where it is too wide: each panel starts with `first`. */
export function matrixAmounts(text: string, columns: number, first: string): string[] {
  const panels: string[][][] = [];
  for (const { label, words } of tickedLines(text)) {
    if (label.startsWith(first)) panels.push([]);
    let from = words.length;
    while (amount.test(words[from - 1] ?? '')) from -= 1;
    panels.at(-1)?.push(words.slice(from));
  }
  const tables: string[][][] = [];
  for (const panel of panels) {
    const table = tables.at(-1);
    if (!table || (table[0]?.length ?? 0) === columns) tables.push(panel);
    else panel.forEach((cells, row) => table[row]?.push(...cells));
  }
  return tables.flat(2);
}
