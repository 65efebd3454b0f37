/**
 * Server-sent events: one response that stays open, each event with an id, and a comment now and then so that nobody in
 * between takes the silence for the end.
 */
import type { Response } from 'express';
import type { Observable } from 'rxjs';

const HEARTBEAT_MS = 15_000;

export interface Sent {
  readonly event: string;
  readonly id: string;
  readonly data: unknown;
  /** Nothing comes after it, and nobody needs to ask again. */
  readonly last?: boolean;
}

/** Sends what comes, until it ends or they go. A reader that is slow misses what is not last. */
export function stream(response: Response, events: Observable<Sent>): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  if (response.req.method === 'HEAD') return void response.end();
  response.write('retry: 2000\n\n');
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  const end = (): void => {
    clearInterval(heartbeat);
    response.end();
  };
  const heard = events.subscribe({
    next: ({ event, id, data, last = false }) => {
      if (response.writableNeedDrain && !last) return;
      response.write(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    error: end,
    complete: end,
  });
  response.once('close', () => {
    clearInterval(heartbeat);
    heard.unsubscribe();
  });
}
