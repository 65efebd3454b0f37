/**
 * Amounts as a reader sees them: thousands separated, negatives in parentheses, nil as a dash.
 *
 *     1,415,343    (481,300)    -    0.38    (5.35)
 *
 * The form is for the eye only; it is never read back. Aligning digits with the closing parenthesis is for the
 * caller, who knows the column.
 */
import { compareDecimals, roundDecimal } from './decimal';

export interface AmountFormat {
  /** Places to round to, half away from zero; absent: all that the decimal has. */
  readonly decimals?: number;
  /** (481,300) or -481,300. Parentheses where absent. */
  readonly negatives?: 'paren' | 'minus';
  /** What stands for exactly nothing; "-" where absent. */
  readonly nil?: string;
}

/** Prints a decimal string. A small amount that rounds to nothing prints as 0: a dash would say that it is nil. */
export function formatAmount(
  decimal: string,
  { decimals, negatives = 'paren', nil = '-' }: AmountFormat = {},
): string {
  if (compareDecimals(decimal, '0') === 0) return nil;
  const text = decimals === undefined ? decimal : roundDecimal(decimal, decimals);
  const negative = text.startsWith('-');
  const [whole = '', fraction] = (negative ? text.slice(1) : text).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
  if (!negative) return grouped;
  return negatives === 'paren' ? `(${grouped})` : `-${grouped}`;
}
