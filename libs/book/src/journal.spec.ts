/**
 * Journal files: what is read, and that what is written reads back to the same.
 */
import fc from 'fast-check';
import type { Entry } from '@tieout/ledger';
import { complaints, folderOf, smallBook } from '../fixtures/small-book';
import { readBook } from './folder';
import { readEntries } from './journal-reader';
import { entriesToYaml } from './journal-writer';

const book = readBook(folderOf(smallBook));
const read = (text: string) => readEntries(text, 'post.yaml', book);

const one = `
id: P-1
event: CashSettled
date: 2024-12-31
description: >
  Cash moved
  about
postings:
  - { account: cash, movement: received, dr: 12345678901234567890 }
  - { account: cash, movement: received, class: van, cr: "12,345,678,901,234,567,890" }
`;

it('reads one entry, its amounts exact at any size, and claims no more than is written', () => {
  const big = 1234567890123456789000n;
  expect(read(one)).toStrictEqual([
    {
      at: { file: 'post.yaml', line: 2, column: 1 },
      postingLines: [9, 10],
      entry: {
        id: 'P-1',
        event: 'CashSettled',
        date: '2024-12-31',
        dateBasis: 'period-end',
        description: 'Cash moved about',
        postings: [
          {
            account: 'cash',
            movement: 'received',
            day: '2024-12-31',
            unit: 'GBP',
            minor: big,
            dimensions: {},
          },
          {
            account: 'cash',
            movement: 'received',
            day: '2024-12-31',
            unit: 'GBP',
            minor: -big,
            dimensions: { class: 'van' },
          },
        ],
        provenance: { amount: 'assumed', allocation: 'assumed', reasoning: '', source: [] },
      },
    },
  ]);
});

it('gives every posting the members that its account fixes', () => {
  const [entry] = read(
    one.replace('{ account: cash, movement: received, dr', '{ account: assets.shop, movement: received, dr'),
  );
  expect(entry?.entry.postings[0]?.dimensions).toStrictEqual({ class: 'shop' });
});

it('refuses a file without an entry, and all mistakes of a list at once', () => {
  expect(complaints(() => read('# nothing'))).toStrictEqual([
    expect.stringContaining('error[E107]: no entry in this file'),
  ]);
  const list = `- ${one.trim().replaceAll('\n', '\n  ')}\n`
    .repeat(2)
    .replace('account: cash', 'account: cahs');
  expect(complaints(() => read(list)).map((text) => text.split('\n')[0])).toStrictEqual([
    'error[E202]: unknown account "cahs"',
    'error[E108]: entry P-1 is declared twice',
  ]);
});

it('reads amounts in another unit where the entry says so', () => {
  expect(read(`${one}amounts: minor units`)[0]?.entry.postings[0]?.minor).toBe(12345678901234567890n);
  expect(complaints(() => read(`${one}amounts: USD`))[0]).toContain(
    'error[E107]: amounts "USD" is no unit of GBP',
  );
});

describe('writing', () => {
  const word = fc.stringMatching(/^[a-z0-9"':#{}\[\], \u00e9-]{1,12}$/);
  const leg = fc.record({
    account: fc.constantFrom('cash', 'assets.van', 'revenue'),
    movement: fc.constantFrom('received', 'profit-or-loss'),
    minor: fc.oneof(
      fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
      fc.integer({ min: -999, max: 999 }).map((n) => BigInt(n) * 100n),
    ),
    member: fc.constantFrom(undefined, 'van'),
    expression: fc.constantFrom(undefined, 'is.revenue@Y24 - (a[b=c]@Y24)'),
  });
  const small = (value: bigint): number | bigint =>
    value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
      ? Number(value)
      : value;
  const entry = fc
    .record({
      head: fc.record({
        event: fc.constant('EntryPosted' as const),
        date: fc.constantFrom('2024-01-01', '2024-12-31'),
        dateBasis: fc.constantFrom('disclosed' as const, 'period-end' as const),
        description: word,
      }),
      provenance: fc.record(
        {
          amount: fc.constantFrom('disclosed' as const, 'derived' as const, 'assumed' as const),
          allocation: fc.constantFrom('given' as const, 'conditional' as const, 'assumed' as const),
          reasoning: fc.oneof(fc.constant(''), word),
          source: fc.array(fc.integer({ min: 1, max: 1200 }), { maxLength: 4 }),
        },
        { noNullPrototype: true },
      ),
      legs: fc.array(leg, { minLength: 1, maxLength: 4 }),
      reversal: fc.option(fc.record({ reverses: word, reason: word }), { nil: undefined }),
    })
    .map(({ head, provenance, legs, reversal }): Omit<Entry, 'id'> => {
      const last = {
        account: 'cash',
        movement: 'received',
        minor: -legs.reduce((sum, { minor }) => sum + minor, 0n),
        member: undefined,
        expression: undefined,
      };
      const postings = [...legs, last].map(({ account, movement, minor, member, expression }) => ({
        account,
        movement,
        day: head.date,
        unit: 'GBP',
        minor: small(minor),
        dimensions: account === 'assets.van' || member ? { class: 'van' } : {},
        ...(expression === undefined ? {} : { expression }),
      }));
      return {
        ...head,
        postings,
        provenance,
        ...(reversal ? { ...reversal, event: 'EntryReversed' as const } : {}),
      };
    });

  it('law: reads back to the same entries', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 4 }), (bodies) => {
        const entries = bodies.map((body, index): Entry => ({ id: `E ${index}`, ...body }));
        expect(read(entriesToYaml(entries, book)).map((each) => each.entry)).toStrictEqual(entries);
      }),
    );
  });

  it('law: lists written one behind the other are one list', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 2, maxLength: 4 }), fc.nat({ max: 2 }), (bodies, at) => {
        const entries = bodies.map((body, index): Entry => ({ id: `E ${index}`, ...body }));
        const cut = 1 + (at % (entries.length - 1));
        const parts = [entries.slice(0, cut), entries.slice(cut)].map((part) => entriesToYaml(part, book));
        expect(parts.join('\n')).toBe(entriesToYaml(entries, book));
      }),
    );
  });

  it('writes as a person would', () => {
    const entries = book.journal.flatMap((period) => period.entries.map((each) => each.entry));
    expect(entriesToYaml(entries, book)).toBe(`- id: J-1
  event: RevenueRecognised
  date: 2024-06-30
  dateBasis: period-end
  description: "Sales"
  amount: disclosed
  allocation: assumed
  postings:
    - { account: cash, movement: received, dr: "1,200", expression: "is.revenue@Y24" }
    - { account: revenue, movement: profit-or-loss, cr: "1,200" }

- id: J-2
  event: AssetAcquired
  date: 2024-07-01
  dateBasis: period-end
  description: "A van"
  amount: assumed
  allocation: assumed
  postings:
    - { account: assets.van, movement: additions, dr: "450" }
    - { account: cash, movement: received, cr: "450" }
`);
    expect(entriesToYaml([], book)).toBe('');
  });
});
