/**
 * An event as a store keeps it, and the way back to what a reader gets.
 *
 * Readers get events in their order with none missing, or a refusal: a fold over a log with a hole would be wrong
 * without a sign. Hashes are not checked on this path (verify.ts does), because start-up reads the whole log.
 */
import { assert, LedgerError, type Problem, type StoredEvent } from '@tieout/events';

/** A stored event with its payload as canonical JSON text: what a store writes. */
export interface EventRow extends Omit<StoredEvent, 'payload'> {
  readonly payload: string;
}

/** What a reader gets: the payload parsed. Refuses (E401) a payload that is not JSON. */
export function storedFromRow(row: EventRow): StoredEvent {
  try {
    return { ...row, payload: JSON.parse(row.payload) as unknown };
  } catch {
    throw new LedgerError([
      damaged(row.position, `the payload of ${row.name} at position ${row.position} is not JSON`),
    ]);
  }
}

/** Rows in reading order from the place `from`. Refuses (E401) at the first that does not stand next to the one before. */
export function readRows(
  rows: readonly EventRow[],
  place: 'position' | 'revision',
  from: number,
): StoredEvent[] {
  return rows.map((row, index) => {
    const due = from + index;
    if (row[place] !== due) {
      const missing = place === 'position' ? `position ${due}` : `revision ${due} of stream ${row.stream}`;
      throw new LedgerError([
        damaged(row.position, `${missing} is missing: position ${row.position} stands in its place`),
      ]);
    }
    return storedFromRow(row);
  });
}

/** A page is asked for by whole numbers: where it starts, and how much it may hold. */
export function assertPage(from: number, limit: number): void {
  assert(Number.isSafeInteger(from) && from >= 0, `a page starts at a whole number, not ${from}`);
  assert(Number.isSafeInteger(limit) && limit >= 0, `a page holds a whole number of events, not ${limit}`);
}

export function damaged(position: number, message: string): Problem {
  return {
    code: 'E401',
    message,
    at: { file: `event ${position}` },
    help: 'restore a backup of the store, or load the book into a new store with --fresh',
  };
}
