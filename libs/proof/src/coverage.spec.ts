import { parseJournal, type Account, type Chart } from '@tieout/ledger';
import type { Concept, PublishedFigure } from '@tieout/statements';
import { figureCoverage, type FigureCoverage, type StatedFigure } from './coverage';
import type { FigureState } from './state';

const account = (id: string, type: Account['type'], role: Account['role']): [string, Account] => [
  id,
  { id, name: id, type, role, normal: 'either', dimensions: {} },
];

const chart: Chart = {
  accounts: new Map([
    account('cash', 'asset', 'cash'),
    account('revenue.home', 'income', 'revenue'),
    account('revenue.abroad', 'income', 'revenue'),
  ]),
  movements: new Map(),
  dimensions: new Map(),
  periods: [{ id: '2022H1', from: '2022-01-01', to: '2022-06-30', label: '', column: '2022', audit: '' }],
  currency: 'RMB',
  minorDigits: 2,
};

const credit = (id: string, ...accounts: string[]): Concept => ({
  id,
  label: id,
  formula: { kind: 'selection', terms: [{ accounts }], show: 'credit', measure: 'flow' },
});
const concepts = new Map(
  [
    credit('home', 'revenue.home'),
    credit('abroad', 'revenue.abroad'),
    credit('total', 'revenue'),
    {
      id: 'customers',
      label: 'Customers',
      formula: { kind: 'recorded', fact: 'customers' },
    } satisfies Concept,
    {
      id: 'share',
      label: 'Share',
      formula: { kind: 'quotient', numerator: 'home', denominator: 'total' },
    } satisfies Concept,
  ].map((concept): [string, Concept] => [concept.id, concept]),
);

const entries = parseJournal(`
  2022-06-30 JE-1 RevenueRecognised  Revenue
    cash            recognised       8
    revenue.home    profit-or-loss  (5)
    revenue.abroad  profit-or-loss  (3)`);

type More = Partial<PublishedFigure> & { readonly state?: FigureState };

/** A print of a concept; the id says which print it is. */
function print(id: string, { state = 'ties', ...more }: More = {}): StatedFigure {
  const concept = id.split(':').at(-1)!;
  const figure: PublishedFigure = {
    id,
    fact: `${concept}@2022H1`,
    statement: 's',
    line: concept,
    label: concept,
    column: '2022',
    period: '2022H1',
    unit: "RMB'000",
    published: '5',
    text: '5',
    sourceLine: 1,
    reading: 'printed',
    ...more,
  };
  return { figure, state };
}

const cover = (...figures: StatedFigure[]): FigureCoverage =>
  figureCoverage(figures, entries, { chart, concepts, amounts: "RMB'000" });

test('a fact printed three times is one fact: prints do not hold each other', () => {
  expect(cover(print('home'), print('a:home'), print('b:home'))).toStrictEqual({
    figures: 3,
    facts: 1,
    crossChecked: 0,
    selfSupporting: 1,
    rounded: 0,
    untested: 0,
    rank: 1,
    redundancy: 0,
    basis: new Map([
      ['home', 'self-supporting'],
      ['a:home', 'self-supporting'],
      ['b:home', 'self-supporting'],
    ]),
  });
});

test('parts and total are cross-checked; what is coarse or a quotient is counted apart', () => {
  const million = { unit: 'RMB million', published: '0.1' };
  const { basis, ...counts } = cover(
    print('home'),
    print('abroad', { unit: 'RMB million', published: '0.003' }),
    print('total'),
    print('mda:total', million),
    print('share', { unit: '%', published: '62.5' }),
    print('customers', { unit: 'count', published: '262' }),
  );
  expect(counts).toStrictEqual({
    figures: 6,
    facts: 5,
    crossChecked: 3,
    selfSupporting: 1,
    rounded: 1,
    untested: 0,
    rank: 3,
    redundancy: 1,
  });
  expect([...basis]).toStrictEqual([
    ['home', 'cross-checked'],
    ['abroad', 'cross-checked'],
    ['total', 'cross-checked'],
    ['mda:total', 'rounded'],
    ['share', 'rounded'],
    ['customers', 'self-supporting'],
  ]);
});

test('a total printed only in millions holds nothing to the unit', () => {
  const { basis, rank, redundancy } = cover(
    print('home'),
    print('abroad'),
    print('total', { unit: 'RMB million', published: '0.1' }),
  );
  expect([...basis.values()]).toStrictEqual(['self-supporting', 'self-supporting', 'rounded']);
  expect([rank, redundancy]).toStrictEqual([2, 0]);
});

test('a mark for less than one unit is no exact print', () => {
  expect(cover(print('home', { reading: 'below-unit', published: '0' })).rounded).toBe(1);
});

test('a repair spends the equation that it is made from', () => {
  const repaired = { reading: 'repaired', state: 'repaired' } as const;
  const determined = cover(
    print('home'),
    print('abroad', { ...repaired, overDetermined: false }),
    print('total'),
  );
  expect([...determined.basis.values()]).toStrictEqual([
    'self-supporting',
    'self-supporting',
    'self-supporting',
  ]);
  expect([determined.rank, determined.redundancy]).toStrictEqual([2, 0]);
  const over = cover(print('home'), print('abroad', { ...repaired, overDetermined: true }), print('total'));
  expect([...over.basis.values()]).toStrictEqual(['self-supporting', 'cross-checked', 'self-supporting']);
  expect([over.rank, over.redundancy]).toStrictEqual([2, 0]);
});

test('printed elsewhere, a fact is read and not repaired', () => {
  const figures = [
    print('home'),
    print('abroad', { reading: 'repaired', state: 'repaired' }),
    print('mda:abroad'),
    print('total'),
  ];
  expect(cover(...figures).crossChecked).toBe(3);
});

test('what is untested holds nothing and claims nothing', () => {
  const { basis, ...counts } = cover(print('home'), print('abroad', { state: 'untested' }), print('total'));
  expect(counts).toStrictEqual({
    figures: 3,
    facts: 3,
    crossChecked: 0,
    selfSupporting: 2,
    rounded: 0,
    untested: 1,
    rank: 2,
    redundancy: 0,
  });
  expect(basis.get('abroad')).toBe('self-supporting');
});
