/**
 * The port to an event store: one log a book, append-only, many streams, one dense order.
 *
 * What every store promises (the contract suite holds each to it): an acknowledged append is durable and whole;
 * positions are dense from 0 in one order for all readers; revisions are dense from 0 in their stream; an append
 * whose expected revisions do not hold writes nothing; the same event id with the same body appended again changes
 * nothing; with another body it is refused.
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

export interface EventLog {
  /** For messages: `sqlite:FILE`, `memory:`. */
  readonly url: string;
  /**
   * Append to one or several streams, all or nothing. Refuses with E501 (moved on), E207 (same id, other body: another
   * stream, name, version, payload or actor; not another time), E107 (text no store can keep), E503, E504.
   */
  append(appends: readonly StreamAppend[]): Promise<AppendResult>;
  /** Up to `limit` events from `position`, in order; fewer only at the end. Refuses (E401) at a hole. */
  readAll(position: number, limit: number): Promise<readonly StoredEvent[]>;
  readStream(stream: string, revision: number, limit: number): Promise<readonly StoredEvent[]>;
  /** Last revision of the stream, -1 when it has none. */
  revisionOf(stream: string): Promise<number>;
  /** Number of events in the log. */
  length(): Promise<number>;
  /** Replaces the snapshots of these projections, all or nothing. */
  saveSnapshots(snapshots: readonly Snapshot[]): Promise<void>;
  loadSnapshots(): Promise<readonly Snapshot[]>;
  /** The store's own integrity check: problems found, none when sound. */
  inspect(): Promise<readonly string[]>;
  close(): Promise<void>;
}
