/**
 * Logs in the double for the contract and the fault suites: one cluster and one mirror for a log and all its handles, as
 * the processes of one machine have it.
 */
import type { LogUnderTest } from '@tieout/event-log/contract';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryStore, type EventLog } from '@tieout/event-log';
import { openKurrentLog } from '@tieout/kurrentdb';
import { startDouble, type Double, type DoubleOptions } from './double/cluster';

export interface LogInDouble extends LogUnderTest {
  readonly double: Double;
  /** Another machine: handles with a mirror of their own. */
  stranger(): Promise<{ open(): Promise<EventLog> }>;
}

const certificates = join(__dirname, 'certificates');
const authority = join(certificates, 'ca.crt');

/** What a double with TLS and one user takes, and how its URL says so. */
export const secured = {
  options: {
    tls: {
      key: readFileSync(join(certificates, 'node.key')),
      certificate: readFileSync(join(certificates, 'node.crt')),
    },
    authorization: `Basic ${Buffer.from('auditor:wahr-Heit!1494').toString('base64')}`,
  },
  url: { user: 'auditor:wahr-Heit!1494@', query: `tlsCAFile=${authority}` },
};

/** A log of the book `b` in a double of its own. `user`: `NAME:PASSWORD@`; `query`: the options of the URL. */
export async function logInDouble(
  options: DoubleOptions,
  { user = '', query = 'tls=false' } = {},
): Promise<LogInDouble> {
  const double = await startDouble(options);
  const handles: EventLog[] = [];
  const machine = (): (() => Promise<EventLog>) => {
    const mirror = memoryStore();
    return async () => {
      const url = `kurrentdb://${user}${double.hosts}?${query}`;
      const log = openKurrentLog({ url, book: 'b', mirror: mirror(), patience: 10_000 });
      handles.push(log);
      return log;
    };
  };
  return {
    double,
    open: machine(),
    stranger: async () => ({ open: machine() }),
    remove: async () => {
      await Promise.all(handles.map((log) => log.close()));
      double.stopAll();
    },
  };
}
