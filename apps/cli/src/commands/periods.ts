/**
 * `close` and `reopen`: a closed period takes no more entries; a late one is a reopening with a reason, the entry, and
 * the close again. What was known before does not change (--known-at).
 */
import { ExitCode, refuse, type Problem } from '@tieout/events';
import { assertionOf, balancesAt, type LedgerState } from '@tieout/ledger';
import { append, type Said } from '../append';
import type { Session } from '../session';
import { suggestion } from '../suggestion';

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
  return { period, next: periods[index + 1] };
}

const problem = (message: string): Problem[] => [{ code: 'E206', message }];

/** The period's closing balances, and the same again as the opening of the next where that is open in the log. */
export async function runClose(session: Session, id: string): Promise<number> {
  const { period, next } = periodOf(session, id);
  await append(
    session,
    (state: LedgerState) => {
      const known = state.periods.get(id);
      if (!known?.open)
        return { said: [], problems: problem(`period ${id} is ${known ? 'closed already' : 'not opened'}`) };
      const balances = assertionOf(balancesAt(state, period.to));
      const said: Said[] = [
        { period: id, event: { name: 'PeriodClosed', payload: { period: id, closing: balances } } },
      ];
      if (next && state.periods.has(next.id)) {
        said.push({
          period: next.id,
          event: {
            name: 'PeriodOpened',
            payload: { period: next.id, from: next.from, to: next.to, opening: balances },
          },
        });
      }
      return { said, problems: [] };
    },
    {},
  );
  session.io.print(`${id} closed`);
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
    {},
  );
  session.io.print(`${id} reopened: ${reason}`);
  return ExitCode.done;
}
