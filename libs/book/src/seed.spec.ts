/**
 * The seed of the log: what is said, in which order, and that it holds when it is folded.
 */
import { join } from 'node:path';
import { foldLedger } from '@tieout/ledger';
import { changed, folderOf, smallBook } from '../fixtures/small-book';
import { bookFromJson, bookToJson } from './book';
import { readBook } from './folder';
import { seedEvents } from './seed';

const shop = readBook(join(__dirname, '../../../books/corner-shop'));

it('opens the book, then each period with what came before, its entries in file order, and closes it', () => {
  expect(
    seedEvents(shop).map(({ stream, events }) => [
      stream,
      events.map(({ event }) =>
        event.name === 'PeriodOpened' || event.name === 'PeriodClosed'
          ? [event.name, event.payload]
          : event.name,
      ),
    ]),
  ).toStrictEqual([
    ['corner-shop', ['BookOpened']],
    [
      'corner-shop/2024',
      [
        ['PeriodOpened', { period: '2024', from: '2024-01-01', to: '2024-12-31', opening: [] }],
        'EquityTransactionRecorded',
        'AssetAcquired',
        'AssetAcquired',
        'RevenueRecognised',
        'ExpenseIncurred',
        'ExpenseIncurred',
        'ExpenseIncurred',
        'ResultClosed',
        ['PeriodClosed', { period: '2024', closing: end2024 }],
      ],
    ],
    [
      'corner-shop/2025',
      [
        ['PeriodOpened', { period: '2025', from: '2025-01-01', to: '2025-12-31', opening: end2024 }],
        'CashSettled',
        'AssetAcquired',
        'EquityTransactionRecorded',
        'AssetAcquired',
        'RevenueRecognised',
        'ExpenseIncurred',
        'ExpenseIncurred',
        'ExpenseIncurred',
      ],
    ],
  ]);
});

const end2024 = [
  { account: 'cash', unit: 'GBP', minor: '2600000' },
  { account: 'equity.retained-earnings', unit: 'GBP', minor: '-1040000' },
  { account: 'equity.share-capital', unit: 'GBP', minor: '-2000000' },
  { account: 'fittings.cost', unit: 'GBP', minor: '800000' },
  { account: 'fittings.depreciation', unit: 'GBP', minor: '-160000' },
  { account: 'inventories', unit: 'GBP', minor: '600000' },
  { account: 'payables', unit: 'GBP', minor: '-800000' },
];

it('holds when it is folded', () => {
  const state = foldLedger(seedEvents(shop).flatMap(({ events }) => events.map(({ event }) => event)));
  expect(state.breaks).toStrictEqual([]);
  expect([...state.periods.values()].map(({ id, open }) => [id, open])).toStrictEqual([
    ['2024', false],
    ['2025', true],
  ]);
});

it('carries what every earlier period left', () => {
  const files = changed(
    [
      'book.yaml',
      'label: Year 2024, journal: journal.yaml }',
      `label: Year 2024, journal: journal.yaml, close: true }
  - { id: Y25, from: 2025-01-01, to: 2025-12-31, label: Year 2025, journal: y25.yaml, close: true }
  - { id: Y26, from: 2026-01-01, to: 2026-12-31, label: Year 2026, close: true }`,
    ],
    [
      'y25.yaml',
      '',
      `id: J-3
event: AssetDisposed
date: 2025-05-05
description: Half a van
postings:
  - { account: cash, movement: received, dr: 200 }
  - { account: assets.van, movement: additions, cr: 200 }
`,
    ],
  );
  const events = seedEvents(readBook(folderOf(files))).flatMap((segment) =>
    segment.events.map(({ event }) => event),
  );
  const left = [
    { account: 'assets.van', unit: 'GBP', minor: '25000' },
    { account: 'cash', unit: 'GBP', minor: '95000' },
    { account: 'revenue', unit: 'GBP', minor: '-120000' },
  ];
  expect(events.slice(-3).map(({ payload }) => payload)).toStrictEqual([
    { period: 'Y25', closing: left },
    { period: 'Y26', from: '2026-01-01', to: '2026-12-31', opening: left },
    { period: 'Y26', closing: left },
  ]);
  expect(foldLedger(events).breaks).toStrictEqual([]);
});

it('has the same ids on every clone, also through JSON, and other ids for another body', () => {
  const ids = (book: typeof shop): string[] =>
    seedEvents(book).flatMap(({ events }) => events.map(({ id }) => id));
  const small = readBook(folderOf(smallBook));
  expect(ids(readBook(folderOf(smallBook)))).toStrictEqual(ids(small));
  expect(ids(bookFromJson(bookToJson(small)))).toStrictEqual(ids(small));
  expect(new Set(ids(small)).size).toBe(ids(small).length);
  const other = ids(
    readBook(folderOf(changed(['journal.yaml', 'description: A van', 'description: The van']))),
  );
  // The journal's hash stands in BookOpened, so its id changes too.
  expect(other.map((id, index) => id === ids(small)[index])).toStrictEqual([false, true, true, true, false]);
});

it('says which files it was made from: journal, facts and confirmations, in loading order', () => {
  const small = readBook(folderOf(changed(['book.yaml', 'facts: facts.yaml', 'facts: ./facts.yaml'])));
  const hashOf = (file: string) => small.files.find(({ path }) => path === file)?.sha256;
  const files = ['journal.yaml', 'facts.yaml'].map((file) => ({ file, sha256: hashOf(file) }));
  expect(small.seedFiles).toStrictEqual(files);
  expect(seedEvents(small)[0]?.events[0]?.event).toStrictEqual({
    name: 'BookOpened',
    payload: { book: 'small', entity: 'Small Ltd', currency: 'GBP', minorDigits: 2, journal: files },
  });
});

it('records facts in their period, confirmations and explanations after the last entry, by whom and when they say', () => {
  const files = changed(
    [
      'book.yaml',
      'facts: facts.yaml',
      'facts: facts.yaml\nconfirmations: confirmations.yaml\nexplanations: explanations.yaml',
    ],
    ['explanations.yaml', '', '- { subject: is.revenue@Y24, cause: not-known, reason: Asked for }\n'],
    [
      'confirmations.yaml',
      '',
      '- { figure: is.revenue@Y24, reason: The row foots, actor: auditor, at: 2025-02-01T00:00:00.000Z }\n',
    ],
    ['figures.csv', '3,printed,', '3,repaired-exact,revenue = profit'],
  );
  const events = seedEvents(readBook(folderOf(files))).flatMap((segment) => segment.events);
  expect(events.map(({ event, actor, recordedAt }) => [event.name, actor, recordedAt])).toStrictEqual([
    ['BookOpened', 'keeper', '2025-01-31T00:00:00.000Z'],
    ['PeriodOpened', 'keeper', '2025-01-31T00:00:00.000Z'],
    ['FactRecorded', 'keeper', '2025-01-31T00:00:00.000Z'],
    ['RevenueRecognised', 'keeper', '2025-01-31T00:00:00.000Z'],
    ['AssetAcquired', 'keeper', '2025-01-31T00:00:00.000Z'],
    ['RepairConfirmed', 'auditor', '2025-02-01T00:00:00.000Z'],
    ['BreakExplained', 'keeper', '2025-01-31T00:00:00.000Z'],
  ]);
});
