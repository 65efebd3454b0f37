/**
 * The range as a linear program, and the exact check of what a solver answers.
 *
 * A solver works in floating point, so nothing it says is believed. Of an end of a range two things are checked in whole
 * minor units and fractions:
 *
 *     a ledger     amounts that keep every row and every side, and give the figure this amount: it goes so far
 *     a proof      multiples of the rows that add up to the figure and bound it by the same amount: it goes no further
 *
 * That nothing bounds it is checked likewise, by a change of the amounts that can be repeated for ever.
 */
import {
  addMinor,
  formatMinor,
  multiplyMinor,
  parseMinor,
  roundDecimal,
  shiftDecimal,
  type Minor,
} from '@tieout/money';
import { compareRationals, fraction, minus, nil, plus, times, whole, type Rational } from './rational';
import type { Bounds } from './range-held';

/** A signed amount, debit positive, that may change. */
export interface FreeAmount {
  readonly side: 'debit' | 'credit' | 'either';
}

/** Whole coefficients by amount, no zeros; what they add up to lies within the bounds. */
export interface Row extends Bounds {
  readonly times: ReadonlyMap<number, number>;
}

/** Make the goal as low as possible. */
export interface Program {
  readonly amounts: readonly FreeAmount[];
  readonly rows: readonly Row[];
  readonly goal: ReadonlyMap<number, number>;
}

/** What a solver answers, in the words of HiGHS, so that its answer is passed on as it is: prices are the duals of rows. */
export interface Found {
  readonly Status: string;
  readonly Columns: Readonly<Record<string, { readonly Index: number; readonly Primal?: number }>>;
  readonly Rows: readonly { readonly Index: number; readonly Name?: string; readonly Dual?: number }[];
}

/** Takes a linear program as CPLEX LP text. */
export type Solve = (program: string) => Found;

/** Powers of ten from the minor unit to the unit that the solver sees. */
export type Scale = number;

const sum = (coefficients: ReadonlyMap<number, number>): string => {
  const terms = [...coefficients].map(
    ([amount, by]) => `${by < 0 ? '-' : '+'} ${Math.abs(by) === 1 ? '' : `${Math.abs(by)} `}a${amount}`,
  );
  // Lines of a dozen terms: the format has a longest line.
  return terms.map((term, index) => (index % 12 === 11 ? `${term}\n ` : term)).join(' ');
};

export function programText({ amounts, rows, goal }: Program, scale: Scale): string {
  const inUnit = (minor: Minor): string => shiftDecimal(formatMinor(minor), -scale);
  const lines = rows.flatMap(({ times, low, high }, index) => {
    if (low !== undefined && low === high) return [` low${index}: ${sum(times)} = ${inUnit(low)}`];
    return [
      ...(low === undefined ? [] : [` low${index}: ${sum(times)} >= ${inUnit(low)}`]),
      ...(high === undefined ? [] : [` high${index}: ${sum(times)} <= ${inUnit(high)}`]),
    ];
  });
  const bounds = amounts.map(({ side }, index) => {
    switch (side) {
      case 'debit':
        return ` a${index} >= 0`;
      case 'credit':
        return ` -inf <= a${index} <= 0`;
      case 'either':
        return ` a${index} free`;
    }
  });
  return ['Minimize', ` goal: ${sum(goal)}`, 'Subject To', ...lines, 'Bounds', ...bounds, 'End', ''].join(
    '\n',
  );
}

const totalOf = (coefficients: ReadonlyMap<number, number>, minors: readonly Minor[]): Minor => {
  let total: Minor = 0;
  for (const [amount, by] of coefficients) total = addMinor(total, multiplyMinor(minors[amount] ?? 0, by));
  return total;
};

/** The amounts of an answer, to the nearest minor unit. */
export const amountsFound = ({ amounts }: Program, { Columns }: Found, scale: Scale): readonly Minor[] =>
  amounts.map((_, index) => {
    const decimal = plainDecimal(Columns[`a${index}`]?.Primal ?? 0);
    return parseMinor(roundDecimal(shiftDecimal(decimal, scale), 0));
  });

/** Do these amounts keep every side and every row, exactly? */
export function keeps({ amounts, rows }: Program, minors: readonly Minor[]): boolean {
  const onItsSide = ({ side }: FreeAmount, index: number): boolean => {
    const minor = minors[index] ?? 0;
    return side === 'debit' ? minor >= 0 : side === 'credit' ? minor <= 0 : true;
  };
  const within = ({ times, low, high }: Row): boolean => {
    const total = totalOf(times, minors);
    return (low === undefined || low <= total) && (high === undefined || total <= high);
  };
  return amounts.every(onItsSide) && rows.every(within);
}

/** What the goal is with these amounts. */
export const goalOf = ({ goal }: Program, minors: readonly Minor[]): Minor => totalOf(goal, minors);

/** A double as a decimal; what is no number a ledger could hold is nil, and found wanting. */
const plainDecimal = (value: number): string => (Math.abs(value) < 1e20 ? value.toFixed(9) : '0');

/** The simplest fraction near a price: prices are small fractions, and if this is another one the proof fails. */
function simplest(price: number): Rational {
  for (let under = 1; under <= 360; under += 1) {
    const over = Math.round(price * under);
    if (Math.abs(price - over / under) < 1e-7) return { over: BigInt(over), under: BigInt(under) };
  }
  return fraction(plainDecimal(price)) ?? nil;
}

/** A lower bound of the goal, and the rows that it stands on; undefined where the prices prove none. */
export function proofFound(
  { amounts, rows, goal }: Program,
  { Rows }: Found,
): { readonly bound: Rational; readonly rows: readonly number[] } | undefined {
  const prices = new Map(Rows.map(({ Name = '', Dual = 0 }) => [Name, Dual]));
  const left = amounts.map((_, index) => whole(goal.get(index) ?? 0));
  const standing: number[] = [];
  let bound = nil;
  for (const [index, row] of rows.entries()) {
    for (const end of ['low', 'high'] as const) {
      const price = simplest(prices.get(`${end}${index}`) ?? 0);
      if (price.over === 0n) continue;
      // An equation stands in the program as its low end, and may be priced either way.
      const at = price.over > 0n ? row.low : row.high;
      if (at === undefined) return undefined;
      for (const [amount, by] of row.times)
        left[amount] = minus(left[amount] ?? nil, times(price, whole(by)));
      bound = plus(bound, times(price, whole(at)));
      if (standing.at(-1) !== index) standing.push(index);
    }
  }
  const noneLeft = left.every((rest, index) => {
    const sign = compareRationals(rest, nil);
    switch (amounts[index]?.side) {
      case 'debit':
        return sign >= 0;
      case 'credit':
        return sign <= 0;
      default:
        return sign === 0;
    }
  });
  return noneLeft ? { bound, rows: standing } : undefined;
}

/** The program whose answer is a change of amounts that lowers the goal by one unit and may be repeated for ever. */
export function repeatable({ amounts, rows, goal }: Program, scale: Scale): Program {
  const still = ({ times, low, high }: Row): Row => ({
    times,
    ...(low === undefined ? {} : { low: 0 }),
    ...(high === undefined ? {} : { high: 0 }),
  });
  const unit = parseMinor(shiftDecimal('-1', scale));
  return { amounts, goal, rows: [...rows.map(still), { times: goal, low: unit }] };
}
