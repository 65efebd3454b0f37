/**
 * The contract of a log, held against every store: what port.ts promises, promise by promise.
 *
 * A store passes when `describeContract` passes on it; nothing in here knows which store it is. Expectations are whole
 * events, strictly equal.
 */
import {
  bodyOf,
  canonical,
  ExitCode,
  LedgerError,
  leafHash,
  leafOf,
  merkleRoot,
  newEventId,
  sha256,
  type NewEvent,
  type Payload,
  type StoredEvent,
} from '@tieout/events';
import { bookOf } from './open';
import type { EventLog, SealedPage, Snapshot } from './port';
import { verifyLog } from './verify';

/** One log of the store under test, empty at first. */
export interface LogUnderTest {
  /** A handle on the log; the second and later calls give further handles on the same one. */
  open(): Promise<EventLog>;
  /** Close what is open and leave nothing behind. */
  remove(): Promise<void>;
}

const recordedAt = '2022-08-25T00:00:00.000Z';

/** An event that says `reason`: small, and each with an id of its own. */
export function saying(reason: string, id = newEventId()): NewEvent {
  const payload: Payload<'BreakExplained'> = { subject: 'is.revenue@2022H1', cause: 'a test', reason };
  return { id, event: { name: 'BreakExplained', payload }, recordedAt, actor: 'tester' };
}

/** An event that carries the entry `entry`, of two legs. */
export function posting(entry: string, amount = 100): NewEvent {
  const leg = (account: string, minor: number) => ({
    account,
    movement: 'recognised',
    minor: `${minor}`,
    unit: 'RMB',
  });
  const payload: Payload<'RevenueRecognised'> = {
    entry,
    date: '2022-06-30',
    dateBasis: 'period-end',
    description: `Sale ${entry}`,
    postings: [leg('receivables.trade', amount), leg('revenue', -amount)],
    provenance: { amount: 'assumed', allocation: 'assumed', reasoning: '', source: [] },
  };
  return { id: newEventId(), event: { name: 'RevenueRecognised', payload }, recordedAt, actor: 'tester' };
}

/** `saying(reason)` as it stands in a log. */
function standing(
  said: NewEvent,
  place: { stream: string; revision: number; position: number },
): StoredEvent {
  const { id, event, actor, causationId, correlationId } = said;
  const stored = {
    id,
    name: event.name,
    version: 1,
    payload: event.payload,
    recordedAt: said.recordedAt,
    actor,
    ...(causationId === undefined ? {} : { causationId }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...place,
  };
  return { ...stored, leaf: leafHash(stored) };
}

/** The codes of a refusal; anything else that is thrown fails the test. */
export async function refusalOf(work: Promise<unknown>): Promise<LedgerError> {
  const refusal = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (refusal instanceof LedgerError) return refusal;
  throw new Error(`expected a refusal, got ${String(refusal)}`);
}

const codes = (refusal: LedgerError): string[] => refusal.problems.map((p) => p.code);

export function describeContract(store: string, makeLog: () => Promise<LogUnderTest>): void {
  describe(`the contract of a log, by ${store}`, () => {
    let made: LogUnderTest;
    let log: EventLog;
    beforeEach(async () => {
      made = await makeLog();
      log = await made.open();
    });
    afterEach(() => made.remove());

    const everything = (from: EventLog = log): Promise<readonly StoredEvent[]> => from.readAll(0, 1_000_000);

    it('is empty at first', async () => {
      expect(await log.length()).toBe(0);
      expect(await everything()).toEqual([]);
      expect(await log.readStream('B', 0, 10)).toEqual([]);
      expect(await log.revisionOf('B')).toBe(-1);
      expect(await log.loadSnapshots()).toEqual([]);
      expect(await bookOf(log)).toBeUndefined();
      expect(await verifyLog(log)).toStrictEqual({ length: 0, head: sha256(''), problems: [] });
    });

    it('gives dense positions in the log and dense revisions in each stream, and reads back what it acknowledged', async () => {
      const [a, b, c, d] = [saying('a'), saying('b'), saying('c'), saying('d')];
      const first = await log.append([
        { stream: 'B', expected: -1, events: [a] },
        { stream: 'B/H1', expected: -1, events: [b, c] },
      ]);
      const second = await log.append([{ stream: 'B', expected: 0, events: [d] }]);
      const due = [
        standing(a, { stream: 'B', revision: 0, position: 0 }),
        standing(b, { stream: 'B/H1', revision: 0, position: 1 }),
        standing(c, { stream: 'B/H1', revision: 1, position: 2 }),
        standing(d, { stream: 'B', revision: 1, position: 3 }),
      ];
      expect(first).toStrictEqual({ repeated: 0, appended: due.slice(0, 3), length: 3 });
      expect(second).toStrictEqual({ repeated: 0, appended: due.slice(3), length: 4 });
      expect(await everything()).toStrictEqual(due);
      expect(await log.readStream('B', 0, 10)).toStrictEqual([due[0], due[3]]);
      expect(await log.readStream('B/H1', 0, 10)).toStrictEqual([due[1], due[2]]);
      expect(await log.revisionOf('B')).toBe(1);
      expect(await log.length()).toBe(4);
      expect(await verifyLog(log)).toStrictEqual({
        length: 4,
        head: merkleRoot(due.map((e) => e.leaf)),
        problems: [],
      });
    });

    it('appends to several streams all or nothing', async () => {
      await log.append([{ stream: 'B', expected: -1, events: [saying('a')] }]);
      const refusal = await refusalOf(
        log.append([
          { stream: 'C', expected: -1, events: [saying('not written')] },
          { stream: 'B', expected: -1, events: [saying('refused')] },
        ]),
      );
      expect(codes(refusal)).toEqual(['E501']);
      expect(await log.length()).toBe(1);
      expect(await log.revisionOf('C')).toBe(-1);
      const after = await log.append([{ stream: 'C', expected: -1, events: [saying('b')] }]);
      expect(after.appended.map((e) => e.position)).toEqual([1]);
    });

    describe('expected revisions', () => {
      beforeEach(() => log.append([{ stream: 'B', expected: 'any', events: [saying('0'), saying('1')] }]));

      it.each([-1, 0, 2, 7])('refuses %i where the stream is at 1', async (expected) => {
        const refusal = await refusalOf(log.append([{ stream: 'B', expected, events: [saying('late')] }]));
        expect(refusal.problems[0]?.message).toBe(`stream B is at revision 1, you expected ${expected}`);
        expect(codes(refusal)).toEqual(['E501']);
        expect(refusal.exitCode).toBe(ExitCode.conflict);
        expect(refusal.problems[0]?.help).toContain('expect revision 1');
        expect(await log.length()).toBe(2);
      });

      it('refuses 0 where the stream has no events, and names every stream that moved on', async () => {
        const refusal = await refusalOf(
          log.append([
            { stream: 'B', expected: 0, events: [saying('x')] },
            { stream: 'C', expected: 0, events: [saying('y')] },
          ]),
        );
        expect(refusal.problems.map((p) => p.message)).toEqual([
          'stream B is at revision 1, you expected 0',
          'stream C is at revision -1, you expected 0',
        ]);
      });

      it('takes the revision that the stream is at, and any where it is not asked', async () => {
        await log.append([{ stream: 'B', expected: 1, events: [saying('2')] }]);
        await log.append([{ stream: 'B', expected: 'any', events: [saying('3')] }]);
        expect(await log.revisionOf('B')).toBe(3);
      });
    });

    describe('an append that was decided when the log had a certain length', () => {
      const late = saying('late');
      beforeEach(() => log.append([{ stream: 'B', expected: 'any', events: [saying('0'), saying('1')] }], 0));

      it.each([0, 1, 3])('is refused at %i where the log has two events, whatever its stream', async (at) => {
        const refusal = await refusalOf(log.append([{ stream: 'C', expected: -1, events: [late] }], at));
        expect(codes(refusal)).toEqual(['E501']);
        expect(refusal.problems[0]?.message).toBe(`the log moved on: it was at rev ${at}, it is at rev 2`);
        expect(await log.length()).toBe(2);
      });

      it('is written at that length, and its retry is harmless', async () => {
        const { length } = await log.append([{ stream: 'C', expected: 'any', events: [late] }], 2);
        expect(length).toBe(3);
        const again = await log.append([{ stream: 'C', expected: 'any', events: [late] }], 2);
        expect(again).toStrictEqual({ repeated: 1, appended: [], length: 3 });
      });

      it('of many at once, each in a stream of its own, one is written', async () => {
        const handles = [log, await made.open(), await made.open(), await made.open()];
        const written = await Promise.allSettled(
          handles.map((handle, index) =>
            handle.append([{ stream: `C${index}`, expected: 'any', events: [saying('late')] }], 2),
          ),
        );
        expect(written.map(({ status }) => status).sort()).toEqual([
          'fulfilled',
          'rejected',
          'rejected',
          'rejected',
        ]);
        expect(await log.length()).toBe(3);
      });
    });

    describe('the same event again', () => {
      const a = saying('a');
      const b = saying('b');
      beforeEach(() => log.append([{ stream: 'B', expected: -1, events: [a, b] }]));

      it('changes nothing, also when it happens later and the expected revision has passed', async () => {
        await log.append([{ stream: 'B', expected: 1, events: [saying('since')] }]);
        const before = await everything();
        const later = { ...b, recordedAt: '2030-01-01T00:00:00.000Z' };
        const again = await log.append([{ stream: 'B', expected: -1, events: [a, later] }]);
        expect(again).toStrictEqual({ repeated: 2, appended: [], length: 3 });
        expect(await everything()).toStrictEqual(before);
      });

      it('within a longer append is not written again; the new ones get the next places', async () => {
        const c = saying('c');
        const mixed = await log.append([{ stream: 'B', expected: -1, events: [a, b, c] }]);
        expect(mixed).toStrictEqual({
          repeated: 2,
          appended: [standing(c, { stream: 'B', revision: 2, position: 2 })],
          length: 3,
        });
        const d = saying('d');
        const between = await log.append([
          { stream: 'B', expected: 'any', events: [b, d, a] },
          { stream: 'C', expected: -1, events: [saying('e')] },
        ]);
        expect(between.repeated).toBe(2);
        expect(between.appended.map((e) => [e.stream, e.revision, e.position])).toEqual([
          ['B', 3, 3],
          ['C', 0, 4],
        ]);
      });

      it('may stand before the revision that is expected', async () => {
        const c = saying('c');
        const mixed = await log.append([{ stream: 'B', expected: 1, events: [b, c] }]);
        expect(mixed.repeated).toBe(1);
        expect(mixed.appended).toStrictEqual([standing(c, { stream: 'B', revision: 2, position: 2 })]);
      });

      it('does not excuse a stream that moved on', async () => {
        await log.append([{ stream: 'B', expected: 1, events: [saying('by another')] }]);
        const refusal = await refusalOf(
          log.append([{ stream: 'B', expected: -1, events: [a, b, saying('c')] }]),
        );
        expect(codes(refusal)).toEqual(['E501']);
        expect(await log.length()).toBe(3);
      });

      it('twice in one append counts once', async () => {
        const c = saying('c');
        const twice = await log.append([{ stream: 'B', expected: 1, events: [c, c] }]);
        expect(twice).toStrictEqual({
          repeated: 1,
          appended: [standing(c, { stream: 'B', revision: 2, position: 2 })],
          length: 3,
        });
      });

      it.each<[string, string, NewEvent]>([
        ['another payload', 'B', saying('not a', a.id)],
        ['another actor', 'B', { ...a, actor: 'somebody else' }],
        [
          'another name',
          'B',
          { ...a, event: { name: 'RepairConfirmed', payload: { figure: 'f', reason: 'a' } } },
        ],
        ['another stream', 'C', a],
      ])('with %s is refused, and what came with it is not written', async (_what, stream, other) => {
        const refusal = await refusalOf(
          log.append([{ stream, expected: 'any', events: [saying('x'), other] }]),
        );
        expect(codes(refusal)).toEqual(['E207']);
        expect(refusal.problems[0]?.message).toContain(`${a.id} `);
        expect(refusal.problems[0]?.message).toContain('is already at position 0 and says something else');
        expect(await log.length()).toBe(2);
      });

      it('with another body within one append is refused', async () => {
        const c = saying('c');
        const refusal = await refusalOf(
          log.append([{ stream: 'B', expected: 1, events: [c, saying('not c', c.id)] }]),
        );
        expect(codes(refusal)).toEqual(['E207']);
        expect(await log.length()).toBe(2);
      });
    });

    describe('an entry', () => {
      const [first, second] = [posting('JE-1'), posting('JE-2')];
      beforeEach(() =>
        log.append([
          { stream: 'B', expected: -1, events: [saying('a'), first] },
          { stream: 'B/H1', expected: -1, events: [second] },
        ]),
      );

      it('is found by its id, whatever its stream', async () => {
        expect(await log.readEntry('JE-1')).toStrictEqual(
          standing(first, { stream: 'B', revision: 1, position: 1 }),
        );
        expect(await log.readEntry('JE-2')).toStrictEqual(
          standing(second, { stream: 'B/H1', revision: 0, position: 2 }),
        );
        for (const none of ['JE-3', 'JE-', '', 'a', "JE-1' OR 1", 'je-1'])
          expect(await log.readEntry(none)).toBeUndefined();
      });

      it('stands once in the log: a second event that carries it is refused, naming both positions', async () => {
        const refusal = await refusalOf(
          log.append([
            { stream: 'C', expected: -1, events: [saying('x'), posting('JE-2', 200), posting('JE-1')] },
          ]),
        );
        expect(refusal.problems.map(({ code, message }) => [code, message])).toStrictEqual([
          ['E207', 'entry JE-2 is already at position 2 and would stand again at position 4'],
          ['E207', 'entry JE-1 is already at position 1 and would stand again at position 5'],
        ]);
        expect(refusal.exitCode).toBe(ExitCode.conflict);
        expect([await log.length(), await log.revisionOf('C')]).toStrictEqual([3, -1]);
      });

      it('stands once in an append', async () => {
        const refusal = await refusalOf(
          log.append([{ stream: 'B', expected: 1, events: [posting('JE-3'), posting('JE-3')] }]),
        );
        expect(refusal.problems.map((p) => p.message)).toStrictEqual([
          'entry JE-3 is already at position 3 and would stand again at position 4',
        ]);
        expect(await log.readEntry('JE-3')).toBeUndefined();
      });

      it('of an event that is there already is no second one', async () => {
        const again = await log.append([{ stream: 'B', expected: -1, events: [first] }]);
        expect(again).toStrictEqual({ repeated: 1, appended: [], length: 3 });
      });

      it('is one of many writers to bring it', async () => {
        const handles = [log, await made.open()];
        const attempts = Array.from({ length: 6 }, (_, i) =>
          (handles[i % 2] ?? log)
            .append([{ stream: `B/${i}`, expected: -1, events: [posting('JE-9')] }])
            .then(
              () => 'done',
              (error: unknown) => (error instanceof LedgerError ? codes(error).join() : String(error)),
            ),
        );
        expect((await Promise.all(attempts)).sort()).toStrictEqual([
          ...Array<string>(5).fill('E207'),
          'done',
        ]);
      });
    });

    it('keeps cause and correlation, which are part of what an event says', async () => {
      const caused = { ...saying('a'), causationId: newEventId(), correlationId: 'import-7' };
      await log.append([{ stream: 'B', expected: -1, events: [caused] }]);
      expect(await everything()).toStrictEqual([standing(caused, { stream: 'B', revision: 0, position: 0 })]);
      expect(await log.append([{ stream: 'B', expected: 0, events: [caused] }])).toMatchObject({
        repeated: 1,
      });
      const other = { ...caused, correlationId: 'import-8' };
      expect(codes(await refusalOf(log.append([{ stream: 'B', expected: 0, events: [other] }])))).toEqual([
        'E207',
      ]);
      expect((await verifyLog(log)).problems).toEqual([]);
    });

    it('gives the texts that the leaves hash', async () => {
      await log.append([
        { stream: 'B', expected: -1, events: [saying('商汤'), posting('JE-1'), saying('c')] },
      ]);
      const due = (await everything()).map((event) => ({ body: bodyOf(event), leaf: event.leaf }));
      const read = async (position: number, limit: number) =>
        (await log.readBodies(position, limit)).map(({ body, leaf }) => ({ body, leaf }));
      expect(await read(0, 10)).toStrictEqual(due);
      expect(await read(1, 1)).toStrictEqual(due.slice(1, 2));
      expect(await read(3, 10)).toStrictEqual([]);
      for (const { body, leaf } of due) expect(leafOf(body)).toBe(leaf);
      for (const { body, bytes, leaf, hash } of await log.readBodies(0, 10)) {
        expect(bytes.toString()).toBe(`\0${body}`);
        expect(hash).toBe(leaf);
      }
    });

    it('gives every one of many appends at once its own place', async () => {
      const streams = ['B/1', 'B/2', 'B/3'];
      const said = Array.from({ length: 60 }, (_, i) => ({
        stream: streams[i % 3] ?? '',
        events: [saying(`${i}a`), saying(`${i}b`)],
      }));
      const handles = [log, await made.open()];
      const results = await Promise.all(
        said.map((s, i) => (handles[i % 2] ?? log).append([{ ...s, expected: 'any' }])),
      );
      const all = await everything();
      expect(all.map((e) => e.position)).toEqual(Array.from({ length: 120 }, (_, i) => i));
      expect(new Set(all.map((e) => e.id)).size).toBe(120);
      // Each append stands together, where it was acknowledged to stand.
      for (const { appended } of results) {
        expect(all.slice(appended[0]?.position, (appended[0]?.position ?? 0) + 2)).toStrictEqual(appended);
      }
      expect((await verifyLog(log)).problems).toEqual([]);
    });

    it('lets one of many writers that expect the same revision through', async () => {
      const handles = [log, await made.open()];
      const attempts = Array.from({ length: 10 }, (_, i) =>
        (handles[i % 2] ?? log).append([{ stream: 'B', expected: -1, events: [saying(`${i}`)] }]).then(
          () => 'done',
          (error: unknown) => (error instanceof LedgerError ? codes(error).join() : String(error)),
        ),
      );
      expect((await Promise.all(attempts)).sort()).toEqual([
        ...Array.from({ length: 9 }, () => 'E501'),
        'done',
      ]);
      expect(await log.length()).toBe(1);
    });

    it('reads in pages: full ones, a short last one, none beyond the end', async () => {
      const said = Array.from({ length: 250 }, (_, i) => saying(`${i}`));
      await log.append([{ stream: 'other', expected: -1, events: said.slice(0, 50) }]);
      await log.append([{ stream: 'B', expected: -1, events: said.slice(50) }]);
      const all = await everything();
      expect(all.map((e) => e.id)).toEqual(said.map((e) => e.id));
      for (const limit of [1, 99, 100, 101, 125, 249, 250, 251]) {
        const pages: (readonly StoredEvent[])[] = [];
        for (let at = 0; at < 250; at += limit) pages.push(await log.readAll(at, limit));
        expect(pages.flat()).toStrictEqual(all);
        expect(pages.slice(0, -1).every((p) => p.length === limit)).toBe(true);
      }
      expect(await log.readAll(249, 10)).toStrictEqual(all.slice(249));
      expect(await log.readAll(250, 10)).toEqual([]);
      expect(await log.readAll(9999, 10)).toEqual([]);
      expect(await log.readAll(10, 0)).toEqual([]);
      expect(await log.readStream('B', 150, 100)).toStrictEqual(all.slice(200));
      expect(await log.readStream('B', 199, 1)).toStrictEqual(all.slice(249));
      expect(await log.readStream('B', 200, 1)).toEqual([]);
    });

    it('takes an append of nothing', async () => {
      expect(await log.append([])).toStrictEqual({ repeated: 0, appended: [], length: 0 });
      expect(await log.append([{ stream: 'B', expected: -1, events: [] }])).toStrictEqual({
        repeated: 0,
        appended: [],
        length: 0,
      });
      expect(await log.revisionOf('B')).toBe(-1);
      // An expectation is checked even when nothing is to be written under it.
      expect(codes(await refusalOf(log.append([{ stream: 'B', expected: 3, events: [] }])))).toEqual([
        'E501',
      ]);
    });

    it('keeps any text: scripts, emoji, quotes, line ends, control characters', async () => {
      const text = '商汤集团 «Ünïcode» \u{1F4B9} e\u0301 \u2028 " \\ \' \n\r\t \u0000 \u0001 \ufeff';
      const said = { ...saying(text), actor: "Zoë 'О\u2019Neill' 審計師" };
      await log.append([{ stream: '商汤/2022 上半年', expected: -1, events: [said] }]);
      const due = standing(said, { stream: '商汤/2022 上半年', revision: 0, position: 0 });
      expect(await everything()).toStrictEqual([due]);
      expect(await log.readStream('商汤/2022 上半年', 0, 1)).toStrictEqual([due]);
      expect((await verifyLog(log)).problems).toEqual([]);
    });

    it('refuses U+0000 in a name, which a store could not keep', async () => {
      const refusal = await refusalOf(
        log.append([{ stream: 'B', expected: -1, events: [{ ...saying('a'), actor: 'a\0b' }] }]),
      );
      expect(codes(refusal)).toEqual(['E107']);
      expect(await log.length()).toBe(0);
    });

    it('keeps large payloads', async () => {
      const postings = Array.from({ length: 5000 }, (_, i) => ({
        account: `account.${i}`,
        movement: 'opening',
        minor: i % 2 === 0 ? '9007199254740993' : '-9007199254740993',
        unit: 'RMB',
      }));
      const payload: Payload<'OpeningBalanceRecorded'> = {
        entry: 'JE-1',
        date: '2020-12-31',
        dateBasis: 'disclosed',
        description: 'x'.repeat(1_000_000),
        postings,
        provenance: { amount: 'disclosed', allocation: 'given', reasoning: '', source: [1] },
      };
      const said: NewEvent = {
        id: newEventId(),
        event: { name: 'OpeningBalanceRecorded', payload },
        recordedAt,
        actor: 'tester',
      };
      await log.append([{ stream: 'B', expected: -1, events: [said] }]);
      const [read] = await everything();
      expect(read).toStrictEqual(standing(said, { stream: 'B', revision: 0, position: 0 }));
      expect((await verifyLog(log)).problems).toEqual([]);
    });

    it('keeps what was appended when the reader or the writer changes his copy', async () => {
      const said = saying('as it was');
      const { appended } = await log.append([{ stream: 'B', expected: -1, events: [said] }]);
      const [read] = await everything();
      for (const copy of [said.event.payload, appended[0]?.payload, read?.payload] as { reason: string }[])
        copy.reason = 'changed';
      expect((await everything())[0]?.payload).toStrictEqual(saying('as it was').event.payload);
      expect((await verifyLog(log)).problems).toEqual([]);
    });

    it('says of which book it is, and refuses to say so of a log that does not begin with one', async () => {
      const payload: Payload<'BookOpened'> = {
        book: 'b-2022',
        entity: 'B Ltd',
        currency: 'RMB',
        minorDigits: 2,
        journal: [],
      };
      const opened: NewEvent = {
        id: newEventId(),
        event: { name: 'BookOpened', payload },
        recordedAt,
        actor: 'tester',
      };
      await log.append([{ stream: 'b-2022', expected: -1, events: [opened, saying('next')] }]);
      expect(await bookOf(log)).toStrictEqual(payload);

      const other = await makeLog();
      try {
        const without = await other.open();
        await without.append([{ stream: 'B', expected: -1, events: [saying('a')] }]);
        expect(codes(await refusalOf(bookOf(without)))).toEqual(['E401']);
      } finally {
        await other.remove();
      }
    });

    describe('snapshots', () => {
      const snapshot = (projection: string, length: number): Snapshot => {
        const state = canonical({ projection, length, text: '商汤' });
        return { projection, version: 1, basis: 'f'.repeat(64), length, state, sha256: sha256(state) };
      };

      it('are replaced by projection, the others kept', async () => {
        await log.saveSnapshots([snapshot('trial-balance', 10), snapshot('journal', 10)]);
        await log.saveSnapshots([snapshot('trial-balance', 20)]);
        await log.saveSnapshots([]);
        expect(await log.loadSnapshots()).toStrictEqual([
          snapshot('journal', 10),
          snapshot('trial-balance', 20),
        ]);
        expect(await (await made.open()).loadSnapshots()).toStrictEqual(await log.loadSnapshots());
      });

      it('are seen from one save or from another, never mixed', async () => {
        const reader = await made.open();
        const seen: number[][] = [];
        const saves = Array.from({ length: 20 }, async (_, i) => {
          await log.saveSnapshots([snapshot('trial-balance', i), snapshot('journal', i)]);
          seen.push((await reader.loadSnapshots()).map((s) => s.length));
        });
        await Promise.all(saves);
        expect(seen).toHaveLength(20);
        for (const [journal, balance] of seen) expect(journal).toBe(balance);
      });

      it('are no part of the log', async () => {
        await log.saveSnapshots([snapshot('trial-balance', 10)]);
        expect(await log.length()).toBe(0);
        expect(await verifyLog(log)).toStrictEqual({ length: 0, head: sha256(''), problems: [] });
      });
    });

    describe('sealed pages', () => {
      /** Bytes of every value, and a length that is no multiple of eight. */
      const sealed = (number: number, made = 'first'): SealedPage => ({
        number,
        names: canonical({ made, accounts: [`商汤 ${number}`] }),
        columns: Uint8Array.from({ length: 1021 + number }, (_, i) => i & 255),
        sha256: sha256(`${made} ${number}`),
        root: sha256(`root ${number}`),
      });
      const pages = (from: number, count: number, made?: string): SealedPage[] =>
        Array.from({ length: count }, (_, i) => sealed(from + i, made));

      it('come back as they were saved, in order, to every handle', async () => {
        expect(await log.readPages(0, 10)).toStrictEqual([]);
        await log.savePages(pages(0, 3));
        await log.savePages(pages(3, 2));
        await log.savePages([]);
        const read = await (await made.open()).readPages(0, 10);
        expect(read).toStrictEqual(pages(0, 5));
        // Typed arrays look at the columns where they lie.
        expect(read.map(({ columns }) => columns.byteOffset % 8)).toStrictEqual([0, 0, 0, 0, 0]);
        expect(await log.readPages(1, 2)).toStrictEqual(pages(1, 2));
        expect(await log.readPages(4, 9)).toStrictEqual(pages(4, 1));
        expect(await log.readPages(5, 1)).toStrictEqual([]);
        expect(await log.readPages(0, 0)).toStrictEqual([]);
      });

      it('are replaced from the first that is saved again; later ones go', async () => {
        await log.savePages(pages(0, 5));
        await log.savePages(pages(2, 2, 'second'));
        expect(await log.readPages(0, 10)).toStrictEqual([...pages(0, 2), ...pages(2, 2, 'second')]);
      });

      it('never stand after a gap', async () => {
        await log.savePages(pages(1, 2));
        expect(await log.readPages(0, 10)).toStrictEqual([]);
        await log.savePages(pages(0, 1));
        await log.savePages(pages(2, 1));
        expect(await log.readPages(0, 10)).toStrictEqual(pages(0, 1));
        await expect(async () => log.savePages([sealed(1), sealed(3)])).rejects.toThrow(
          'page 2 is due, not 3',
        );
        expect(await log.readPages(0, 10)).toStrictEqual(pages(0, 1));
      });

      it('are the same when the reader or the writer changes his copy', async () => {
        const saved = sealed(0);
        await log.savePages([saved]);
        saved.columns.fill(7);
        (await log.readPages(0, 1))[0]?.columns.fill(9);
        expect(await log.readPages(0, 1)).toStrictEqual([sealed(0)]);
      });

      it('are dropped all at once, and are no part of the log', async () => {
        await log.append([{ stream: 'B', expected: -1, events: [saying('a')] }]);
        const before = await verifyLog(log);
        await log.savePages(pages(0, 2));
        expect(await verifyLog(log)).toStrictEqual(before);
        await log.dropPages();
        expect(await log.readPages(0, 10)).toStrictEqual([]);
        await log.dropPages();
      });
    });

    it('closes once, and answers nothing after that', async () => {
      await log.append([{ stream: 'B', expected: -1, events: [saying('a')] }]);
      const other = await made.open();
      await other.close();
      await other.close();
      await expect(other.readAll(0, 1)).rejects.toThrow('closed');
      await expect(other.append([])).rejects.toThrow('closed');
      await expect(other.length()).rejects.toThrow('closed');
      await expect(other.loadSnapshots()).rejects.toThrow('closed');
      // The log itself is still there for others.
      expect(await log.length()).toBe(1);
      expect(await (await made.open()).length()).toBe(1);
    });
  });
}
