/**
 * Makes the file of a store that is loaded from its first event on in one go.
 *
 * The file stands beside its place under another name, where nobody looks for it, so nothing in it is journaled or
 * synced while it grows. When all is in, it is synced once and gets its name: whatever stops a load leaves no store, and a
 * store that bears its name is whole and on the disk. Calls are synchronous: a thread of its own may make them.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Database from 'libsql';
import { refuse } from '@tieout/events';
import type { SealedPage } from './port';
import { cachesOf } from './sqlite-caches';
import { asRefusal, atomically, refuseUnmade } from './sqlite-file';
import { eventWriter, schema, type FiledEvent } from './sqlite-format';

export interface StoreMaker {
  /** Events that follow those before. */
  events(filed: readonly FiledEvent[]): void;
  /** Sealed pages that follow those before. */
  pages(sealed: readonly SealedPage[]): void;
  /** Everything is on the disk, and the store has its name. Refuses with E602 where there is one of this name by now. */
  finish(): void;
  /** Nothing is left of it. */
  abandon(): void;
}

/** Starts a store that will stand at `file`. Refuses with E504 where it cannot be made. */
export function storeMaker(file: string): StoreMaker {
  const url = `sqlite:${file}`;
  const path = resolve(file);
  const partial = `${path}.partial-${process.pid}`;
  const remove = (): void => {
    for (const part of ['', '-wal', '-shm', '-journal']) rmSync(`${partial}${part}`, { force: true });
  };
  const call = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw asRefusal(error, url);
    }
  };

  let db: InstanceType<typeof Database>;
  try {
    mkdirSync(dirname(path), { recursive: true });
    remove();
    removeLeft(path);
    db = new Database(partial);
    db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
    db.exec(schema);
  } catch (error) {
    refuseUnmade(error, url);
  }
  const writeEvents = eventWriter(db);
  const { savePages } = cachesOf(db);

  return {
    events: (filed) => call(() => atomically(db, () => writeEvents(filed))),
    pages: (sealed) => call(() => atomically(db, () => savePages(sealed))),
    finish: () =>
      call(() => {
        // From here on as every store is kept.
        db.exec('PRAGMA journal_mode = WAL');
        db.close();
        sync(partial);
        if (existsSync(path)) refuse('E602', `the file ${file} is there by now`, { help: 'name a new file' });
        renameSync(partial, path);
        sync(dirname(path));
        remove();
      }),
    abandon: () => {
      db.close();
      remove();
    },
  };
}

/** Removes what loads of this store left behind whose process is gone: one that is killed without warning cannot. */
function removeLeft(path: string): void {
  const begin = `${basename(path)}.partial-`;
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(begin)) continue;
    const [, pid] = /^(\d+)(?:-wal|-shm|-journal)?$/.exec(name.slice(begin.length)) ?? [];
    if (pid !== undefined && isGone(Number(pid))) rmSync(join(dirname(path), name), { force: true });
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** What was written is on the disk, not on its way there. */
export function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
