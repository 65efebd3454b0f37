/** `export hledger|ledger|beancount`: the reconstructed entries as a journal for another engine, to a file or as they come. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { journalPieces, surveyOf, type JournalFormat } from '@tieout/answers';
import { ExitCode, LedgerError, refuse } from '@tieout/events';
import type { Session } from '../session';

export async function runExportJournal(
  session: Session,
  format: JournalFormat,
  options: { out?: string },
): Promise<number> {
  const { io, book } = session;
  const survey = await surveyOf(session);
  const broken = survey.published.filter(({ holds }) => !holds);
  if (broken.length > 0)
    io.tell(
      `published balances that the entries do not give stand as comments: ${broken.map(({ fact }) => fact).join(', ')}`,
    );
  const pieces = journalPieces(survey, format, session);
  if (options.out === undefined || options.out === '-') {
    for await (const piece of pieces) io.write(piece);
    return ExitCode.done;
  }
  const file = resolve(io.cwd, options.out);
  try {
    const to = openSync(file, 'w');
    for await (const piece of pieces) writeSync(to, piece);
    closeSync(to);
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    refuse('E602', `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      help: 'name another file with -o',
    });
  }
  io.tell(`${survey.count} entries of ${book.id} written to ${file}`);
  return ExitCode.done;
}
