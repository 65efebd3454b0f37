/**
 * `export hledger|ledger|beancount`: the reconstructed entries as a plain-text journal that another engine recomputes,
 * with every balance asserted that ours stands at. What the log holds is exported, what was posted included.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { ExitCode, refuse } from '@tieout/events';
import {
  beancountLines,
  hledgerLines,
  ledgerLines,
  publishedBalances,
  type JournalToExport,
} from '@tieout/interchange';
import type { Entry } from '@tieout/ledger';
import { Journal } from '@tieout/projections';
import type { Session } from '../session';

const writers = { hledger: hledgerLines, ledger: ledgerLines, beancount: beancountLines } as const;
export type JournalFormat = keyof typeof writers;
export const journalFormats = Object.keys(writers) as readonly JournalFormat[];

export async function runExportJournal(
  session: Session,
  format: JournalFormat,
  options: { out?: string },
): Promise<number> {
  const { io, book, app } = session;
  const { entity, title, chart, concepts, figures, amountUnit } = book;
  const entries: Entry[] = [];
  for await (const lines of app.get(Journal).entries()) for (const { entry } of lines) entries.push(entry);
  const journal: JournalToExport = {
    entity,
    title,
    chart,
    amounts: amountUnit.text,
    basis: session.basis,
    entries,
    concepts,
    figures,
  };
  const broken = publishedBalances(journal).filter(({ holds }) => !holds);
  if (broken.length > 0)
    io.tell(
      `published balances that the entries do not give stand as comments: ${broken.map(({ fact }) => fact).join(', ')}`,
    );
  const pieces = piecesOf(writers[format](journal));
  if (options.out === undefined || options.out === '-') {
    for (const piece of pieces) io.write(piece);
    return ExitCode.done;
  }
  const file = resolve(io.cwd, options.out);
  try {
    const to = openSync(file, 'w');
    for (const piece of pieces) writeSync(to, piece);
    closeSync(to);
  } catch (error) {
    refuse('E602', `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      help: 'name another file with -o',
    });
  }
  io.tell(`${entries.length} entries of ${book.id} written to ${file}`);
  return ExitCode.done;
}

/** Lines in pieces of a megabyte or so; without empty ones at the end. */
function* piecesOf(lines: Iterable<string>): Generator<string> {
  let piece = '';
  let empty = '';
  for (const line of lines) {
    if (line === '') {
      empty += '\n';
      continue;
    }
    piece += `${empty}${line}\n`;
    empty = '';
    if (piece.length < 2 ** 20) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
