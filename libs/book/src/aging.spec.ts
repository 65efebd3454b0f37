/**
 * Aging of SenseTime's trade receivables and payables: at the two dates that are printed the table is as printed, and at
 * one that is not it still foots, because what a bucket holds follows the day that is asked for.
 */
import { join } from 'node:path';
import { evaluator, indexLegs, valueText } from '@tieout/statements';
import { readBook } from './folder';

const book = readBook(join(__dirname, '../../../books/sensetime-2022-interim'));
const replayed = evaluator({
  chart: book.chart,
  concepts: book.concepts,
  legs: indexLegs(book.journal.flatMap(({ entries }) => entries.flatMap(({ entry }) => entry.postings))),
  recorded: new Map(),
});

/** In RMB'000. */
const at = (concept: string, day: string): number => {
  const value = replayed.value(`${concept}@${day}`);
  return Number(value && valueText(value)) / 100_000;
};

const receivables = [
  'up-to-6-months',
  '6-months-to-1-year',
  '1-to-2-years',
  '2-to-3-years',
  'more-than-3-years',
];
const payables = ['up-to-6-months', '6-months-to-1-year', '1-to-2-years', 'more-than-2-years'];
const table = (note: string, buckets: readonly string[], day: string): readonly number[] =>
  buckets.map((bucket) => at(`${note}-aging.${bucket}`, day));

it('is as printed at both dates', () => {
  expect(table('note11', receivables, '2022-06-30')).toStrictEqual([
    1033940, 2246204, 2194447, 715493, 247017,
  ]);
  expect(table('note11', receivables, '2021-12-31')).toStrictEqual([
    2659645, 1048809, 1402755, 852127, 100811,
  ]);
  expect(table('note13', payables, '2022-06-30')).toStrictEqual([547428, 12958, 49637, 17352]);
  expect(table('note13', payables, '2021-12-31')).toStrictEqual([392277, 25249, 32526, 20349]);
});

it('foots at a third date, and has moved on by the months since', () => {
  // No entry is dated between 31 December 2021 and 30 June 2022, so the amounts are those of December; what was
  // recognised in the second half of 2021 is three whole months old at the end of March, and five on 29 June.
  const december = table('note11', receivables, '2021-12-31');
  expect(table('note11', receivables, '2022-03-31')).toStrictEqual(december);
  expect(table('note11', receivables, '2022-06-29')).toStrictEqual(december);
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  for (const day of ['2021-12-31', '2022-03-31', '2022-06-29', '2022-06-30']) {
    expect(sum(table('note11', receivables, day))).toBe(at('note11.trade.gross', day));
    expect(sum(table('note13', payables, day))).toBe(at('note13-aging.total', day));
  }
  // What is owed at 30 June 2021 is not disclosed, in whole or in parts.
  expect(table('note11', receivables, '2021-06-30')).toStrictEqual(receivables.map(() => NaN));
});
