/**
 * What the log has said so far: the periods that are open, what was reversed, what the accounts stand at.
 *
 * A pure fold over the events of a book, in log order. Later openings are assertions, never postings: `PeriodOpened`
 * and `PeriodClosed` say what the accounts must stand at, and the fold holds that against the entries before them at
 * that place of the log. A late entry therefore breaks nothing that was said before it. The state grows with accounts
 * and periods, not with entries: which entries are there is asked of the log itself.
 */
import { type LedgerEvent, assert, canonical, carriesEntry, sha256 } from '@tieout/events';
import { type Minor, addMinor, formatMinor, parseMinor } from '@tieout/money';
import { type Balance, balancesOf, checkBalance } from './balance';
import { type Entry, entryFromEvent, eventFromEntry } from './entry';
import { boundaryOf, dayBefore, speaksFor } from './period';

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
  /** From the entry that was reversed to the one that reversed it. */
  readonly reversed: ReadonlyMap<string, string>;
  /** Days at which it sums, in order: those of `boundaryDays`; none to tell every day apart. */
  readonly boundaries: readonly string[];
  /** Net legs up to each boundary from the one before it, then by account and unit. */
  readonly sums: ReadonlyMap<string, ReadonlyMap<string, Balance>>;
  readonly breaks: readonly AssertionBreak[];
}

export const emptyLedger: LedgerState = {
  periods: new Map(),
  reversed: new Map(),
  boundaries: [],
  sums: new Map(),
  breaks: [],
};

/** The fingerprints by which an entry is known again. */
export function fingerprint(entry: Entry): KnownEntry {
  const { postings, ...head } = eventFromEntry(entry).payload;
  const lines = postings.map(({ expression: _, ...leg }) => canonical(leg)).sort();
  return { legs: sha256(lines.join('\n')), body: sha256(canonical({ event: entry.event, head, postings })) };
}

/**
 * What every account stands at, at the close of the day: nil left out, in order of account and unit. The day is a
 * boundary, or after the last: between two of them the sums cannot tell.
 */
export function balancesAt(state: LedgerState, day: string): readonly Balance[] {
  assert(speaksFor(day, state.boundaries), `the books are summed at ${day}, a boundary of their periods`);
  const upTo = [...state.sums].filter(([boundary]) => boundary <= day);
  return balancesOf(upTo.flatMap(([, legs]) => [...legs.values()]));
}

/** What is known, with further legs that are summed already, each at its boundary, and further reversals. */
export function addBalances(
  state: LedgerState,
  legs: Iterable<Balance & { readonly day: string }>,
  reversed: Iterable<readonly [entry: string, by: string]>,
): LedgerState {
  const sums = new Map(state.sums);
  const copied = new Set<string>();
  for (const { day, account, unit, minor } of legs) {
    if (!copied.has(day)) sums.set(day, new Map(sums.get(day)));
    copied.add(day);
    const key = `${account}\t${unit}`;
    const ofDay = sums.get(day) as Map<string, Balance>;
    ofDay.set(key, { account, unit, minor: addMinor(ofDay.get(key)?.minor ?? 0, minor) });
  }
  return { ...state, sums, reversed: new Map([...state.reversed, ...reversed]) };
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

/** Folds events, in log order, onto what was known before them, and shares with it what they do not touch. */
export function foldLedger(events: Iterable<LedgerEvent>, before: LedgerState = emptyLedger): LedgerState {
  const periods = new Map(before.periods);
  const sums = new Map(before.sums);
  const breaks = [...before.breaks];
  const { boundaries } = before;
  const state = { periods, reversed: before.reversed, boundaries, sums, breaks };
  let reversed: Map<string, string> | undefined;
  /** The sums of a boundary that are this fold's own to change. */
  const own = new Map<string, Map<string, Balance>>();
  const sumsAt = (boundary: string): Map<string, Balance> => {
    const mine = own.get(boundary) ?? new Map(before.sums.get(boundary));
    own.set(boundary, mine);
    sums.set(boundary, mine);
    return mine;
  };

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
      if (entry.reverses !== undefined)
        state.reversed = (reversed ??= new Map(before.reversed)).set(entry.reverses, entry.id);
      for (const { day, account, unit, minor } of entry.postings) {
        const legs = sumsAt(boundaryOf(day, boundaries));
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
