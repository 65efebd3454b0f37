/**
 * A log as it grows: what is there, then what comes, in order and with none left out.
 *
 * The lag of a reader is the length that a batch brings less the position after the batch's last event.
 */
import type { StoredEvent } from '@tieout/events';
import type { EventLog } from './port';

export interface Followed {
  /** The next events, at least one. */
  readonly events: readonly StoredEvent[];
  /** Events in the log when these were read. */
  readonly length: number;
}

const page = 1000;
const pollMillis = 250;

/** Events from a position on, for ever or until the signal. Refuses as reading does; the caller may begin again. */
export async function* follow(log: EventLog, from: number, signal: AbortSignal): AsyncGenerator<Followed> {
  for (let next = from; !signal.aborted;) {
    const events = await log.readAll(next, page);
    next += events.length;
    if (events.length > 0) yield { events, length: Math.max(next, await log.length()) };
    else await (log.wait ? log.wait(next, signal) : poll(signal));
  }
}

function poll(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, pollMillis);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
