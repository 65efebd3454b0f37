/**
 * Planted errors, each caught with its cause: one smallest change a cause.
 */
import type { Entry } from '@tieout/ledger';
import { checkFigures } from './check';
import { findingsOf } from './findings';
import { reprinted, smallBook, type SmallBook } from './small-book';

const shop = `
  income  RMB'000
    sales      8,123  7,456
    repairs    2,345  1,961
    wages     (6,120) (5,047)
    profit    = sales + repairs + wages
    margin    % profit / sales
  summary  RMB million 1
    profit'   : profit
    sales'    : sales
  cash  RMB'000
    before    opening cash
    moved     moved cash
    after     closing cash
`;
const book = smallBook(shop);

/** Cause of every finding, by tie: the first candidate's name and what it says. */
function causes({ input, entries }: SmallBook): Record<string, string> {
  const check = checkFigures(input);
  const findings = findingsOf(check.ties, { check, entries, layouts: input.layouts, world: input.world });
  return Object.fromEntries(
    findings.map(({ tie, causes: [first] }) => [tie, `${first?.name}: ${first?.text}`]),
  );
}
const names = (small: SmallBook): string[] => [
  ...new Set(Object.values(causes(small)).map((text) => text.split(':')[0] ?? '')),
];

test('two digits exchanged', () => {
  expect(causes(reprinted(book, 'sales@2022', { published: '8213' }))).toStrictEqual({
    'foot:profit@2022': 'transposition: 2 and 1 are exchanged in 8213',
    'agree:summary.sales@2022': 'transposition: 2 and 1 are exchanged in 8213',
    'recompute:margin@2022': 'transposition: 2 and 1 are exchanged in 8213',
    'ledger:sales@2022': 'transposition: 2 and 1 are exchanged in 8213',
  });
});

test('the other sign', () => {
  expect(causes(reprinted(book, 'wages@2022', { published: '6120' }))).toStrictEqual({
    'foot:profit@2022': 'sign: 6120 stands on the other side',
    'ledger:wages@2022': 'sign: 6120 stands on the other side',
  });
});

test.each([
  ['8123000', '1,000 times'],
  ['8', 'a thousandth of'],
])('a slip of the unit: %s', (published, times) => {
  const small =
    published === '8'
      ? reprinted(smallBook(shop.replace('8,123', '8,000')), 'sales@2022', { published })
      : reprinted(book, 'sales@2022', { published });
  expect(causes(small)['ledger:sales@2022']).toBe(
    `unit-slip: ${published} is ${times} ${published === '8' ? 8000 : 8123}`,
  );
});

test('the amount of the other period', () => {
  expect(causes(reprinted(book, 'sales@2022', { published: '7456' }))['ledger:sales@2022']).toBe(
    'wrong-period: 7456 is the amount of sales@2021',
  );
});

test('rows exchanged', () => {
  const swapped = reprinted(reprinted(book, 'sales@2022', { published: '2345' }), 'repairs@2022', {
    published: '8123',
  });
  // The total foots all the same: only the ledger, and what else prints these facts, can tell.
  expect(causes(swapped)).toMatchObject({
    'ledger:sales@2022': 'swapped-rows: 2345 is the amount of repairs@2022, which stands next to it',
    'ledger:repairs@2022': 'swapped-rows: 8123 is the amount of sales@2022, which stands next to it',
    'agree:summary.sales@2022': 'swapped-rows: 2345 is the amount of repairs@2022, which stands next to it',
  });
  expect(names(swapped)).toStrictEqual(['swapped-rows']);
});

test('a lost cell', () => {
  expect(
    causes(reprinted(book, 'sales@2022', { published: '0', text: '', reading: 'nil' }))['ledger:sales@2022'],
  ).toBe('lost-cell: nothing is printed where 8123 is due');
});

const entry =
  (id: string) =>
  (each: Entry): boolean =>
    each.id === id;

test('an entry that stands twice', () => {
  const doubled = smallBook(shop, (each) =>
    entry('JE-repairs-2022')(each) ? [each, { ...each, id: 'JE-again' }] : [each],
  );
  expect(causes(doubled)).toMatchObject({
    'ledger:repairs@2022': 'doubled-entry: JE-repairs-2022 stands in the journal twice',
    'ledger:profit@2022': 'doubled-entry: JE-repairs-2022 stands in the journal twice',
    'ledger:cash@2022-12-31': 'doubled-entry: JE-repairs-2022 stands in the journal twice',
  });
  expect(causes(doubled)['ledger:margin@2022']).toBe('unknown: nothing that was tried fits the difference');
});

test('an entry that the print does not know', () => {
  const more = smallBook(shop, (each) =>
    entry('JE-repairs-2022')(each)
      ? [
          {
            ...each,
            id: 'JE-0',
            postings: each.postings.map((leg) => ({
              ...leg,
              minor: leg.minor === 0 ? 0 : Number(leg.minor) > 0 ? 500_000 : -500_000,
            })),
          },
          each,
        ]
      : [each],
  );
  expect(causes(more)['ledger:repairs@2022']).toBe(
    'doubled-entry: the journal has JE-0 once more than the print',
  );
});

test('an entry that is missing: both its sides are off by as much', () => {
  const missing = smallBook(shop, (each) => (entry('JE-repairs-2022')(each) ? [] : [each]));
  expect(causes(missing)).toMatchObject({
    'ledger:repairs@2022':
      "missing-entry: moved@2022 is off by as much on the other side: an entry of 2,345 RMB'000 between them is missing",
    'ledger:moved@2022':
      "missing-entry: repairs@2022 is off by as much on the other side: an entry of 2,345 RMB'000 between them is missing",
  });
});

test('an entry that was reversed', () => {
  const reversal = (each: Entry): Entry => ({
    ...each,
    id: `${each.id}-R`,
    event: 'EntryReversed',
    reverses: each.id,
    postings: each.postings.map((leg) => ({ ...leg, minor: -leg.minor })),
  });
  const reversed = smallBook(shop, (each) =>
    entry('JE-repairs-2022')(each) ? [each, reversal(each)] : [each],
  );
  expect(causes(reversed)['ledger:repairs@2022']).toBe(
    'missing-entry: JE-repairs-2022 was reversed; the print has it',
  );
});

test('a large difference is no reason to be silent', () => {
  expect(causes(reprinted(book, 'sales@2022', { published: '987654321' }))).toStrictEqual({
    'foot:profit@2022': 'unknown: nothing that was tried fits the difference',
    'agree:summary.sales@2022': 'unknown: nothing that was tried fits the difference',
    'recompute:margin@2022': 'unknown: nothing that was tried fits the difference',
    'ledger:sales@2022': 'unknown: nothing that was tried fits the difference',
  });
});

test('without a replay every print of the tie is suspected, with what the others leave for it', () => {
  const { input, entries } = reprinted(book, 'sales@2022', { published: '8213' });
  const silent = { ...input, evaluator: { value: () => undefined } };
  expect(causes({ input: silent, entries })).toMatchObject({
    'foot:profit@2022': 'transposition: 2 and 1 are exchanged in 8213',
  });
});

describe('rounding', () => {
  const rounded = smallBook(`
  income  RMB'000
    sales     8,149  7,456
    repairs   2,149  1,961
    all       = sales + repairs
    share     % repairs / all
  summary  RMB million 1
    sales'    : sales
    repairs'  : repairs
    all'      : all`);

  test('a total of rounded parts, or a part forced, adds up as printed', () => {
    // 8.149 + 2.149 = 10.298: printed 8.1 + 2.1 = 10.2, or with a part forced 8.2 + 2.1 = 10.3.
    expect(
      causes(reprinted(rounded, 'summary.all@2022', { published: '10.2' }))['ledger:summary.all@2022'],
    ).toBe('rounding-plug: foot:all@2022 adds up as printed only with 10.2; the exact amount is 10.298');
    expect(
      causes(reprinted(rounded, 'summary.sales@2022', { published: '8.2' }))['agree:summary.sales@2022'],
    ).toBe('rounding-plug: foot:all@2022 adds up as printed only with 8.2; the exact amount is 8.149');
    expect(names(reprinted(rounded, 'summary.sales@2022', { published: '8.0' }))).toStrictEqual(['unknown']);
  });

  test('a percentage taken on rounded amounts', () => {
    // 2,149 of 10,298 are 20.868%; 2.1 of 10.3 are 20.388%.
    expect(causes(reprinted(rounded, 'share@2022', { published: '20.4' }))).toStrictEqual({
      'recompute:share@2022':
        'rounded-inputs: 20.4 follows from 2.1 and 10.3 million, and not from the exact amounts',
      'ledger:share@2022':
        'rounded-inputs: 20.4 follows from 2.1 and 10.3 million, and not from the exact amounts',
    });
    expect(names(reprinted(rounded, 'share@2022', { published: '20.5' }))).toStrictEqual(['unknown']);
  });
});
