/**
 * The self-test, on books small enough to count by hand, and against running the whole check again.
 */
import * as fc from 'fast-check';
import { checkFigures } from './check';
import { selfTest, type PlantedKind } from './self-test';
import { reprinted, smallBook, type SmallBook } from './small-book';

const tested = ({ input, entries }: SmallBook) => {
  const all = selfTest(checkFigures(input), input, entries);
  const of = (kind: PlantedKind) => all.find((each) => each.kind === kind);
  return {
    counts: Object.fromEntries(all.map(({ kind, noticed, planted }) => [kind, `${noticed}/${planted}`])),
    blind: (kind: PlantedKind) => of(kind)?.blind,
  };
};

const table = `
  income  RMB'000
    sales    8,123  7,456
    repairs  2,345  1,961
    all      = sales + repairs`;

test('a footed table alone: one print is noticed, two that make up for each other and exchanged labels are not', () => {
  const { counts, blind } = tested(smallBook(table));
  // 6 prints, each up and down; 3 pairs a year; sales with repairs, and repairs with all, exchanged.
  expect(counts).toStrictEqual({
    figures: '12/12',
    prose: '0/0',
    pairs: '0/6',
    rectangles: '0/0',
    labels: '1/2',
    entries: '4/4',
  });
  expect(blind('labels')).toStrictEqual(['income: "sales" and "repairs"']);
  expect(blind('pairs')?.slice(0, 3)).toStrictEqual([
    'all@2022 and sales@2022',
    'all@2022 and repairs@2022',
    'sales@2022 and repairs@2022',
  ]);
});

test('a further print holds what a sum cannot', () => {
  const { counts } = tested(
    smallBook(`${table}
  again  RMB'000
    sales'  : sales`),
  );
  // The pair of repairs and all is held by neither.
  expect(counts).toMatchObject({ figures: '16/16', pairs: '4/6', labels: '2/2' });
});

test('a coarse sum may hide one unit of its last digit', () => {
  const { counts, blind } = tested(smallBook(table.replace("RMB'000", 'RMB million 1')));
  // 8.1 + 2.3 is printed 10.5, and 7.5 + 2.0 is printed 9.4: each print may still move to one side.
  expect(counts.figures).toBe('6/12');
  expect(blind('figures')?.[0]).toBe('sales@2022 one unit higher');
});

test('an entry between two accounts that no print tells apart is not noticed', () => {
  const merged = smallBook(`
  income  RMB'000
    sales    8,123  7,456
  cash  RMB'000
    after    closing cash`);
  const split = merged.entries.map((entry) => ({
    ...entry,
    postings: [
      ...entry.postings,
      ...entry.postings.map((leg) => ({ ...leg, minor: 0, dimensions: { shop: 'x' } })),
    ],
  }));
  const [own] = selfTest(checkFigures(merged.input), merged.input, split).filter(
    ({ kind }) => kind === 'entries',
  );
  // The first leg against each of the three others: its own twin is not told apart from it.
  expect([own?.noticed, own?.planted, own?.blind[0]]).toStrictEqual([
    4,
    6,
    'JE-sales-2022: cash profit-or-loss and cash profit-or-loss shop x',
  ]);
});

test('law: what the self-test says is noticed, a whole check of the changed print finds', () => {
  const small = smallBook(`${table}
    share    % sales / all
  coarse  RMB million 1
    sales'   : sales
    all'     : all
  cash  RMB'000
    before   opening cash
    moved    moved cash
    after    closing cash`);
  const { blind } = tested(small);
  const unseen = new Set(blind('figures'));
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom('higher', 'lower'), (at, word) => {
      const figure = small.input.figures[at % small.input.figures.length]!;
      const places = figure.published.split('.')[1]?.length ?? 0;
      const published = (Number(figure.published) + (word === 'higher' ? 1 : -1) * 10 ** -places).toFixed(
        places,
      );
      const { ties } = checkFigures(reprinted(small, figure.id, { published }).input);
      const found = ties.some(({ tie, state }) => tie.kind !== 'ledger' && state === 'does-not-tie');
      expect(found).toBe(!unseen.has(`${figure.id} one unit ${word}`));
    }),
  );
});
