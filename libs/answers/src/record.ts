/**
 * The reproducibility record of a book and its log, and what came of verifying one.
 *
 * It is derived from the book's files and from position 0 of the log: snapshots are not asked, and the compiled book,
 * another cache, only where it is what the files say.
 */
import type { RecordVerificationDocument } from '@tieout/documents';
import { hashBookFiles, structureHashOf } from '@tieout/book';
import { verifyLog } from '@tieout/event-log';
import { LedgerError, refuse } from '@tieout/events';
import { countEntries } from '@tieout/ledger';
import { RecordedFacts } from '@tieout/projections';
import {
  recordOf,
  recordSchema,
  sealed,
  verifiedBy,
  type Difference,
  type SealedRecord,
} from '@tieout/proof';
import * as z from 'zod';
import { checked } from './checked';
import { replayed, type Axes, type Ledger, type Session } from './session';

/** What derives records, as they say: its name and version. */
export type Tool = SealedRecord['tool'];

/**
 * The record that a session without a replay of its own derives; its replay is the session's afterwards. Refuses (E401)
 * where the log is damaged: a record of it would vouch for what was not appended.
 */
export async function recordDocument(session: Session, tool: Tool): Promise<SealedRecord> {
  const { axes, log, replay } = session;
  if (axes.knownAt !== undefined || axes.at !== undefined)
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
  const { check, entries } = run;
  const { confirmations } = replay.stateOf(session.projections.get(RecordedFacts));
  const causes = new Map((await run.findings()).map((finding) => [finding.tie, finding.causes]));
  const { id, entity, title, files, source } = book;
  return sealed(
    recordOf({
      tool,
      book: { id, entity, title, files, ...(source ? { source } : {}) },
      periods: book.chart.periods,
      log: { length, head, entries: countEntries(entries) },
      check,
      coverage: run.coverage(),
      confirmations: new Map(Object.entries(confirmations)),
      causesOf: ({ tie }) => causes.get(tie.id) ?? [],
    }),
  );
}

/** The record of a ledger that others ask at the same time: derived on a session of its own. */
export async function recordOfLedger(ledger: Ledger, tool: Tool, axes: Axes = {}): Promise<SealedRecord> {
  const session = await replayed(ledger, axes, { replays: 'none' });
  try {
    return await recordDocument(session, tool);
  } finally {
    await session.projections.close();
  }
}

/** As much of a record as is asked for before it is compared, as it stands, with another that is derived. */
export interface ReadRecord {
  readonly schema: typeof recordSchema;
  readonly book?: { readonly files?: unknown };
}
export const readRecord = z.custom<ReadRecord>(
  (read) =>
    typeof read === 'object' && read !== null && (read as Partial<ReadRecord>).schema === recordSchema,
  `it does not say ${recordSchema}`,
);

/** What can be said of a book that cannot be opened: which of its files are not those of the record. */
export function changedFiles(recorded: ReadRecord, folder: string): readonly Difference[] {
  const files = Array.isArray(recorded.book?.files)
    ? (recorded.book.files as { path?: unknown; sha256?: unknown }[])
    : [];
  const before = new Map(files.map(({ path, sha256 }) => [String(path), String(sha256)]));
  const now = new Map(hashBookFiles(folder).map(({ path, sha256 }) => [path, sha256]));
  return [...new Set([...before.keys(), ...now.keys()])].sort().flatMap((path) => {
    const [recordedHash, found] = [before.get(path), now.get(path)];
    if (recordedHash === found) return [];
    const step = path.replaceAll('~', '~0').replaceAll('/', '~1');
    return [{ path: `/book/files/${step}`, recorded: recordedHash, found }];
  });
}

/** What came of holding a record against what is derived now. */
export const verification = (
  differences: readonly Difference[],
  notes: readonly string[] = [],
): RecordVerificationDocument => ({
  schema: 'tieout.record-verification/1',
  result: differences.length === 0 ? 'equal' : 'differs',
  differences: differences.map(({ path, recorded = null, found = null }) => ({ path, recorded, found })),
  notes: [...notes],
});

/** A record held against a ledger that is open. */
export const recordVerification = async (
  ledger: Ledger,
  recorded: ReadRecord,
  tool: Tool,
): Promise<RecordVerificationDocument> =>
  verification(verifiedBy(recorded, await recordOfLedger(ledger, tool)));
