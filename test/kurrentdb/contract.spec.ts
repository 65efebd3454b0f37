/**
 * The contract of a log, held against the KurrentDB store: on doubles of a cluster, and on a real server where
 * TIEOUT_TEST_KURRENTDB names one (a single node or a cluster: its connection string). A real server keeps what the suite
 * writes, each log under a book of its own, `contract-UUID`.
 */
import { randomUUID } from 'node:crypto';
import { memoryStore, type EventLog } from '@tieout/event-log';
import { describeContract, refusalOf, type LogUnderTest } from '@tieout/event-log/contract';
import { openKurrentLog } from '@tieout/kurrentdb';
import { startDouble } from './double/cluster';
import { logInDouble, secured } from './under-test';

describeContract('KurrentDB, a double of three nodes over TLS, with a user', () =>
  logInDouble({ nodes: 3, ...secured.options }, secured.url),
);
if (process.env['TIEOUT_FULL']) {
  describeContract('KurrentDB, a double of one node in plain text', () => logInDouble({}));
  describeContract('KurrentDB, a double of three nodes in plain text', () => logInDouble({ nodes: 3 }));
}

it.each([
  ['an authority that did not sign', 'node.crt', 'auditor:wahr-Heit!1494@', 'E503'],
  ['another password', 'ca.crt', 'auditor:wrong@', 'E504'],
  ['no password', 'ca.crt', '', 'E504'],
])('over TLS, %s is refused', async (_what, file, user, code) => {
  const double = await startDouble(secured.options);
  const url = `kurrentdb://${user}${double.hosts}?${secured.url.query.replace('ca.crt', file)}`;
  const log = openKurrentLog({ url, book: 'b', mirror: memoryStore()(), patience: 500 });
  const { problems } = await refusalOf(log.append([]));
  expect(problems.map((p) => p.code)).toEqual([code]);
  expect(JSON.stringify(problems)).not.toMatch(/wahr-Heit|wrong/);
  await log.close();
  double.stopAll();
});

const real = process.env['TIEOUT_TEST_KURRENTDB'];
if (real !== undefined && real !== '') {
  describeContract('KurrentDB, the server of TIEOUT_TEST_KURRENTDB', async (): Promise<LogUnderTest> => {
    const book = `contract-${randomUUID()}`;
    const mirror = memoryStore();
    const handles: EventLog[] = [];
    return {
      open: async () => {
        const log = openKurrentLog({ url: real, book, mirror: mirror() });
        handles.push(log);
        return log;
      },
      remove: async () => {
        await Promise.all(handles.map((log) => log.close()));
      },
    };
  });
} else {
  process.stderr.write(
    'NOT RUN: the contract on a real KurrentDB server, because TIEOUT_TEST_KURRENTDB does not name one\n',
  );
}
