/**
 * The trial balance: the postings of the log folded to a cube by account, movement, boundary day, unit and dimensions.
 *
 * Every statement and note is evaluated on it. Its size grows with accounts and periods, not with entries or days: a
 * posting stands at the end of its period, or at the day that was asked for where that is sooner. Invariant: its cells
 * foot to zero per day and unit, and its coverage is the positions folded, so an event delivered twice is refused.
 */
import { Injectable } from '@nestjs/common';
import { assert, carriesEntry } from '@tieout/events';
import {
  addBatch,
  addCubes,
  cellsOf,
  cubeFromJson,
  cubeToJson,
  emptyCube,
  everyAxis,
  pageSums,
  type Cube,
  type CubeJson,
  type PageNames,
  type PositionedLegs,
} from '@tieout/cube';
import { balancesOf, entryFromEvent } from '@tieout/ledger';
import { original, type Draft } from 'immer';
import { Projection, type LogEvent, type PageFold, type ProjectionHandler } from './projection';

export interface TrialBalanceState {
  readonly cube: Cube;
}

/** The source that coverage speaks of. */
const LOG = 'log';

@Projection({ name: 'trial-balance', version: 2 })
@Injectable()
export class TrialBalance implements ProjectionHandler<TrialBalanceState> {
  initial(boundaries: readonly string[]): TrialBalanceState {
    return { cube: emptyCube({ ...everyAxis, day: boundaries }) };
  }

  apply(draft: Draft<TrialBalanceState>, events: Iterable<LogEvent>): void {
    const batch = function* (): Generator<PositionedLegs> {
      for (const { position, event } of events) {
        yield { position, legs: carriesEntry(event) ? entryFromEvent(event).postings : [] };
      }
    };
    const { cube } = original(draft) as TrialBalanceState;
    Object.assign(draft, { cube: addBatch(cube, batch(), LOG) });
  }

  pages({ cube }: TrialBalanceState, names: PageNames): PageFold<TrialBalanceState> {
    const sums = pageSums(names, cube.axes, LOG);
    return {
      reads: () => false,
      add: ({ page, from, until }) => sums.add(page, from, until),
      state() {
        const folded = sums.toCube();
        // Entries were balanced when they were posted, one by one; in columns only their sum is looked at.
        const off = balancesOf(cellsOf(folded).map(({ unit, minor }) => ({ account: '', unit, minor })));
        assert(off.length === 0, 'the postings of sealed pages foot to zero');
        return { cube: addCubes(cube, folded) };
      },
    };
  }

  toJson(state: TrialBalanceState): CubeJson {
    return cubeToJson(state.cube);
  }

  fromJson(json: unknown): TrialBalanceState {
    return { cube: cubeFromJson(json as CubeJson) };
  }
}
