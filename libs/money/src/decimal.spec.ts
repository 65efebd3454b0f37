import fc from 'fast-check';
import {
  addDecimals,
  compareDecimals,
  isDecimal,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  shiftDecimal,
  subtractDecimals,
} from '@tieout/money';

const decimal = fc
  .tuple(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.integer({ min: -25, max: 5 }))
  .map(([digits, exponent]) => shiftDecimal(digits.toString(), exponent));

describe('laws of decimals', () => {
  test('adding and taking away are inverse, and in one form', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => expect(subtractDecimals(addDecimals(a, b), b)).toBe(a)),
    );
  });

  test('shifting there and back changes nothing; shifting is multiplying by a power of ten', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 12 }), (a, by) => {
        expect(shiftDecimal(shiftDecimal(a, by), -by)).toBe(a);
        expect(shiftDecimal(a, by)).toBe(multiplyDecimals(a, `1${'0'.repeat(by)}`));
      }),
    );
  });

  test('rounding is within half a unit, odd in the sign, and done once', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: -3, max: 6 }), (a, decimals) => {
        const rounded = roundDecimal(a, decimals);
        const miss = subtractDecimals(rounded, a).replace('-', '');
        expect(compareDecimals(miss, shiftDecimal('5', -decimals - 1))).toBeLessThanOrEqual(0);
        expect(compareDecimals(roundDecimal(negateDecimal(a), decimals), negateDecimal(rounded))).toBe(0);
        expect(roundDecimal(rounded, decimals)).toBe(rounded);
      }),
    );
  });
});

test.each([
  ['2.5', 0, '3'],
  ['-2.5', 0, '-3'],
  ['2.45', 1, '2.5'],
  ['2.4499999999999999999999999999', 1, '2.4'],
  ['-0.4', 0, '0'],
  ['-0.004', 2, '0.00'],
  ['3.4', 2, '3.40'],
  ['1415343', 0, '1415343'],
  ['1250', -2, '1300'],
  ['-49', -2, '0'],
  ['9999999999999999999999999999.995', 2, '10000000000000000000000000000.00'],
])('%s to %d places, half away from zero, is %s', (exact, decimals, rounded) => {
  expect(roundDecimal(exact, decimals)).toBe(rounded);
});

test('one form: no trailing zeros, no negative zero', () => {
  expect(addDecimals('1.50', '0.50')).toBe('2');
  expect(negateDecimal('0.00')).toBe('0');
  expect(shiftDecimal('-0', 3)).toBe('0');
  expect(shiftDecimal('-1200', -5)).toBe('-0.012');
  expect(compareDecimals('1.0', '1')).toBe(0);
});

test('what is no decimal is refused', () => {
  for (const text of ['', '.5', '5.', '1,000', '1e3', '(5)', '–', 'NaN', '+1']) {
    expect(isDecimal(text)).toBe(false);
    expect(() => negateDecimal(text)).toThrow(RangeError);
  }
});
