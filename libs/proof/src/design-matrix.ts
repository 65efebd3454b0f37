/**
 * The design matrix: how the free amounts of the journal move the published facts.
 *
 * An entry of n postings in a unit is free in n − 1 directions, because it only has to balance: each direction debits
 * one posting and credits another. Directions that move the same facts alike are one variable; a direction that moves
 * no fact is none. A posting's own amount never counts, only which facts it enters.
 *
 * A fact that no posting enters (a dash in a table) would have an empty row and would pass for determined. It gets a
 * latent leg, one that such a fact would be made of, moving every fact that would include it: so a nil cell is
 * cross-checked only when totals hold it.
 */
import type { Leg, Selection } from '@tieout/cube';
import { inFamily, type Chart, type Entry } from '@tieout/ledger';
import { coefficientOf, type LinearForm } from '@tieout/statements';
import type { FactRow } from './redundancy';

/** A distinct fact; without a form it is a recorded number, which is its own input. */
export interface LinearFact {
  readonly fact: string;
  readonly form?: LinearForm;
}

/** How often a leg enters each fact, by the fact's index; no zeros. */
export type Effect = ReadonlyMap<number, number>;

/** Effects of legs, remembered by what selections can see of them. */
export function effects(facts: readonly LinearFact[]): (leg: Leg) => Effect {
  const coefficients = facts.map(({ form }) => form && coefficientOf(form));
  const candidates = new Map<string, readonly number[]>();
  const candidatesFor = (account: string): readonly number[] => {
    let indices = candidates.get(account);
    if (!indices) {
      const enters = ({ form }: LinearFact): boolean =>
        form?.terms.some(({ selection }) => selection.accounts.some((family) => inFamily(account, family))) ??
        false;
      indices = facts.flatMap((fact, index) => (enters(fact) ? [index] : []));
      candidates.set(account, indices);
    }
    return indices;
  };
  const known = new Map<string, Effect>();
  return (leg) => {
    const key = JSON.stringify([leg.account, leg.movement, leg.day, leg.unit, leg.dimensions]);
    const before = known.get(key);
    if (before) return before;
    const effect = new Map<number, number>();
    for (const index of candidatesFor(leg.account)) {
      const times = coefficients[index]?.(leg) ?? 0;
      if (times !== 0) effect.set(index, times);
    }
    known.set(key, effect);
    return effect;
  };
}

/** What moves where one leg gains what another loses. */
export function difference(effect: Effect, base: Effect): Effect {
  const moved = new Map(effect);
  for (const [index, times] of base) {
    const left = (moved.get(index) ?? 0) - times;
    if (left === 0) moved.delete(index);
    else moved.set(index, left);
  }
  return moved;
}

/** The first of the members asked for, or what the account fixes; none where that is not asked for. */
function membersFor(
  selection: Selection,
  fixed: Readonly<Record<string, string>>,
): Record<string, string> | undefined {
  const members: Record<string, string> = { ...fixed };
  for (const [dimension, allowed] of Object.entries(selection.where ?? {})) {
    const member = fixed[dimension] ?? allowed[0];
    if (member === undefined || !allowed.includes(member)) return undefined;
    members[dimension] = member;
  }
  return members;
}

/**
 * A leg that a selection would include: on the first account that can have the members asked for, else (accumulated
 * depreciation of construction in progress) on an account of the family that the chart does not have.
 */
function latentLeg(selection: Selection, day: string, chart: Chart): Leg | undefined {
  const [family] = selection.accounts;
  const accounts = [...chart.accounts.values()].filter(({ id }) =>
    selection.accounts.some((each) => inFamily(id, each)),
  );
  const places = [...accounts, ...(family === undefined ? [] : [{ id: family, dimensions: {} }])];
  for (const { id, dimensions: fixed } of places) {
    const dimensions = membersFor(selection, fixed);
    // Where no movement is asked for, an unnamed one: it enters only facts that ask for none either.
    const movement = selection.movements?.[0] ?? '';
    if (dimensions) return { account: id, movement, day, unit: chart.currency, dimensions, minor: 0 };
  }
  return undefined;
}

/** One row a fact, over the free variables of the entries. */
export function designMatrix(
  entries: Iterable<Pick<Entry, 'postings'>>,
  facts: readonly LinearFact[],
  chart: Chart,
): FactRow[] {
  const rows = facts.map(({ fact }) => ({ fact, row: new Map<number, number>() }));
  const effectOf = effects(facts);
  const variables = new Set<string>();
  const addVariable = (moved: Effect): void => {
    if (moved.size === 0) return;
    const sorted = [...moved].sort(([a], [b]) => a - b);
    // A direction and its opposite are the same freedom.
    const sign = sorted[0]![1] < 0 ? -1 : 1;
    const key = sorted.map(([index, times]) => `${index}:${times * sign}`).join();
    if (variables.has(key)) return;
    for (const [index, times] of sorted) rows[index]!.row.set(variables.size, times);
    variables.add(key);
  };

  const entered = new Set<number>();
  for (const { postings } of entries) {
    for (const unit of new Set(postings.map((leg) => leg.unit))) {
      const moved = [...new Set(postings.filter((leg) => leg.unit === unit).map(effectOf))];
      for (const effect of moved) for (const index of effect.keys()) entered.add(index);
      // Any leg serves as the other side; the one that enters the fewest facts keeps the variables short.
      const base = moved.reduce((least, effect) => (effect.size < least.size ? effect : least));
      for (const effect of moved) addVariable(difference(effect, base));
    }
  }

  facts.forEach(({ form }, index) => {
    if (entered.has(index)) return;
    const term = form?.terms[0];
    const leg = form && term && latentLeg(term.selection, form.to, chart);
    const effect = leg && effectOf(leg);
    addVariable(effect?.has(index) ? effect : new Map([[index, 1]]));
  });
  return rows;
}
