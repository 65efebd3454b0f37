import fc from 'fast-check';
import {
  addDecimals,
  addIntervals,
  compareDecimals,
  exactly,
  includes,
  intersect,
  meets,
  negateDecimal,
  negateInterval,
  printedInterval,
  roundDecimal,
  roundsTo,
  shiftDecimal,
  shiftInterval,
} from '@tieout/money';

test('to nearest: half a unit of the last printed digit to either side, ends included', () => {
  expect(printedInterval('2322.6')).toStrictEqual({
    low: '2322.55',
    high: '2322.65',
    lowIncluded: true,
    highIncluded: true,
  });
  expect(printedInterval('-1.50')).toStrictEqual({
    low: '-1.505',
    high: '-1.495',
    lowIncluded: true,
    highIncluded: true,
  });
  expect(printedInterval('1200', 'nearest', -2)).toStrictEqual({
    low: '1150',
    high: '1250',
    lowIncluded: true,
    highIncluded: true,
  });
});

test('truncated: from the value to one unit further from zero, that end left out; nil is open on both sides', () => {
  const of = (text: string) => {
    const { low, high, lowIncluded, highIncluded } = printedInterval(text, 'truncated');
    return `${lowIncluded ? '[' : '('}${low}, ${high}${highIncluded ? ']' : ')'}`;
  };
  expect(of('2322.6')).toBe('[2322.6, 2322.7)');
  expect(of('-2322.6')).toBe('(-2322.7, -2322.6]');
  expect(of('0')).toBe('(-1, 1)');
});

test.each([
  ['2322.546', '2322.6', false], // the MD&A prints (2,322.6) of (2,322,546) thousand
  ['2322.546', '2322.5', true],
  ['2.5', '3', true], // a half may be broken either way
  ['2.5', '2', true],
  ['2.5000000000000000000000000000001', '2', false],
  ['0.5', '0', true],
  ['-0.38', '-0.38', true],
  ['-0.38', '0.38', false],
])('%s could have been printed as %s to nearest: %s', (exact, printed, could) => {
  expect(roundsTo(exact, printed)).toBe(could);
});

test('the mode is part of the question', () => {
  expect(roundsTo('2322.67', '2322.6', 'truncated')).toBe(true);
  expect(roundsTo('2322.67', '2322.6', 'nearest')).toBe(false);
  expect(roundsTo('2322.7', '2322.6', 'truncated')).toBe(false);
});

test('prints in different units meet in one of them', () => {
  const millions = shiftInterval(printedInterval('1415.3'), 3);
  expect(millions).toStrictEqual({ low: '1415250', high: '1415350', lowIncluded: true, highIncluded: true });
  expect(meets(millions, printedInterval('1415343'))).toBe(true);
  expect(meets(millions, exactly('1415351'))).toBe(false);
});

test('a shared end is a meeting only where both include it', () => {
  expect(intersect(printedInterval('1'), printedInterval('2'))).toStrictEqual(exactly('1.5'));
  expect(intersect(printedInterval('1', 'truncated'), exactly('2'))).toBe(undefined);
});

const value = fc
  .tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.integer({ min: -12, max: 0 }))
  .map(([digits, exponent]) => shiftDecimal(digits.toString(), exponent));
const near = fc
  .tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -2, max: 0 }))
  .map(([digits, exponent]) => shiftDecimal(digits.toString(), exponent));
const mode = fc.constantFrom('nearest' as const, 'truncated' as const);
const interval = fc
  .tuple(near, mode, fc.integer({ min: 0, max: 1 }))
  .map(([v, m, d]) => printedInterval(v, m, d));
/** An interval and a tenth of a unit within it, ends included where it includes them. */
const withMember = fc
  .tuple(near, mode, fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 10 }))
  .map(([v, m, d, tenths]) => {
    const of = printedInterval(v, m, d);
    return [of, addDecimals(of.low, shiftDecimal(String(tenths), -d - 1))] as const;
  })
  .filter(([of, member]) => includes(of, member));

describe('laws of printed numbers', () => {
  test('what we print includes what we printed', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 6 }), (exact, decimals) => {
        expect(roundsTo(exact, roundDecimal(exact, decimals))).toBe(true);
      }),
    );
  });

  test('a value is in the intersection exactly when it is in both', () => {
    fc.assert(
      fc.property(interval, interval, near, (a, b, v) => {
        const both = intersect(a, b);
        expect(both !== undefined && includes(both, v)).toBe(includes(a, v) && includes(b, v));
        expect(intersect(b, a)).toStrictEqual(both);
      }),
      { numRuns: 2000 },
    );
  });

  test('a sum of members is a member of the sum; a negative of the negative', () => {
    fc.assert(
      fc.property(withMember, withMember, ([a, x], [b, y]) => {
        expect(includes(addIntervals(a, b), addDecimals(x, y))).toBe(true);
        expect(includes(negateInterval(a), negateDecimal(x))).toBe(true);
      }),
    );
  });

  test('truncated prints do not overlap: a value has one of them, but for those around nil', () => {
    fc.assert(
      fc.property(near, fc.integer({ min: 1, max: 30 }), (v, print) => {
        const prints = [print, print + 1].map((n) => roundsTo(v, String(n), 'truncated'));
        expect(prints.filter(Boolean).length).toBe(
          compareDecimals(v, String(print)) >= 0 && compareDecimals(v, String(print + 2)) < 0 ? 1 : 0,
        );
      }),
    );
  });
});
