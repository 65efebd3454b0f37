/**
 * Aging: a receivable keeps its half-year of recognition, and how old it is depends on the day that is asked for. The same
 * entries, seen from two dates. Given entries, when replayed, then the whole table.
 */
import { openBooks, text } from '../support/law-books';
import { companyWith, stock, sum } from '../support/law-company';

const receivables = ['receivables.gross'];
const aged = (from: number, to?: number) => ({
  age: { dimension: 'vintage', from, ...(to === undefined ? {} : { to }) },
});

const aging = [
  stock.debit('up to 6 months', receivables, aged(0, 6)),
  stock.debit('6 months to 1 year', receivables, aged(6, 12)),
  stock.debit('more than 1 year', receivables, aged(12)),
  sum('all ages', ['up to 6 months', '6 months to 1 year', 'more than 1 year'], 'stock'),
  stock.debit('gross', receivables),
];

test('a receivable grows older from one balance sheet to the next without an entry', async () => {
  const books = await openBooks(companyWith({ more: { aging } }));
  await books.given(`
    2021-12-31 JE-0 OpeningBalanceRecorded  Billed in the second half of 2021
      receivables.gross  opening   100   [vintage=2021H2]
      equity.capital     opening  (100)
    2022-06-30 JE-1 RevenueRecognised  Billed in the first half of 2022
      receivables.gross  recognised       40   [vintage=2022H1]
      revenue            profit-or-loss  (40)
    2022-06-30 JE-2 CashSettled  Collected: the oldest first
      cash               from-customers   30
      receivables.gross  recognised      (30)  [vintage=2021H2]
    2022-12-31 JE-3 RevenueRecognised  Billed in the second half of 2022
      receivables.gross  recognised       5   [vintage=2022H2]
      revenue            profit-or-loss  (5)`);
  expect(await books.statement('aging')).toBe(
    text(`
                          2022H1  2022H2
      up to 6 months          40       5
      6 months to 1 year      70      40
      more than 1 year         0      70
      all ages               110     115
      gross                  110     115
    `),
  );
  // Within a half-year nothing has aged since the one before it ended, and what is billed is new.
  expect(await books.statement('aging', { when: { kind: 'day', day: '2022-09-30' } })).toBe(
    text(`
                          2022-09-30
      up to 6 months              40
      6 months to 1 year          70
      more than 1 year             0
      all ages                   110
      gross                      110
    `),
  );
});
