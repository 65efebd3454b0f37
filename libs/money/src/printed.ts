/**
 * A printed number is an interval: everything that it could have been rounded from.
 *
 * By XBRL Calculations 1.1: rounded to nearest, the value and half a unit of its last printed digit to either side,
 * both ends included, because reports break halves either way; truncated (towards zero), from the value to, not
 * including, one unit further from zero, and a printed nil is open on both sides. Two prints agree where their
 * intervals meet. No epsilon anywhere.
 *
 *     2,322.6   nearest     [2322.55, 2322.65]
 *     2,322.6   truncated   [2322.6, 2322.7)
 */
import {
  addDecimals,
  compareDecimals,
  negateDecimal,
  placesOf,
  scaled,
  shiftDecimal,
  write,
} from './decimal';

export type RoundingMode = 'nearest' | 'truncated';

export interface Interval {
  readonly low: string;
  readonly high: string;
  readonly lowIncluded: boolean;
  readonly highIncluded: boolean;
}

/** Exactly this and nothing beside it: an amount known to the last minor unit. */
export function exactly(value: string): Interval {
  const point = write(scaled(value));
  return { low: point, high: point, lowIncluded: true, highIncluded: true };
}

/**
 * What a printed decimal can stand for. `decimals` where the print says less than it shows: "1,200" rounded to the
 * nearest hundred has decimals -2. By default the digits that it shows.
 */
export function printedInterval(
  printed: string,
  mode: RoundingMode = 'nearest',
  decimals: number = placesOf(printed),
): Interval {
  const value = exactly(printed).low;
  const around = (below: string, above: string) => ({
    low: addDecimals(value, negateDecimal(below)),
    high: addDecimals(value, above),
  });
  const unit = shiftDecimal('1', -decimals);
  switch (mode) {
    case 'nearest': {
      const half = shiftDecimal('5', -decimals - 1);
      return { ...around(half, half), lowIncluded: true, highIncluded: true };
    }
    case 'truncated': {
      const sign = compareDecimals(value, '0');
      return {
        ...around(sign > 0 ? '0' : unit, sign < 0 ? '0' : unit),
        lowIncluded: sign > 0,
        highIncluded: sign < 0,
      };
    }
  }
}

export function includes(interval: Interval, value: string): boolean {
  const low = compareDecimals(interval.low, value);
  const high = compareDecimals(value, interval.high);
  return (
    (low < 0 || (low === 0 && interval.lowIncluded)) && (high < 0 || (high === 0 && interval.highIncluded))
  );
}

/** Could this exact amount have been printed so? The mode is fixed beforehand, never chosen to fit. */
export const roundsTo = (exact: string, printed: string, mode: RoundingMode = 'nearest'): boolean =>
  includes(printedInterval(printed, mode), exact);

/** What both can stand for; undefined where they do not meet. */
export function intersect(a: Interval, b: Interval): Interval | undefined {
  const lows = compareDecimals(a.low, b.low);
  const highs = compareDecimals(a.high, b.high);
  const low = lows >= 0 ? a.low : b.low;
  const high = highs <= 0 ? a.high : b.high;
  const lowIncluded = (lows < 0 || a.lowIncluded) && (lows > 0 || b.lowIncluded);
  const highIncluded = (highs > 0 || a.highIncluded) && (highs < 0 || b.highIncluded);
  const width = compareDecimals(low, high);
  if (width > 0 || (width === 0 && !(lowIncluded && highIncluded))) return undefined;
  return { low, high, lowIncluded, highIncluded };
}

export const meets = (a: Interval, b: Interval): boolean => intersect(a, b) !== undefined;

/** What a sum of two printed numbers can stand for. */
export function addIntervals(a: Interval, b: Interval): Interval {
  return {
    low: addDecimals(a.low, b.low),
    high: addDecimals(a.high, b.high),
    lowIncluded: a.lowIncluded && b.lowIncluded,
    highIncluded: a.highIncluded && b.highIncluded,
  };
}

export function negateInterval({ low, high, lowIncluded, highIncluded }: Interval): Interval {
  return {
    low: negateDecimal(high),
    high: negateDecimal(low),
    lowIncluded: highIncluded,
    highIncluded: lowIncluded,
  };
}

/** Into another unit: × 10^exponent (RMB million to RMB'000 is 3). */
export function shiftInterval(interval: Interval, exponent: number): Interval {
  return {
    ...interval,
    low: shiftDecimal(interval.low, exponent),
    high: shiftDecimal(interval.high, exponent),
  };
}
