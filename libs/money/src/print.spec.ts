import { formatAmount } from '@tieout/money';

test.each([
  ['1415343', '1,415,343'],
  ['-481300', '(481,300)'],
  ['999', '999'],
  ['1000', '1,000'],
  ['0', '-'],
  ['-0.00', '-'],
  ['0.4', '0'],
  ['-0.4', '0'],
  ['-0.5', '(1)'],
  ['123456789012345678901234567890.5', '123,456,789,012,345,678,901,234,567,891'],
])('%s in whole units prints as %s', (decimal, printed) => {
  expect(formatAmount(decimal, { decimals: 0 })).toBe(printed);
});

test('places, the minus and the dash are the caller’s', () => {
  expect(formatAmount('-5347.5', { decimals: 2 })).toBe('(5,347.50)');
  expect(formatAmount('-1000.125')).toBe('(1,000.125)');
  expect(formatAmount('-1000', { negatives: 'minus' })).toBe('-1,000');
  expect(formatAmount('0', { nil: '–' })).toBe('–');
  expect(formatAmount('1234.5678', { decimals: 4 })).toBe('1,234.5678');
});
