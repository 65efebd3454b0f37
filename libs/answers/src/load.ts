/**
 * Loading: the book's seed journal into an empty log, once, whole.
 *
 * The log is the truth. Loading a book twice changes nothing; a journal that changed after it was loaded is refused,
 * naming the entries, because what was posted is never edited.
 */
import { seedEvents, type Book } from '@tieout/book';
import { bookOf, type EventLog } from '@tieout/event-log';
import { canonical, LedgerError, refuse, type Payload, type StoredEvent } from '@tieout/events';

/** The whole seed in one append: a first load that is cut off leaves an empty log. */
async function loadSeed(book: Book, log: EventLog): Promise<number> {
  const segments = seedEvents(book);
  const byStream = new Map<string, (typeof segments)[number]['events'][number][]>();
  for (const { stream, events } of segments)
    byStream.set(stream, [...(byStream.get(stream) ?? []), ...events]);
  const appends = [...byStream].map(([stream, events]) => ({ stream, expected: -1, events }));
  return (await log.append(appends)).length;
}

/** Entries by id in a list of events, with the canonical text of what they say. */
function entriesIn(
  events: Iterable<{ readonly name: string; readonly payload: unknown }>,
): Map<string, string> {
  const entries = new Map<string, string>();
  for (const { name, payload } of events) {
    const { entry } = payload as { entry?: string };
    if (entry !== undefined) entries.set(entry, canonical({ name, payload }));
  }
  return entries;
}

/** A seed event's id is a hash: version 8 (RFC 9562); what was posted since has version 7. */
const isSeed = (event: StoredEvent): boolean => event.id[14] === '8';

/** How the book's journal differs from what was loaded, in words that name the entries. */
async function differences(whole: Book, log: EventLog): Promise<string[]> {
  const stored = await log.readAll(0, await log.length());
  const before = entriesIn(stored.filter(isSeed));
  const now = entriesIn(seedEvents(whole).flatMap(({ events }) => events.map(({ event }) => event)));
  const changed = [...now]
    .filter(([id, body]) => before.has(id) && before.get(id) !== body)
    .map(([id]) => id);
  const added = [...now.keys()].filter((id) => !before.has(id));
  const removed = [...before.keys()].filter((id) => !now.has(id));
  const name = (what: string, ids: string[]): string[] => {
    if (ids.length === 0) return [];
    const shown = ids.slice(0, 8).join(', ');
    return [`${what}: ${shown}${ids.length > 8 ? ` and ${ids.length - 8} more` : ''}`];
  };
  const found = [...name('changed', changed), ...name('added', added), ...name('removed', removed)];
  return found.length > 0
    ? found
    : ['no entry differs in what it says: only text around the entries, or facts or confirmations, changed'];
}

/** What a log holds of its book. */
export interface Loaded {
  /** Events loaded now: 0 when they were there. */
  readonly events: number;
  /** The log is a simulated ledger of the book. */
  readonly simulated?: NonNullable<Payload<'BookOpened'>['simulated']>;
}

/**
 * Bring the log to hold the book. Refuses with E403 (the store is of another book), E502 (the journal changed since) and
 * E401 (its simulation was cut off).
 */
export async function ensureLoaded(
  book: Pick<Book, 'id' | 'seedFiles'>,
  log: EventLog,
  wholeBook: () => Book,
): Promise<Loaded> {
  let opened = await bookOf(log);
  if (!opened) {
    try {
      return { events: await loadSeed(wholeBook(), log) };
    } catch (error) {
      // Another process loaded it between our look and our append: what is there now decides.
      if (!(error instanceof LedgerError) || !error.problems.some(({ code }) => code === 'E501')) throw error;
      opened = await bookOf(log);
      if (!opened) throw error;
    }
  }
  if (opened.book !== book.id) {
    refuse('E403', `the store ${log.url} holds the book ${opened.book}, not ${book.id}`, {
      help: 'name another store with --store',
    });
  }
  const loaded = new Map(opened.journal.map(({ file, sha256 }) => [file, sha256]));
  const current = book.seedFiles;
  const files = current.filter(({ file, sha256 }) => loaded.get(file) !== sha256).map(({ file }) => file);
  const gone = [...loaded.keys()].filter((file) => !current.some((each) => each.file === file));
  if (files.length + gone.length > 0) {
    throw new LedgerError([
      {
        code: 'E502',
        message: `${[...files, ...gone].join(', ')} changed after it was loaded into ${log.url}`,
        ...(opened.simulated
          ? { help: 'simulate the book again, into a new store' }
          : {
              notes: await differences(wholeBook(), log),
              help: 'reverse and post instead, or load into a new store with --fresh (the old one is kept beside it)',
            }),
      },
    ]);
  }
  const { simulated } = opened;
  if (!simulated) return { events: 0 };
  const length = await log.length();
  if (length < simulated.events) {
    refuse(
      'E401',
      `the simulated ledger in ${log.url} was cut off: ${length} of ${simulated.events} events are there`,
      { help: 'simulate again, into another store' },
    );
  }
  return { events: 0, simulated };
}
