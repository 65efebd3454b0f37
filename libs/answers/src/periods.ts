/**
 * Closing and reopening periods. A closed period takes no more entries; a late one is a reopening with a reason, the
 * entry, and the close again. What was known before does not change.
 *
 * Invariant: where no period before is open, the last opening that a period asserts is the last closing of the period
 * before, and both are what the accounts stand at now. So a close asserts anew, in the same append, the openings and
 * closings of all periods after it that the log opened: a late entry moved them all.
 */
import type { ClosingDocument, PeriodsDocument } from '@tieout/documents';
import { refuse, type Problem } from '@tieout/events';
import { assertionOf, balancesAt, dayBefore, type LedgerState, type Period } from '@tieout/ledger';
import { Journal, Periods, type JournalEvent } from '@tieout/projections';
import { append, type AppendOptions, type Said } from './append';
import type { Session } from './session';
import { suggestion } from './suggestion';

/** Refuses (E601) a period that the book does not have. */
function periodOf(session: Session, id: string) {
  const { periods } = session.book.chart;
  const index = periods.findIndex((period) => period.id === id);
  const period = periods[index];
  if (!period) {
    const ids = periods.map((each) => each.id);
    return refuse('E601', `the book has no period "${id}"`, {
      help: suggestion(id, ids, `it has ${ids.join(', ')}`),
    });
  }
  return { period, later: periods.slice(index + 1) };
}

const problem = (message: string): Problem[] => [{ code: 'E206', message }];

/** What opens and closes the periods after one that is closed: each stays open or closed, as it is. */
function assertedAnew(state: LedgerState, later: readonly Period[]): readonly Said[] {
  return later.flatMap(({ id, from, to }): Said[] => {
    const known = state.periods.get(id);
    if (!known) return [];
    const opening = assertionOf(balancesAt(state, dayBefore(from)));
    const opened: Said = {
      period: id,
      event: { name: 'PeriodOpened', payload: { period: id, from, to, opening } },
    };
    return known.open ? [opened] : [opened, closed(state, known)];
  });
}

const closed = (state: LedgerState, { id, to }: Pick<Period, 'id' | 'to'>): Said => ({
  period: id,
  event: {
    name: 'PeriodClosed',
    payload: { period: id, closing: assertionOf(balancesAt(state, to)) },
  },
});

/** Close a period. Refuses (E206) one that is closed, or that the log did not open. */
export async function closePeriod(
  session: Session,
  id: string,
  options: AppendOptions,
): Promise<ClosingDocument> {
  const { period, later } = periodOf(session, id);
  const said = await append(
    session,
    (state: LedgerState) => {
      const known = state.periods.get(id);
      if (!known?.open)
        return { said: [], problems: problem(`period ${id} is ${known ? 'closed already' : 'not opened'}`) };
      return { said: [closed(state, period), ...assertedAnew(state, later)], problems: [] };
    },
    options,
  );
  const asserted = said.flatMap(({ period: of, event: { name } }) => {
    const side = name === 'PeriodOpened' ? ('opening' as const) : ('closing' as const);
    return of === id ? [] : [{ period: of, side }];
  });
  return {
    schema: 'tieout.closing/1',
    ...{ period: id, dryRun: options.dryRun ?? false, result: 'closed', asserted },
  };
}

/** Reopen a period. Refuses (E206) one that is open, or that the log did not open. */
export async function reopenPeriod(
  session: Session,
  id: string,
  reason: string,
  options: AppendOptions,
): Promise<ClosingDocument> {
  periodOf(session, id);
  await append(
    session,
    (state: LedgerState) => {
      const known = state.periods.get(id);
      if (!known || known.open)
        return {
          said: [],
          problems: problem(`period ${id} is ${known ? 'open' : 'not opened'}: there is nothing to reopen`),
        };
      return {
        said: [{ period: id, event: { name: 'PeriodReopened', payload: { period: id, reason } } }],
        problems: [],
      };
    },
    options,
  );
  return {
    schema: 'tieout.closing/1',
    ...{ period: id, dryRun: options.dryRun ?? false, result: 'reopened', reason, asserted: [] },
  };
}

/** The last event of this name of each period. */
async function lastOf(session: Session, name: 'PeriodClosed' | 'PeriodReopened') {
  const last = new Map<string, JournalEvent>();
  for await (const some of session.projections.get(Journal).events({ event: name }))
    for (const said of some) if ('period' in said.event.payload) last.set(said.event.payload.period, said);
  return last;
}

/** The periods of the book, as the log has them. */
export async function periodsDocument(session: Session): Promise<PeriodsDocument> {
  const { book, projections, replay, revision } = session;
  const states = replay.stateOf(projections.get(Periods)).periods;
  const [closes, reopenings] = [
    await lastOf(session, 'PeriodClosed'),
    await lastOf(session, 'PeriodReopened'),
  ];
  const periods = book.chart.periods.map(({ id, label, from, to, audit }) => {
    const known = states.get(id);
    const [close, reopening] = [closes.get(id)?.stored, reopenings.get(id)];
    return {
      ...{ id, label, from, to, audit },
      state: !known ? ('not opened' as const) : known.open ? ('open' as const) : ('closed' as const),
      ...(close && {
        closed: { position: close.position, recordedAt: close.recordedAt, actor: close.actor },
      }),
      ...(reopening?.event.name === 'PeriodReopened' && {
        reopened: {
          position: reopening.stored.position,
          recordedAt: reopening.stored.recordedAt,
          actor: reopening.stored.actor,
          reason: reopening.event.payload.reason,
        },
      }),
    };
  });
  return { schema: 'tieout.periods/1', book: book.id, revision, periods };
}
