/**
 * Repaired readings: which the equations in print give, how well, and which equations that spends.
 */
import { checkFigures } from './check';
import { upkeepOf } from './findings';
import { reprinted, smallBook, type SmallBook } from './small-book';

const book = smallBook(`
  income  RMB'000
    sales     8,123  7,456
    repairs   2,345  1,961
    rent      1,000  1,000
    gross     = sales + repairs
    profit    = gross + rent
  cash  RMB'000
    before    opening cash
    moved     moved cash
    after     closing cash`);

const lost = (...ids: string[]): SmallBook =>
  ids.reduce((small, id) => reprinted(small, id, { reading: 'repaired', text: '' }), book);

const repairsOf = ({ input }: SmallBook) =>
  checkFigures(input).repairs.map(({ figure, found, equations, restsOn }) => [
    figure,
    found,
    equations.join(' '),
    restsOn.join(' '),
  ]);

/** States of the ties about a fact's year, without those that tie. */
const statesOf = ({ input }: SmallBook, confirmed: readonly string[] = []) =>
  Object.fromEntries(
    checkFigures({ ...input, recorded: (figure) => ({ confirmed: confirmed.includes(figure) }) })
      .ties.filter(({ state }) => state !== 'ties')
      .map(({ tie, state }) => [tie.id, state]),
  );

test('a subtotal between two sums is over-determined: one sum is spent on it, the other confirms it', () => {
  const small = lost('gross@2022');
  expect(repairsOf(small)).toStrictEqual([
    ['gross@2022', 'over-determined', 'foot:gross@2022 foot:profit@2022', ''],
  ]);
  expect(statesOf(small)).toStrictEqual({ 'foot:gross@2022': 'repaired', 'ledger:gross@2022': 'repaired' });
});

test('a part of one sum is determined by it alone, and waits for a person', () => {
  const small = lost('rent@2022');
  expect(repairsOf(small)).toStrictEqual([
    ['rent@2022', 'determined', 'foot:profit@2022', 'profit@2022 gross@2022'],
  ]);
  expect(statesOf(small)).toStrictEqual({ 'foot:profit@2022': 'not-run', 'ledger:rent@2022': 'not-run' });
  expect(statesOf(small, ['rent@2022'])).toStrictEqual({
    'foot:profit@2022': 'repaired',
    'ledger:rent@2022': 'repaired',
  });
  expect(upkeepOf(checkFigures(small.input)).map(({ kind, note }) => [kind, note])).toStrictEqual([
    ['repair', 'the repaired reading rests on foot:profit@2022 alone and waits for a person to confirm it'],
  ]);
});

test('two parts of one sum are not determined, whoever confirms them', () => {
  const small = lost('sales@2022', 'repairs@2022');
  expect(repairsOf(small).map(([, found]) => found)).toStrictEqual(['undetermined', 'undetermined']);
  expect(statesOf(small, ['sales@2022', 'repairs@2022'])['foot:gross@2022']).toBe('not-run');
});

test('two unknowns on a chain of two sums are each determined, and nothing confirms them', () => {
  expect(repairsOf(lost('gross@2022', 'rent@2022')).map(([figure, found]) => [figure, found])).toStrictEqual([
    ['rent@2022', 'determined'],
    ['gross@2022', 'determined'],
  ]);
});

test('a further print of the fact is an equation like any other', () => {
  expect(repairsOf(lost('cash@2021-12-31'))).toStrictEqual([
    ['cash@2021-12-31', 'over-determined', 'roll-forward:cash@2022-12-31 agree:cash@2021-12-31', ''],
  ]);
});

test('a reading that the equations do not give is found, though it is called repaired', () => {
  const small = reprinted(lost('gross@2022'), 'gross@2022', { published: '10469' });
  expect(statesOf(small)).toStrictEqual({
    'foot:gross@2022': 'does-not-tie',
    'foot:profit@2022': 'does-not-tie',
    'ledger:gross@2022': 'does-not-tie',
  });
});

test('the same equation twice confirms nothing', () => {
  const footings = book.input.footings.flatMap((footing) => [
    footing,
    { ...footing, kind: 'cross-foot' as const },
  ]);
  const { input } = lost('rent@2022');
  expect(repairsOf({ ...book, input: { ...input, footings } })).toStrictEqual([
    ['rent@2022', 'determined', 'foot:profit@2022 cross-foot:profit@2022', 'profit@2022 gross@2022'],
  ]);
});
