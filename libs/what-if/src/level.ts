/**
 * Levels as a person writes them.
 *
 *     +20%   -20%     a change in parts of the present level
 *     x1.5            so many times the present level
 *     650,620   12.5% the level itself, in the driver's unit
 *
 * A bare signed number is refused where it has a plus: nobody knows whether +5 is a level or a change.
 */
import type { Problem } from '@tieout/events';
import { compareRationals, fraction, minus, plus, times, type Rational } from './rational';

const hundredth: Rational = { over: 1n, under: 100n };
const asWritten = (text: string): string => text.trim().replaceAll(',', '').replace('−', '-');

/** The level that a text means, given the present one; undefined where it cannot be read. */
export function levelOf(text: string, present: Rational, unit: string): Rational | undefined {
  const written = asWritten(text);
  const change = /^([+-]\d+(?:\.\d+)?)%$/.exec(written)?.[1];
  if (change !== undefined) {
    const part = fraction(change.replace('+', ''));
    return part && plus(present, times(times(part, hundredth), present));
  }
  const factor = /^[x×](-?\d+(?:\.\d+)?)$/.exec(written)?.[1];
  if (factor !== undefined) {
    const by = fraction(factor);
    return by && times(by, present);
  }
  const level =
    unit === '%' ? /^(\d+(?:\.\d+)?)%?$/.exec(written)?.[1] : /^-?\d+(?:\.\d+)?$/.exec(written)?.[0];
  return level === undefined ? undefined : fraction(level);
}

/** What is wrong with a text that `levelOf` cannot read. */
export function unreadableLevel(text: string, driver: string, unit: string): Problem {
  return {
    code: 'E107',
    message: `cannot read "${text}" as a level of ${driver}`,
    help: `write a change (+20%), a factor (x1.5) or a level in ${unit} without a plus`,
  };
}

/** Is the level outside the range that the driver calls plausible? */
export function outsideRange(
  level: Rational,
  present: Rational,
  { unit, range }: { readonly unit: string; readonly range?: { readonly from: string; readonly to: string } },
): boolean {
  const ends = rangeOf(present, { unit, ...(range ? { range } : {}) });
  return (
    ends !== undefined && (compareRationals(level, ends.low) < 0 || compareRationals(level, ends.high) > 0)
  );
}

/** The ends of the plausible range, the lower first. */
export function rangeOf(
  present: Rational,
  { unit, range }: { readonly unit: string; readonly range?: { readonly from: string; readonly to: string } },
): { readonly low: Rational; readonly high: Rational } | undefined {
  if (!range) return undefined;
  const [from, to] = [levelOf(range.from, present, unit), levelOf(range.to, present, unit)];
  if (!from || !to) return undefined;
  return compareRationals(minus(to, from), { over: 0n, under: 1n }) < 0
    ? { low: to, high: from }
    : { low: from, high: to };
}
