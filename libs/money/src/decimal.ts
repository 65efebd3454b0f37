/**
 * Decimals as strings: a published or replayed amount in its own unit, exact at any length.
 *
 * A decimal is an optional minus, digits, and optionally a point with digits: "-1415.343". What these functions
 * return is in one form: no trailing zeros after the point, no "-0"; only `roundDecimal` keeps the zeros that it is
 * asked for. All arithmetic is on bigints with a number of places; there is no float.
 */

/** digits × 10^-places, places at least 0. */
export interface Scaled {
  readonly digits: bigint;
  readonly places: number;
}

const form = /^-?\d+(\.\d+)?$/;

export const isDecimal = (text: string): boolean => form.test(text);

/** Digits after the point as written: 2 for "1.50". */
export function placesOf(decimal: string): number {
  const point = decimal.indexOf('.');
  return point === -1 ? 0 : decimal.length - point - 1;
}

/** Throws RangeError where the text is no decimal: check what people wrote with `isDecimal` first. */
export function scaled(decimal: string): Scaled {
  if (!form.test(decimal)) throw new RangeError(`not a decimal: "${decimal}"`);
  return { digits: BigInt(decimal.replace('.', '')), places: placesOf(decimal) };
}

export const powerOfTen = (exponent: number): bigint => 10n ** BigInt(exponent);

/** All `places` digits after the point, zeros included. */
export function writeFixed({ digits, places }: Scaled): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const sign = digits < 0n ? '-' : '';
  return places === 0 ? sign + text : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
}

/** The one form: no trailing zeros after the point. */
export function write(value: Scaled): string {
  const text = writeFixed(value);
  return value.places === 0 ? text : text.replace(/\.?0+$/, '');
}

/** Both with the same number of places. */
function aligned(a: string, b: string): { a: bigint; b: bigint; places: number } {
  const left = scaled(a);
  const right = scaled(b);
  const places = Math.max(left.places, right.places);
  return {
    a: left.digits * powerOfTen(places - left.places),
    b: right.digits * powerOfTen(places - right.places),
    places,
  };
}

export function addDecimals(x: string, y: string): string {
  const { a, b, places } = aligned(x, y);
  return write({ digits: a + b, places });
}

export function subtractDecimals(x: string, y: string): string {
  const { a, b, places } = aligned(x, y);
  return write({ digits: a - b, places });
}

export function multiplyDecimals(x: string, y: string): string {
  const a = scaled(x);
  const b = scaled(y);
  return write({ digits: a.digits * b.digits, places: a.places + b.places });
}

export function negateDecimal(decimal: string): string {
  const { digits, places } = scaled(decimal);
  return write({ digits: -digits, places });
}

/** Negative, 0 or positive, by value: "1.0" and "1" are equal. */
export function compareDecimals(x: string, y: string): -1 | 0 | 1 {
  const { a, b } = aligned(x, y);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Moves the point: × 10^exponent, of either sign. */
export function shiftDecimal(decimal: string, exponent: number): string {
  const { digits, places } = scaled(decimal);
  const left = places - exponent;
  return left >= 0
    ? write({ digits, places: left })
    : write({ digits: digits * powerOfTen(-left), places: 0 });
}

/**
 * To `decimals` places, half away from zero: what published reports do, and what keeps (2.5) and 2.5 alike. For
 * presentation: nothing is posted or compared rounded. Keeps the places asked for: "3.4" to 2 is "3.40"; an amount
 * that rounds to nothing is "0" without a sign. Negative `decimals` round to tens, hundreds.
 */
export function roundDecimal(decimal: string, decimals: number): string {
  if (decimals < 0) return shiftDecimal(roundDecimal(shiftDecimal(decimal, decimals), 0), -decimals);
  const { digits, places } = scaled(decimal);
  if (decimals >= places)
    return writeFixed({ digits: digits * powerOfTen(decimals - places), places: decimals });
  const unit = powerOfTen(places - decimals);
  const magnitude = ((digits < 0n ? -digits : digits) * 2n + unit) / (unit * 2n);
  return writeFixed({ digits: digits < 0n ? -magnitude : magnitude, places: decimals });
}
