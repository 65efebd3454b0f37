/**
 * The amounts of journal files: whole numbers of the book's unit, to minor units and back, exact at any size.
 *
 *     amounts: RMB'000    "212,666" is 21,266,600,000 fen
 *
 * The side (dr or cr) carries the sign, so an amount has none. A separator is legal only where thousands end: "1,5" is
 * refused, not read as fifteen.
 */
import { minorToUnit, parseMinor, parseUnit, placesOf, formatAmount, type Minor } from '@tieout/money';

/** The unit that amounts are written in. */
export interface AmountUnit {
  /** RMB'000 */
  readonly text: string;
  /** Powers of ten from the minor unit to this one: 5 for RMB'000 of 100,000 fen. */
  readonly scale: number;
}

/** For amounts that are finer than the book's unit: an entry may say `amounts: minor units`. */
export const minorUnits: AmountUnit = { text: 'minor units', scale: 0 };

/** `undefined` when the text is not CODE, CODE'000 or "CODE million" of this currency. */
export function amountUnit(
  text: string,
  { currency, minorDigits }: { currency: string; minorDigits: number },
): AmountUnit | undefined {
  if (text === minorUnits.text) return minorUnits;
  const unit = parseUnit(text);
  return unit?.kind === 'money' && unit.currency === currency
    ? { text, scale: unit.exponent + minorDigits }
    : undefined;
}

/** The minor units of an amount as it is written, or why it cannot be read. */
export function readAmount(
  text: string,
  { scale }: AmountUnit,
): { readonly minor: Minor } | { readonly why: string } {
  if (/^(\d+|\d{1,3}(,\d{3})+)$/.test(text))
    return { minor: parseMinor(text.replaceAll(',', '') + '0'.repeat(scale)) };
  if (/^\(.*\)$/.test(text) || /^[-+]/.test(text)) return { why: 'the side, dr or cr, carries the sign' };
  if (/^[\d,]*\.\d*$/.test(text))
    return { why: 'decimal marks are refused: amounts are whole numbers of the unit' };
  if (/^[\d,]+$/.test(text)) return { why: 'a comma stands where no thousands end' };
  return { why: 'an amount is digits, with or without thousands separators' };
}

/** An amount with thousands separators, its sign left out; `undefined` when it is no whole number of the unit. */
export function writeAmount(minor: Minor, { scale }: AmountUnit): string | undefined {
  const decimal = minorToUnit(minor < 0 ? -minor : minor, { text: '', kind: 'count', exponent: scale }, 0);
  return placesOf(decimal) === 0 ? formatAmount(decimal, { nil: '0' }) : undefined;
}
