/**
 * Arbitrary entries for the laws of this room.
 */
import { entryEventNames } from '@tieout/events';
import * as fc from 'fast-check';
import type { Entry, Posting } from './entry';

const word = fc.oneof(
  fc.constantFrom('cash', 'ppe.cost.electronic', 'profit-or-loss', '2022H1', 'U S D', 'a"b', 'x=y', '(5)'),
  fc.string({ minLength: 1 }),
);
const text = fc.oneof(
  fc.constantFrom('Depreciation, of "PPE"', ' leading', 'two\nlines', '; not a remark', '# nor this'),
  fc.string({ minLength: 1 }),
);
const day = fc
  .integer({ min: 0, max: 10_000 })
  .map((days) => new Date(Date.UTC(2010, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));

/** Amounts of every form: nil, small, beyond the safe integers. */
export const anyMinor = fc.oneof(
  fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((minor) => minor + 0),
  fc.bigInt({ min: 1n << 60n, max: 1n << 80n }),
  fc.bigInt({ min: -(1n << 80n), max: -(1n << 60n) }),
);

const leg = fc.record(
  {
    account: word,
    movement: word,
    unit: fc.oneof(fc.constant('RMB'), word),
    minor: anyMinor,
    dimensions: fc.dictionary(word, word, { maxKeys: 3, noNullPrototype: true }),
    expression: text,
  },
  { requiredKeys: ['account', 'movement', 'unit', 'minor', 'dimensions'], noNullPrototype: true },
);

const body = {
  id: word,
  date: day,
  dateBasis: fc.constantFrom('disclosed' as const, 'period-end' as const),
  description: text,
  provenance: fc.record(
    {
      amount: fc.constantFrom('disclosed' as const, 'derived' as const, 'assumed' as const),
      allocation: fc.constantFrom('given' as const, 'conditional' as const, 'assumed' as const),
      reasoning: fc.oneof(fc.constant(''), text),
      source: fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 3 }),
    },
    { noNullPrototype: true },
  ),
};

/** Any entry, balanced or not, of any event type. */
export const anyEntry: fc.Arbitrary<Entry> = fc
  .oneof(
    fc.record({ ...body, event: fc.constantFrom(...entryEventNames) }, { noNullPrototype: true }),
    fc.record(
      { ...body, event: fc.constant('EntryReversed' as const), reverses: word, reason: text },
      { noNullPrototype: true },
    ),
  )
  .chain((head) =>
    fc.array(leg, { minLength: 1, maxLength: 5 }).map((legs): Entry => {
      const postings = legs.map((one): Posting => ({ ...one, day: head.date }));
      return { ...head, postings };
    }),
  );
