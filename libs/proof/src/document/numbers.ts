/**
 * The numbers of a text, found as they are printed: every run of digits is one, and none is left out.
 *
 *     Loss for the period	(3,207,988)	RMB1.42 billion	-14.3%	4(a)	V2X	,202,333
 *
 * A number that a table prints is read with its parentheses and sign; a currency before it and a percent sign or
 * "million" behind it belong to it. What the digits are worth is nobody's business here: that is decided later, by
 * where the number stands. Invariant: tokens of a line do not overlap and cover all of its digits.
 */

/** One number of the text. */
export interface NumberToken {
  /** Its line, from 0. */
  readonly line: number;
  /** Where the print begins and ends in its line, currency and scale included. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The bare number, for comparing: `-481300`, `203.4`. Of a malformed number, what stands there. */
  readonly key: string;
  /** Its digits group as digits do: not `0,2,007`, `(3,320,7988)` or `,202,333`. */
  readonly wellFormed: boolean;
  readonly currency?: string;
  /** `%`, `million`, `billion`. */
  readonly scale?: string;
  /** Stands inside a word: V2X, KY1-1103, 14th, RMB'000. */
  readonly inWord: boolean;
  /** A small raised number: a footnote mark. */
  readonly raised: boolean;
}

const raisedDigits = /[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g;
const cluster = /[.,]?\d[\d.,)]*/g;
const grouped = /^(?:\d{1,3}(?:,\d{3})+|\d+|(?=\.))(?:\.\d+)?$/;
const currencyBefore = /(?:\b[A-Z]{3}|\b(?:HK|US|S|A|C)?\\?\$|[€£¥])[ ]?$/;
const scaleBehind = /^(?:\s?%|\s(?:thousand|million|billion|trillion)\b)/;

/** Is the number part of a word? Letters touch it, or do across a hyphen, a slash, a colon or an apostrophe. */
function touchesWord(line: string, start: number, end: number): boolean {
  const before = /[\p{L}\d_'’/:-]*$/u.exec(line.slice(0, start))?.[0] ?? '';
  const behind = /^[\p{Script=Latin}\d_'’/:-]*/u.exec(line.slice(end))?.[0] ?? '';
  return /[\p{L}_'’]/u.test(before + behind);
}

/** The run of digits from `from` to `to`, with what belongs to it on either side. */
function tokenAt(line: string, number: number, from: number, to: number): NumberToken {
  let [start, end] = [from, to];
  while (/[.,]/.test(line[end - 1] ?? '')) end -= 1;
  const opened = line[start - 1] === '(';
  const inside = line.slice(start, end);
  if (!opened && /^[.,]?[\d.,]+\)+$/.test(inside)) end = start + inside.search(/\)+$/);
  const closesLater = opened && /^%\)/.test(line.slice(end));
  const parentheses = opened && (line[end - 1] === ')' || closesLater);
  // "(31 December" opens a remark and not a negative number; "(10)" in one closes what it opened.
  if (parentheses) start -= 1;
  while (/[.,]/.test(line[end - 1] ?? '')) end -= 1;
  const body = line.slice(start, end).replace(/^\(/, '').replace(/\)$/, '');
  const minus = !parentheses && /(?:^|[\s(:])[-−–]$/.test(line.slice(0, start));
  const shape = body.replace(/[.,]$/, '');
  const wellFormed = grouped.test(shape);
  const core = { start, end };
  if (minus) start -= 1;
  const currency = currencyBefore.exec(line.slice(0, start))?.[0];
  const scale = scaleBehind.exec(line.slice(end))?.[0];
  const inWord = currency === undefined && touchesWord(line, start, core.end);
  if (currency !== undefined) start -= currency.length;
  if (scale !== undefined) end += scale.length;
  if (closesLater) end += 1;
  return {
    line: number,
    start,
    end,
    text: line.slice(start, end),
    key: wellFormed
      ? `${parentheses || minus ? '-' : ''}${shape.replaceAll(',', '')}`
      : line.slice(core.start, core.end),
    wellFormed,
    ...(currency === undefined ? {} : { currency: currency.replace(/[\s\\]/g, '') }),
    ...(scale === undefined ? {} : { scale: scale.trim() }),
    inWord,
    raised: false,
  };
}

/** The numbers of one line, in order. */
export function numbersOfLine(line: string, number: number): readonly NumberToken[] {
  const tokens: NumberToken[] = [];
  for (const match of line.matchAll(cluster)) {
    // A leading point or comma of a sentence that ended without a space is no part of the number.
    const touching = /^[.,]/.test(match[0]) && /[\d\p{L})]$/u.test(line.slice(0, match.index));
    const from = match.index + (touching ? 1 : 0);
    tokens.push(tokenAt(line, number, from, match.index + match[0].length));
  }
  for (const match of line.matchAll(raisedDigits)) {
    const [start, text] = [match.index, match[0]];
    tokens.push({
      line: number,
      start,
      end: start + text.length,
      text,
      key: text,
      wellFormed: true,
      inWord: false,
      raised: true,
    });
  }
  return tokens.sort((a, b) => a.start - b.start);
}

/** The number that a published text prints, as a key: the same reading for both sides. Undefined where it prints none. */
export function keyOf(printed: string): string | undefined {
  return numbersOfLine(printed.replace(/<[^>]*>/g, ''), 0)[0]?.key;
}

/** Its digits, for telling copies and damage. */
export const digitsOf = (key: string): string => key.replace(/\D/g, '');

/** Without its sign: prose says "a loss of RMB3,208.0 million" of -3208.0. */
export const unsigned = (key: string): string => key.replace(/^-/, '');

/** How many signs must be replaced, left out or put in to make one text of the other. */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

export const digitDistance = (a: string, b: string): number => editDistance(digitsOf(a), digitsOf(b));

/** Damaged, and yet to be recognised: at most two digits in five are other ones. */
export const isNear = (a: string, b: string): boolean => {
  const longer = Math.max(digitsOf(a).length, digitsOf(b).length);
  return longer >= 3 && digitDistance(a, b) <= Math.max(1, Math.floor(longer * 0.4));
};
