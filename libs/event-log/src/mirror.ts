/**
 * A mirror: an ordinary store that holds a copy of a log whose truth stands elsewhere (a cluster, another file).
 *
 * The copy is exact: id, version, revision, position, time and leaf as they stand there, so both have one head. What an
 * append would do can be asked of the copy, to be done where the truth stands.
 */
import type { StoredEvent } from '@tieout/events';
import type { EventLog, StreamAppend } from './port';

/** An append as it would be made: how many of its events are repeats, and the others as they would stand. */
export interface Planned {
  readonly repeated: number;
  readonly events: readonly StoredEvent[];
}

export interface Mirror extends EventLog {
  /** What `append` would do, and nothing written. Refuses as it does. */
  plan(appends: readonly StreamAppend[], at?: number): Promise<Planned>;
  /**
   * Events as they stand elsewhere, in their order, without a hole. Those that are here are compared, the others are
   * added, all or nothing. Refuses (E401) where one differs, or names an event or entry that is here at another position.
   */
  copy(events: readonly StoredEvent[]): Promise<void>;
}
