/**
 * A copy of an embedded store while others use it: one state of the log, whole, checked before it bears its name.
 *
 * SQLite writes the copy from within one read (VACUUM INTO), so an append that happens meanwhile is in it entirely or
 * not at all. The copy is then verified as a log, event by event, and only then given its name: whatever stops a backup
 * leaves no file that looks like one.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'libsql';
import { LedgerError, refuse } from '@tieout/events';
import { openSqliteLog } from './sqlite';
import { asRefusal, openStoreFile } from './sqlite-file';
import { sync } from './store-maker';
import { verifyLog, type LogVerification } from './verify';

/**
 * Copy the store in `from` to the new file `to`. Returns what was found in the copy: its length and head, no problems.
 * Refuses with E101 where there is no store, E602 where `to` exists, E504 where it cannot be written, E401 with what is
 * wrong where the copy does not verify, because the store itself is damaged.
 */
export async function backupStore(from: string, to: string): Promise<LogVerification> {
  if (!existsSync(from)) refuse('E101', `there is no store at ${from}`);
  if (existsSync(to))
    refuse('E602', `the file ${to} exists; a backup overwrites nothing`, { help: 'name a new file' });
  const partial = `${resolve(to)}.partial-${process.pid}`;
  try {
    copyInto(from, partial);
    const found = await verified(partial);
    sync(partial);
    renameSync(partial, to);
    sync(dirname(resolve(to)));
    return found;
  } finally {
    for (const part of ['', '-wal', '-shm', '-journal']) rmSync(`${partial}${part}`, { force: true });
  }
}

function copyInto(from: string, partial: string): void {
  const db = openStoreFile(resolve(from), `sqlite:${from}`, 5000);
  try {
    db.prepare('VACUUM INTO ?').run([partial]);
    // As a store is kept, so that the copy can take the place of one.
    const copy = new Database(partial);
    copy.exec('PRAGMA journal_mode = WAL');
    copy.close();
  } catch (error) {
    const refusal = asRefusal(error, `sqlite:${from}`, db);
    const unwritten = refusal instanceof LedgerError && refusal.problems.some(({ code }) => code === 'E504');
    if (!unwritten) throw refusal;
    refuse('E504', `the backup cannot be written: ${String((error as Error).message)}`, {
      notes: ['the store is as it was; there is no backup'],
      help: 'free space on the disk or check the permissions, or name another file',
    });
  } finally {
    db.close();
  }
}

async function verified(partial: string): Promise<LogVerification> {
  const copy = openSqliteLog(partial, 5000);
  try {
    const found = await verifyLog(copy);
    if (found.problems.length > 0) throw new LedgerError(found.problems);
    return found;
  } finally {
    await copy.close();
  }
}
