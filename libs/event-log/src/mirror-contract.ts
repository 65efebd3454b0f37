/**
 * What a mirror promises beside the contract of a log: to say what an append would do, and to copy a log without a
 * difference.
 */
import { leafHash, type NewEvent, type StoredEvent } from '@tieout/events';
import { posting, refusalOf, saying } from './contract';
import type { Mirror } from './mirror';
import { memoryStore } from './memory';
import { verifyLog } from './verify';

export interface MirrorUnderTest {
  readonly mirror: Mirror;
  remove(): Promise<void>;
}

export function describeMirror(store: string, make: () => Promise<MirrorUnderTest>): void {
  describe(`the contract of a mirror, by ${store}`, () => {
    let made: MirrorUnderTest;
    let mirror: Mirror;
    let truth: readonly StoredEvent[];
    beforeEach(async () => {
      made = await make();
      mirror = made.mirror;
      const log = memoryStore()();
      const caused: NewEvent = { ...saying('c'), causationId: 'a', correlationId: 'b' };
      await log.append([
        { stream: 'B', expected: -1, events: [saying('a'), posting('JE-1')] },
        { stream: 'C', expected: -1, events: [caused] },
      ]);
      await log.append([{ stream: 'B', expected: 1, events: [posting('JE-2'), saying('e')] }]);
      truth = await log.readAll(0, 10);
    });
    afterEach(() => made.remove());

    const everything = (): Promise<readonly StoredEvent[]> => mirror.readAll(0, 100);
    /** As it would stand, had this been appended. */
    const altered = (event: StoredEvent | undefined, changes: Partial<StoredEvent>): StoredEvent => {
      if (event === undefined) throw new Error('no such event');
      const changed = { ...event, ...changes };
      return { ...changed, leaf: leafHash(changed) };
    };

    it('says what an append would do, and does nothing', async () => {
      await mirror.copy(truth.slice(0, 2));
      const appends = [{ stream: 'B', expected: 1, events: [posting('JE-7'), saying('x')] }];
      const plan = await mirror.plan(appends);
      expect(await everything()).toStrictEqual(truth.slice(0, 2));
      expect(plan).toStrictEqual({ repeated: 0, events: (await mirror.append(appends)).appended });
      expect(await mirror.plan(appends)).toStrictEqual({ repeated: 2, events: [] });
      const refusal = await refusalOf(mirror.plan([{ stream: 'B', expected: 1, events: [saying('y')] }]));
      expect(refusal.problems.map((p) => p.code)).toStrictEqual(['E501']);
    });

    it('copies a log as it stands, in parts, and again', async () => {
      await mirror.copy([]);
      await mirror.copy(truth.slice(0, 3));
      await mirror.copy(truth.slice(1));
      await mirror.copy(truth);
      expect(await everything()).toStrictEqual(truth);
      expect((await verifyLog(mirror)).problems).toStrictEqual([]);
      expect((await mirror.readEntry('JE-2'))?.position).toBe(3);
    });

    it.each<[string, (t: readonly StoredEvent[]) => readonly (StoredEvent | undefined)[], string, string]>([
      ['a hole before', (t) => t.slice(3), 'E401', 'position 2 is missing: position 3 stands in its place'],
      ['a hole within', (t) => [t[2], t[4]], 'E401', 'position 3 is missing: position 4 stands in its place'],
      [
        'what was not appended so',
        (t) => [{ ...t[2], actor: 'another' } as StoredEvent],
        'E401',
        'BreakExplained at position 2 is not what was appended: its hash differs',
      ],
      [
        'what differs here',
        (t) => [altered(t[1], { actor: 'another' })],
        'E401',
        'RevenueRecognised at position 1 differs from the event of this position in its copy',
      ],
      [
        'a revision out of order',
        (t) => [altered(t[2], { revision: 1 })],
        'E401',
        'position 2 is revision 1 of stream C, where 0 is due',
      ],
      [
        'an entry that is here',
        (t) => [altered(t[2], { payload: t[1]?.payload })],
        'E207',
        'entry JE-1 is already at position 1 and would stand again at position 2',
      ],
    ])('refuses %s, and writes nothing', async (_what, events, code, message) => {
      await mirror.copy(truth.slice(0, 2));
      const given = events(truth).flatMap((each) => each ?? []);
      const refusal = await refusalOf(mirror.copy(given));
      expect(refusal.problems.map((p) => [p.code, p.message])).toStrictEqual([[code, message]]);
      expect(await everything()).toStrictEqual(truth.slice(0, 2));
    });

    it('refuses an event that is here at another position', async () => {
      await mirror.copy(truth.slice(0, 2));
      const id = truth[0]?.id ?? '';
      const refusal = await refusalOf(mirror.copy([altered(truth[2], { id })]));
      expect(refusal.problems.map((p) => [p.code, p.message])).toStrictEqual([
        ['E207', `event ${id} is already at position 0 and would stand again at position 2`],
      ]);
    });
  });
}
