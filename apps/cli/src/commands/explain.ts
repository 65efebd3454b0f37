/**
 * `explain`: one figure followed down and up. Where it is printed, which entries it is built from, the ties that hold it,
 * and what is made of it.
 */
import { checked, type Checked, factAsked } from '@tieout/answers';
import { refuse } from '@tieout/events';
import { countEntries, isCollective } from '@tieout/ledger';
import {
  absoluteMinor,
  compareMinor,
  formatAmount,
  formatMinor,
  minorToUnit,
  parseUnit,
  type Minor,
} from '@tieout/money';
import {
  coverageOf,
  figuresOf,
  heldBy,
  inputsOf,
  prose,
  stateGlyph,
  traceOf,
  usesOf,
  worstState,
  type CheckedTie,
  type PrintTie,
  type Trace,
  type TracedEntry,
  type TracedMovement,
} from '@tieout/proof';
import { inUnit, linearForm } from '@tieout/statements';
import { inFull } from '../broken';
import { Journal, type Part } from '@tieout/projections';
import { stateText } from '../print/state';
import { forTerminal, padEnd, padStart, paint, widthOf, wrap } from '../print/text';
import type { Session } from '../session';

/** Entries of a movement that are named in text. */
const NAMED = 6;

/** Entries of a movement that `--json` has, where a log holds so many that they are read condensed: the largest. */
const LISTED = 1000;

/** Everything that is said of a figure, in both forms. */
interface Explained {
  readonly fact: string;
  readonly label: string;
  readonly unit: string;
  readonly value: string | undefined;
  readonly prints: Checked['check']['figures'];
  readonly trace: Trace | undefined;
  /** Entries of each movement, by its id; `trace` may have but the largest. */
  readonly entriesOf: ReadonlyMap<string, number>;
  readonly ties: readonly CheckedTie[];
  readonly basis: string;
  readonly equation: PrintTie | undefined;
}

async function explained(asked: string, session: Session, run: Checked): Promise<Explained> {
  const { check, input, entries, world } = run;
  const fact = factAsked(asked, check, session);
  const prints = check.figures.filter(({ figure }) => figure.fact === fact);
  const reference = check.prints.reference(fact)?.figure;
  if (!reference) return refuse('E601', `no published figure is called "${asked}"`);
  const own = new Set(prints.map(({ figure }) => figure.id));
  const value = input.evaluator.value(fact);
  const trace = traceOf(fact, entries, world);
  const singled = trace && (await singledOut(fact, trace, session, run));
  const basis = coverageOf(check, entries, input).basis.get(reference.id) ?? 'self-supporting';
  return {
    fact,
    label: reference.label,
    unit: reference.unit,
    value: value && inUnit(value, reference.unit, world.chart),
    prints,
    trace: singled,
    entriesOf: new Map(
      trace?.movements.map((each) => [each.movement, countEntries(each.entries.map(({ entry }) => entry))]),
    ),
    ties: check.ties.filter(
      ({ tie }) => tie.kind !== 'ledger' && figuresOf(tie).some((figure) => own.has(figure)),
    ),
    basis,
    equation: basis === 'cross-checked' ? heldBy(fact, check, entries, world) : undefined,
  };
}

/** The trace with entries by themselves where it has collective ones: the largest of each movement, in log order. */
async function singledOut(fact: string, trace: Trace, session: Session, { world }: Checked): Promise<Trace> {
  const collective = ({ entries }: Trace['movements'][number]): boolean =>
    entries.some(({ entry }) => isCollective(entry));
  if (!trace.movements.some(collective)) return trace;
  const journal = session.projections.get(Journal);
  const limit = session.globals.json ? LISTED : NAMED;
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

/** The equation of a tie, by facts: "is.gross-profit@2022H1 = is.revenue@2022H1 + is.cost-of-sales@2022H1". */
function equationText({ left, right }: PrintTie, { check }: Checked): string {
  const side = (polynomial: PrintTie['left']['of']): string =>
    polynomial
      .map(({ times, of }, index) => {
        const facts = of.map((figure) => check.prints.get(figure)?.figure.fact ?? figure).join(' * ');
        const sign = times < 0 ? (index === 0 ? '-' : '- ') : index === 0 ? '' : '+ ';
        return `${sign}${Math.abs(times) === 1 ? '' : `${Math.abs(times)} * `}${facts}`;
      })
      .join(' ');
  return `${side(left.of)} = ${side(right.of)}`;
}

function explainedJson(said: Explained, run: Checked, session: Session): unknown {
  const { fact, label, unit, value, prints, trace, entriesOf, ties, basis, equation } = said;
  const { chart, amountUnit } = session.book;
  const own = parseUnit(amountUnit.text);
  const amount = (minor: Minor): string =>
    own ? minorToUnit(minor, own, chart.minorDigits) : formatMinor(minor);
  const movementName = (id: string): string => chart.movements.get(id)?.name ?? id;
  return {
    schema: 'tieout.explain/1',
    fact,
    label,
    unit,
    value: value ?? null,
    state: worstState(prints.map(({ state }) => state)),
    basis,
    ...(equation ? { heldBy: { tie: equation.id, equation: equationText(equation, run) } } : {}),
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
    inputs: inputsOf(fact, run.world).map((input) => ({ ...input, value: valueOf(input.fact, run) ?? null })),
    ...(trace
      ? {
          builtFrom: {
            unit: amountUnit.text,
            ...(trace.opening
              ? { opening: { fact: trace.opening.fact, amount: amount(trace.opening.minor) } }
              : {}),
            movements: trace.movements.map(({ movement, minor, entries }) => ({
              movement,
              name: movementName(movement),
              amount: amount(minor),
              ...(entriesOf.get(movement) === entries.length
                ? {}
                : { entriesInAll: entriesOf.get(movement) }),
              entries: entries.map(({ entry, minor: part, postings }) => ({
                entry: entry.id,
                description: entry.description,
                amount: amount(part),
                postings,
                provenance: {
                  amount: entry.provenance.amount,
                  allocation: entry.provenance.allocation,
                  source: entry.provenance.source,
                },
              })),
            })),
            total: amount(trace.minor),
            equalsReplay: trace.minor === minorOf(fact, run),
          },
        }
      : {}),
    ties: ties.map(({ tie, state, difference, note }) => ({
      tie: tie.id,
      kind: tie.kind,
      state,
      ...(difference === undefined ? {} : { difference }),
      ...(note === undefined ? {} : { note }),
    })),
    usedBy: usesOf(fact, run.check, run.entries, run.world),
  };
}

function valueOf(fact: string, { check, input, world }: Checked): string | undefined {
  const value = input.evaluator.value(fact);
  const unit = check.prints.reference(fact)?.figure.unit ?? input.amounts;
  return value && inUnit(value, unit, world.chart);
}

function minorOf(fact: string, { input }: Checked): Minor | undefined {
  const value = input.evaluator.value(fact);
  return value?.kind === 'money' ? value.minor : undefined;
}

/** What is known of the entries behind a figure, in one line a movement. */
function traceLines({ fact, trace, entriesOf, unit }: Explained, run: Checked, session: Session): string[] {
  const { io, book } = session;
  const { chart, amountUnit } = book;
  const own = parseUnit(amountUnit.text);
  if (!trace || !own) {
    const inputs = inputsOf(fact, run.world);
    if (inputs.length === 0) return ['  recorded as a fact; no entry is behind it'];
    return inputs.map(
      (input) => `  ${padEnd(input.as, 8)} ${input.fact} = ${inFull(valueOf(input.fact, run) ?? 'n.d.')}`,
    );
  }
  const amount = (minor: Minor): string =>
    formatAmount(minorToUnit(minor, own, chart.minorDigits), { nil: '-' });
  const name = (movement: string): string => chart.movements.get(movement)?.name ?? movement;
  const amounts = [trace.minor, ...trace.movements.map(({ minor }) => minor), trace.opening?.minor ?? 0].map(
    amount,
  );
  const width = Math.max(...amounts.map(widthOf), 10);
  const words = Math.max(7, ...trace.movements.map(({ movement }) => Math.min(34, widthOf(name(movement)))));
  const row = (minor: Minor, what: string, rest: string): string[] => {
    const head = `  ${padStart(amount(minor), width)}  ${padEnd(what, words)}  `;
    return wrap(rest, Math.max(24, io.out.width - widthOf(head))).map((line, index) =>
      (index === 0 ? `${head}${line}` : `${' '.repeat(widthOf(head))}${line.trim()}`).trimEnd(),
    );
  };
  const entryText = ({ entry, minor }: TracedEntry, alone: boolean): string =>
    alone ? `${entry.id} ${entry.description}` : `${entry.id} ${amount(minor)}`;
  const total = trace.minor === minorOf(fact, run) ? 'equal to the replay' : 'NOT equal to the replay';
  return [
    ...(trace.opening ? row(trace.opening.minor, 'opening', trace.opening.fact) : []),
    ...trace.movements.flatMap(({ movement, minor, entries }) => {
      // An entry that only moves amounts within the figure adds nothing to it.
      const largest = entries
        .filter((each) => entries.length === 1 || each.minor !== 0)
        .sort((a, b) => Number(sizeOf(b) - sizeOf(a)));
      const named = largest.slice(0, NAMED).map((each) => entryText(each, entries.length === 1));
      // Of a log too long to be held, only the largest were read.
      const count = Math.max(
        largest.length,
        (entriesOf.get(movement) ?? 0) - (entries.length - largest.length),
      );
      const more = count > NAMED ? [`and ${(count - NAMED).toLocaleString('en')} more`] : [];
      return row(minor, name(movement), [...named, ...more].join(' · '));
    }),
    `  ${'-'.repeat(width)}`,
    ...row(
      trace.minor,
      trace.opening ? 'closing' : 'total',
      `${amountUnit.text}, ${total}${unit === amountUnit.text ? '' : ` (printed in ${unit})`}`,
    ),
  ];
}

const sizeOf = ({ minor }: TracedEntry): bigint => (minor < 0 ? -BigInt(minor) : BigInt(minor));

export async function runExplain(session: Session, asked: string): Promise<void> {
  const { io, globals } = session;
  const run = await checked(session);
  const said = await explained(asked, session, run);
  if (globals.json) return io.print(JSON.stringify(explainedJson(said, run, session), undefined, 2));
  const { out } = io;
  const say = (text: string): void => io.print(forTerminal(text, out));
  const heading = (text: string): void => say(paint(text, 'bold', out));
  const { fact, label, unit, value, prints, ties } = said;
  say(`${paint(fact, 'bold', out)}  ${label}`);
  say(
    `${value === undefined ? 'not disclosed' : `${inFull(value)} ${unit}`}  ${stateText(worstState(prints.map(({ state }) => state)), out)}`,
  );
  say('');
  heading('Printed');
  for (const { figure, state } of prints) {
    const where = `${figure.statement}${figure.sourceLine > 0 ? `, line ${figure.sourceLine}` : ''}`;
    const how = figure.reading === 'printed' ? '' : ` (${figure.reading})`;
    say(
      `  ${stateGlyph[state]} ${padStart(figure.text || '""', 12)} ${padEnd(figure.statement === prose ? '' : figure.unit, 12)} ${where}${how}  ${figure.id}`,
    );
    if (figure.because !== undefined)
      for (const line of wrap(figure.because, out.width - 6)) say(`      ${line}`);
  }
  say('');
  heading(`Built from ${session.basis}`);
  for (const line of traceLines(said, run, session)) say(line);
  say('');
  heading('Ties');
  if (ties.length === 0) say('  none but the ledger');
  for (const { tie, state, difference, note } of ties) {
    const glyph = state === 'not-run' ? stateGlyph.untested : stateGlyph[state];
    say(
      `  ${glyph} ${padEnd(tie.kind, 12)} ${tie.id}${difference === undefined ? '' : `  difference ${inFull(difference)}`}${note === undefined ? '' : `  ${note}`}`,
    );
  }
  say('');
  heading('Used by');
  const uses = usesOf(fact, run.check, run.entries, run.world);
  if (uses.length === 0) say('  nothing that is published');
  for (const how of new Set(uses.map((use) => use.how))) {
    const ids = uses.filter((use) => use.how === how).map(({ id }) => id);
    for (const line of wrap(`${how}: ${ids.join(', ')}`, out.width - 4)) say(`  ${line}`);
  }
  say('');
  for (const line of wrap(`Basis: ${basisText(said, run)}`, out.width)) say(line);
  const entry = said.trace?.movements[0]?.entries[0]?.entry.id;
  if (entry !== undefined) say(paint(`tieout show ${entry} shows an entry`, 'dim', out));
}

function basisText({ basis, equation, fact, trace }: Explained, run: Checked): string {
  switch (basis) {
    case 'cross-checked':
      return equation
        ? `cross-checked: it could not be changed alone, because ${equationText(equation, run)} whatever the entries are`
        : 'cross-checked: it could not be changed alone without contradicting the other figures';
    case 'rounded':
      return 'rounded: it is printed coarser than the entries, or is a quotient, and notices only what its rounding does not hide';
    default:
      if (!trace && inputsOf(fact, run.world).length === 0)
        return 'self-supporting: it is recorded as it is printed, so that it agrees repeats its input';
      return 'self-supporting: the entries could absorb any change of it, so that it ties to the ledger repeats its input';
  }
}
