/**
 * Parts of a fold: any partition of a log, merged in any way, is the whole, byte for byte; what is covered twice is
 * refused, and what is not covered is named.
 */
import type { Cell } from '@tieout/cube';
import { openEventLog, pageLength, type EventLog } from '@tieout/event-log';
import { canonical, carriesEntry, LedgerError, newEventId, type LedgerEvent } from '@tieout/events';
import { entryFromEvent, eventFromEntry, reverseEntry } from '@tieout/ledger';
import { addMinor } from '@tieout/money';
import fc from 'fast-check';
import {
  mergeParts,
  missingFrom,
  partFromJson,
  partToJson,
  totalsOf,
  type Named,
  type Part,
  type PartJson,
} from './part';
import { foldPart, type Share } from './part-fold';
import { Replay } from './replay';
import { sealPages } from './seal';
import { append, capital, contextOver, opened, structure } from './small-log';
import { TrialBalance } from './trial-balance';

const reversal = (number: number): LedgerEvent => {
  const event = capital(number);
  if (!carriesEntry(event)) throw new Error('no entry');
  const entry = entryFromEvent(event);
  return eventFromEntry(reverseEntry(entry, { id: `JE-${number}-R`, date: entry.date, reason: 'spec' }));
};

/** A page and a half, in three streams whose events stand between each other's. */
const streams = ['book/a', 'book/b', 'book/c'];
const length = pageLength + 1500;
let log: EventLog;
let whole: string;
beforeAll(async () => {
  log = await openEventLog('memory:');
  const events = Array.from({ length }, (_, number) =>
    number === 0 ? opened : number % 1000 === 0 ? reversal(number - 7) : capital(number),
  );
  for (let from = 0; from < length; from += 7) {
    const batch = events
      .slice(from, from + 7)
      .map((event) => ({ id: newEventId(), event, recordedAt: '2022-08-25T00:00:00.000Z', actor: 'spec' }));
    await log.append([{ stream: streams[(from / 7) % 3]!, expected: 'any', events: batch }]);
  }
  expect(await sealPages(log)).toBe(1);
  const context = await contextOver(log);
  await context.get(Replay).run({ from: 'genesis' });
  const trialBalance = context.get(TrialBalance);
  whole = canonical(trialBalance.toJson(context.get(Replay).stateOf(trialBalance)));
});

const fold = (share: Share, more: object = {}): Promise<Part> =>
  foldPart(log, structure(), share, { book: 'small', knownAt: length, ...more });
const named = (parts: readonly Part[]): [Named, ...Named[]] =>
  parts.map((part, index) => ({ name: `${index}.json`, part })) as [Named, ...Named[]];
const bytes = (part: Part): string => canonical(partToJson(part));
const refused = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof LedgerError) return error.message;
    throw error;
  }
  return 'nothing refused';
};

const cuts = fc.uniqueArray(fc.integer({ min: 1, max: length - 1 }), { maxLength: 5 });
const rangesOf = (at: readonly number[]): Share[] => {
  const edges = [0, ...[...at].sort((a, b) => a - b), length];
  return edges.slice(1).map((until, index) => ({ from: edges[index]!, until }));
};
const partition = fc.oneof(
  cuts.map(rangesOf),
  fc
    .array(fc.nat({ max: 2 }), { minLength: 3, maxLength: 3 })
    .map((groups): Share[] =>
      [0, 1, 2]
        .map((group) => ({ streams: streams.filter((_, index) => groups[index] === group) }))
        .filter((share) => share.streams.length > 0),
    ),
);

/** Merges in an order that the numbers choose: two of those left at a time, their sum put back. */
function inSomeTree(parts: readonly Part[], choices: readonly number[]): Part {
  const left = [...parts];
  for (let step = 0; left.length > 1; step += 1) {
    const take = (): Part => left.splice((choices[step % choices.length] ?? 0) % left.length, 1)[0]!;
    left.push(mergeParts(named([take(), take()])));
  }
  return left[0]!;
}

const tree = fc.array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 8 });

test('law: any partition, by ranges or by streams, merged in any tree, is the replay of the whole log', async () => {
  const all = bytes(await fold({ from: 0, until: length }));
  await fc.assert(
    fc.asyncProperty(partition, tree, async (shares, choices) => {
      const parts = await Promise.all(shares.map((share) => fold(share)));
      const sum = inSomeTree(parts, choices);
      expect(canonical(partToJson(sum).cube)).toBe(whole);
      expect(bytes(sum)).toBe(all);
      expect(bytes(mergeParts(named(parts)))).toBe(all);
      expect(missingFrom(sum)).toStrictEqual([]);
    }),
    { numRuns: 25 },
  );
});

test('law: of a partition with parts left out, exactly their positions are missing', async () => {
  await fc.assert(
    fc.asyncProperty(cuts, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), async (at, kept) => {
      const shares = rangesOf(at) as { from: number; until: number }[];
      const there = shares.filter((_, index) => index === 0 || kept[index]);
      const sum = mergeParts(named(await Promise.all(there.map((share) => fold(share)))));
      const gone = shares
        .filter((share) => !there.includes(share))
        .reduce<{ from: number; until: number }[]>((gaps, { from, until }) => {
          const last = gaps.at(-1);
          return last?.until === from
            ? [...gaps.slice(0, -1), { from: last.from, until }]
            : [...gaps, { from, until }];
        }, []);
      expect(missingFrom(sum)).toStrictEqual(gone);
    }),
    { numRuns: 25 },
  );
});

test('law: two ranges add if and only if no position is in both; the first one is named, and both files', async () => {
  const range = fc
    .tuple(fc.nat({ max: length - 1 }), fc.integer({ min: 1, max: 2000 }))
    .map(([from, size]) => ({ from, until: Math.min(length, from + size) }));
  await fc.assert(
    fc.asyncProperty(range, range, async (a, b) => {
      const parts = named([await fold(a), await fold(b)]);
      const [from, until] = [Math.max(a.from, b.from), Math.min(a.until, b.until)];
      const both = until - from === 1 ? `position ${from}` : `positions ${from} to ${until - 1}`;
      expect(refused(() => mergeParts(parts))).toBe(
        from < until ? `E406: 0.json and 1.json both cover ${both}` : 'nothing refused',
      );
    }),
    { numRuns: 40 },
  );
});

test('a stream and a range that has an event of it are refused', async () => {
  const parts = named([await fold({ streams: ['book/b'] }), await fold({ from: 0, until: 8 })]);
  expect(refused(() => mergeParts(parts))).toBe('E406: 0.json and 1.json both cover position 7');
});

test('parts of another book, basis, length or log do not add', async () => {
  const [a, b] = [
    { from: 0, until: 9 },
    { from: 9, until: length },
  ];
  const first = await fold(a);
  const other = async (part: Promise<Part>): Promise<string> => {
    const parts = named([first, await part]);
    return refused(() => mergeParts(parts)).replace(/[0-9a-f]{64}/g, 'H');
  };
  expect(await other(fold(b, { book: 'large' }))).toBe(
    'E406: 1.json is of the book large, 0.json of the book small',
  );
  const said = /^E406: 1\.json is of the basis H, 0\.json of the basis H$/;
  const shorter = { from: 9, until: 99 };
  const options = { book: 'small', knownAt: length };
  expect(await other(foldPart(log, structure('another chart'), b, options))).toMatch(said);
  expect(await other(fold(b, { at: '2022-03-31' }))).toMatch(said);
  expect(await other(fold(shorter, { knownAt: 99 }))).toBe(
    `E406: 1.json is of the log 99:H, 0.json of the log ${length}:H`,
  );
  const another = await openEventLog('memory:');
  await append(
    another,
    Array.from({ length }, (_, number) => (number === 0 ? opened : capital(number))),
  );
  expect(await other(foldPart(another, structure(), b, options))).toBe(
    `E406: 1.json is of the log ${length}:H, 0.json of the log ${length}:H`,
  );
});

test('pages or events, or pages up to a damaged one: the same bytes, and the damage is said', async () => {
  const share = { from: 17, until: length - 3 };
  const paged = bytes(await fold(share));
  const sealed = await log.readPages(0, 9);
  const notices: string[] = [];
  const onNotice = (text: string): void => void notices.push(text);
  await log.savePages(
    sealed.map((page) => ({
      ...page,
      columns: page.columns.map((byte, at) => (at === 99 ? byte ^ 1 : byte)),
    })),
  );
  expect(bytes(await fold(share, { onNotice }))).toBe(paged);
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatch(/; from event 17 on the events are read instead$/);
  await log.dropPages();
  expect(bytes(await fold(share, { onNotice }))).toBe(paged);
  expect(notices).toHaveLength(1);
  await log.savePages(sealed);
});

test('what sums do not judge is counted by name', async () => {
  expect((await fold({ from: 0, until: 4001 })).unjudged).toStrictEqual({
    EntryReversed: 4,
    PeriodOpened: 1,
  });
  expect((await fold({ from: 1, until: 1000 })).unjudged).toStrictEqual({});
});

test('what the accounts stand at foots', async () => {
  const part = await fold({ from: 1, until: 4 });
  expect(totalsOf(part)).toStrictEqual([{ unit: 'RMB', debits: 6, credits: 6 }]);
});

test('a file gives back the part; one that was changed is no part', async () => {
  const part = await fold({ from: 1, until: 40 });
  const text = bytes(part);
  const read = (changed: string): Part | undefined => partFromJson(JSON.parse(changed) as PartJson);
  expect(bytes(read(text)!)).toBe(text);
  const digits = [...text.matchAll(/\d/g)].map(({ index }) => index);
  fc.assert(
    fc.property(fc.constantFrom(...digits), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const digit = String((Number(text[at]) + by) % 10);
      const changed = text.slice(0, at) + digit + text.slice(at + 1);
      // A number does not begin with nil; elsewhere any other digit is noticed.
      let parsed: Part | undefined;
      try {
        parsed = read(changed);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
      expect(parsed).toBeUndefined();
    }),
  );
});

test('a file whose hash was made again, but that does not foot or covers a position twice, is no part', async () => {
  const part = await fold({ from: 1, until: 40 });
  const more = (cells: ReadonlyMap<string, Cell>) =>
    new Map([...cells].map(([key, cell]) => [key, { ...cell, minor: addMinor(cell.minor, 1) }] as const));
  const [[account, cells] = ['', new Map<string, Cell>()]] = part.cube.cells;
  expect(cells.size).toBeGreaterThan(0);
  const off = new Map([...part.cube.cells, [account, more(cells)]]);
  expect(partFromJson(partToJson({ ...part, cube: { ...part.cube, cells: off } }))).toBeUndefined();
  const spans = [
    { from: 1, until: 40, sign: 1 },
    { from: 5, until: 9, sign: 1 },
  ] as const;
  const twice = { ...part.cube, coverage: new Map([['log', spans]]) };
  expect(partFromJson(partToJson({ ...part, cube: twice }))).toBeUndefined();
  const beyond = { ...part, log: { ...part.log, length: 39 } };
  expect(partFromJson(partToJson(beyond))).toBeUndefined();
});
