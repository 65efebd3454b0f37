/**
 * Proofs about a log that anyone can check without it: that an entry is in the log of a head, and that the log of a head
 * began as the log of an older head. Whoever keeps a head, on paper or in a record, needs nothing else of the store.
 *
 * Invariant: a proof is made from leaves as they stand; a store that was altered makes proofs of another head, so a proof
 * alone shows nothing. What shows something is the head that was kept elsewhere.
 */
import {
  consistencyPath,
  inclusionPath,
  leafHash,
  refuse,
  rootFromInclusion,
  rootsFromConsistency,
  subtreeHashes,
  type StoredEvent,
  type SubtreeHash,
} from '@tieout/events';
import { pageLength, type EventLog } from './port';

/** A log at one length: its RFC 6962 Merkle root, hex. */
export interface Head {
  readonly length: number;
  readonly head: string;
}

export interface EntryProof {
  readonly schema: 'tieout.proof/1';
  readonly kind: 'entry';
  /** The event that carries the entry, as it stands. */
  readonly event: Omit<StoredEvent, 'leaf'>;
  readonly log: Head;
  /** The hashes beside the way from the event's leaf to the head, lowest first. */
  readonly path: readonly string[];
}

export interface GrowthProof {
  readonly schema: 'tieout.proof/1';
  readonly kind: 'growth';
  readonly older: Head;
  readonly log: Head;
  readonly path: readonly string[];
}

export type Proof = EntryProof | GrowthProof;

/** Roots of sealed pages, and the leaves of those pages that a proof goes into and of all that is not sealed. */
async function hashesOf(log: EventLog, length: number, into: readonly number[]): Promise<SubtreeHash> {
  const whole = Math.floor(length / pageLength);
  const roots: string[] = [];
  for (let page = 0; page < whole; page = roots.length) {
    const pages = await log.readPages(page, Math.min(16, whole - page));
    if (pages.length === 0) break;
    roots.push(...pages.map(({ root }) => root));
  }
  const leaves = new Map<number, string>();
  for (let page = 0; page * pageLength < length; page += 1) {
    if (page < roots.length && !into.some((position) => Math.floor(position / pageLength) === page)) continue;
    const from = page * pageLength;
    const bodies = await log.readBodies(from, Math.min(pageLength, length - from));
    bodies.forEach(({ leaf }, index) => leaves.set(from + index, leaf));
  }
  const leaf = (index: number): string =>
    leaves.get(index) ??
    refuse('E401', `event ${index} cannot be read`, { help: 'tieout verify looks at the whole log' });
  return subtreeHashes(leaf, { pageLength, rootOfPage: (page) => roots[page] });
}

/** The head of the log at a length; of all of it where none is given. */
export async function headOf(log: EventLog, length?: number): Promise<Head> {
  const all = length ?? (await log.length());
  const hash = await hashesOf(log, all, all % pageLength === 0 ? [] : [all - 1]);
  return { length: all, head: hash(0, all) };
}

/** Refuses (E601) an entry that is not in the log. */
export async function proveEntry(log: EventLog, entry: string): Promise<EntryProof> {
  const found = await log.readEntry(entry);
  if (!found)
    return refuse('E601', `no entry "${entry}" in the log`, { help: 'tieout log lists what there is' });
  const { leaf: _, ...event } = found;
  const length = await log.length();
  const hash = await hashesOf(log, length, [event.position]);
  return {
    schema: 'tieout.proof/1',
    kind: 'entry',
    event,
    log: { length, head: hash(0, length) },
    path: inclusionPath(event.position, length, hash),
  };
}

/**
 * That the log began as it was at `older`. Refuses with E602 a length beyond the log's, and with E401 where the log at
 * that length has another head: then it did not begin so, and there is no proof.
 */
export async function proveGrowth(log: EventLog, older: Head): Promise<GrowthProof> {
  const length = await log.length();
  if (older.length > length)
    return refuse('E602', `the log has ${length} events; a head after ${older.length} is not of this log`);
  const hash = await hashesOf(log, length, [older.length, older.length - 1]);
  const stands = hash(0, older.length);
  if (stands !== older.head)
    return refuse('E401', `the log after ${older.length} events has the head ${stands}, not ${older.head}`, {
      notes: ['an event before that was altered, added or taken away since the head was kept'],
      help: 'hold the store against a backup: tieout recover --to POSITION --out FILE keeps what can be trusted',
    });
  return {
    schema: 'tieout.proof/1',
    kind: 'growth',
    older,
    log: { length, head: hash(0, length) },
    path: consistencyPath(older.length, length, hash),
  };
}

/** Does the proof hold together? Then it shows its claim to whoever has its head from elsewhere. */
export function proofHolds(proof: Proof): boolean {
  const { log, path } = proof;
  if (proof.kind === 'entry')
    return rootFromInclusion(leafHash(proof.event), proof.event.position, log.length, path) === log.head;
  const { length, head } = proof.older;
  const roots = rootsFromConsistency(head, length, log.length, path);
  return roots?.older === head && roots.newer === log.head;
}
