/**
 * Writes that may be sent again: the same key and the same request are carried out once, and answered alike.
 *
 * What was carried out stands in the log: the key gives the events their correlation id, key and request together the ids
 * themselves. So a request that is repeated after this process ended is known too, and one with another body is refused.
 */
import { createHash } from 'node:crypto';
import { sha256, type StoredEvent } from '@tieout/events';
import type { EventLog } from '@tieout/event-log';
import { Refused } from './problem';
import type { Answer } from './answer';

/** Answers kept, and events of the past looked through, at most. */
const KEPT = 10_000;

export interface Undertaking {
  readonly id: string;
  eventId(index: number): string;
}

/** Who sends it, the key that they gave it, and what is sent. */
export interface Sent {
  readonly book: string;
  readonly actor: string;
  readonly key: string;
  readonly request: string;
}

/** A UUID of version 5 (RFC 9562 §5.5): the same for the same name. Version 8 is a seed event's. */
function namedUuid(name: string): string {
  const bytes = createHash('sha1').update(`tieout\0${name}`).digest().subarray(0, 16);
  bytes[6] = 0x50 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => hex.slice(from, to))
    .join('-');
}

export function undertakingOf({ book, actor, key, request }: Sent): Undertaking {
  const id = namedUuid(JSON.stringify([book, actor, key]));
  const digest = sha256(request);
  return { id, eventId: (index) => namedUuid(JSON.stringify([id, digest, index])) };
}

/** What was carried out before, as far as it is known. */
export type Before =
  | { readonly answer: Answer }
  /** In the log, and answered by a process that is no more. */
  | { readonly events: readonly StoredEvent[] };

export class Undertakings {
  private readonly answers = new Map<string, { readonly first: string; readonly answer: Answer }>();
  private readonly inLog = new Map<string, StoredEvent[]>();
  private looked = -1;

  constructor(private readonly log: EventLog) {}

  /** What this undertaking came to before; refuses (422) a key that stood for another request. */
  async before({ id, eventId }: Undertaking): Promise<Before | undefined> {
    const another = (): Refused =>
      new Refused(422, 'this Idempotency-Key stood for another request', 'use a new one for each write');
    const answered = this.answers.get(id);
    if (answered && answered.first !== eventId(0)) throw another();
    if (answered) return { answer: answered.answer };
    await this.look();
    const events = this.inLog.get(id);
    if (!events) return undefined;
    if (events[0]?.id !== eventId(0)) throw another();
    return { events };
  }

  keep({ id, eventId }: Undertaking, answer: Answer): void {
    this.answers.set(id, { first: eventId(0), answer });
    for (const oldest of this.answers.keys()) {
      if (this.answers.size <= KEPT) break;
      this.answers.delete(oldest);
    }
  }

  /** The log since the last look. */
  private async look(): Promise<void> {
    const length = await this.log.length();
    const from = this.looked < 0 ? Math.max(0, length - KEPT) : this.looked;
    for (const event of from < length ? await this.log.readAll(from, length - from) : []) {
      const { correlationId } = event;
      if (correlationId === undefined) continue;
      const events = this.inLog.get(correlationId) ?? [];
      events.push(event);
      this.inLog.set(correlationId, events);
    }
    this.looked = length;
    for (const oldest of this.inLog.keys()) {
      if (this.inLog.size <= KEPT) break;
      this.inLog.delete(oldest);
    }
  }
}
