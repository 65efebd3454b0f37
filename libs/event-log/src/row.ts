/**
 * An event as a store keeps it, and the way back to what a reader gets.
 *
 * A store keeps the text that the leaf hashes (`bodyOf`) and the leaf. Readers get events in their order with none
 * missing, each one hashed and found to be what was appended, or a refusal: a fold over a log with a hole, or over an
 * amount that changed on the disk, would be wrong without a sign. Hashing is a fifth of what reading costs.
 */
import { isAscii } from 'node:buffer';
import { assert, LedgerError, leafOfBytes, type Problem, type StoredEvent } from '@tieout/events';
import type { EventBody, ReadBody, SealedPage } from './port';

export interface EventRow extends EventBody {
  /** Where the store has it; the body says so, too. */
  readonly position: number;
}

/** A body as it was read back. Its text is made where it is asked for: few who look at every event need it. */
export class BytesRead implements ReadBody {
  readonly hash: string;
  readonly leaf: string;

  /** `bytes`: the body behind a zero byte. `leaf`: 64 bytes that ought to be hexadecimal digits. */
  constructor(
    readonly bytes: Buffer,
    leaf: Buffer,
    readonly filed: Uint8Array | undefined,
  ) {
    this.hash = leafOfBytes(bytes);
    this.leaf = says(leaf, this.hash) ? this.hash : leaf.toString();
  }

  get body(): string {
    return this.bytes.toString(isAscii(this.bytes) ? 'latin1' : 'utf8', 1);
  }
}

/** Do the bytes say this text of ASCII? */
function says(bytes: Uint8Array, text: string): boolean {
  if (bytes.length !== text.length) return false;
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] !== text.charCodeAt(at)) return false;
  return true;
}

/** What a reader gets. Refuses (E401) what is not what was appended, at this position. */
export function storedFromRow(row: ReadBody, position: number): StoredEvent {
  const event = parsedBody(row.body, position);
  if (row.hash !== row.leaf) {
    throw new LedgerError([
      damaged(position, `${namedAt(event, position)} is not what was appended: its hash differs`),
    ]);
  }
  assertStandsAt(event, position);
  return Object.assign(event, { leaf: row.leaf });
}

/** The event that a body says. Refuses (E401) what is no JSON object. */
export function parsedBody(body: string, position: number): Omit<StoredEvent, 'leaf'> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    parsed = undefined;
  }
  if (typeof parsed === 'object' && parsed !== null) return parsed as Omit<StoredEvent, 'leaf'>;
  throw new LedgerError([damaged(position, `the event at position ${position} is not JSON`)]);
}

function assertStandsAt(event: Omit<StoredEvent, 'leaf'>, position: number): void {
  if (event.position === position) return;
  throw new LedgerError([
    damaged(position, `${namedAt(event, position)} was appended at position ${event.position}`),
  ]);
}

export const namedAt = ({ name }: { readonly name: string }, position: number): string =>
  `${name} at position ${position}`;

/** Events in reading order from the place `from`. Refuses (E401) at the first that does not stand next to the one before. */
export function inOrder(
  events: readonly StoredEvent[],
  place: 'position' | 'revision',
  from: number,
): readonly StoredEvent[] {
  for (const [index, event] of events.entries()) {
    const due = from + index;
    if (event[place] === due) continue;
    const { position, stream } = event;
    const missing = place === 'position' ? `position ${due}` : `revision ${due} of stream ${stream}`;
    throw new LedgerError([
      damaged(position, `${missing} is missing: position ${position} stands in its place`),
    ]);
  }
  return events;
}

/** A page is asked for by whole numbers: where it starts, and how much it may hold. */
export function assertPage(from: number, limit: number): void {
  assert(Number.isSafeInteger(from) && from >= 0, `a page starts at a whole number, not ${from}`);
  assert(Number.isSafeInteger(limit) && limit >= 0, `a page holds a whole number of events, not ${limit}`);
}

/** Pages are saved in one piece: a page after a gap could never be opened, because each rests on the ones before it. */
export function assertConsecutive(pages: readonly SealedPage[]): void {
  const first = pages[0]?.number ?? 0;
  assertPage(first, pages.length);
  for (const [index, { number }] of pages.entries())
    assert(number === first + index, `page ${first + index} is due, not ${number}`);
}

export function damaged(position: number, message: string): Problem {
  return {
    code: 'E401',
    message,
    at: { file: `event ${position}` },
    help: 'restore a backup of the store, or load the book into a new store with --fresh',
  };
}
