/**
 * What the log has said so far (libs/ledger's fold, as a projection): open periods, reversals, balances at period ends,
 * and every opening or closing assertion that the entries do not meet.
 *
 * Invariant that `verify` reads here: no assertion is broken. Of a page the columns give the balances; what opens and
 * closes periods, and which entry a reversal reverses, is read from the log at its place.
 */
import { Injectable } from '@nestjs/common';
import { cellsOf, pageSums, type Axes, type PageNames } from '@tieout/cube';
import { carriesEntry, entryEventNames, type LedgerEvent } from '@tieout/events';
import {
  addBalances,
  emptyLedger,
  foldLedger,
  type Balance,
  type LedgerState,
  type PeriodState,
} from '@tieout/ledger';
import { formatMinor, parseMinor } from '@tieout/money';
import { original, type Draft } from 'immer';
import { eventOfKind } from './page-events';
import type { Replay } from './replay';
import { Projection, type LogEvent, type PageFold, type ProjectionHandler } from './projection';

interface Json {
  readonly periods: readonly PeriodState[];
  readonly reversed: readonly (readonly [string, string])[];
  readonly boundaries: readonly string[];
  readonly sums: readonly {
    readonly day: string;
    readonly legs: readonly { account: string; unit: string; minor: string }[];
  }[];
  readonly breaks: readonly (Omit<LedgerState['breaks'][number], 'asserted' | 'actual'> & {
    asserted: string;
    actual: string;
  })[];
}

/** Entries but for reversals: they add to balances, and change neither which periods are open nor what was reversed. */
const adding: ReadonlySet<string> = new Set(entryEventNames);

/** What an admission asks of the log. Its balances are folded when they are looked at: posting one entry does not. */
export function ledgerOf(replay: Replay, projection: Periods): LedgerState {
  const { periods, reversed, boundaries } = replay.stateOf(projection, (name) => !adding.has(name));
  return {
    periods,
    reversed,
    boundaries,
    get sums() {
      return replay.stateOf(projection).sums;
    },
    get breaks() {
      return replay.stateOf(projection).breaks;
    },
  };
}

@Projection({ name: 'periods', version: 2 })
@Injectable()
export class Periods implements ProjectionHandler<LedgerState> {
  initial(boundaries: readonly string[]): LedgerState {
    return { ...emptyLedger, boundaries };
  }

  apply(draft: Draft<LedgerState>, events: Iterable<LogEvent>): void {
    const said = function* (): Generator<LedgerEvent> {
      for (const { event } of events) yield event;
    };
    Object.assign(draft, foldLedger(said(), original(draft) as LedgerState));
  }

  pages(before: LedgerState, names: PageNames): PageFold<LedgerState> {
    const axes: Axes = { account: true, movement: false, day: before.boundaries, dimensions: [] };
    let state = before;
    let sums = pageSums(names, axes);
    let reversed: (readonly [string, string])[] = [];
    const settle = (): void => {
      state = addBalances(state, cellsOf(sums.toCube()), reversed);
      [sums, reversed] = [pageSums(names, axes), []];
    };
    return {
      reads: (kind) => kind === '' || eventOfKind(kind) === 'EntryReversed',
      add({ page, from, until, events }) {
        let at = from;
        for (const { event, position } of events) {
          if (carriesEntry(event)) {
            if (event.name === 'EntryReversed') reversed.push([event.payload.reverses, event.payload.entry]);
            continue;
          }
          if (
            event.name !== 'PeriodOpened' &&
            event.name !== 'PeriodClosed' &&
            event.name !== 'PeriodReopened'
          )
            continue;
          // An assertion is held against the entries before it, at its place among them.
          sums.add(page, at, position - page.first);
          at = position - page.first;
          settle();
          state = foldLedger([event], state);
        }
        sums.add(page, at, until);
      },
      state() {
        settle();
        return state;
      },
    };
  }

  toJson(state: LedgerState): Json {
    return {
      periods: [...state.periods.values()],
      reversed: [...state.reversed],
      boundaries: state.boundaries,
      sums: [...state.sums]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([day, legs]) => ({
          day,
          legs: [...legs.values()]
            .sort((a, b) =>
              a.account < b.account ? -1 : a.account > b.account ? 1 : a.unit < b.unit ? -1 : 1,
            )
            .map(({ account, unit, minor }) => ({ account, unit, minor: formatMinor(minor) })),
        })),
      breaks: state.breaks.map((each) => ({
        ...each,
        asserted: formatMinor(each.asserted),
        actual: formatMinor(each.actual),
      })),
    };
  }

  fromJson(json: unknown): LedgerState {
    const { periods, reversed, boundaries, sums, breaks } = json as Json;
    const legsOf = (legs: Json['sums'][number]['legs']): Map<string, Balance> =>
      new Map(
        legs.map(({ account, unit, minor }) => [
          `${account}\t${unit}`,
          { account, unit, minor: parseMinor(minor) },
        ]),
      );
    return {
      periods: new Map(periods.map((period) => [period.id, period])),
      reversed: new Map(reversed),
      boundaries,
      sums: new Map(sums.map(({ day, legs }) => [day, legsOf(legs)])),
      breaks: breaks.map((each) => ({
        ...each,
        asserted: parseMinor(each.asserted),
        actual: parseMinor(each.actual),
      })),
    };
  }
}
