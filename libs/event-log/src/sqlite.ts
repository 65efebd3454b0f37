/**
 * The embedded store: one book's log in one SQLite file (libsql), the default.
 *
 * This module is loaded only when such a store is opened, because loading libsql costs ten milliseconds. Calls to
 * SQLite are synchronous, so within one process no two calls on a log interleave; between processes the file's lock
 * decides, and an append holds it from planning to commit.
 */
import { resolve } from 'node:path';
import { assert, LedgerError, refuse, type StoredEvent } from '@tieout/events';
import { entryOf, planAppend, type AppendPlan } from './append';
import { planCopy, type CopyState } from './copy';
import type { Mirror } from './mirror';
import type { AppendResult, ReadBody, SealedPage, Snapshot, StreamAppend } from './port';
import { assertConsecutive, assertPage, inOrder } from './row';
import { cachesOf } from './sqlite-caches';
import { eventsOf } from './sqlite-events';
import { asRefusal, atomically, inspectStoreFile, openStoreFile } from './sqlite-file';
import { eventWriter } from './sqlite-format';

/**
 * Open the store in `file`, making it and its folder where there is none. `wait`: how long a write waits for another
 * process's, in milliseconds. Refuses with E402, E503, E504; E401, E207 where an older format cannot be brought over.
 */
export function openSqliteLog(file: string, wait = 5000): Mirror {
  const url = `sqlite:${file}`;
  const db = openStoreFile(resolve(file), url, wait);
  const writeEvents = eventWriter(db);
  const events = eventsOf(db);
  const caches = cachesOf(db);
  let open = true;
  let wrote = false;
  let soundEnd = false;

  const length = (): number => soundLength(events.lengths());

  /** Refuses (E401) where the events that are there are not as many as the store states: an end that is lost shows. */
  function soundLength({ there, stated }: ReturnType<typeof events.lengths>): number {
    if (there === stated) return there;
    refuse(
      'E401',
      `the store ${url} states ${stated ?? 'no'} events, and its last one is at position ${there - 1}`,
      { help: 'restore a backup of the store, or load the book into a new store with --fresh' },
    );
  }

  /** What an append of these events asks of the log, looked up at once. */
  function stateFor(said: readonly Pick<StoredEvent, 'stream' | 'id' | 'payload'>[]): CopyState {
    const ids = said.map(({ id }) => id);
    const carried = said.flatMap(({ payload }) => entryOf(payload) ?? []);
    const [only] = said.length === 1 ? said : [];
    const ahead = only && events.ahead(only.stream, only.id, carried[0] ?? null);
    // Nearly always none of them is here.
    const some = ahead ? ahead.some : events.haveSome(ids, carried);
    const known = new Map(some ? events.withIds(ids).map((event) => [event.id, event]) : []);
    const asked = new Set(ids);
    const other = [...known.values()].find(({ id }) => !asked.has(id));
    if (other !== undefined)
      refuse('E401', `the index of ids finds position ${other.position}, where event ${other.id} stands`);
    const entries = some ? events.entryPositions(carried) : new Map<string, number>();
    return {
      length: ahead ? soundLength(ahead) : length(),
      revisionOf: ahead ? () => ahead.revision : events.revisionOf,
      find: (id) => known.get(id),
      findEntry: (entry) => entries.get(entry),
      leafAt: (position) => events.from(position, 1)[0]?.leaf,
    };
  }

  const planned = (appends: readonly StreamAppend[], at?: number): AppendPlan =>
    planAppend(
      appends,
      stateFor(
        appends.flatMap(({ stream, events: said }) =>
          said.map(({ id, event: { payload } }) => ({ stream, id, payload })),
        ),
      ),
      at,
    );

  /** A damaged end is not built upon: looked at before the first write of a handle, by each way that leads to it. */
  function assertSoundEnd(): void {
    if (soundEnd) return;
    const end = length() - 1;
    const last = end < 0 ? undefined : inOrder(events.from(end, 1), 'position', end)[0];
    if (last !== undefined) {
      const entry = entryOf(last.payload);
      const found =
        events.withIds([last.id])[0]?.position === end &&
        events.revisionOf(last.stream) === last.revision &&
        (entry === undefined || events.withEntry(entry)?.position === end);
      if (!found)
        refuse('E401', `the store ${url} does not find its last event, at position ${end}, by its indexes`, {
          help: 'restore a backup of the store, or load the book into a new store with --fresh',
        });
    }
    soundEnd = true;
  }

  /** Every call passes here: none after closing, and SQLite's errors in the words of the port. */
  const call = async <T>(work: () => T): Promise<T> => {
    assert(open, `the log ${url} is closed`);
    try {
      return work();
    } catch (error) {
      throw asRefusal(error, url, db);
    }
  };
  const write = <T>(work: () => T): Promise<T> =>
    call(() => {
      const result = atomically(db, work);
      wrote = true;
      return result;
    });
  const writeLog = <T>(work: () => T): Promise<T> =>
    write(() => {
      assertSoundEnd();
      return work();
    });

  return {
    url,

    append: (appends: readonly StreamAppend[], at?: number): Promise<AppendResult> =>
      writeLog(() => {
        const plan = planned(appends, at);
        writeEvents(plan.planned);
        const { repeated, length } = plan;
        return { repeated, appended: plan.planned.map(({ event }) => event), length };
      }),

    plan: (appends: readonly StreamAppend[], at?: number): ReturnType<Mirror['plan']> =>
      call(() => {
        const plan = planned(appends, at);
        return { repeated: plan.repeated, events: plan.planned.map(({ event }) => event) };
      }),

    copy: (copied: readonly StoredEvent[]): Promise<void> =>
      writeLog(() => writeEvents(planCopy(copied, stateFor(copied)))),

    readAll: (position: number, limit: number): Promise<readonly StoredEvent[]> =>
      call(() => {
        assertPage(position, limit);
        // Asked first: what another process appends meanwhile is more than was due, never less.
        const due = Math.min(limit, length() - position);
        const found = inOrder(events.from(position, limit), 'position', position);
        const next = position + found.length;
        if (found.length < due)
          refuse('E401', `position ${next} is missing, with all after it`, { at: { file: `event ${next}` } });
        return found;
      }),

    readBodies: (position: number, limit: number): Promise<readonly ReadBody[]> =>
      call(() => {
        assertPage(position, limit);
        return events.bodies(position, limit);
      }),

    readEntry: (id: string): Promise<StoredEvent | undefined> =>
      call(() => {
        const event = events.withEntry(id);
        if (event === undefined || entryOf(event.payload) === id) return event;
        refuse('E401', `the index of entries finds position ${event.position} for ${id}, which is not there`);
      }),

    readStream: (stream: string, revision: number, limit: number): Promise<readonly StoredEvent[]> =>
      call(() => {
        assertPage(revision, limit);
        const found = inOrder(events.ofStream(stream, revision, limit), 'revision', revision);
        const other = found.find((event) => event.stream !== stream);
        if (other === undefined) return found;
        refuse('E401', `the index of streams finds position ${other.position} in ${stream}`);
      }),

    revisionOf: (stream: string): Promise<number> => call(() => events.revisionOf(stream)),

    length: (): Promise<number> => call(length),

    saveSnapshots: (snapshots: readonly Snapshot[]): Promise<void> =>
      write(() => caches.saveSnapshots(snapshots)),

    loadSnapshots: (): Promise<readonly Snapshot[]> => call(caches.loadSnapshots),

    savePages: (pages: readonly SealedPage[]): Promise<void> =>
      write(() => {
        assertConsecutive(pages);
        caches.savePages(pages);
      }),

    readPages: (from: number, limit: number): Promise<readonly SealedPage[]> =>
      call(() => {
        assertPage(from, limit);
        return caches.readPages(from, limit);
      }),

    dropPages: (): Promise<void> => write(caches.dropPages),

    inspect: (): Promise<readonly string[]> => call(() => [...inspectStoreFile(db), ...caches.problems()]),

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
   * Another process may be in the way, or the disk full; then it stays in the write-ahead log, which is as safe.
   */
  function checkpoint(): void {
    try {
      db.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      if (!(asRefusal(error, url) instanceof LedgerError)) throw error;
    }
  }
}
