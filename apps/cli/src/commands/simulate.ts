/**
 * `simulate`: the book exploded into a ledger of any number of entries, loaded into a store of its own.
 *
 * What comes out is the same book at the grain of a real ledger, invented, and it says so wherever it is shown; every
 * published figure is reproduced. It is for finding out how Tieout and other engines do on many entries.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { basisOf, bookFolder, closeSession, keep, storeUrl } from '@tieout/answers';
import { readBook, seedEvents } from '@tieout/book';
import { firstLoad, openEventLog, type FirstLoad, type LoadedSegment } from '@tieout/event-log';
import { ExitCode, refuse } from '@tieout/events';
import { sealer, type Sealable } from '@tieout/projections';
import { explode, type SimulatedEvent, type Simulation } from '@tieout/simulate';
import { progressOn, type Io } from '../io';
import { writerOnThread } from '../load-thread';
import { hostOf, openSession, type Globals } from '../session';
import { interruptible } from './replay';

export interface SimulateOptions {
  readonly entries: string;
  readonly seed: string;
  readonly late?: string;
  readonly reversals?: string;
  readonly corrections?: string;
}

/** Events that are written together. Objects that live as long as a larger one cost more than its fewer calls save. */
const batch = 256;

function wished(options: SimulateOptions): Simulation {
  const count = (flag: 'entries' | 'late' | 'reversals' | 'corrections', text: string): number => {
    if (!/^\d{1,10}$/.test(text)) refuse('E602', `--${flag} takes a number of entries, not "${text}"`);
    return Number(text);
  };
  if (!/^[\w-]{1,40}$/.test(options.seed))
    refuse('E602', `--seed takes letters and digits, not "${options.seed}"`);
  const noise = (['late', 'reversals', 'corrections'] as const).flatMap((flag) => {
    const text = options[flag];
    return text === undefined ? [] : [[flag, count(flag, text)] as const];
  });
  return {
    entries: count('entries', options.entries),
    seed: options.seed,
    ...Object.fromEntries(noise),
  };
}

/** A simulated ledger is never loaded where the book's own log is looked for. */
function storeOf(globals: Globals, io: Io, book: string, { entries, seed }: Simulation): string {
  const own = `sqlite:${join('.tieout', `${book}.simulated-${entries}-${seed}.db`)}`;
  const url = storeUrl({ ...globals, store: globals.store ?? own }, book, io.cwd);
  if (!url.startsWith('sqlite:'))
    refuse('E602', `a simulated ledger is loaded into a file, not into ${url}`, {
      help: 'leave --store out, or name a file: --store sqlite:FILE',
    });
  if (url === storeUrl({}, book, io.cwd)) {
    refuse('E602', `${url} is the store of the book itself`, {
      help: 'leave --store out, or name another file',
    });
  }
  return url;
}

/** Events in pieces of a batch each. */
function* inBatches(events: Iterable<SimulatedEvent>): Generator<readonly LoadedSegment[]> {
  let segments: { stream: string; events: SimulatedEvent[] }[] = [];
  let count = 0;
  for (const event of events) {
    const last = segments.at(-1);
    if (last?.stream === event.stream) last.events.push(event);
    else segments.push({ stream: event.stream, events: [event] });
    count += 1;
    if (count % batch === 0) {
      yield segments;
      segments = [];
    }
  }
  if (segments.length > 0) yield segments;
}

/** All of it, batch by batch, its pages sealed from the events in hand. */
async function load(
  into: FirstLoad,
  events: Iterable<SimulatedEvent>,
  onBatch: (events: number) => Promise<void>,
): Promise<void> {
  const sealing = await sealer(into);
  for (const segments of inBatches(events)) {
    const leaves = await into.add(segments);
    await sealing.add(leaved(segments, leaves));
    await onBatch(into.length());
  }
}

/** Each event with its leaf. */
function leaved(segments: readonly LoadedSegment[], leaves: readonly string[]): readonly Sealable[] {
  let at = 0;
  return segments.flatMap(({ events }) =>
    events.map(({ event: { event } }) => ({ event, leaf: leaves[at++]! })),
  );
}

export async function runSimulate(globals: Globals, io: Io, options: SimulateOptions): Promise<number> {
  const simulation = wished(options);
  const book = readBook(bookFolder(globals.book, hostOf(io, globals)));
  const url = storeOf(globals, io, book.id, simulation);
  const started = process.hrtime.bigint();
  const events = await intoStore(url, explode(seedEvents(book), book.chart, simulation), {
    progress: progressOn(io, 'Simulating', globals.quiet ?? false),
    total: simulation.entries,
  });
  // What was folded is stored, so that the first statement need not fold it.
  const session = await openSession({ ...globals, store: url }, io);
  await keep(session, { statements: true });
  await closeSession(session);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const store = url.replace(`sqlite:${resolve(io.cwd)}/`, 'sqlite:');
  if (globals.json) {
    const document = { schema: 'tieout.simulate/1', book: book.id, store, events, ...simulation };
    io.print(JSON.stringify(document, undefined, 2));
  } else {
    io.print(`${book.id}: ${basisOf({ ...simulation, events })}, ${events} events in ${store}`);
    io.tell(`${seconds.toFixed(2)} s (${Math.round(events / seconds).toLocaleString('en')} events a second)`);
    io.tell(`go on with: tieout is --store ${store}`);
  }
  return ExitCode.done;
}

/** Makes a store of the events; returns how many. What stops it leaves no store. */
async function intoStore(
  url: string,
  events: Iterable<SimulatedEvent>,
  { progress, total }: { readonly progress: ReturnType<typeof progressOn>; readonly total: number },
): Promise<number> {
  const file = url.slice('sqlite:'.length);
  if (existsSync(file)) {
    const there = await openEventLog(url);
    const length = await there.length();
    await there.close();
    refuse('E602', `${url} holds ${length} events; a simulated ledger is loaded into a new store`, {
      help: 'remove it, or name another with --store',
    });
  }
  const into = firstLoad(writerOnThread(file));
  const interrupted = interruptible();
  try {
    await load(into, events, async (done) => {
      // Where nothing has to wait, a Ctrl-C never gets through.
      await setImmediate();
      interrupted.throwIfAborted();
      progress.step(done, total);
    });
    await into.finish();
    return into.length();
  } catch (error) {
    await into.abandon();
    throw error;
  } finally {
    progress.done();
  }
}
