/**
 * Differences that were found and not corrected, on the SenseTime book: what arose in 2021 and what it does to 2022, by the
 * rollover and by the iron curtain, worked by hand in RMB'000.
 */
import { readDifferences } from '@tieout/book';
import { LedgerError } from '@tieout/events';
import { summaryOfDifferences, type Rules, type SudInput } from '@tieout/what-if';
import { baseOf, theBook, whatIf } from '../support/what-if';

const book = theBook();
const asked = whatIf(baseOf(book));
const measured = {
  opening: 'bs.equity@2021-12-31',
  profit: 'is.loss@2022H1',
  equity: 'bs.equity@2022-06-30',
  assets: 'bs.assets@2022-06-30',
};

interface Written {
  readonly id?: string;
  readonly amount: string;
  readonly arose: string;
  readonly turned?: string;
  readonly more?: string;
}
/** Marketing that is not accrued when it is received; paid and expensed later, if it has turned around. */
function marketing({ id = 'M', amount, arose, turned, more = '' }: Written): string {
  const entry = (
    key: string,
    of: string,
    date: string,
    [expense, payable]: readonly [string, string],
  ): string =>
    `    ${key}:
      id: ${of}
      event: ExpenseIncurred
      date: ${date}
      description: Marketing
      postings:
        - { account: expenses.selling, movement: profit-or-loss, nature: marketing, ${expense}: "${amount}" }
        - { account: payables.other.third, movement: recognised, ${payable}: "${amount}" }
`;
  return `  - id: ${id}
    kind: factual
    description: Marketing of ${arose.slice(0, 4)}
${more}${entry('correction', id, arose, ['dr', 'cr'])}${turned === undefined ? '' : entry('turnaround', `${id}-T`, turned, ['cr', 'dr'])}`;
}
const read = (...written: readonly Written[]) =>
  readDifferences(
    `schema: tieout.sud/1\ndifferences:\n${written.map(marketing).join('')}`,
    'differences.yaml',
    book,
  );
const summary = (written: readonly Written[], rules: Rules = {}, more: Partial<SudInput> = {}) =>
  summaryOfDifferences(asked, {
    ...{ differences: read(...written), measured, materiality: '50000', trivial: '2500', rules, ...more },
  });

const turned: Written = { id: 'SUD-1', amount: '40,000', arose: '2021-12-31', turned: '2022-06-30' };

test('given an expense of 2021 that was booked in 2022: opening 40,000 too high, the loss of 2022 as much too high, nothing left at its end', () => {
  const { rows, material, verdict } = summary([turned]);
  expect(rows.map(({ priorYear, effects, trivial }) => ({ priorYear, effects, trivial }))).toEqual([
    {
      priorYear: true,
      effects: {
        opening: '-40000', // not accrued at 31 December 2021
        profit: '40000', // rollover: 2022 bears an expense that is not its own
        ironCurtain: '0', // -40,000 + 40,000: at 30 June 2022 nothing is wrong any more
        equity: '0',
        assets: '0',
      },
      trivial: false,
    },
  ]);
  expect({ material, verdict }).toEqual({ material: [], verdict: 'immaterial' });
});

test('given one that still stands: nothing by the rollover, all of it by the iron curtain', () => {
  const still: Written = { amount: '40,000', arose: '2021-12-31' };
  expect(summary([still]).total).toEqual({
    opening: '-40000',
    profit: '0',
    ironCurtain: '-40000',
    equity: '-40000',
    assets: '0', // what is owed grows, not what is owned
  });
});

test('given tax at 15%: 40,000 × 0.85 = 34,000 of it stays, and what tax defers at the end of 2021 turns around, too', () => {
  expect(summary([turned], { tax: '15%' }).total).toEqual({
    opening: '-34000', // -40,000 + 6,000 of deferred tax assets
    profit: '34000', // 40,000 - 6,000
    ironCurtain: '0',
    equity: '0',
    assets: '0', // 6,000 recognised in 2021 and used in 2022
  });
  const still: Written = { amount: '40,000', arose: '2021-12-31' };
  expect(summary([still], { tax: '15%' }).total).toEqual({
    opening: '-34000',
    profit: '0',
    ironCurtain: '-34000',
    equity: '-34000',
    assets: '6000', // the deferred tax asset
  });
});

test('prior years and this period apart and together: one approach finds what the other overlooks', () => {
  // Each period fails to accrue its own: 30,000 at the end of 2021 (booked in 2022), 55,000 at the end of June 2022.
  const both: readonly Written[] = [
    { ...turned, amount: '30,000' },
    { id: 'SUD-2', amount: '55,000', arose: '2022-06-30' },
  ];
  const { prior, present, total, material, verdict } = summary(both);
  expect(prior).toEqual({ opening: '-30000', profit: '30000', ironCurtain: '0', equity: '0', assets: '0' });
  expect(present).toEqual({
    ...{ opening: '0', profit: '-55000', ironCurtain: '-55000', equity: '-55000', assets: '0' },
  });
  expect(total).toEqual({
    opening: '-30000',
    profit: '-25000', // 30,000 - 55,000: rolled over, below 50,000
    ironCurtain: '-55000', // above
    equity: '-55000',
    assets: '0',
  });
  expect({ material, verdict }).toEqual({ material: ['ironCurtain', 'equity'], verdict: 'material' });
});

test('what is clearly trivial by every measure is not counted; by tax it may become so', () => {
  const small: Written = { ...turned, amount: '2,600' };
  expect(summary([small]).rows[0]?.trivial).toBe(false);
  // 2,600 × 0.85 = 2,210, below 2,500
  const { rows, total } = summary([small], { tax: '15%' });
  expect(rows[0]).toMatchObject({ trivial: true, effects: { opening: '-2210', profit: '2210' } });
  expect(total).toEqual({ opening: '0', profit: '0', ironCurtain: '0', equity: '0', assets: '0' });
});

test('the effect on equity at the end, simulated by itself, is the iron curtain: opening and period together', () => {
  const { rows } = summary(
    [
      turned,
      { id: 'A', amount: '7,001', arose: '2021-07-01' },
      { id: 'B', amount: '11', arose: '2022-03-31' },
    ],
    { tax: 'prc', nci: '1.57%' },
  );
  for (const { effects } of rows) expect(effects.ironCurtain).toBe(effects.equity);
});

test('only the periods that a difference stands in are opened again', () => {
  const opened: string[][] = [];
  summaryOfDifferences(
    { ...asked, simulate: (scenario) => (opened.push([...scenario.reopens]), asked.simulate(scenario)) },
    {
      differences: read(
        turned,
        { id: 'B', amount: '10', arose: '2022-03-31' },
        { id: 'C', amount: '10', arose: '2021-02-01' },
      ),
      ...{ measured, materiality: '50000', trivial: '0' },
    },
  );
  expect(opened).toEqual([['2021H2', '2022H1'], ['2022H1'], ['2021H1']]);
});

test.each([
  [
    { ...turned, arose: '2022-03-31', more: '    priorYear: true\n' },
    'difference SUD-1 is of a prior year, but its correction is dated 2022-03-31',
    6,
  ],
  [
    { ...turned, arose: '2022-03-31' },
    'difference SUD-1 arose on 2022-03-31 and cannot turn around on 2022-06-30',
    15,
  ],
  [
    { ...turned, turned: '2021-12-31' },
    'difference SUD-1 arose on 2021-12-31 and cannot turn around on 2021-12-31',
    15,
  ],
] as const)('dates that contradict what is said are refused at their place', (written, message, line) => {
  let problems: readonly unknown[] = [];
  try {
    read(written);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    ({ problems } = error);
  }
  expect(problems[0]).toMatchObject({ code: 'E107', message, at: { file: 'differences.yaml', line } });
});
