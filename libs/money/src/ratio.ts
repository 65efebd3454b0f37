/**
 * Quotients and rates: the only division, and the only place of decimal.js.
 *
 * A quotient (a margin, an amount per share) is a decimal of so many significant digits, for printing and for holding
 * against a print; it is never posted. A rate applied to an amount gives whole minor units again at once.
 */
import { Decimal } from 'decimal.js';
import { multiplyDecimals, roundDecimal } from './decimal';
import { formatMinor, parseMinor, type Minor } from './minor';

/** Our own constructor: the global one rounds to 20 digits, and anyone may change it. */
const defaultDigits = 40;
const Quotient = Decimal.clone({ precision: defaultDigits, rounding: Decimal.ROUND_HALF_UP, defaults: true });

/**
 * numerator / denominator to `digits` significant digits, half away from zero; undefined where the denominator is
 * nil. Percentages: shift the result by 2.
 */
export function ratio(numerator: string, denominator: string, digits = defaultDigits): string | undefined {
  // Dividing at the digits asked for: at forty and then again at fewer would round twice.
  const Exact = digits === defaultDigits ? Quotient : Quotient.clone({ precision: digits });
  const divisor = new Exact(denominator);
  if (divisor.isZero()) return undefined;
  return new Exact(numerator).div(divisor).toFixed();
}

/** An amount times an exact decimal factor, to the nearest whole minor unit, half away from zero. */
export function scaleMinor(minor: Minor, factor: string): Minor {
  return parseMinor(roundDecimal(multiplyDecimals(formatMinor(minor), factor), 0));
}
