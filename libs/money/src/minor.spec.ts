import fc from 'fast-check';
import {
  absoluteMinor,
  addMinor,
  canonicalMinor,
  compareMinor,
  formatMinor,
  isNil,
  multiplyMinor,
  negateMinor,
  parseMinor,
  subtractMinor,
  sumMinor,
} from '@tieout/money';

const limit = 10n ** 30n;
/** Small, around the edge of the safe range, and far beyond it. */
const amount = fc
  .oneof(
    fc.bigInt(-1000n, 1000n),
    fc.bigInt(-10n, 10n).map((near) => BigInt(Number.MAX_SAFE_INTEGER) + near),
    fc.bigInt(-10n, 10n).map((near) => BigInt(Number.MIN_SAFE_INTEGER) + near),
    fc.bigInt(-limit, limit),
  )
  .map(canonicalMinor);

/** As `Object.is` in `toBe` has it: one form, and no negative zero. */
const same = (actual: unknown, expected: bigint) => expect(actual).toBe(canonicalMinor(expected));

describe('laws of amounts, to 10^30', () => {
  test('every operation is that of the integers, in the one form', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        same(addMinor(a, b), BigInt(a) + BigInt(b));
        same(subtractMinor(a, b), BigInt(a) - BigInt(b));
        same(multiplyMinor(a, b), BigInt(a) * BigInt(b));
        same(negateMinor(a), -BigInt(a));
        same(absoluteMinor(a), BigInt(a) < 0n ? -BigInt(a) : BigInt(a));
        expect(Math.sign(compareMinor(a, b))).toBe(
          BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0,
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('any grouping, any order, same sum', () => {
    fc.assert(
      fc.property(fc.array(amount), fc.nat(), (amounts, cut) => {
        const at = cut % (amounts.length + 1);
        const parts = addMinor(sumMinor(amounts.slice(at).reverse()), sumMinor(amounts.slice(0, at)));
        expect(parts).toBe(sumMinor(amounts));
      }),
    );
  });

  test('an amount and its negative are nil', () => {
    fc.assert(fc.property(amount, (a) => expect(addMinor(a, negateMinor(a))).toBe(0)));
  });

  test('format and parse are inverse', () => {
    fc.assert(fc.property(amount, (a) => expect(parseMinor(formatMinor(a))).toBe(a)));
  });
});

describe('the edges', () => {
  test('there is no negative zero', () => {
    expect(parseMinor('-0')).toBe(0);
    expect(parseMinor('-0000000000000000000')).toBe(0);
    expect(negateMinor(0)).toBe(0);
    expect(multiplyMinor(0, -1)).toBe(0);
    expect(isNil(parseMinor('-0'))).toBe(true);
    expect(formatMinor(parseMinor('-0'))).toBe('0');
  });

  test('one step out of the safe range is a bigint, one step back a number', () => {
    const out = addMinor(Number.MAX_SAFE_INTEGER, 1);
    expect(out).toBe(9007199254740992n);
    expect(addMinor(out, -1)).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseMinor('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseMinor('9007199254740992')).toBe(9007199254740992n);
  });

  test.each(['', ' 1', '1.5', '1e3', '0x10', '1,000', '+1', '--1', 'nil'])(
    '%j is no whole amount',
    (text) => {
      expect(() => parseMinor(text)).toThrow(RangeError);
    },
  );
});
