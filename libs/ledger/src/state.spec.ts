import type { LedgerEvent } from '@tieout/events';
import * as fc from 'fast-check';
import { anyEntry } from './arbitraries';
import { balancesOf, checkBalance, imbalanceHints, signBreaches } from './balance';
import { eventFromEntry } from './entry';
import { parseJournal } from './journal';
import { boundaryDays, boundaryOf, isCalendarDay } from './period';
import { reverseEntry } from './reverse';
import { smallChart } from './small-chart';
import { assertionOf, balancesAt, emptyLedger, fingerprint, foldLedger } from './state';

const journal = (text: string): LedgerEvent[] => parseJournal(text).map(eventFromEntry);

const entries = journal(`
  2021-06-30 JE-0 OpeningBalanceRecorded  Opening balances
    cash                  opening   100
    equity.share-capital  opening  (100)

  2021-12-31 JE-1 AssetAcquired  Servers
    ppe.cost.electronic  additions         30
    cash                 purchase-of-ppe  (30)

  2022-06-30 JE-2 AssetAcquired  More servers
    ppe.cost.electronic  additions         70
    cash                 purchase-of-ppe  (70)`);

const serversTwice = `
  2022-06-30 JE-3 AssetAcquired  Servers
    ppe.cost.electronic  additions         1
    cash                 purchase-of-ppe  (1)

  2022-06-30 JE-4 AssetAcquired  Servers
    ppe.cost.electronic  additions         1
    cash                 purchase-of-ppe  (1)`;

const opened = (opening: { account: string; unit: string; minor: string }[]): LedgerEvent => ({
  name: 'PeriodOpened',
  payload: { period: '2022H1', from: '2022-01-01', to: '2022-06-30', opening },
});
const closed = (closing: { account: string; unit: string; minor: string }[]): LedgerEvent => ({
  name: 'PeriodClosed',
  payload: { period: '2022H1', closing },
});
const rmb = (account: string, minor: string): { account: string; unit: string; minor: string } => ({
  account,
  unit: 'RMB',
  minor,
});

test('balances stand at the close of a day, nil left out', () => {
  const state = foldLedger(entries);
  expect(assertionOf(balancesAt(state, '2021-12-31'))).toStrictEqual([
    rmb('cash', '70'),
    rmb('equity.share-capital', '-100'),
    rmb('ppe.cost.electronic', '30'),
  ]);
  expect(assertionOf(balancesAt(state, '2022-06-30'))).toStrictEqual([
    rmb('equity.share-capital', '-100'),
    rmb('ppe.cost.electronic', '100'),
  ]);
  expect(balancesAt(state, '2021-06-29')).toStrictEqual([]);
});

const [opening, before, after] = entries as [LedgerEvent, LedgerEvent, LedgerEvent];
const standing = [rmb('cash', '70'), rmb('equity.share-capital', '-100'), rmb('ppe.cost.electronic', '30')];
const standingAfter = [rmb('equity.share-capital', '-100'), rmb('ppe.cost.electronic', '100')];

test('an opening and a closing that hold say nothing', () => {
  expect(foldLedger([opening, before, opened(standing), after, closed(standingAfter)]).breaks).toStrictEqual(
    [],
  );
});

test('an opening that does not hold names account, what it says and what stands there', () => {
  const wrong = [rmb('cash', '71'), rmb('equity.share-capital', '-100'), rmb('inventories', '1')];
  expect(foldLedger([opening, before, opened(wrong)]).breaks).toStrictEqual([
    { event: 'PeriodOpened', period: '2022H1', account: 'cash', unit: 'RMB', asserted: 71, actual: 70 },
    { event: 'PeriodOpened', period: '2022H1', account: 'inventories', unit: 'RMB', asserted: 1, actual: 0 },
    {
      event: 'PeriodOpened',
      period: '2022H1',
      account: 'ppe.cost.electronic',
      unit: 'RMB',
      asserted: 0,
      actual: 30,
    },
  ]);
});

test('a closing that does not hold likewise', () => {
  expect(
    foldLedger([opening, before, opened(standing), after, closed([...standingAfter, rmb('cash', '2')])])
      .breaks,
  ).toStrictEqual([
    { event: 'PeriodClosed', period: '2022H1', account: 'cash', unit: 'RMB', asserted: 2, actual: 0 },
  ]);
});

test('a late entry breaks nothing that was said before it', () => {
  const reopened: LedgerEvent = {
    name: 'PeriodReopened',
    payload: { period: '2022H1', reason: 'found a server' },
  };
  const log = [opening, before, opened(standing), closed(standing), reopened, after, closed(standingAfter)];
  expect(foldLedger(log).breaks).toStrictEqual([]);
});

test('an entry in the log that does not balance is a bug, and stops the replay', () => {
  const [unbalanced] = journal(
    '2022-06-30 JE-1 EntryPosted  Bad\n  cash recognised 5\n  revenue recognised (4)',
  );
  expect(() => foldLedger([unbalanced!])).toThrow('assertion failed: entry JE-1 in the log balances');
});

test('law: any cut of the log folds to the same state, and what was folded before is left alone', () => {
  const reversals = parseJournal(serversTwice).map((entry, index) =>
    eventFromEntry(reverseEntry(entry, { id: `R-${index}`, date: entry.date, reason: 'law' })),
  );
  const log = [opening, before, opened(standing), after, closed(standingAfter), ...reversals];
  fc.assert(
    fc.property(fc.nat({ max: log.length }), (cut) => {
      const start = foldLedger(log.slice(0, cut));
      const kept = structuredClone(start);
      expect(foldLedger(log.slice(cut), start)).toStrictEqual(foldLedger(log));
      expect(start).toStrictEqual(kept);
    }),
  );
});

test('summed at the boundaries of the periods it says the same of every boundary, and of no day between', () => {
  const log = [opening, before, opened(standing), after, closed([...standingAfter, rmb('cash', '2')])];
  const boundaries = boundaryDays(smallChart);
  expect(boundaries).toStrictEqual(['2021-06-30', '2021-12-31', '2022-06-30']);
  const [summed, byDay] = [foldLedger(log, { ...emptyLedger, boundaries }), foldLedger(log)];
  expect(summed.breaks).toStrictEqual(byDay.breaks);
  expect(summed.breaks).toHaveLength(1);
  for (const day of [...boundaries, '2023-01-01'])
    expect(balancesAt(summed, day)).toStrictEqual(balancesAt(byDay, day));
  expect(() => balancesAt(summed, '2022-03-31')).toThrow('the books are summed at 2022-03-31');
});

test('law: a day of the calendar is one that the clock of the machine knows', () => {
  const two = (below: number) => fc.nat({ max: below }).map((number) => String(number).padStart(2, '0'));
  const year = fc.constantFrom('0000', '1900', '2000', '2022', '2023', '2024', '2100', '9999', '20222');
  fc.assert(
    fc.property(year, two(13), two(32), (...parts) => {
      const day = parts.join('-');
      const time = Date.parse(`${day}T00:00:00Z`);
      expect(isCalendarDay(day)).toBe(!Number.isNaN(time) && new Date(time).toISOString().startsWith(day));
    }),
    { numRuns: 2000 },
  );
});

test('law: a day is summed at the first boundary on or after it, or stays itself', () => {
  const day = fc.integer({ min: 10, max: 28 }).map((of) => `2022-06-${of}`);
  fc.assert(
    fc.property(day, fc.uniqueArray(day), (each, days) => {
      const boundaries = boundaryDays({ periods: [] }, days);
      expect(boundaryOf(each, boundaries)).toBe([...days].sort().find((other) => other >= each) ?? each);
    }),
  );
});

test('law: an entry and its reversal add to nil, and the reversal reversed has the legs of the entry', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const back = reverseEntry(entry, { id: 'R', date: '2022-06-30', reason: 'law' });
      const again = reverseEntry(back, { id: 'RR', date: entry.date, reason: 'law' });
      expect(balancesOf([...entry.postings, ...back.postings])).toStrictEqual([]);
      expect(again.postings).toStrictEqual(entry.postings);
      expect(back.postings.map(({ movement, dimensions }) => [movement, dimensions])).toStrictEqual(
        entry.postings.map(({ movement, dimensions }) => [movement, dimensions]),
      );
      expect(fingerprint(again).legs).toBe(fingerprint(entry).legs);
    }),
  );
});

test('law: an entry balances exactly when its legs add to nil in every unit', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const totals = balancesOf(entry.postings.map((leg) => ({ ...leg, account: '' })));
      expect(
        checkBalance(entry)
          ?.map(({ unit, difference }) => `${unit} ${difference}`)
          .sort() ?? [],
      ).toStrictEqual(totals.map(({ unit, minor }) => `${unit} ${minor}`).sort());
    }),
  );
});

test('debits and credits are told apart per unit', () => {
  const [entry] = parseJournal(`
    2022-06-30 JE-1 EntryPosted  Two currencies
      cash     recognised        5
      revenue  recognised       (3)
      cash     recognised  USD   7
      revenue  recognised  USD  (7)`);
  expect(checkBalance(entry!)).toStrictEqual([{ unit: 'RMB', debits: 5, credits: 3, difference: 2 }]);
});

test('a difference of twice a leg hints at the wrong side', () => {
  const [entry] = parseJournal(`
    2022-06-30 JE-1 EntryPosted  Wrong side
      cash         recognised  10
      receivables  recognised   5
      revenue      recognised  (5)`);
  expect(imbalanceHints(checkBalance(entry!)![0]!, entry!.postings)).toStrictEqual([
    'the difference is twice the leg on receivables: it may be on the wrong side',
  ]);
});

test('accounts on the side that their nature forbids are named', () => {
  const balances = balancesOf([
    { account: 'cash', unit: 'RMB', minor: -1 },
    { account: 'payables.trade', unit: 'RMB', minor: 2 },
    { account: 'current-tax', unit: 'RMB', minor: 3 },
    { account: 'inventories', unit: 'RMB', minor: 4 },
  ]);
  expect(signBreaches(balances, smallChart)).toStrictEqual([
    { account: 'cash', unit: 'RMB', minor: -1, normal: 'debit' },
    { account: 'payables.trade', unit: 'RMB', minor: 2, normal: 'credit' },
  ]);
});

test('the empty ledger stays empty', () => {
  foldLedger(entries);
  expect(emptyLedger.periods.size + emptyLedger.sums.size).toBe(0);
});
