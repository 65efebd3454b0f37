/**
 * `log` and `show`: the journal as it stands, nothing summed away.
 */
import { debitsOf, entryDocument, lineOfEntry } from '@tieout/answers';
import { carriesEntry, refuse, type LedgerEvent } from '@tieout/events';
import { entryFromEvent } from '@tieout/ledger';
import { formatAmount, formatMinor, minorToUnit, parseUnit, type Minor } from '@tieout/money';
import { Journal, Periods, type JournalEvent } from '@tieout/projections';
import { csvRecord, forTerminal, padEnd, padStart, paint, widthOf, wrap } from '../print/text';
import type { Session } from '../session';

/** An amount in whole units of the currency, or in the unit asked for. */
export function amountText(minor: Minor, session: Session): string {
  const { chart, amountUnit } = session.book;
  const unit = parseUnit(amountUnit.text);
  return unit ? formatAmount(minorToUnit(minor, unit, chart.minorDigits)) : formatMinor(minor);
}

interface LogLine {
  readonly position: number;
  readonly date: string;
  readonly name: string;
  readonly subject: string;
  readonly text: string;
  readonly amount: string;
  readonly event: LedgerEvent;
}

function lineOf(position: number, event: LedgerEvent, session: Session): LogLine {
  const { name } = event;
  const plain = (date: string, subject: string, text: string): LogLine => ({
    position,
    date,
    name,
    subject,
    text,
    amount: '',
    event,
  });
  if (carriesEntry(event)) {
    const entry = entryFromEvent(event);
    return {
      position,
      date: entry.date,
      name,
      subject: entry.id,
      text: entry.description,
      amount: amountText(debitsOf(entry), session),
      event,
    };
  }
  switch (event.name) {
    case 'BookOpened':
      return plain(
        '',
        event.payload.book,
        `${event.payload.entity}, ${event.payload.journal.length} journal files`,
      );
    case 'PeriodOpened':
      return plain(
        event.payload.from,
        event.payload.period,
        `opening asserted of ${event.payload.opening.length} accounts`,
      );
    case 'PeriodClosed':
      return plain('', event.payload.period, `closing asserted of ${event.payload.closing.length} accounts`);
    case 'PeriodReopened':
      return plain('', event.payload.period, event.payload.reason);
    case 'FactRecorded':
      return plain(
        '',
        `${event.payload.fact}@${event.payload.of}`,
        `${event.payload.value} ${event.payload.unit}`,
      );
    case 'RepairConfirmed':
      return plain('', event.payload.figure, event.payload.reason);
    case 'BreakExplained':
    case 'ExplanationProposed':
      return plain('', event.payload.subject, `${event.payload.cause}: ${event.payload.reason}`);
    default:
      return plain('', '', '');
  }
}

export interface LogOptions {
  readonly limit?: string;
  readonly account?: string;
  readonly event?: string;
}

/** Prints as it reads, some events at a time: a log may be longer than what fits in memory. */
export async function runLog(session: Session, options: LogOptions): Promise<void> {
  const { io, globals, projections, revision } = session;
  const last = options.limit === undefined ? undefined : Number(options.limit);
  if (last !== undefined && !(last >= 0)) refuse('E602', `--limit takes a number, not "${options.limit}"`);
  const { account, event } = options;
  const read = projections.get(Journal).events({ account, event, last });
  if (globals.json) return printJson(read, session);
  if (globals.csv) {
    io.print(csvRecord(['position', 'date', 'event', 'subject', 'text', 'amount']));
  } else {
    io.print(
      paint(
        forTerminal(
          `${session.basis} · amounts in ${session.book.amountUnit.text} · rev ${revision}`,
          io.out,
        ),
        'dim',
        io.out,
      ),
    );
  }
  for await (const some of read) {
    const lines = some.map(({ stored, event: said }) => lineOf(stored.position, said, session));
    if (lines.length === 0) continue;
    io.print((globals.csv ? lines.map(csvOf) : tableOf(lines, session)).join('\n'));
  }
}

async function printJson(read: AsyncIterable<readonly JournalEvent[]>, { io }: Session): Promise<void> {
  let before = '[';
  for await (const some of read) {
    if (some.length === 0) continue;
    const stored = some.map(({ stored: each }) => indented(JSON.stringify(each, undefined, 2)));
    io.write(`${before}\n${stored.join(',\n')}`);
    before = ',';
  }
  io.print(before === '[' ? '[]' : '\n]');
}

const indented = (text: string): string => text.replace(/^/gm, '  ');

const csvOf = ({ position, date, name, subject, text, amount }: LogLine): string =>
  csvRecord([`${position}`, date, name, subject, text, amount.replaceAll(',', '')]);

/** Columns as wide as these lines need. */
function tableOf(lines: readonly LogLine[], { io }: Session): string[] {
  const wide = (pick: (line: LogLine) => string): number =>
    Math.max(0, ...lines.map((line) => widthOf(pick(line))));
  const [place, subject, name, amount] = [
    Math.max(
      4,
      wide((line) => `${line.position}`),
    ),
    wide((line) => line.subject),
    wide((line) => line.name),
    wide((line) => line.amount),
  ];
  const room = Math.max(20, io.out.width - place - 1 - 11 - subject - name - amount - 8);
  const narrow = io.out.width < 100;
  return lines.map((line) => {
    const head = `${padStart(String(line.position), place)}  ${padEnd(line.date, 10)}  ${padEnd(line.subject, subject)}  ${narrow ? '' : `${padEnd(line.name, name)}  `}`;
    const text = narrow ? Math.max(16, io.out.width - widthOf(head) - amount - 3) : room;
    const [first = ''] = wrap(line.text, text);
    const cut = first === line.text ? first : `${first.slice(0, text - 1)}…`;
    return forTerminal(`${head}${padEnd(cut, text)} ${padStart(line.amount, amount)}`, io.out).trimEnd();
  });
}

/** One entry: Dr and Cr columns, where each leg goes, and where the amounts come from. */
export async function runShow(session: Session, id: string): Promise<void> {
  const { io, globals, projections, replay } = session;
  if (globals.json) return io.print(JSON.stringify(await entryDocument(session, id), undefined, 2));
  const { entry, position, recordedAt, actor } = await lineOfEntry(session, id);
  const reversedBy = replay.stateOf(projections.get(Periods)).reversed.get(id);
  const { terminal, provenance } = { terminal: io.out, provenance: entry.provenance };
  const account = Math.max(...entry.postings.map((leg) => widthOf(leg.account)), 7);
  const movement = Math.max(...entry.postings.map((leg) => widthOf(leg.movement)), 8);
  const amounts = entry.postings.map((leg) => amountText(leg.minor < 0 ? -leg.minor : leg.minor, session));
  const amount = Math.max(...amounts.map(widthOf), 8);
  const out = (text: string): void => io.print(forTerminal(text, terminal));
  out(
    `${paint(entry.id, 'bold', terminal)}  ${entry.event}  ${entry.date} (${entry.dateBasis === 'disclosed' ? 'day disclosed' : 'period end'})`,
  );
  for (const text of wrap(entry.description, terminal.width)) out(text);
  out('');
  out(
    `  ${padEnd('Account', account)}  ${padEnd('Movement', movement)}  ${padStart('Debit', amount)}  ${padStart('Credit', amount)}`,
  );
  entry.postings.forEach((leg, index) => {
    const text = padStart(amounts[index] ?? '', amount);
    const sides = leg.minor >= 0 ? text : `${' '.repeat(amount)}  ${text}`;
    out(`  ${padEnd(leg.account, account)}  ${padEnd(leg.movement, movement)}  ${sides}`);
    const members = Object.entries(leg.dimensions).map(([dimension, member]) => `${dimension} ${member}`);
    const detail = [...members, ...(leg.expression === undefined ? [] : [`= ${leg.expression}`])].join(' · ');
    if (detail)
      for (const line of wrap(detail, terminal.width - 6)) out(paint(`      ${line}`, 'dim', terminal));
  });
  out('');
  out(
    `amount ${provenance.amount} · allocation ${provenance.allocation}${provenance.source.length ? ` · source line ${provenance.source.join(', ')}` : ''}`,
  );
  if (provenance.reasoning) for (const line of wrap(provenance.reasoning, terminal.width)) out(line);
  if (entry.reverses) out(`reverses ${entry.reverses}: ${entry.reason ?? ''}`);
  if (reversedBy) out(`reversed by ${reversedBy}`);
  out(
    paint(
      `reconstructed entry · amounts in ${session.book.amountUnit.text} · event ${position} · recorded ${recordedAt} by ${actor}`,
      'dim',
      terminal,
    ),
  );
}
