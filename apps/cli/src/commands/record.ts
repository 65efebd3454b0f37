/**
 * `record`: the reproducibility record of the book and its log, and `record verify FILE`, which derives it again.
 *
 * It is derived from the book's files and from position 0 of the log: snapshots are not asked, and the compiled book,
 * another cache, only where it is what the files say.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  bookFolder,
  changedFiles,
  closeSession,
  readRecord,
  recordDocument,
  verification,
} from '@tieout/answers';
import { canonical, ExitCode, LedgerError, refuse } from '@tieout/events';
import { recordToHtml } from '@tieout/interchange';
import { verifiedBy, type Difference } from '@tieout/proof';
import type { Io } from '../io';
import { forTerminal, paint } from '../print/text';
import { readDocument } from '../read-document';
import { hostOf, openSession, type Globals, type Session } from '../session';
import { version } from '../version';

const tool = { name: 'tieout', version };

export async function runRecord(
  session: Session,
  options: { out?: string; html?: boolean },
): Promise<number> {
  const { io } = session;
  const record = await recordDocument(session, tool);
  const html = options.html === true || /\.html?$/i.test(options.out ?? '');
  const text = html ? recordToHtml(record) : `${canonical(record)}\n`;
  if (options.out === undefined || options.out === '-') {
    io.print(text.trimEnd());
    return ExitCode.done;
  }
  const file = resolve(io.cwd, options.out);
  try {
    writeFileSync(file, text);
  } catch (error) {
    refuse('E602', `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      help: 'name another file with -o',
    });
  }
  io.tell(`record ${record.sha256} of ${record.book.id}, ${record.log.length} events, written to ${file}`);
  return ExitCode.done;
}

export async function runRecordVerify(globals: Globals, io: Io, file: string): Promise<number> {
  const help = 'tieout record -o FILE writes one, as JSON';
  const recorded = readDocument(io, file, { schema: readRecord, kind: 'record', help });
  const notes: string[] = [];
  let differences: readonly Difference[];
  try {
    const session = await openSession(globals, io, { replays: 'none' });
    try {
      differences = verifiedBy(recorded, await recordDocument(session, tool));
    } finally {
      await closeSession(session);
    }
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    differences = changedFiles(recorded, bookFolder(globals.book, hostOf(io, globals)));
    // The book is the one of the record: then something else is wrong, and its own code says what.
    if (differences.length === 0) throw error;
    notes.push(
      'nothing more could be derived from the book as it is:',
      ...error.problems.map(({ code, message }) => `  ${code}: ${message}`),
    );
  }
  const equal = differences.length === 0;
  if (globals.json) {
    io.print(JSON.stringify(verification(differences, notes), undefined, 2));
  } else {
    const say = (text: string): void => io.print(forTerminal(text, io.out));
    if (equal) say(`${paint('✓', 'green', io.out)} the record is what this book and this log give`);
    for (const { path, recorded: was = 'nothing', found = 'nothing' } of differences) {
      say(`${paint('✗', 'red', io.out)} ${path}`);
      say(`    recorded ${was}`);
      say(`    found    ${found}`);
    }
    for (const note of notes) say(note);
    if (!equal) say(`${differences.length} ${differences.length === 1 ? 'place differs' : 'places differ'}`);
  }
  return equal ? ExitCode.done : ExitCode.findings;
}
