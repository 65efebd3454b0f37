/** The laws of the cube, on entries that balance in two currencies, with amounts up to 10^30. */
import fc from 'fast-check';
import { canonicalMinor, negateMinor, sumMinor, type Minor } from '@tieout/money';
import {
  addBatch,
  addCubes,
  axesOf,
  cellsOf,
  coarsen,
  CoverageError,
  cubeFromJson,
  cubeToJson,
  emptyCube,
  everyAxis,
  foldPostings,
  matches,
  negateCube,
  selectLegs,
  total,
  type Axes,
  type Cube,
  type CubeJson,
  type Leg,
  type PositionedLegs,
  type Selection,
} from '@tieout/cube';

const accounts = [
  'cash',
  'cash.bank',
  'cashier',
  'ppe.cost.buildings',
  'ppe.cost.electronic',
  'ppe.depreciation',
];
const movements = ['additions', 'disposals', 'depreciation', 'translation'];
const days = ['2021-06-30', '2021-07-01', '2021-12-31', '2022-01-01', '2022-06-30'];
const units = ['RMB', 'HKD'];
const classes = ['buildings', 'electronic'];

const amount: fc.Arbitrary<Minor> = fc
  .oneof(
    fc.bigInt(-3n, 3n), // so that cells net to nil
    fc.bigInt(-5n, 5n).map((near) => BigInt(Number.MAX_SAFE_INTEGER) + near),
    fc.bigInt(-(10n ** 30n), 10n ** 30n),
  )
  .map(canonicalMinor);

const dimensions = fc
  .record({ class: fc.constantFrom(...classes), nature: fc.constantFrom('a', 'b') }, { requiredKeys: [] })
  .map((members): Record<string, string> => ({ ...members }));

const pair = fc
  .record({ account: fc.constantFrom(...accounts), movement: fc.constantFrom(...movements), dimensions })
  .chain((leg) =>
    fc.tuple(fc.constant(leg), fc.constantFrom(...accounts), fc.constantFrom(...units), amount),
  );

/** An entry: legs and, against each, a leg of the same day and currency. */
const entry: fc.Arbitrary<readonly Leg[]> = fc
  .tuple(fc.constantFrom(...days), fc.array(pair, { maxLength: 3 }))
  .map(([day, pairs]) =>
    pairs.flatMap(([leg, against, unit, minor]) => [
      { ...leg, day, unit, minor },
      { account: against, movement: leg.movement, dimensions: {}, day, unit, minor: negateMinor(minor) },
    ]),
  );

/** A log: some positions carry no entry. */
const log: fc.Arbitrary<readonly PositionedLegs[]> = fc
  .array(entry, { maxLength: 10 })
  .map((entries) => entries.map((legs, position) => ({ position, legs })));

const someOf = (names: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 });
const selection: fc.Arbitrary<Selection> = fc.record(
  {
    accounts: someOf(['cash', 'cash.bank', 'ppe', 'ppe.cost', 'ppe.cost.electronic', 'p', 'none']),
    movements: someOf(movements),
    except: someOf(movements),
    where: fc.dictionary(fc.constantFrom('class', 'nature'), someOf(['buildings', 'electronic', 'a'])),
  },
  { requiredKeys: ['accounts'] },
);
const axes: fc.Arbitrary<Axes> = fc.record({
  account: fc.boolean(),
  movement: fc.boolean(),
  day: fc.boolean(),
  dimensions: fc.oneof(fc.constant('all' as const), fc.subarray(['nature', 'class'])),
});

/** Byte for byte. */
const same = (actual: Cube, expected: Cube) =>
  expect(JSON.stringify(cubeToJson(actual))).toBe(JSON.stringify(cubeToJson(expected)));
const fold = (entries: readonly PositionedLegs[], source = 'log') => foldPostings(entries, source);
const legsOf = (entries: readonly PositionedLegs[]) => entries.flatMap(({ legs }) => legs);

test('any cut, any order, same cube', () => {
  const cutAndShuffled = log.chain((entries) =>
    fc.record({
      entries: fc.constant(entries),
      shuffled: fc.shuffledSubarray([...entries], { minLength: entries.length }),
      cuts: fc.array(fc.nat(entries.length)),
      grain: axes,
    }),
  );
  fc.assert(
    fc.property(cutAndShuffled, ({ entries, shuffled, cuts, grain }) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), entries.length];
      const batches = edges.map((edge, index) => shuffled.slice(edge, edges[index + 1] ?? edge));
      const whole = foldPostings(entries, 'log', grain);
      same(
        batches.reduce((cube, batch) => addBatch(cube, batch, 'log'), emptyCube(grain)),
        whole,
      );
      same(
        batches.reduceRight(
          (cube, batch) => addCubes(foldPostings(batch, 'log', grain), cube),
          emptyCube(grain),
        ),
        whole,
      );
    }),
  );
});

test('a cube is the sum of its postings, cell by cell', () => {
  fc.assert(
    fc.property(log, (entries) => {
      const cells = cellsOf(fold(entries));
      for (const { minor, count, ...axis } of cells) {
        const key = JSON.stringify([axis.account, axis.movement, axis.day, axis.unit, axis.dimensions]);
        const behind = legsOf(entries).filter((leg) => {
          const sorted = Object.fromEntries(
            Object.entries(leg.dimensions).sort(([a], [b]) => (a < b ? -1 : 1)),
          );
          return JSON.stringify([leg.account, leg.movement, leg.day, leg.unit, sorted]) === key;
        });
        expect(count).toBe(behind.length);
        expect(minor).toBe(sumMinor(behind.map((leg) => leg.minor)));
      }
      expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(legsOf(entries).length);
    }),
  );
});

test('coarsen commutes with add, with negate and with itself', () => {
  fc.assert(
    fc.property(log, fc.nat(10), axes, (entries, cut, kept) => {
      const [a, b] = [fold(entries.slice(0, cut)), fold(entries.slice(cut))];
      same(coarsen(addCubes(a, b), kept), addCubes(coarsen(a, kept), coarsen(b, kept)));
      same(coarsen(negateCube(a), kept), negateCube(coarsen(a, kept)));
      same(coarsen(fold(entries), kept), foldPostings(entries, 'log', kept));
      const none: Axes = { account: false, movement: false, day: false, dimensions: [] };
      same(coarsen(coarsen(a, kept), none), coarsen(a, none));
      same(coarsen(a, everyAxis), a);
    }),
  );
});

test('selection over cells = over postings, at the grain of the selections too', () => {
  const range = fc.record(
    { from: fc.constantFrom(...days), to: fc.constantFrom(...days) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(log, selection, range, fc.constantFrom(...units), (entries, chosen, between, unit) => {
      const asked = { ...between, unit };
      const legs = legsOf(entries);
      const cube = fold(entries);
      const expected = total(legs, chosen, asked);
      expect(total(cube, chosen, asked)).toBe(expected);
      expect(total(coarsen(cube, axesOf([chosen])), chosen, asked)).toBe(expected);
      expect(total(cellsOf(cube), chosen, asked)).toBe(expected);
      expect(sumMinor(selectLegs(cube, chosen, asked).map(({ minor }) => minor))).toBe(expected);
      expect(sumMinor(legs.filter(matches(chosen, asked)).map(({ minor }) => minor))).toBe(expected);
    }),
    { numRuns: 500 },
  );
});

test('balanced entries foot to zero per date and unit', () => {
  fc.assert(
    fc.property(log, (entries) => {
      const perDay = coarsen(fold(entries), { account: false, movement: false, day: true, dimensions: [] });
      for (const { minor } of cellsOf(perDay)) expect(minor).toBe(0);
    }),
  );
});

test('overlapping coverage is refused, and the cube stays as it was', () => {
  const overlapping = fc.tuple(
    log.filter((entries) => entries.length > 0),
    fc.nat(),
    fc.nat(),
  );
  fc.assert(
    fc.property(overlapping, ([entries, from, length]) => {
      const start = from % entries.length;
      const again = entries.slice(start, start + 1 + (length % entries.length));
      const cube = fold(entries);
      const before = JSON.stringify(cubeToJson(cube));
      expect(() => addBatch(cube, again, 'log')).toThrow(CoverageError);
      expect(() => addCubes(fold(again), cube)).toThrow(CoverageError);
      expect(() => fold([...entries, ...again])).toThrow(CoverageError);
      expect(JSON.stringify(cubeToJson(cube))).toBe(before);
    }),
  );
});

test('a cube and its negative are empty, coverage and all', () => {
  fc.assert(
    fc.property(log, (entries) => {
      const cube = fold(entries);
      same(addCubes(cube, negateCube(cube)), emptyCube());
      same(negateCube(negateCube(cube)), cube);
    }),
  );
});

test('base + overlay + its negative = base, byte for byte', () => {
  fc.assert(
    fc.property(log, log, (entries, hypothetical) => {
      const base = fold(entries);
      const overlay = fold(hypothetical, 'scenario');
      same(addCubes(addCubes(base, overlay), negateCube(overlay)), base);
    }),
  );
});

test('a cube without an entry = the cube of the others', () => {
  fc.assert(
    fc.property(log, fc.nat(9), (entries, out) => {
      const one = entries.filter(({ position }) => position === out);
      const others = entries.filter(({ position }) => position !== out);
      same(addCubes(fold(entries), negateCube(fold(one))), fold(others));
    }),
  );
});

test('opening + movement = closing, for any cut of the days', () => {
  fc.assert(
    fc.property(log, selection, fc.constantFrom(...units), (entries, chosen, unit) => {
      const cube = fold(entries);
      const opening = total(cube, chosen, { to: '2021-12-31', unit });
      const movement = total(cube, chosen, { from: '2022-01-01', to: '2022-06-30', unit });
      expect(sumMinor([opening, movement])).toBe(total(cube, chosen, { to: '2022-06-30', unit }));
    }),
  );
});

test('from JSON is the inverse of to JSON', () => {
  fc.assert(
    fc.property(log, log, axes, (entries, taken, kept) => {
      const cube = coarsen(addCubes(fold(entries), negateCube(fold(taken, 'scenario'))), kept);
      const read = cubeFromJson(JSON.parse(JSON.stringify(cubeToJson(cube))) as CubeJson);
      expect(read).toStrictEqual(cube);
      same(read, cube);
    }),
  );
});
