/**
 * The result and where it goes: revenue earned and lost again, cash, equity, and the close. Given entries, when replayed,
 * then whole statements.
 */
import { openBooks, text } from '../support/law-books';
import { companyWith, flow, stock } from '../support/law-company';

test('revenue on credit, part of which is not expected to be paid', async () => {
  const books = await openBooks();
  await books.given(`
    2022-03-31 JE-1 RevenueRecognised  Goods delivered, to be paid for
      receivables.gross  recognised       500   [vintage=2022H1]
      revenue            profit-or-loss  (500)
    2022-06-30 JE-2 ImpairmentRecognised  Expected credit losses
      impairment             profit-or-loss   80
      receivables.allowance  impairment      (80)
    2022-12-31 JE-3 ImpairmentRecognised  Paid after all: the loss is reversed
      receivables.allowance  impairment       30
      impairment             profit-or-loss  (30)`);
  expect(await books.statement('income statement')).toBe(
    text(`
                  2022H1  2022H2
      revenue        500       0
      expenses         0       0
      impairment     (80)     30
      result         420      30
    `),
  );
  expect(await books.statement('balance sheet')).toBe(
    text(`
                              2022H1  2022H2
      plant                        0       0
      receivables                420     450
      cash                         0       0
      assets                     420     450
      capital                      0       0
      translation reserve          0       0
      retained                   420     450
      payables                     0       0
      equity and liabilities     420     450
    `),
  );
});

test('the close moves the result to equity, and no statement but that of equity moves', async () => {
  const more = {
    equity: [
      flow.credit('shares issued', ['equity'], { movements: ['capital-contribution'] }),
      flow.credit('shares granted', ['equity'], { movements: ['share-based-compensation'] }),
      flow.credit('result closed', ['equity'], { movements: ['result'] }),
      stock.credit('not closed yet', ['revenue', 'expenses', 'impairment']),
    ],
  };
  const books = await openBooks(companyWith({ more }));
  await books.given(`
    2022-01-31 JE-1 EquityTransactionRecorded  Shares issued
      cash            from-owners            1,000
      equity.capital  capital-contribution  (1,000)
    2022-04-30 JE-2 EquityTransactionRecorded  Shares granted to staff
      expenses        profit-or-loss             40
      equity.capital  share-based-compensation  (40)
    2022-05-31 JE-3 RevenueRecognised  Paid at once
      cash     from-customers   90
      revenue  profit-or-loss  (90)`);
  const before = {
    'income statement': await books.statement('income statement'),
    'balance sheet': await books.statement('balance sheet'),
    'cash flows': await books.statement('cash flows'),
  };
  expect(await books.statement('equity')).toBe(
    text(`
                      2022H1  2022H2
      shares issued    1,000       0
      shares granted      40       0
      result closed        0       0
      not closed yet      50      50
    `),
  );
  await books.given(`
    2022-06-30 JE-4 ResultClosed  Result of the half-year
      revenue          closing   90
      expenses         closing  (40)
      equity.retained  result   (50)`);
  await books.close('2022H1');
  expect(await books.statement('equity')).toBe(
    text(`
                      2022H1  2022H2
      shares issued    1,000       0
      shares granted      40       0
      result closed       50       0
      not closed yet       0       0
    `),
  );
  for (const [id, was] of Object.entries(before))
    expect([id, await books.statement(id)]).toStrictEqual([id, was]);
  expect((await books.state()).breaks).toStrictEqual([]);
});

test('cash: opening, every reason that it moved for, closing', async () => {
  const books = await openBooks();
  await books.given(`
    2021-12-31 JE-0 OpeningBalanceRecorded  Brought forward
      cash            opening   250
      equity.capital  opening  (250)
    2022-02-28 JE-1 AssetAcquired  A machine, half of it on credit
      plant.cost  additions          120
      cash        purchase-of-plant  (60)
      payables    recognised         (60)
    2022-05-31 JE-2 ExpenseIncurred  Depreciation
      expenses            profit-or-loss   12
      plant.depreciation  depreciation    (12)
    2022-07-31 JE-3 CashSettled  The rest of the machine
      payables  recognised    60
      cash      to-suppliers  (60)
    2022-08-31 JE-4 RevenueRecognised  Sold for cash
      cash     from-customers   200
      revenue  profit-or-loss  (200)`);
  expect(await books.statement('cash flows')).toBe(
    text(`
                         2022H1  2022H2
      from customers          0     200
      to suppliers            0     (60)
      purchase of plant     (60)      0
      from owners             0       0
      net                   (60)    140
      opening cash          250     190
      closing cash          190     330
    `),
  );
  // At a day within the period: what had happened by then, and nothing after it.
  expect(await books.statement('balance sheet', { when: { kind: 'day', day: '2022-03-31' } })).toBe(
    text(`
                              2022-03-31
      plant                          120
      receivables                      0
      cash                           190
      assets                         310
      capital                        250
      translation reserve              0
      retained                         0
      payables                        60
      equity and liabilities         310
    `),
  );
});
