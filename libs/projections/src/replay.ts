/**
 * The replay: reads the log in order and brings the projections up to a position.
 *
 * It starts from snapshots, goes on with sealed pages, and ends with the events that no page holds yet. Snapshots and
 * pages are caches: a snapshot is used only when projection version, book structure, boundary days, the last event that
 * it folded and its own hash agree, a page only when its hash does, and `verify` holds both against the events. What is
 * stored changes only in `saveSnapshots`, at once for all: an interrupted replay leaves it untouched.
 */
import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { pageLength, type EventLog, type Snapshot } from '@tieout/event-log';
import {
  canonical,
  decode,
  leafHash,
  LedgerError,
  refuse,
  sha256,
  type LedgerEvent,
  type StoredEvent,
} from '@tieout/events';
import { boundaryDays, speaksFor } from '@tieout/ledger';
import { createDraft, enableMapSet, finishDraft, type Draft } from 'immer';
import { pagesOf } from './pages';
import type { Sealable } from './seal';
import { Projection, type LogEvent, type ProjectionHandler } from './projection';
import { BOOK_STRUCTURE, EVENT_LOG, type BookStructure } from './tokens';

enableMapSet();

/** Events folded under one Immer draft: per event was measured a hundred times slower. */
const BATCH = 512;

export interface ReplayOptions {
  /** Fold only events before this position: the state as it was known then. */
  readonly knownAt?: number;
  /** A day that statements are asked at, where that may be within a period: then it is a boundary of the sums too. */
  readonly at?: string;
  /**
   * Start from stored snapshots (default), from sealed pages, or from the first event, reading nothing but events; or go on
   * from where the last run stands.
   */
  readonly from?: 'snapshots' | 'pages' | 'genesis' | 'here';
  /** Only these projections; all when absent. The state of another is then not to be had. */
  readonly only?: readonly ProjectionHandler<never>[];
  /** Given the events that are read one by one, before they are folded: a replay from the first can seal them. */
  readonly onRead?: (events: readonly Sealable[]) => Promise<void>;
  /** Told where a cache was damaged and the events were read instead. */
  readonly onNotice?: (text: string) => void;
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops between batches; the replay then rejects with an `AbortError`. */
  readonly signal?: AbortSignal;
}

export interface ProjectionHash {
  readonly projection: string;
  readonly sha256: string;
}

interface Running {
  readonly name: string;
  readonly version: number;
  readonly handler: ProjectionHandler<unknown>;
  /** Read from its snapshot only when it is asked for: most questions need one projection. */
  state: () => unknown;
  /** Events folded so far. */
  length: number;
}

/** The value of a function that is called at most once. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

@Injectable()
export class Replay {
  private running: Running[] = [];
  private instances = new Map<unknown, Running>();
  private notice: (text: string) => void = () => undefined;
  /** What snapshots rest on besides the log: book structure and boundary days. */
  private basis = '';
  /** Does the last run stand at the book's own boundaries? Only then its states are stored. */
  keeps = true;
  /** Days at which the last run summed the books. */
  boundaries: readonly string[] = [];
  /** Events that the last run brought the states up to: what is known. */
  revision = 0;
  /** Of these, the events that it folded, because no snapshot had them. */
  folded = 0;
  /** The last of these, which a projection folds when its state is asked for: many at a time cost little more than one. */
  private taken: StoredEvent[] = [];
  /** Of these, the events that are in every stored snapshot. */
  private saved = -Infinity;
  /** Of the last event that is known: a snapshot of another log has another. */
  private leaf = '';

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(BOOK_STRUCTURE) private readonly structure: BookStructure,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
  ) {}

  /** Bring the projections up to `knownAt`, or to the end of the log. Returns the number of events folded in all. */
  async run(options: ReplayOptions = {}): Promise<number> {
    const { from = 'snapshots', signal } = options;
    this.notice = options.onNotice ?? (() => undefined);
    if (from === 'here') this.settle();
    else {
      this.taken = [];
      this.sumAt(options.at);
      this.running = this.discover(options.only);
      this.instances = new Map(this.running.map((each) => [each.handler, each]));
    }
    const length = await this.log.length();
    const end = Math.min(options.knownAt ?? length, length);
    if (from === 'snapshots') await this.restore(end);
    const step = async (done: number): Promise<void> => {
      options.onProgress?.(done, end);
      // A store that answers at once never lets a Ctrl-C through.
      if (signal) await setImmediate();
      signal?.throwIfAborted();
    };
    const start = Math.min(...this.running.map((each) => each.length), end);
    // Few events are read sooner than all the names that pages before them brought.
    if (from !== 'genesis' && end - start > pageLength) await this.foldPages(start, end, step);
    let position = Math.min(...this.running.map((each) => each.length), end);
    let leaf: string | undefined;
    while (position < end) {
      const batch = await this.read(position, Math.min(BATCH, end - position), from === 'genesis');
      await options.onRead?.(batch);
      for (const projection of this.running) this.fold(projection, batch);
      leaf = batch.at(-1)?.leaf;
      await step((position += batch.length));
    }
    // Where nothing came, going on from here costs one look at the length.
    if (from !== 'here' || end !== this.revision) this.leaf = leaf ?? (await this.leafBefore(end));
    [this.revision, this.folded] = [end, end - start];
    return end;
  }

  /** Goes on with what was just appended, as the append gives it back; reads the log only where more came before it. */
  async take(appended: readonly StoredEvent[]): Promise<void> {
    const [first, last] = [appended[0], appended.at(-1)];
    if (!first || !last) return;
    if (first.position !== this.revision) return void (await this.run({ from: 'here' }));
    for (const event of appended) this.taken.push(event);
    [this.revision, this.leaf] = [last.position + 1, last.leaf];
    if (this.taken.length >= BATCH) this.settle();
  }

  /** Folds what was taken. */
  private settle(): void {
    const events = this.taken.map(logEvent);
    for (const projection of this.running) this.fold(projection, events);
    this.taken = [];
  }

  /** Events that the stored snapshots lack: no number is enough where one of them could not be used. */
  get unsaved(): number {
    return this.revision - this.saved;
  }

  /**
   * The state of a projection, as far as the log is known. Where only events of some names `matter` to what is asked of it,
   * and none of them was taken, it may be the state before what was taken.
   */
  stateOf<State>(handler: ProjectionHandler<State>, matter?: (event: string) => boolean): State {
    const running = this.instances.get(handler);
    if (!running) throw new Error('assertion failed: a projection that was not replayed');
    const news = this.taken.slice(this.taken.length - (this.revision - running.length));
    if (!matter || news.some(({ name }) => matter(name))) this.fold(running, news.map(logEvent));
    return running.state() as State;
  }

  /** The projections that the last run brought up to date. */
  get names(): readonly string[] {
    return this.running.map(({ name }) => name);
  }

  /** A hash of each state, in canonical form: two replays that agree have the same. */
  hashes(): readonly ProjectionHash[] {
    return this.snapshots().map(({ projection, sha256 }) => ({ projection, sha256 }));
  }

  /** The states as snapshots. */
  snapshots(): readonly Snapshot[] {
    this.settle();
    return this.running.map(({ name, version, handler, state }) =>
      this.snapshotOf(name, version, handler.toJson(state())),
    );
  }

  /** A snapshot of something that follows from the states. */
  snapshotOf(projection: string, version: number, json: unknown): Snapshot {
    const state = canonical(json);
    const basis = `${this.basis} ${this.leaf}`;
    return { projection, version, basis, length: this.revision, state, sha256: sha256(state) };
  }

  /** Store the states, and more with them, all at once; none of a day within a period, which nobody may ask for again. */
  async saveSnapshots(more: readonly Snapshot[] = []): Promise<void> {
    if (!this.keeps) return;
    await this.log.saveSnapshots([...this.snapshots(), ...more]);
    this.saved = this.revision;
  }

  /** Is the snapshot of this log, as far as it goes, and whole? */
  async isOfThisLog({ basis, length, state, sha256: hash }: Snapshot): Promise<boolean> {
    return sha256(state) === hash && basis.split(' ')[1] === (await this.leafBefore(length));
  }

  /** Was it made by this version of its projection, of books of this structure? */
  isOfThisStructure({ projection, version, basis }: Snapshot): boolean {
    const running = this.running.find(({ name }) => name === projection);
    return (running?.version ?? version) === version && basis.split(' ')[0] === this.basis;
  }

  /** Empty before the first event, and beyond the log. */
  private async leafBefore(length: number): Promise<string> {
    const [last] = length === 0 ? [] : await this.log.readAll(length - 1, 1);
    return last?.leaf ?? '';
  }

  private sumAt(day: string | undefined): void {
    const { chart, days, basis } = this.structure;
    const standing = boundaryDays(chart, days);
    const within = day !== undefined && !speaksFor(day, standing);
    this.boundaries = within ? boundaryDays(chart, [...(days ?? []), day]) : standing;
    this.keeps = !within;
    this.basis = sha256(canonical([basis, this.boundaries]));
  }

  private discover(only: ReplayOptions['only']): Running[] {
    const found = this.discovery.getProviders({ metadataKey: Projection.KEY });
    const running = found.flatMap((wrapper): Running[] => {
      const options = this.discovery.getMetadataByDecorator(Projection, wrapper);
      const handler = wrapper.instance as ProjectionHandler<unknown> | undefined;
      if (!options || !handler || only?.some((each) => each === handler) === false) return [];
      return [{ ...options, handler, state: once(() => handler.initial(this.boundaries)), length: 0 }];
    });
    if (running.length === 0) throw new Error('assertion failed: no projection was found');
    return running.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private async restore(end: number): Promise<void> {
    const stored = await this.log.loadSnapshots();
    for (const projection of this.running) {
      const snapshot = stored.find((each) => each.projection === projection.name);
      if (!snapshot || snapshot.length > end || !this.isOfThisStructure(snapshot)) continue;
      if (!(await this.isOfThisLog(snapshot))) continue;
      projection.state = once(() => projection.handler.fromJson(JSON.parse(snapshot.state)));
      projection.length = snapshot.length;
    }
    const restored = this.running.map(({ length }) => (length === 0 ? -Infinity : length));
    this.saved = Math.min(...restored);
  }

  /** `checked`: each event is what was appended, by its hash; a full replay rests on nothing less. */
  private async read(
    position: number,
    limit: number,
    checked: boolean,
  ): Promise<readonly (LogEvent & Sealable)[]> {
    const stored = await this.log.readAll(position, limit);
    if (stored.length !== limit) {
      throw new LedgerError([
        {
          code: 'E401',
          message: `the log ends at event ${position + stored.length}, before the length it states`,
        },
      ]);
    }
    return stored.map((each) => {
      if (checked) checkLeaf(each);
      return logEvent(each);
    });
  }

  /** Folds the sealed pages from a position on, the last one in part where less is known; `step` is told how far. */
  private async foldPages(
    position: number,
    end: number,
    step: (done: number) => Promise<void>,
  ): Promise<void> {
    const pages = pagesOf(this.log, this.notice);
    const folds = this.running.flatMap((projection) => {
      const fold = projection.handler.pages?.(projection.state(), pages.names);
      return fold ? [{ projection, fold }] : [];
    });
    // What takes no pages is given all events, and then pages would save nothing.
    if (folds.length < this.running.length) return;
    for await (const page of pages.open(end)) {
      const { first } = page;
      const until = Math.min(page.count, end - first);
      if (first + until <= position) continue;
      const read = page.ordinalsOf((kind) => folds.some(({ fold }) => fold.reads(kind)));
      const wanted = read.filter((ordinal) => ordinal < until && first + ordinal >= position);
      const events = await this.readAt(wanted.map((ordinal) => first + ordinal));
      for (const { projection, fold } of folds) {
        const from = Math.max(0, projection.length - first);
        if (from >= until) continue;
        const own = events.filter((each) => each.position >= first + from);
        const where = (): string => `in the page of events ${first} to ${first + page.count - 1}`;
        attempt(
          projection.name,
          where,
          () => first,
          () => fold.add({ page, from, until, events: own }),
        );
        projection.length = first + until;
      }
      await step(first + until);
    }
    for (const { projection, fold } of folds) {
      const next = attempt(
        projection.name,
        () => 'in the sealed pages',
        () => 0,
        () => fold.state(),
      );
      projection.state = () => next;
    }
  }

  /** Events at these positions, in order: those that stand together are read together. */
  private async readAt(positions: readonly number[]): Promise<readonly LogEvent[]> {
    const events: LogEvent[] = [];
    for (let index = 0; index < positions.length;) {
      const from = positions[index] ?? 0;
      let length = 1;
      while (positions[index + length] === from + length) length += 1;
      events.push(...(await this.read(from, length, false)));
      index += length;
    }
    return events;
  }

  private fold(projection: Running, batch: readonly LogEvent[]): void {
    const news = batch.filter(({ position }) => position >= projection.length);
    if (news.length === 0) return;
    const draft = createDraft(projection.state() as object);
    let current = news[0];
    const watched = function* (): Generator<LogEvent> {
      for (current of news) yield current;
    };
    const where = (): string => `at event ${current?.position} (${current?.event.name})`;
    attempt(
      projection.name,
      where,
      () => current?.position ?? 0,
      () => projection.handler.apply(draft as Draft<unknown>, watched()),
    );
    const next = finishDraft(draft);
    projection.state = () => next;
    projection.length += news.length;
  }
}

const logEvent = (stored: StoredEvent): LogEvent & Sealable => {
  const { position, recordedAt, actor, id, leaf } = stored;
  return { position, event: decoded(stored), recordedAt, actor, id, leaf };
};

/** What the event says. Refuses (E404) what no projection can be given: an unknown name, a payload that breaks its schema. */
function decoded(stored: StoredEvent): LedgerEvent {
  try {
    return decode(stored);
  } catch (cause) {
    if (!(cause instanceof LedgerError)) throw cause;
    const why = cause.problems.map(({ message }) => message).join('; ');
    return refuse('E404', `no projection can take event ${stored.position} (${stored.name}): ${why}`, {
      at: { file: `event ${stored.position}` },
      notes: ['the replay stopped there; stored projections are untouched'],
      help: cause.problems[0]?.help ?? 'tieout verify looks at the whole log',
    });
  }
}

/** Refuses (E401) an event that is not what was appended. */
function checkLeaf(stored: StoredEvent): void {
  const { position, name, leaf } = stored;
  if (leafHash(stored) === leaf) return;
  refuse('E401', `event ${position} (${name}) is not what was appended: its hash differs`, {
    at: { file: `event ${position}` },
    notes: ['the replay stopped there; stored projections are untouched'],
    help: 'tieout verify looks at the whole log',
  });
}

/** Runs a part of a projection. Refuses (E404) what it throws, with the projection and the place. */
function attempt<T>(projection: string, where: () => string, position: () => number, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `projection ${projection} failed ${where()}: ${why}`;
    const notes = ['the replay stopped there; stored projections are untouched'];
    throw new LedgerError([{ code: 'E404', message, at: { file: `event ${position()}` }, notes }]);
  }
}
