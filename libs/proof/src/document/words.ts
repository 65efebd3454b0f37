/**
 * What a label says, as words that can be compared: "Net impairment losses on financial assets and contract assets" on
 * one line and broken over two is the same label, and so is "Depreciation and amortization" for "amortisation".
 *
 * Dates, units and the small words that every label has are left out, because they tell nothing apart; the numbers of
 * an aging bucket ("6 months to 1 year") stay, because they do.
 */

const small = new Set(
  'the of and to in on for by a an at as or from with is are was were be been its our we rmb hkd usd unaudited audited note notes'.split(
    ' ',
  ),
);

const month = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
/** 30 June 2022 · June 30, 2022 · August 2022 · 1 January */
export const datePattern = new RegExp(
  `\\b(?:\\d{1,2}\\s+${month}(?:,?\\s+\\d{4})?|${month}\\s+\\d{1,2}(?:,\\s*\\d{4})?(?!\\d)|${month}\\s+\\d{4})\\b`,
  'gi',
);

/** Words of a text, in order. */
export function wordsOf(text: string): readonly string[] {
  const bare = text
    .replace(/<[^>]*>/g, ' ')
    .replace(datePattern, ' ')
    .replace(/[A-Z]{3}\s*['’]000/g, ' ')
    .toLowerCase();
  const found = bare.match(/[\p{Script=Latin}]{2,}|(?<![\d.,(])\d{1,2}(?![\d.,)%])/gu) ?? [];
  return found.filter((word) => !small.has(word)).map((word) => word.replaceAll('z', 's').replace(/s$/, ''));
}

/** How many words of a text, each counted once, are among others. */
function shared(words: readonly string[], others: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word !== undefined && words.indexOf(word) === index && others.includes(word)) count += 1;
  }
  return count;
}

/**
 * How well a text says a label, 0 to 1: the text may say more before it (other rows' labels, a heading) or, broken
 * over lines, only part of it. A label without words of its own is said by nothing.
 */
export function likeness(label: readonly string[], text: readonly string[]): number {
  if (label.length === 0 || text.length === 0) return 0;
  const whole = shared(label, text.slice(-(label.length + 2))) / label.length;
  if (text.length > 2 * label.length + 4) return whole;
  const part = (shared(text, label) / text.length) * (text.length > 1 ? 0.9 : 0.6);
  const both = (2 * shared(label, text)) / (label.length + text.length);
  return Math.max(whole, part, both);
}

/** How much of a label stands anywhere in a text, 0 to 1. */
export const contained = (label: readonly string[], text: readonly string[]): number =>
  label.length === 0 ? 0 : shared(label, text) / label.length;
