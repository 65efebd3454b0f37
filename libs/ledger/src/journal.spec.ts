import { LedgerError } from '@tieout/events';
import * as fc from 'fast-check';
import { anyEntry, anyMinor } from './arbitraries';
import { parseJournal, printAmount, printJournal, readAmount } from './journal';

const depreciation = `2022-06-30 JE-0103 ExpenseIncurred  Depreciation of property, plant and equipment
  ; amount: disclosed
  ; source: 834, 859
  ; reasoning: Both margins are disclosed; the cross of function and class is not.
  expenses.research-and-development  profit-or-loss   212,666   [nature=depreciation-ppe]  = note10b.rnd@2022H1
  ppe.depreciation.electronic        depreciation    (212,666)  [class=electronic]
`;

test('an entry reads from text', () => {
  expect(parseJournal(depreciation, { scale: 5 })).toStrictEqual([
    {
      id: 'JE-0103',
      event: 'ExpenseIncurred',
      date: '2022-06-30',
      dateBasis: 'period-end',
      description: 'Depreciation of property, plant and equipment',
      provenance: {
        amount: 'disclosed',
        allocation: 'assumed',
        reasoning: 'Both margins are disclosed; the cross of function and class is not.',
        source: [834, 859],
      },
      postings: [
        {
          account: 'expenses.research-and-development',
          movement: 'profit-or-loss',
          day: '2022-06-30',
          unit: 'RMB',
          minor: 21_266_600_000,
          dimensions: { nature: 'depreciation-ppe' },
          expression: 'note10b.rnd@2022H1',
        },
        {
          account: 'ppe.depreciation.electronic',
          movement: 'depreciation',
          day: '2022-06-30',
          unit: 'RMB',
          minor: -21_266_600_000,
          dimensions: { class: 'electronic' },
        },
      ],
    },
  ]);
});

test('and prints as it was read', () => {
  expect(printJournal(parseJournal(depreciation, { scale: 5 }), { scale: 5 })).toBe(depreciation);
});

test('another unit stands before its amount', () => {
  const [entry] = parseJournal(
    '2022-06-30 JE-1 EntryPosted  Put option\n  put-option recognised USD 40,000.50\n  undisclosed recognised USD (40,000.50)',
    { scale: 2 },
  );
  expect(entry!.postings.map(({ unit, minor }) => [unit, minor])).toStrictEqual([
    ['USD', 4_000_050],
    ['USD', -4_000_050],
  ]);
});

test('law: what is printed reads back, at every scale', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 4 }), fc.integer({ min: 0, max: 8 }), (entries, scale) => {
      expect(parseJournal(printJournal(entries, { scale }), { scale })).toStrictEqual(entries);
    }),
    { numRuns: 1000 },
  );
});

test('law: every amount prints and reads back, at every scale', () => {
  fc.assert(
    fc.property(anyMinor, fc.integer({ min: 0, max: 8 }), (minor, scale) =>
      expect(readAmount(printAmount(minor, scale), scale)).toBe(minor),
    ),
  );
});

test.each([
  [21_266_600_000, 5, '212,666'],
  [-48_130_000_000, 5, '(481,300)'],
  [-5, 2, '(0.05)'],
  [0, 5, '0'],
  [-1_000_000_000_000_000_000_000n, 0, '(1,000,000,000,000,000,000,000)'],
] as const)('%s at scale %s prints as %s', (minor, scale, text) => {
  expect(printAmount(minor, scale)).toBe(text);
  expect(readAmount(text, scale)).toBe(minor);
});

test.each(['', '-5', '(5', '5)', '1.234', '5.', 'five'])('%j is no amount at scale 2', (text) => {
  expect(readAmount(text, 2)).toBe(undefined);
});

const refusals: readonly (readonly [string, string])[] = [
  ['2022-06-30 JE-1 RevenueRecognized  Revenue', 'not an entry: 2022-06-30 JE-1 RevenueRecognized  Revenue'],
  ['2022-06-30 JE-1 RevenueRecognised  Revenue\n  cash 5', 'not a posting: cash 5'],
  [
    '2022-06-30 JE-1 RevenueRecognised  Revenue\n  cash recognised 5 [class]',
    'not a posting: cash recognised 5 [class]',
  ],
  [
    '2022-06-30 JE-1 RevenueRecognised  Revenue\n  cash recognised 5 and more',
    'not a posting: cash recognised 5 and more',
  ],
  [
    '2022-06-30 JE-1 RevenueRecognised  Revenue\n  ; amount: certain',
    'not a remark on an entry: ; amount: certain',
  ],
];

test.each(refusals)('%j is refused', (text, message) => {
  const read = (): unknown => parseJournal(text);
  expect(read).toThrow(LedgerError);
  expect(read).toThrow(`E107: ${message}`);
});
