/**
 * The batches that the crash tests append, and what must be left of them.
 *
 * A batch goes to two streams in one append and says of itself how many events it has, so that a log, however its
 * writer ended, shows which batches it holds and whether any is there by half or twice.
 */
import { newEventId, type NewEvent, type StoredEvent } from '@tieout/events';
import type { StreamAppend } from './port';

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A batch of 2 to 11 events of up to 2 KB each; one page of the file is 4 KB. */
export function batchOf(batch: string, random: () => number): StreamAppend[] {
  const count = 2 + Math.floor(random() * 10);
  const events = Array.from({ length: count }, (_, i): NewEvent => {
    const reason = 'x'.repeat(1 + Math.floor(random() * 2000));
    return {
      id: newEventId(),
      event: { name: 'BreakExplained', payload: { subject: batch, cause: `${i + 1} of ${count}`, reason } },
      recordedAt: '2022-08-25T00:00:00.000Z',
      actor: 'tester',
    };
  });
  const half = Math.ceil(count / 2);
  return [
    { stream: 'B/H1', expected: 'any', events: events.slice(0, half) },
    { stream: 'B/H2', expected: 'any', events: events.slice(half) },
  ];
}

/** The batches that a log holds, in order. Throws at one that is not whole, not together or not in its order. */
export function wholeBatches(log: readonly StoredEvent[]): string[] {
  const batches: string[] = [];
  for (let at = 0; at < log.length;) {
    const { subject, cause } = log[at]?.payload as { subject: string; cause: string };
    const count = Number(cause.split(' of ')[1]);
    for (let i = 0; i < count; i += 1) {
      const found = log[at + i]?.payload as { subject: string; cause: string } | undefined;
      if (found?.subject !== subject || found.cause !== `${i + 1} of ${count}`) {
        throw new Error(`batch ${subject} is not whole at position ${at + i}`);
      }
    }
    batches.push(subject);
    at += count;
  }
  return batches;
}
