/**
 * The unit in which a reader wants to see money: whole units, thousands, millions, billions. The same as the command's
 * `-u 1|k|m|bn`. Amounts shift their decimal point; what is no money keeps its own unit.
 */
import { parseUnit, shiftDecimal } from '@tieout/money';

export const moneyScales = ['1', 'k', 'm', 'bn'] as const;
export type MoneyScale = (typeof moneyScales)[number];

const scales: Readonly<Record<MoneyScale, { suffix: string; exponent: number; decimals: number }>> = {
  '1': { suffix: '', exponent: 0, decimals: 0 },
  k: { suffix: "'000", exponent: 3, decimals: 0 },
  m: { suffix: ' million', exponent: 6, decimals: 1 },
  bn: { suffix: ' billion', exponent: 9, decimals: 2 },
};

export interface Scaled {
  readonly unit: string;
  readonly decimals: number | undefined;
  readonly value: (decimal: string) => string;
}

/** How amounts of `unit` are shown at `scale`: under which unit, with how many places, and the amount itself. */
export function scaledTo(scale: MoneyScale | undefined, unit: string, decimals?: number): Scaled {
  const own = parseUnit(unit);
  if (scale === undefined || own?.kind !== 'money' || own.currency === undefined)
    return { unit, decimals, value: (decimal) => decimal };
  const { suffix, exponent, decimals: places } = scales[scale];
  const shift = own.exponent - exponent;
  return {
    unit: own.currency + suffix,
    decimals: places,
    value: (decimal) => (shift === 0 ? decimal : shiftDecimal(decimal, shift)),
  };
}
