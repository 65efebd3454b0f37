/**
 * The published figures held against the replay: for each the replayed amount, its state and its basis.
 *
 * This is where published numbers meet replayed ones, and the only place. Nothing here writes either.
 */
import type { Entry } from '@tieout/ledger';
import {
  inUnit,
  legsBehind,
  linearForm,
  type Evaluator,
  type PublishedFigure,
  type World,
} from '@tieout/statements';
import { designMatrix, type LinearFact } from './design-matrix';
import { redundancy, type LinearBasis } from './redundancy';
import { stateOf, type Held, type Recorded } from './state';

/**
 * What a figure's agreement is worth. `rounded`: a quotient, or a print coarser than the books, which is held by an
 * interval and stands outside the count of exact relations.
 */
export type Basis = LinearBasis | 'rounded';

export interface Proven extends Held {
  readonly figure: PublishedFigure;
  /** In the figure's unit, unrounded; absent where the replay cannot say it. */
  readonly replayed?: string;
  readonly basis: Basis;
  /** Entries with a posting in the figure. */
  readonly entries: number;
}

export interface ProveInput {
  readonly figures: readonly PublishedFigure[];
  readonly world: World;
  readonly evaluator: Evaluator;
  readonly entries: readonly Entry[];
  /** The unit of the books' own figures, like RMB'000: exact facts are published in it. */
  readonly bookUnit: string;
  /** What persons recorded, by figure id. */
  readonly recorded: (figure: string) => Recorded;
}

/** Distinct facts that are linear in the postings, or recorded, and published exactly somewhere among the figures. */
function exactFacts({ figures, world, bookUnit }: ProveInput): LinearFact[] {
  const facts = new Map<string, LinearFact>();
  for (const { fact, unit } of figures) {
    if (facts.has(fact)) continue;
    const form = linearForm(fact, world);
    const recorded = world.recorded.has(fact);
    if (form ? unit === bookUnit : recorded) facts.set(fact, { fact, ...(form ? { form } : {}) });
  }
  return [...facts.values()];
}

/** The basis of every exact fact among the figures, by elimination (redundancy.ts). */
export function basisOf(input: ProveInput): ReadonlyMap<string, LinearBasis> {
  return redundancy(designMatrix(input.entries, exactFacts(input), input.world.chart)).basis;
}

/** How many entries have a posting in each fact; a fact is looked at once, however often it is printed. */
function entriesBehind({ world, entries }: ProveInput): (fact: string) => number {
  const known = new Map<string, number>();
  return (fact) => {
    const before = known.get(fact);
    if (before !== undefined) return before;
    const form = linearForm(fact, world);
    const count = form ? entries.filter(({ postings }) => legsBehind(form, postings).length > 0).length : 0;
    known.set(fact, count);
    return count;
  };
}

/** All figures, in the order given. */
export function proveFigures(input: ProveInput): readonly Proven[] {
  const basis = basisOf(input);
  const behind = entriesBehind(input);
  return input.figures.map((figure): Proven => {
    const value = input.evaluator.value(figure.fact);
    const replayed = value && inUnit(value, figure.unit, input.world.chart);
    const held = stateOf(figure, replayed, input.recorded(figure.id));
    return {
      ...held,
      figure,
      ...(replayed === undefined ? {} : { replayed }),
      basis: basis.get(figure.fact) ?? 'rounded',
      entries: behind(figure.fact),
    };
  });
}

/** Only replayed amounts and states, without basis and entries: enough for the ticks beside a statement. */
export function holdFigures(
  input: Pick<ProveInput, 'figures' | 'world' | 'evaluator' | 'recorded'>,
): readonly (Held & { readonly figure: PublishedFigure })[] {
  return input.figures.map((figure) => {
    const value = input.evaluator.value(figure.fact);
    const replayed = value && inUnit(value, figure.unit, input.world.chart);
    return { ...stateOf(figure, replayed, input.recorded(figure.id)), figure };
  });
}
