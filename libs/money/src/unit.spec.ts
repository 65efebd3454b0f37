import fc from 'fast-check';
import { canonicalMinor, minorToUnit, parseUnit, unitToMinor, type PublishedUnit } from '@tieout/money';

function unit(text: string): PublishedUnit {
  const parsed = parseUnit(text);
  if (!parsed) throw new Error(`no unit: ${text}`);
  return parsed;
}

test('the units that reports publish in', () => {
  expect(parseUnit('RMB')).toStrictEqual({ text: 'RMB', kind: 'money', currency: 'RMB', exponent: 0 });
  expect(parseUnit("RMB'000")).toStrictEqual({
    text: "RMB'000",
    kind: 'money',
    currency: 'RMB',
    exponent: 3,
  });
  expect(parseUnit('HKD million')).toStrictEqual({
    text: 'HKD million',
    kind: 'money',
    currency: 'HKD',
    exponent: 6,
  });
  expect(parseUnit('RMB billion')).toStrictEqual({
    text: 'RMB billion',
    kind: 'money',
    currency: 'RMB',
    exponent: 9,
  });
  expect(parseUnit('HKD per share')).toStrictEqual({
    text: 'HKD per share',
    kind: 'per-share',
    currency: 'HKD',
    exponent: 0,
  });
  expect(parseUnit('%')).toStrictEqual({ text: '%', kind: 'percent', exponent: -2 });
  expect(parseUnit('shares')).toStrictEqual({ text: 'shares', kind: 'count', exponent: 0 });
  expect(parseUnit("shares'000")).toStrictEqual({ text: "shares'000", kind: 'count', exponent: 3 });
  expect(parseUnit('count')).toStrictEqual({ text: 'count', kind: 'count', exponent: 0 });
});

test.each([
  '',
  'rmb',
  'RMB 000',
  "RMB'00",
  'RMB millions',
  'RMB per share million',
  'percent',
  'USDT',
  ' RMB',
])('%j is no unit', (text) => {
  expect(parseUnit(text)).toBe(undefined);
});

test.each([
  [141534300000, "RMB'000", 2, '1415343'],
  [141534300000, 'RMB million', 2, '1415.343'],
  [141534300000, 'RMB', 2, '1415343000'],
  [-141534300001, 'RMB million', 2, '-1415.34300001'],
  [0, 'RMB million', 2, '0'],
  [1, 'RMB billion', 2, '0.00000000001'],
  [1000, 'JPY million', 0, '0.001'],
  [33290568000, 'shares', 2, '33290568000'],
  [123456789012345678901234567890n, "RMB'000", 2, '1234567890123456789012345.6789'],
])('%s minor units in %s of %d digits are %s', (minor, text, minorDigits, expected) => {
  expect(minorToUnit(minor, unit(text), minorDigits)).toBe(expected);
  expect(unitToMinor(expected, unit(text), minorDigits)).toBe(minor);
});

test('what does not fall on whole minor units, or is no decimal, is refused', () => {
  expect(unitToMinor('0.001', unit('RMB'), 2)).toBe(undefined);
  expect(unitToMinor('0.010', unit('RMB'), 2)).toBe(1);
  expect(unitToMinor('-0', unit("RMB'000"), 2)).toBe(0);
  expect(unitToMinor('1,000', unit("RMB'000"), 2)).toBe(undefined);
});

test('law: to a unit and back is the same amount, whatever the unit', () => {
  const units = ['RMB', "RMB'000", 'RMB million', 'RMB billion', 'RMB per share', 'shares', '%'];
  fc.assert(
    fc.property(
      fc.bigInt(-(10n ** 30n), 10n ** 30n).map(canonicalMinor),
      fc.constantFrom(...units),
      fc.integer({ min: 0, max: 6 }),
      (minor, text, digits) => {
        expect(unitToMinor(minorToUnit(minor, unit(text), digits), unit(text), digits)).toBe(minor);
      },
    ),
  );
});
