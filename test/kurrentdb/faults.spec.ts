/**
 * A ledger over a cluster that fails: writes that are lost before they are committed or whose answer is lost after,
 * leaders that go, servers that stop. What was acknowledged stands in the log once and whole, what was not acknowledged
 * stands there once or not at all, and the balances are those of a model that saw no fault.
 *
 * A few dozen faults by default, 200 and more with TIEOUT_FULL=1.
 */
import type { EventLog } from '@tieout/event-log';
import { refusalOf, saying } from '@tieout/event-log/contract';
import { verifyLog } from '@tieout/event-log';
import { newEventId, type NewEvent, type Payload, type StoredEvent } from '@tieout/events';
import type { Fault } from './double/cluster';
import { logInDouble } from './under-test';

const faults = process.env['TIEOUT_FULL'] ? 240 : 30;
jest.setTimeout(faults * 2_000);

/** Random numbers below n, the same in every run. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const kinds: readonly Fault[] = ['before', 'after', 'late'];

type Legs = Payload<'OpeningBalanceRecorded'>['postings'];

function entry(id: string, amount: number): NewEvent {
  const leg = (account: string, minor: number): Legs[number] => ({
    account,
    movement: 'opening',
    minor: String(minor),
    unit: 'RMB',
  });
  const payload: Payload<'OpeningBalanceRecorded'> = {
    entry: id,
    date: '2022-06-30',
    dateBasis: 'disclosed',
    description: id,
    postings: [leg('cash', amount), leg(`revenue.${amount % 7}`, -amount)],
    provenance: { amount: 'disclosed', allocation: 'given', reasoning: '', source: [1] },
  };
  return {
    id: newEventId(),
    event: { name: 'OpeningBalanceRecorded', payload },
    recordedAt: '2022-08-25T00:00:00.000Z',
    actor: 'tester',
  };
}

/** Balances by account of events that carry entries. */
function balances(payloads: readonly unknown[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const payload of payloads)
    for (const { account, minor } of (payload as { postings: Legs }).postings)
      sums.set(account, (sums.get(account) ?? 0n) + BigInt(minor));
  return sums;
}

it(`${faults} faults before and after commit, leaders that move, servers that restart: exactly once, whole`, async () => {
  const made = await logInDouble({ nodes: 3 });
  try {
    const { double } = made;
    const writers = [await made.open(), await made.open()];
    const random = dice(20220630);
    const model: NewEvent[][] = [];
    const next = [0, 0];

    /** One writer's share: appends one after another, each of one to five entries to one stream or to two. */
    const post = async (writer: number, appends: number): Promise<void> => {
      const log = writers[writer];
      for (let i = 0; i < appends && log; i += 1) {
        const events = Array.from({ length: 1 + random(5) }, () =>
          entry(`JE-${writer}-${(next[writer] = (next[writer] ?? 0) + 1)}`, 1 + random(100_000)),
        );
        const cut = events.length > 1 && random(2) === 0 ? 1 + random(events.length - 1) : events.length;
        const { appended, repeated } = await log.append(
          [
            { stream: `b/${random(2)}`, expected: 'any' as const, events: events.slice(0, cut) },
            { stream: 'b/closing', expected: 'any' as const, events: events.slice(cut) },
          ].filter((a) => a.events.length > 0),
        );
        expect(repeated).toBe(0);
        expect(appended.map((e) => e.id)).toEqual(events.map((e) => e.id));
        const first = appended[0]?.position ?? -1;
        expect(appended.map((e) => e.position)).toEqual(events.map((_e, n) => first + n));
        model.push(events);
      }
    };

    for (let met = 0; met < faults;) {
      const due = Array.from({ length: 1 + random(4) }, () => kinds[random(3)] ?? 'after');
      double.fail(...due);
      const disturbed = random(3);
      await Promise.all([
        post(0, 2),
        post(1, 2),
        disturbed === 0 ? double.moveLeader() : disturbed === 1 ? double.restart() : undefined,
      ]);
      while (double.faultsLeft() > 0) await post(0, 1);
      met += due.length;
    }

    const said = model.flat();
    const held = await everything(writers[0]);
    expect(held.map((e) => e.id).sort()).toEqual(said.map((e) => e.id).sort());
    expect(balances(held.map((e) => e.payload))).toEqual(balances(said.map((e) => e.event.payload)));
    // The same from a mirror that saw nothing of it.
    const stranger = await (await made.stranger()).open();
    const verified = await verifyLog(stranger);
    expect(verified).toStrictEqual(await verifyLog(writers[1] ?? stranger));
    expect(verified.problems).toEqual([]);
    expect(verified.length).toBe(said.length);
  } finally {
    await made.remove();
  }
});

const everything = async (log: EventLog | undefined): Promise<readonly StoredEvent[]> =>
  (await log?.readAll(0, 1_000_000)) ?? [];

describe('one append', () => {
  let made: Awaited<ReturnType<typeof logInDouble>>;
  let log: EventLog;
  beforeEach(async () => {
    made = await logInDouble({ nodes: 3 });
    log = await made.open();
  });
  afterEach(() => made.remove());

  it.each(kinds)('is made once where its answer is lost: %s', async (fault) => {
    made.double.fail(fault, fault);
    const [a, b] = [saying('a'), saying('b')];
    const { appended, length, repeated } = await log.append([
      { stream: 'B', expected: -1, events: [a] },
      { stream: 'C', expected: -1, events: [b] },
    ]);
    expect([appended.map((e) => e.id), length, repeated]).toEqual([[a.id, b.id], 2, 0]);
    expect(made.double.records.all().length).toBe(2);
  });

  it('that was made, lost its answer and was overtaken is acknowledged, and made once', async () => {
    const other = await made.open();
    await other.append([{ stream: 'B', expected: -1, events: [saying('0')] }]);
    made.double.fail('after');
    const made1 = new Promise((resolve) => made.double.records.onWrite(resolve));
    const late = log.append([{ stream: 'B', expected: 0, events: [saying('1')] }]);
    await made1;
    const overtaking = other.append([{ stream: 'B', expected: 1, events: [saying('2')] }]);
    expect((await late).appended.map((e) => e.revision)).toEqual([1]);
    expect((await overtaking).appended.map((e) => e.revision)).toEqual([2]);
    expect((await everything(log)).length).toBe(3);
  });

  it('that comes late, after others were made at its place, is not made again', async () => {
    made.double.fail('late');
    const { appended } = await log.append([{ stream: 'B', expected: 'any', events: [saying('a')] }]);
    await log.append([{ stream: 'B', expected: 0, events: [saying('b')] }]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(appended.length).toBe(1);
    expect(made.double.records.all().length).toBe(2);
    expect(await log.length()).toBe(2);
  });

  it('of two that expect the same revision: one wins, the other is told of the conflict', async () => {
    const other = await made.open();
    const said = await Promise.all(
      [log, other].map((writer, i) =>
        writer.append([{ stream: 'B', expected: -1, events: [saying(`${i}`)] }]).then(
          () => 'done',
          async (error: unknown) => (await refusalOf(Promise.reject(error))).problems[0]?.code,
        ),
      ),
    );
    expect(new Set(said)).toEqual(new Set(['E501', 'done']));
    expect(await log.length()).toBe(1);
  });

  it('waits for a server that is not up yet, also when that is its first connection', async () => {
    made.double.stopAll();
    const appending = log.append([{ stream: 'B', expected: -1, events: [saying('a')] }]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await made.double.restart();
    expect((await appending).length).toBe(1);
  });
});
