/**
 * The server's log: one JSON line a request and a refusal, with who asked, and never with what they signed in with.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import pino, { type DestinationStream, type Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { AskingRequest } from './question';

/** Injects the `Log`. */
export const LOG = Symbol('LOG');

export type Log = Logger;

export const logTo = (level: string, destination?: DestinationStream): Log =>
  destination ? pino({ level }, destination) : pino({ level });

const withActor = (request: IncomingMessage, _response: unknown, value: object): object => ({
  ...value,
  actor: (request as AskingRequest).who?.name ?? null,
});

/** Express middleware: names each request, and writes a line when it is answered. A request's headers are in none. */
export const requestsIn = (log: Log) =>
  pinoHttp({
    logger: log,
    genReqId: () => randomUUID(),
    serializers: {
      req: ({ id, method, url }: { id: unknown; method: unknown; url: unknown }) => ({ id, method, url }),
      res: ({ statusCode }: { statusCode: unknown }) => ({ status: statusCode }),
    },
    // What failed has a line of its own, with the error.
    customLogLevel: () => 'info',
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'answered',
    customSuccessObject: withActor,
    customErrorObject: (request, response, _error, value: object) => withActor(request, response, value),
  });
