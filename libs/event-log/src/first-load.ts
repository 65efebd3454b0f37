/**
 * The first load of a log, whole or not at all: what `append` does, for events without number that nobody else can see yet.
 *
 * Events are placed as in every append; a maker, on this thread or on another, puts them into a file beside the
 * place of the store. Nothing is acknowledged before `finish`: then all of it is on the disk, and the store has its name.
 *
 *     load = firstLoad(writer)   load.add([{ stream: 'shop', events }])   …   await load.finish()
 */
import { LedgerError, type NewEvent } from '@tieout/events';
import { entryOf, placed, unstorable } from './append';
import type { EventLog } from './port';
import type { FiledEvent } from './sqlite-format';
import type { StoreMaker } from './store-maker';

/** A maker that may be on another thread. Resolves when it can take more. */
export type StoreWriter = {
  readonly [Call in keyof StoreMaker]: (...given: Parameters<StoreMaker[Call]>) => Promise<void>;
};

/** Events for the end of one stream. */
export interface LoadedSegment {
  readonly stream: string;
  readonly events: readonly LoadedEvent[];
}

export interface LoadedEvent {
  readonly event: NewEvent;
  /** The canonical text of its payload, where that is at hand; whoever gives it answers for it. */
  readonly text: string | undefined;
}

export interface FirstLoad extends Pick<EventLog, 'readPages' | 'savePages'> {
  /**
   * Puts events at the ends of their streams, in this order, and gives their leaves. Refuses (E107) text no store can keep. An
   * id or an entry that stands twice fails a later call: whoever loads answers for them.
   */
  add(segments: readonly LoadedSegment[]): Promise<readonly string[]>;
  /** Events so far. */
  length(): number;
  /** All of it is on the disk. */
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

export function firstLoad(writer: StoreWriter): FirstLoad {
  const revisions = new Map<string, number>();
  let length = 0;
  return {
    async add(segments) {
      const filed: FiledEvent[] = [];
      for (const { stream, events } of segments) {
        let revision = revisions.get(stream) ?? -1;
        for (const { event: said, text } of events) {
          const entry = entryOf(said.event.payload);
          const problems = unstorable(stream, said, entry);
          if (problems.length > 0) throw new LedgerError(problems);
          revision += 1;
          filed.push(placed(said, entry, { stream, revision, position: length }, text));
          length += 1;
        }
        revisions.set(stream, revision);
      }
      await writer.events(filed);
      return filed.map(({ leaf }) => leaf);
    },
    length: () => length,
    // What is sealed before there is a store is not read again.
    readPages: async () => [],
    savePages: (pages) => writer.pages(pages),
    finish: () => writer.finish(),
    abandon: () => writer.abandon(),
  };
}

/** A maker on this thread. */
export const writerHere = (maker: StoreMaker): StoreWriter => ({
  events: async (filed) => maker.events(filed),
  pages: async (sealed) => maker.pages(sealed),
  finish: async () => maker.finish(),
  abandon: async () => maker.abandon(),
});

/** Events on their way to a maker on another thread: one text goes there several times faster than objects do. */
export interface PackedEvents {
  /** The position of the first. */
  readonly first: number;
  /** How many of one stream follow each other, and at which revision these begin. */
  readonly runs: readonly { readonly stream: string; readonly revision: number; readonly count: number }[];
  /** Body, leaf, id and entry of each in turn, parted by U+0000, which none of them holds. */
  readonly text: string;
  /** Positions of those that carry no entry. */
  readonly without: readonly number[];
}

export function packed(filed: readonly FiledEvent[]): PackedEvents {
  const runs: { stream: string; revision: number; count: number }[] = [];
  const texts: string[] = [];
  const without: number[] = [];
  for (const { position, body, leaf, event, entry } of filed) {
    const run = runs.at(-1);
    if (run?.stream === event.stream && run.revision + run.count === event.revision) run.count += 1;
    else runs.push({ stream: event.stream, revision: event.revision, count: 1 });
    if (entry === undefined) without.push(position);
    texts.push(body, leaf, event.id, entry ?? '');
  }
  return { first: filed[0]?.position ?? 0, runs, text: texts.join('\0'), without };
}

/** The inverse of `packed`. */
export function unpacked({ first, runs, text, without }: PackedEvents): readonly FiledEvent[] {
  const texts = text.split('\0');
  const bare = new Set(without);
  const filed: FiledEvent[] = [];
  for (const { stream, revision, count } of runs) {
    for (let next = 0; next < count; next += 1) {
      const position = first + filed.length;
      const [body = '', leaf = '', id = '', entry = ''] = texts.slice(4 * filed.length, 4 * filed.length + 4);
      const event = { id, stream, revision: revision + next };
      filed.push({ position, body, leaf, event, entry: bare.has(position) ? undefined : entry });
    }
  }
  return filed;
}
