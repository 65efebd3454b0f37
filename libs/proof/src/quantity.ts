/**
 * What a printed number can stand for, in whole grains, so that sums and products of prints are exact and fast.
 *
 * A grain is 10^-places of one (one yuan, one share, the whole that percent are parts of), fine enough for half of the
 * last digit of the finest print: every print and both ends of its interval are whole grains.
 *
 *     RMB million 2,322.6 at 4 places     value 23226000000000, from 23225500000000 to 23226500000000
 */
import { shiftDecimal, type Interval } from '@tieout/money';

export interface Quantity {
  /** As printed. */
  readonly value: bigint;
  readonly low: bigint;
  readonly high: bigint;
  readonly lowIncluded: boolean;
  readonly highIncluded: boolean;
}

/** A decimal of whole grains. Throws where it is none: places are made from the prints that they are for. */
export const grains = (decimal: string, places: number): bigint => BigInt(shiftDecimal(decimal, places));

/** The decimal that so many grains are. */
export const decimalOf = (value: bigint, places: number): string => shiftDecimal(value.toString(), -places);

export const quantityOf = (value: string, interval: Interval, places: number): Quantity => ({
  value: grains(value, places),
  low: grains(interval.low, places),
  high: grains(interval.high, places),
  lowIncluded: interval.lowIncluded,
  highIncluded: interval.highIncluded,
});

/** Known to the last grain. */
export const point = (value: bigint): Quantity => ({
  value,
  low: value,
  high: value,
  lowIncluded: true,
  highIncluded: true,
});

export const nil = point(0n);

/** The interval as it would stand around another value: a print read otherwise. */
export const moved = (quantity: Quantity, by: bigint): Quantity => ({
  ...quantity,
  value: quantity.value + by,
  low: quantity.low + by,
  high: quantity.high + by,
});

export const plus = (a: Quantity, b: Quantity): Quantity => ({
  value: a.value + b.value,
  low: a.low + b.low,
  high: a.high + b.high,
  lowIncluded: a.lowIncluded && b.lowIncluded,
  highIncluded: a.highIncluded && b.highIncluded,
});

export function times(quantity: Quantity, factor: bigint): Quantity {
  const { value, low, high, lowIncluded, highIncluded } = quantity;
  if (factor === 1n) return quantity;
  if (factor >= 0n) {
    return { value: value * factor, low: low * factor, high: high * factor, lowIncluded, highIncluded };
  }
  return {
    value: value * factor,
    low: high * factor,
    high: low * factor,
    lowIncluded: highIncluded,
    highIncluded: lowIncluded,
  };
}

/** In grains of both: its places are the sum of theirs. */
export function product(a: Quantity, b: Quantity): Quantity {
  const ends = [
    { at: a.low * b.low, included: a.lowIncluded && b.lowIncluded },
    { at: a.low * b.high, included: a.lowIncluded && b.highIncluded },
    { at: a.high * b.low, included: a.highIncluded && b.lowIncluded },
    { at: a.high * b.high, included: a.highIncluded && b.highIncluded },
  ];
  let [low, high] = [ends[0]!, ends[0]!];
  for (const end of ends) {
    if (end.at < low.at || (end.at === low.at && end.included)) low = end;
    if (end.at > high.at || (end.at === high.at && end.included)) high = end;
  }
  return {
    value: a.value * b.value,
    low: low.at,
    high: high.at,
    lowIncluded: low.included,
    highIncluded: high.included,
  };
}

export const canBeNil = ({ low, high, lowIncluded, highIncluded }: Quantity): boolean =>
  (low < 0n || (low === 0n && lowIncluded)) && (high > 0n || (high === 0n && highIncluded));
