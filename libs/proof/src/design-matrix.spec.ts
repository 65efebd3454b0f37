import type { Selection } from '@tieout/cube';
import { parseJournal, type Account, type AccountType, type Chart, type Entry } from '@tieout/ledger';
import { coefficientOf, type LinearForm } from '@tieout/statements';
import * as fc from 'fast-check';
import { designMatrix, effects, type LinearFact } from './design-matrix';
import { solvable } from './rational-rank';
import { redundancy } from './redundancy';

const accounts: readonly (readonly [string, AccountType, Account['role']])[] = [
  ['cash', 'asset', 'cash'],
  ['receivables.trade', 'asset', 'receivable'],
  ['receivables.other', 'asset', 'receivable'],
  ['ppe', 'asset', 'fixed-asset'],
  ['payables', 'liability', 'payable'],
  ['revenue.home', 'income', 'revenue'],
  ['revenue.abroad', 'income', 'revenue'],
  ['expenses', 'expense', 'operating-expense'],
];

const chart: Chart = {
  accounts: new Map(
    accounts.map(([id, type, role]) => [id, { id, name: id, type, role, normal: 'either', dimensions: {} }]),
  ),
  movements: new Map(),
  dimensions: new Map(),
  periods: [{ id: '2022H1', from: '2022-01-01', to: '2022-06-30', label: '', column: '2022', audit: '' }],
  currency: 'RMB',
  minorDigits: 0,
};

/** A flow of the half-year: credit families count against the sign. */
const flow = (fact: string, ...selections: (Selection & { readonly times?: number })[]): LinearFact => {
  const terms = selections.map(({ times = 1, ...selection }) => ({ selection, times }));
  return { fact, form: { terms, from: '2022-01-01', to: '2022-06-30' } };
};
const on = (...families: string[]): Selection => ({ accounts: families });

const basisOf = (entries: readonly Entry[], facts: readonly LinearFact[]): Record<string, string> =>
  Object.fromEntries(redundancy(designMatrix(entries, facts, chart)).basis);

const sales = parseJournal(`
  2022-06-30 JE-1 RevenueRecognised  Revenue at home and abroad
    receivables.trade  recognised       8
    revenue.home       profit-or-loss  (5)
    revenue.abroad     profit-or-loss  (3)

  2022-06-30 JE-2 CashSettled  Collected
    cash               collected        6
    receivables.trade  settlement      (6)`);

test('parts with their total hold each other, a lone balance holds itself up', () => {
  const facts = [
    flow('home', on('revenue.home')),
    flow('abroad', on('revenue.abroad')),
    flow('total', on('revenue')),
    flow('cash', on('cash')),
  ];
  expect(basisOf(sales, facts)).toStrictEqual({
    home: 'cross-checked',
    abroad: 'cross-checked',
    total: 'cross-checked',
    cash: 'self-supporting',
  });
});

test('because entries balance, revenue, cash and receivables hold each other', () => {
  const facts = [
    flow('revenue', on('revenue')),
    flow('cash', on('cash')),
    flow('receivables', on('receivables.trade')),
  ];
  expect(basisOf(sales, facts)).toStrictEqual({
    revenue: 'cross-checked',
    cash: 'cross-checked',
    receivables: 'cross-checked',
  });
  // Printed without the third, either can be anything.
  expect(basisOf(sales, facts.slice(0, 2))).toStrictEqual({
    revenue: 'self-supporting',
    cash: 'self-supporting',
  });
});

test('an amount of a fact does not count: the same entries with other amounts give the same answer', () => {
  const facts = [flow('home', on('revenue.home')), flow('total', on('revenue'))];
  const nil = sales.map((entry) => ({
    ...entry,
    postings: entry.postings.map((leg) => ({ ...leg, minor: 0 })),
  }));
  expect(designMatrix(nil, facts, chart)).toStrictEqual(designMatrix(sales, facts, chart));
});

test('a nil cell is cross-checked only when a total holds it', () => {
  const other = flow('other', on('receivables.other'));
  const trade = flow('trade', on('receivables.trade'));
  const total = flow('total', on('receivables'));
  expect(basisOf(sales, [trade, other])).toStrictEqual({
    trade: 'self-supporting',
    other: 'self-supporting',
  });
  expect(basisOf(sales, [trade, other, total])).toStrictEqual({
    trade: 'cross-checked',
    other: 'cross-checked',
    total: 'cross-checked',
  });
});

test('a nil total of nil parts holds them', () => {
  const home = flow('home', { ...on('revenue.home'), movements: ['refund'] });
  const abroad = flow('abroad', { ...on('revenue.abroad'), movements: ['refund'] });
  const total = flow('total', { ...on('revenue'), movements: ['refund'] });
  expect(basisOf(sales, [home, abroad])).toStrictEqual({
    home: 'self-supporting',
    abroad: 'self-supporting',
  });
  expect(basisOf(sales, [home, abroad, total])).toStrictEqual({
    home: 'cross-checked',
    abroad: 'cross-checked',
    total: 'cross-checked',
  });
});

test('a nil cell that no account of the chart can fill is held by its total all the same', () => {
  const classed = new Map(chart.accounts).set('ppe', {
    ...chart.accounts.get('ppe')!,
    dimensions: { class: 'buildings' },
  });
  const entries = parseJournal(`
    2022-06-30 JE-1 AssetAcquired  House
      ppe   additions          5  [class=buildings]
      cash  purchase-of-ppe   (5)`);
  const buildings = flow('buildings', { ...on('ppe'), where: { class: ['buildings'] } });
  const progress = flow('progress', { ...on('ppe'), where: { class: ['cip'] } });
  const answer = (...facts: LinearFact[]): unknown => [
    ...redundancy(designMatrix(entries, facts, { ...chart, accounts: classed })).basis.values(),
  ];
  expect(answer(buildings, progress)).toStrictEqual(['self-supporting', 'self-supporting']);
  expect(answer(buildings, progress, flow('total', on('ppe')))).toStrictEqual([
    'cross-checked',
    'cross-checked',
    'cross-checked',
  ]);
});

test('a recorded number is its own input', () => {
  expect(basisOf(sales, [{ fact: 'customers' }])).toStrictEqual({ customers: 'self-supporting' });
});

test('an identity of double entry cannot be changed at all', () => {
  const everything = flow('everything', on('cash', 'receivables', 'revenue'));
  expect(basisOf(sales, [everything])).toStrictEqual({ everything: 'cross-checked' });
});

test('units balance each for itself: nothing goes from one to the other', () => {
  const entries = parseJournal(`
    2022-06-30 JE-1 EntryPosted  Two currencies
      cash      recognised        5
      payables  recognised       (5)
      ppe       recognised  USD   7
      expenses  recognised  USD  (7)`);
  const facts = ['cash', 'payables', 'ppe', 'expenses'].map((account) => flow(account, on(account)));
  expect(redundancy(designMatrix(entries, facts, chart)).rank).toBe(2);
});

// --- the law, against postings with their balance written out as equations -------------------------------------------

const leafIds = accounts.map(([id]) => id);
const anyEntries = fc
  .array(fc.array(fc.constantFrom(...leafIds), { minLength: 2, maxLength: 4 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((entries) =>
    entries.map((legs, index): Pick<Entry, 'postings'> => ({
      postings: legs.map((account) => ({
        account,
        movement: `m${index % 2}`,
        day: '2022-06-30',
        unit: 'RMB',
        minor: 0,
        dimensions: {},
      })),
    })),
  );
const anyFact = fc
  .array(
    fc.record({
      accounts: fc.subarray(['receivables', 'revenue', ...leafIds], { minLength: 1 }),
      times: fc.constantFrom(1, -1),
      movement: fc.constantFrom(undefined, 'm0', 'm1'),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((terms): LinearForm => ({
    terms: terms.map(({ accounts: families, times, movement }) => ({
      selection: { accounts: families, ...(movement === undefined ? {} : { movements: [movement] }) },
      times,
    })),
    from: '2022-01-01',
    to: '2022-06-30',
  }));

test('a posting in another currency is no part of a figure, whatever one like it in the own currency is', () => {
  const { fact, form } = flow('cash', on('cash'));
  const effectOf = effects([{ fact, form: { ...form!, unit: 'RMB' } }]);
  const [, collected] = sales;
  const own = collected!.postings[0]!;
  expect([own, { ...own, unit: 'HKD' }].map((leg) => [...effectOf(leg)])).toStrictEqual([[[0, 1]], []]);
});

test('law: a fact is self-supporting exactly when balanced entries can change it by one and nothing else', () => {
  fc.assert(
    fc.property(anyEntries, fc.array(anyFact, { minLength: 1, maxLength: 5 }), (entries, forms) => {
      const legs = entries.flatMap(({ postings }) => postings);
      const coefficients = forms.map((form) => legs.map(coefficientOf(form)));
      // Facts that no posting enters are another matter: their latent legs are seen to above.
      const entered = forms.flatMap((form, index) =>
        coefficients[index]!.some((times) => times !== 0) ? [{ form, index }] : [],
      );
      const facts = entered.map(({ form, index }) => ({ fact: `f${index}`, form }));
      const balance = entries.map((entry) => legs.map((leg) => (entry.postings.includes(leg) ? 1 : 0)));
      const equations = [...balance, ...entered.map(({ index }) => coefficients[index]!)];
      const expected = facts.map((_, changed) => {
        const values = equations.map((_, at) => (at === balance.length + changed ? 1 : 0));
        return solvable(equations, values) ? 'self-supporting' : 'cross-checked';
      });
      expect([...redundancy(designMatrix(entries, facts, chart)).basis.values()]).toStrictEqual(expected);
    }),
    { numRuns: 1000 },
  );
});
