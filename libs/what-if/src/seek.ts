/**
 * Goal seek: the level of a driver at which a figure is what one wants.
 *
 * What moving a driver posts is, on either side of its present level, a fixed multiple of how far it is moved (a useful life:
 * of how far its inverse is), and consequences follow in proportion. So a sum of postings moves in a straight line on
 * either side, and a quotient N / D of two such sums is V where N − V·D, which is straight, is nil: there the level is a
 * fraction, found from two worlds. That is known from the figure's formula, not judged by sampling. Any other figure is
 * bracketed and halved. What is found is simulated, and what rounding to minor units leaves of the goal is said.
 *
 *     is.loss@2022H1 = -3,000,000 by ecl.rate.1-2y   →   20.522…%   exact, residual 0
 */
import { LedgerError, type ErrorCode, type Problem } from '@tieout/events';
import type { Chart } from '@tieout/ledger';
import { placesOf, roundDecimal, subtractDecimals } from '@tieout/money';
import { inUnit, parseFactId, type Concept, type Value } from '@tieout/statements';
import { levelText, unknown } from './applied';
import { atLevel, shownFact } from './at-level';
import { driverOf, presentLevel } from './drive';
import { rangeOf } from './level';
import {
  compareRationals,
  decimalOf,
  fraction,
  isNilRational,
  minus,
  nil,
  one,
  plus,
  times,
  type Rational,
} from './rational';
import type { Driver, Rules } from './scenario';
import type { Simulation, WhatIf } from './simulate';
import { bracketed, crossing, reach, type GapAt, type Side } from './solve';

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
  /** What the figure is at that level, in its unit, and what is missing to the goal: every entry is in whole minor units. */
  readonly reached: string;
  readonly residual: string;
  readonly steps: number;
}

const fail = (problem: Problem): never => {
  throw new LedgerError([problem]);
};

/** Is the concept a sum of postings, or of recorded numbers? */
function isSum(concept: string, concepts: ReadonlyMap<string, Concept>): boolean {
  const formula = concepts.get(concept)?.formula;
  if (formula?.kind === 'sum') return formula.of.every((part) => isSum(part.concept, concepts));
  return formula?.kind === 'selection' || formula?.kind === 'recorded';
}

/** Can the level of any driver be told from two worlds? Of sums, and of quotients of sums. */
function isStraight(figure: string, concepts: ReadonlyMap<string, Concept>): boolean {
  const id = parseFactId(figure);
  const formula = id && concepts.get(id.concept)?.formula;
  return formula?.kind === 'quotient'
    ? isSum(formula.numerator, concepts) && isSum(formula.denominator, concepts)
    : id !== undefined && isSum(id.concept, concepts);
}

/**
 * What is missing to the goal: of a quotient N / D the amount N − goal · D, which has no pole, and is straight where both
 * are. Undefined where the figure cannot be said.
 */
function gapTo(goal: Rational, found: Value | undefined, unit: string, chart: Chart): Rational | undefined {
  const amount = (of: Value, as: string): Rational | undefined => {
    const text = inUnit(of, as, chart);
    return text === undefined ? undefined : fraction(text);
  };
  if (found?.kind !== 'quotient') {
    const now = found && amount(found, unit);
    return now && minus(now, goal);
  }
  const [over, under] = [amount(found.numerator, chart.currency), amount(found.denominator, chart.currency)];
  const wanted = unit === '%' ? times(goal, { over: 1n, under: 100n }) : goal;
  return over && under && !isNilRational(under) ? minus(over, times(wanted, under)) : undefined;
}

/** Refusals that another level need not meet: out of range, or a world that contradicts itself. */
const aboutLevels: ReadonlySet<ErrorCode> = new Set(['E702', 'E703', 'E704']);

/** The driver's worlds by level, each made once; where one is refused, or does not say the figure, why. */
function worldsOf(
  asked: WhatIf,
  driver: Driver,
  { figure, unit, rules = {} }: Goal & { readonly unit: string },
) {
  interface World {
    readonly simulation: Simulation;
    readonly value: Value | undefined;
    readonly text: string;
  }
  const known = new Map<string, World | string>();
  const make = (level: Rational): World | string => {
    try {
      const simulation = atLevel(asked, driver, level, rules);
      const value = simulation.figures.value(figure);
      const text = value && inUnit(value, unit, asked.base.chart);
      if (text !== undefined) return { simulation, value, text };
      return value?.kind === 'not-disclosed' ? value.why : `${figure} is divided by nil`;
    } catch (error) {
      if (error instanceof LedgerError && error.problems.every(({ code }) => aboutLevels.has(code)))
        return error.problems[0]?.message ?? 'refused';
      throw error;
    }
  };
  const at = (level: Rational): World | string => {
    const key = decimalOf(level);
    const world = known.get(key) ?? make(level);
    known.set(key, world);
    return world;
  };
  return { at, count: () => known.size };
}

/** A side of the present level: the end of the range, and how far towards it the world holds together. */
interface Reached extends Side {
  readonly far: Rational;
}

/** Refuses (E705) where the driver does not move the figure, or no level in its range gives the value. */
export function seek(asked: WhatIf, goal: Goal): Sought {
  const { figure, by } = goal;
  const { base, adjusting } = asked;
  const { unit } = shownFact(asked, figure);
  const ids = base.driverBook.drivers.map(({ id }) => id);
  const driver =
    driverOf(by, adjusting) ?? fail(unknown('driver', by, ids, { kind: 'set', driver: by, to: '' }));
  const value = goal.value.replaceAll(',', '');
  const wanted =
    fraction(value) ??
    fail({
      code: 'E107',
      message: `cannot read "${goal.value}" as a value of ${figure}`,
      help: `write it in ${unit}, like -3000000`,
    });
  const worlds = worldsOf(asked, driver, { ...goal, unit });
  const gapAt: GapAt = (level) => {
    const world = worlds.at(level);
    return typeof world === 'string' ? undefined : gapTo(wanted, world.value, unit, base.chart);
  };
  const reached = (level: Rational, how: Sought['how']): Sought => {
    const world = worlds.at(level);
    if (typeof world === 'string') throw new Error('assertion failed: a level was found where no figure is');
    const { simulation, text } = world;
    const residual = subtractDecimals(value, text);
    return { simulation, level: decimalOf(level), how, reached: text, residual, steps: worlds.count() };
  };

  const present = presentLevel(driver, adjusting) ?? nil;
  const range = rangeOf(present, driver);
  // Without a range: as much again, either way.
  const much = isNilRational(present) ? one : present;
  const ends = range ?? { low: minus(present, much), high: plus(present, much) };
  const straight = isStraight(figure, base.concepts);
  const inverse = driver.kind === 'scale' && driver.inverse === true;
  const side = (far: Rational): Reached => ({ far, present, end: reach(gapAt, { present, end: far }) });
  const sides = [side(ends.low), side(ends.high)] as const;
  const here = gapAt(present);
  const moves = sides.some(({ end }) => {
    const there = gapAt(end);
    return here && there && compareRationals(there, here) !== 0;
  });
  if (moves && here && isNilRational(here)) return reached(present, 'exact');
  for (const each of sides) {
    const level = straight ? crossing(gapAt, each, { inverse, beyond: !range }) : bracketed(gapAt, each);
    if (level) return reached(level, straight ? 'exact' : 'bracketed');
  }
  return fail(unreached(sides, { goal, driver, unit, worlds, straight, ranged: range !== undefined }));
}

interface Asked {
  readonly goal: Goal;
  readonly driver: Driver;
  readonly unit: string;
  readonly worlds: ReturnType<typeof worldsOf>;
  readonly straight: boolean;
  readonly ranged: boolean;
}

/** Why there is no level: the figure does not move, cannot be said, or is elsewhere in all that can be reached. */
function unreached(
  [low, high]: readonly [Reached, Reached],
  { goal: { figure, value }, driver, unit, worlds, straight, ranged }: Asked,
): Problem {
  const said = (level: Rational): string => {
    const world = worlds.at(level);
    if (typeof world === 'string') return world;
    return placesOf(world.text) > 8 ? roundDecimal(world.text, 8) : world.text;
  };
  const name = (level: Rational): string => levelText(level, driver);
  const cut = [low, high].filter(({ far, end }) => compareRationals(far, end) !== 0);
  const because = cut.map(({ far }) => `at ${name(far)}: ${said(far)}`);
  if (compareRationals(low.end, high.end) === 0)
    return {
      code: 'E705',
      message: `${figure} cannot be determined when ${driver.id} moves`,
      notes: because,
      help: 'tieout whatif drivers says what a driver makes undeterminable',
    };
  if (said(low.end) === said(low.present) && said(high.end) === said(low.present))
    return {
      code: 'E705',
      message: `${driver.id} does not move ${figure}`,
      help: `tieout whatif --set ${driver.id}=+10% shows what it moves`,
    };
  const whole = `${ranged ? 'its range is' : 'it declares no range, and was looked at from'} ${name(low.far)} to ${name(high.far)}`;
  const held = cut.length === 0 ? '' : `, which holds together from ${name(low.end)} to ${name(high.end)}`;
  return {
    code: 'E705',
    message: `no level of ${driver.id} within its range gives ${figure} = ${value}`,
    notes: [
      `${whole}${held}; there ${figure} is ${said(low.end)} to ${said(high.end)} ${unit}`,
      ...because,
      ...(straight
        ? []
        : [`${figure} does not move in a straight line: only a value between these two is looked for`]),
    ],
    help: 'ask for a value in between, or seek by another driver',
  };
}
