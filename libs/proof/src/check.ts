/**
 * All ties of a book run: every published figure and every claim of the prose with its state, and what was found.
 *
 * A tie is about the prints on its left (a total, a further print, a percentage); its state is theirs, and of several
 * the worst decides. A tie that does not tie is explained where a person recorded why; an explanation of something that
 * ties, or is not there, is itself found.
 */
import type { Entry } from '@tieout/ledger';
import { compareDecimals, placesOf, roundDecimal, subtractDecimals } from '@tieout/money';
import { inUnit, type Layout, type PublishedFigure } from '@tieout/statements';
import { figureCoverage, type FigureCoverage } from './coverage';
import type { Claim, DeclaredTie, Explanation } from './declared';
import { equationOf, outcome, readingFor, sideIn, type Equation, type TieState } from './hold';
import { printsOf, type Prints } from './prints';
import { refuseScenario, type HeldFigure, type HoldInput, type ProvedBy } from './prove';
import { repairsOf, type Repair, type Repairs } from './repair';
import { figureStates, stateOf, worstState, type FigureState, type Recorded } from './state';
import { figuresOf, subjectsOf, tieKinds, tiesOf, type FootingInPrint, type Tie, type TieKind } from './ties';

export interface CheckInput extends HoldInput {
  readonly layouts: readonly Layout[];
  readonly footings: readonly FootingInPrint[];
  readonly declared: readonly DeclaredTie[];
  readonly claims: readonly Claim[];
  readonly explanations: readonly Explanation[];
  /** The unit of the journal's amounts, in which a print is exact. */
  readonly amounts: string;
}

export interface CheckedTie {
  readonly tie: Tie;
  readonly state: TieState;
  /** Both sides in the tie's unit, unrounded, where it does not tie; of `ledger` always. */
  readonly left?: string;
  readonly right?: string;
  /** Left less right, where it does not tie. */
  readonly difference?: string;
  /** Why it is not run. */
  readonly note?: string;
  readonly explanation?: Explanation;
}

export interface CheckedFigure {
  readonly figure: PublishedFigure;
  readonly state: FigureState;
  /** In the figure's unit, unrounded; absent where the replay cannot say it. */
  readonly replayed?: string;
  /** Published less replayed, where they do not tie. */
  readonly difference?: string;
  /** Why it is not tested. */
  readonly note?: string;
  /** The ties that are about it. */
  readonly ties: readonly CheckedTie[];
}

export interface Check {
  readonly prints: Prints;
  readonly ties: readonly CheckedTie[];
  /** Figures in the order given, then the claims that reach a fact. */
  readonly figures: readonly CheckedFigure[];
  /** Claims that nothing in the document reaches. */
  readonly unreached: readonly Claim[];
  readonly repairs: readonly Repair[];
  /** Readings that wait for a person, or that no equation gives. */
  readonly waiting: readonly Repair[];
  /** Explanations of what is not there, or ties. */
  readonly stale: readonly (Explanation & { readonly found: string })[];
}

export function checkFigures(input: CheckInput): Check {
  refuseScenario(input.world);
  const prints = printsOf(input.figures, input.claims, input.amounts);
  const ties = tiesOf({ ...input, prints, concepts: input.world.concepts, chart: input.world.chart });
  const equations = new Map<string, Equation>();
  for (const tie of ties) if (tie.kind !== 'ledger') equations.set(tie.id, equationOf(tie));
  const repairs = repairsOf(prints, [...equations.values()]);
  const waiting = repairs.repairs.filter(
    ({ figure, found }) =>
      found !== 'over-determined' && !(found === 'determined' && input.recorded(figure).confirmed === true),
  );
  const run = runner({ ...input, prints, equations, repairs, waiting });
  const explanations = new Map(input.explanations.map((each) => [each.subject, each]));
  const broken = new Set<string>();
  const checked = ties.map((tie): CheckedTie => {
    const held = run(tie);
    if (held.state !== 'does-not-tie') return held;
    const subjects = [tie.id, ...subjectsOf(tie)];
    for (const subject of subjects) broken.add(subject);
    const explanation = subjects
      .flatMap((subject) => explanations.get(subject) ?? [])
      .find((each) => covers(each, held.difference));
    return explanation ? { ...held, state: 'explained', explanation } : held;
  });
  const known = new Set([...ties.map(({ id }) => id), ...prints.all.map(({ figure }) => figure.id)]);
  const stale = input.explanations
    .filter(({ subject }) => !broken.has(subject))
    .map((each) => ({
      ...each,
      found: known.has(each.subject) ? 'it ties' : 'there is no such figure or tie',
    }));
  return {
    prints,
    ties: checked,
    figures: figuresWith(prints, checked),
    unreached: input.claims.filter(({ fact }) => fact === undefined),
    repairs: repairs.repairs,
    waiting,
    stale,
  };
}

/** Does the explanation speak of this difference? One that has changed since is a new break. */
function covers({ difference: explained }: Explanation, found: string | undefined): boolean {
  if (explained === undefined || found === undefined) return explained === undefined;
  return compareDecimals(roundDecimal(found, placesOf(explained)), explained) === 0;
}

interface Running extends CheckInput {
  readonly prints: Prints;
  readonly equations: ReadonlyMap<string, Equation>;
  readonly repairs: Repairs;
  readonly waiting: readonly Repair[];
}

/** Runs a tie: a print against the replay, or an equation between prints. */
function runner(context: Running): (tie: Tie) => CheckedTie {
  const { prints, equations, repairs, waiting, world, evaluator, recorded } = context;
  const found = new Map(repairs.repairs.map((repair) => [repair.figure, repair.found]));
  const unread = new Set(waiting.map(({ figure }) => figure));
  return (tie) => {
    if (tie.kind === 'ledger') {
      const print = prints.get(tie.figure);
      if (!print) throw new Error(`assertion failed: ${tie.id} is about no print`);
      const { figure } = print;
      const value = evaluator.value(figure.fact);
      const replayed = value && inUnit(value, figure.unit, world.chart);
      const read = { ...figure, overDetermined: found.get(figure.id) === 'over-determined' };
      const { state, difference, note } = stateOf(read, replayed, confirmedOnly(recorded(figure.id)));
      return {
        tie,
        state: state === 'untested' ? 'not-run' : state,
        left: figure.published,
        ...(replayed === undefined ? {} : { right: replayed }),
        ...(difference === undefined ? {} : { difference }),
        ...(note === undefined ? {} : { note }),
      };
    }
    const equation = equations.get(tie.id);
    if (!equation || tie.missing !== undefined)
      return { tie, state: 'not-run', note: tie.missing ?? 'not published' };
    const waits = equation.figures.find((figure) => unread.has(figure));
    if (waits !== undefined) return { tie, state: 'not-run', note: `${waits} waits for confirmation` };
    const divisors = [tie.left, tie.right].flatMap((side) => (side.over ? [{ of: side.over }] : []));
    if (divisors.some((side) => isNil(sideIn(side, tie.unit, prints))))
      return { tie, state: 'not-run', note: 'divided by nil' };
    const state = outcome(equation, readingFor(tie, prints), prints.places);
    if (state !== 'does-not-tie') return { tie, state: repairs.spent.has(tie.id) ? 'repaired' : state };
    const [left, right] = [sideIn(tie.left, tie.unit, prints), sideIn(tie.right, tie.unit, prints)];
    if (left === undefined || right === undefined) return { tie, state: 'not-run', note: 'divided by nil' };
    return { tie, state, left, right, difference: subtractDecimals(left, right) };
  };
}

/** Whether a break is explained is decided over all ties of a figure, not here. */
const confirmedOnly = ({ confirmed }: Recorded): Recorded => (confirmed === undefined ? {} : { confirmed });

const isNil = (decimal: string | undefined): boolean =>
  decimal !== undefined && compareDecimals(decimal, '0') === 0;

function figuresWith(prints: Prints, checked: readonly CheckedTie[]): CheckedFigure[] {
  const about = new Map<string, CheckedTie[]>();
  for (const each of checked) {
    for (const figure of subjectsOf(each.tie)) {
      const known = about.get(figure);
      if (known) known.push(each);
      else about.set(figure, [each]);
    }
  }
  return prints.all.map(({ figure }): CheckedFigure => {
    const ties = about.get(figure.id) ?? [];
    const states = ties.flatMap(({ state, tie }): FigureState[] => {
      // An equation that gave another reading says nothing of this print.
      const spentOnOther = state === 'repaired' && tie.kind !== 'ledger' && figure.reading !== 'repaired';
      return state === 'not-run' || spentOnOther ? [] : [state];
    });
    const ledger = ties.find(({ tie }) => tie.kind === 'ledger');
    return {
      figure,
      state: worstState(states),
      ...(ledger?.right === undefined ? {} : { replayed: ledger.right }),
      ...(ledger?.difference === undefined ? {} : { difference: ledger.difference }),
      ...(ledger?.note === undefined ? {} : { note: ledger.note }),
      ties,
    };
  });
}

/** As held figures, with the repairs as their equations have them. */
export function heldByTies({ figures, repairs }: Check): readonly HeldFigure[] {
  const overDetermined = new Map(repairs.map(({ figure, found }) => [figure, found === 'over-determined']));
  return figures.map(({ ties: _, figure, ...held }) => {
    const over = overDetermined.get(figure.id);
    return { ...held, figure: over === undefined ? figure : { ...figure, overDetermined: over } };
  });
}

/** What the agreement of the figures is worth, claims of the prose included; a claim that nothing reaches is untested. */
export function coverageOf(
  check: Check,
  entries: Iterable<Pick<Entry, 'postings'>>,
  { world, amounts }: Pick<ProvedBy, 'world' | 'amounts'>,
): FigureCoverage {
  const reading = { chart: world.chart, concepts: world.concepts, amounts };
  const coverage = figureCoverage(heldByTies(check), entries, reading);
  const unreached = check.unreached.length;
  return {
    ...coverage,
    figures: coverage.figures + unreached,
    facts: coverage.facts + unreached,
    untested: coverage.untested + unreached,
  };
}

export const tieStates = [
  ...figureStates.filter((state) => state !== 'untested'),
  'not-run',
] as readonly TieState[];

/** How many ties are in each state, by kind. */
export function countTies(ties: readonly CheckedTie[]): ReadonlyMap<TieKind, ReadonlyMap<TieState, number>> {
  const counts = new Map<TieKind, Map<TieState, number>>(tieKinds.map((kind) => [kind, new Map()]));
  for (const { tie, state } of ties) {
    const own = counts.get(tie.kind);
    own?.set(state, (own.get(state) ?? 0) + 1);
  }
  return counts;
}

/** The ties that look at any of these facts. */
export function tiesAbout(check: Check, facts: ReadonlySet<string>): readonly CheckedTie[] {
  return check.ties.filter(({ tie }) =>
    figuresOf(tie).some((figure) => {
      const print = check.prints.get(figure);
      return print !== undefined && facts.has(print.figure.fact);
    }),
  );
}
