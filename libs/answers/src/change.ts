/**
 * The change column: how much larger or smaller a figure is than its comparative, in per cent of its size.
 *
 * Computed from the two values, never copied. "n/m" (not meaningful) where the sign flips or there is nothing to
 * compare with.
 */
import { absoluteMinor, formatAmount, formatMinor, ratio, shiftDecimal, subtractMinor } from '@tieout/money';
import type { Value } from '@tieout/statements';

export function change(current: Value | undefined, before: Value | undefined): string {
  if (current?.kind !== 'money' || before?.kind !== 'money') return '';
  if (current.minor === 0 && before.minor === 0) return '';
  if (before.minor === 0 || current.minor === 0 || current.minor > 0 !== before.minor > 0) return 'n/m';
  const base = absoluteMinor(before.minor);
  const quotient = ratio(formatMinor(subtractMinor(absoluteMinor(current.minor), base)), formatMinor(base));
  const text = formatAmount(shiftDecimal(quotient ?? '0', 2), { decimals: 1 });
  return `${text}%`;
}
