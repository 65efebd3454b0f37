/**
 * Random small books and random scenarios over them, for the laws of what-ifs: sales and expenses of several legs in two
 * periods, the first closed, with drivers of each kind, a ratio, and consequences of every rule.
 */
import { foldPostings } from '@tieout/cube';
import type { Account, Chart, Entry, Posting } from '@tieout/ledger';
import { addMinor, negateMinor, sumMinor } from '@tieout/money';
import type { Concept } from '@tieout/statements';
import type { Adjustment, Base, Driver } from '@tieout/what-if';
import * as fc from 'fast-check';

const account = (id: string, type: Account['type'], role: Account['role']): Account => ({
  id,
  name: id,
  type,
  role,
  normal: 'either',
  dimensions: {},
});
const accounts = [
  account('cash', 'asset', 'cash'),
  account('receivables.a', 'asset', 'receivable'),
  account('receivables.b', 'asset', 'receivable'),
  account('payables', 'liability', 'payable'),
  account('equity.losses', 'equity', 'reserve'),
  account('equity.nci', 'equity', 'reserve'),
  account('revenue', 'income', 'revenue'),
  account('expenses.a', 'expense', 'operating-expense'),
  account('expenses.b', 'expense', 'operating-expense'),
  account('tax.expense', 'expense', 'income-tax'),
  account('tax.asset', 'asset', 'tax-balance'),
];
const movements = [
  ['profit-or-loss', 'profit-or-loss'],
  ['closing', 'closing'],
  ['result', 'equity'],
  ['recognised', 'roll-forward'],
  ['settlement', 'roll-forward'],
  ['operating', 'cash-flow'],
] as const;
const period = (id: string, from: string, to: string): Chart['periods'][number] => ({
  id,
  from,
  to,
  label: id,
  column: id,
  audit: '',
});
const chart: Chart = {
  accounts: new Map(accounts.map((each) => [each.id, each])),
  movements: new Map(movements.map(([id, group]) => [id, { id, name: id, group }])),
  dimensions: new Map(),
  periods: [period('P1', '2021-01-01', '2021-12-31'), period('P2', '2022-01-01', '2022-12-31')],
  currency: 'RMB',
  minorDigits: 2,
};

const selection = (
  id: string,
  families: readonly string[],
  measure: 'stock' | 'flow',
  show: 'debit' | 'credit',
): Concept => ({
  id,
  label: id,
  formula: {
    kind: 'selection',
    terms: [{ accounts: families, ...(measure === 'flow' ? { except: ['closing'] } : {}) }],
    show,
    measure,
  },
});
const concepts = [
  selection('revenue', ['revenue'], 'flow', 'credit'),
  selection('expenses', ['expenses'], 'flow', 'credit'),
  selection('tax', ['tax.expense'], 'flow', 'credit'),
  {
    id: 'profit',
    label: 'profit',
    formula: {
      kind: 'sum',
      measure: 'flow',
      of: ['revenue', 'expenses', 'tax'].map((concept) => ({ concept, times: 1 })),
    },
  },
  {
    id: 'margin',
    label: 'margin',
    formula: { kind: 'quotient', numerator: 'profit', denominator: 'revenue' },
  },
  selection('cash', ['cash'], 'stock', 'debit'),
  selection('assets', ['cash', 'receivables', 'tax.asset'], 'stock', 'debit'),
  selection('equity', ['equity', 'revenue', 'expenses', 'tax.expense'], 'stock', 'credit'),
  selection('liabilities', ['payables'], 'stock', 'credit'),
] as readonly Concept[];

const lines = concepts.map(({ id }) => ({
  id,
  label: id,
  style: 'line' as const,
  cells: [
    { concept: id, measure: 'movement' as const },
    { concept: id, measure: 'movement' as const },
  ],
}));
const layout = {
  ...{ id: 'all', title: 'all', heading: '', unit: 'RMB', decimals: 2, shape: 'periods' as const },
  blocks: [{ columns: chart.periods.map(({ id }) => ({ id, label: id, period: id })), lines }],
};

export const drivers: readonly Driver[] = [
  {
    kind: 'scale',
    id: 'revenue',
    name: 'revenue',
    unit: 'RMB',
    base: 'disclosed',
    period: 'P2',
    scales: { legs: { accounts: ['revenue'], movements: ['profit-or-loss'] } },
  },
  {
    kind: 'scale',
    id: 'expenses.a',
    name: 'a',
    unit: 'RMB',
    base: 'assumed',
    period: 'P2',
    scales: { legs: { accounts: ['expenses.a'], movements: ['profit-or-loss'] } },
  },
  {
    ...{
      kind: 'charge',
      id: 'rate',
      name: 'rate',
      unit: '%',
      base: 'assumed',
      period: 'P2',
      level: '5',
      per: 'cash@2022-12-31',
      event: 'EntryPosted',
    },
    debit: { account: 'expenses.b', movement: 'profit-or-loss', dimensions: {} },
    credit: { account: 'payables', movement: 'recognised', dimensions: {} },
  },
];

export const provenance: Entry['provenance'] = {
  amount: 'assumed',
  allocation: 'assumed',
  reasoning: '',
  source: [],
};
export const posting = (of: string, movement: string, minor: Posting['minor'], day: string): Posting => ({
  account: of,
  movement,
  minor,
  day,
  unit: 'RMB',
  dimensions: {},
});

/** A sale or an expense of several legs, with its other side on balances. */
const anyEntry = fc
  .record({
    revenue: fc.boolean(),
    amounts: fc.array(fc.integer({ min: 1, max: 99_999_999 }), { minLength: 1, maxLength: 3 }),
    split: fc.integer({ min: 0, max: 100 }),
    day: fc.constantFrom('2021-06-30', '2022-03-31', '2022-06-30'),
  })
  .map(({ revenue, amounts, split, day }): Omit<Entry, 'id'> => {
    const sign = revenue ? -1 : 1;
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    const first = Math.floor((total * split) / 100);
    const result = amounts.map((amount, index) =>
      posting(
        revenue ? 'revenue' : index % 2 === 0 ? 'expenses.a' : 'expenses.b',
        'profit-or-loss',
        sign * amount,
        day,
      ),
    );
    const other = [
      posting(revenue ? 'receivables.a' : 'payables', 'recognised', -sign * first + 0, day),
      posting(
        revenue ? 'receivables.b' : 'cash',
        revenue ? 'recognised' : 'operating',
        -sign * (total - first) + 0,
        day,
      ),
    ].filter(({ minor }) => minor !== 0);
    return {
      event: 'EntryPosted',
      date: day,
      dateBasis: 'period-end',
      description: 'any',
      postings: [...result, ...other],
      provenance,
    };
  });

const closeOf = (entries: readonly Entry[], from: string, to: string): Entry => {
  const sums = new Map<string, Posting['minor']>();
  for (const { postings } of entries)
    for (const { account: of, movement, minor, day } of postings)
      if (movement === 'profit-or-loss' && day >= from && day <= to)
        sums.set(of, addMinor(sums.get(of) ?? 0, minor));
  const legs = [...sums].map(([of, minor]) => posting(of, 'closing', negateMinor(minor), to));
  return {
    id: `CLOSE-${to}`,
    event: 'ResultClosed',
    date: to,
    dateBasis: 'period-end',
    description: 'close',
    postings: [...legs, posting('equity.losses', 'result', sumMinor(sums.values()), to)],
    provenance,
  };
};

export const anyBase = fc
  .tuple(fc.array(anyEntry, { minLength: 2, maxLength: 8 }), fc.boolean())
  .map(([some, closes]): Base => {
    const entries = some.map((entry, index): Entry => ({ ...entry, id: `JE-${index}` }));
    const close = closeOf(entries, '2022-01-01', '2022-12-31');
    if (closes && close.postings.length > 1) entries.push(close);
    return {
      ...{
        name: 'any',
        chart,
        concepts: new Map(concepts.map((each) => [each.id, each])),
        layouts: [layout],
        figures: [],
        entries,
      },
      footings: [
        {
          statement: 'all',
          kind: 'foot',
          total: 'profit@P2',
          of: ['revenue', 'expenses', 'tax'].map((id) => ({ fact: `${id}@P2`, times: 1 as const })),
        },
      ],
      cube: foldPostings(
        entries.map(({ postings }, position) => ({ position, legs: postings })),
        'log',
      ),
      recorded: new Map(),
      closed: new Set(['P1']),
      driverBook: {
        drivers,
        consequences: {
          entities: [],
          close: [
            {
              accounts: ['revenue', 'expenses', 'tax.expense'],
              movement: 'profit-or-loss',
              closing: 'closing',
              to: { account: 'equity.losses', movement: 'result' },
              nci: { account: 'equity.nci', movement: 'result' },
            },
          ],
          tax: {
            deferred: {
              expense: { account: 'tax.expense', movement: 'profit-or-loss' },
              balance: { account: 'tax.asset', movement: 'recognised' },
            },
            rates: { low: '15%' },
          },
          cash: {
            accounts: ['receivables', 'payables'],
            movement: 'settlement',
            cash: { account: 'cash', movement: 'operating' },
          },
          equal: [],
          whenPositive: [],
        },
      },
      amounts: { text: 'RMB', scale: 2 },
    };
  });

const anyAdjustment: fc.Arbitrary<Adjustment> = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    driver: fc.constantFrom('revenue', 'expenses.a', 'rate'),
    to: fc.integer({ min: -300, max: 300 }).map((part) => `${part < 0 ? '' : '+'}${part / 4}%`),
  }),
  fc.record({
    kind: fc.constant('scale' as const),
    what: fc.constant({ legs: { accounts: ['expenses'], movements: ['profit-or-loss'] } }),
    by: fc.integer({ min: 0, max: 3000 }).map((per) => `x${per / 1000}`),
  }),
  fc.integer({ min: 1, max: 1_000_000 }).map((minor): Adjustment => ({
    kind: 'reclassify',
    from: { account: 'receivables.a', movement: 'recognised', dimensions: {} },
    to: { account: 'receivables.b', movement: 'recognised', dimensions: {} },
    minor: String(minor),
    date: '2022-06-30',
  })),
);
export const anyScenario = fc.record({
  ...{
    id: fc.constantFrom('one', 'two'),
    title: fc.constant('any'),
    adjustments: fc.array(anyAdjustment, { minLength: 1, maxLength: 4 }),
  },
  rules: fc.record({
    tax: fc.constantFrom('hold', 'low', '33.3%'),
    nci: fc.constantFrom('hold', '1.57%'),
    cash: fc.constantFrom('non-cash', 'settled'),
  }),
  ...{ reopens: fc.constant(['P1']), undetermined: fc.constant([]) },
});
