/**
 * Coverage: of all that was published, how much could have been found wrong.
 *
 * Facts are counted once, however often they are printed. A fact is tested when one of its prints is. It enters the
 * count of rank and redundancy as it was read: printed, exactly, and linear in the postings. Beside stand
 *
 *     rounded    a quotient, or printed only coarser than the journal's own unit (millions, percentages, per share)
 *     repaired   inferred from the other facts, so an equation of theirs is spent on it: over-determined, it is held
 *                by what is left of them; only determined, it repeats its input
 */
import type { Chart, Entry } from '@tieout/ledger';
import { parseUnit, placesOf } from '@tieout/money';
import { linearForm, parseFactId, type PublishedFigure, type World } from '@tieout/statements';
import { designMatrix, type LinearFact } from './design-matrix';
import { redundancy, type LinearBasis } from './redundancy';
import type { FigureState } from './state';

export type Basis = LinearBasis | 'rounded';

/** A published figure with the state that it was found in. */
export interface StatedFigure {
  readonly figure: PublishedFigure;
  readonly state: FigureState;
}

/** What the figures are read by. */
export interface Reading extends Pick<World, 'chart' | 'concepts'> {
  readonly chart: Chart;
  /** The unit of the journal's amounts: `RMB'000`. A print that says less is rounded. */
  readonly amounts: string;
}

/** Of the facts, each is one of crossChecked, selfSupporting, rounded and untested. */
export interface FigureCoverage {
  readonly figures: number;
  readonly facts: number;
  readonly crossChecked: number;
  readonly selfSupporting: number;
  readonly rounded: number;
  readonly untested: number;
  /** Of the facts that were read exactly: rank of their linear forms. */
  readonly rank: number;
  /** Those facts less rank: independent equations that they could have broken. */
  readonly redundancy: number;
  /** By figure id. What is untested claims nothing: self-supporting. */
  readonly basis: ReadonlyMap<string, Basis>;
}

/** Does the print say the amount to the journal's own unit? */
function printedExactly({ unit, published, reading }: PublishedFigure, amounts: string): boolean {
  if (reading === 'below-unit') return false;
  const [shown, own] = [parseUnit(unit), parseUnit(amounts)];
  if (!shown || !own || shown.kind !== own.kind) return false;
  return shown.exponent - placesOf(published) <= own.exponent;
}

/** How a fact was learnt. */
type Learnt = 'read' | 'over-determined' | 'determined' | 'rounded' | 'untested';

function learnt(prints: readonly StatedFigure[], linear: LinearFact | undefined, amounts: string): Learnt {
  const tested = prints.filter(({ state }) => state !== 'untested').map(({ figure }) => figure);
  if (tested.length === 0) return 'untested';
  if (!linear) return 'rounded';
  // A recorded number repeats its input in whatever unit it is printed.
  const exact = linear.form ? tested.filter((figure) => printedExactly(figure, amounts)) : tested;
  if (exact.length === 0) return 'rounded';
  if (exact.some(({ reading }) => reading !== 'repaired')) return 'read';
  return exact.some(({ overDetermined }) => overDetermined === true) ? 'over-determined' : 'determined';
}

/** The fact as a linear form, or as a recorded number; undefined for a quotient. */
function linearFact(fact: string, reading: Reading): LinearFact | undefined {
  const form = linearForm(fact, reading);
  if (form) return { fact, form };
  const id = parseFactId(fact);
  return id && reading.concepts.get(id.concept)?.formula.kind === 'recorded' ? { fact } : undefined;
}

/** Figures by the fact that they print. */
function byFact(figures: readonly StatedFigure[]): ReadonlyMap<string, readonly StatedFigure[]> {
  const prints = new Map<string, StatedFigure[]>();
  for (const each of figures) {
    const known = prints.get(each.figure.fact);
    if (known) known.push(each);
    else prints.set(each.figure.fact, [each]);
  }
  return prints;
}

/** Rank, redundancy, and the basis of every fact and of every print of it. */
export function figureCoverage(
  figures: readonly StatedFigure[],
  entries: Iterable<Pick<Entry, 'postings'>>,
  reading: Reading,
): FigureCoverage {
  const facts = [...byFact(figures)].map(([fact, prints]) => {
    const linear = linearFact(fact, reading);
    return { fact, prints, linear, how: learnt(prints, linear, reading.amounts) };
  });
  const exact = facts.flatMap(({ linear, how }) =>
    linear && (how === 'read' || how === 'over-determined') ? [{ ...linear, how }] : [],
  );
  const rows = designMatrix(entries, exact, reading.chart);
  const read = redundancy(rows.filter((_, index) => exact[index]?.how === 'read'));
  const withRepairs = read.facts === rows.length ? read : redundancy(rows);

  const basisOf = (fact: string, how: Learnt): Basis | 'untested' => {
    switch (how) {
      case 'read':
        return read.basis.get(fact) ?? 'self-supporting';
      case 'over-determined':
        return withRepairs.basis.get(fact) ?? 'self-supporting';
      case 'determined':
        return 'self-supporting';
      case 'rounded':
      case 'untested':
        return how;
    }
  };
  const counts = { 'cross-checked': 0, 'self-supporting': 0, rounded: 0, untested: 0 };
  const basis = new Map<string, Basis>();
  for (const { fact, prints, linear, how } of facts) {
    const own = basisOf(fact, how);
    counts[own] += 1;
    for (const { figure } of prints) {
      // A coarse print of a fact that is printed exactly elsewhere is still a coarse print.
      const coarse = !linear || (linear.form !== undefined && !printedExactly(figure, reading.amounts));
      basis.set(figure.id, coarse ? 'rounded' : own === 'untested' ? 'self-supporting' : own);
    }
  }
  return {
    figures: figures.length,
    facts: facts.length,
    crossChecked: counts['cross-checked'],
    selfSupporting: counts['self-supporting'],
    rounded: counts.rounded,
    untested: counts.untested,
    rank: read.rank,
    redundancy: read.redundancy,
    basis,
  };
}
