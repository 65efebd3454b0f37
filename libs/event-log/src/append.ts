/**
 * What an append does to a log, decided before anything is written: which events are new and where each will stand,
 * which are repeats, or why the whole append is refused.
 *
 * Every store plans its appends here, so the rules cannot differ between stores. An event repeats when, placed where
 * the one of its id stands and at its time, it would be that event (not the same time: a retry happens later). An
 * expected revision holds when the stream, leaving out the repeats beyond it, ends there; it is not asked of a
 * stream append that only repeats, and no more is the length of the log at which the append was decided. So the retry of an append that may or may not have been committed is harmless.
 * An entry stands once in a log: a second event that carries it is refused, whatever its stream.
 */
import {
  assert,
  bodyAndLeaf,
  bodyOf,
  currentVersion,
  LedgerError,
  type NewEvent,
  type Problem,
  type StoredEvent,
} from '@tieout/events';
import type { StreamAppend } from './port';
import type { EventRow } from './row';

/** What planning asks of a log. All four must speak of one state, which nobody else can change meanwhile. */
export interface LogState {
  readonly length: number;
  revisionOf(stream: string): number;
  find(id: string): StoredEvent | undefined;
  /** The position of the event that carries the entry. */
  findEntry(entry: string): number | undefined;
}

export interface PlannedEvent extends EventRow {
  /** As it will stand. Its payload is the writer's own object, not a copy. */
  readonly event: StoredEvent;
  /** The entry that it carries. */
  readonly entry: string | undefined;
}

export interface AppendPlan {
  readonly repeated: number;
  /** To be written, in order; positions dense from the log's length. */
  readonly planned: readonly PlannedEvent[];
  /** Of the log afterwards. */
  readonly length: number;
}

/**
 * Plan an append, which was decided when the log had the length `at`, if that matters. Refuses, naming every problem: E107
 * (text no store can keep), E207 (same id, other body; same entry), E501 (moved on).
 */
export function planAppend(appends: readonly StreamAppend[], log: LogState, at?: number): AppendPlan {
  assert(new Set(appends.map((a) => a.stream)).size === appends.length, 'an append names each stream once');
  const problems: Problem[] = [];
  const planned: PlannedEvent[] = [];
  const ids = new Map<string, StoredEvent>();
  const entries = new Map<string, number>();
  let repeated = 0;

  for (const { stream, expected, events } of appends) {
    const current = log.revisionOf(stream);
    const before = planned.length;
    let repeatsBeyond = 0;
    for (const said of events) {
      const entry = entryOf(said.event.payload);
      problems.push(...unstorable(stream, said, entry));
      const standing = ids.get(said.id) ?? log.find(said.id);
      if (standing !== undefined) {
        if (repeats(said, stream, standing)) {
          repeated += 1;
          if (expected !== 'any' && standing.revision > expected && !ids.has(said.id)) repeatsBeyond += 1;
        } else {
          problems.push(otherBody(said, standing));
        }
        continue;
      }
      const position = log.length + planned.length;
      const there = entry === undefined ? undefined : (entries.get(entry) ?? log.findEntry(entry));
      if (entry !== undefined && there !== undefined) problems.push(sameEntry(entry, there, position));
      const event = placed(said, entry, {
        stream,
        revision: current + 1 + planned.length - before,
        position,
      });
      planned.push(event);
      ids.set(said.id, event.event);
      if (entry !== undefined) entries.set(entry, position);
    }
    const onlyRepeats = events.length > 0 && planned.length === before;
    if (expected !== 'any' && !onlyRepeats && current - repeatsBeyond !== expected) {
      problems.push(movedOn(stream, current, expected));
    }
  }

  if (at !== undefined && at !== log.length && planned.length > 0) problems.push(grown(log.length, at));
  if (problems.length > 0) throw new LedgerError(problems);
  return { repeated, planned, length: log.length + planned.length };
}

interface EventPlace {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
}

/** As the event will stand there. `text`: the canonical text of its payload, where that is at hand. */
export function placed(
  said: NewEvent,
  entry: string | undefined,
  place: EventPlace,
  text?: string,
): PlannedEvent {
  const event = saidAt(said, place, said.recordedAt);
  const { body, leaf } = bodyAndLeaf(event, text);
  event.leaf = leaf;
  return { position: place.position, body, leaf, event, entry };
}

/** Without its leaf yet. One object, filled in place: a batch append makes hundreds of thousands. */
function saidAt(
  said: NewEvent,
  place: EventPlace,
  recordedAt: string,
): { -readonly [K in keyof StoredEvent]: StoredEvent[K] } {
  const { id, event, actor, causationId, correlationId } = said;
  const { name, payload } = event;
  const { stream, revision, position } = place;
  const version = currentVersion(name);
  const stored: ReturnType<typeof saidAt> = {
    id,
    name,
    version,
    payload,
    recordedAt,
    actor,
    stream,
    revision,
    position,
    leaf: '',
  };
  if (causationId !== undefined) stored.causationId = causationId;
  if (correlationId !== undefined) stored.correlationId = correlationId;
  return stored;
}

const repeats = (said: NewEvent, stream: string, standing: StoredEvent): boolean =>
  bodyOf(saidAt(said, { ...standing, stream }, standing.recordedAt)) === bodyOf(standing);

/** The id of the entry that a payload carries: only the payloads of entries have this key (events room). */
export function entryOf(payload: unknown): string | undefined {
  const { entry } = (payload ?? {}) as { entry?: unknown };
  return typeof entry === 'string' ? entry : undefined;
}

const none: readonly Problem[] = [];

/** SQLite text ends at U+0000, silently; what was hashed would not be what is found. (In a body JSON escapes it.) */
export function unstorable(stream: string, said: NewEvent, entry = ''): readonly Problem[] {
  const { id, recordedAt, actor } = said;
  if (!`${stream}${id}${recordedAt}${actor}${entry}`.includes('\0')) return none;
  return Object.entries({ stream, id, recordedAt, actor, entry }).flatMap(([key, text]): Problem[] =>
    text.includes('\0')
      ? [{ code: 'E107', message: `the ${key} of an event holds the character U+0000`, help: 'remove it' }]
      : [],
  );
}

function otherBody({ id, event: { name } }: NewEvent, standing: StoredEvent): Problem {
  const what = name === standing.name ? name : `${name}, not ${standing.name}`;
  return {
    code: 'E207',
    message: `event ${id} (${what}) is already at position ${standing.position} and says something else`,
    at: { file: `event ${standing.position}` },
    notes: ['nothing was written'],
    help: 'reverse the entry that is there and post the new one under a new id',
  };
}

/** The entry stands at the position `there` and is said again at `position`. */
export function sameEntry(entry: string, there: number, position: number): Problem {
  return {
    code: 'E207',
    message: `entry ${entry} is already at position ${there} and would stand again at position ${position}`,
    at: { file: `event ${there}` },
    notes: ['nothing was written'],
    help: 'reverse the entry that is there and post the new one under a new id',
  };
}

const grown = (length: number, at: number): Problem => ({
  code: 'E501',
  message: `the log moved on: it was at rev ${at}, it is at rev ${length}`,
  notes: ['nothing was written'],
  help: 'post again',
});

function movedOn(stream: string, current: number, expected: number): Problem {
  return {
    code: 'E501',
    message: `stream ${stream} is at revision ${current}, you expected ${expected}`,
    notes: ['nothing was written; a stream without events is at revision -1'],
    help: `look at what the stream holds now, then post again and expect revision ${current}`,
  };
}
