import fc from 'fast-check';
import { allocate, canonicalMinor, negateMinor, sumMinor } from '@tieout/money';

test('examples', () => {
  expect(allocate(100, [1, 1, 1])).toStrictEqual([34, 33, 33]);
  expect(allocate(-100, [1, 1, 1])).toStrictEqual([-34, -33, -33]);
  expect(allocate(5, [3, 7])).toStrictEqual([2, 3]); // 1.5 and 3.5: the earlier part first
  expect(allocate(10, [0, 1, 0])).toStrictEqual([0, 10, 0]);
  expect(allocate(0, [0, 0])).toStrictEqual([0, 0]);
  expect(allocate(0, [])).toStrictEqual([]);
  expect(allocate(10n ** 30n + 1n, [1, 1])).toStrictEqual([5n * 10n ** 29n + 1n, 5n * 10n ** 29n]);
});

test('what cannot be weighed is refused', () => {
  expect(() => allocate(1, [0, 0])).toThrow('nothing to allocate 1 by: the weights sum to nil');
  expect(() => allocate(1, [])).toThrow(RangeError);
  expect(() => allocate(1, [2, -1])).toThrow('a weight is negative');
});

describe('laws of allocation', () => {
  const total = fc.oneof(fc.bigInt(-1000n, 1000n), fc.bigInt(-(10n ** 30n), 10n ** 30n)).map(canonicalMinor);
  const weight = fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, 10n ** 30n)).map(canonicalMinor);
  const weights = fc.array(weight, { minLength: 1, maxLength: 12 }).filter((all) => sumMinor(all) !== 0);

  test('the parts foot to the total', () => {
    fc.assert(fc.property(total, weights, (t, w) => expect(sumMinor(allocate(t, w))).toBe(t)));
  });

  test('each part is its exact share, rounded down or up', () => {
    fc.assert(
      fc.property(total, weights, (t, w) => {
        const whole = BigInt(sumMinor(w));
        allocate(t, w).forEach((part, index) => {
          const miss = BigInt(part) * whole - BigInt(t) * BigInt(w[index] ?? 0);
          expect(miss > -whole && miss < whole).toBe(true);
        });
      }),
    );
  });

  test('a nil weight gets nothing; the negative total gets the negative parts', () => {
    fc.assert(
      fc.property(total, weights, (t, w) => {
        const parts = allocate(t, w);
        parts.forEach((part, index) => expect(w[index] === 0 ? part : 0).toBe(0));
        expect(allocate(negateMinor(t), w)).toStrictEqual(parts.map(negateMinor));
      }),
    );
  });

  test('only the proportion of the weights matters', () => {
    fc.assert(
      fc.property(total, weights, fc.bigInt(1n, 1000n), (t, w, times) => {
        expect(
          allocate(
            t,
            w.map((x) => canonicalMinor(BigInt(x) * times)),
          ),
        ).toStrictEqual(allocate(t, w));
      }),
    );
  });
});
