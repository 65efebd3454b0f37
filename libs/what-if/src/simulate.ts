/**
 * A what-if: hypothetical entries folded to an overlay, the overlay added to the base, and everything checked again.
 *
 * Invariants: the base is never touched; the overlay and its negative leave the base, byte for byte; what each adjustment
 * does to a linear figure adds up to the figure's change exactly; a scenario whose world breaks an invariant is refused.
 *
 *     base 5 ⊕ overlay (scenario:impairment-up-20) = the hypothetical world
 */
import { LedgerError } from '@tieout/events';
import { foldHypothetical, type HypotheticalCube, type Leg } from '@tieout/cube';
import { rollForwards } from '@tieout/proof';
import { evaluator, type Evaluator, type HypotheticalWorld, type PublishedFigure } from '@tieout/statements';
import { adjust } from './adjust';
import type { Adjusting, Applied, Outcome } from './applied';
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
import { entriesFrom, placeOf, refuseUnsound, type HypotheticalEntry } from './entries';
import { factsOf, type Facts } from './facts';
import { invariantsOf, type Invariants } from './invariants';
import { policyOf, type Policy } from './policy';
import type { Adjustment, Scenario } from './scenario';
import { holdingAccounts, touching, worldOf } from './world';

export interface Simulation {
  readonly scenario: Scenario;
  readonly base: Base;
  readonly applied: readonly Applied[];
  readonly entries: readonly HypotheticalEntry[];
  /** The hypothetical entries folded, marked as of this scenario. */
  readonly overlay: HypotheticalCube;
  readonly world: HypotheticalWorld;
  readonly figures: Evaluator;
  /** Looked for when asked: a cell of a table needs one figure, not every change. */
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

/** Made when it is first asked for. */
function once<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined;
  return () => (made ??= { value: make() }).value;
}

function simulate(
  scenario: Scenario,
  outcomes: readonly Outcome[],
  { base, facts, check, agreeing }: Prepared,
): Simulation {
  const place = placeOf(scenario);
  const policies = outcomes.map((each) => {
    const { rules, rulesAt } = ('stage' in each && each.stage) || scenario;
    const policy = policyOf(rules, base);
    const at = rulesAt ? { at: rulesAt } : place;
    return 'problems' in policy
      ? { problems: policy.problems.map((problem) => ({ ...at, ...problem })) }
      : policy;
  });
  const problems = [...outcomes, ...policies].flatMap((each) =>
    'problems' in each ? each.problems.map((problem) => ({ ...place, ...problem })) : [],
  );
  // A rule that cannot be read is said once, not with every adjustment.
  const distinct = problems.filter(
    (problem, index) => problems.findIndex(({ message }) => message === problem.message) === index,
  );
  if (distinct.length > 0) throw new LedgerError(distinct);
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
  const overlay = foldHypothetical(
    entries.map(({ postings }, position) => ({ position, legs: postings })),
    scenario.id,
    base.cube.axes,
  );
  const moved = facts.movedBy(legs);
  const makeWorld = (
    cube: HypotheticalCube,
    upTo: readonly Applied[],
    fixed: readonly Applied[],
  ): HypotheticalWorld =>
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
        ...place,
      })),
    );
  }
  const changes = once(() =>
    facts.shown.flatMap((shown): Change[] =>
      touched(shown.fact) ? changeOf(shown, { facts, moved, figures, world, base }) : [],
    ),
  );
  const published = once(() => publishedTies(agreeing, changes(), base));
  return {
    ...{ scenario, base, applied, entries, overlay, world, figures, invariants, notes },
    get changes() {
      return changes();
    },
    get published() {
      return published();
    },
    contributions: contributions({
      applied,
      facts,
      ofAdjustment,
      base,
      scenario: scenario.id,
      makeWorld,
    }),
    warnings: [...new Set(applied.flatMap(({ warnings }) => warnings))],
  };
}
