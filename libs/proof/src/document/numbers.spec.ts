/** Every run of digits is one number, read as it is printed. */
import * as fc from 'fast-check';
import { digitDistance, isNear, keyOf, numbersOfLine } from './numbers';

const read = (line: string): string[] => numbersOfLine(line, 0).map(({ text, key }) => `${text} = ${key}`);

it.each([
  ['Cost of sales\t5\t(481,300)\t(446,742)', ['5 = 5', '(481,300) = -481300', '(446,742) = -446742']],
  ['total revenue was RMB1.42 billion.', ['RMB1.42 billion = 1.42']],
  ['approximately HK\\$6,351 million', ['HK\\$6,351 million = 6351']],
  ['a decrease of -14.3%, to (63.4)%', ['-14.3% = -14.3', '(63.4)% = -63.4']],
  [
    '(31 December 2021: RMB339,888,000) of 12,502.',
    ['31 = 31', '2021 = 2021', 'RMB339,888,000 = 339888000', '12,502 = 12502'],
  ],
  ['2018–2020', ['2018 = 2018', '2020 = 2020']],
  ['through profit or loss ⁽¹⁾', ['¹ = ¹']],
])('%s', (line, numbers) => expect(read(line)).toEqual(numbers));

it.each([',202,333', '0,2,007', '(10),10)', '(3,320,7988)'])('%s is no number', (text) => {
  const [only, ...others] = numbersOfLine(`Net proceeds\t${text}\t`, 0);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ text, key: text, wellFormed: false });
});

it.each(['V2X', 'KY1-1103', "RMB'000", '14th', 'COVID-19', '188N-W-1B'])(
  'the digits of %s stand in a word',
  (text) => {
    expect(numbersOfLine(`the ${text} is`, 0).every(({ inWord }) => inWord)).toBe(true);
  },
);

it('reads a published text as it reads the document', () => {
  expect([
    keyOf('(481,300)'),
    keyOf('<i>y</i> ,202,333'),
    keyOf('RMB299,355,000'),
    keyOf('–'),
    keyOf(''),
  ]).toEqual(['-481300', ',202,333', '299355000', undefined, undefined]);
});

it('tokens cover every digit of a line once', () => {
  const line = fc.string({ unit: fc.constantFrom(...'0123456789,.()%- \tRMBa'), maxLength: 40 });
  fc.assert(
    fc.property(line, (text) => {
      const tokens = numbersOfLine(text, 0);
      const covered = [...text].map(
        (_, index) => tokens.filter(({ start, end }) => index >= start && index < end).length,
      );
      return [...text].every(
        (sign, index) => (covered[index] ?? 0) <= 1 && (!/\d/.test(sign) || covered[index] === 1),
      );
    }),
    { numRuns: 2000 },
  );
});

it('tells damage from another number', () => {
  expect(digitDistance('9,202,353', ',202,333')).toBe(2);
  expect(isNear('1,906,922', '1,900,922')).toBe(true);
  expect(isNear('934,043', '206,446')).toBe(false);
  expect(isNear('12', '13')).toBe(false);
});
