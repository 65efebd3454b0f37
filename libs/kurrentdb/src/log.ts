/**
 * The log of a book in a KurrentDB cluster: the cluster is the truth, and a mirror in front of it answers.
 *
 * A book is the streams of its prefix, in the commit order of the whole cluster; an event's position is its place in
 * that order, counted from 0, so every reader of the cluster finds the same positions, leaves and head. Every question
 * first brings the mirror up to what the cluster holds now. An append is planned on the mirror, written to the cluster
 * with the revision of each stream as the mirror shows it, all streams or none, and acknowledged when it is read back.
 * An append of entries takes its turn among the book's writers, too: an entry stands once, whatever its stream. So does one
 * that was decided when the log had a certain length: nothing comes in between.
 *
 * A write whose outcome is not known is planned again after reading: where it was made, its events are repeats and
 * nothing is left to write; where it was not, the same ids go to the same revision, so that of the two attempts one at
 * most can be committed. A mirror that says something else than the cluster is refused, never mended.
 */
import {
  assert,
  canonical,
  carriesEntry,
  LedgerError,
  refuse,
  sha256,
  type Problem,
  type StoredEvent,
} from '@tieout/events';
import type { AppendResult, EventLog, Mirror, Snapshot, StreamAppend } from '@tieout/event-log';
import type { AllStreamRecordedEvent } from '@kurrent/kurrentdb-client';
import { clientOf, pause, type StreamWrite } from './client';
import { readConnection } from './connection';
import { eventFrom, prefixOf, recordFrom, turn, turnsOf } from './record';

export interface ClusterLog {
  /** `kurrentdb://` or `kurrentdb+discover://`. */
  readonly url: string;
  /** The book's id; a cluster holds many. */
  readonly book: string;
  /** Closed with the log. */
  readonly mirror: Mirror;
  /** How long a cluster that does not answer is asked again, in milliseconds. */
  readonly patience?: number;
}

/** The last event that was read: the next read begins there, and finds it there, or the cluster is another one. */
interface Checkpoint {
  readonly commit: bigint;
  readonly prepare: bigint;
  readonly id: string;
  /** Events of the log up to and including it. */
  readonly length: number;
}

/** NOTE stored format: the name under which a mirror keeps its checkpoint, beside the projections' snapshots. */
const checkpointName = '$kurrentdb';
const page = 1000;

/**
 * Open the log; the cluster is not asked before the first question. Refuses with E602 a URL that is not one; later with
 * E503 (does not answer), E504 (does not take it) and E401 (mirror and cluster disagree).
 */
export function openKurrentLog({ url, book, mirror, patience = 30_000 }: ClusterLog): EventLog {
  const connection = readConnection(url);
  const client = clientOf(connection, prefixOf(book), patience);
  let open = true;
  let at: Checkpoint | undefined;
  let loaded = false;
  let last: Promise<unknown> = Promise.resolve();
  /** Last revision of the stream of turns, where it is known: all that was appended up to it has been read since. */
  let turns: number | undefined;

  const assertOpen = (): void => assert(open, `the log ${connection.shown} is closed`);

  /** One at a time: what one question reads, the next need not read again. */
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    assertOpen();
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const disagree = (what: string): never =>
    refuse('E401', `the cluster ${connection.shown} and its mirror ${mirror.url} disagree: ${what}`, {
      notes: ['nothing was changed'],
      help: `a cluster restored from an older backup lacks what was acknowledged since; if it is as it should be, remove ${mirror.url}, which is made again from it`,
    });

  /**
   * An entry or event that stands twice in the cluster. No append of ours does that; whoever wrote it there did not take
   * a turn. Every reader finds it at the same two positions, and none goes on: which one is to count a person says.
   */
  const twice = (error: unknown): never => {
    if (!(error instanceof LedgerError) || error.problems[0]?.code !== 'E207') throw error;
    const [{ message, at: where }] = error.problems as [Problem];
    throw new LedgerError([
      {
        code: 'E401',
        message: `in the cluster ${connection.shown} ${message}`,
        ...(where === undefined ? {} : { at: where }),
        notes: ['it was not written by Tieout, or restored wrongly; the log up to the second one is whole'],
        help: 'load the events before it into a new book of the cluster, and post what came after again',
      },
    ]);
  };

  /** Reads on from the checkpoint, page by page, and gives each page's new events and where it ends. */
  async function* newer(
    from: Checkpoint | undefined,
  ): AsyncGenerator<{ events: StoredEvent[]; end: Checkpoint }> {
    for (let here = from; ;) {
      const found = await client.read(here, page + 1);
      if (here !== undefined && found[0]?.id !== here.id)
        disagree(`the mirror holds event ${here.id} at position ${here.length - 1}, the cluster does not`);
      const start = here?.length ?? 0;
      const records = here === undefined ? found : found.slice(1);
      const end = records.at(-1);
      if (end === undefined) return;
      const events = records.map((record, i) => eventFrom(record, book, start + i));
      here = checkpointAt(end, start + events.length);
      yield { events, end: here };
      if (found.length <= page) return;
    }
  }

  async function catchUp(): Promise<void> {
    if (!loaded) at = checkpointIn(await mirror.loadSnapshots());
    loaded = true;
    const before = at;
    for await (const { events, end } of newer(at)) {
      await mirror.copy(events).catch(twice);
      at = end;
    }
    const length = await mirror.length();
    if (length > (at?.length ?? 0))
      // Another handle on the mirror may have read further meanwhile: then the cluster has what it read.
      await assertThere(length);
    if (at !== undefined && at !== before) await mirror.saveSnapshots([snapshotOf(at, book)]);
  }

  async function assertThere(length: number): Promise<void> {
    let end = at?.length ?? 0;
    for await (const { end: next } of newer(at)) end = next.length;
    if (end < length) disagree(`the mirror holds ${length} events, the cluster ${end}`);
  }

  async function append(appends: readonly StreamAppend[], length?: number): Promise<AppendResult> {
    const end = Date.now() + patience;
    let repeated: number | undefined;
    let planned: readonly { readonly stream: string; readonly revision: number; readonly id: string }[] = [];
    const entries = appends.flatMap(({ events }) => events).filter(({ event }) => carriesEntry(event)).length;
    const takesTurn = entries > 0 || length !== undefined;
    for (let wait = 5, write = true; ; wait = Math.min(wait * 2, 500)) {
      // Before reading on, so that nothing which was appended up to this turn is unknown when planning.
      if (takesTurn) turns ??= await client.revisionOf(turnsOf(book));
      await catchUp();
      const plan = await mirror.plan(appends, length);
      repeated ??= plan.repeated;
      if (plan.events.length === 0) break;
      if (write) {
        planned = plan.events;
        const writes = writesOf(plan.events, prefixOf(book));
        if (turns !== undefined && takesTurn)
          writes.push({ stream: turnsOf(book), expected: turns, events: [turn(entries)] });
        write = (await client.write(writes)) !== 'written';
        if (takesTurn) turns = write || turns === undefined ? undefined : turns + 1;
        if (!write) continue;
      }
      if (Date.now() + wait > end) {
        refuse('E503', `the cluster ${connection.shown} did not confirm the append`, {
          notes: ['it may have been written or not; the same events can be appended again without harm'],
          help: 'try again with the same event ids',
        });
      }
      await pause(wait * (0.5 + Math.random()));
    }
    if (planned.length === 0) return { repeated, appended: [], length: await mirror.length() };
    const appended = await Promise.all(
      planned.map(({ stream, revision }) => mirror.readStream(stream, revision, 1)),
    );
    const events = appended.flat().sort((a, b) => a.position - b.position);
    assert(
      events.length === planned.length && planned.every(({ id }) => events.some((event) => event.id === id)),
      'what was appended is read back where it was planned',
    );
    return { repeated, appended: events, length: (events.at(-1)?.position ?? -1) + 1 };
  }

  /** What was read is never another later: a full answer needs no look at the cluster. */
  const fresh = <T>(answer: () => Promise<T>, full: (answer: T) => boolean): Promise<T> =>
    inTurn(async () => {
      if (loaded) {
        const known = await answer();
        if (full(known)) return known;
      }
      await catchUp();
      return answer();
    });
  const cached = async <T>(answer: () => Promise<T>): Promise<T> => {
    assertOpen();
    return answer();
  };
  const never = (): boolean => false;

  return {
    url: connection.shown,
    append: (appends, length) => inTurn(() => append(appends, length)),
    readAll: (position, limit) =>
      fresh(
        () => mirror.readAll(position, limit),
        (found) => found.length === limit,
      ),
    readBodies: (position, limit) =>
      fresh(
        () => mirror.readBodies(position, limit),
        (found) => found.length === limit,
      ),
    readStream: (stream, revision, limit) =>
      fresh(
        () => mirror.readStream(stream, revision, limit),
        (found) => found.length === limit,
      ),
    readEntry: (id) =>
      fresh(
        () => mirror.readEntry(id),
        (found) => found !== undefined,
      ),
    revisionOf: (stream) => fresh(() => mirror.revisionOf(stream), never),
    length: () => fresh(() => mirror.length(), never),
    saveSnapshots: (snapshots) => cached(() => mirror.saveSnapshots(snapshots)),
    loadSnapshots: () =>
      cached(async () => (await mirror.loadSnapshots()).filter((s) => s.projection !== checkpointName)),
    savePages: (pages) => cached(() => mirror.savePages(pages)),
    readPages: (from, limit) => cached(() => mirror.readPages(from, limit)),
    dropPages: () => cached(() => mirror.dropPages()),

    /** The mirror's own check, and the mirror held against the cluster from its first event on. */
    inspect: () =>
      inTurn(async () => {
        const problems = [...(await mirror.inspect())];
        try {
          let length = 0;
          for await (const { events, end } of newer(undefined)) {
            await mirror.copy(events).catch(twice);
            length = end.length;
          }
          const held = await mirror.length();
          if (held > length) disagree(`the mirror holds ${held} events, the cluster ${length}`);
        } catch (error) {
          if (!(error instanceof LedgerError)) throw error;
          problems.push(...error.problems.map((p) => p.message));
        }
        return problems;
      }),

    wait: async (length, signal) => {
      assertOpen();
      if (at === undefined || at.length <= length) await client.wait(at, signal);
    },

    close: async () => {
      if (!open) return;
      open = false;
      await last;
      await client.close();
      await mirror.close();
    },
  };
}

/** The events of a plan by stream, each with the revision that its stream is at. */
function writesOf(events: readonly StoredEvent[], prefix: string): StreamWrite[] {
  const byStream = new Map<string, StoredEvent[]>();
  for (const event of events) byStream.set(event.stream, [...(byStream.get(event.stream) ?? []), event]);
  return [...byStream].map(([stream, planned]) => ({
    stream: prefix + stream,
    expected: (planned[0]?.revision ?? 0) - 1,
    events: planned.map(recordFrom),
  }));
}

function checkpointAt({ id, position }: AllStreamRecordedEvent, length: number): Checkpoint {
  return { ...position, id, length };
}

function snapshotOf({ commit, prepare, id, length }: Checkpoint, book: string): Snapshot {
  const state = canonical({ commit: String(commit), prepare: String(prepare), id });
  return {
    projection: checkpointName,
    version: 1,
    basis: sha256(book),
    length,
    state,
    sha256: sha256(state),
  };
}

/** None, and everything is read again, where it is missing or not what was saved. */
function checkpointIn(snapshots: readonly Snapshot[]): Checkpoint | undefined {
  const kept = snapshots.find(({ projection }) => projection === checkpointName);
  if (kept === undefined || sha256(kept.state) !== kept.sha256) return undefined;
  const { commit, prepare, id } = JSON.parse(kept.state) as Record<'commit' | 'prepare' | 'id', string>;
  return { commit: BigInt(commit), prepare: BigInt(prepare), id, length: kept.length };
}
