/**
 * The client of the cluster, behind what it needs to be trusted with a ledger.
 *
 * The client of KurrentDB keeps to a connection that failed: a first discovery that failed fails every later append, a
 * read before the server is up fails every later read, and reads never leave a leader that is gone. So it is made again
 * after each failure that is not an answer. A write whose outcome nobody knows is called `unknown`, never failed: the
 * caller reads and finds out. Each call has a deadline of its own, because some of the client's wait for ever.
 */
import {
  BACKWARDS,
  END,
  ErrorType,
  KurrentDBClient,
  NO_STREAM,
  START,
  streamNameFilter,
  type AllStreamRecordedEvent,
  type AppendStreamRequest,
  type EventData,
  type Position,
} from '@kurrent/kurrentdb-client';
import { LedgerError, refuse } from '@tieout/events';
import type { Connection } from './connection';

export interface StreamWrite {
  /** As the cluster names it. */
  readonly stream: string;
  /** Last revision of the stream, -1 for none. */
  readonly expected: number;
  readonly events: readonly EventData[];
}

/** `written`: by now or before. `conflict`: a stream is not where it was expected. `unknown`: ask the log. */
export type WriteOutcome = 'written' | 'conflict' | 'unknown';

export interface Client {
  /** Up to `limit` records of streams with the prefix in commit order, from a position on, that one included. */
  read(from: Position | undefined, limit: number): Promise<readonly AllStreamRecordedEvent[]>;
  /** Last revision of a stream, as the cluster names it; -1 when it has none. */
  revisionOf(stream: string): Promise<number>;
  /** All the streams or none. Refuses with E504 what the server will never take. */
  write(writes: readonly StreamWrite[]): Promise<WriteOutcome>;
  /** Resolves when a record with the prefix stands after the position, when the subscription fails, or at the signal. */
  wait(after: Position | undefined, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** `patience`: how long a read is tried again before it is refused with E503, in milliseconds. */
export function clientOf(connection: Connection, prefix: string, patience: number): Client {
  const deadline = Math.min(patience, 15_000);
  let current: KurrentDBClient | undefined;
  let generation = 0;
  let open = true;

  const client = (): KurrentDBClient => {
    if (current) return current;
    const { credentials, string } = connection;
    try {
      current = KurrentDBClient.connectionString(string);
    } catch (error) {
      refuse('E602', `the store ${connection.shown} cannot be connected to: ${said(error)}`);
    }
    if (credentials) current.setCredentialsProvider(() => credentials);
    return current;
  };

  const dispose = async (of: KurrentDBClient | undefined): Promise<void> => {
    await of?.dispose().catch(() => undefined);
  };

  /** The client that failed is not used again. Several calls may have failed on one client: it is left once. */
  const leave = (failed: number): void => {
    if (failed !== generation) return;
    generation += 1;
    const left = current;
    current = undefined;
    void dispose(left);
  };

  /** What an error says, with nothing of the credentials in it. */
  const said = (error: unknown): string => {
    const words = error instanceof Error ? error.message : String(error);
    const { username, password } = connection.credentials ?? { username: '', password: '' };
    return [password, username].filter((s) => s !== '').reduce((text, s) => text.replaceAll(s, '***'), words);
  };

  const denied = (): LedgerError =>
    new LedgerError([
      {
        code: 'E504',
        message: `the cluster ${connection.shown} does not take the user and password`,
        notes: ['nothing was written'],
        help: 'give them percent-encoded, kurrentdb://USER:PASSWORD@HOST, and with tls; the user needs to read $all',
      },
    ]);

  async function patiently<T>(what: string, work: (of: KurrentDBClient) => Promise<T>): Promise<T> {
    const end = Date.now() + patience;
    for (let wait = 20; ; wait = Math.min(wait * 2, 1000)) {
      const mine = generation;
      try {
        return await within(deadline, work(client()));
      } catch (error) {
        if (error instanceof LedgerError) throw error;
        if (typeOf(error) === ErrorType.ACCESS_DENIED) throw denied();
        leave(mine);
        if (!open || Date.now() + wait > end) {
          refuse('E503', `the cluster ${connection.shown} does not answer when ${what}: ${said(error)}`, {
            help: 'see whether its nodes run and are reached from here, then try again',
          });
        }
        await pause(wait);
      }
    }
  }

  const filter = streamNameFilter({ prefixes: [prefix] });
  return {
    read: (from, limit) =>
      patiently('reading', async (of) => {
        const found: AllStreamRecordedEvent[] = [];
        const options = {
          fromPosition: from ?? START,
          filter,
          maxCount: limit,
          requiresLeader: true,
        } as const;
        for await (const { event } of of.readAll(options)) if (event) found.push(event);
        return found;
      }),

    revisionOf: (stream) =>
      patiently('reading', async (of) => {
        const options = {
          fromRevision: END,
          direction: BACKWARDS,
          maxCount: 1,
          requiresLeader: true,
        } as const;
        try {
          for await (const { event } of of.readStream(stream, options))
            if (event) return Number(event.revision);
        } catch (error) {
          if (typeOf(error) !== ErrorType.STREAM_NOT_FOUND) throw error;
        }
        return -1;
      }),

    async write(writes) {
      const mine = generation;
      const requests = writes.map(({ stream, expected, events }): AppendStreamRequest => ({
        streamName: stream,
        expectedState: expected < 0 ? NO_STREAM : BigInt(expected),
        events: [...events],
      }));
      try {
        const [first, ...others] = requests;
        if (first === undefined) return 'written';
        const { streamName, expectedState: streamState, events } = first;
        const options = { streamState, requiresLeader: true };
        const writing: Promise<unknown> =
          others.length > 0
            ? client().multiStreamAppend(requests)
            : client().appendToStream(streamName, events, options);
        await within(deadline, writing);
        return 'written';
      } catch (error) {
        if (error instanceof LedgerError) throw error;
        const type = typeOf(error);
        if (type === ErrorType.WRONG_EXPECTED_VERSION) return 'conflict';
        if (type === ErrorType.ACCESS_DENIED) throw denied();
        const never = neverTaken[type ?? ''];
        if (never !== undefined) {
          refuse(
            'E504',
            `the cluster ${connection.shown} does not take the append: ${never.why} (${said(error)})`,
            {
              notes: ['nothing was written'],
              help: never.help,
            },
          );
        }
        leave(mine);
        return 'unknown';
      }
    },

    async wait(after, signal) {
      const mine = generation;
      const subscription = client().subscribeToAll({
        fromPosition: after ?? START,
        filter,
        requiresLeader: true,
      });
      await new Promise<void>((resolve) => {
        subscription.once('data', () => resolve());
        subscription.on('error', () => {
          leave(mine);
          setTimeout(resolve, 200);
        });
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      if (mine === generation) await subscription.unsubscribe().catch(() => undefined);
    },

    async close() {
      open = false;
      const left = current;
      current = undefined;
      await dispose(left);
    },
  };
}

const typeOf = (error: unknown): string | undefined => (error as { type?: string } | null)?.type;

const tooLarge = {
  why: 'it is larger than the server allows',
  help: 'set MaxAppendSize of the servers, at most 16 MB, or append in parts',
};
const removed = {
  why: 'a stream of the book was deleted there',
  help: 'restore the cluster from a backup: a ledger is never deleted',
};

/** Answers that stay the same however often one asks. */
const neverTaken: Readonly<Record<string, { readonly why: string; readonly help: string }>> = {
  [ErrorType.UNSUPPORTED]: {
    why: 'it cannot write several streams at once',
    help: 'use KurrentDB 25.1 or later',
  },
  [ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED]: tooLarge,
  [ErrorType.TRANSACTION_MAX_SIZE_EXCEEDED]: tooLarge,
  [ErrorType.APPEND_RECORD_SIZE_EXCEEDED]: tooLarge,
  [ErrorType.STREAM_DELETED]: removed,
  [ErrorType.STREAM_TOMBSTONED]: removed,
};

export const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

/** The work's answer, or an error when it takes longer; its own late error is nobody's then. */
async function within<T>(millis: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${millis} ms`)), millis);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
