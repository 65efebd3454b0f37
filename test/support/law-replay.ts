/**
 * Books for the laws and for given-when-then: a log in memory, its projections, and what they say.
 *
 * What the `tieout` command replays with is what replays here: the same store contract, the same Nest module. Each
 * context that is opened is closed when the spec file ends.
 */
import 'reflect-metadata';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readBook, seedEvents, type Book } from '@tieout/book';
import { openEventLog, type EventLog } from '@tieout/event-log';
import { decode, type LedgerEvent, type StoredEvent } from '@tieout/events';
import { ProjectionsModule, Replay, type BookStructure } from '@tieout/projections';

/** The folder of the project: books stand below it, and what is resolved is resolved from it. */
export const projectRoot = join(__dirname, '../..');

/** The real book, read anew each time. */
export const readSenseTime = (): Book => readBook(join(projectRoot, 'books/sensetime-2022-interim'));

export const structureOf = ({ chart, concepts, layouts, structureHash }: Book): BookStructure => ({
  chart,
  concepts,
  layouts,
  basis: structureHash,
});

/** The seed of a book in one append, as a first start loads it. */
export async function loadSeed(book: Book, log: EventLog): Promise<void> {
  await log.append(seedEvents(book).map((segment) => ({ ...segment, expected: -1 })));
}

/** A new log in memory with the seed of the book. */
export async function seededLog(book: Book): Promise<EventLog> {
  const log = await openEventLog('memory:');
  await loadSeed(book, log);
  return log;
}

export const allEvents = async (log: EventLog): Promise<readonly StoredEvent[]> =>
  log.readAll(0, await log.length());

export const decoded = async (log: EventLog): Promise<readonly LedgerEvent[]> =>
  (await allEvents(log)).map((event) => decode(event));

const contexts: INestApplicationContext[] = [];
afterAll(() => Promise.all(contexts.map((context) => context.close())));

/** The projections over a log; nothing is replayed yet. */
export async function projectionsOver(
  log: EventLog,
  structure: BookStructure,
): Promise<INestApplicationContext> {
  const context = await NestFactory.createApplicationContext(ProjectionsModule.over(log, structure), {
    logger: false,
    abortOnError: false,
  });
  contexts.push(context);
  return context;
}

/** The projections replayed from the first event to the last. */
export async function replayedOver(
  log: EventLog,
  structure: BookStructure,
): Promise<INestApplicationContext> {
  const context = await projectionsOver(log, structure);
  await context.get(Replay).run({ from: 'genesis' });
  return context;
}
