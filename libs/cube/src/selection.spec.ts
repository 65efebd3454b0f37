import { axesOf, foldPostings, matches, selectLegs, total, type Leg, type Selection } from '@tieout/cube';

const leg = (account: string, minor: number, more: Partial<Leg> = {}): Leg => ({
  account,
  movement: 'additions',
  day: '2022-06-30',
  unit: 'RMB',
  dimensions: {},
  minor,
  ...more,
});

const legs = [
  leg('ppe', 1),
  leg('ppe.cost.electronic', 2, { dimensions: { class: 'electronic' } }),
  leg('ppe.cost.buildings', 4, { dimensions: { class: 'buildings' } }),
  leg('ppex', 8),
  leg('ppe.cost.electronic', 16, { movement: 'translation', dimensions: { class: 'electronic' } }),
  leg('ppe.cost.electronic', 32, { day: '2021-12-31', dimensions: { class: 'electronic' } }),
];
const cube = foldPostings([{ position: 0, legs }], 'log');

const cases: readonly [string, Selection, number][] = [
  ['a family is the account itself and its members', { accounts: ['ppe'] }, 1 + 2 + 4 + 16 + 32],
  [
    'families that overlap count once',
    { accounts: ['ppe', 'ppe.cost', 'ppe.cost.electronic'] },
    1 + 2 + 4 + 16 + 32,
  ],
  ['a part of a name is no family', { accounts: ['pp'] }, 0],
  ['no accounts, no legs', { accounts: [] }, 0],
  ['of any of the movements', { accounts: ['ppe'], movements: ['translation', 'disposals'] }, 16],
  ['of none of the excepted', { accounts: ['ppe'], except: ['translation'] }, 1 + 2 + 4 + 32],
  ['an empty list of movements is none', { accounts: ['ppe'], movements: [] }, 0],
  ['with a listed member', { accounts: ['ppe'], where: { class: ['buildings', 'land'] } }, 4],
  ['in each dimension named', { accounts: ['ppe'], where: { class: ['buildings'], nature: ['a'] } }, 0],
];

test.each(cases)('%s', (_, selection, expected) => {
  expect(total(cube, selection)).toBe(expected);
  expect(total(legs, selection)).toBe(expected);
  expect(legs.filter(matches(selection)).reduce((sum, { minor }) => sum + Number(minor), 0)).toBe(expected);
});

test('days are inclusive at both ends, open where absent', () => {
  const of = (from?: string, to?: string) => total(cube, { accounts: ['ppe.cost.electronic'] }, { from, to });
  expect(of(undefined, '2021-12-31')).toBe(32);
  expect(of('2022-01-01', '2022-06-30')).toBe(2 + 16);
  expect(of('2022-06-30')).toBe(2 + 16);
  expect(of('2021-12-31', '2022-06-30')).toBe(2 + 16 + 32);
});

test('selected postings keep their order and what else they carry', () => {
  const postings = legs.map((posting, index) => ({ ...posting, expression: `line ${index}` }));
  const chosen = selectLegs(postings, { accounts: ['ppe.cost'] }, { from: '2022-01-01' });
  expect(chosen.map(({ expression }) => expression)).toStrictEqual(['line 1', 'line 2', 'line 4']);
});

test('amounts of two currencies do not add: the unit is named', () => {
  const two = [leg('cash', 5), leg('cash', 7, { unit: 'HKD' })];
  const both = foldPostings([{ position: 0, legs: two }], 'log');
  expect(() => total(both, { accounts: ['cash'] })).toThrow('a total of RMB and HKD');
  expect(() => total(two, { accounts: ['cash'] })).toThrow('amounts of two currencies do not add');
  expect(total(both, { accounts: ['cash'] }, { unit: 'HKD' })).toBe(7);
});

test('the axes of selections are what they look at', () => {
  expect(axesOf([...cases.map(([, selection]) => selection)])).toStrictEqual({
    account: true,
    movement: true,
    day: true,
    dimensions: ['class', 'nature'],
  });
});
