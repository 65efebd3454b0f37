/**
 * Numbers that say where and not how much: dates, years, note and rule numbers, units, footnote marks, list numbers.
 *
 * A date is never an amount, whatever table it stands in ("As at 1 January 2022" before a share capital of 1), so dates
 * and marks are told first (`always`); the rest only of numbers that no figure and no claim has taken, because "20"
 * may be a note or a number of customers.
 */
import type { NumberToken } from './numbers';
import { datePattern } from './words';

interface Rule {
  readonly reason: string;
  readonly pattern: RegExp;
}

const dates: readonly Rule[] = [
  { reason: 'date', pattern: datePattern },
  { reason: 'date', pattern: /\b(?:19|20)\d\d\s*[-–]\s*(?:19|20)?\d\d\b/g },
  { reason: 'unit', pattern: /['’]000\b/g },
  { reason: 'footnote mark', pattern: /\^\{?\d{1,2}\}?|⁽[^⁾]*⁾/g },
];

const number = String.raw`\d+[A-Z]?(?:\.\d+)*[A-Z]?(?:\([a-z]+\))*`;
const referenceRules: readonly Rule[] = [
  {
    reason: 'note reference',
    pattern: new RegExp(`\\b[Nn]otes?\\s+${number}(?:\\s*(?:,|and|to)\\s*${number})*`, 'g'),
  },
  {
    reason: 'number of a standard',
    pattern:
      /\b(?:IFRSs?|IASs?|IFRIC|SIC|HKFRS|HKAS|ISO(?:\/IEC)?|Standards?)\s+\d+(?:\s*(?:,|and|to)\s*\d+)*/g,
  },
  {
    reason: 'number of a rule or law',
    pattern: new RegExp(
      `\\b(?:Rules?|Appendix|[Pp]rovisions?(?:\\s+[A-Z]\\.)?|Chapter|Section|Schedule|Article|Cap\\.|Law|Part|Paragraph)\\s*${number}(?:\\s*(?:,|and)\\s*${number})*`,
      'g',
    ),
  },
  { reason: 'provision of a code', pattern: /\b[A-Z]\.\d+(?:\.\d+)*/g },
  { reason: 'stock code', pattern: /\b[Ss]tock\s+[Cc]ode\s*:?\s*\d+/g },
  { reason: 'address', pattern: /\b(?:P\.\s?O\.\s+Box|Unit|Plot|Floor|Room)\s+\S*\d\S*/g },
  { reason: 'rank', pattern: /#\d+/g },
  { reason: 'page number', pattern: /^\s*[Pp]age\s+\d+|^\s*(?:[-–—]\s*)?\d{1,3}(?:\s*[-–—])?\s*$/g },
  { reason: 'number of a heading', pattern: /^\s*\d{1,2}\.?\s+(?=[A-Z][A-Z,/()\s-]{3,})/g },
  { reason: 'list number', pattern: /^\s*[-–•]?\s*\(?\d{1,2}[.)]\s/g },
  { reason: 'part of a name', pattern: /(?<=[\p{Ll},] )\p{Lu}\p{Ll}+(?:\p{Lu}\p{Ll}+)*\s\d{1,3}\b/gu },
  { reason: 'year', pattern: /\b(?:19|20)\d\d\b(?![,.]?\d)/g },
];

/** The reason of each token that a rule covers, by the token. */
function covered(
  line: string,
  tokens: readonly NumberToken[],
  rules: readonly Rule[],
): Map<NumberToken, string> {
  const found = new Map<NumberToken, string>();
  for (const { reason, pattern } of rules) {
    for (const { index, 0: text } of line.matchAll(pattern)) {
      for (const token of tokens) {
        const middle = token.start + token.text.search(/[\d⁰¹²³⁴-⁹]/);
        if (middle >= index && middle < index + text.length && !found.has(token)) found.set(token, reason);
      }
    }
  }
  return found;
}

/** Dates, units and marks of a line: never amounts. */
export function neverAmounts(line: string, tokens: readonly NumberToken[]): ReadonlyMap<NumberToken, string> {
  const found = covered(line, tokens, dates);
  for (const token of tokens) if (token.raised) found.set(token, 'footnote mark');
  return found;
}

/** References in a line: what its numbers are where they are no amounts. */
export function referencesIn(line: string, tokens: readonly NumberToken[]): ReadonlyMap<NumberToken, string> {
  const found = covered(line, tokens, referenceRules);
  for (const token of tokens) if (token.inWord && !found.has(token)) found.set(token, 'part of a name');
  return found;
}
