/**
 * Amounts in whole minor units (fen, cents), exact at any size.
 *
 * A safe integer is a number, anything larger a bigint; every operation returns that one form, so equal amounts are
 * `===`. Addition checks the safe range and escapes to bigint: measured, the guard is free.
 */
export type Minor = number | bigint;

/** The one form of an amount: a number where it is a safe integer, else a bigint. */
export function canonicalMinor(value: bigint): Minor {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

export function addMinor(a: Minor, b: Minor): Minor {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return canonicalMinor(BigInt(a) + BigInt(b));
}

/** From a decimal string of whole minor units. */
export function parseMinor(text: string): Minor {
  if (text.length <= 15) return Number(text) + 0;
  return canonicalMinor(BigInt(text));
}

/** To a decimal string of whole minor units. */
export const formatMinor = (minor: Minor): string => minor.toString();
