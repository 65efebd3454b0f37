/**
 * What Tieout says of a journal, in one process and by the same code as the command: refused, a published figure that
 * does not tie, or a finding of `verify`. And, for what turns nothing red, the reason, computed from the figures'
 * linear forms without evaluating anything.
 */
import { checkProvenance, seedEvents, type Book } from '@tieout/book';
import { carriesEntry, type Problem } from '@tieout/events';
import {
  balancesAt,
  checkEntry,
  entryFromEvent,
  foldLedger,
  signBreaches,
  type Posting,
} from '@tieout/ledger';
import {
  addDecimals,
  addMinor,
  includes,
  isNil,
  minorToUnit,
  multiplyMinor,
  parseUnit,
  type Minor,
} from '@tieout/money';
import { holdFigures, intervalOf, type HeldFigure } from '@tieout/proof';
import {
  coefficientOf,
  evaluator,
  factId,
  indexLegs,
  linearForm,
  parseFactId,
  type PublishedFigure,
  type World,
} from '@tieout/statements';
import type { Disturbance } from './disturbance';

/** The published figures against a replay of the book's journal. */
export function held(book: Book): readonly HeldFigure[] {
  const events = seedEvents(book).flatMap(({ events: said }) => said.map(({ event }) => event));
  const recorded = new Map<string, string>();
  const [confirmed, explained] = [new Set<string>(), new Set<string>()];
  for (const { name, payload } of events) {
    if (name === 'FactRecorded') recorded.set(`${payload.fact}@${payload.of}`, payload.value);
    if (name === 'RepairConfirmed') confirmed.add(payload.figure);
    if (name === 'BreakExplained') explained.add(payload.subject);
  }
  const legs = events.flatMap((event) => (carriesEntry(event) ? entryFromEvent(event).postings : []));
  const world: World = { chart: book.chart, concepts: book.concepts, legs: indexLegs(legs), recorded };
  const figures = evaluator(world);
  return holdFigures({
    figures: book.figures,
    world,
    evaluator: figures,
    recorded: (figure) => ({ confirmed: confirmed.has(figure), explained: explained.has(figure) }),
  });
}

/** What `verify` finds in a log of this book: accounts on the wrong side, clearing accounts, expressions. */
function verified(book: Book): readonly string[] {
  const { chart } = book;
  const state = foldLedger(seedEvents(book).flatMap(({ events }) => events.map(({ event }) => event)));
  const balances = chart.periods.flatMap(({ to, disclosedBalances }) => {
    const at = balancesAt(state, to);
    const clearing = at.filter(
      ({ account }) =>
        chart.accounts.get(account)?.type === 'clearing' && !disclosedBalances?.includes(account),
    );
    return [...signBreaches(at, chart), ...clearing].map(({ account }) => `${account} at ${to}`);
  });
  return [...balances, ...checkProvenance(book).map(({ message }) => message)];
}

export interface Verdict {
  /** Nothing is loaded. */
  readonly refused: readonly Problem[];
  /** Figures that do not tie now and did, or by another difference. */
  readonly broken: readonly HeldFigure[];
  readonly verify: readonly string[];
}

export function judge(book: Book, before: readonly HeldFigure[], { journal, now }: Disturbance): Verdict {
  const disturbed: Book = { ...book, journal };
  const refused = now.flatMap((entry) => checkEntry(entry, book.chart, { scale: book.amountUnit.scale }));
  if (refused.length > 0) return { refused, broken: [], verify: [] };
  const broken = held(disturbed).filter(
    ({ state, difference }, index) => state === 'does-not-tie' && difference !== before[index]?.difference,
  );
  return { refused, broken, verify: verified(disturbed) };
}

/** The facts that are sums of postings and that this one is computed from: itself where it is such a sum. */
function linearParts(fact: string, book: Book): readonly string[] {
  if (linearForm(fact, book)) return [fact];
  const id = parseFactId(fact);
  const formula = id && book.concepts.get(id.concept)?.formula;
  if (!id || !formula) return [];
  const at = (concept: string, time = id.time): readonly string[] => {
    const direct = linearParts(factId({ concept, time }), book);
    const end = book.chart.periods.find((period) => period.id === time)?.to;
    return direct.length > 0 || end === undefined
      ? direct
      : linearParts(factId({ concept, time: end }), book);
  };
  switch (formula.kind) {
    case 'quotient':
      return [...at(formula.numerator), ...at(formula.denominator)];
    case 'change':
      return [...at(formula.of), ...at(formula.of, formula.since)];
    case 'sum':
      return formula.of.flatMap(({ concept }) => at(concept));
    case 'recorded':
    case 'selection':
      return [];
  }
}

/** By how much legs move a fact, in minor units. */
function moveOf(fact: string, delta: readonly Posting[], book: Book): Minor {
  const form = linearForm(fact, book);
  if (!form) return 0;
  const coefficient = coefficientOf(form);
  return delta.reduce<Minor>((sum, leg) => addMinor(sum, multiplyMinor(leg.minor, coefficient(leg))), 0);
}

/** A published figure that is to move, and whether its print covers the moved amount too. */
export interface Move {
  readonly figure: PublishedFigure;
  readonly covered: boolean;
}

/**
 * The figures that a disturbance moves, by the algebra of their linear forms; a ratio by its new value. Those that the
 * book explains are left out: they are red in no case.
 */
export function movesOf(
  book: Book,
  before: readonly HeldFigure[],
  { delta, journal }: Pick<Disturbance, 'delta' | 'journal'>,
): readonly Move[] {
  const known = new Map<string, Minor>();
  const moveOfFact = (fact: string): Minor => {
    const minor = known.get(fact) ?? moveOf(fact, delta, book);
    known.set(fact, minor);
    return minor;
  };
  const moving = before.filter(
    ({ figure, state }) =>
      state !== 'explained' && linearParts(figure.fact, book).some((part) => !isNil(moveOfFact(part))),
  );
  const ratios = moving.some(({ figure }) => !linearForm(figure.fact, book));
  const after = new Map(
    ratios ? held({ ...book, journal }).map(({ figure, replayed }) => [figure.id, replayed]) : [],
  );
  return moving.map(({ figure, replayed = '0' }): Move => {
    const unit = parseUnit(figure.unit);
    const linear = unit && linearForm(figure.fact, book);
    const amount = linear
      ? addDecimals(replayed, minorToUnit(moveOfFact(figure.fact), unit, book.chart.minorDigits))
      : after.get(figure.id);
    return { figure, covered: amount !== undefined && includes(intervalOf(figure), amount) };
  });
}

/**
 * Why a disturbance turns nothing red; undefined where it should. Either its legs stand in the same cells of every
 * published figure, so that each fact moves by nil; or what moves is printed so coarsely that the print covers it.
 */
export function reasonForSilence(moves: readonly Move[]): string | undefined {
  if (moves.length === 0) return 'every published fact moves by nil';
  if (moves.some(({ covered }) => !covered)) return undefined;
  const prints = moves.map(({ figure }) => `${figure.id} ${figure.published} ${figure.unit}`);
  return `what moves is printed rounded, and stays within its rounding: ${prints.join('; ')}`;
}

/** The entries with a posting in a fact, counted as the command names them. */
export function entriesBehind(fact: string, { journal, chart, concepts }: Book): readonly string[] {
  const form = linearForm(fact, { chart, concepts });
  if (!form) return [];
  const coefficient = coefficientOf(form);
  const entries = journal.flatMap((file) => file.entries.map(({ entry }) => entry));
  return entries.filter(({ postings }) => postings.some((leg) => coefficient(leg) !== 0)).map(({ id }) => id);
}
