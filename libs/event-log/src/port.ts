/**
 * The port to an event store: one log a book, append-only, many streams, one dense order.
 *
 * What every store promises (the contract suite holds each to it): an acknowledged append is durable and whole;
 * positions are dense from 0 in one order for all readers; revisions are dense from 0 in their stream; an append
 * whose expected revisions do not hold writes nothing; the same event id with the same body appended again changes
 * nothing; with another body it is refused; an entry stands once in a log, whatever its stream.
 *
 * Snapshots and sealed pages are caches beside the log: no part of it, and no part of its head.
 */
import type { NewEvent, StoredEvent } from '@tieout/events';

/**
 * Events for one stream, which an append names once. `expected`: the stream's last revision, -1 for a new stream,
 * 'any' not to check. It is not checked where all the events are repeats: a retry is harmless.
 */
export interface StreamAppend {
  readonly stream: string;
  readonly expected: number | 'any';
  readonly events: readonly NewEvent[];
}

export interface AppendResult {
  /** Events that were already there, by id and body: nothing was written for them. */
  readonly repeated: number;
  readonly appended: readonly StoredEvent[];
  /** Number of events in the log after the append (the position the next event will get). */
  readonly length: number;
}

/** A projection's state at a position: a cache that a full replay must equal. */
export interface Snapshot {
  readonly projection: string;
  readonly version: number;
  /** What else it was made from: hash of the book's chart and layouts. */
  readonly basis: string;
  /** Number of events folded. */
  readonly length: number;
  /** Canonical JSON. */
  readonly state: string;
  /** SHA-256 of `state`, hex. */
  readonly sha256: string;
}

/** Events in a sealed page. NOTE stored format. */
export const pageLength = 4096;

/**
 * The postings of `pageLength` consecutive events as columns: a cache that can be made again from the events. What is in
 * it, and whether it is what was sealed, its codec knows; a store gives back the bytes that it was given.
 */
export interface SealedPage {
  /** It holds the events [number × pageLength, (number + 1) × pageLength). */
  readonly number: number;
  /** JSON: the names that appear first in this page. */
  readonly names: string;
  /** Read back, it begins at a multiple of eight in its buffer, so that typed arrays can look at it in place. */
  readonly columns: Uint8Array;
  /** Hex, over names and columns, chained with the names of the pages before. */
  readonly sha256: string;
  /** RFC 6962 Merkle root over the leaves of these events, a complete subtree of the log's: hex. */
  readonly root: string;
}

/** An event as the text that its leaf hashes, which is what a store keeps. */
export interface EventBody {
  /** Canonical JSON (RFC 8785) of all of a stored event but its leaf. */
  readonly body: string;
  /** As it was appended, hex. */
  readonly leaf: string;
}

/** A body as it was read back. */
export interface ReadBody extends EventBody {
  /** What is there now: the body as UTF-8, behind the zero byte that a leaf hash begins with. */
  readonly bytes: Buffer;
  /** The leaf hash of these bytes, hex: `leaf` where they are what was appended. */
  readonly hash: string;
  /** UTF-8 of what the store finds the event by (`filedAs`), where it keeps that beside the body. */
  readonly filed: Uint8Array | undefined;
}

export interface EventLog {
  /** For messages: `sqlite:FILE`, `memory:`. */
  readonly url: string;
  /**
   * Append to one or several streams, all or nothing. `at`: it was decided when the log had this length, and is refused
   * (E501) where the log has another, unless it only repeats what is there. Refuses with E501 (moved on), E207 (same id,
   * other body: another stream, name, version, payload or actor; not another time; or an entry that another event
   * carries), E107 (text no store can keep), E503, E504.
   */
  append(appends: readonly StreamAppend[], at?: number): Promise<AppendResult>;
  /** Up to `limit` events from `position`, in order; fewer only at the end. Refuses (E401) at a hole. */
  readAll(position: number, limit: number): Promise<readonly StoredEvent[]>;
  /** As `readAll`, the texts: for whoever looks at every event without making objects of them. No hash or place is checked. */
  readBodies(position: number, limit: number): Promise<readonly ReadBody[]>;
  /** The event that carries the entry of this id, if one does. */
  readEntry(id: string): Promise<StoredEvent | undefined>;
  readStream(stream: string, revision: number, limit: number): Promise<readonly StoredEvent[]>;
  /** Last revision of the stream, -1 when it has none. */
  revisionOf(stream: string): Promise<number>;
  /** Number of events in the log. */
  length(): Promise<number>;
  /** Replaces the snapshots of these projections, all or nothing. */
  saveSnapshots(snapshots: readonly Snapshot[]): Promise<void>;
  loadSnapshots(): Promise<readonly Snapshot[]>;
  /**
   * Saves pages that follow each other, all or nothing. The first is the next one due or replaces the one of its number;
   * pages after the last go. Nothing is saved where the page before the first is missing: another process dropped it.
   */
  savePages(pages: readonly SealedPage[]): Promise<void>;
  /** Up to `limit` pages from this number on, in order. */
  readPages(from: number, limit: number): Promise<readonly SealedPage[]>;
  dropPages(): Promise<void>;
  /**
   * Resolves when the log may be longer than `length`, and at the signal: how a reader that has all follows without
   * asking again and again. A store that hears of nothing by itself has none; see `follow`.
   */
  wait?(length: number, signal: AbortSignal): Promise<void>;
  /** The store's own integrity check: problems found, none when sound. */
  inspect(): Promise<readonly string[]>;
  close(): Promise<void>;
}
