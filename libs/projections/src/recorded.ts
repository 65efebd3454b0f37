/**
 * Facts that are no money (share counts, customers, cities) and what people decided (repairs confirmed, breaks
 * explained), as the log records them. The latest record of a fact counts.
 */
import { Injectable } from '@nestjs/common';
import { carriesEntry, type Payload } from '@tieout/events';
import { produce, type Draft } from 'immer';
import { Projection, type LogEvent, type PageFold, type ProjectionHandler } from './projection';

export interface RecordedFact extends Payload<'FactRecorded'> {
  readonly position: number;
}

export interface Decision {
  readonly position: number;
  readonly actor: string;
  readonly recordedAt: string;
  readonly reason: string;
}

export interface Recorded {
  /** By `fact@of`. */
  readonly facts: Readonly<Record<string, RecordedFact>>;
  /** By figure id. */
  readonly confirmations: Readonly<Record<string, Decision>>;
  /** By figure or tie. */
  readonly explanations: Readonly<
    Record<string, Decision & { readonly cause: string; readonly difference?: string }>
  >;
}

@Projection({ name: 'recorded', version: 1 })
@Injectable()
export class RecordedFacts implements ProjectionHandler<Recorded> {
  initial(): Recorded {
    return { facts: {}, confirmations: {}, explanations: {} };
  }

  apply(draft: Draft<Recorded>, events: Iterable<LogEvent>): void {
    for (const { event, position, actor, recordedAt } of events) {
      switch (event.name) {
        case 'FactRecorded': {
          const { fact, of } = event.payload;
          draft.facts[`${fact}@${of}`] = { ...event.payload, position };
          break;
        }
        case 'RepairConfirmed': {
          const { figure, reason } = event.payload;
          draft.confirmations[figure] = { position, actor, recordedAt, reason };
          break;
        }
        case 'BreakExplained': {
          const { subject, cause, reason, difference } = event.payload;
          const how = { position, actor, recordedAt, reason, cause };
          draft.explanations[subject] = difference === undefined ? how : { ...how, difference };
          break;
        }
        default: // Entries and periods are other projections' matter.
      }
    }
  }

  pages(state: Recorded): PageFold<Recorded> {
    const said: LogEvent[] = [];
    return {
      reads: (kind) => kind === '',
      add: ({ events }) => void said.push(...events.filter(({ event }) => !carriesEntry(event))),
      state: () => produce(state, (draft) => this.apply(draft, said)),
    };
  }

  toJson(state: Recorded): unknown {
    return state;
  }

  fromJson(json: unknown): Recorded {
    return json as Recorded;
  }
}
