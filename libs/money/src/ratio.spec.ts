import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { addMinor, canonicalMinor, negateMinor, ratio, scaleMinor } from '@tieout/money';

test.each([
  ['1', '3', 5, '0.33333'],
  ['2', '3', 5, '0.66667'],
  ['-1', '8', 40, '-0.125'],
  ['0', '-5', 40, '0'],
  ['12345', '1', 3, '12300'],
  ['1', '3000000000000', 2, '0.00000000000033'],
  ['2000000000000000000000000000000000000000001', '2', 50, '1000000000000000000000000000000000000000000.5'],
])('%s / %s to %d digits is %s', (numerator, denominator, digits, quotient) => {
  expect(ratio(numerator, denominator, digits)).toBe(quotient);
});

test('forty digits by default, and rounded once', () => {
  expect(ratio('1', '3')).toBe(`0.${'3'.repeat(40)}`);
  // 0.1249…9 with 46 nines: through forty digits it would be 0.125, and then 0.13.
  const almost = `0.124${'9'.repeat(46)}`;
  expect(ratio(almost, '1', 2)).toBe('0.12');
});

test('a nil denominator has no quotient', () => {
  expect(ratio('1', '0')).toBe(undefined);
  expect(ratio('0', '-0.00')).toBe(undefined);
});

test('the global constructor does not matter', () => {
  Decimal.set({ precision: 3, rounding: Decimal.ROUND_DOWN });
  try {
    expect(ratio('2', '3', 6)).toBe('0.666667');
    expect(ratio('2', '3')).toBe(`0.${'6'.repeat(39)}7`);
  } finally {
    Decimal.set({ precision: 20, rounding: Decimal.ROUND_HALF_UP });
  }
});

test('an amount times a factor is the nearest whole minor unit', () => {
  expect(scaleMinor(5, '0.5')).toBe(3);
  expect(scaleMinor(-5, '0.5')).toBe(-3);
  expect(scaleMinor(54218300000, '1.2')).toBe(65061960000);
  expect(scaleMinor(10n ** 30n, '0.1')).toBe(10n ** 29n);
});

test('law: scaling is odd in the amount and exact for whole factors', () => {
  const amount = fc.bigInt(-(10n ** 30n), 10n ** 30n).map(canonicalMinor);
  fc.assert(
    fc.property(amount, (a) => {
      expect(scaleMinor(negateMinor(a), '1.337')).toBe(negateMinor(scaleMinor(a, '1.337')));
      expect(scaleMinor(a, '2')).toBe(addMinor(a, a));
    }),
  );
});
