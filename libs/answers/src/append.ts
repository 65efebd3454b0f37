/**
 * Appending to the log of a session: admitted first, all or nothing, at the revision that was checked.
 *
 * What was admitted against one state of the log is appended only to that state (its length is part of the append); where
 * another process was faster, the session catches up and everything is admitted again.
 */
import { pageLength, type AppendResult, type StreamAppend } from '@tieout/event-log';
import {
  carriesEntry,
  decode,
  LedgerError,
  newEventId,
  refuse,
  type LedgerEvent,
  type NewEvent,
  type Problem,
} from '@tieout/events';
import { entryFromEvent, fingerprint, type KnownEntry, type Known, type LedgerState } from '@tieout/ledger';
import { ledgerOf, Periods, sealPages } from '@tieout/projections';
import { keep, type Session } from './session';

/** An event and the period whose stream it belongs to. */
export interface Said {
  readonly period: string;
  readonly event: LedgerEvent;
}

/** Several events of one cause. */
export interface Undertaking {
  /** Stands in every event of it. */
  readonly id: string;
  /** The id of its event of this index. */
  eventId(index: number): string;
}

export interface AppendOptions {
  /** Who says it: stands in every event. */
  readonly actor: string;
  /** What the events are part of, where it may be asked for again: with the same ids they are written once. */
  readonly undertaking?: Undertaking;
  readonly dryRun?: boolean;
  /** The revision of the log that the user looked at. */
  readonly expectRev?: string;
}

/** What is reported then, and may be restated since, is worth keeping line by line. */
const endsPeriod: ReadonlySet<string> = new Set(['PeriodClosed', 'PeriodReopened']);

/** Events that are folded sooner than the snapshots of them are stored. */
const UNSAVED = 256;

/** Tries against a log that keeps moving. */
const TRIES = 10;

export const streamOf = (session: Session, period: string): string => `${session.book.id}/${period}`;

/** What is admitted: the events to append, or everything that speaks against it. */
export type Admission = (
  state: LedgerState,
  known: Known,
) => {
  readonly said: readonly Said[];
  readonly problems: readonly Problem[];
};

const noneKnown: Known = () => undefined;

/** What the log knows of the entries that an admission names. */
async function knownOf({ log }: Session, named: Iterable<string>): Promise<Known> {
  const known = new Map<string, KnownEntry>();
  for (const id of new Set(named)) {
    const stored = await log.readEntry(id);
    const event = stored && decode(stored);
    if (event && carriesEntry(event)) known.set(id, fingerprint(entryFromEvent(event)));
  }
  return (id) => known.get(id);
}

/**
 * Admit and append. `named`: the entries that matter to the admission, which are looked up in the log. Returns the
 * events written, none on a dry run or when all are there already. Refuses with all problems at once, or E501 when the
 * log is not at the expected revision.
 */
export async function append(
  session: Session,
  admit: Admission,
  options: AppendOptions,
  named: Iterable<string> = [],
): Promise<readonly Said[]> {
  if (session.axes.knownAt !== undefined)
    refuse('E602', '--known-at looks at the past; nothing can be appended there');
  const { log, replay, projections } = session;
  const periods = projections.get(Periods);
  // Nearly always the log has none of them, and refuses one that it has: they are looked up where that happens.
  let known = options.dryRun ? await knownOf(session, named) : noneKnown;
  for (let attempt = 1; ; attempt += 1) {
    // The revision that was folded, not the log's length now: what came in between has not been admitted against.
    const length = replay.revision;
    checkExpected(length, options.expectRev);
    const { said, problems } = admit(ledgerOf(replay, periods), known);
    if (problems.length > 0 && known === noneKnown) {
      known = await knownOf(session, named);
      continue;
    }
    if (problems.length > 0) throw new LedgerError(problems);
    if (options.dryRun || said.length === 0) return options.dryRun ? said : [];
    try {
      const after = await log.append(appendsOf(session, said, options), length);
      if (Math.floor(length / pageLength) < Math.floor(after.length / pageLength)) await sealPages(log);
      await replay.take(after.appended);
      const statements = said.some(({ event }) => endsPeriod.has(event.name));
      if (statements || replay.unsaved >= UNSAVED) await keep(session, { statements });
      return written(said, after, options);
    } catch (error) {
      const refused = (asked: string): boolean =>
        error instanceof LedgerError && error.problems.some(({ code }) => code === asked);
      const movedOn = refused('E501') && options.expectRev === undefined && attempt < TRIES;
      if (!movedOn && !(refused('E207') && known === noneKnown)) throw error;
      if (movedOn) await replay.run({ from: 'here' });
      known = await knownOf(session, named);
    }
  }
}

/** Of what was said, that which was not there already: an undertaking may be asked for again. */
function written(
  said: readonly Said[],
  { repeated, appended }: AppendResult,
  { undertaking }: AppendOptions,
): readonly Said[] {
  if (undertaking === undefined || repeated === 0) return said;
  const ids = new Set(appended.map(({ id }) => id));
  return said.filter((_, index) => ids.has(undertaking.eventId(index)));
}

function checkExpected(length: number, expectRev: string | undefined): void {
  if (expectRev === undefined) return;
  const expected = Number(expectRev);
  if (!Number.isSafeInteger(expected)) refuse('E602', `--expect-rev takes a revision, not "${expectRev}"`);
  if (expected === length) return;
  refuse('E501', `the log moved on: you expected rev ${expected}, it is at rev ${length}`, {
    help: `tieout log shows what was added; then post again with --expect-rev ${length}`,
  });
}

/** By stream. Their revisions need no word: the length that the log must have says them. */
function appendsOf(
  session: Session,
  said: readonly Said[],
  { actor, undertaking }: AppendOptions,
): readonly StreamAppend[] {
  const recordedAt = new Date().toISOString();
  const byStream = new Map<string, NewEvent[]>();
  for (const [index, { period, event }] of said.entries()) {
    const stream = streamOf(session, period);
    const events = byStream.get(stream) ?? [];
    byStream.set(stream, events);
    const id = undertaking?.eventId(index) ?? newEventId();
    events.push({ id, event, recordedAt, actor, ...(undertaking && { correlationId: undertaking.id }) });
  }
  return [...byStream].map(([stream, events]) => ({ stream, expected: 'any', events }));
}
