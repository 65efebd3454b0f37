/**
 * Summary of unadjusted differences: misstatements that were found and not corrected, with what they would do to profit,
 * equity and assets, held against materiality (ISA 450).
 *
 * Invariant: a difference is measured by posting its correction, so what stands here is what the statements would change by.
 */
import { addDecimals, compareDecimals } from '@tieout/money';
import type { Entry } from '@tieout/ledger';
import type { Rules, Scenario } from './scenario';
import type { Simulation, WhatIf } from './simulate';

export const differenceKinds = ['factual', 'judgemental', 'projected'] as const;

export interface Difference {
  readonly id: string;
  readonly kind: (typeof differenceKinds)[number];
  readonly description: string;
  /** Found in an earlier period and carried on: it counts, and is shown apart. */
  readonly priorYear: boolean;
  /** The entry that would correct it. */
  readonly correction: Entry;
}

/** What a difference is measured on: concepts at times of the book. */
export interface Measured {
  readonly name: string;
  readonly fact: string;
}

export interface SudRow {
  readonly difference: Difference;
  /** By measured figure, in its unit, after tax where a rule is given. */
  readonly effects: readonly string[];
  /** Below the line that the user calls clearly trivial, in every figure. */
  readonly trivial: boolean;
}

export interface Sud {
  readonly measured: readonly Measured[];
  readonly rows: readonly SudRow[];
  /** Of all that is not clearly trivial. */
  readonly total: readonly string[];
  readonly material: readonly boolean[];
  readonly verdict: 'material' | 'immaterial';
}

export interface SudInput {
  readonly differences: readonly Difference[];
  readonly measured: readonly Measured[];
  /** In the unit of the measured figures. */
  readonly materiality: string;
  readonly trivial: string;
  readonly rules?: Rules;
  readonly reopens?: readonly string[];
}

const size = (text: string): string => text.replace(/^-/, '');

export function summaryOfDifferences(
  asked: WhatIf,
  { differences, measured, materiality, trivial, rules = {}, reopens = [] }: SudInput,
): Sud {
  const effectsOf = (simulation: Simulation): string[] =>
    measured.map(({ fact }) => simulation.changes.find((change) => change.fact === fact)?.change ?? '0');
  const rows = differences.map((difference): SudRow => {
    const scenario: Scenario = {
      id: difference.id,
      title: difference.description,
      adjustments: [{ kind: 'post', entry: difference.correction }],
      rules,
      reopens,
      undetermined: [],
    };
    const effects = effectsOf(asked.simulate(scenario));
    return {
      difference,
      effects,
      trivial: effects.every((effect) => compareDecimals(size(effect), trivial) < 0),
    };
  });
  const counted = rows.filter((row) => !row.trivial);
  const total = measured.map((_, index) =>
    counted.reduce((sum, { effects }) => addDecimals(sum, effects[index] ?? '0'), '0'),
  );
  const material = total.map((effect) => compareDecimals(size(effect), materiality) >= 0);
  return { measured, rows, total, material, verdict: material.some(Boolean) ? 'material' : 'immaterial' };
}
