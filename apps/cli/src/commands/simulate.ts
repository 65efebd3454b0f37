/**
 * `simulate`: the book exploded into a ledger of any number of entries, loaded into a store of its own.
 *
 * What comes out is the same book at the grain of a real ledger, invented, and it says so wherever it is shown; every
 * published figure is reproduced. It is for finding out how Tieout and other engines do on many entries.
 */
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { basisOf, bookFolder, closeSession, keep, storeUrl } from '@tieout/answers';
import { readBook, seedEvents } from '@tieout/book';
import { openEventLog, type EventLog, type StreamAppend } from '@tieout/event-log';
import { assert, ExitCode, refuse, type NewEvent } from '@tieout/events';
import { sealer } from '@tieout/projections';
import { explode, type Segment, type SimulatedEvent, type Simulation } from '@tieout/simulate';
import { progressOn, type Io } from '../io';
import { hostOf, openSession, type Globals } from '../session';
import { interruptible } from './replay';

export interface SimulateOptions {
  readonly entries: string;
  readonly seed: string;
  readonly late?: string;
  readonly reversals?: string;
  readonly corrections?: string;
}

/** Events of one append. Objects that live as long as a larger one cost more than its fewer commits save. */
const batch = 1024;

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

/** Events in pieces of a batch each, in which every stream comes once. */
function* inBatches(events: Iterable<SimulatedEvent>): Generator<readonly Segment[]> {
  let segments: { stream: string; events: NewEvent[] }[] = [];
  let count = 0;
  for (const { stream, event } of events) {
    const last = segments.at(-1);
    if (last?.stream === stream) last.events.push(event);
    else segments.push({ stream, events: [event] });
    count += 1;
    if (count % batch === 0) {
      yield segments;
      segments = [];
    }
  }
  if (segments.length > 0) yield segments;
}

/**
 * Appends all of it, batch by batch, and seals its pages from the events in hand. Nobody else may write to the store
 * meanwhile (E501).
 */
async function load(
  log: EventLog,
  events: Iterable<SimulatedEvent>,
  onBatch: (events: number) => Promise<void>,
): Promise<number> {
  const revisions = new Map<string, number>();
  const sealing = await sealer(log);
  let loaded = 0;
  for (const segments of inBatches(events)) {
    const appends = segments.map(({ stream, events }): StreamAppend => {
      const expected = revisions.get(stream) ?? -1;
      revisions.set(stream, expected + events.length);
      return { stream, expected, events };
    });
    const { appended, length } = await log.append(appends);
    const said = segments.flatMap(({ events }) => events);
    assert(appended.length === said.length, 'all of a batch is new to an empty log');
    await sealing.add(said.map(({ event }, index) => ({ event, leaf: appended[index]!.leaf })));
    await onBatch((loaded = length));
  }
  return loaded;
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

/** Loads the events into a store that holds nothing yet; returns how many. */
async function intoStore(
  url: string,
  events: Iterable<SimulatedEvent>,
  { progress, total }: { readonly progress: ReturnType<typeof progressOn>; readonly total: number },
): Promise<number> {
  const log = await openEventLog(url);
  try {
    const there = await log.length();
    if (there > 0) {
      refuse('E602', `${url} holds ${there} events; a simulated ledger is loaded into a new store`, {
        help: 'remove it, or name another with --store',
      });
    }
    const interrupted = interruptible();
    return await load(log, events, async (done) => {
      // A store that answers at once never lets a Ctrl-C through.
      await setImmediate();
      interrupted.throwIfAborted();
      progress.step(done, total);
    });
  } finally {
    progress.done();
    await log.close();
  }
}
