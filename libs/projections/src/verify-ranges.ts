/**
 * How a log is cut into ranges of pages, and how several threads share them: each takes the next that nobody has taken.
 */
import { pageLength } from '@tieout/event-log';
import type { RangeFindings } from './verify-findings';
import type { RangeVerifier } from './verify-range';

/** A log cut for some threads. */
export interface Shares {
  readonly length: number;
  /** Events in a range: whole pages. The last range has fewer, and goes on where the log is longer than it states. */
  readonly size: number;
  readonly count: number;
  /** The range to be taken next: an Int32 that all threads see. */
  readonly next: SharedArrayBuffer;
}

/** Pages of a range at most. Few, so that the threads come to the end at nearly the same time. */
const MOST = 4;

export function sharesOf(length: number, threads: number): Shares {
  const pages = Math.max(1, Math.ceil(length / pageLength));
  const size = pageLength * Math.max(1, Math.min(MOST, Math.floor(pages / (threads * 4))));
  const count = Math.max(1, Math.ceil(length / size));
  return { length, size, count, next: new SharedArrayBuffer(4) };
}

/** Verifies ranges as long as there are any that nobody has taken. `step` is told how many events were given out. */
export async function takeShares(
  verifier: RangeVerifier,
  { length, size, count, next }: Shares,
  step: (events: number) => void = () => undefined,
): Promise<readonly RangeFindings[]> {
  const taken: RangeFindings[] = [];
  const counter = new Int32Array(next);
  for (;;) {
    const share = Atomics.add(counter, 0, 1);
    if (share >= count) return taken;
    step(Math.min(length, share * size));
    const from = share * size;
    taken.push(await verifier.verify(from, share === count - 1 ? Infinity : from + size));
  }
}
