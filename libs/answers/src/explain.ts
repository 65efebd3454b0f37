/**
 * One figure followed down and up. Where it is printed, which entries it is built from, the ties that hold it, and what is
 * made of it.
 */
import type { ExplainDocument } from '@tieout/documents';
import { refuse } from '@tieout/events';
import { countEntries, isCollective } from '@tieout/ledger';
import { absoluteMinor, compareMinor, formatMinor, minorToUnit, parseUnit, type Minor } from '@tieout/money';
import { Journal, type Part } from '@tieout/projections';
import {
  figuresOf,
  heldBy,
  inputsOf,
  traceOf,
  usesOf,
  worstState,
  type Basis,
  type CheckedFigure,
  type CheckedTie,
  type Input,
  type PrintTie,
  type Trace,
  type TracedEntry,
  type TracedMovement,
  type Use,
} from '@tieout/proof';
import { inUnit, linearForm } from '@tieout/statements';
import { checked, type Checked } from './checked';
import { factAsked } from './figure-search';
import type { Session } from './session';
import { equationText } from './ties';

/** Entries of a movement that a document has, where a log holds so many that they are read condensed: the largest. */
const LISTED = 1000;

/** Everything that is said of a figure. */
export interface Explained {
  readonly fact: string;
  readonly label: string;
  readonly unit: string;
  /** What the entries give, in `unit`. */
  readonly value: string | undefined;
  readonly prints: readonly CheckedFigure[];
  /** Its inputs, each with what the entries give of it. */
  readonly inputs: readonly (Input & { readonly value: string | undefined })[];
  readonly trace: Trace | undefined;
  /** Is the trace what the replay gives? */
  readonly equalsReplay: boolean;
  /** Entries of each movement, by its id; `trace` may have but the largest. */
  readonly entriesOf: ReadonlyMap<string, number>;
  readonly ties: readonly CheckedTie[];
  readonly uses: readonly Use[];
  readonly basis: Basis;
  /** Of a cross-checked fact, the shortest equation that the entries cannot absorb. */
  readonly heldBy: { readonly tie: string; readonly equation: string } | undefined;
}

/**
 * The figure, fact, concept or label that is asked for. `listed`: entries of a movement that are named by themselves where
 * the journal has them only in sums.
 */
export async function explained(session: Session, asked: string, listed = LISTED): Promise<Explained> {
  const run = await checked(session);
  const { check, input, entries, world } = run;
  const fact = factAsked(asked, check, session);
  const prints = check.figures.filter(({ figure }) => figure.fact === fact);
  const reference = check.prints.reference(fact)?.figure;
  if (!reference) return refuse('E601', `no published figure is called "${asked}"`);
  const own = new Set(prints.map(({ figure }) => figure.id));
  const value = input.evaluator.value(fact);
  const trace = traceOf(fact, entries, world);
  const basis = run.coverage().basis.get(reference.id) ?? 'self-supporting';
  const equation = basis === 'cross-checked' ? heldBy(fact, check, entries, world) : undefined;
  return {
    fact,
    label: reference.label,
    unit: reference.unit,
    value: value && inUnit(value, reference.unit, world.chart),
    prints,
    inputs: inputsOf(fact, world).map((each) => ({ ...each, value: valueOf(each.fact, run) })),
    trace: trace && (await singledOut(fact, trace, { session, world, limit: listed })),
    equalsReplay: trace !== undefined && value?.kind === 'money' && trace.minor === value.minor,
    entriesOf: new Map(
      trace?.movements.map((each) => [each.movement, countEntries(each.entries.map(({ entry }) => entry))]),
    ),
    ties: check.ties.filter(
      ({ tie }) => tie.kind !== 'ledger' && figuresOf(tie).some((figure) => own.has(figure)),
    ),
    uses: usesOf(fact, check, entries, world),
    basis,
    heldBy: equation && { tie: equation.id, equation: byFacts(equation, run) },
  };
}

const byFacts = (tie: PrintTie, { check }: Checked): string =>
  equationText(tie, (figure) => check.prints.get(figure)?.figure.fact ?? figure);

function valueOf(fact: string, { check, input, world }: Checked): string | undefined {
  const value = input.evaluator.value(fact);
  const unit = check.prints.reference(fact)?.figure.unit ?? input.amounts;
  return value && inUnit(value, unit, world.chart);
}

/** The trace with entries by themselves where it has collective ones: the largest of each movement, in log order. */
async function singledOut(
  fact: string,
  trace: Trace,
  { session, world, limit }: { session: Session; world: Checked['world']; limit: number },
): Promise<Trace> {
  const collective = ({ entries }: Trace['movements'][number]): boolean =>
    entries.some(({ entry }) => isCollective(entry));
  if (!trace.movements.some(collective)) return trace;
  const journal = session.projections.get(Journal);
  const form = linearForm(fact, world);
  const period = world.chart.periods.find(({ to }) => to === form?.to);
  const within = form && trace.opening && period ? { ...form, from: period.from } : form;
  const largest = new Map<string, Part[]>();
  for await (const parts of journal.partsOf([within], world.asOf)) {
    for (const part of parts) {
      const found = largest.get(part.movement) ?? [];
      largest.set(part.movement, found);
      found.push(part);
    }
    for (const found of largest.values()) {
      found.sort(
        (a, b) => compareMinor(absoluteMinor(b.minor), absoluteMinor(a.minor)) || a.position - b.position,
      );
      found.splice(limit);
    }
  }
  const movements: TracedMovement[] = [];
  for (const each of trace.movements) {
    const singles: TracedEntry[] = [];
    for (const { position, minor, postings } of (largest.get(each.movement) ?? []).sort(
      (a, b) => a.position - b.position,
    )) {
      singles.push({ entry: await journal.entryAt(position), minor, postings });
    }
    movements.push(collective(each) ? { ...each, entries: singles } : each);
  }
  return { ...trace, movements };
}

function builtFrom(
  { trace, entriesOf, equalsReplay }: Explained,
  { book }: Session,
): ExplainDocument['builtFrom'] {
  if (!trace) return undefined;
  const { chart, amountUnit } = book;
  const own = parseUnit(amountUnit.text);
  const amount = (minor: Minor): string =>
    own ? minorToUnit(minor, own, chart.minorDigits) : formatMinor(minor);
  return {
    unit: amountUnit.text,
    ...(trace.opening ? { opening: { fact: trace.opening.fact, amount: amount(trace.opening.minor) } } : {}),
    movements: trace.movements.map(({ movement, minor, entries }) => ({
      movement,
      name: chart.movements.get(movement)?.name ?? movement,
      amount: amount(minor),
      ...(entriesOf.get(movement) === entries.length ? {} : { entriesInAll: entriesOf.get(movement) }),
      entries: entries.map(({ entry, minor: part, postings }) => ({
        entry: entry.id,
        description: entry.description,
        amount: amount(part),
        postings,
        provenance: {
          amount: entry.provenance.amount,
          allocation: entry.provenance.allocation,
          source: [...entry.provenance.source],
        },
      })),
    })),
    total: amount(trace.minor),
    equalsReplay,
  };
}

export function explainIn(said: Explained, session: Session): ExplainDocument {
  const { fact, label, unit, value, prints, inputs, trace, ties, uses, basis } = said;
  return {
    schema: 'tieout.explain/1',
    fact,
    label,
    unit,
    value: value ?? null,
    state: worstState(prints.map(({ state }) => state)),
    basis,
    ...(said.heldBy ? { heldBy: said.heldBy } : {}),
    printed: prints.map(({ figure, state }) => ({
      figure: figure.id,
      statement: figure.statement,
      label: figure.label,
      unit: figure.unit,
      published: figure.published,
      state,
      source: { line: figure.sourceLine, text: figure.text },
      ...(figure.reading === 'printed' ? {} : { reading: figure.reading }),
      ...(figure.because === undefined ? {} : { because: figure.because }),
    })),
    inputs: inputs.map(({ fact: of, as, value: given }) => ({ fact: of, as, value: given ?? null })),
    ...(trace ? { builtFrom: builtFrom(said, session) } : {}),
    ties: ties.map(({ tie, state, difference, note }) => ({
      tie: tie.id,
      kind: tie.kind,
      state,
      ...(difference === undefined ? {} : { difference }),
      ...(note === undefined ? {} : { note }),
    })),
    usedBy: [...uses],
  };
}

export const explainDocument = async (session: Session, asked: string): Promise<ExplainDocument> =>
  explainIn(await explained(session, asked), session);
