/**
 * Ranges of the SenseTime book: what the rest of the announcement leaves a figure, held against what libs/proof says of it by
 * another way (exact elimination, without sides and assumptions), and against the announcement's own digits.
 */
import { figureCoverage, holdFigures } from '@tieout/proof';
import { evaluator, indexLegs, linearForm, type World } from '@tieout/statements';
import { rangeOf, type End, type Range } from '@tieout/what-if';
import loadHighs, { type LegacyHighs } from 'highs';
import { baseOf, figure, theBook, whatIf } from '../support/what-if';

const book = theBook();
const base = baseOf(book);
const asked = whatIf(base);

let highs: LegacyHighs;
beforeAll(async () => {
  highs = await loadHighs();
});
const rangeIn = (fact: string): Range =>
  rangeOf(fact, base, {
    claims: book.claims,
    solve: (program) => highs.solve(program, { output_flag: false }),
  })!;

/** In thousands; fen are the last five digits. */
const ends = ({ low, high }: Range): readonly (number | string)[] =>
  [low, high].map((end: End) => (end.how === 'proved' ? Number(end.minor) / 100_000 : end.how));

const world: World = {
  ...{ chart: book.chart, concepts: book.concepts, recorded: base.recorded },
  legs: indexLegs(base.entries.flatMap(({ postings }) => postings)),
};
const held = holdFigures({
  ...{ figures: book.figures, world, evaluator: evaluator(world) },
  recorded: () => ({ confirmed: true }),
});
const { basis } = figureCoverage(held, base.entries, { ...book, amounts: book.amountUnit.text });
const factsThatAre = (kind: string): string[] => [
  ...new Set(
    book.figures.flatMap(({ id, fact }) =>
      basis.get(id) === kind && linearForm(fact, book) !== undefined ? [fact] : [],
    ),
  ),
];

test('a cross-checked figure can be nothing else: the range of every thirtieth is what it is, proved', () => {
  const some = factsThatAre('cross-checked').filter((_, index) => index % 30 === 0);
  expect(some.length).toBeGreaterThan(20);
  expect(some.map((fact) => [fact, ...ends(rangeIn(fact))])).toEqual(
    some.map((fact) => {
      const amount = Number(figure(asked, fact));
      return [fact, amount, amount];
    }),
  );
}, 60_000);

test('a self-supporting figure is within its range, each end proved or unbounded; some are left wide open', () => {
  const ranges = factsThatAre('self-supporting').map((fact) => ({ fact, range: rangeIn(fact) }));
  for (const { fact, range } of ranges) {
    const amount = Number(figure(asked, fact));
    const [low, high] = ends(range);
    expect({ fact, within: !(Number(low) > amount) && !(Number(high) < amount) }).toEqual({
      fact,
      within: true,
    });
  }
  expect(
    Object.fromEntries(
      ranges
        .filter(({ range }) => ends(range)[0] !== ends(range)[1])
        .map(({ fact, range }) => [fact, ends(range)]),
    ),
  ).toEqual({
    // Short-term borrowings of 142,000 and 138,804 were drawn: how much of 280,804 deposits secure is said once.
    'note14-security.deposit-loan@2022-06-30': [0, 280_804],
    'note14-security.property-loan@2022-06-30': [529_112, 783_726],
    // The prose has RMB897.6 million pledged together: 897,550 to 897,650, less 65,193 of land, or 832,363 of buildings.
    'note10a.pledged-buildings@2022-06-30': [832_357, 832_457],
    'note14-security.land-use-right@2022-06-30': [65_187, 65_287],
    // Of the year before only the depreciation since is known, so it was no less.
    'note10a.pledged-buildings@2021-12-31': [832_363, 'unbounded'],
    'note14-security.land-use-right@2021-12-31': [65_193, 'unbounded'],
  });
}, 60_000);

test('by the digits of the announcement: a stream in millions is total revenue less the three others, each ± 0.05', () => {
  // 1,415,343 - 568,300 - 292,100 - 120,800 = 434,143
  const range = rangeIn('mda-revenue-streams.smart-city@2022H1');
  expect(ends(range)).toEqual([434_143 - 150, 434_143 + 150]);
  const streams = ['smart-business', 'smart-life', 'smart-auto'];
  expect(range.high).toMatchObject({
    heldBy: { facts: streams.map((stream) => `mda-revenue-streams.${stream}@2022H1`), accounts: [] },
  });
});
