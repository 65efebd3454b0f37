/**
 * What a figure can say: an amount, another number, a quotient of two, or that it is not disclosed.
 *
 * Amounts are exact; a quotient keeps its two sides until it is shown, so nothing is rounded on the way.
 */
import {
  absoluteMinor,
  addDecimals,
  addMinor,
  formatMinor,
  minorToUnit,
  multiplyMinor,
  parseUnit,
  ratio,
  shiftDecimal,
  subtractDecimals,
  type Minor,
} from '@tieout/money';
import type { Chart } from '@tieout/ledger';

export type Value =
  | { readonly kind: 'money'; readonly minor: Minor }
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'quotient'; readonly numerator: Value; readonly denominator: Value }
  | { readonly kind: 'not-disclosed'; readonly why: string };

export const money = (minor: Minor): Value => ({ kind: 'money', minor });
export const notDisclosed = (why: string): Value => ({ kind: 'not-disclosed', why });

/** Amounts, or recorded numbers of one unit, added or taken away. What is not disclosed makes the sum not disclosed. */
export function addValues(parts: readonly { readonly value: Value; readonly times: 1 | -1 }[]): Value {
  let [amount, number]: [Minor, string] = [0, '0'];
  const kinds = new Set<Value['kind']>();
  for (const { value, times } of parts) {
    if (value.kind === 'not-disclosed') return value;
    if (value.kind === 'quotient') return notDisclosed('a sum of quotients');
    kinds.add(value.kind);
    if (value.kind === 'money') amount = addMinor(amount, multiplyMinor(value.minor, times));
    else number = times === 1 ? addDecimals(number, value.value) : subtractDecimals(number, value.value);
  }
  if (kinds.size > 1) return notDisclosed('a sum of amounts and other numbers');
  return kinds.has('number') ? { kind: 'number', value: number } : money(amount);
}

/** Without its sign. */
export function sizeOf(value: Value): Value {
  switch (value.kind) {
    case 'money':
      return money(absoluteMinor(value.minor));
    case 'number':
      return { kind: 'number', value: value.value.replace(/^-/, '') };
    case 'quotient':
      return { kind: 'quotient', numerator: sizeOf(value.numerator), denominator: sizeOf(value.denominator) };
    case 'not-disclosed':
      return value;
  }
}

/**
 * The value as an exact decimal string in `unit` (a quotient to 40 significant digits); undefined where it is not
 * disclosed, is divided by nil, or has no such unit. `%` shows a quotient a hundredfold.
 */
export function inUnit(value: Value, unit: string, chart: Chart): string | undefined {
  switch (value.kind) {
    case 'money': {
      const published = parseUnit(unit);
      return published && minorToUnit(value.minor, published, chart.minorDigits);
    }
    case 'number':
      return value.value;
    case 'quotient': {
      // Both sides in whole units, RMB and not fen: a loss per share is RMB per share.
      const numerator = inUnit(value.numerator, chart.currency, chart);
      const denominator = inUnit(value.denominator, chart.currency, chart);
      if (numerator === undefined || denominator === undefined) return undefined;
      const quotient = ratio(numerator, denominator);
      return quotient === undefined || unit !== '%' ? quotient : shiftDecimal(quotient, 2);
    }
    case 'not-disclosed':
      return undefined;
  }
}

/** For serialisation and comparison: one text for one value. */
export function valueText(value: Value): string {
  switch (value.kind) {
    case 'money':
      return formatMinor(value.minor);
    case 'number':
      return value.value;
    case 'quotient':
      return `${valueText(value.numerator)}/${valueText(value.denominator)}`;
    case 'not-disclosed':
      return 'not disclosed';
  }
}
