/** The laws of boundary days: what is asked at a boundary is answered as by every day, with as many cells as boundaries. */
import fc from 'fast-check';
import {
  addBatch,
  addCubes,
  cellsOf,
  coarsen,
  cubeFromJson,
  cubeToJson,
  emptyCube,
  everyAxis,
  foldPostings,
  negateCube,
  total,
  type Axes,
  type Cube,
  type CubeJson,
  type Leg,
  type PositionedLegs,
} from '@tieout/cube';
import { dayBefore } from '@tieout/ledger';

const days = [
  '2021-06-30',
  '2021-07-01',
  '2021-12-31',
  '2022-01-01',
  '2022-06-30',
  '2022-07-01',
  '2023-01-01',
];
const cash = { accounts: ['cash'] };
const at = (day: Axes['day']): Axes => ({ ...everyAxis, day });
const bytes = (cube: Cube): string => JSON.stringify(cubeToJson(cube));

const leg = fc.record({
  account: fc.constantFrom('cash', 'ppe'),
  movement: fc.constantFrom('additions', 'disposals'),
  day: fc.constantFrom(...days),
  unit: fc.constantFrom('RMB', 'HKD'),
  dimensions: fc.constantFrom<Record<string, string>>({}, { class: 'a' }),
  minor: fc.integer({ min: -3, max: 3 }),
});
const log: fc.Arbitrary<readonly PositionedLegs[]> = fc
  .array(fc.array(leg, { maxLength: 4 }), { maxLength: 8 })
  .map((entries) => entries.map((legs, position) => ({ position, legs })));
const boundaries = fc.subarray(days, { minLength: 1 });
const axis: fc.Arbitrary<Axes['day']> = fc.oneof(boundaries, fc.boolean());

const on = (day: string): Leg => ({
  ...{ account: 'cash', movement: 'additions', unit: 'RMB', dimensions: {}, minor: 1 },
  day,
});

test('a leg stands at the first boundary on or after its day, and beyond the last at its day', () => {
  const legs = ['2021-12-30', '2021-12-31', '2022-01-01', '2022-06-30', '2022-07-01', '2022-07-02'].map(on);
  const cube = foldPostings([{ position: 0, legs }], 'log', at(['2022-06-30', '2021-12-31', '2022-06-30']));
  expect(cellsOf(cube).map(({ day, count }) => [day, count])).toStrictEqual([
    ['2021-12-31', 2],
    ['2022-06-30', 2],
    ['2022-07-01', 1],
    ['2022-07-02', 1],
  ]);
});

test('one form: boundaries once each and in order; no boundary is every day', () => {
  expect(emptyCube(at(['2022-06-30', '2021-12-31', '2022-06-30'])).axes.day).toStrictEqual([
    '2021-12-31',
    '2022-06-30',
  ]);
  expect(emptyCube(at([])).axes).toStrictEqual(everyAxis);
});

test('a question between boundaries is refused: the cells cannot answer it', () => {
  const cube = foldPostings([{ position: 0, legs: days.map(on) }], 'log', at(['2021-12-31', '2022-06-30']));
  expect(total(cube, cash, { from: '2022-01-01', to: '2022-06-30' })).toBe(2);
  expect(total(cube, cash, { from: '2022-07-01', to: '2022-07-31' })).toBe(1);
  expect(() => total(cube, cash, { to: '2022-03-31' })).toThrow('not told apart by day to 2022-03-31');
  expect(() => total(cube, cash, { from: '2022-02-01', to: '2022-06-30' })).toThrow('by day from 2022-02-01');
  expect(() => total(cube, cash, { to: '2021-06-30' })).toThrow('not told apart by day to 2021-06-30');
});

test('cells that end elsewhere are not coarsened to boundaries', () => {
  const cube = emptyCube(at(['2021-12-31', '2022-06-30']));
  expect(coarsen(cube, at(['2022-06-30'])).axes.day).toStrictEqual(['2022-06-30']);
  expect(coarsen(cube, at(false)).axes.day).toBe(false);
  // What lies beyond 2021-12-31 would have to be told apart by day.
  for (const day of [['2021-12-31'], ['2022-01-31', '2022-06-30'], true])
    expect(() => coarsen(cube, at(day))).toThrow('no axes beyond those it was folded by');
});

describe('laws', () => {
  test('opening, movement and closing at boundaries = those of the cube of every day', () => {
    fc.assert(
      fc.property(log, boundaries, fc.constantFrom('RMB', 'HKD'), (entries, ends, unit) => {
        const every = foldPostings(entries, 'log');
        const few = foldPostings(entries, 'log', at(ends));
        for (const to of [...ends, '2023-12-31']) {
          expect(total(few, cash, { to, unit })).toBe(total(every, cash, { to, unit }));
          for (const end of ends) {
            const from = days.find((day) => dayBefore(day) === end);
            if (from === undefined) continue;
            expect(total(few, cash, { from, to, unit })).toBe(total(every, cash, { from, to, unit }));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('coarsen commutes with fold, add and negate, also from boundaries to boundaries', () => {
    fc.assert(
      fc.property(log, fc.nat(8), axis, fc.subarray(days), (entries, cut, to, more) => {
        const finer = at(typeof to === 'boolean' ? true : to.concat(more.filter((day) => day <= last(to))));
        const [a, b] = [entries.slice(0, cut), entries.slice(cut)].map((part) =>
          foldPostings(part, 'log', finer),
        );
        if (!a || !b) throw new Error('two cubes');
        const whole = bytes(foldPostings(entries, 'log', at(to)));
        expect(bytes(coarsen(addCubes(a, b), at(to)))).toBe(whole);
        expect(bytes(addCubes(coarsen(a, at(to)), coarsen(b, at(to))))).toBe(whole);
        expect(bytes(coarsen(negateCube(a), at(to)))).toBe(bytes(negateCube(coarsen(a, at(to)))));
      }),
      { numRuns: 500 },
    );
  });

  test('any cut and order is the same cube; base + overlay + its negative = base; JSON is its inverse', () => {
    fc.assert(
      fc.property(log, log, fc.nat(8), axis, (entries, others, cut, day) => {
        const base = foldPostings(entries, 'log', at(day));
        const later = foldPostings(entries.slice(cut), 'log', at(day));
        expect(bytes(addBatch(later, entries.slice(0, cut), 'log'))).toBe(bytes(base));
        const overlay = foldPostings(others, 'overlay', at(day));
        expect(bytes(addCubes(addCubes(base, overlay), negateCube(overlay)))).toBe(bytes(base));
        expect(cubeFromJson(JSON.parse(bytes(base)) as CubeJson)).toStrictEqual(base);
      }),
      { numRuns: 500 },
    );
  });
});

function last(list: readonly string[]): string {
  return [...list].sort()[list.length - 1] ?? '';
}
