/**
 * Shares: exactly as many parts as asked for, exactly the amount that was divided.
 */
import { canonicalMinor, subtractMinor, sumMinor, type Minor } from '@tieout/money';
import fc from 'fast-check';
import { nextPart, shareOut } from './shares';

test('parts are in proportion to size', () => {
  const sizes = [600, 300, 100].map((size) => ({ size, most: size }));
  expect(shareOut(3, sizes)).toStrictEqual([1, 1, 1]);
  expect(shareOut(13, sizes)).toStrictEqual([7, 4, 2]);
  expect(shareOut(1003, [...sizes, { size: 900, most: 4 }])).toStrictEqual([599, 300, 100, 4]);
});

test('what cannot foot is refused', () => {
  const sizes = [
    { size: 5, most: 2 },
    { size: 0, most: 1 },
  ];
  expect(() => shareOut(1, sizes)).toThrow('1 parts of what falls into 2 to 3');
  expect(() => shareOut(4, sizes)).toThrow(RangeError);
  expect(shareOut(3, sizes)).toStrictEqual([2, 1]);
});

test('law: numbers of parts foot, each at least one and at most what it divides into', () => {
  const divisible = fc.tuple(fc.bigInt(1n, 10n ** 20n), fc.nat(50)).map(([size, most]) => ({
    size: canonicalMinor(size),
    most: most + 1,
  }));
  fc.assert(
    fc.property(fc.array(divisible, { minLength: 1, maxLength: 20 }), fc.nat(1000), (all, wish) => {
      const most = all.reduce((sum, each) => sum + each.most, 0);
      const total = all.length + (wish % (most - all.length + 1));
      const counts = shareOut(total, all);
      expect(sumMinor(counts)).toBe(total);
      counts.forEach((count, index) => expect(count >= 1 && count <= all[index]!.most).toBe(true));
    }),
  );
});

test('law: parts foot to the amount, none is nil, none of many is twice its equal part', () => {
  const amount = fc.oneof(
    fc.bigInt(1n, 1000n),
    fc.bigInt(2n ** 33n - 9n, 2n ** 33n + 9n),
    fc.bigInt(2n ** 53n - 9n, 2n ** 70n),
  );
  const draws = fc.infiniteStream(fc.oneof(fc.constantFrom(0, 2 ** 20 - 1), fc.nat(2 ** 20 - 1)));
  fc.assert(
    fc.property(amount, fc.integer({ min: 1, max: 60 }), draws, (whole, count, draw) => {
      const parts = Number(whole < count ? whole : count);
      let rest: Minor = canonicalMinor(whole);
      const made: Minor[] = [];
      for (let left = parts; left > 0; left--) {
        const part = nextPart(rest, left, Number(draw.next().value));
        if (left > 1) expect(BigInt(part) < (2n * BigInt(rest)) / BigInt(left)).toBe(true);
        expect(part > 0).toBe(true);
        made.push(part);
        rest = subtractMinor(rest, part);
      }
      expect(rest).toBe(0);
      expect(sumMinor(made)).toBe(canonicalMinor(whole));
    }),
  );
});
