/**
 * `log` and `show`: the journal as it stands, nothing summed away.
 */
import { entryDocument, lineOfEntry, logLine } from '@tieout/answers';
import type { LogLineDocument } from '@tieout/documents';
import { refuse } from '@tieout/events';
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
    const lines = some.map((each) => logLine(each, session));
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

const csvOf = ({ position, date = '', event, subject, text, amount = '' }: LogLineDocument): string =>
  csvRecord([`${position}`, date, event, subject, text, amount]);

/** Columns as wide as these lines need. */
function tableOf(said: readonly LogLineDocument[], { io }: Session): string[] {
  const lines = said.map(({ date = '', amount, ...line }) => ({
    ...{ ...line, date },
    amount: amount === undefined ? '' : formatAmount(amount),
  }));
  const wide = (pick: (line: (typeof lines)[number]) => string): number =>
    Math.max(0, ...lines.map((line) => widthOf(pick(line))));
  const [place, subject, name, amount] = [
    Math.max(
      4,
      wide((line) => `${line.position}`),
    ),
    wide((line) => line.subject),
    wide((line) => line.event),
    wide((line) => line.amount),
  ];
  const room = Math.max(20, io.out.width - place - 1 - 11 - subject - name - amount - 8);
  const narrow = io.out.width < 100;
  return lines.map((line) => {
    const head = `${padStart(String(line.position), place)}  ${padEnd(line.date, 10)}  ${padEnd(line.subject, subject)}  ${narrow ? '' : `${padEnd(line.event, name)}  `}`;
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
