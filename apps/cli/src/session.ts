/**
 * A session: one book, its log and its projections, brought up to date. Every command that replays works on one.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { bookFromJson, bookToJson, hashBookFiles, readBook, type Book } from '@tieout/book';
import { pageLength, type EventLog } from '@tieout/event-log';
import { LedgerError, refuse } from '@tieout/events';
import {
  ProjectionsModule,
  RecordedFacts,
  Replay,
  sealPages,
  Stated,
  TrialBalance,
  type BookStructure,
} from '@tieout/projections';
import { isDay, parseFactId } from '@tieout/statements';
import { progressOn, type Io } from './io';
import { ensureLoaded, type Loaded } from './load';
import { isCluster, openStore } from './store';

/** The options that every command takes. */
export interface Globals {
  readonly book?: string;
  readonly store?: string;
  readonly at?: string;
  readonly knownAt?: string;
  readonly period?: string;
  readonly units?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly ascii?: boolean;
  readonly quiet?: boolean;
  readonly strict?: boolean;
  readonly fresh?: boolean;
}

/** A book without its seed journal, which only loading and a few commands need. */
export type BookInUse = Omit<Book, 'journal'>;

export interface Session {
  readonly io: Io;
  readonly globals: Globals;
  readonly book: BookInUse;
  /** The book with its journal, read from its folder. */
  readonly wholeBook: () => Book;
  readonly log: EventLog;
  readonly app: INestApplicationContext;
  readonly replay: Replay;
  /** Events folded: the revision of the books as shown. */
  readonly revision: number;
  /** What the figures stand on, for headers: `reconstructed entries`, or how they are simulated. */
  readonly basis: string;
}

/** Where the bundled books are, seen from the built command. */
const bundledBooks = resolve(__dirname, '..', 'books');
export const defaultBook = 'sensetime-2022-interim';

/** A folder, or the name of a bundled book. */
export function bookFolder(asked: string | undefined, cwd: string): string {
  if (asked === undefined) return join(bundledBooks, defaultBook);
  const folder = resolve(cwd, asked);
  if (existsSync(join(folder, 'book.yaml'))) return folder;
  const bundled = join(bundledBooks, asked);
  if (/^[\w-]+$/.test(asked) && existsSync(join(bundled, 'book.yaml'))) return bundled;
  return folder;
}

/**
 * The book of a folder. What was read and found sound is kept, compiled, beside the store under the hashes of its files,
 * so that only a changed book is read again: a cache, and no more.
 */
export function openBook(folder: string, cacheFolder: string | undefined): BookInUse {
  if (cacheFolder === undefined) return readBook(folder);
  const files = hashBookFiles(folder);
  const key = createHash('sha256')
    .update(JSON.stringify([toolVersion(), files]))
    .digest('hex');
  const cache = join(cacheFolder, `${basename(folder)}.book`);
  const kept = existsSync(cache) ? readFileSync(cache, 'utf8') : '';
  if (kept.startsWith(key)) return bookFromJson(kept.slice(key.length));
  const book = readBook(folder);
  try {
    mkdirSync(cacheFolder, { recursive: true });
    const made = `${cache}.${process.pid}`;
    writeFileSync(made, key + bookToJson({ ...book, journal: [] }));
    renameSync(made, cache);
  } catch {
    // A folder that cannot be written: the store will say so where it matters.
  }
  return book;
}

/** A compiled book is only as good as the program that compiled it: the program's own size and time stand for it. */
function toolVersion(): string {
  const { size, mtimeMs } = statSync(process.argv[1] ?? __filename);
  return `${size}.${mtimeMs}`;
}

/** The store's URL: `--store`, or a file named after the book in the current folder. */
export function storeUrl(globals: Globals, bookId: string, cwd: string): string {
  const asked = globals.store ?? `sqlite:${join('.tieout', `${bookId}.db`)}`;
  const file = /^sqlite:(.*)$/s.exec(asked)?.[1];
  return file === undefined ? asked : `sqlite:${resolve(cwd, file)}`;
}

const storeFile = (url: string): string | undefined => /^sqlite:(.*)$/s.exec(url)?.[1];

/** `--fresh`: the store that is there is kept under another name, never removed. */
function setAside(file: string, io: Io): void {
  if (!existsSync(file)) return;
  let number = 1;
  while (existsSync(`${file}.${number}`)) number += 1;
  for (const part of ['', '-wal', '-shm'])
    if (existsSync(file + part)) renameSync(file + part, `${file}.${number}${part}`);
  io.tell(`the store that was there is kept as ${file}.${number}`);
}

/**
 * What a command needs of the replay: all projections; those that statements are made of, where it posts nothing and
 * asks for no period; or none, where it replays by itself.
 */
export type Replays = 'all' | 'statements' | 'none';

/** Open book and store, load the seed where the log is empty, and replay. */
export async function openSession(
  globals: Globals,
  io: Io,
  { replays = 'all' }: { readonly replays?: Replays } = {},
): Promise<Session> {
  const folder = bookFolder(globals.book, io.cwd);
  const memory = globals.store === 'memory:';
  const storePath =
    globals.store === undefined
      ? join(io.cwd, '.tieout')
      : dirname(resolve(io.cwd, storeFile(globals.store) ?? '.'));
  const book = openBook(
    folder,
    memory || (globals.store !== undefined && storeFile(globals.store) === undefined) ? undefined : storePath,
  );
  const url = storeUrl(globals, book.id, io.cwd);
  const file = storeFile(url);
  if (globals.fresh && file !== undefined) setAside(file, io);
  if (globals.fresh && isCluster(url))
    refuse('E602', '--fresh sets a file aside; the log of a book in a cluster stays', {
      help: 'give the book another id, or use another cluster',
    });
  const log = await openStore(url, { book: book.id, folder: join(io.cwd, '.tieout') });
  const app: { context?: INestApplicationContext } = {};
  try {
    const wholeBook = (): Book => readBook(folder);
    const { events: loaded, simulated } = await ensureLoaded(book, log, wholeBook);
    const basis = basisOf(simulated);
    if (simulated) io.tell(basis);
    if (loaded > 0) await sealPages(log);
    if (loaded > 0) io.tell(`Loaded ${loaded} events of ${book.id} into ${memory ? 'memory' : log.url}`);
    const structure: BookStructure = {
      chart: book.chart,
      concepts: book.concepts,
      layouts: book.layouts,
      days: daysOf(book),
      basis: book.structureHash,
    };
    const context = await NestFactory.createApplicationContext(ProjectionsModule.over(log, structure), {
      logger: false,
      abortOnError: false,
    });
    app.context = context;
    const replay = context.get(Replay);
    let revision = await log.length();
    if (replays !== 'none') {
      const progress = progressOn(io, 'Replaying', globals.quiet ?? false);
      const knownAt = knownAtOf(globals, revision);
      revision = await replay.run({
        ...(knownAt === undefined ? {} : { knownAt }),
        ...(globals.at === undefined ? {} : { at: globals.at }),
        ...(replays === 'all' ? {} : { only: [context.get(TrialBalance), context.get(RecordedFacts)] }),
        onProgress: progress.step,
        onNotice: (text) => io.tell(text),
      });
      progress.done();
      if (knownAt === undefined && (loaded > 0 || replay.folded > pageLength))
        await keep({ app: context, io }, { statements: loaded > 0 });
    }
    return { io, globals, book, wholeBook, log, app: context, replay, revision, basis };
  } catch (error) {
    await app.context?.close();
    await log.close();
    throw error;
  }
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

/** Snapshots are a cache: where the store cannot take them now, the next command folds again. */
export async function keep(
  { app, io }: Pick<Session, 'app' | 'io'>,
  what: Parameters<Stated['keep']>[0],
): Promise<void> {
  try {
    if (await app.get(Stated).keep(what)) return;
    io.tell('the stored projections are of another version, or of another chart or layouts, and stay');
    io.tell(
      'tieout replay --candidate shows which figures move, tieout replay puts the new ones in their place',
    );
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
  }
}

/** The log position that `--known-at` names, if it is given. Refuses (E602) one that the log does not have. */
export function knownAtOf(globals: Globals, length: number): number | undefined {
  if (globals.knownAt === undefined) return undefined;
  const position = Number(globals.knownAt);
  if (!Number.isSafeInteger(position) || position < 0)
    refuse('E602', `--known-at takes a log position, not "${globals.knownAt}"`);
  if (position > length) refuse('E602', `--known-at ${position} is after the end of the log, ${length}`);
  return position;
}

export async function closeSession(session: Session): Promise<void> {
  await session.app.close();
  await session.log.close();
}
