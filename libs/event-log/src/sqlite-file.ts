/**
 * The file of an embedded store: its format, how it is opened or made, and what its errors mean.
 *
 * One file holds the log of one book. Nothing in it is ever changed or taken away: triggers refuse it to this program
 * and to any other that opens the file. Write-ahead logging with a sync before each commit is acknowledged: a process
 * may be killed, or the power fail, at any moment, and what was acknowledged is there, whole, when the file is opened
 * again. SQLite copies the write-ahead log into the file at every 1,000 pages (its default), so that opening after a
 * crash reads 4 MB at most.
 *
 * NOTE stored format: the statements below stand in files for ever. A change is a new format number with a migration.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { LedgerError, refuse } from '@tieout/events';

export type Connection = InstanceType<typeof Database>;

const format = '1';

const schema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  stream TEXT NOT NULL,
  revision INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  payload TEXT NOT NULL,
  leaf TEXT NOT NULL,
  UNIQUE (stream, revision)
) STRICT;
CREATE TRIGGER events_are_dense BEFORE INSERT ON events
  WHEN NEW.position <> (SELECT coalesce(max(position) + 1, 0) FROM events)
  BEGIN SELECT RAISE(ABORT, 'events are appended, each at the next position'); END;
CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only: reverse the entry instead'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only: reverse the entry instead'); END;
CREATE TABLE snapshots (
  projection TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  basis TEXT NOT NULL,
  length INTEGER NOT NULL,
  state TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
INSERT INTO meta VALUES ('format', '${format}');
`;

/**
 * Open a store, or make one where there is no file. Refuses with E402 what is not a store of a known format, with
 * E504 a place that cannot be written, with E503 one that another process holds for longer than `wait` milliseconds.
 */
export function openStoreFile(file: string, url: string, wait: number): Connection {
  const isNew = !existsSync(file);
  let db: Connection;
  try {
    if (isNew) mkdirSync(dirname(file), { recursive: true });
    db = new Database(file, { timeout: wait });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (isNew)
      refuse('E504', `the store ${url} cannot be made: ${why}`, {
        help: 'check the folder and its permissions, or name another store with --store',
      });
    refuse('E402', `the store ${url} cannot be opened: ${why}`, {
      help: 'check the file and its permissions, or name another store with --store',
    });
  }
  try {
    // The common case first and alone: the format is known and nothing is to be made.
    if (readFormat(db) === undefined) patiently(wait, () => make(db, url));
    const found = readFormat(db);
    if (found !== format) {
      refuse('E402', `the store ${url} has format ${found}, this version knows format ${format}`, {
        help: 'open it with the version of Tieout that wrote it, or a later one',
      });
    }
    db.exec('PRAGMA synchronous = FULL');
    return db;
  } catch (error) {
    db.close();
    throw asRefusal(error, url);
  }
}

/** The format of the file; none when it has no tables of ours. */
function readFormat(db: Connection): string | undefined {
  try {
    const [row] = db.prepare(`SELECT value FROM meta WHERE key = 'format'`).raw().all() as [string][];
    return row?.[0] ?? 'none';
  } catch (error) {
    if (error instanceof Error && error.message.includes('no such table')) return undefined;
    throw error;
  }
}

function make(db: Connection, url: string): void {
  const [row] = db.prepare('SELECT count(*) FROM sqlite_master').raw().all() as [number][];
  if (row?.[0] !== 0 && readFormat(db) === undefined) {
    refuse('E402', `the file of ${url} is an SQLite database, but not a Tieout store`, {
      help: 'name another store with --store',
    });
  }
  db.exec('PRAGMA journal_mode = WAL');
  atomically(db, () => {
    // Another process may have made it while this one waited.
    if (readFormat(db) === undefined) db.exec(schema);
  });
}

/** Where two processes make one file, SQLite refuses one of them at once, lest each wait for the other: try again. */
function patiently(wait: number, work: () => void): void {
  for (const end = Date.now() + wait; ;) {
    try {
      work();
      return;
    } catch (error) {
      if (primaryCode(error) !== busy || Date.now() >= end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** Run `work` as one commit: all of it is kept, durably, or none. Readers see it whole or not at all. */
export function atomically<T>(db: Connection, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // Some errors (disk full) have ended it already.
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** SQLite's own check of the file, and whether its tables and triggers are those of the format: problems, or none. */
export function inspectStoreFile(db: Connection): string[] {
  const checked = (db.prepare('PRAGMA integrity_check').raw().all() as [string][]).map(([line]) => line);
  const problems = checked.filter((line) => line !== 'ok');
  const reference = new Database(':memory:');
  try {
    reference.exec(schema);
    const present = new Set(definitions(db));
    const due = definitions(reference);
    problems.push(...due.filter((d) => !present.has(d)).map((d) => `missing from the store: ${d}`));
    problems.push(...[...present].filter((d) => !due.includes(d)).map((d) => `foreign to the store: ${d}`));
  } finally {
    reference.close();
  }
  return problems;
}

function definitions(db: Connection): string[] {
  const rows = db.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY name').raw().all() as [
    string,
    string,
    string | null,
  ][];
  return rows.map(
    ([type, name, sql]) => `${type} ${name}${sql === null ? '' : `: ${sql.replace(/\s+/g, ' ')}`}`,
  );
}

const busy = 5;

/** SQLite's result code without its extension (https://www.sqlite.org/rescode.html); nothing of another error. */
function primaryCode(error: unknown): number | undefined {
  const { rawCode } = error as { rawCode?: number };
  return rawCode === undefined ? undefined : rawCode & 0xff;
}

/** What an error of SQLite means to whoever asked; anything that is not one passes through. */
export function asRefusal(error: unknown, url: string): unknown {
  if (!(error instanceof Error) || error instanceof LedgerError) return error;
  const why = error.message;
  switch (primaryCode(error)) {
    case busy:
    case 6: // LOCKED
      return problem(
        'E503',
        `another process is writing to ${url} and did not finish within the wait`,
        'try again when it has finished',
      );
    case 3: // PERM
    case 8: // READONLY
    case 10: // IOERR
    case 13: // FULL
    case 14: // CANTOPEN
      return problem(
        'E504',
        `the store ${url} cannot be written: ${why}`,
        'free space on the disk or check the permissions, then try again',
      );
    case 11: // CORRUPT
      return problem(
        'E401',
        `the file of ${url} is damaged: ${why}`,
        'restore a backup of the store, or load the book into a new store with --fresh',
      );
    case 26: // NOTADB
      return problem(
        'E402',
        `the file of ${url} is not a Tieout store: ${why}`,
        'name another store with --store',
      );
    default:
      return error;
  }
}

function problem(code: 'E401' | 'E402' | 'E503' | 'E504', message: string, help: string): LedgerError {
  const notes = code === 'E503' || code === 'E504' ? ['nothing was written'] : [];
  return new LedgerError([{ code, message, notes, help }]);
}
