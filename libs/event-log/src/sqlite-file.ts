/**
 * The file of an embedded store: how it is opened, made or brought to the present format, and what its errors mean.
 *
 * One file holds the log of one book. Nothing in it is ever changed or taken away: triggers refuse it to this program
 * and to any other that opens the file. Write-ahead logging with a sync before each commit is acknowledged: a process
 * may be killed, or the power fail, at any moment, and what was acknowledged is there, whole, when the file is opened
 * again. SQLite copies the write-ahead log into the file at every 1,000 pages (its default), so that opening after a
 * crash reads 4 MB at most.
 */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { LedgerError, refuse } from '@tieout/events';
import { rowsOf, textOf } from './sqlite-events';
import { format, migrateFrom1, schema, schemaProblems, type Connection } from './sqlite-format';

/**
 * Open a store, or make one where there is no file. Refuses with E402 what is not a store of a known format, with
 * E504 a place that cannot be written, with E503 one that another process holds for longer than `wait` milliseconds.
 */
export function openStoreFile(file: string, url: string, wait: number): Connection {
  const isNew = !existsSync(file);
  try {
    if (isNew) mkdirSync(dirname(file), { recursive: true });
    return prepareStore(new Database(file, { timeout: wait }), url, wait);
  } catch (error) {
    if (!isNew && onReadOnlyMedium(error, file)) {
      // SQLite keeps its notes on readers and writers beside the file. Where nobody can, nobody writes: do without.
      return prepareStore(new Database(`${pathToFileURL(file).href}?immutable=1`), url, wait);
    }
    if (error instanceof LedgerError) throw error;
    if (isNew) refuseUnmade(error, url);
    const why = error instanceof Error ? error.message : String(error);
    refuse('E402', `the store ${url} cannot be opened: ${why}`, {
      help: 'check the file and its permissions, or name another store with --store',
    });
  }
}

/** A store that is not there cannot be made where it is wanted (E504). */
export function refuseUnmade(error: unknown, url: string): never {
  if (error instanceof LedgerError) throw error;
  refuse(
    'E504',
    `the store ${url} cannot be made: ${error instanceof Error ? error.message : String(error)}`,
    {
      help: 'check the folder and its permissions, or name another store with --store',
    },
  );
}

function onReadOnlyMedium(error: unknown, file: string): boolean {
  const refused = error instanceof LedgerError && error.problems.some(({ code }) => code === 'E504');
  if (!refused || existsSync(`${file}-wal`)) return false;
  try {
    accessSync(dirname(file), constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

function prepareStore(db: Connection, url: string, wait: number): Connection {
  try {
    // The common case first and alone: the format is known and nothing is to be made.
    let found = readFormat(db);
    if (found !== format) {
      if (found === undefined) patiently(wait, () => make(db, url));
      if (found === '1') patiently(wait, () => migrate(db, url));
      found = readFormat(db);
    }
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
    const [row] = rowsOf(db, `SELECT CAST(value AS BLOB) FROM meta WHERE key = 'format'`)();
    return row === undefined ? 'none' : textOf(row[0]);
  } catch (error) {
    if (error instanceof Error && error.message.includes('no such table')) return undefined;
    throw error;
  }
}

function make(db: Connection, url: string): void {
  const number = (sql: string): number => rowsOf(db, sql)()[0]?.[0] as number;
  const tables = number('SELECT count(*) FROM sqlite_master');
  if (tables === 0 && number('PRAGMA page_count') > 1) {
    refuse('E401', `the file of ${url} is damaged: it names none of its tables`, { help: restore });
  }
  if (tables !== 0 && readFormat(db) === undefined) {
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

/** From format 1, as one commit: where it fails, the file is as it was and the version that wrote it opens it still. */
function migrate(db: Connection, url: string): void {
  try {
    atomically(db, () => {
      // Another process may have done it while this one waited.
      if (readFormat(db) === '1') migrateFrom1(db);
    });
  } catch (error) {
    const refusal = asRefusal(error, url);
    if (primaryCode(error) === busy || !(refusal instanceof LedgerError)) throw error;
    const note = `the store has format 1 and could not be brought to format ${format}; it is as it was`;
    throw new LedgerError(refusal.problems.map((each) => ({ ...each, notes: [note] })));
  }
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

/**
 * SQLite's own check of the file, and whether its tables and triggers are those of the format: problems, or none.
 */
export function inspectStoreFile(db: Connection): string[] {
  try {
    const lines = rowsOf(db, 'SELECT CAST(integrity_check AS BLOB) FROM pragma_integrity_check')();
    const checked = lines.map(([line]) => textOf(line));
    return [...checked.filter((line) => line !== 'ok'), ...schemaProblems(db)];
  } catch (error) {
    // Where a page of the file is damaged, SQLite may not be able to look at the rest.
    if (primaryCode(error) === undefined) throw error;
    return [`SQLite cannot check the file: ${String((error as Error).message)}`];
  }
}

const busy = 5;
const restore = 'restore a backup of the store, or load the book into a new store with --fresh';

/** SQLite's result code without its extension (https://www.sqlite.org/rescode.html); nothing of another error. */
function primaryCode(error: unknown): number | undefined {
  const { rawCode } = error as { rawCode?: number };
  return rawCode === undefined ? undefined : rawCode & 0xff;
}

function soundSchema(db: Connection): boolean {
  try {
    return schemaProblems(db).length === 0;
  } catch {
    return false;
  }
}

/** What an error of SQLite means to whoever asked; anything that is not one passes through. */
export function asRefusal(error: unknown, url: string, db?: Connection): unknown {
  if (!(error instanceof Error) || error instanceof LedgerError) return error;
  const why = error.message;
  const damaged = `the file of ${url} is damaged: ${why}`;
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
      return problem('E401', damaged, restore);
    case 1: // ERROR: what we ask is known to be well-formed, so it is the tables that are not ours
      return db !== undefined && !soundSchema(db) ? problem('E401', damaged, restore) : error;
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
