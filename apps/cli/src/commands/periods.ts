/**
 * `close` and `reopen`: a closed period takes no more entries; a late one is a reopening with a reason, the entry, and
 * the close again. What was known before does not change (--known-at).
 *
 * Invariant: where no period before is open, the last opening that a period asserts is the last closing of the period
 * before, and both are what the accounts stand at now. So a close asserts anew, in the same append, the openings and
 * closings of all periods after it that the log opened: a late entry moved them all.
 */
import { append, type Said, suggestion } from '@tieout/answers';
import { ExitCode, refuse, type Problem } from '@tieout/events';
import { assertionOf, balancesAt, dayBefore, type LedgerState, type Period } from '@tieout/ledger';
import { actorOf } from '../actor';
import type { Session } from '../session';

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

export async function runClose(session: Session, id: string): Promise<number> {
  const { period, later } = periodOf(session, id);
  const said = await append(
    session,
    (state: LedgerState) => {
      const known = state.periods.get(id);
      if (!known?.open)
        return { said: [], problems: problem(`period ${id} is ${known ? 'closed already' : 'not opened'}`) };
      return { said: [closed(state, period), ...assertedAnew(state, later)], problems: [] };
    },
    { actor: actorOf(session) },
  );
  session.io.print(`${id} closed`);
  const anew = said.flatMap(({ period: of, event: { name } }) => {
    if (of === id) return [];
    return [name === 'PeriodOpened' ? `the opening of ${of}` : `the closing of ${of}`];
  });
  if (anew.length > 0) session.io.print(`asserted anew: ${anew.join(', ')}`);
  return ExitCode.done;
}

export async function runReopen(session: Session, id: string, reason: string): Promise<number> {
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
    { actor: actorOf(session) },
  );
  session.io.print(`${id} reopened: ${reason}`);
  return ExitCode.done;
}
