/**
 * `explain`: one figure followed down and up. Where it is printed, which entries it is built from, the ties that hold it,
 * and what is made of it.
 */
import { explained, explainIn, type Explained } from '@tieout/answers';
import { formatAmount, minorToUnit, parseUnit, type Minor } from '@tieout/money';
import { prose, stateGlyph, worstState, type TracedEntry } from '@tieout/proof';
import { inFull } from '../broken';
import { stateText } from '../print/state';
import { forTerminal, padEnd, padStart, paint, widthOf, wrap } from '../print/text';
import type { Session } from '../session';

/** Entries of a movement that are named in text. */
const NAMED = 6;

/** What is known of the entries behind a figure, in one line a movement. */
function traceLines(said: Explained, session: Session): string[] {
  const { trace, entriesOf, unit, inputs } = said;
  const { io, book } = session;
  const { chart, amountUnit } = book;
  const own = parseUnit(amountUnit.text);
  if (!trace || !own) {
    if (inputs.length === 0) return ['  recorded as a fact; no entry is behind it'];
    return inputs.map(({ as, fact, value }) => `  ${padEnd(as, 8)} ${fact} = ${inFull(value ?? 'n.d.')}`);
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
  const total = said.equalsReplay ? 'equal to the replay' : 'NOT equal to the replay';
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
  const said = await explained(session, asked, globals.json ? undefined : NAMED);
  if (globals.json) return io.print(JSON.stringify(explainIn(said, session), undefined, 2));
  const { out } = io;
  const say = (text: string): void => io.print(forTerminal(text, out));
  const heading = (text: string): void => say(paint(text, 'bold', out));
  const { fact, label, unit, value, prints, ties, uses } = said;
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
  for (const line of traceLines(said, session)) say(line);
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
  if (uses.length === 0) say('  nothing that is published');
  for (const how of new Set(uses.map((use) => use.how))) {
    const ids = uses.filter((use) => use.how === how).map(({ id }) => id);
    for (const line of wrap(`${how}: ${ids.join(', ')}`, out.width - 4)) say(`  ${line}`);
  }
  say('');
  for (const line of wrap(`Basis: ${basisText(said)}`, out.width)) say(line);
  const entry = said.trace?.movements[0]?.entries[0]?.entry.id;
  if (entry !== undefined) say(paint(`tieout show ${entry} shows an entry`, 'dim', out));
}

function basisText({ basis, heldBy, inputs, trace }: Explained): string {
  switch (basis) {
    case 'cross-checked':
      return heldBy
        ? `cross-checked: it could not be changed alone, because ${heldBy.equation} whatever the entries are`
        : 'cross-checked: it could not be changed alone without contradicting the other figures';
    case 'rounded':
      return 'rounded: it is printed coarser than the entries, or is a quotient, and notices only what its rounding does not hide';
    default:
      if (!trace && inputs.length === 0)
        return 'self-supporting: it is recorded as it is printed, so that it agrees repeats its input';
      return 'self-supporting: the entries could absorb any change of it, so that it ties to the ledger repeats its input';
  }
}
