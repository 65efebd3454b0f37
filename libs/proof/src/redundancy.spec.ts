import * as fc from 'fast-check';
import { reducedEchelon } from './elimination';
import { rationalRank, solvable } from './rational-rank';
import { redundancy, type FactRow } from './redundancy';

const rowsOf = (matrix: readonly (readonly number[])[]): FactRow[] =>
  matrix.map((row, index) => ({
    fact: `f${index}`,
    row: new Map(row.flatMap((value, variable) => (value === 0 ? [] : [[variable, value] as const]))),
  }));

const answer = (matrix: readonly (readonly number[])[]): string[] => [
  ...redundancy(rowsOf(matrix)).basis.values(),
];

/** Small matrices with many dependent rows: entries as they occur, and now and then large ones. */
const matrix = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([facts, variables]) =>
    fc.array(
      fc.array(
        fc.oneof(
          { weight: 3, arbitrary: fc.constant(0) },
          { weight: 3, arbitrary: fc.constantFrom(1, -1, 2) },
          fc.integer({ min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 }),
        ),
        { minLength: variables, maxLength: variables },
      ),
      { minLength: facts, maxLength: facts },
    ),
  );

test('a total and its two parts hold each other; a fact that nothing else shares is self-supporting', () => {
  const facts = [
    [1, 0, 0],
    [0, 1, 0],
    [1, 1, 0],
    [0, 0, 1],
  ];
  expect(redundancy(rowsOf(facts))).toStrictEqual({
    facts: 4,
    rank: 3,
    redundancy: 1,
    basis: new Map([
      ['f0', 'cross-checked'],
      ['f1', 'cross-checked'],
      ['f2', 'cross-checked'],
      ['f3', 'self-supporting'],
    ]),
  });
});

test('a total that is never printed holds nothing', () => {
  expect(
    answer([
      [1, 0],
      [0, 1],
    ]),
  ).toStrictEqual(['self-supporting', 'self-supporting']);
});

test('no facts, no rank', () => {
  expect(redundancy([])).toStrictEqual({ facts: 0, rank: 0, redundancy: 0, basis: new Map() });
});

test('law: the rank is that of textbook elimination, beyond the safe integers too', () => {
  fc.assert(
    fc.property(matrix, (facts) => {
      const { rank, redundancy: left } = redundancy(rowsOf(facts));
      expect(rank).toBe(rationalRank(facts));
      expect(left).toBe(facts.length - rank);
    }),
    { numRuns: 1000 },
  );
});

test('law: a fact is cross-checked exactly when the rank stays the same without it', () => {
  fc.assert(
    fc.property(matrix, (facts) => {
      const expected = facts.map((_, index) => {
        const without = facts.filter((_, other) => other !== index);
        return rationalRank(without) === rationalRank(facts) ? 'cross-checked' : 'self-supporting';
      });
      expect(answer(facts)).toStrictEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

test('law: a cross-checked fact changed by one has no solution, a self-supporting one has', () => {
  fc.assert(
    fc.property(
      matrix,
      fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 6, maxLength: 6 }),
      (facts, amounts) => {
        const small = facts.map((row) => row.map((value) => value % 4));
        const values = small.map((row) => row.reduce((sum, value, at) => sum + value * amounts[at]!, 0));
        expect(solvable(small, values)).toBe(true);
        const changed = small.map((_, index) =>
          solvable(
            small,
            values.map((value, at) => (at === index ? value + 1 : value)),
          ),
        );
        expect(changed.map((possible) => (possible ? 'self-supporting' : 'cross-checked'))).toStrictEqual(
          answer(small),
        );
      },
    ),
    { numRuns: 1000 },
  );
});

test('law: in the reduced form a pivot is positive, primitive, and in no other row', () => {
  fc.assert(
    fc.property(matrix, (facts) => {
      const rows = reducedEchelon(rowsOf(facts).map(({ row }) => row));
      for (const [pivot, row] of rows) {
        expect(row.get(pivot)! > 0).toBe(true);
        const twice = [...row.values()].every((value) => BigInt(value) % 2n === 0n);
        const thrice = [...row.values()].every((value) => BigInt(value) % 3n === 0n);
        expect(twice || thrice).toBe(false);
        expect([...row.values()].some((value) => value === 0)).toBe(false);
        expect([...rows].filter(([, other]) => other.has(pivot))).toHaveLength(1);
      }
    }),
  );
});
