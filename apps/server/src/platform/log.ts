/**
 * The server's log: one JSON line a request and a refusal, with who asked, and never with what they signed in with.
 */
import { randomUUID } from 'node:crypto';
import pino, { type DestinationStream, type Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { AskingRequest } from './question';

/** Injects the `Log`. */
export const LOG = Symbol('LOG');

export type Log = Logger;

export const logTo = (level: string, destination?: DestinationStream): Log =>
  destination ? pino({ level }, destination) : pino({ level });

/** Express middleware: names each request, and writes a line when it is answered. A request's headers are in none. */
export const requestsIn = (log: Log) =>
  pinoHttp({
    logger: log,
    genReqId: () => randomUUID(),
    serializers: {
      req: ({ id, method, url }: { id: unknown; method: unknown; url: unknown }) => ({ id, method, url }),
      res: ({ statusCode }: { statusCode: unknown }) => ({ status: statusCode }),
    },
    customProps: (request) => ({ actor: (request as AskingRequest).who?.name ?? null }),
    customLogLevel: (_request, { statusCode }) => (statusCode >= 500 ? 'error' : 'info'),
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'failed',
  });
