/**
 * Summary of unadjusted differences: misstatements that were found and not corrected, with what they would do to profit,
 * equity and assets, held against materiality (ISA 450).
 *
 * Invariants: a difference is measured by posting its correction, in the period that it arose in, so what stands here is what
 * the statements would change by; and the opening balance and the period together are the iron curtain.
 *
 *     Marketing of 2021 expensed in 2022, 3,000      opening   profit   iron curtain
 *       correction 2021, turnaround 2022             (3,000)    3,000              -
 *       still not accrued: correction 2021 only      (3,000)        -        (3,000)
 *
 * Rollover asks what the period's own profit is misstated by, a prior year's turnaround included; iron curtain asks what
 * profit would bear if all that is wrong at the end were put right in this period. Each overlooks what the other finds.
 */
import { addDecimals, compareDecimals } from '@tieout/money';
import { periodOf, type Chart, type Entry } from '@tieout/ledger';
import type { Rules, Scenario } from './scenario';
import type { Simulation, WhatIf } from './simulate';

export const differenceKinds = ['factual', 'judgemental', 'projected'] as const;

export interface Difference {
  readonly id: string;
  readonly kind: (typeof differenceKinds)[number];
  readonly description: string;
  /** The entry that would correct it, in the period that it arose in. */
  readonly correction: Entry;
  /** Of a prior year's difference: what it did to this period, put right as well. Without one it still stands. */
  readonly turnaround?: Entry;
}

/** `profit` is the period's own, rolled over; `opening` is equity before the period; the others are at its end. */
export const sudMeasures = ['opening', 'profit', 'ironCurtain', 'equity', 'assets'] as const;
export type Effects = Readonly<Record<(typeof sudMeasures)[number], string>>;

/** The facts that differences are measured on. A book without an earlier balance sheet has no opening. */
export type Measured = Readonly<Partial<Record<Exclude<keyof Effects, 'ironCurtain'>, string>>>;

export interface SudRow {
  readonly difference: Difference;
  /** It arose before the period that is measured. */
  readonly priorYear: boolean;
  /** In the unit of the figures, after tax where a rule is given. */
  readonly effects: Effects;
  /** Below the line that the user calls clearly trivial, by every measure. */
  readonly trivial: boolean;
}

export interface Sud {
  readonly rows: readonly SudRow[];
  /** Of all that is not clearly trivial: of prior years, of this period, together. */
  readonly prior: Effects;
  readonly present: Effects;
  readonly total: Effects;
  /** The measures by which the total is material. */
  readonly material: readonly (keyof Effects)[];
  readonly verdict: 'material' | 'immaterial';
}

export interface SudInput {
  readonly differences: readonly Difference[];
  readonly measured: Measured;
  /** In the unit of the measured figures. */
  readonly materiality: string;
  readonly trivial: string;
  readonly rules?: Rules;
}

/** Did it arise before the last period, the one that is measured? */
export const isOfPriorYear = ({ correction }: Pick<Difference, 'correction'>, { periods }: Chart): boolean =>
  correction.date < (periods.at(-1)?.from ?? '');

const size = (text: string): string => text.replace(/^-/, '');
const effectsBy = (of: (measure: keyof Effects) => string): Effects => ({
  opening: of('opening'),
  profit: of('profit'),
  ironCurtain: of('ironCurtain'),
  equity: of('equity'),
  assets: of('assets'),
});
const sumOf = (rows: readonly SudRow[]): Effects =>
  effectsBy((measure) => rows.reduce((sum, { effects }) => addDecimals(sum, effects[measure]), '0'));

export function summaryOfDifferences(
  asked: WhatIf,
  { differences, measured, materiality, trivial, rules = {} }: SudInput,
): Sud {
  const { chart } = asked.base;
  const rows = differences.map((difference): SudRow => {
    const effects = effectsOf(asked.simulate(corrected(difference, rules, chart)), measured);
    return {
      difference,
      priorYear: isOfPriorYear(difference, chart),
      effects,
      trivial: sudMeasures.every((measure) => compareDecimals(size(effects[measure]), trivial) < 0),
    };
  });
  const counted = rows.filter((row) => !row.trivial);
  const total = sumOf(counted);
  const material = sudMeasures.filter((measure) => compareDecimals(size(total[measure]), materiality) >= 0);
  return {
    rows,
    prior: sumOf(counted.filter(({ priorYear }) => priorYear)),
    present: sumOf(counted.filter(({ priorYear }) => !priorYear)),
    total,
    material,
    verdict: material.length > 0 ? 'material' : 'immaterial',
  };
}

/** The difference put right: only the periods that it stands in are opened again. */
function corrected(
  { id, description, correction, turnaround }: Difference,
  rules: Rules,
  chart: Chart,
): Scenario {
  const entries = [correction, ...(turnaround ? [turnaround] : [])];
  return {
    id,
    title: description,
    adjustments: entries.map((entry) => ({ kind: 'post', entry })),
    rules,
    reopens: [...new Set(entries.flatMap(({ date }) => periodOf(date, chart)?.id ?? []))],
    undetermined: [],
  };
}

function effectsOf({ changes }: Simulation, measured: Measured): Effects {
  const changeOf = (fact: string | undefined): string =>
    changes.find((change) => change.fact === fact)?.change ?? '0';
  const own = (measure: keyof Effects): string =>
    measure === 'ironCurtain'
      ? addDecimals(changeOf(measured.opening), changeOf(measured.profit))
      : changeOf(measured[measure]);
  return effectsBy(own);
}
