/**
 * Goal seek: the level of a driver at which a figure is what one wants.
 *
 * Exact where the figure moves in a straight line with the driver: two worlds give the line, and the level is a fraction.
 * Otherwise the root is bracketed within the driver's plausible range and halved: a few lines, because bisection on exact
 * fractions needs no library, cannot leave the bracket and always ends. What is found is simulated, and what is missing to
 * the goal after rounding to minor units is said.
 */
import { LedgerError, type Problem } from '@tieout/events';
import { subtractDecimals } from '@tieout/money';
import { inUnit } from '@tieout/statements';
import { driverOf, moveDriver, presentLevel } from './drive';
import { levelText } from './applied';
import { rangeOf } from './level';
import {
  compareRationals,
  decimalOf,
  dividedBy,
  fraction,
  isNilRational,
  minus,
  nil,
  one,
  plus,
  roundedTo,
  times,
  type Rational,
} from './rational';
import type { Adjustment, Driver, Rules, Scenario } from './scenario';
import type { Simulation, WhatIf } from './simulate';

export interface Goal {
  readonly figure: string;
  /** A decimal in the figure's unit. */
  readonly value: string;
  readonly by: string;
  readonly rules?: Rules;
}

export interface Sought {
  readonly simulation: Simulation;
  /** The level: exact, to 40 digits where it has no end, or bracketed to 12 places. */
  readonly level: string;
  readonly how: 'exact' | 'bracketed';
  /** What the figure is at that level, in its unit, and what is missing to the goal. */
  readonly reached: string;
  readonly residual: string;
  readonly steps: number;
}

/** One driver at one level, as a scenario. */
export function atLevel(asked: WhatIf, driver: Driver, after: Rational, rules: Rules = {}): Simulation {
  const before = presentLevel(driver, asked.adjusting) ?? nil;
  const adjustment: Adjustment = { kind: 'set', driver: driver.id, to: decimalOf(after) };
  const scenario: Scenario = {
    id: `${driver.id}=${levelText(after, driver)}`,
    title: driver.name,
    adjustments: [adjustment],
    rules,
    reopens: [],
    undetermined: [],
  };
  return asked.simulate(scenario, () => moveDriver(adjustment, { driver, before, after }, asked.adjusting));
}

const fail = (problem: Problem): never => {
  throw new LedgerError([problem]);
};

/** The shown fact that a name means; refuses (E601) one that the book cannot say. */
export function shownFact({ facts }: WhatIf, figure: string) {
  return (
    facts.shown.find(({ fact }) => fact === figure) ??
    fail({
      code: 'E601',
      message: `no figure "${figure}"`,
      help: 'figures are like is.loss@2022H1: tieout figures lists them',
    })
  );
}

/** Refuses (E705) where the driver does not move the figure, or no level in its range gives the value. */
export function seek(asked: WhatIf, { figure, value, by, rules = {} }: Goal): Sought {
  const { base, adjusting } = asked;
  const { unit } = shownFact(asked, figure);
  const driver =
    driverOf(by, adjusting) ??
    fail({ code: 'E601', message: `no driver "${by}"`, help: 'tieout whatif drivers lists what there is' });
  const goal =
    fraction(value.replaceAll(',', '')) ??
    fail({
      code: 'E107',
      message: `cannot read "${value}" as a value of ${figure}`,
      help: `write it in ${unit}, like -3000000`,
    });
  const present = presentLevel(driver, adjusting) ?? nil;
  let steps = 0;
  const simulations = new Map<string, Simulation>();
  const simulateAt = (level: Rational): Simulation => {
    const key = decimalOf(level);
    const known = simulations.get(key);
    if (known) return known;
    steps += 1;
    const made = atLevel(asked, driver, level, rules);
    simulations.set(key, made);
    return made;
  };
  const textAt = (level: Rational): string => {
    const found = simulateAt(level).figures.value(figure);
    const text = found && inUnit(found, unit, base.chart);
    return (
      text ??
      fail({
        code: 'E705',
        message: `${figure} cannot be determined with ${driver.id} at ${levelText(level, driver)}`,
        help: 'tieout whatif drivers says what a driver makes undeterminable',
      })
    );
  };
  const gapAt = (level: Rational): Rational => minus(fraction(textAt(level)) ?? nil, goal);

  const range = rangeOf(present, driver);
  const ends = range ?? { low: minus(present, one), high: plus(present, one) };
  const inside = (level: Rational): boolean =>
    !range || (compareRationals(level, range.low) >= 0 && compareRationals(level, range.high) <= 0);
  const [there, beyond] = [gapAt(present), compareRationals(ends.high, present) === 0 ? ends.low : ends.high];
  const step = minus(beyond, present);
  const slope = dividedBy(minus(gapAt(beyond), there), step);
  if (!slope || isNilRational(slope))
    return fail({
      code: 'E705',
      message: `${driver.id} does not move ${figure}`,
      help: `tieout whatif --set ${driver.id}=+10% shows what it moves`,
    });

  const end = (level: Rational, how: Sought['how']): Sought => {
    const reached = textAt(level);
    return {
      simulation: simulateAt(level),
      level: decimalOf(level),
      how,
      reached,
      residual: subtractDecimals(value.replaceAll(',', ''), reached),
      steps,
    };
  };
  const straight = minus(present, dividedBy(there, slope) ?? nil);
  /** At the ends of a range a world may contradict itself: then there is no figure. */
  const said = (level: Rational): string => {
    try {
      return textAt(level);
    } catch (error) {
      if (error instanceof LedgerError) return 'refused';
      throw error;
    }
  };
  const outside = (): never =>
    fail({
      code: 'E705',
      message: `no level of ${driver.id} within its range gives ${figure} = ${value}`,
      notes: [
        `its range is ${levelText(ends.low, driver)} to ${levelText(ends.high, driver)}; there ${figure} is ${said(ends.low)} to ${said(ends.high)} ${unit}`,
      ],
      help: 'ask for a value in between, or seek by another driver',
    });
  // A straight line is told by a third point: halfway to the far end the gap is halfway, but for rounding.
  const halfway = plus(present, times(step, { over: 1n, under: 2n }));
  const bend = minus(gapAt(halfway), plus(there, times(times(slope, step), { over: 1n, under: 2n })));
  if (Math.abs(Number(decimalOf(bend))) <= 1e-4) return inside(straight) ? end(straight, 'exact') : outside();

  let [low, high] = [ends.low, ends.high];
  const below = compareRationals(gapAt(low), nil);
  if (below === 0) return end(low, 'bracketed');
  if (below === compareRationals(gapAt(high), nil)) return outside();
  for (let turn = 0; turn < 200; turn += 1) {
    const middle = roundedTo(times(plus(low, high), { over: 1n, under: 2n }), 12);
    if (compareRationals(middle, low) === 0 || compareRationals(middle, high) === 0) break;
    const sign = compareRationals(gapAt(middle), nil);
    if (sign === 0) return end(middle, 'bracketed');
    if (sign === below) low = middle;
    else high = middle;
    if (Number(decimalOf(minus(high, low))) < 1e-9) break;
  }
  return end(high, 'bracketed');
}
