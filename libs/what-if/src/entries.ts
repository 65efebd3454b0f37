/**
 * The hypothetical entries of a scenario: numbered, each with the rule that made it, and sound.
 *
 * Invariant: what stands here balances in every unit, is dated in an open period or one that the scenario reopens, and
 * takes nothing from an entry that the same scenario takes out.
 *
 *     WI-1  impairment × 1.2 (JE-20)     WI-2  closed to equity.accumulated-losses (follows)
 */
import { LedgerError, type Place, type Problem } from '@tieout/events';
import { checkBalance, periodOf, type Entry, type Posting } from '@tieout/ledger';
import { amountOf, type Applied, type Draft } from './applied';
import type { Base } from './base';
import { follow } from './follow';
import type { Policy } from './policy';
import type { Scenario } from './scenario';

/**
 * An entry that nobody posted. It is no `Entry`: it has no provenance and says that it is hypothetical, so it can be
 * neither appended nor recorded. `tieout whatif --promote` writes a file of entries for a person to review.
 */
export interface HypotheticalEntry {
  readonly hypothetical: string;
  readonly id: string;
  readonly rule: string;
  readonly event: Entry['event'];
  readonly date: string;
  readonly description: string;
  readonly postings: readonly Posting[];
  /** The adjustment that it comes from, from 0, and whether it follows from it by rule. */
  readonly adjustment: number;
  readonly follows: boolean;
  readonly of?: string;
}

/** Where a scenario stands: at its one adjustment, or in the files of them all. */
export function placeOf({ adjustments }: Pick<Scenario, 'adjustments'>): { readonly at?: Place } {
  const places = adjustments.flatMap(({ at }) => at ?? []);
  const [first] = places;
  if (!first) return {};
  if (adjustments.length === 1) return { at: first };
  return { at: { file: [...new Set(places.map(({ file }) => file))].join(' ') } };
}

/** Numbers the drafts and what follows from them, adjustment by adjustment; and says what was left out. */
export function entriesFrom(
  applied: readonly Applied[],
  {
    scenario,
    policies,
    base,
  }: { readonly scenario: Scenario; readonly policies: readonly Policy[]; readonly base: Base },
): { readonly entries: readonly HypotheticalEntry[]; readonly notes: readonly string[] } {
  const entries: HypotheticalEntry[] = [];
  const notes: string[] = [];
  const add = ({ postings, ...draft }: Draft, adjustment: number, follows: boolean): void => {
    const date = postings[0]?.day ?? '';
    entries.push({
      hypothetical: `scenario:${scenario.id}`,
      id: `WI-${entries.length + 1}`,
      ...draft,
      date,
      postings,
      adjustment,
      follows,
    });
  };
  applied.forEach(({ adjustment: { entity }, drafts, stage }, index) => {
    for (const draft of drafts) add(draft, index, false);
    const policy = policies[index];
    if (!policy) return;
    const following = follow(drafts, policy, stage?.books ?? base, entity);
    for (const draft of following.drafts) add(draft, index, true);
    notes.push(...following.notes);
  });
  return { entries, notes };
}

/** Entries that do not balance (E201), stand in a closed period (E206), or take from an entry that is gone (E704). */
export function refuseUnsound(
  scenario: Scenario,
  applied: readonly Applied[],
  entries: readonly HypotheticalEntry[],
  base: Base,
): void {
  const problems: Problem[] = [];
  const placeAt = (index: number): { readonly at?: Place } => {
    const at = applied[index]?.adjustment.at;
    return at ? { at } : placeOf(scenario);
  };
  const seen = new Set<string>();
  for (const { id, description, postings, adjustment } of entries) {
    for (const { unit, debits, credits, difference } of checkBalance({ postings }) ?? []) {
      const where = unit === base.chart.currency ? '' : ` in ${unit}`;
      problems.push({
        code: 'E201',
        message: `${id} (${description}) does not balance${where}: debits ${amountOf(debits, base)}, credits ${amountOf(credits, base)}, difference ${amountOf(difference, base)}`,
        help: 'give the leg that is missing',
        ...placeAt(adjustment),
      });
    }
    for (const { day } of postings) {
      const period = periodOf(day, base.chart)?.id;
      if (
        period === undefined ||
        !base.closed.has(period) ||
        scenario.reopens.includes(period) ||
        seen.has(`${adjustment} ${period}`)
      )
        continue;
      seen.add(`${adjustment} ${period}`);
      problems.push({
        code: 'E206',
        message: `period ${period} is closed; ${id} is dated ${day}`,
        help: `a scenario that means it says reopens: [${period}]`,
        ...placeAt(adjustment),
      });
    }
  }
  applied.forEach(({ gone }, index) => {
    for (const entry of gone) {
      const stage = applied[index]?.stage?.number;
      const other = entries.find(
        ({ of, adjustment }) =>
          of === entry && adjustment !== index && applied[adjustment]?.stage?.number === stage,
      );
      if (other)
        problems.push({
          code: 'E704',
          message: `${other.rule} takes from ${entry}, which another adjustment takes out`,
          help: 'stack a second scenario on this one',
          ...placeAt(index),
        });
    }
  });
  if (problems.length > 0) throw new LedgerError(problems);
}
