/**
 * What the log has said so far (libs/ledger's fold, as a projection): open periods, known entries, balances, and every
 * opening or closing assertion that the entries do not meet.
 *
 * Invariant that `verify` reads here: no assertion is broken.
 */
import { Injectable } from '@nestjs/common';
import type { LedgerEvent } from '@tieout/events';
import {
  emptyLedger,
  foldLedger,
  type Balance,
  type KnownEntry,
  type LedgerState,
  type PeriodState,
} from '@tieout/ledger';
import { formatMinor, parseMinor } from '@tieout/money';
import { original, type Draft } from 'immer';
import { Projection, type LogEvent, type ProjectionHandler } from './projection';

interface Json {
  readonly periods: readonly PeriodState[];
  readonly entries: readonly (readonly [string, KnownEntry])[];
  readonly reversed: readonly (readonly [string, string])[];
  readonly days: readonly {
    readonly day: string;
    readonly legs: readonly { account: string; unit: string; minor: string }[];
  }[];
  readonly breaks: readonly (Omit<LedgerState['breaks'][number], 'asserted' | 'actual'> & {
    asserted: string;
    actual: string;
  })[];
}

@Projection({ name: 'periods', version: 1 })
@Injectable()
export class Periods implements ProjectionHandler<LedgerState> {
  initial(): LedgerState {
    return emptyLedger;
  }

  apply(draft: Draft<LedgerState>, events: Iterable<LogEvent>): void {
    const said = function* (): Generator<LedgerEvent> {
      for (const { event } of events) yield event;
    };
    Object.assign(draft, foldLedger(said(), original(draft) as LedgerState));
  }

  toJson(state: LedgerState): Json {
    return {
      periods: [...state.periods.values()],
      entries: [...state.entries],
      reversed: [...state.reversed],
      days: [...state.days].map(([day, legs]) => ({
        day,
        legs: [...legs.values()].map(({ account, unit, minor }) => ({
          account,
          unit,
          minor: formatMinor(minor),
        })),
      })),
      breaks: state.breaks.map((each) => ({
        ...each,
        asserted: formatMinor(each.asserted),
        actual: formatMinor(each.actual),
      })),
    };
  }

  fromJson(json: unknown): LedgerState {
    const { periods, entries, reversed, days, breaks } = json as Json;
    const legsOf = (legs: Json['days'][number]['legs']): Map<string, Balance> =>
      new Map(
        legs.map(({ account, unit, minor }) => [
          `${account}\t${unit}`,
          { account, unit, minor: parseMinor(minor) },
        ]),
      );
    return {
      periods: new Map(periods.map((period) => [period.id, period])),
      entries: new Map(entries),
      reversed: new Map(reversed),
      days: new Map(days.map(({ day, legs }) => [day, legsOf(legs)])),
      breaks: breaks.map((each) => ({
        ...each,
        asserted: parseMinor(each.asserted),
        actual: parseMinor(each.actual),
      })),
    };
  }
}
