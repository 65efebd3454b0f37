/**
 * The embedded store: one book's log in one SQLite file (libsql), the default.
 *
 * This module is loaded only when such a store is opened, because loading libsql costs ten milliseconds. Calls to
 * SQLite are synchronous, so within one process no two calls on a log interleave; between processes the file's lock
 * decides, and an append holds it from planning to commit.
 */
import { resolve } from 'node:path';
import { assert, canonical, type StoredEvent } from '@tieout/events';
import { planAppend } from './append';
import type { AppendResult, EventLog, Snapshot, StreamAppend } from './port';
import { assertPage, readRows, storedFromRow, type EventRow } from './row';
import { asRefusal, atomically, inspectStoreFile, openStoreFile } from './sqlite-file';

const columns = 'position, id, name, version, stream, revision, recorded_at, actor, payload, leaf';
type Row = [number, string, string, number, string, number, string, string, string, string];
type SnapshotRow = [string, number, string, number, string, string];

/** How many events are looked at together where a whole log is scanned. */
const page = 1000;

/**
 * Open the store in `file`, making it and its folder where there is none. `wait`: how long a write waits for another
 * process's, in milliseconds. Refuses with E402, E503, E504.
 */
export function openSqliteLog(file: string, wait = 5000): EventLog {
  const url = `sqlite:${file}`;
  const db = openStoreFile(resolve(file), url, wait);
  let open = true;
  let wrote = false;

  // `.all()`, never `.get()` or `.pluck()`: libsql adds a key to the one and miscounts in the other.
  const reading = (sql: string) => {
    let statement: { all(...values: unknown[]): unknown[] } | undefined;
    return (...values: (string | number)[]): unknown[] => (statement ??= db.prepare(sql).raw()).all(values);
  };
  const byPosition = reading(`SELECT ${columns} FROM events WHERE position >= ? ORDER BY position LIMIT ?`);
  const byStream = reading(
    `SELECT ${columns} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
  );
  const byIds = reading(`SELECT ${columns} FROM events WHERE id IN (SELECT value FROM json_each(?))`);
  const lastRevision = reading('SELECT max(revision) FROM events WHERE stream = ?');
  const lastPosition = reading('SELECT max(position) FROM events');

  const number = (rows: unknown[]): number => (rows as [number | null][])[0]?.[0] ?? -1;
  const revisionOf = (stream: string): number => number(lastRevision(stream));
  const length = (): number => number(lastPosition()) + 1;

  /** Every call passes here: none after closing, and SQLite's errors in the words of the port. */
  const call = async <T>(work: () => T): Promise<T> => {
    assert(open, `the log ${url} is closed`);
    try {
      return work();
    } catch (error) {
      throw asRefusal(error, url);
    }
  };
  const write = <T>(work: () => T): Promise<T> =>
    call(() => {
      wrote = true;
      return atomically(db, work);
    });

  return {
    url,

    append: (appends: readonly StreamAppend[]): Promise<AppendResult> =>
      write(() => {
        const before = length();
        const ids = appends.flatMap(({ events }) => events.map((said) => said.id));
        const known = new Map((byIds(JSON.stringify(ids)) as Row[]).map((row) => [row[1], eventRow(row)]));
        const { rows, repeated } = planAppend(appends, {
          length: before,
          revisionOf,
          find: (id) => known.get(id),
        });
        const insert = db.prepare(`INSERT INTO events (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
        for (const row of rows) insert.run(...values(row));
        return { repeated, appended: rows.map(storedFromRow), length: before + rows.length };
      }),

    readAll: (position: number, limit: number): Promise<readonly StoredEvent[]> =>
      call(() => {
        assertPage(position, limit);
        return readRows((byPosition(position, limit) as Row[]).map(eventRow), 'position', position);
      }),

    readStream: (stream: string, revision: number, limit: number): Promise<readonly StoredEvent[]> =>
      call(() => {
        assertPage(revision, limit);
        return readRows((byStream(stream, revision, limit) as Row[]).map(eventRow), 'revision', revision);
      }),

    revisionOf: (stream: string): Promise<number> => call(() => revisionOf(stream)),

    length: (): Promise<number> => call(length),

    saveSnapshots: (snapshots: readonly Snapshot[]): Promise<void> =>
      write(() => {
        const insert = db.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?, ?)');
        for (const s of snapshots) insert.run(s.projection, s.version, s.basis, s.length, s.state, s.sha256);
      }),

    loadSnapshots: (): Promise<readonly Snapshot[]> =>
      call(() => {
        const sql =
          'SELECT projection, version, basis, length, state, sha256 FROM snapshots ORDER BY projection';
        return (db.prepare(sql).raw().all() as SnapshotRow[]).map(snapshot);
      }),

    inspect: (): Promise<readonly string[]> =>
      call(() => {
        const problems = inspectStoreFile(db);
        for (let from = 0; ;) {
          const rows = (byPosition(from, page) as Row[]).map(eventRow);
          problems.push(...rows.flatMap(notCanonical));
          const last = rows.at(-1);
          if (last === undefined) return problems;
          from = last.position + 1;
        }
      }),

    close: async (): Promise<void> => {
      if (!open) return;
      open = false;
      if (wrote) checkpoint();
      db.close();
    },
  };

  /**
   * Leave everything in the one file, where a copy or a backup finds it and the next start has nothing to recover.
   * (libsql keeps a connection with prepared statements half open, so SQLite's own checkpoint on closing never runs.)
   * Another process may be in the way; then it stays in the write-ahead log, which is as safe.
   */
  function checkpoint(): void {
    db.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
  }
}

function eventRow(row: Row): EventRow {
  const [position, id, name, version, stream, revision, recordedAt, actor, payload, leaf] = row;
  return { id, name, version, payload, recordedAt, actor, stream, revision, position, leaf };
}

function values(row: EventRow): Row {
  const { id, name, version, payload, recordedAt, actor, stream, revision, position, leaf } = row;
  return [position, id, name, version, stream, revision, recordedAt, actor, payload, leaf];
}

function snapshot([projection, version, basis, length, state, sha256]: SnapshotRow): Snapshot {
  return { projection, version, basis, length, state, sha256 };
}

/** A leaf hash is over what a payload says; whether its bytes say it in the canonical way is looked at here. */
function notCanonical({ position, payload }: EventRow): string[] {
  try {
    if (canonical(JSON.parse(payload)) === payload) return [];
  } catch {
    // Not JSON at all.
  }
  return [`the payload at position ${position} is not canonical JSON`];
}
