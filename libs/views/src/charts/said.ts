/**
 * Numbers of a chart in words: the message that stands over it, and the amounts at its bars.
 *
 *     Loss for the period narrowed by 504,885
 */
import { compareDecimals, formatAmount, negateDecimal, roundDecimal, subtractDecimals } from '@tieout/money';
import type { Scaled } from '../units';

const sizeOf = (value: string): string => (value.startsWith('-') ? negateDecimal(value) : value);

/** A balance: `(3,207,988)`, and `–` for nothing at all. */
export const balanceSaid = ({ value, decimals }: Scaled, decimal: string): string =>
  formatAmount(value(decimal), { nil: '–', ...(decimals === undefined ? {} : { decimals }) });

/** A change with its sign: `+108,437`, `−71,300`. */
export function changeSaid({ value, decimals }: Scaled, decimal: string): string {
  const exact = value(decimal);
  const shown = decimals === undefined ? exact : roundDecimal(exact, decimals);
  const sign = compareDecimals(shown, '0');
  return sign === 0 ? '–' : `${sign < 0 ? '−' : '+'}${formatAmount(sizeOf(shown))}`;
}

/** What became of a figure. A loss that is less negative has narrowed: nobody says that it rose. */
export function movedSaid(scaled: Scaled, label: string, from: string, to: string): string {
  const sides = [compareDecimals(from, '0'), compareDecimals(to, '0')];
  const moved = compareDecimals(to, from);
  if (moved === 0) return `${label} stands where it stood`;
  if (sides.includes(1) && sides.includes(-1))
    return `${label} turned from ${balanceSaid(scaled, from)} to ${balanceSaid(scaled, to)}`;
  const by = changeSaid(scaled, sizeOf(subtractDecimals(to, from))).slice(1);
  const verb = sides.includes(-1) ? (moved > 0 ? 'narrowed' : 'widened') : moved > 0 ? 'rose' : 'fell';
  return `${label} ${verb} by ${by}`;
}

/** A label in lines of so many letters; what is longer than two lines ends in an ellipsis. */
export function linesOf(label: string, letters = 40): readonly string[] {
  const lines: string[] = [''];
  for (const word of label.split(' ')) {
    const line = lines[lines.length - 1] ?? '';
    if (line !== '' && line.length + 1 + word.length > letters) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.length <= 2 ? lines : [lines[0] ?? '', `${lines[1] ?? ''}…`];
}
