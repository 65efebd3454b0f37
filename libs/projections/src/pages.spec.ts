/**
 * Sealed pages are a cache: what is folded from them, in whole, in part, or past a damaged one, is what the events say.
 */
import { pageLength, type EventLog, type SealedPage } from '@tieout/event-log';
import { carriesEntry, type LedgerEvent } from '@tieout/events';
import { countEntries, entryFromEvent, eventFromEntry, isCollective, reverseEntry } from '@tieout/ledger';
import { linearForm } from '@tieout/statements';
import { Journal, type EventsAsked } from './journal';
import { Periods } from './periods';
import { Replay } from './replay';
import { sealPages, sealer } from './seal';
import { append, capital, chart, contextOver, logOf, opened, structure } from './small-log';
import { Statements } from './statements';
import { TrialBalance } from './trial-balance';
import { foldPostings, cellsOf, everyAxis } from '@tieout/cube';

const reversalOf = (number: number): LedgerEvent => {
  const event = capital(number);
  if (!carriesEntry(event)) throw new Error('no entry');
  const entry = entryFromEvent(event);
  return eventFromEntry(reverseEntry(entry, { id: `JE-${number}-R`, date: entry.date, reason: 'spec' }));
};
const asserted = (cash: number): LedgerEvent => ({
  name: 'PeriodClosed',
  payload: {
    period: '2022H1',
    closing: [
      { account: 'cash', unit: 'RMB', minor: `${cash}` },
      { account: 'equity', unit: 'RMB', minor: `${-cash}` },
    ],
  },
});
const reopened: LedgerEvent = { name: 'PeriodReopened', payload: { period: '2022H1', reason: 'spec' } };
const counted: LedgerEvent = {
  name: 'FactRecorded',
  payload: {
    fact: 'shares',
    value: '7',
    unit: 'shares',
    of: '2022H1',
    provenance: { amount: 'disclosed', allocation: 'given', reasoning: '', source: [] },
  },
};

/** Two pages and a half: an assertion that holds within the first, one that does not within the second, reversals in each. */
const pages = 2;
const said: LedgerEvent[] = [opened];
for (let number = 1; said.length < pages * pageLength + 1500; number += 1) {
  said.push(capital(number));
  if (number === 1000) said.push(asserted(500_500), reopened, reversalOf(999), counted);
  if (number === 5000) said.push(asserted(1), reopened, reversalOf(7));
}
let log: EventLog;
let sealed: readonly SealedPage[];
beforeAll(async () => {
  log = await logOf(said);
  expect(await sealPages(log)).toBe(pages);
  expect(await sealPages(log)).toBe(0);
  sealed = await log.readPages(0, 100);
});
afterEach(async () => log.savePages(sealed));

const hashesFrom = async (from: 'pages' | 'genesis', knownAt?: number): Promise<unknown> => {
  const replay = (await contextOver(log)).get(Replay);
  await replay.run({ from, ...(knownAt === undefined ? {} : { knownAt }) });
  return replay.snapshots();
};

test('pages and the events after them fold to what the events alone fold to, to the byte', async () => {
  expect(sealed).toHaveLength(pages);
  const context = await contextOver(log);
  await context.get(Replay).run({ from: 'pages' });
  const { breaks, reversed } = context.get(Replay).stateOf(context.get(Periods));
  expect(breaks.map(({ account, asserted: says }) => [account, says])).toStrictEqual([
    ['cash', 1],
    ['equity', -1],
  ]);
  expect([...reversed]).toStrictEqual([
    ['JE-999', 'JE-999-R'],
    ['JE-7', 'JE-7-R'],
  ]);
  expect(await hashesFrom('pages')).toStrictEqual(await hashesFrom('genesis'));
});

test.each([pageLength - 1, pageLength, pageLength + 1, 5017, 2 * pageLength + 3, said.length - 1])(
  'known at %i, within a page or beside one: the same',
  async (knownAt) => {
    expect(await hashesFrom('pages', knownAt)).toStrictEqual(await hashesFrom('genesis', knownAt));
  },
);

test('a snapshot within a page is gone on from', async () => {
  const other = await logOf(said.slice(0, 100));
  await (await contextOver(other)).get(Replay).run();
  const first = (await contextOver(other)).get(Replay);
  await first.run();
  await first.saveSnapshots();
  await append(other, said.slice(100));
  await sealPages(other);
  const later = (await contextOver(other)).get(Replay);
  await later.run();
  expect(later.folded).toBe(said.length - 100);
  const anew = (await contextOver(other)).get(Replay);
  await anew.run({ from: 'genesis' });
  expect(later.snapshots()).toStrictEqual(anew.snapshots());
});

const damaged: readonly (readonly [string, (page: SealedPage) => SealedPage])[] = [
  [
    'a byte of its columns',
    (page) => ({ ...page, columns: page.columns.map((byte, at) => (at === 99 ? byte ^ 1 : byte)) }),
  ],
  ['cut short', (page) => ({ ...page, columns: page.columns.slice(0, 40) })],
  ['its names', (page) => ({ ...page, names: `${page.names} ` })],
  ['its hash', (page) => ({ ...page, sha256: 'f'.repeat(64) })],
];
test.each(damaged)('a damaged page (%s) is said, and its events are read instead', async (_what, damage) => {
  for (const number of [0, 1]) {
    await log.savePages(sealed.map((page) => (page.number === number ? damage(page) : page)));
    const replay = (await contextOver(log)).get(Replay);
    const notices: string[] = [];
    await replay.run({ from: 'pages', onNotice: (text) => notices.push(text) });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain(`page ${number} (events ${number * pageLength} to`);
    expect(replay.snapshots()).toStrictEqual(await hashesFrom('genesis'));
  }
});

test('without pages, and with the first one only: the same', async () => {
  await log.dropPages();
  const none = await hashesFrom('pages');
  await log.savePages(sealed.slice(0, 1));
  const one = await hashesFrom('pages');
  expect([none, one]).toStrictEqual([await hashesFrom('genesis'), await hashesFrom('genesis')]);
  // And sealing goes on from there to the same bytes.
  expect(await sealPages(log)).toBe(1);
  expect(await log.readPages(0, 100)).toStrictEqual(sealed);
});

test('sealed as events come, some at a time: the same bytes', async () => {
  const stored = await log.readAll(0, said.length);
  await log.dropPages();
  const sealing = await sealer(log);
  for (let at = 0; at < said.length; at += 1000) {
    const some = stored.slice(at, at + 1000);
    await sealing.add(some.map(({ leaf }, index) => ({ event: said[at + index]!, leaf })));
  }
  expect(sealing.next).toBe(said.length);
  expect(await log.readPages(0, 100)).toStrictEqual(sealed);
});

describe('the journal', () => {
  const entries = said.flatMap((event) => (carriesEntry(event) ? [entryFromEvent(event)] : []));

  test('an entry by its id, as far as is known', async () => {
    const context = await contextOver(log);
    await context.get(Replay).run({ knownAt: 5000 });
    const journal = context.get(Journal);
    expect((await journal.line('JE-4321'))?.entry).toStrictEqual(entries.find(({ id }) => id === 'JE-4321'));
    expect(await journal.line('JE-5321')).toBe(undefined);
    expect(await journal.line('JE-0')).toBe(undefined);
  });

  test.each([
    { account: 'cash', last: 5 },
    { event: 'EntryReversed' },
    { event: 'PeriodClosed', last: 1 },
    { event: 'EntryPosted', account: 'equity', last: 3000 },
    { account: 'nothing' },
    { last: 9000 },
    {},
    { from: 4000, until: 4100 },
    { from: 100, until: 4200, account: 'cash' },
    { until: 5000, last: 3, event: 'EntryPosted' },
    { from: 20_000 },
  ])('the events asked for, %j', async (asked) => {
    const context = await contextOver(log);
    await context.get(Replay).run();
    const found: LedgerEvent[] = [];
    for await (const some of context.get(Journal).events(asked))
      found.push(...some.map(({ event }) => event));
    const { account, event: name, last = Infinity, from = 0, until = Infinity } = asked as EventsAsked;
    const wanted = said.filter(
      (event, position) =>
        position >= from &&
        position < until &&
        (name === undefined || event.name === name) &&
        (account === undefined ||
          (carriesEntry(event) && event.payload.postings.some((leg) => leg.account === account))),
    );
    expect(found).toStrictEqual(wanted.slice(Math.max(0, wanted.length - last)));
  });

  test.each([said.length, 5000, pageLength, 100])(
    'condensed, known at %i: it folds to the trial balance',
    async (knownAt) => {
      const context = await contextOver(log);
      const replay = context.get(Replay);
      await replay.run({ knownAt });
      const condensed = await context.get(Journal).condensed();
      const own = said.slice(0, knownAt).filter(carriesEntry).map(entryFromEvent);
      expect(countEntries(condensed)).toBe(own.length);
      const axes = { ...everyAxis, day: replay.boundaries };
      const amounts = (of: readonly { postings: (typeof entries)[number]['postings'] }[]) =>
        cellsOf(
          foldPostings(
            of.map(({ postings: legs }, position) => ({ position, legs })),
            'log',
            axes,
          ),
        ).map(({ account, day, minor }) => [account, day, minor]);
      expect(amounts(condensed)).toStrictEqual(amounts(own));
      const single = own.slice(own.length - (knownAt % pageLength));
      expect(condensed.slice(condensed.length - single.length)).toStrictEqual(single);
      expect(condensed.filter(isCollective).map(({ id }) => id)).toStrictEqual(
        {
          [said.length]: ['8,184 entries like JE-1 (EntryPosted)', '2 entries like JE-999-R (EntryReversed)'],
          [5000]: ['4,091 entries like JE-1 (EntryPosted)'],
          [pageLength]: ['4,091 entries like JE-1 (EntryPosted)'],
          [100]: [] as string[],
        }[knownAt],
      );
    },
  );

  test.each([said.length, 5000])(
    'in order of date, known at %i: of one day in log order',
    async (knownAt) => {
      const context = await contextOver(log);
      await context.get(Replay).run({ knownAt });
      const found: string[] = [];
      for await (const lines of context.get(Journal).byDate())
        found.push(...lines.map(({ entry }) => entry.id));
      const own = said.slice(0, knownAt).filter(carriesEntry).map(entryFromEvent);
      const dated = own.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
      expect(found).toStrictEqual(dated.map(({ id }) => id));
    },
  );

  test('condensed from a position on: what is before is left out', async () => {
    const context = await contextOver(log);
    await context.get(Replay).run();
    const since = pageLength - 10;
    const condensed = await context.get(Journal).condensed(since);
    expect(countEntries(condensed)).toBe(said.slice(since).filter(carriesEntry).length);
  });

  test('what each entry adds to a figure: as many parts as entries, and together the figure', async () => {
    const concepts = new Map([
      [
        'cash',
        {
          id: 'cash',
          label: 'Cash',
          formula: {
            kind: 'selection' as const,
            measure: 'stock' as const,
            show: 'debit' as const,
            terms: [{ accounts: ['cash'] }],
          },
        },
      ],
    ]);
    const context = await contextOver(log, { ...structure(), concepts });
    await context.get(Replay).run();
    const form = linearForm('cash@2022-06-30', { chart, concepts });
    const [positions, sums] = [new Set<number>(), [0, 0]];
    for await (const parts of context.get(Journal).partsOf([undefined, form])) {
      for (const { of, position, minor } of parts) {
        positions.add(position);
        sums[of] = (sums[of] ?? 0) + Number(minor);
      }
    }
    expect(positions.size).toBe(entries.length);
    const { value } = context.get(Statements).books().figures;
    expect(value('cash@2022-06-30')).toStrictEqual({ kind: 'money', minor: sums[1] });
    expect(sums[0]).toBe(0);
  });
});

test('a day within a period can be asked at once the run was told, and not before', async () => {
  const context = await contextOver(log);
  const [replay, statements] = [context.get(Replay), context.get(Statements)];
  await replay.run();
  expect(() => statements.books('2022-01-10')).toThrow('the books were replayed to be seen at 2022-01-10');
  await replay.run({ at: '2022-01-10', from: 'pages' });
  const days = cellsOf(replay.stateOf(context.get(TrialBalance)).cube).map(({ day }) => day);
  expect(new Set(days)).toStrictEqual(new Set(['2022-01-10', '2022-06-30']));
  const before = await log.loadSnapshots();
  await replay.saveSnapshots();
  expect(await log.loadSnapshots()).toStrictEqual(before);
});
