/**
 * What an append does to a log, decided before anything is written: which events are new and where each will stand,
 * which are repeats, or why the whole append is refused.
 *
 * Every store plans its appends here, so the rules cannot differ between stores. An event repeats when its id is in
 * the log with the same stream, name, version, payload and actor (not the same time: a retry happens later). An
 * expected revision holds when the stream, leaving out the repeats beyond it, ends there; it is not asked of a
 * stream append that only repeats. So the retry of an append that may or may not have been committed is harmless.
 */
import {
  assert,
  canonical,
  currentVersion,
  LedgerError,
  leafHash,
  type NewEvent,
  type Problem,
} from '@tieout/events';
import type { StreamAppend } from './port';
import { storedFromRow, type EventRow } from './row';

/** What planning asks of a log. All three must speak of one state, which nobody else can change meanwhile. */
export interface LogState {
  readonly length: number;
  revisionOf(stream: string): number;
  find(id: string): EventRow | undefined;
}

export interface AppendPlan {
  readonly repeated: number;
  /** To be written, in order; positions dense from the log's length. */
  readonly rows: readonly EventRow[];
}

/** Plan an append. Refuses, naming every problem: E107 (text no store can keep), E207 (same id, other body), E501 (moved on). */
export function planAppend(appends: readonly StreamAppend[], log: LogState): AppendPlan {
  assert(new Set(appends.map((a) => a.stream)).size === appends.length, 'an append names each stream once');
  const problems: Problem[] = [];
  const rows: EventRow[] = [];
  const planned = new Map<string, EventRow>();
  let repeated = 0;

  for (const { stream, expected, events } of appends) {
    const current = log.revisionOf(stream);
    const fresh: EventRow[] = [];
    let repeatsBeyond = 0;
    for (const said of events) {
      problems.push(...unstorable(stream, said));
      const row = place(said, stream, current + 1 + fresh.length, log.length + rows.length + fresh.length);
      const standing = planned.get(said.id) ?? log.find(said.id);
      if (standing === undefined) {
        fresh.push(row);
        planned.set(row.id, row);
      } else if (sameBody(standing, row)) {
        repeated += 1;
        if (expected !== 'any' && standing.revision > expected && !planned.has(said.id)) repeatsBeyond += 1;
      } else {
        problems.push(otherBody(standing, row));
      }
    }
    const onlyRepeats = events.length > 0 && fresh.length === 0;
    if (expected !== 'any' && !onlyRepeats && current - repeatsBeyond !== expected) {
      problems.push(movedOn(stream, current, expected));
    }
    rows.push(...fresh);
  }

  if (problems.length > 0) throw new LedgerError(problems);
  return { repeated, rows: rows.map((row) => ({ ...row, leaf: leafHash(storedFromRow(row)) })) };
}

function place(said: NewEvent, stream: string, revision: number, position: number): EventRow {
  const { id, event, recordedAt, actor } = said;
  const { name } = event;
  const payload = canonical(event.payload);
  return {
    id,
    name,
    version: currentVersion(name),
    payload,
    recordedAt,
    actor,
    stream,
    revision,
    position,
    leaf: '',
  };
}

function sameBody(a: EventRow, b: EventRow): boolean {
  return (
    a.stream === b.stream &&
    a.name === b.name &&
    a.version === b.version &&
    a.payload === b.payload &&
    a.actor === b.actor
  );
}

/** SQLite text ends at U+0000, silently; what was hashed would not be what is read. (In a payload JSON escapes it.) */
function unstorable(stream: string, said: NewEvent): Problem[] {
  const { id, recordedAt, actor } = said;
  return Object.entries({ stream, id, recordedAt, actor }).flatMap(([key, text]): Problem[] =>
    text.includes('\0')
      ? [{ code: 'E107', message: `the ${key} of an event holds the character U+0000`, help: 'remove it' }]
      : [],
  );
}

function otherBody(standing: EventRow, row: EventRow): Problem {
  const what = row.name === standing.name ? row.name : `${row.name}, not ${standing.name}`;
  return {
    code: 'E207',
    message: `event ${row.id} (${what}) is already at position ${standing.position} and says something else`,
    at: { file: `event ${standing.position}` },
    notes: ['nothing was written'],
    help: 'reverse the entry that is there and post the new one under a new id',
  };
}

function movedOn(stream: string, current: number, expected: number): Problem {
  return {
    code: 'E501',
    message: `stream ${stream} is at revision ${current}, you expected ${expected}`,
    notes: ['nothing was written; a stream without events is at revision -1'],
    help: `look at what the stream holds now, then post again and expect revision ${current}`,
  };
}
