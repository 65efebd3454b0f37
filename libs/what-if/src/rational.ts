/**
 * Exact fractions for factors and levels: +20% is 6/5, the change to a level of 650,620 from 542,183 is what it is.
 *
 * Invariant: the denominator is positive. A fraction meets an amount in one place only, `partOf`, which rounds to the
 * whole minor unit, half away from zero; nothing is rounded before.
 */
import { isDecimal, parseMinor, placesOf, ratio, shiftDecimal, type Minor } from '@tieout/money';

export interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

const reduced = (over: bigint, under: bigint): Rational => {
  let [a, b] = [over < 0n ? -over : over, under < 0n ? -under : under];
  while (b !== 0n) [a, b] = [b, a % b];
  const common = (a === 0n ? 1n : a) * (under < 0n ? -1n : 1n);
  return { over: over / common, under: under / common };
};

export const whole = (value: Minor): Rational => ({ over: BigInt(value), under: 1n });
export const nil = whole(0);
export const one = whole(1);

/** The decimal as a fraction; undefined where the text is none. */
export function fraction(decimal: string): Rational | undefined {
  if (!isDecimal(decimal)) return undefined;
  const places = placesOf(decimal);
  return reduced(BigInt(parseMinor(shiftDecimal(decimal, places))), 10n ** BigInt(places));
}

export const plus = (a: Rational, b: Rational): Rational =>
  reduced(a.over * b.under + b.over * a.under, a.under * b.under);
export const minus = (a: Rational, b: Rational): Rational =>
  reduced(a.over * b.under - b.over * a.under, a.under * b.under);
export const times = (a: Rational, b: Rational): Rational => reduced(a.over * b.over, a.under * b.under);
/** Undefined where the divisor is nil. */
export const dividedBy = (a: Rational, b: Rational): Rational | undefined =>
  b.over === 0n ? undefined : reduced(a.over * b.under, a.under * b.over);

export const isNilRational = (a: Rational): boolean => a.over === 0n;
/** Negative, 0 or positive. */
export const compareRationals = (a: Rational, b: Rational): number => {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** So much of an amount, to the nearest whole minor unit, half away from zero. */
export function partOf(minor: Minor, { over, under }: Rational): Minor {
  const product = BigInt(minor) * over;
  const size = product < 0n ? -product : product;
  const rounded = (2n * size + under) / (2n * under);
  return parseMinor(String(product < 0n ? -rounded : rounded));
}

/** As a decimal: exact where it ends, else to 40 significant digits. */
export const decimalOf = ({ over, under }: Rational): string => ratio(String(over), String(under)) ?? '0';

/** Rounded to so many places, half away from zero. */
export function roundedTo(a: Rational, places: number): Rational {
  const scale = 10n ** BigInt(places);
  return reduced(BigInt(partOf(parseMinor(String(scale)), a)), scale);
}
