/**
 * A simulated ledger of a small shop, event by event. The laws over whole books are in test/laws.
 */
import {
  canonical,
  carriesEntry,
  LedgerError,
  type EntryPayload,
  type LedgerEvent,
  type NewEvent,
} from '@tieout/events';
import { entryFromEvent, eventFromEntry, foldLedger, printJournal, type Entry } from '@tieout/ledger';
import { explode, type Segment, type Simulation } from './explode';
import { shop, written } from './small-shop';

const said = (event: LedgerEvent): NewEvent => ({
  id: '01826d2c-8000-8000-8000-000000000000',
  event,
  recordedAt: '2022-08-25T00:00:00.000Z',
  actor: 'bookkeeper',
});

const opened: LedgerEvent = {
  name: 'BookOpened',
  payload: { book: 'shop', entity: 'Shop', currency: 'RMB', minorDigits: 2, journal: [] },
};

/** The first half-year of the shop, around these entries. */
const bookOf = (journal: string): readonly Segment[] => [
  { stream: 'shop', events: [said(opened)] },
  {
    stream: 'shop/H1',
    events: [
      said({
        name: 'PeriodOpened',
        payload: { period: 'H1', from: '2022-01-01', to: '2022-06-30', opening: [] },
      }),
      ...written(journal).map((entry) => said(eventFromEntry(entry))),
      said({ name: 'PeriodClosed', payload: { period: 'H1', closing: [] } }),
    ],
  },
];

const journal = `
2021-12-31 JE-0 OpeningBalanceRecorded  What was there
  cash      recognised   500
  payables  recognised  (500)

2022-06-30 JE-1 RevenueRecognised  Sales
  ; amount: disclosed
  ; source: 12, 13
  receivables  recognised       100  = is.revenue@H1
  revenue      profit-or-loss  (100)

2022-03-05 JE-2 ExpenseIncurred  Wages
  ; date: disclosed
  wages  profit-or-loss   40
  cash   staff-paid      (40)

2022-06-30 JE-3 ResultClosed  Result
  revenue   closing  100
  wages     closing  (40)
  retained  closing  (60)
`;

const exploded = (simulation: Simulation, text = journal) => [...explode(bookOf(text), shop, simulation)];

const entriesIn = (all: ReturnType<typeof exploded>): readonly Entry[] =>
  all.flatMap(({ event }) => (carriesEntry(event.event) ? [entryFromEvent(event.event)] : []));

test('the text that a part brings along is the canonical text of its payload', () => {
  const quoted = journal.replace('Sales', 'Sales "à crédit"\\ 商汤');
  for (const text of [journal, quoted]) {
    const parts = exploded({ entries: 40, seed: '1', late: 3, reversals: 2, corrections: 2 }, text);
    const brought = parts.filter(({ text }) => text !== undefined);
    expect(brought.length).toBeGreaterThan(20);
    for (const { event, text } of brought) expect(text).toBe(canonical(event.event.payload));
  }
});

test('opening balances and closings stay, sales fall on business days, wages on their disclosed day', () => {
  const all = exploded({ entries: 8, seed: '1' });
  expect(printJournal(entriesIn(all))).toBe(`2021-12-31 JE-0 OpeningBalanceRecorded  What was there
  cash      recognised   500
  payables  recognised  (500)

2022-01-28 JE-1/000001 RevenueRecognised  Sales, customer C-13096
  ; source: 12, 13
  ; reasoning: simulated part of JE-1
  receivables  recognised       14
  revenue      profit-or-loss  (14)

2022-03-05 JE-2/000001 ExpenseIncurred  Wages, employee E-05952
  ; date: disclosed
  ; reasoning: simulated part of JE-2
  wages  profit-or-loss   19
  cash   staff-paid      (19)

2022-03-05 JE-2/000002 ExpenseIncurred  Wages, employee E-02004
  ; date: disclosed
  ; reasoning: simulated part of JE-2
  wages  profit-or-loss   21
  cash   staff-paid      (21)

2022-03-15 JE-1/000002 RevenueRecognised  Sales, customer C-01149
  ; source: 12, 13
  ; reasoning: simulated part of JE-1
  receivables  recognised       49
  revenue      profit-or-loss  (49)

2022-04-29 JE-1/000003 RevenueRecognised  Sales, customer C-16287
  ; source: 12, 13
  ; reasoning: simulated part of JE-1
  receivables  recognised       19
  revenue      profit-or-loss  (19)

2022-06-14 JE-1/000004 RevenueRecognised  Sales, customer C-00560
  ; source: 12, 13
  ; reasoning: simulated part of JE-1
  receivables  recognised       18
  revenue      profit-or-loss  (18)

2022-06-30 JE-3 ResultClosed  Result
  revenue   closing  100
  wages     closing  (40)
  retained  closing  (60)
`);
});

test('the log says of itself that it is simulated; what is not an entry stays what and where it is', () => {
  const all = exploded({ entries: 8, seed: '1' });
  const others = all.filter(({ event }) => !carriesEntry(event.event));
  expect(others.map(({ stream, event }) => [stream, event.event])).toStrictEqual([
    ['shop', { ...opened, payload: { ...opened.payload, simulated: { entries: 8, events: 11, seed: '1' } } }],
    ['shop/H1', bookOf(journal)[1]?.events[0]?.event],
    ['shop/H1', bookOf(journal)[1]?.events.at(-1)?.event],
  ]);
  expect(all.indexOf(others[2]!)).toBe(all.length - 1);
});

test('ids count the events, and differ with the seed', () => {
  const ids = (seed: string): string[] => exploded({ entries: 50, seed }).map(({ event }) => event.id);
  expect(ids('1')).toStrictEqual(ids('1'));
  expect(ids('1').map((id) => parseInt(id.slice(0, 13).replace('-', ''), 16))).toStrictEqual(
    Array.from({ length: 53 }, (_, ordinal) => ordinal),
  );
  for (const id of ids('1'))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids('1').filter((id) => ids('2').includes(id))).toStrictEqual([]);
});

test('as many entries as the book has: the book itself', () => {
  expect(entriesIn(exploded({ entries: 4, seed: '1' })).map(({ id }) => id)).toStrictEqual([
    'JE-0',
    'JE-2',
    'JE-1',
    'JE-3',
  ]);
});

describe('noise', () => {
  const noisy = exploded({ entries: 40, seed: '1', late: 2, reversals: 3, corrections: 4 });
  const entries = entriesIn(noisy);
  const after = (suffix: RegExp): readonly Entry[] => entries.filter(({ id }) => suffix.test(id));

  test('is counted among the entries that were asked for', () => {
    expect(entries.length).toBe(40);
    expect(after(/-twice$/).length).toBe(3);
    expect(after(/-twice-R$/).length).toBe(3);
    expect(after(/-wrong$/).length).toBe(4);
    expect(after(/-wrong-R$/).length).toBe(4);
  });

  test('a correction is a wrong entry, its exact reversal, and the right one', () => {
    const at = entries.findIndex(({ id }) => id.endsWith('-wrong'));
    const [wrong, reversal, right] = entries.slice(at, at + 3);
    expect(wrong?.id).toBe(`${right?.id}-wrong`);
    expect(wrong?.postings).toStrictEqual(
      right?.postings.map((leg) => ({ ...leg, minor: Number(leg.minor) * 10 })),
    );
    expect([reversal?.event, reversal?.reverses, reversal?.reason]).toStrictEqual([
      'EntryReversed',
      wrong?.id,
      'a zero too many; the right entry follows',
    ]);
    expect(reversal?.postings).toStrictEqual(
      wrong?.postings.map((leg) => ({ ...leg, minor: -Number(leg.minor) })),
    );
  });

  test('late entries stand behind later ones, in the same period', () => {
    const dates = entries.map(({ date }) => date);
    const behind = dates.filter((date, index) => index > 0 && date < (dates[index - 1] ?? ''));
    expect(behind.length).toBeGreaterThan(0);
    expect(
      entriesIn(exploded({ entries: 40, seed: '1' }))
        .map(({ date }) => date)
        .every((date, index, all) => index === 0 || date >= (all[index - 1] ?? '')),
    ).toBe(true);
    expect(foldLedger(noisy.map(({ event }) => event.event)).periods.get('H1')?.open).toBe(false);
  });
});

test('what cannot be is refused', () => {
  const refusal = (simulation: Simulation): string => {
    try {
      exploded(simulation);
    } catch (error) {
      if (error instanceof LedgerError)
        return error.problems.map(({ code, message, help }) => `${code}: ${message}; ${help}`).join();
    }
    return 'not refused';
  };
  expect(refusal({ entries: 3, seed: '1' })).toBe(
    'E602: 3 is not a number of entries that this book can be simulated in; it falls into 4 to 142 entries, beside reversals and corrections',
  );
  expect(refusal({ entries: 143, seed: '1' })).toContain('E602: 143 is not a number of entries');
  expect(exploded({ entries: 142, seed: '1' }).length).toBe(145);
  expect(refusal({ entries: 40, seed: '1', reversals: 19 })).toContain('E602: 2 is not a number');
  expect(refusal({ entries: 8, seed: '1', late: 7 })).toContain(
    'E602: late: 7 is no number of entries among 6 parts',
  );
});

test('a reversal and what it reverses stay whole', () => {
  const reversed = `
2022-06-30 JE-1 RevenueRecognised  Sales
  receivables  recognised       100
  revenue      profit-or-loss  (100)

2022-06-30 JE-1R EntryReversed  Not a sale
  ; reverses: JE-1
  ; reason: returned
  receivables  recognised      (100)
  revenue      profit-or-loss   100

2022-06-30 JE-2 RevenueRecognised  Sales
  receivables  recognised       100
  revenue      profit-or-loss  (100)
`;
  const ids = entriesIn(exploded({ entries: 5, seed: '1' }, reversed)).map(({ id }) => id);
  expect(ids.filter((id) => !id.startsWith('JE-2/'))).toStrictEqual(['JE-1', 'JE-1R']);
});

test('a part says that it is simulated, of what, and whom it is with', () => {
  const part = exploded({ entries: 8, seed: '1' })
    .map(({ event }) => event.event.payload as EntryPayload)
    .find(({ entry }) => entry?.startsWith('JE-1/'));
  expect(part?.description).toMatch(/^Sales, customer C-\d{5}$/);
  expect(part?.provenance).toStrictEqual({
    amount: 'assumed',
    allocation: 'assumed',
    reasoning: 'simulated part of JE-1',
    source: [12, 13],
  });
});
