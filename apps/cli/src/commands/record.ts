/**
 * `record`: the reproducibility record of the book and its log, and `record verify FILE`, which derives it again.
 *
 * It is derived from the book's files and from position 0 of the log: snapshots are not asked, and the compiled book,
 * another cache, only where it is what the files say.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { bookFolder, checked, closeSession, suspectsOf } from '@tieout/answers';
import { hashBookFiles, structureHashOf } from '@tieout/book';
import { verifyLog } from '@tieout/event-log';
import { canonical, ExitCode, LedgerError, refuse } from '@tieout/events';
import { recordToHtml } from '@tieout/interchange';
import { countEntries } from '@tieout/ledger';
import { RecordedFacts } from '@tieout/projections';
import {
  coverageOf,
  findingsOf,
  recordOf,
  recordSchema,
  sealed,
  verifiedBy,
  type Difference,
  type SealedRecord,
} from '@tieout/proof';
import * as z from 'zod';
import type { Io } from '../io';
import { forTerminal, paint } from '../print/text';
import { readDocument } from '../read-document';
import { hostOf, openSession, type Globals, type Session } from '../session';
import { version } from '../version';

/** Refuses (E401) where the log is damaged: a record of it would vouch for what was not appended. */
async function derive(session: Session): Promise<SealedRecord> {
  const { globals, log, replay } = session;
  if (globals.knownAt !== undefined || globals.at !== undefined)
    refuse('E602', 'a record is of the whole log: leave --at and --known-at out');
  const { length, head, problems } = await verifyLog(log);
  if (problems.length > 0) throw new LedgerError(problems);
  await replay.run({ from: 'genesis' });
  const book = session.wholeBook();
  // What the replay evaluates on came compiled from beside the store.
  if (structureHashOf(session.book) !== book.structureHash) {
    refuse('E401', 'the compiled book beside the store is not what its files say', {
      help: 'remove the .book file there; it is made again',
    });
  }
  const run = await checked({ ...session, book });
  const { check, input, entries } = run;
  const { confirmations } = replay.stateOf(session.projections.get(RecordedFacts));
  const findings = new Map(
    findingsOf(check.ties, { ...run, suspects: await suspectsOf(session, run) }).map((finding) => [
      finding.tie,
      finding.causes,
    ]),
  );
  const { id, entity, title, files, source } = book;
  return sealed(
    recordOf({
      tool: { name: 'tieout', version },
      book: { id, entity, title, files, ...(source ? { source } : {}) },
      periods: book.chart.periods,
      log: { length, head, entries: countEntries(entries) },
      check,
      coverage: coverageOf(check, entries, input),
      confirmations: new Map(Object.entries(confirmations)),
      causesOf: ({ tie }) => findings.get(tie.id) ?? [],
    }),
  );
}

export async function runRecord(
  session: Session,
  options: { out?: string; html?: boolean },
): Promise<number> {
  const { io } = session;
  const record = await derive(session);
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

/** As much of a record as is asked for before it is compared, as it stands, with another that is derived. */
interface Read {
  readonly schema: typeof recordSchema;
  readonly book?: { readonly files?: unknown };
}
const document = z.custom<Read>(
  (read) => typeof read === 'object' && read !== null && (read as Partial<Read>).schema === recordSchema,
  `it does not say ${recordSchema}`,
);

/** What can be said of a book that cannot be opened: which of its files are not those of the record. */
function changedFiles(recorded: Read, folder: string): readonly Difference[] {
  const files = Array.isArray(recorded.book?.files)
    ? (recorded.book.files as { path?: unknown; sha256?: unknown }[])
    : [];
  const before = new Map(files.map(({ path, sha256 }) => [String(path), String(sha256)]));
  const now = new Map(hashBookFiles(folder).map(({ path, sha256 }) => [path, sha256]));
  return [...new Set([...before.keys(), ...now.keys()])].sort().flatMap((path) => {
    const [recordedHash, found] = [before.get(path), now.get(path)];
    return recordedHash === found
      ? []
      : [
          {
            path: `/book/files/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`,
            recorded: recordedHash,
            found,
          },
        ];
  });
}

export async function runRecordVerify(globals: Globals, io: Io, file: string): Promise<number> {
  const help = 'tieout record -o FILE writes one, as JSON';
  const recorded = readDocument(io, file, { schema: document, kind: 'record', help });
  const notes: string[] = [];
  let differences: readonly Difference[];
  try {
    const session = await openSession(globals, io, { replays: 'none' });
    try {
      differences = verifiedBy(recorded, await derive(session));
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
    const list = differences.map(({ path, recorded: was = null, found = null }) => ({
      path,
      recorded: was,
      found,
    }));
    io.print(
      JSON.stringify(
        {
          schema: 'tieout.record-verification/1',
          result: equal ? 'equal' : 'differs',
          differences: list,
          notes,
        },
        undefined,
        2,
      ),
    );
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
