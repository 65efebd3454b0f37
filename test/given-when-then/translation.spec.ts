/**
 * Translation of a foreign operation (IAS 21.39): it passes through a clearing account from other comprehensive income to
 * the assets, and never through profit or loss. Given entries, when replayed, then whole statements.
 */
import { assertionOf, balancesAt } from '@tieout/ledger';
import { openBooks, text } from '../support/law-books';

const operation = `
  2021-12-31 JE-0 OpeningBalanceRecorded  A subsidiary abroad
    plant.cost      opening   600
    cash            opening   400
    equity.capital  opening  (1,000)`;

const announced = `
  2022-06-30 JE-1 TranslationDifferenceRecognised  The exchange difference as disclosed
    fx-clearing      translation   50
    oci.translation  translation  (50)`;

const placed = `
  2022-06-30 JE-2 TranslationDifferenceRecognised  Where it arose
    plant.cost   translation   30
    cash         translation   20
    fx-clearing  translation  (50)`;

test('a difference that is disclosed and not yet placed stands in a line that says so', async () => {
  const books = await openBooks();
  await books.given(operation);
  await books.given(announced);
  expect(await books.statement('balance sheet')).toBe(
    text(`
                              2022H1  2022H2
      plant                      600     600
      receivables                  0       0
      cash                       400     400
      assets                   1,000   1,000
      capital                  1,000   1,000
      translation reserve         50      50
      retained                     0       0
      payables                     0       0
      not disclosed              (50)    (50)
      equity and liabilities   1,000   1,000
    `),
  );
});

test('placed, the clearing account is nil; profit or loss and cash flows know nothing of it', async () => {
  const books = await openBooks();
  await books.given(operation);
  await books.given(announced);
  await books.given(placed);
  expect(await books.statement('balance sheet')).toBe(
    text(`
                              2022H1  2022H2
      plant                      630     630
      receivables                  0       0
      cash                       420     420
      assets                   1,050   1,050
      capital                  1,000   1,000
      translation reserve         50      50
      retained                     0       0
      payables                     0       0
      equity and liabilities   1,050   1,050
    `),
  );
  expect(await books.statement('comprehensive income')).toBe(
    text(`
                                  2022H1  2022H2
      translation                     50       0
      total comprehensive income      50       0
    `),
  );
  expect(await books.statement('income statement')).toBe(
    text(`
                  2022H1  2022H2
      revenue          0       0
      expenses         0       0
      impairment       0       0
      result           0       0
    `),
  );
  expect(await books.statement('cash flows')).toBe(
    text(`
                         2022H1  2022H2
      from customers          0       0
      to suppliers            0       0
      purchase of plant       0       0
      from owners             0       0
      net                     0       0
      opening cash          400     420
      closing cash          420     420
    `),
  );
});

test('a translation difference cannot be booked as profit', async () => {
  const books = await openBooks();
  expect(
    await books.post(`
      2022-06-30 JE-1 TranslationDifferenceRecognised  Through the income statement
        fx-clearing  translation      50
        revenue      profit-or-loss  (50)`),
  ).toStrictEqual([
    'E204: entry JE-1: TranslationDifferenceRecognised touches a clearing account, and beside only balance-sheet accounts and other comprehensive income; found revenue (revenue)',
  ]);
  expect(assertionOf(balancesAt(await books.state(), '2022-06-30'))).toStrictEqual([]);
});
