/**
 * A session: one book, its log and its projections, brought up to date. Every question is asked of one.
 */
import { existsSync, renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readBook, type Book } from '@tieout/book';
import { pageLength, type EventLog } from '@tieout/event-log';
import { LedgerError, refuse } from '@tieout/events';
import {
  openProjections,
  RecordedFacts,
  Replay,
  sealPages,
  Stated,
  TrialBalance,
  type BookStructure,
  type Projections,
} from '@tieout/projections';
import { isDay, parseFactId } from '@tieout/statements';
import { bookFolder, openBook, type BookInUse } from './book-in-use';
import { ensureLoaded, type Loaded } from './load';
import { isCluster, openStore } from './store';

/** Which book, in which store. */
export interface Source {
  /** A folder, or the name of a bundled book. */
  readonly book?: string;
  /** `sqlite:FILE`, `memory:` or a cluster's. */
  readonly store?: string;
  /** A store that is there is set aside first. */
  readonly fresh?: boolean;
}

/** The axes of every question. */
export interface Axes {
  /** A day: balances at it, flows up to it. */
  readonly at?: string;
  /** A log position: as the log was known before it. */
  readonly knownAt?: string;
  readonly period?: string;
}

/** Where a ledger is opened, and to whom it is told what is done. */
export interface Host {
  readonly cwd: string;
  /** The folder of the bundled books. */
  readonly books: string;
  /** Narration. */
  tell(text: string): void;
  /** Progress of long work: `step` with what is done of what, then `done`. */
  progress(what: string): { step(done: number, total: number): void; done(): void };
}

/** A book and its log. */
export interface Ledger {
  readonly host: Host;
  readonly book: BookInUse;
  /** The book with its journal, read from its folder. */
  readonly wholeBook: () => Book;
  readonly log: EventLog;
  /** What the figures stand on, for headers: `reconstructed entries`, or how they are simulated. */
  readonly basis: string;
  /** Events of the seed that were loaded on opening. */
  readonly loaded: number;
}

/** A ledger as it is asked: folded, along the axes. */
export interface Session extends Ledger {
  readonly axes: Axes;
  readonly projections: Projections;
  readonly replay: Replay;
  /** Events folded: the revision of the books as shown. */
  readonly revision: number;
}

/** The store's URL: `--store`, or a file named after the book in the current folder. */
export function storeUrl(asked: Pick<Source, 'store'>, bookId: string, cwd: string): string {
  const url = asked.store ?? `sqlite:${join('.tieout', `${bookId}.db`)}`;
  const file = /^sqlite:(.*)$/s.exec(url)?.[1];
  return file === undefined ? url : `sqlite:${resolve(cwd, file)}`;
}

const storeFile = (url: string): string | undefined => /^sqlite:(.*)$/s.exec(url)?.[1];

/** `--fresh`: the store that is there is kept under another name, never removed. */
function setAside(file: string, host: Host): void {
  if (!existsSync(file)) return;
  let number = 1;
  while (existsSync(`${file}.${number}`)) number += 1;
  for (const part of ['', '-wal', '-shm'])
    if (existsSync(file + part)) renameSync(file + part, `${file}.${number}${part}`);
  host.tell(`the store that was there is kept as ${file}.${number}`);
}

/** Open book and store, and load the seed where the log is empty. */
export async function openLedger(source: Source, host: Host): Promise<Ledger> {
  const { cwd } = host;
  const folder = bookFolder(source.book, host);
  const memory = source.store === 'memory:';
  const storePath =
    source.store === undefined ? join(cwd, '.tieout') : dirname(resolve(cwd, storeFile(source.store) ?? '.'));
  const book = openBook(
    folder,
    memory || (source.store !== undefined && storeFile(source.store) === undefined) ? undefined : storePath,
  );
  const url = storeUrl(source, book.id, cwd);
  const file = storeFile(url);
  if (source.fresh && file !== undefined) setAside(file, host);
  if (source.fresh && isCluster(url))
    refuse('E602', '--fresh sets a file aside; the log of a book in a cluster stays', {
      help: 'give the book another id, or use another cluster',
    });
  const log = await openStore(url, { book: book.id, folder: join(cwd, '.tieout') });
  try {
    const wholeBook = (): Book => readBook(folder);
    const { events: loaded, simulated } = await ensureLoaded(book, log, wholeBook);
    const basis = basisOf(simulated);
    if (simulated) host.tell(basis);
    if (loaded > 0) await sealPages(log);
    if (loaded > 0) host.tell(`Loaded ${loaded} events of ${book.id} into ${memory ? 'memory' : log.url}`);
    return { host, book, wholeBook, log, basis, loaded };
  } catch (error) {
    await log.close();
    throw error;
  }
}

/**
 * What a question needs of the replay: all projections; those that statements are made of, where it posts nothing and
 * asks for no period; or none, where it replays by itself.
 */
export type Replays = 'all' | 'statements' | 'none';

/** The ledger folded along the axes, beside other sessions on it: `session.projections.close()` ends this one alone. */
export async function replayed(
  ledger: Ledger,
  axes: Axes,
  { replays = 'all' }: { readonly replays?: Replays } = {},
): Promise<Session> {
  const { host, book, log, loaded } = ledger;
  const structure: BookStructure = {
    chart: book.chart,
    concepts: book.concepts,
    layouts: book.layouts,
    days: daysOf(book),
    basis: book.structureHash,
  };
  const projections = await openProjections(log, structure);
  try {
    const replay = projections.get(Replay);
    let revision = await log.length();
    if (replays !== 'none') {
      const progress = host.progress('Replaying');
      const knownAt = knownAtOf(axes, revision);
      revision = await replay.run({
        ...(knownAt === undefined ? {} : { knownAt }),
        ...(axes.at === undefined ? {} : { at: axes.at }),
        ...(replays === 'all'
          ? {}
          : { only: [projections.get(TrialBalance), projections.get(RecordedFacts)] }),
        onProgress: progress.step,
        onNotice: host.tell,
      });
      progress.done();
      if (knownAt === undefined && (loaded > 0 || replay.folded > pageLength))
        await keep({ projections, host }, { statements: loaded > 0 });
    }
    return { ...ledger, axes, projections, replay, revision };
  } catch (error) {
    await projections.close();
    throw error;
  }
}

/** A ledger opened for one session. */
export async function openSession(
  asked: Source & Axes,
  host: Host,
  options: { readonly replays?: Replays } = {},
): Promise<Session> {
  const ledger = await openLedger(asked, host);
  try {
    const { at, knownAt, period } = asked;
    return await replayed(
      ledger,
      {
        ...(at === undefined ? {} : { at }),
        ...(knownAt === undefined ? {} : { knownAt }),
        ...(period === undefined ? {} : { period }),
      },
      options,
    );
  } catch (error) {
    await ledger.log.close();
    throw error;
  }
}

export async function closeSession(session: Session): Promise<void> {
  await session.projections.close();
  await session.log.close();
}

/** What every surface says of the entries. */
export const basisOf = (simulated: Loaded['simulated']): string =>
  simulated
    ? `simulated ledger of ${simulated.entries.toLocaleString('en-GB')} entries`
    : 'reconstructed entries';

/** The days that figures and claims are of: their balances are asked for. */
function daysOf({ figures, claims }: BookInUse): readonly string[] {
  const times = [...figures, ...claims].map(({ fact }) => (fact && parseFactId(fact)?.time) || '');
  return [...new Set(times)].filter(isDay).sort();
}

/** Snapshots are a cache: where the store cannot take them now, the next session folds again. */
export async function keep(
  { projections, host }: Pick<Session, 'projections' | 'host'>,
  what: Parameters<Stated['keep']>[0],
): Promise<void> {
  try {
    if (await projections.get(Stated).keep(what)) return;
    host.tell('the stored projections are of another version, or of another chart or layouts, and stay');
    host.tell(
      'tieout replay --candidate shows which figures move, tieout replay puts the new ones in their place',
    );
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
  }
}

/** The log position that is asked for, if one is. Refuses (E602) one that the log does not have. */
export function knownAtOf({ knownAt }: Axes, length: number): number | undefined {
  if (knownAt === undefined) return undefined;
  const position = Number(knownAt);
  if (!Number.isSafeInteger(position) || position < 0)
    refuse('E602', `--known-at takes a log position, not "${knownAt}"`);
  if (position > length) refuse('E602', `--known-at ${position} is after the end of the log, ${length}`);
  return position;
}
