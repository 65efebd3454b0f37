/**
 * The published figures held against the replay: for each the replayed amount and its state, and on request what the
 * agreement is worth (coverage.ts).
 *
 * This is where published numbers meet replayed ones, and the only place. Nothing here writes either.
 */
import { countEntries, inFamily, type CollectiveEntry } from '@tieout/ledger';
import {
  coefficientOf,
  inUnit,
  linearForm,
  type Evaluator,
  type LinearForm,
  type PublishedFigure,
  type World,
} from '@tieout/statements';
import { figureCoverage, type Basis, type FigureCoverage } from './coverage';
import { stateOf, type Held, type Recorded } from './state';

export interface HoldInput {
  readonly figures: readonly PublishedFigure[];
  readonly world: World;
  readonly evaluator: Evaluator;
  /** What persons recorded, by figure id. */
  readonly recorded: (figure: string) => Recorded;
}

export interface HeldFigure extends Held {
  readonly figure: PublishedFigure;
  /** In the figure's unit, unrounded; absent where the replay cannot say it. */
  readonly replayed?: string;
}

export interface ProvenFigure extends HeldFigure {
  readonly basis: Basis;
  /** Entries with a posting in the figure. */
  readonly entries: number;
}

/** Only the books as they are are held against print, checked and recorded. */
export function refuseScenario(world: World): void {
  if ('scenario' in world)
    throw new Error('assertion failed: a scenario is no replay; what-if counts its ties apart');
}

/** Each figure against its replayed amount, in the order given: enough for the ticks beside a statement. */
export function holdFigures({ figures, world, evaluator, recorded }: HoldInput): readonly HeldFigure[] {
  refuseScenario(world);
  return figures.map((figure): HeldFigure => {
    const value = evaluator.value(figure.fact);
    const replayed = value && inUnit(value, figure.unit, world.chart);
    return {
      ...stateOf(figure, replayed, recorded(figure.id)),
      figure,
      ...(replayed === undefined ? {} : { replayed }),
    };
  });
}

/**
 * How many entries have a posting in a fact; a fact is looked at once, however often it is printed, and on its accounts
 * only.
 */
function entriesBehind(entries: readonly CollectiveEntry[], world: World): (fact: string) => number {
  const onAccount = new Map<string, Set<CollectiveEntry>>();
  for (const entry of entries) {
    for (const { account } of entry.postings) {
      const there = onAccount.get(account);
      if (there) there.add(entry);
      else onAccount.set(account, new Set([entry]));
    }
  }
  const candidates = ({ terms }: LinearForm): Set<CollectiveEntry> => {
    const families = terms.flatMap(({ selection }) => selection.accounts);
    const on = [...onAccount].filter(([account]) => families.some((family) => inFamily(account, family)));
    return new Set(on.flatMap(([, of]) => [...of]));
  };
  const known = new Map<string, number>();
  return (fact) => {
    const before = known.get(fact);
    if (before !== undefined) return before;
    const form = linearForm(fact, world);
    let count = 0;
    if (form) {
      const coefficient = coefficientOf(form);
      const behind = [...candidates(form)].filter(({ postings }) =>
        postings.some((leg) => coefficient(leg) !== 0),
      );
      count = countEntries(behind);
    }
    known.set(fact, count);
    return count;
  };
}

/** What the books prove by, besides the figures. */
export interface ProvedBy extends Pick<HoldInput, 'world'> {
  readonly entries: readonly CollectiveEntry[];
  /** The unit of the journal, in which a print is exact. */
  readonly amounts: string;
}

/** States, basis, entries and coverage. */
export const proveFigures = (input: HoldInput & ProvedBy): ReturnType<typeof worthOf> =>
  worthOf(holdFigures(input), input);

/** What the agreement of held figures is worth. */
export function worthOf(
  held: readonly HeldFigure[],
  { entries, amounts, world }: ProvedBy,
): { readonly figures: readonly ProvenFigure[]; readonly coverage: FigureCoverage } {
  const coverage = figureCoverage(held, entries, { chart: world.chart, concepts: world.concepts, amounts });
  const behind = entriesBehind(entries, world);
  const figures = held.map((each): ProvenFigure => {
    const { id, fact } = each.figure;
    return { ...each, basis: coverage.basis.get(id) ?? 'self-supporting', entries: behind(fact) };
  });
  return { figures, coverage };
}
