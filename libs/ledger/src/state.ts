/**
 * What the log has said so far: the periods that are open, the entries that are there, what the accounts stand at.
 *
 * A pure fold over the events of a book, in log order. Later openings are assertions, never postings: `PeriodOpened`
 * and `PeriodClosed` say what the accounts must stand at, and the fold holds that against the entries before them at
 * that place of the log. A late entry therefore breaks nothing that was said before it.
 */
import { type LedgerEvent, assert, canonical, carriesEntry, sha256 } from '@tieout/events';
import { type Minor, addMinor, formatMinor, parseMinor } from '@tieout/money';
import { type Balance, balancesOf, checkBalance } from './balance';
import { type Entry, entryFromEvent, eventFromEntry } from './entry';
import { dayBefore } from './period';

export interface PeriodState {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly open: boolean;
}

/** Fingerprints of an entry: of all that it says, and of its legs alone (in any order, whatever their day). */
export interface KnownEntry {
  readonly body: string;
  readonly legs: string;
}

/** An account that does not stand where an opening or a closing says. Amounts debit positive. */
export interface AssertionBreak {
  readonly event: 'PeriodOpened' | 'PeriodClosed';
  readonly period: string;
  readonly account: string;
  readonly unit: string;
  readonly asserted: Minor;
  readonly actual: Minor;
}

export interface LedgerState {
  /** By id, in order of opening. */
  readonly periods: ReadonlyMap<string, PeriodState>;
  readonly entries: ReadonlyMap<string, KnownEntry>;
  /** From the entry that was reversed to the one that reversed it. */
  readonly reversed: ReadonlyMap<string, string>;
  /** Net legs by day, then by account and unit. */
  readonly days: ReadonlyMap<string, ReadonlyMap<string, Balance>>;
  readonly breaks: readonly AssertionBreak[];
}

export const emptyLedger: LedgerState = {
  periods: new Map(),
  entries: new Map(),
  reversed: new Map(),
  days: new Map(),
  breaks: [],
};

/** The fingerprints by which an entry is known again. */
export function fingerprint(entry: Entry): KnownEntry {
  const { postings, ...head } = eventFromEntry(entry).payload;
  const lines = postings.map(({ expression: _, ...leg }) => canonical(leg)).sort();
  return { legs: sha256(lines.join('\n')), body: sha256(canonical({ event: entry.event, head, postings })) };
}

/** What every account stands at, at the close of the day: nil left out, in order of account and unit. */
export function balancesAt(state: LedgerState, day: string): readonly Balance[] {
  const upTo = [...state.days].filter(([date]) => date <= day);
  return balancesOf(upTo.flatMap(([, legs]) => [...legs.values()]));
}

/** A list of balances against another: where they differ. */
function compare(
  asserted: readonly Balance[],
  actual: readonly Balance[],
): readonly Omit<AssertionBreak, 'event' | 'period'>[] {
  const key = (balance: Balance): string => `${balance.account}\t${balance.unit}`;
  const left = new Map(asserted.map((balance) => [key(balance), balance]));
  const right = new Map(actual.map((balance) => [key(balance), balance]));
  return [...new Map([...left, ...right])].flatMap(([at, { account, unit }]) => {
    const [say, stand] = [left.get(at)?.minor ?? 0, right.get(at)?.minor ?? 0];
    return say === stand ? [] : [{ account, unit, asserted: say, actual: stand }];
  });
}

/** Folds events, in log order, onto what was known before them. */
export function foldLedger(events: Iterable<LedgerEvent>, before: LedgerState = emptyLedger): LedgerState {
  const periods = new Map(before.periods);
  const entries = new Map(before.entries);
  const reversed = new Map(before.reversed);
  const days = new Map([...before.days].map(([day, legs]) => [day, new Map(legs)]));
  const breaks = [...before.breaks];
  const state: LedgerState = { periods, entries, reversed, days, breaks };

  const setOpen = (id: string, open: boolean): PeriodState => {
    const period = periods.get(id);
    assert(period, `period ${id} was opened before it is closed or reopened`);
    periods.set(id, { ...period, open });
    return period;
  };
  const hold = (
    event: AssertionBreak['event'],
    period: string,
    day: string,
    payload: readonly { account: string; unit: string; minor: string }[],
  ): void => {
    const asserted = payload.map((balance) => ({ ...balance, minor: parseMinor(balance.minor) }));
    for (const difference of compare(asserted, balancesAt(state, day)))
      breaks.push({ event, period, ...difference });
  };

  for (const event of events) {
    if (carriesEntry(event)) {
      const entry = entryFromEvent(event);
      assert(!checkBalance(entry), `entry ${entry.id} in the log balances`);
      entries.set(entry.id, fingerprint(entry));
      if (entry.reverses !== undefined) reversed.set(entry.reverses, entry.id);
      for (const { day, account, unit, minor } of entry.postings) {
        const legs = days.get(day) ?? new Map<string, Balance>();
        days.set(day, legs);
        const key = `${account}\t${unit}`;
        legs.set(key, { account, unit, minor: addMinor(legs.get(key)?.minor ?? 0, minor) });
      }
    } else if (event.name === 'PeriodOpened') {
      const { period: id, from, to, opening } = event.payload;
      // Said again after a late entry, it asserts anew what the accounts stand at; open or closed it stays as it was.
      if (!periods.has(id)) periods.set(id, { id, from, to, open: true });
      hold('PeriodOpened', id, dayBefore(from), opening);
    } else if (event.name === 'PeriodClosed') {
      const { period: id, closing } = event.payload;
      hold('PeriodClosed', id, setOpen(id, false).to, closing);
    } else if (event.name === 'PeriodReopened') {
      setOpen(event.payload.period, true);
    }
  }
  return state;
}

/** Balances as an assertion carries them. */
export const assertionOf = (
  balances: readonly Balance[],
): { account: string; unit: string; minor: string }[] =>
  balances.map(({ account, unit, minor }) => ({ account, unit, minor: formatMinor(minor) }));
