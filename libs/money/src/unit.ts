/**
 * The units that reports publish in, and the way between them and whole minor units.
 *
 *     RMB · RMB'000 · RMB million · RMB billion · RMB per share · % · shares · shares million · count
 *
 * Both ways are shifts of the decimal point: nothing is rounded, and what does not fall on whole minor units is
 * refused.
 */
import { isDecimal, placesOf, shiftDecimal } from './decimal';
import { formatMinor, parseMinor, type Minor } from './minor';

export interface PublishedUnit {
  /** As it is written: `RMB'000`. */
  readonly text: string;
  readonly kind: 'money' | 'per-share' | 'percent' | 'count';
  /** Of money and money per share. */
  readonly currency?: string;
  /** One published unit is 10^exponent of what it counts: 3 for '000, 6 for million, -2 for %. */
  readonly exponent: number;
}

const multiples: Readonly<Record<string, number>> = { "'000": 3, ' million': 6, ' billion': 9 };
const grammar = /^(?:([A-Z]{3})( per share)?|shares|count)('000| million| billion)?$/;

/** The unit, or undefined where the text is none that we know. */
export function parseUnit(text: string): PublishedUnit | undefined {
  if (text === '%') return { text, kind: 'percent', exponent: -2 };
  const match = grammar.exec(text);
  if (!match) return undefined;
  const [, currency, perShare, multiple] = match;
  const exponent = multiple === undefined ? 0 : (multiples[multiple] ?? 0);
  if (currency === undefined) return { text, kind: 'count', exponent };
  if (perShare === undefined) return { text, kind: 'money', currency, exponent };
  return multiple === undefined ? { text, kind: 'per-share', currency, exponent } : undefined;
}

/** Places between the published unit and the smallest whole amount. What is no money has no minor unit. */
const shift = (unit: PublishedUnit, minorDigits: number): number =>
  unit.exponent + (unit.currency === undefined ? 0 : minorDigits);

/** The exact decimal in the published unit, unrounded: 141534300000 fen are "1415.343" in RMB million. */
export function minorToUnit(minor: Minor, unit: PublishedUnit, minorDigits: number): string {
  return shiftDecimal(formatMinor(minor), -shift(unit, minorDigits));
}

/** The inverse: undefined where the text is no decimal or does not fall on whole minor units. */
export function unitToMinor(text: string, unit: PublishedUnit, minorDigits: number): Minor | undefined {
  if (!isDecimal(text)) return undefined;
  const whole = shiftDecimal(text, shift(unit, minorDigits));
  return placesOf(whole) === 0 ? parseMinor(whole) : undefined;
}
