/**
 * An event as it stands in a log: where, when, by whom, and the hash of its canonical bytes.
 *
 * Same book, same bytes: the id of a seed event is a hash of (book, subject, body), its `recordedAt` and actor come
 * from the book, and hashes are over canonical JSON (RFC 8785), so two clones have the same head.
 */
import { createHash, hash, randomUUID } from 'node:crypto';
import { canonical } from './canonical';
import type { LedgerEvent } from './payloads';

/** What is appended. `id` makes the append idempotent. */
export interface NewEvent {
  /** A UUID; time-ordered (version 7 or 8), because random ids made batch appends 5.5 times slower. */
  readonly id: string;
  readonly event: LedgerEvent;
  /** ISO 8601, UTC. Ours, not the store's: a store may keep whole seconds only. */
  readonly recordedAt: string;
  readonly actor: string;
  /** The id of the event that this one follows from: an import's, a reversed entry's. */
  readonly causationId?: string;
  /** One id for all events of one undertaking. */
  readonly correlationId?: string;
}

/** What is read back. */
export interface StoredEvent {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly payload: unknown;
  readonly recordedAt: string;
  readonly actor: string;
  readonly causationId?: string;
  readonly correlationId?: string;
  readonly stream: string;
  /** Place in its stream, from 0. */
  readonly revision: number;
  /** Place in its book's log, dense, from 0. */
  readonly position: number;
  /** SHA-256 leaf hash (RFC 6962) over the canonical bytes of everything above, hex. */
  readonly leaf: string;
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/**
 * The text of an event that its leaf hashes, and a store keeps: all of it but the leaf, canonical JSON. `payload` is
 * given where its text is at hand.
 */
export function bodyOf(event: Omit<StoredEvent, 'leaf'>, payload = canonical(event.payload)): string {
  const { actor, causationId, correlationId, id, name, position, recordedAt, revision, stream, version } =
    event;
  const cause = causationId === undefined ? '' : `,"causationId":${canonical(causationId)}`;
  const correlation = correlationId === undefined ? '' : `,"correlationId":${canonical(correlationId)}`;
  return (
    `{"actor":${canonical(actor)}${cause}${correlation},"id":${canonical(id)},"name":${canonical(name)}` +
    `,"payload":${payload},"position":${canonical(position)},"recordedAt":${canonical(recordedAt)}` +
    `,"revision":${canonical(revision)},"stream":${canonical(stream)},"version":${canonical(version)}}`
  );
}

/** RFC 6962 §2.1: a leaf is hashed behind a zero byte, so that it cannot pass for an inner node. Hex, of UTF-8. */
export const leafOf = (body: string): string => hash('sha256', `\0${body}`);

/** The same of bytes that begin with that zero byte. Bytes that are no UTF-8 have a hash of their own. */
export const leafOfBytes = (bytes: Uint8Array): string => hash('sha256', bytes);

/**
 * An event's body and leaf. In one step because a text that is put together is a tree of its pieces until something reads it
 * whole; cut out of what was hashed, the body is in one piece: a batch append takes half the time.
 */
export function bodyAndLeaf(
  event: Omit<StoredEvent, 'leaf'>,
  payload?: string,
): { readonly body: string; readonly leaf: string } {
  const hashed = `\0${bodyOf(event, payload)}`;
  const leaf = hash('sha256', hashed);
  return { body: hashed.slice(1), leaf };
}

export const leafHash = (event: Omit<StoredEvent, 'leaf'>): string => leafOf(bodyOf(event));

/**
 * RFC 6962 §2.1: the Merkle tree hash over leaf hashes (hex), in log order. The empty tree is SHA-256 of nothing.
 * The head of a log is this over all its leaves.
 */
export function merkleRoot(leaves: readonly string[]): string {
  if (leaves.length === 0) return sha256('');
  // Level by level in place: nodes are paired from the left, and one that is left over goes up as it is.
  const level = Buffer.from(leaves.join(''), 'hex');
  const pair = Buffer.alloc(65);
  pair[0] = 1;
  let nodes = leaves.length;
  for (; nodes > 1; nodes = Math.ceil(nodes / 2)) {
    for (let at = 0; at < nodes; at += 2) {
      if (at + 1 === nodes) level.copy(level, at * 16, at * 32, (at + 1) * 32);
      else {
        level.copy(pair, 1, at * 32, (at + 2) * 32);
        level.write(hash('sha256', pair, 'binary'), at * 16, 'binary');
      }
    }
  }
  return level.toString('hex', 0, 32);
}

/** The id of a seed event, a UUID of version 8 (RFC 9562 §5.8): the same for the same book, event and body, on every clone. */
export function seedEventId(book: string, event: LedgerEvent, recordedAt: string): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Date.parse(recordedAt), 0, 6);
  createHash('sha256').update(canonical({ book, event })).digest().copy(bytes, 6, 0, 10);
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The id of an event that happens now, a UUID of version 7 (§5.7). Of a random UUID there is a stock; of bytes there is none. */
export function newEventId(now = Date.now()): string {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
