/**
 * The log in memory: the same contract as a store on disk, for tests and for `memory:`. Gone when the process ends.
 *
 * Events are kept as their canonical text and parsed for each reader, so no reader can change what the next one reads.
 */
import { assert, type StoredEvent } from '@tieout/events';
import { planAppend, type PlannedEvent } from './append';
import { planCopy, type CopyState } from './copy';
import type { Mirror } from './mirror';
import type { AppendResult, ReadBody, SealedPage, Snapshot, StreamAppend } from './port';
import { assertConsecutive, assertPage, BytesRead, inOrder, storedFromRow, type EventRow } from './row';

const readBack = ({ body, leaf }: EventRow): ReadBody =>
  new BytesRead(Buffer.from(`\0${body}`), Buffer.from(leaf), undefined);

/** A new, empty log, as the function that opens handles on it. */
export function memoryStore(): () => Mirror {
  const rows: EventRow[] = [];
  const byId = new Map<string, EventRow>();
  const byEntry = new Map<string, EventRow>();
  const streams = new Map<string, EventRow[]>();
  const snapshots = new Map<string, Snapshot>();
  const pages: SealedPage[] = [];

  const revisionOf = (stream: string): number => (streams.get(stream)?.length ?? 0) - 1;
  const stored = (row: EventRow | undefined): StoredEvent | undefined =>
    row && storedFromRow(readBack(row), row.position);
  const state = (): CopyState => ({
    length: rows.length,
    revisionOf,
    find: (id) => stored(byId.get(id)),
    findEntry: (entry) => byEntry.get(entry)?.position,
    leafAt: (position) => rows[position]?.leaf,
  });
  const write = (planned: readonly PlannedEvent[]): void => {
    for (const { event, body, entry } of planned) {
      const row: EventRow = { position: event.position, body, leaf: event.leaf };
      rows.push(row);
      byId.set(event.id, row);
      if (entry !== undefined) byEntry.set(entry, row);
      const stream = streams.get(event.stream);
      if (stream) stream.push(row);
      else streams.set(event.stream, [row]);
    }
  };

  return () => {
    let open = true;
    const assertOpen = (): void => assert(open, 'the log is closed');
    return {
      url: 'memory:',

      async append(appends: readonly StreamAppend[], at?: number): Promise<AppendResult> {
        assertOpen();
        // No await between planning and writing: nothing comes in between.
        const { repeated, planned, length } = planAppend(appends, state(), at);
        write(planned);
        return { repeated, appended: planned.map(({ event }) => event), length };
      },

      async plan(appends: readonly StreamAppend[], at?: number): ReturnType<Mirror['plan']> {
        assertOpen();
        const { repeated, planned } = planAppend(appends, state(), at);
        return { repeated, events: planned.map(({ event }) => event) };
      },

      async copy(events: readonly StoredEvent[]): Promise<void> {
        assertOpen();
        write(planCopy(events, state()));
      },

      async readAll(position: number, limit: number): Promise<readonly StoredEvent[]> {
        assertOpen();
        assertPage(position, limit);
        return inOrder(
          rows.slice(position, position + limit).map((row) => storedFromRow(readBack(row), row.position)),
          'position',
          position,
        );
      },

      async readBodies(position: number, limit: number): Promise<readonly ReadBody[]> {
        assertOpen();
        assertPage(position, limit);
        return rows.slice(position, position + limit).map(readBack);
      },

      async readEntry(id: string): Promise<StoredEvent | undefined> {
        assertOpen();
        return stored(byEntry.get(id));
      },

      async readStream(stream: string, revision: number, limit: number): Promise<readonly StoredEvent[]> {
        assertOpen();
        assertPage(revision, limit);
        const found = (streams.get(stream) ?? []).slice(revision, revision + limit);
        return inOrder(
          found.map((row) => storedFromRow(readBack(row), row.position)),
          'revision',
          revision,
        );
      },

      async revisionOf(stream: string): Promise<number> {
        assertOpen();
        return revisionOf(stream);
      },

      async length(): Promise<number> {
        assertOpen();
        return rows.length;
      },

      async saveSnapshots(saved: readonly Snapshot[]): Promise<void> {
        assertOpen();
        for (const snapshot of saved) snapshots.set(snapshot.projection, { ...snapshot });
      },

      async loadSnapshots(): Promise<readonly Snapshot[]> {
        assertOpen();
        return [...snapshots.values()].sort((a, b) => (a.projection < b.projection ? -1 : 1));
      },

      async savePages(saved: readonly SealedPage[]): Promise<void> {
        assertOpen();
        assertConsecutive(saved);
        const first = saved[0]?.number ?? Infinity;
        if (first <= pages.length) pages.splice(first, Infinity, ...saved.map(copied));
      },

      async readPages(from: number, limit: number): Promise<readonly SealedPage[]> {
        assertOpen();
        assertPage(from, limit);
        return pages.slice(from, from + limit).map(copied);
      },

      async dropPages(): Promise<void> {
        assertOpen();
        pages.length = 0;
      },

      async inspect(): Promise<readonly string[]> {
        assertOpen();
        return [];
      },

      async close(): Promise<void> {
        open = false;
      },
    };
  };
}

const copied = (page: SealedPage): SealedPage => ({ ...page, columns: Uint8Array.from(page.columns) });
