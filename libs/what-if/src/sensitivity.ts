/**
 * Sensitivities: what single drivers, or two together, do to a figure. One replay serves them all: every cell is an
 * overlay on the same base, what moving a driver to a level posts is worked out once for its row or column, and of a cell's
 * world only the invariants and the one figure are looked at.
 *
 * A cell is never the base plus so many times a unit overlay: every entry is rounded to minor units and shared out with
 * nothing lost, so that sum is a fen off what the scenario itself says in one linear figure of twenty.
 *
 * A tornado moves one driver at a time by the same part of its level. It says nothing about drivers that move together.
 */
import { LedgerError, refuse, type Place } from '@tieout/events';
import { addDecimals, compareDecimals, subtractDecimals } from '@tieout/money';
import { inUnit } from '@tieout/statements';
import { adjust } from './adjust';
import type { Outcome } from './applied';
import { atLevel, shownFact } from './at-level';
import { presentLevel } from './drive';
import { fraction, isNilRational, minus, nil, one, plus, times } from './rational';
import type { Adjustment, Driver, Rules } from './scenario';
import type { Simulation, WhatIf } from './simulate';

/** A bar of a tornado: the change of the figure in its unit, with the driver lower and higher. */
export interface Bar {
  readonly driver: Driver;
  readonly low: string;
  readonly high: string;
}

export interface Tornado {
  readonly figure: string;
  readonly unit: string;
  readonly percent: string;
  /** The widest first; of drivers that move the figure. */
  readonly bars: readonly Bar[];
  /** Drivers that could not be moved so, with the reason. */
  readonly left: readonly { readonly driver: string; readonly why: string }[];
}

const textOf = ({ figures, base }: Simulation, fact: string, unit: string): string | undefined => {
  const value = figures.value(fact);
  return value && inUnit(value, unit, base.chart);
};

const sizeOf = (text: string): string => text.replace(/^-/, '');

export function tornado(asked: WhatIf, figure: string, percent: string, rules: Rules = {}): Tornado {
  const { unit } = shownFact(asked, figure);
  const now = asked.facts.figures.value(figure);
  const before = now && inUnit(now, unit, asked.base.chart);
  const part = fraction(percent);
  if (!part || isNilRational(part))
    return refuse('E107', `cannot read "${percent}" as a part to move drivers by`, {
      help: 'write percent of the present level, like 10',
    });
  const bars: Bar[] = [];
  const left: { driver: string; why: string }[] = [];
  for (const driver of asked.base.driverBook.drivers) {
    const present = presentLevel(driver, asked.adjusting) ?? nil;
    if (before === undefined || isNilRational(present)) {
      const why = before === undefined ? 'the figure is not disclosed' : 'its present level is nil';
      left.push({ driver: driver.id, why });
      continue;
    }
    const share = times(part, { over: 1n, under: 100n });
    try {
      const [low, high] = [minus(one, share), plus(one, share)].map((factor) =>
        textOf(atLevel(asked, driver, times(present, factor), rules), figure, unit),
      );
      if (low === undefined || high === undefined) {
        left.push({ driver: driver.id, why: 'the figure is not determinable then' });
        continue;
      }
      const bar = { driver, low: subtractDecimals(low, before), high: subtractDecimals(high, before) };
      if (compareDecimals(bar.low, '0') !== 0 || compareDecimals(bar.high, '0') !== 0) bars.push(bar);
    } catch (error) {
      // A rule that cannot be read is no matter of one driver.
      if (!(error instanceof LedgerError) || error.problems.some(({ code }) => code === 'E107')) throw error;
      left.push({ driver: driver.id, why: error.problems[0]?.message ?? 'refused' });
    }
  }
  const width = ({ low, high }: Bar): string => addDecimals(sizeOf(low), sizeOf(high));
  bars.sort((a, b) => compareDecimals(width(b), width(a)));
  return { figure, unit, percent, bars, left };
}

/** One driver's levels as a person writes them. */
export interface Axis {
  readonly at?: Place;
  readonly driver: string;
  readonly levels: readonly string[];
}

/** The figure at every pair of levels, rows by columns; undefined where it is not determinable. */
export function twoWay(
  asked: WhatIf,
  figure: string,
  { rows, columns, rules = {} }: { readonly rows: Axis; readonly columns: Axis; readonly rules?: Rules },
): readonly (readonly (string | undefined)[])[] {
  const { unit } = shownFact(asked, figure);
  const posted = new Map<Adjustment, Outcome>();
  const along = ({ driver, levels, at }: Axis): readonly Adjustment[] =>
    levels.map((to) => {
      const adjustment: Adjustment = { kind: 'set', driver, to, ...(at ? { at } : {}) };
      posted.set(adjustment, adjust(adjustment, asked.adjusting));
      return adjustment;
    });
  const outcomeOf = (adjustment: Adjustment): Outcome =>
    posted.get(adjustment) ?? adjust(adjustment, asked.adjusting);
  const [down, across] = [along(rows), along(columns)];
  return down.map((row) =>
    across.map((column) => {
      const adjustments = [row, column];
      const cell = { id: 'table', title: 'table', adjustments, rules, reopens: [], undetermined: [] };
      return textOf(asked.simulate(cell, outcomeOf), figure, unit);
    }),
  );
}

/** The drivers that are there, with their present level. */
export const levelsNow = (asked: WhatIf) =>
  asked.base.driverBook.drivers.map((driver) => ({ driver, level: presentLevel(driver, asked.adjusting) }));
