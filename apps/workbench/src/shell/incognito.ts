/**
 * Incognito: every run of digits is masked before it is painted, in text (of SVG too), in titles, in what is read aloud
 * and in the machine-readable value. Masking happens in the document, behind all screens, so that none can forget it;
 * only what stands in `[data-plain]` (days, ids, line numbers) is left.
 *
 * The observer runs before the browser paints what changed. Unmasking draws everything anew (app.tsx): what was masked is
 * not kept anywhere.
 */

const digits = /\d[\d.,\s]*\d|\d/g;
const spoken = ['aria-label', 'aria-valuetext', 'aria-description', 'title', 'value', 'alt', 'placeholder'];

export const masked = (text: string): string => text.replace(digits, '•••');

const isPlain = (element: Element | null): boolean => element?.closest('[data-plain]') != null;

function maskText(text: Text): void {
  if (text.data === '' || isPlain(text.parentElement)) return;
  const hidden = masked(text.data);
  if (hidden !== text.data) text.data = hidden;
}

function maskAttributes(element: Element): void {
  if (isPlain(element)) return;
  for (const name of spoken) {
    // What is typed or chosen must stay what it is; the stylesheet hides it from sight.
    if (name === 'value' && !(element instanceof HTMLDataElement)) continue;
    const value = element.getAttribute(name);
    if (value !== null && masked(value) !== value) element.setAttribute(name, masked(value));
  }
}

function maskTree(root: Node): void {
  if (root instanceof Text) return maskText(root);
  if (!(root instanceof Element)) return;
  maskAttributes(root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node instanceof Text) maskText(node);
    else if (node instanceof Element) maskAttributes(node);
}

/** Masks what is there and what comes; returns what ends it. */
export function maskDigits(): () => void {
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'characterData') maskTree(target);
      else if (type === 'attributes' && target instanceof Element) maskAttributes(target);
      else for (const node of addedNodes) maskTree(node);
    }
  });
  maskTree(document.documentElement);
  observer.observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: spoken,
  });
  document.documentElement.dataset['incognito'] = '';
  return () => {
    observer.disconnect();
    delete document.documentElement.dataset['incognito'];
  };
}
