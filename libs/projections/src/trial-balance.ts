/**
 * The trial balance: the postings of the log folded to a cube by account, movement, day, unit and dimensions.
 *
 * Every statement and note is evaluated on it. Invariant: its cells foot to zero per day and unit, and its coverage is
 * the positions folded, so an event delivered twice is refused.
 */
import { Injectable } from '@nestjs/common';
import { carriesEntry } from '@tieout/events';
import {
  addBatch,
  cubeFromJson,
  cubeToJson,
  emptyCube,
  type Cube,
  type CubeJson,
  type PositionedLegs,
} from '@tieout/cube';
import { entryFromEvent } from '@tieout/ledger';
import { original, type Draft } from 'immer';
import { Projection, type LogEvent, type ProjectionHandler } from './projection';

export interface TrialBalanceState {
  readonly cube: Cube;
}

/** The source that coverage speaks of. */
const LOG = 'log';

@Projection({ name: 'trial-balance', version: 1 })
@Injectable()
export class TrialBalance implements ProjectionHandler<TrialBalanceState> {
  initial(): TrialBalanceState {
    return { cube: emptyCube() };
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

  toJson(state: TrialBalanceState): CubeJson {
    return cubeToJson(state.cube);
  }

  fromJson(json: unknown): TrialBalanceState {
    return { cube: cubeFromJson(json as CubeJson) };
  }
}
