/**
 * The mirror in front of a cluster: what it holds is what the cluster holds, of this book and no other, or it is refused.
 */
import { follow, memoryStore, verifyLog, type EventLog, type Mirror } from '@tieout/event-log';
import { refusalOf, saying } from '@tieout/event-log/contract';
import type { NewEvent, Payload } from '@tieout/events';
import { openKurrentLog } from '@tieout/kurrentdb';
import { startDouble, type Double, type DoubleOptions } from './double/cluster';
import { secured } from './under-test';

let double: Double;
const opened: EventLog[] = [];

const plain = { url: { user: '', query: 'tls=false' } };

function open(mirror: Mirror, book = 'b', patience = 5_000, { user, query } = plain.url): EventLog {
  const log = openKurrentLog({ url: `kurrentdb://${user}${double.hosts}?${query}`, book, mirror, patience });
  opened.push(log);
  return log;
}

const start = async (options: DoubleOptions = {}): Promise<void> => {
  double?.stopAll();
  double = await startDouble(options);
};

beforeEach(() => start());
afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close()));
  double.stopAll();
});

const problemsOf = async (work: Promise<unknown>): Promise<(string | undefined)[][]> =>
  (await refusalOf(work)).problems.map((p) => [p.code, p.message]);

function posting(entry: string): NewEvent {
  const payload: Payload<'OpeningBalanceRecorded'> = {
    ...{ entry, date: '2022-06-30', dateBasis: 'disclosed', description: entry, postings: [] },
    provenance: { amount: 'disclosed', allocation: 'given', reasoning: '', source: [1] },
  };
  return { ...saying(''), event: { name: 'OpeningBalanceRecorded', payload } };
}

const three = async (log: EventLog): Promise<void> => {
  await log.append([{ stream: 'B', expected: -1, events: [saying('0')] }]);
  await log.append([
    { stream: 'B', expected: 0, events: [saying('1')] },
    { stream: 'C', expected: -1, events: [saying('2')] },
  ]);
};

it('of a second machine has the same positions, leaves and head', async () => {
  const first = open(memoryStore()());
  await three(first);
  const second = open(memoryStore()());
  expect(await second.readAll(0, 10)).toStrictEqual(await first.readAll(0, 10));
  expect(await verifyLog(second)).toStrictEqual(await verifyLog(first));
});

it('holds one book of a cluster that holds several, and other records besides', async () => {
  const [b, other, longer] = [
    open(memoryStore()()),
    open(memoryStore()(), 'c'),
    open(memoryStore()(), 'b-2'),
  ];
  const noise = { id: 'f0000000-0000-7000-8000-000000000000', type: 'Noise', json: false };
  const nothing = new Uint8Array();
  double.records.write([
    { stream: 'orders-1', expected: 'any', records: [{ ...noise, data: nothing, metadata: nothing }] },
  ]);
  await three(b);
  await three(other);
  await three(longer);
  await b.append([{ stream: 'B', expected: 1, events: [saying('3')] }]);
  expect((await b.readAll(0, 10)).map((e) => [e.stream, e.position])).toEqual([
    ['B', 0],
    ['B', 1],
    ['C', 2],
    ['B', 3],
  ]);
  expect(await other.length()).toBe(3);
});

it('goes on where it was, and reads only what is new', async () => {
  const machine = memoryStore();
  await three(open(machine()));
  const again = open(machine());
  expect(await again.length()).toBe(3);
  const [checkpoint] = (await machine().loadSnapshots()).filter((s) => s.projection === '$kurrentdb');
  expect(checkpoint?.length).toBe(3);
  expect(await again.loadSnapshots()).toEqual([]);
});

it('that lost its checkpoint reads everything again and finds itself in order', async () => {
  const machine = memoryStore();
  await three(open(machine()));
  const [checkpoint] = await machine().loadSnapshots();
  expect(checkpoint?.projection).toBe('$kurrentdb');
  await machine().saveSnapshots(checkpoint ? [{ ...checkpoint, sha256: '0'.repeat(64) }] : []);
  expect(await open(machine()).length()).toBe(3);
});

describe('is refused, and nothing is changed,', () => {
  it('where the cluster was restored from an older backup', async () => {
    const machine = memoryStore();
    await three(open(machine()));
    double.records.forget(2);
    const [[code, message] = []] = await problemsOf(open(machine()).length());
    expect(code).toBe('E401');
    expect(message).toMatch(/disagree: the mirror holds event .* at position 2, the cluster does not$/);
    expect(await machine().length()).toBe(3);
  });

  it('where the cluster is another one', async () => {
    const machine = memoryStore();
    await three(open(machine()));
    await start();
    await three(open(memoryStore()()));
    expect((await problemsOf(open(machine()).length()))[0]?.[0]).toBe('E401');
  });

  it('where it holds more than the cluster, with no checkpoint', async () => {
    const machine = memoryStore();
    const log = open(memoryStore()());
    await three(log);
    await machine().copy(await log.readAll(0, 10));
    double.records.forget(1);
    expect((await problemsOf(open(machine()).length()))[0]?.[1]).toMatch(
      /disagree: the mirror holds 3 events, the cluster 2$/,
    );
  });

  it('where an event of it is not the event of the cluster, which an inspection finds', async () => {
    const machine = memoryStore();
    await machine().append([{ stream: 'B', expected: -1, events: [saying('not what the cluster holds')] }]);
    const log = open(memoryStore()());
    await three(log);
    expect(await log.inspect()).toEqual([]);
    const other = open(machine());
    const found = 'BreakExplained at position 0 differs from the event of this position in its copy';
    expect(await other.inspect()).toEqual([found]);
    expect(await problemsOf(other.length())).toEqual([['E401', found]]);
  });

  it('where a record under its prefix was not written by Tieout', async () => {
    const record = { id: 'f0000000-0000-7000-8000-000000000001', type: 'Foreign', json: true };
    const data = new Uint8Array(Buffer.from('{}'));
    double.records.write([
      { stream: 'tieout-b:B', expected: 'any', records: [{ ...record, data, metadata: data }] },
    ]);
    expect(await problemsOf(open(memoryStore()()).length())).toEqual([
      ['E401', 'revision 0 of stream tieout-b:B is not an event of Tieout'],
    ]);
  });
});

it('of two machines that post one entry to two streams at the same moment, one does', async () => {
  const machines = [open(memoryStore()()), open(memoryStore()())];
  for (let n = 0; n < 5; n += 1) {
    const said = await Promise.all(
      machines.map((log, i) =>
        log.append([{ stream: `H${i}`, expected: 'any', events: [posting(`JE-${n}`)] }]).then(
          () => 'done',
          async (error: unknown) => (await refusalOf(Promise.reject(error))).problems[0]?.code,
        ),
      ),
    );
    expect(new Set(said)).toEqual(new Set(['done', 'E207']));
  }
  expect(await open(memoryStore()()).length()).toBe(5);
});

it('an entry that stands twice, because something else wrote there: every reader finds both places', async () => {
  const log = open(memoryStore()());
  await log.append([{ stream: 'H1', expected: -1, events: [posting('JE-1')] }]);
  // A writer that takes no turn.
  const record = double.records.all().find(({ stream }) => stream === 'tieout-b:H1');
  const records = record ? [{ ...record, id: saying('').id }] : [];
  double.records.write([{ stream: 'tieout-b:H2', expected: 'none', records }]);

  const found = [
    [
      'E401',
      `in the cluster kurrentdb://${double.hosts} entry JE-1 is already at position 0 and would stand again at position 1`,
    ],
  ];
  expect(await problemsOf(log.length())).toEqual(found);
  expect(await problemsOf(open(memoryStore()()).length())).toEqual(found);
});

it('a server without the second protocol takes one stream, and is not asked for several', async () => {
  await start({ multiStream: false });
  const log = open(memoryStore()());
  await log.append([{ stream: 'B', expected: -1, events: [saying('0')] }]);
  const [problem] = (
    await refusalOf(
      log.append([
        { stream: 'B', expected: 0, events: [saying('1')] },
        { stream: 'C', expected: -1, events: [saying('2')] },
      ]),
    )
  ).problems;
  expect([problem?.code, problem?.help]).toEqual(['E504', 'use KurrentDB 25.1 or later']);
  expect(double.records.all().length).toBe(1);
});

it.each([
  ['batch append, in plain text', {}, plain.url],
  ['append, with a user over TLS', secured.options, secured.url],
])('an append that is larger than the server takes is refused at once: %s', async (_what, options, at) => {
  await start({ ...options, maxAppendSize: 2_000 });
  const log = open(memoryStore()(), 'b', 5_000, at);
  const large = (): NewEvent => saying('x'.repeat(3_000));
  for (const streams of [['B'], ['B', 'C']]) {
    const appends = streams.map((stream) => ({ stream, expected: -1, events: [large()] }));
    const [problem] = (await refusalOf(log.append(appends))).problems;
    expect([problem?.code, problem?.notes]).toEqual(['E504', ['nothing was written']]);
    expect(problem?.message).toContain('it is larger than the server allows');
  }
  await log.append([{ stream: 'B', expected: -1, events: [saying('small')] }]);
  expect(await log.length()).toBe(1);
});

it('a cluster that does not answer is said not to, after the patience that was asked for', async () => {
  double.stopAll();
  expect((await problemsOf(open(memoryStore()(), 'b', 500).length()))[0]?.[0]).toBe('E503');
});

it('follows the cluster as it grows', async () => {
  const [reader, writer] = [open(memoryStore()()), open(memoryStore()())];
  await three(writer);
  const stop = new AbortController();
  const batches = follow(reader, 0, stop.signal);
  expect((await batches.next()).value).toMatchObject({ length: 3 });
  const coming = batches.next();
  const { appended } = await writer.append([{ stream: 'B', expected: 1, events: [saying('3')] }]);
  expect((await coming).value).toStrictEqual({ events: appended, length: 4 });
  const last = batches.next();
  setTimeout(() => stop.abort(), 20);
  expect((await last).done).toBe(true);
});
