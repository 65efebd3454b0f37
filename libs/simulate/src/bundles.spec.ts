/**
 * Bundles: what an entry falls apart into, and what holds it together.
 */
import type { Entry } from '@tieout/ledger';
import { bundlesOf, joined, legsOf, matchesOf, type Bundle } from './bundles';
import { shop, written } from './small-shop';

const entry = (journal: string): Entry => written(journal)[0]!;

/** Bundles as text: account and amount of each leg. */
const shown = (of: Entry, bundles: readonly Bundle[]): string[] =>
  bundles.map(({ matches }) =>
    [...legsOf(matches)]
      .sort(([a], [b]) => a - b)
      .map(([place, minor]) => `${of.postings[place]?.account} ${minor}`)
      .join(', '),
  );

const sale = entry(`
2022-06-30 JE-1 RevenueRecognised  Sales
  receivables  recognised       100
  revenue      profit-or-loss   (60)
  revenue      profit-or-loss   (30)
  revenue      profit-or-loss   (10)
`);

test('two lines against one receivable; what is left over is a bundle too', () => {
  const bundles = bundlesOf(sale, shop);
  expect(shown(sale, bundles)).toStrictEqual([
    'receivables 90, revenue -60, revenue -30',
    'receivables 10, revenue -10',
  ]);
  // Every part carries every leg, so there are at most as many parts as the least match has fen.
  expect(bundles.map(({ size, most }) => [size, most])).toStrictEqual([
    [90, 30],
    [10, 10],
  ]);
});

test('a set of legs that does not keep the posting rule is no bundle', () => {
  // RevenueRecognised touches a revenue account, and here only the last leg is on one.
  const setOff = entry(`
2022-06-30 JE-2 RevenueRecognised  A sale, set off
  receivables  recognised       50
  payables     recognised      (20)
  cash         recognised      (10)
  payables     recognised      (15)
  revenue      profit-or-loss   (5)
`);
  expect(shown(setOff, bundlesOf(setOff, shop))).toStrictEqual([
    'receivables 50, payables -20, cash -10, payables -15, revenue -5',
  ]);
});

test('a bundle ends within a leg, so that no freedom of the entry is lost', () => {
  // 30 against 30 ends both legs: cut there, the two halves could no longer take amounts from each other.
  const even = entry(`
2022-06-30 JE-3 EntryPosted  Two pairs
  cash         recognised  20
  receivables  recognised  10
  payables     recognised  (30)
  cash         recognised  40
  revenue      recognised  (30)
  wages        recognised  (10)
`);
  expect(shown(even, bundlesOf(even, shop))).toStrictEqual([
    'cash 20, receivables 10, payables -30, cash 30, revenue -30',
    'cash 10, wages -10',
  ]);
});

test('currencies are matched apart; legs of nothing with nothing', () => {
  const mixed = entry(`
2022-06-30 JE-4 EntryPosted  Two currencies
  cash         recognised  USD 7
  cash         recognised  40
  payables     recognised  USD (7)
  wages        recognised  0
  payables     recognised  (40)
`);
  expect(matchesOf(mixed)).toStrictEqual([
    { debit: 0, credit: 2, minor: 7 },
    { debit: 1, credit: 4, minor: 40 },
  ]);
  expect(bundlesOf(mixed, shop).length).toBe(1);
  expect(bundlesOf({ ...mixed, postings: [] }, shop)).toStrictEqual([]);
});

test('fewer bundles: neighbours together', () => {
  const bundles = bundlesOf(sale, shop);
  expect(joined(bundles, 7)).toBe(bundles);
  expect(shown(sale, joined(bundles, 1))).toStrictEqual([
    'receivables 100, revenue -60, revenue -30, revenue -10',
  ]);
});
