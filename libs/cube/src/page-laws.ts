/**
 * The logs that the laws of pages are held on: events with and without an entry, entries with no legs, amounts of every
 * size, names in any writing, two currencies, legs without dimensions. Used by specs only.
 */
import fc from 'fast-check';
import { canonicalMinor, type Minor } from '@tieout/money';
import {
  pageReader,
  pageWriter,
  type Axes,
  type Leg,
  type Page,
  type PageBytes,
  type PageEvent,
  type PageNames,
  type PositionedLegs,
} from '@tieout/cube';

export const days = ['2021-06-30', '2021-07-01', '2021-12-31', '2022-01-01', '2022-06-30', '2022-07-01'];

const near = (edge: bigint) => fc.bigInt(-2n, 2n).map((by) => edge + by);
const edges = [0n, 2n ** 31n, -(2n ** 31n), 2n ** 53n, -(2n ** 53n), 2n ** 63n, -(2n ** 63n)];
const amount: fc.Arbitrary<Minor> = fc
  .oneof(...edges.map(near), fc.bigInt(-(10n ** 30n), 10n ** 30n))
  .map(canonicalMinor);

const leg: fc.Arbitrary<Leg> = fc.record(
  {
    account: fc.constantFrom('cash', 'cash.bank', '固定资产.成本', 'a"b\\c', '\u{1d49c}', '\ud800'),
    movement: fc.constantFrom('additions', 'Währung', 'constructor'),
    day: fc.constantFrom(...days),
    unit: fc.constantFrom('RMB', 'HKD'),
    dimensions: fc
      .record({ class: fc.constantFrom('a', 'b'), 性质: fc.constantFrom('a', '') }, { requiredKeys: [] })
      .map((members): Record<string, string> => ({ ...members })),
    minor: amount,
  },
  { noNullPrototype: true },
);

const event: fc.Arbitrary<PageEvent> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ kind: '', legs: [] }) },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        kind: fc.constantFrom('AssetAcquired disclosed given', 'EntryPosted derived assumed', '减值'),
        legs: fc.array(leg, { maxLength: 5 }),
      },
      { noNullPrototype: true },
    ),
  },
);

/** Events cut into batches: a page each. */
export const batches: fc.Arbitrary<readonly (readonly PageEvent[])[]> = fc.array(
  fc.array(event, { minLength: 1, maxLength: 6 }),
  { minLength: 1, maxLength: 5 },
);

export const axes: fc.Arbitrary<Axes> = fc.record({
  account: fc.boolean(),
  movement: fc.boolean(),
  day: fc.oneof(fc.boolean(), fc.subarray(days)),
  dimensions: fc.oneof(fc.constant('all' as const), fc.subarray(['性质', 'class', 'none'])),
});

export function sealed(cut: readonly (readonly PageEvent[])[], after?: PageNames, first = 0): PageBytes[] {
  const writer = pageWriter(after);
  let next = first;
  return cut.map((events) => {
    next += events.length;
    return writer.seal(next - events.length, events);
  });
}

export interface Opened {
  readonly pages: readonly Page[];
  readonly names: PageNames;
}

export function openAll(stored: readonly PageBytes[]): Opened {
  const reader = pageReader();
  return { pages: stored.map(reader.open), names: reader.names };
}

/** The events as `foldPostings` takes them. */
export const positioned = (events: readonly PageEvent[]): readonly PositionedLegs[] =>
  events.map(({ legs }, position) => ({ position, legs }));
