/**
 * Shares foot to the total, whatever the weights.
 */
import { sumMinor } from '@tieout/money';
import * as fc from 'fast-check';
import { fraction, partOf } from './rational';
import { shareBySign, shareNet } from './share';

test('shares foot to the total whatever the weights', () => {
  const minors = fc.array(
    fc.integer({ min: -10_000_000, max: 10_000_000 }).map((minor) => minor + 0),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(minors, fc.integer({ min: -5000, max: 5000 }), (legs, part) => {
      const change = fraction(String(part / 1000))!;
      expect(sumMinor(shareBySign(legs, change))).toBe(partOf(sumMinor(legs), change));
    }),
  );
  fc.assert(
    fc.property(
      minors,
      fc.integer({ min: -9_999_999, max: 9_999_999 }).map((minor) => minor + 0),
      (weights, total) => {
        const shares = shareNet(total, weights);
        if (sumMinor(weights) === 0) expect(shares).toBeUndefined();
        else expect(sumMinor(shares!)).toBe(total);
      },
    ),
  );
});
