/**
 * Facts that are no money (share counts, customers, cities) and what people decided (repairs confirmed, breaks
 * explained) or propose to decide, as the log records them. The latest record of a fact counts.
 *
 * Invariant: a proposal is open until its subject is explained, by it or otherwise; none is open of a subject that was
 * explained after it.
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

export interface Explanation extends Decision {
  readonly cause: string;
  readonly difference?: string;
}

/** An explanation that waits for another person's approval. */
export interface Proposal extends Explanation {
  readonly subject: string;
}

export interface Recorded {
  /** By `fact@of`. */
  readonly facts: Readonly<Record<string, RecordedFact>>;
  /** By figure id. */
  readonly confirmations: Readonly<Record<string, Decision>>;
  /** By figure or tie. */
  readonly explanations: Readonly<
    Record<string, Explanation & { readonly proposal?: string; readonly proposedBy?: string }>
  >;
  /** Those that are open, by the id of their event. */
  readonly proposals: Readonly<Record<string, Proposal>>;
}

function explanationOf({ cause, reason, difference }: Payload<'ExplanationProposed'>) {
  return { cause, reason, ...(difference === undefined ? {} : { difference }) };
}

@Projection({ name: 'recorded', version: 1 })
@Injectable()
export class RecordedFacts implements ProjectionHandler<Recorded> {
  initial(): Recorded {
    return { facts: {}, confirmations: {}, explanations: {}, proposals: {} };
  }

  apply(draft: Draft<Recorded>, events: Iterable<LogEvent>): void {
    for (const { event, id, position, actor, recordedAt } of events) {
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
          const { subject, proposal } = event.payload;
          const proposed = proposal === undefined ? undefined : draft.proposals[proposal];
          draft.explanations[subject] = {
            ...{ position, actor, recordedAt, ...explanationOf(event.payload) },
            ...(proposal === undefined ? {} : { proposal }),
            ...(proposed ? { proposedBy: proposed.actor } : {}),
          };
          for (const [open, each] of Object.entries(draft.proposals))
            if (each.subject === subject) delete draft.proposals[open];
          break;
        }
        case 'ExplanationProposed':
          draft.proposals[id] = {
            ...{ position, actor, recordedAt, subject: event.payload.subject },
            ...explanationOf(event.payload),
          };
          break;
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

  /** NOTE stored format: snapshots of a log without open proposals are as they were before there were any. */
  toJson({ proposals, ...rest }: Recorded): unknown {
    return Object.keys(proposals).length === 0 ? rest : { ...rest, proposals };
  }

  fromJson(json: unknown): Recorded {
    return { proposals: {}, ...(json as Omit<Recorded, 'proposals'>) };
  }
}
