/**
 * The replay: reads the log in order and brings every projection up to a position.
 *
 * A snapshot is a cache of a state at a position. It is used only when projection version, book structure and its own
 * hash agree, and `verify` holds it against a full replay. What is stored changes only in `saveSnapshots`, at once for
 * all: an interrupted replay leaves it untouched.
 */
import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { EventLog, Snapshot } from '@tieout/event-log';
import { canonical, decode, leafHash, LedgerError, refuse, sha256 } from '@tieout/events';
import { createDraft, enableMapSet, finishDraft, type Draft } from 'immer';
import { Projection, type LogEvent, type ProjectionHandler } from './projection';
import { BOOK_STRUCTURE, EVENT_LOG, type BookStructure } from './tokens';

enableMapSet();

/** Events folded under one Immer draft: per event was measured a hundred times slower. */
const BATCH = 512;

export interface ReplayOptions {
  /** Fold only events before this position: the state as it was known then. */
  readonly knownAt?: number;
  /** Start from stored snapshots (default), or from position 0. */
  readonly from?: 'snapshots' | 'genesis';
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

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(BOOK_STRUCTURE) private readonly structure: BookStructure,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
  ) {}

  /** Bring every projection up to `knownAt`, or to the end of the log. Returns the number of events folded in all. */
  async run(options: ReplayOptions = {}): Promise<number> {
    this.running = this.discover();
    this.instances = new Map(this.running.map((each) => [each.handler, each]));
    const length = await this.log.length();
    const end = Math.min(options.knownAt ?? length, length);
    if (options.from !== 'genesis') await this.restore(end);
    let position = Math.min(...this.running.map((each) => each.length), end);
    while (position < end) {
      options.signal?.throwIfAborted();
      const batch = await this.read(position, Math.min(BATCH, end - position), options.from === 'genesis');
      for (const projection of this.running) this.fold(projection, batch);
      position += batch.length;
      options.onProgress?.(position, end);
    }
    return end;
  }

  /** The state of a projection, as far as the last run brought it. */
  stateOf<State>(handler: ProjectionHandler<State>): State {
    const running = this.instances.get(handler);
    if (!running) throw new Error('assertion failed: a projection that was not replayed');
    return running.state() as State;
  }

  /** A hash of each state, in canonical form: two replays that agree have the same. */
  hashes(): readonly ProjectionHash[] {
    return this.snapshots().map(({ projection, sha256 }) => ({ projection, sha256 }));
  }

  /** The states as snapshots. */
  snapshots(): readonly Snapshot[] {
    return this.running.map(({ name, version, handler, state, length }) => {
      const text = canonical(handler.toJson(state()));
      return {
        projection: name,
        version,
        basis: this.structure.basis,
        length,
        state: text,
        sha256: sha256(text),
      };
    });
  }

  /** Store the states, all at once. */
  async saveSnapshots(): Promise<void> {
    await this.log.saveSnapshots(this.snapshots());
  }

  private discover(): Running[] {
    const found = this.discovery.getProviders({ metadataKey: Projection.KEY });
    const running = found.flatMap((wrapper): Running[] => {
      const options = this.discovery.getMetadataByDecorator(Projection, wrapper);
      const handler = wrapper.instance as ProjectionHandler<unknown> | undefined;
      if (!options || !handler) return [];
      return [{ ...options, handler, state: once(() => handler.initial()), length: 0 }];
    });
    if (running.length === 0) throw new Error('assertion failed: no projection was found');
    return running.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private async restore(end: number): Promise<void> {
    const stored = await this.log.loadSnapshots();
    for (const projection of this.running) {
      const snapshot = stored.find((each) => each.projection === projection.name);
      if (!snapshot || snapshot.version !== projection.version || snapshot.basis !== this.structure.basis)
        continue;
      if (snapshot.length > end || sha256(snapshot.state) !== snapshot.sha256) continue;
      projection.state = once(() => projection.handler.fromJson(JSON.parse(snapshot.state)));
      projection.length = snapshot.length;
    }
  }

  /** `checked`: each event is what was appended, by its hash; a full replay rests on nothing less. */
  private async read(position: number, limit: number, checked: boolean): Promise<readonly LogEvent[]> {
    const stored = await this.log.readAll(position, limit);
    if (stored.length !== limit) {
      throw new LedgerError([
        {
          code: 'E401',
          message: `the log ends at event ${position + stored.length}, before the length it states`,
        },
      ]);
    }
    return stored.map((each): LogEvent => {
      const { position: at, recordedAt, actor, id } = each;
      if (checked && leafHash(each) !== each.leaf) {
        refuse('E401', `event ${at} (${each.name}) is not what was appended: its hash differs`, {
          at: { file: `event ${at}` },
          notes: ['the replay stopped there; stored projections are untouched'],
          help: 'tieout verify looks at the whole log',
        });
      }
      return { position: at, event: decode(each), recordedAt, actor, id };
    });
  }

  private fold(projection: Running, batch: readonly LogEvent[]): void {
    const news = batch.filter(({ position }) => position >= projection.length);
    if (news.length === 0) return;
    const draft = createDraft(projection.state() as object);
    let current = news[0];
    const watched = function* (): Generator<LogEvent> {
      for (current of news) yield current;
    };
    try {
      projection.handler.apply(draft as Draft<unknown>, watched());
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      const message = `projection ${projection.name} failed at event ${current?.position} (${current?.event.name}): ${why}`;
      const notes = ['the replay stopped there; stored projections are untouched'];
      throw new LedgerError([{ code: 'E404', message, at: { file: `event ${current?.position}` }, notes }]);
    }
    const next = finishDraft(draft);
    projection.state = () => next;
    projection.length += news.length;
  }
}
