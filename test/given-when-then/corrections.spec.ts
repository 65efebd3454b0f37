/**
 * Corrections: nothing is edited. A late entry reopens its period, with a reason; a wrong one is reversed; and what was
 * known before either can still be asked. Given entries, when replayed, then whole statements.
 */
import { entryFromEvent, parseJournal, printJournal, reverseEntry } from '@tieout/ledger';
import { carriesEntry } from '@tieout/events';
import { openBooks, text, type Books } from '../support/law-books';
import { decoded } from '../support/law-replay';

const sale = `
  2022-06-30 JE-1 RevenueRecognised  Sold for cash
    cash     from-customers   100
    revenue  profit-or-loss  (100)`;

const invoice = `
  2022-06-30 JE-2 ExpenseIncurred  An invoice that came late
    expenses  profit-or-loss   70
    payables  recognised      (70)`;

test('a late entry: refused while the period is closed, taken when it is reopened, and not known before', async () => {
  const books = await openBooks();
  await books.given(sale);
  await books.close('2022H1');
  const closed = await books.log.length();
  const asReported = text(`
                  2022H1  2022H2
      revenue        100       0
      expenses         0       0
      impairment       0       0
      result         100       0
    `);
  expect(await books.statement('income statement')).toBe(asReported);

  expect(await books.post(invoice)).toStrictEqual([
    'E206: period 2022H1 is closed; entry JE-2 is dated 2022-06-30',
  ]);
  expect(await books.log.length()).toBe(closed);

  await books.reopen('2022H1', 'an invoice came after the close');
  await books.given(invoice);
  await books.close('2022H1');
  expect(await books.statement('income statement')).toBe(
    text(`
                  2022H1  2022H2
      revenue        100       0
      expenses       (70)      0
      impairment       0       0
      result          30       0
    `),
  );
  expect(await books.statement('income statement', { knownAt: closed })).toBe(asReported);
  // Both closes hold, each against the entries before it; the later opening says what the accounts stand at now.
  expect((await books.state()).breaks).toStrictEqual([]);
  const assertions = (await decoded(books.log)).flatMap((event) =>
    event.name === 'PeriodOpened' ? [event.payload.opening] : [],
  );
  expect(assertions).toStrictEqual([
    [],
    [],
    [
      { account: 'cash', unit: 'RMB', minor: '100' },
      { account: 'revenue', unit: 'RMB', minor: '-100' },
    ],
    [
      { account: 'cash', unit: 'RMB', minor: '100' },
      { account: 'expenses', unit: 'RMB', minor: '70' },
      { account: 'payables', unit: 'RMB', minor: '-70' },
      { account: 'revenue', unit: 'RMB', minor: '-100' },
    ],
  ]);
});

/** The exact opposite of an entry that is there, in journal notation. */
const reversalOf = (journal: string, id: string, date: string): string =>
  printJournal(
    parseJournal(journal).map((entry) => reverseEntry(entry, { id, date, reason: 'posted twice' })),
  );

const entriesOf = async (books: Books): Promise<string[]> =>
  (await decoded(books.log)).flatMap((event) => (carriesEntry(event) ? [entryFromEvent(event).id] : []));

test('a reversal: every statement is as before the entry, and both entries stay', async () => {
  const books = await openBooks();
  await books.given(sale);
  const names = books.structure.layouts.map(({ id }) => id);
  const before = await Promise.all(names.map((id) => books.statement(id)));
  await books.given(invoice);
  expect(await Promise.all(names.map((id) => books.statement(id)))).not.toStrictEqual(before);
  await books.given(reversalOf(invoice, 'JE-3', '2022-06-30'));
  expect(await Promise.all(names.map((id) => books.statement(id)))).toStrictEqual(before);
  expect(await entriesOf(books)).toStrictEqual(['JE-1', 'JE-2', 'JE-3']);

  expect(await books.post(reversalOf(invoice, 'JE-4', '2022-06-30'))).toStrictEqual([
    'E211: entry JE-2 has been reversed by JE-3',
  ]);
});

test('a reversal in the next period: the period of the error stays as reported, the next one carries the correction', async () => {
  const books = await openBooks();
  await books.given(sale);
  await books.given(invoice);
  await books.close('2022H1');
  await books.given(reversalOf(invoice, 'JE-3', '2022-07-15'));
  expect(await books.statement('income statement')).toBe(
    text(`
                  2022H1  2022H2
      revenue        100       0
      expenses       (70)     70
      impairment       0       0
      result          30      70
    `),
  );
  expect(await books.statement('balance sheet')).toBe(
    text(`
                              2022H1  2022H2
      plant                        0       0
      receivables                  0       0
      cash                       100     100
      assets                     100     100
      capital                      0       0
      translation reserve          0       0
      retained                    30     100
      payables                    70       0
      equity and liabilities     100     100
    `),
  );
});

test('a journal is taken whole or not at all, and everything wrong with it is said at once', async () => {
  const books = await openBooks();
  expect(
    await books.post(`
      2022-06-30 JE-1 RevenueRecognised  Sound by itself
        cash     from-customers   100
        revenue  profit-or-loss  (100)
      2022-06-30 JE-2 ExpenseIncurred  Digits transposed, and a movement misspelt
        expenses  profit-or-loss   297,769
        payables  recognized      (297,679)
      2023-01-01 JE-3 CashSettled  After the last period
        payables  recognised     5
        csah      to-suppliers  (5)`),
  ).toStrictEqual([
    'E201: entry JE-2 does not balance: debits 297,769, credits 297,679, difference 90',
    'E203: unknown movement "recognized"',
    'E202: unknown account "csah"',
    'E205: entry JE-3 is dated 2023-01-01, outside the periods of the book, 2022-01-01 to 2022-12-31',
  ]);
  expect(await entriesOf(books)).toStrictEqual([]);
});
