/**
 * Amounts in whole minor units (fen, cents), exact at any size.
 *
 * A safe integer is a number, anything larger a bigint; every operation takes and returns that one form, so equal
 * amounts are `===` and there is no negative zero. Addition checks the safe range and escapes to bigint: measured,
 * the guard is free.
 */
export type Minor = number | bigint;

/** The one form of an amount: a number where it is a safe integer, else a bigint. */
export function canonicalMinor(value: bigint): Minor {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

export function addMinor(a: Minor, b: Minor): Minor {
  if (typeof a === 'number' && typeof b === 'number') {
    // The doubles next to the safe range are outside it, so a rounded sum never passes for a safe one.
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return canonicalMinor(BigInt(a) + BigInt(b));
}

/** The opposite side. Nil stays 0: `-x` would make it -0. */
export const negateMinor = (minor: Minor): Minor =>
  typeof minor === 'number' ? 0 - minor : canonicalMinor(-minor);

export const subtractMinor = (a: Minor, b: Minor): Minor => addMinor(a, negateMinor(b));

/** Times a whole number: a quantity, or a sign. For rates and factors see `scaleMinor`. */
export function multiplyMinor(minor: Minor, times: Minor): Minor {
  if (typeof minor === 'number' && typeof times === 'number') {
    const product = minor * times;
    if (Number.isSafeInteger(product)) return product + 0; // 0 * -1 is -0
  }
  return canonicalMinor(BigInt(minor) * BigInt(times));
}

export function sumMinor(amounts: Iterable<Minor>): Minor {
  let sum: Minor = 0;
  for (const amount of amounts) sum = addMinor(sum, amount);
  return sum;
}

export const isNil = (minor: Minor): boolean => minor === 0;

/** Negative, 0 or positive, as a sort wants it. */
export const compareMinor = (a: Minor, b: Minor): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0);

/** Without its sign. */
export const absoluteMinor = (minor: Minor): Minor => (minor < 0 ? negateMinor(minor) : minor);

/** From a decimal string of whole minor units. Throws RangeError where it is none: "1.5", "1e3", "". */
export function parseMinor(text: string): Minor {
  if (!/^-?\d+$/.test(text)) throw new RangeError(`not a whole number of minor units: "${text}"`);
  if (text.length <= 15) return Number(text) + 0; // "-0" is -0
  return canonicalMinor(BigInt(text));
}

/** To a decimal string of whole minor units: the inverse of `parseMinor`. */
export const formatMinor = (minor: Minor): string => minor.toString();
