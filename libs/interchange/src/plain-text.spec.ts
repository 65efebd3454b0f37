/** One small journal in three languages: what is written, and what becomes of a published balance that does not hold. */
import type { Account, Entry } from '@tieout/ledger';
import type { Concept, PublishedFigure } from '@tieout/statements';
import { toBeancount } from './beancount';
import { toHledger } from './hledger';
import { toLedger } from './ledger';
import { surveyor, type JournalToExport } from './survey';

const account = (id: string, type: Account['type'], role: Account['role']): Account => ({
  id,
  name: `The ${id}`,
  type,
  role,
  normal: 'either',
  dimensions: {},
});

const sale: Entry = {
  id: 'J-1',
  event: 'RevenueRecognised',
  date: '2024-06-30',
  dateBasis: 'period-end',
  description: 'Sales',
  postings: [
    {
      account: 'cash.bank',
      movement: 'received',
      day: '2024-06-30',
      unit: 'GBP',
      minor: 120050,
      dimensions: {},
      expression: 'is.revenue@Y24',
    },
    {
      account: 'revenue',
      movement: 'profit-or-loss',
      day: '2024-06-30',
      unit: 'GBP',
      minor: -120050,
      dimensions: { area: 'north' },
    },
  ],
  provenance: { amount: 'disclosed', allocation: 'given', reasoning: 'Half, roughly.', source: [12, 14] },
};

const cash: Concept = {
  id: 'bs.cash',
  label: 'Cash',
  formula: { kind: 'selection', terms: [{ accounts: ['cash'] }], show: 'debit', measure: 'stock' },
};

const figure = (
  published: string,
  unit = 'GBP',
  reading: PublishedFigure['reading'] = 'printed',
): PublishedFigure => ({
  ...{
    id: 'bs.cash@2024-12-31',
    fact: 'bs.cash@2024-12-31',
    statement: 'bs',
    line: 'bs.cash',
    label: 'Cash',
  },
  ...{ column: 'Y24', period: 'Y24', unit, published, text: published, sourceLine: 7, reading },
});

const journal = (...figures: readonly PublishedFigure[]): JournalToExport => ({
  entity: 'Small Ltd',
  title: 'Accounts 2024',
  chart: {
    accounts: new Map([
      ['cash.bank', account('cash.bank', 'asset', 'cash')],
      ['revenue', account('revenue', 'income', 'revenue')],
    ]),
    movements: new Map(),
    dimensions: new Map(),
    periods: [{ id: 'Y24', from: '2024-01-01', to: '2024-12-31', label: '', column: '', audit: '' }],
    currency: 'GBP',
    minorDigits: 2,
  },
  amounts: 'GBP',
  basis: 'reconstructed entries',
  entries: [sale],
  concepts: new Map([['bs.cash', cash]]),
  figures,
});

const head = `; Small Ltd: Accounts 2024
; reconstructed entries (1 in all): nobody outside the company has its ledger, and infinitely many others would
; give the same statements. Written by tieout export; entries are in order of date, amounts in whole units.
`;

test('hledger', () => {
  expect(toHledger(journal(figure('1200.50')))).toBe(`${head}
decimal-mark .
commodity 1000.00 GBP

account assets:cash:bank  ; type:C, account:cash.bank, name:The cash.bank
account income:revenue  ; type:R, account:revenue, name:The revenue
account assets:cash

2024-06-30 * (J-1) Sales
    ; entry:J-1
    ; event:RevenueRecognised
    ; date-basis:period-end
    ; amount:disclosed
    ; allocation:given
    ; reasoning:Half; roughly.
    ; src:12 14
    assets:cash:bank  1200.50 GBP
    ; movement:received
    ; expression:is.revenue@Y24
    income:revenue  -1200.50 GBP
    ; movement:profit-or-loss
    ; area:north

2024-12-31 * Balances at the end of Y24
    assets:cash:bank  0.00 GBP = 1200.50 GBP
    income:revenue  0.00 GBP = -1200.50 GBP

2024-12-31 * Published balances at the end of Y24
    assets:cash  0.00 GBP =* 1200.50 GBP  ; figure:bs.cash@2024-12-31
`);
});

test('Ledger', () => {
  expect(toLedger(journal(figure('1200.50')))).toBe(`${head}
commodity GBP
    format 1000.00 GBP
tag allocation
tag amount
tag area
tag date-basis
tag entry
tag event
tag expression
tag movement
tag reasoning
tag src

account assets:cash:bank
    note cash.bank: The cash.bank
account income:revenue
    note revenue: The revenue

2024-06-30 * (J-1) Sales
    ; entry: J-1
    ; event: RevenueRecognised
    ; date-basis: period-end
    ; amount: disclosed
    ; allocation: given
    ; reasoning: Half, roughly.
    ; src: 12 14
    assets:cash:bank  1200.50 GBP
    ; movement: received
    ; expression: is.revenue@Y24
    income:revenue  -1200.50 GBP
    ; movement: profit-or-loss
    ; area: north

2024-12-31 * Balances at the end of Y24
    assets:cash:bank  0.00 GBP = 1200.50 GBP
    income:revenue  0.00 GBP = -1200.50 GBP

; Published balances at the end of Y24
; bs.cash@2024-12-31
assert account("assets:cash").total == 1200.50 GBP
`);
});

test('Beancount', () => {
  expect(toBeancount(journal(figure('1200.50')))).toBe(`${head}
option "title" "Small Ltd: Accounts 2024"
option "operating_currency" "GBP"
option "inferred_tolerance_multiplier" "0"

2023-12-31 open Assets:Cash:Bank
  account: "cash.bank"
  name: "The cash.bank"
2023-12-31 open Income:Revenue
  account: "revenue"
  name: "The revenue"
2023-12-31 open Assets:Cash

2024-06-30 * "Sales"
  entry: "J-1"
  event: "RevenueRecognised"
  date-basis: "period-end"
  amount: "disclosed"
  allocation: "given"
  reasoning: "Half, roughly."
  src: "12 14"
  Assets:Cash:Bank  1200.50 GBP
    movement: "received"
    expression: "is.revenue@Y24"
  Income:Revenue  -1200.50 GBP
    movement: "profit-or-loss"
    area: "north"

; Balances at the end of Y24
2025-01-01 balance Assets:Cash:Bank  1200.50 ~ 0 GBP
2025-01-01 balance Income:Revenue  -1200.50 ~ 0 GBP

; Published balances at the end of Y24
2025-01-01 balance Assets:Cash  1200.50 ~ 0 GBP
  figure: "bs.cash@2024-12-31"
`);
});

test.each([toHledger, toLedger, toBeancount])(
  'a published balance that the entries do not give stands as a comment',
  (write) => {
    const text = write(journal(figure('1200.51')));
    expect(text).toMatch(
      /^ *; does not tie: bs\.cash@2024-12-31 is published as 1200\.51 GBP \(line 7, debit positive\)$/m,
    );
    expect(text).not.toMatch(/=\*|^assert|balance Assets:Cash /m);
  },
);

test('a print says a balance only where it is exact and was read', () => {
  const holding = (...figures: readonly PublishedFigure[]) => {
    const { entries, ...about } = journal(...figures);
    const surveying = surveyor(about);
    entries.forEach(surveying.add);
    return surveying.done().published.map(({ holds }) => holds);
  };
  expect(holding(figure('1200.50'))).toEqual([true]);
  expect(holding(figure('1200'))).toEqual([false]); // printed to the unit of the journal: it says 1200.00
  expect(holding(figure('1.2', "GBP'000"))).toEqual([]); // coarser than the journal's unit
  expect(holding(figure('1200.50', 'GBP', 'repaired'))).toEqual([]);
  expect(holding(figure('1200.50'), figure('1200.50'))).toEqual([true]); // one fact, printed twice
  expect(holding(figure('1200.50'), figure('1200.51'))).toEqual([false]);
});
