/**
 * A what-if: hypothetical entries folded to an overlay, the overlay added to the base, and everything checked again.
 *
 * Invariants: the base is never touched; the overlay and its negative leave the base, byte for byte; what each adjustment
 * does to a linear figure adds up to the figure's change exactly; a scenario whose world breaks an invariant is refused.
 *
 *     base 5 ⊕ overlay (scenario:impairment-up-20) = the hypothetical world
 */
import { LedgerError, type Problem } from '@tieout/events';
import { addCubes, foldPostings, type Cube, type Leg } from '@tieout/cube';
import { checkBalance, periodOf, type Entry, type Posting } from '@tieout/ledger';
import { addMinor, type Minor } from '@tieout/money';
import { rollForwards } from '@tieout/proof';
import { evaluator, type Evaluator, type HypotheticalWorld, type PublishedFigure } from '@tieout/statements';
import { adjust } from './adjust';
import { amountOf, type Adjusting, type Applied, type Draft, type Outcome } from './applied';
import type { Base } from './base';
import {
  agreeingIn,
  changeOf,
  contributions,
  publishedTies,
  type Change,
  type Contribution,
  type DifferingTie,
} from './changes';
import { factsOf, undeterminedFacts, type Facts } from './facts';
import { follow, policyOf, type Policy } from './follow';
import { invariantsOf, type Invariants } from './invariants';
import type { Adjustment, Scenario } from './scenario';

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

export interface Simulation {
  readonly scenario: Scenario;
  readonly base: Base;
  readonly applied: readonly Applied[];
  readonly entries: readonly HypotheticalEntry[];
  /** The hypothetical entries folded, under the source `scenario:ID`. */
  readonly overlay: Cube;
  readonly world: HypotheticalWorld;
  readonly figures: Evaluator;
  readonly changes: readonly Change[];
  /** What each adjustment does to a changed fact: exact, and adding up; of ratios in the order given. */
  contributions(change: Change): readonly Contribution[];
  readonly invariants: Invariants;
  /** Published figures that agreed with the base and would not with the scenario. */
  readonly published: { readonly agreeing: number; readonly differing: readonly DifferingTie[] };
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

/** A base made ready: make one, ask it often. */
export interface WhatIf {
  readonly base: Base;
  readonly facts: Facts;
  readonly adjusting: Adjusting;
  /** Throws LedgerError with everything that speaks against the scenario. */
  simulate(scenario: Scenario, how?: (adjustment: Adjustment) => Outcome): Simulation;
}

export function whatIf(given: Base): WhatIf {
  const footings = [...given.footings, ...rollForwards(given)];
  const base = { ...given, footings };
  const facts = factsOf(base);
  const adjusting: Adjusting = { base, figures: facts.figures };
  const check = invariantsOf(base, facts);
  const prepared = { base, facts, check, agreeing: agreeingIn(base, facts.figures) };
  return {
    base,
    facts,
    adjusting,
    simulate: (scenario, how = (adjustment) => adjust(adjustment, adjusting)) =>
      simulate(scenario, scenario.adjustments.map(how), prepared),
  };
}

interface Prepared {
  readonly base: Base;
  readonly facts: Facts;
  readonly check: ReturnType<typeof invariantsOf>;
  /** The published figures that agree with the base. */
  readonly agreeing: readonly PublishedFigure[];
}

export const sourceOf = ({ id }: Pick<Scenario, 'id'>): string => `scenario:${id}`;

function simulate(
  scenario: Scenario,
  outcomes: readonly Outcome[],
  { base, facts, check, agreeing }: Prepared,
): Simulation {
  const policies = outcomes.map((each) =>
    policyOf(('stage' in each && each.stage?.rules) || scenario.rules, base),
  );
  const problems = [...outcomes, ...policies].flatMap((each) => ('problems' in each ? each.problems : []));
  // A rule that cannot be read is said once, not with every adjustment.
  const once = problems.filter(
    (problem, index) => problems.findIndex(({ message }) => message === problem.message) === index,
  );
  if (once.length > 0) throw new LedgerError(once);
  const applied = outcomes as readonly Applied[];
  const { entries, notes } = entriesFrom(applied, {
    scenario,
    policies: policies as readonly Policy[],
    base,
  });
  refuseUnsound(scenario, applied, entries, base);

  const ofAdjustment = (index: number): Leg[] =>
    entries.flatMap(({ adjustment, postings }) => (adjustment === index ? postings : []));
  const legs = entries.flatMap(({ postings }) => postings);
  const overlay = foldPostings(
    entries.map(({ postings }, position) => ({ position, legs: postings })),
    sourceOf(scenario),
    base.cube.axes,
  );
  const moved = facts.movedBy(legs);
  const makeWorld = (cube: Cube, upTo: readonly Applied[], fixed: readonly Applied[]): HypotheticalWorld =>
    worldOf({ base, facts, scenario, overlay: cube, replaced: upTo, undetermining: fixed, moved });
  const world = makeWorld(overlay, applied, applied);
  const figures = evaluator(world);
  const touched = touching(moved, applied, world, facts);
  const seen = { legs, moved, figures, touched, holding: holdingAccounts(applied) };
  const invariants = check(seen);
  if (invariants.broken.length > 0) {
    throw new LedgerError(
      invariants.broken.slice(0, 8).map((each) => ({
        code: each.kind === 'side' ? ('E704' as const) : ('E703' as const),
        message: `scenario ${scenario.id}: ${each.reason}`,
        notes: [`must hold in any world: ${each.words}`],
        help:
          each.kind === 'side'
            ? 'take out those entries, too, or let the cash effect follow: the rule cash: settled'
            : 'give its entries the movements and dimensions that the tables of the book analyse by',
      })),
    );
  }
  const changes = facts.shown.flatMap((shown): Change[] =>
    touched(shown.fact) ? changeOf(shown, { facts, moved, figures, world, base }) : [],
  );
  return {
    ...{ scenario, base, applied, entries, overlay, world, figures, changes, invariants, notes },
    contributions: contributions({
      applied,
      facts,
      ofAdjustment,
      base,
      source: sourceOf(scenario),
      makeWorld,
    }),
    published: publishedTies(agreeing, changes, base),
    warnings: [...new Set(applied.flatMap(({ warnings }) => warnings))],
  };
}

/** Numbers the drafts and what follows from them, adjustment by adjustment. */
function entriesFrom(
  applied: readonly Applied[],
  { scenario, policies, base }: { scenario: Scenario; policies: readonly Policy[]; base: Base },
) {
  const entries: HypotheticalEntry[] = [];
  const notes: string[] = [];
  const add = ({ postings, ...draft }: Draft, adjustment: number, follows: boolean): void => {
    const date = postings[0]?.day ?? '';
    entries.push({
      hypothetical: sourceOf(scenario),
      id: `WI-${entries.length + 1}`,
      ...draft,
      date,
      postings,
      adjustment,
      follows,
    });
  };
  applied.forEach(({ drafts }, index) => {
    for (const draft of drafts) add(draft, index, false);
    const policy = policies[index];
    if (!policy) return;
    const following = follow(drafts, policy, base);
    for (const draft of following.drafts) add(draft, index, true);
    notes.push(...following.notes);
  });
  return { entries, notes };
}

/** Entries that do not balance, stand in a closed period, or take from an entry that is gone. */
function refuseUnsound(
  scenario: Scenario,
  applied: readonly Applied[],
  entries: readonly HypotheticalEntry[],
  base: Base,
): void {
  const problems: Problem[] = [];
  const placeOf = (index: number): Pick<Problem, 'at'> => {
    const at = applied[index]?.adjustment.at;
    return at ? { at } : {};
  };
  const seen = new Set<string>();
  for (const { id, description, postings, adjustment } of entries) {
    for (const { unit, debits, credits, difference } of checkBalance({ postings }) ?? []) {
      const where = unit === base.chart.currency ? '' : ` in ${unit}`;
      problems.push({
        code: 'E201',
        message: `${id} (${description}) does not balance${where}: debits ${amountOf(debits, base)}, credits ${amountOf(credits, base)}, difference ${amountOf(difference, base)}`,
        help: 'give the leg that is missing',
        ...placeOf(adjustment),
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
        ...placeOf(adjustment),
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
          ...placeOf(index),
        });
    }
  });
  if (problems.length > 0) throw new LedgerError(problems);
}

const holdingAccounts = (applied: readonly Applied[]): ReadonlySet<string> =>
  new Set(
    applied.flatMap(({ moved }) =>
      moved?.driver.kind === 'scale' && moved.driver.held ? [moved.driver.held.account] : [],
    ),
  );

interface WorldParts {
  readonly base: Base;
  readonly facts: Facts;
  readonly scenario: Scenario;
  readonly overlay: Cube;
  readonly replaced: readonly Applied[];
  readonly undetermining: readonly Applied[];
  /** What the whole scenario adds to linear facts. */
  readonly moved: ReadonlyMap<string, Minor>;
}

function worldOf({
  base,
  facts,
  scenario,
  overlay,
  replaced,
  undetermining,
  moved,
}: WorldParts): HypotheticalWorld {
  const { chart, concepts } = base;
  const sum = addCubes(base.cube, overlay);
  const byAccount = new Map(facts.legs.byAccount);
  for (const account of overlay.cells.keys())
    byAccount.set(account, [...(sum.cells.get(account)?.values() ?? [])]);
  const recorded = new Map(base.recorded);
  for (const each of replaced) for (const [fact, value] of each.replaced) recorded.set(fact, value);
  const declared = [...scenario.undetermined, ...undetermining.flatMap(({ undetermined }) => undetermined)];
  const signs = base.driverBook.consequences.whenPositive;
  const world = { chart, concepts, legs: { byAccount }, recorded, scenario: scenario.id };
  const turned = turnedPositive(signs, facts, moved);
  const undetermined = undeterminedFacts([...declared, ...turned], base);
  return undetermined.size === 0 ? world : { ...world, undetermined };
}

/** Figures that are a profit only in the scenario. */
function turnedPositive(
  signs: Base['driverBook']['consequences']['whenPositive'],
  { figures }: Facts,
  moved: ReadonlyMap<string, Minor>,
) {
  return signs.filter(({ figure }) => {
    const before = figures.value(figure);
    return (
      before?.kind === 'money' && before.minor <= 0 && addMinor(before.minor, moved.get(figure) ?? 0) > 0
    );
  });
}

/** Has a fact another value, or none any more? */
function touching(
  moved: ReadonlyMap<string, Minor>,
  applied: readonly Applied[],
  world: HypotheticalWorld,
  facts: Facts,
): (fact: string) => boolean {
  const replaced = new Set(applied.flatMap((each) => [...each.replaced.keys()]));
  const undetermined = world.undetermined ?? new Map<string, string>();
  return (fact) => {
    if (moved.has(fact)) return true;
    if (facts.isLinear(fact) && undetermined.size === 0) return false;
    for (const each of facts.standsOn(fact))
      if (moved.has(each) || replaced.has(each) || undetermined.has(each)) return true;
    return false;
  };
}
