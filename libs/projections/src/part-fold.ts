/**
 * Folds a share of a log: a range of positions, or all events of some streams.
 *
 * A range is read from the sealed pages, as far as they are there and are what was sealed, and else from the events;
 * streams are read from the events. Invariant: the share is folded whole, every position of it once, and how it was read
 * makes no difference to a byte of the part.
 */
import {
  addCubes,
  cubeBuilder,
  everyAxis,
  PageError,
  pageReader,
  pageSums,
  readNames,
  type Axes,
  type Cube,
  type PageReader,
} from '@tieout/cube';
import { headOf, pageLength, type EventLog } from '@tieout/event-log';
import { assert, canonical, carriesEntry, decode, refuse, sha256, type StoredEvent } from '@tieout/events';
import { boundaryDays, entryFromEvent, speaksFor } from '@tieout/ledger';
import { eventOfKind } from './page-events';
import { countsOf, LOG, type Part } from './part';
import type { BookStructure } from './tokens';

export interface Range {
  readonly from: number;
  /** Not included. */
  readonly until: number;
}

export type Share = Range | { readonly streams: readonly string[] };

export interface FoldOptions {
  readonly book: string;
  /** The log as it was known before this position: parts of the same log at the same length add. */
  readonly knownAt: number;
  /** A day within a period that balances are asked for at. */
  readonly at?: string | undefined;
  /** Told where a sealed page was damaged, and the events were read instead. */
  readonly onNotice?: ((text: string) => void) | undefined;
  /** Told how many events are folded. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** Events that are read at a time. */
const EVENTS = 1024;
/** Pages that are read at a time. */
const PAGES = 16;

/** The days that a book is summed at, and a hash of all that a cube rests on besides the log. */
export function basisAt(
  { chart, days = [], basis }: BookStructure,
  at?: string,
): { readonly boundaries: readonly string[]; readonly basis: string } {
  const standing = boundaryDays(chart, days);
  const within = at !== undefined && !speaksFor(at, standing);
  const boundaries = within ? boundaryDays(chart, [...days, at]) : standing;
  return { boundaries, basis: sha256(canonical([basis, boundaries])) };
}

/** Does a sum of postings leave something of the event unjudged? */
const isUnjudged = (name: string): boolean => name === '' || name === 'EntryReversed';

/** A fold of events: a cube, and the names of those that it says nothing of. */
function eventFold(axes: Axes) {
  const builder = cubeBuilder(LOG, axes);
  const unjudged: string[] = [];
  return {
    unjudged,
    build: () => builder.build(),
    add(events: readonly StoredEvent[]): void {
      for (const stored of events) {
        const event = decode(stored);
        if (isUnjudged(carriesEntry(event) ? event.name : '')) unjudged.push(event.name);
        builder.add(stored.position, carriesEntry(event) ? entryFromEvent(event).postings : []);
      }
    },
  };
}

/** A reader that stands before the page of this number; none where a page before it is missing or has no names. */
async function readerAt(log: EventLog, number: number): Promise<PageReader | undefined> {
  const before: string[] = [];
  while (before.length < number) {
    const pages = await log.readPages(before.length, Math.min(PAGES, number - before.length));
    if (pages[0]?.number !== before.length) return undefined;
    before.push(...pages.map(({ names }) => names));
  }
  try {
    return pageReader(readNames(before), number * pageLength);
  } catch (error) {
    if (error instanceof PageError) return undefined;
    throw error;
  }
}

interface PagedFold {
  readonly cube: Cube;
  readonly unjudged: readonly string[];
  /** Where the sealed pages end that could be read. */
  readonly end: number;
}

/** The beginning of a range, from sealed pages. */
async function foldPages(
  log: EventLog,
  { from, until }: Range,
  axes: Axes,
  { onNotice, onProgress }: FoldOptions,
): Promise<PagedFold | undefined> {
  let number = Math.floor(from / pageLength);
  const reader = await readerAt(log, number);
  if (!reader) return undefined;
  const sums = pageSums(reader.names, axes, LOG);
  const unjudged: string[] = [];
  let end = from;
  try {
    while (end < until) {
      const pages = await log.readPages(number, Math.min(PAGES, Math.ceil(until / pageLength) - number));
      if (pages[0]?.number !== number) break;
      number += pages.length;
      for (const sealed of pages) {
        const page = reader.open(sealed);
        const [start, stop] = [end - page.first, Math.min(page.count, until - page.first)];
        for (const ordinal of page.ordinalsOf((kind) => isUnjudged(eventOfKind(kind)))) {
          if (ordinal < start || ordinal >= stop) continue;
          const [stored] = await log.readAll(page.first + ordinal, 1);
          assert(stored, 'a page is of events that are in the log');
          unjudged.push(stored.name);
        }
        sums.add(page, start, stop);
        end = page.first + stop;
        onProgress?.(end - from);
      }
    }
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    onNotice?.(`${error.message}; from event ${end} on the events are read instead`);
  }
  return { cube: sums.toCube(), unjudged, end };
}

/** The events of a stream before a position of the log. Refuses (E601) a stream that is not there. */
async function* streamEvents(
  log: EventLog,
  stream: string,
  end: number,
): AsyncGenerator<readonly StoredEvent[]> {
  if ((await log.revisionOf(stream)) < 0)
    refuse('E601', `no stream "${stream}" in the log`, {
      help: 'a book has a stream of its own name, and one for each period: BOOK/PERIOD',
    });
  for (let revision = 0; ; revision += EVENTS) {
    const events = await log.readStream(stream, revision, EVENTS);
    const known = events.filter(({ position }) => position < end);
    yield known;
    if (known.length < EVENTS) return;
  }
}

async function* rangeEvents(log: EventLog, { from, until }: Range): AsyncGenerator<readonly StoredEvent[]> {
  for (let position = from; position < until;) {
    const events = await log.readAll(position, Math.min(EVENTS, until - position));
    assert(events.length > 0, 'a share lies within the log');
    yield events;
    position += events.length;
  }
}

/** Folds a share of the log, which lies before `knownAt`. Refuses (E601) an unknown stream, and what the log refuses. */
export async function foldPart(
  log: EventLog,
  structure: BookStructure,
  share: Share,
  options: FoldOptions,
): Promise<Part> {
  const { book, knownAt, onProgress } = options;
  const { boundaries, basis } = basisAt(structure, options.at);
  const axes: Axes = { ...everyAxis, day: boundaries };
  const head = await headOf(log, knownAt);
  const fold = eventFold(axes);
  let paged: PagedFold | undefined;
  let done = 0;
  const take = async (batches: AsyncGenerator<readonly StoredEvent[]>): Promise<void> => {
    for await (const events of batches) {
      fold.add(events);
      done += events.length;
      onProgress?.(done);
    }
  };
  if ('streams' in share) {
    for (const stream of new Set(share.streams)) await take(streamEvents(log, stream, knownAt));
  } else {
    paged = await foldPages(log, share, axes, options);
    const end = paged?.end ?? share.from;
    done = end - share.from;
    await take(rangeEvents(log, { from: end, until: share.until }));
  }
  const unjudged = countsOf([...(paged?.unjudged ?? []), ...fold.unjudged].map((name) => [name, 1]));
  const cube = paged ? addCubes(paged.cube, fold.build()) : fold.build();
  return { book, basis, log: head, unjudged, cube };
}
