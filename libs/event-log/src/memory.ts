/**
 * The log in memory: the same contract as a store on disk, for tests and for `memory:`. Gone when the process ends.
 *
 * Payloads are kept as canonical text and parsed for each reader, so no reader can change what the next one reads.
 */
import { assert, type StoredEvent } from '@tieout/events';
import { planAppend } from './append';
import type { AppendResult, EventLog, Snapshot, StreamAppend } from './port';
import { assertPage, readRows, storedFromRow, type EventRow } from './row';

/** A new, empty log, as the function that opens handles on it. */
export function memoryStore(): () => EventLog {
  const rows: EventRow[] = [];
  const byId = new Map<string, EventRow>();
  const streams = new Map<string, EventRow[]>();
  const snapshots = new Map<string, Snapshot>();
  const revisionOf = (stream: string): number => (streams.get(stream)?.length ?? 0) - 1;

  return () => {
    let open = true;
    const assertOpen = (): void => assert(open, 'the log is closed');
    return {
      url: 'memory:',

      async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
        assertOpen();
        // No await between planning and writing: nothing comes in between.
        const plan = planAppend(appends, { length: rows.length, revisionOf, find: (id) => byId.get(id) });
        for (const row of plan.rows) {
          rows.push(row);
          byId.set(row.id, row);
          const stream = streams.get(row.stream);
          if (stream) stream.push(row);
          else streams.set(row.stream, [row]);
        }
        return { repeated: plan.repeated, appended: plan.rows.map(storedFromRow), length: rows.length };
      },

      async readAll(position: number, limit: number): Promise<readonly StoredEvent[]> {
        assertOpen();
        assertPage(position, limit);
        return readRows(rows.slice(position, position + limit), 'position', position);
      },

      async readStream(stream: string, revision: number, limit: number): Promise<readonly StoredEvent[]> {
        assertOpen();
        assertPage(revision, limit);
        return readRows((streams.get(stream) ?? []).slice(revision, revision + limit), 'revision', revision);
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
