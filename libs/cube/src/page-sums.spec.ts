/** Sums of pages are the fold of their postings, byte for byte; condensed entries sum to the same. */
import fc from 'fast-check';
import {
  cellsOf,
  condensedEntries,
  CoverageError,
  cubeToJson,
  everyAxis,
  foldPostings,
  PageError,
  pageReader,
  pageSums,
  sumsBuffers,
  type Axes,
  type Cell,
  type Cube,
  type Leg,
  type PageEvent,
} from '@tieout/cube';
import { sumMinor } from '@tieout/money';
import { axes, batches, days, openAll, positioned, sealed } from './page-laws';

const bytes = (cube: Cube): string => JSON.stringify(cubeToJson(cube));

/** In another thread: its own reader, its own sums, handed over without a copy. */
function elsewhere(cut: readonly (readonly PageEvent[])[], which: (index: number) => boolean, kept: Axes) {
  const { pages, names } = openAll(sealed(cut));
  const sums = pageSums(names, kept);
  pages.filter((_, index) => which(index)).forEach((page) => sums.add(page));
  const parts = sums.parts();
  const transferred = structuredClone(parts, { transfer: sumsBuffers(parts) });
  expect(parts.minor.length).toBe(0);
  return transferred;
}

describe('laws', () => {
  test('the cube of the sums = the fold of the postings, at any axes and in any order of pages', () => {
    fc.assert(
      fc.property(batches, axes, fc.boolean(), (cut, kept, backwards) => {
        const { pages, names } = openAll(sealed(cut));
        const sums = pageSums(names, kept);
        for (const page of backwards ? pages.toReversed() : pages) sums.add(page);
        expect(bytes(sums.toCube())).toBe(bytes(foldPostings(positioned(cut.flat()), 'log', kept)));
      }),
      { numRuns: 200 },
    );
  });

  test('so too when each page is opened, added and let go of in turn', () => {
    fc.assert(
      fc.property(batches, axes, (cut, kept) => {
        const reader = pageReader();
        const sums = pageSums(reader.names, kept, 'mirror');
        for (const page of sealed(cut)) sums.add(reader.open(page));
        expect(bytes(sums.toCube())).toBe(bytes(foldPostings(positioned(cut.flat()), 'mirror', kept)));
      }),
    );
  });

  test('parts of pages = the fold of those events, any cut of the positions', () => {
    fc.assert(
      fc.property(batches, axes, fc.nat(30), fc.nat(30), (cut, kept, one, other) => {
        const { pages, names } = openAll(sealed(cut));
        const [from, until] = [Math.min(one, other), Math.max(one, other)];
        const sums = pageSums(names, kept);
        const rest = pageSums(names, kept);
        for (const page of pages) {
          const within = (position: number) => Math.max(0, Math.min(page.count, position - page.first));
          sums.add(page, within(from), within(until));
          rest.add(page, 0, within(from));
          rest.add(page, within(until));
        }
        const events = positioned(cut.flat());
        expect(bytes(sums.toCube())).toBe(bytes(foldPostings(events.slice(from, until), 'log', kept)));
        sums.merge(rest.parts());
        expect(bytes(sums.toCube())).toBe(bytes(foldPostings(events, 'log', kept)));
      }),
      { numRuns: 200 },
    );
  });

  test('what several threads summed = what one sums', () => {
    fc.assert(
      fc.property(batches, axes, fc.integer({ min: 1, max: 3 }), (cut, kept, threads) => {
        const { names } = openAll(sealed(cut));
        const sums = pageSums(names, kept);
        for (let thread = threads - 1; thread >= 0; thread--)
          sums.merge(elsewhere(cut, (index) => index % threads === thread, kept));
        expect(bytes(sums.toCube())).toBe(bytes(foldPostings(positioned(cut.flat()), 'log', kept)));
      }),
    );
  });

  test('condensed: one group per kind and set of classes and days, summing to the cube, counts too', () => {
    const ends = fc.oneof(fc.subarray(days), fc.boolean());
    fc.assert(
      fc.property(batches, ends, (cut, day) => {
        const { pages, names } = openAll(sealed(cut));
        const condensed = condensedEntries(names, day);
        for (const page of pages) {
          const half = page.count >> 1;
          condensed.add(page, 0, half);
          condensed.add(page, half);
        }
        const groups = condensed.groups();
        const whole = { ...everyAxis, day };
        const expected = new Map<
          string,
          { kind: string; first: number; count: number; events: PageEvent[] }
        >();
        cut.flat().forEach((event, position) => {
          if (event.kind === '') return;
          const cells = foldPostings([{ position: 0, legs: event.legs }], 'log', whole);
          const places = cellsOf(cells).map(({ minor: _minor, count: _count, ...place }) => place);
          const key = JSON.stringify([event.kind, places]);
          const there = expected.get(key) ?? { kind: event.kind, first: position, count: 0, events: [] };
          expected.set(key, { ...there, count: there.count + 1, events: [...there.events, event] });
        });
        const cellsFrom = (cells: readonly Cell[]) =>
          cells.map(({ minor, ...cell }) => JSON.stringify([cell, `${minor}`], sortedKeys)).sort();
        expect(groups.map((group) => ({ ...group, cells: cellsFrom(group.cells) }))).toStrictEqual(
          [...expected.values()].map(({ events, ...group }) => ({
            ...group,
            cells: cellsFrom(cellsOf(foldPostings(positioned(events), 'log', whole))),
          })),
        );
      }),
      { numRuns: 200 },
    );
  });
});

/** Members in one order, whatever the order in which they were written. */
const sortedKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const leg = (account: string, day: string, minor: Leg['minor']): Leg => ({
  ...{ account, movement: 'capex', day, unit: 'RMB', dimensions: {}, minor },
});
const posted = (...legs: readonly Leg[]): PageEvent => ({ kind: 'EntryPosted', legs });

test('a sum past the safe integers stays exact while classes and days are added', () => {
  const most = Number.MAX_SAFE_INTEGER;
  const cash = (minor: number) => leg('cash', '2022-01-02', minor);
  const first = posted(leg('land', '2022-01-01', 1), cash(most), cash(most), cash(7));
  const many = Array.from({ length: 300 }, (_, id) => {
    const day = new Date(Date.UTC(2022, 1, 1 + id)).toISOString().slice(0, 10);
    return posted(leg(`a${id}`, day, most), cash(most));
  });
  const cut = [[first], many];
  const reader = pageReader();
  const sums = pageSums(reader.names, everyAxis);
  for (const page of sealed(cut)) sums.add(reader.open(page));
  const [cell] = cellsOf(sums.toCube()).filter(({ account }) => account === 'cash');
  expect(cell?.minor).toBe(sumMinor([...Array.from({ length: 302 }, () => most), 7]));
  expect(bytes(sums.toCube())).toBe(bytes(foldPostings(positioned(cut.flat()), 'log')));
});

test('as many groups as there are forms of entries', () => {
  const form = (id: number) =>
    posted(leg(`a${id % 70}`, '2022-06-30', id), leg(`b${id % 71}`, '2022-06-30', 1));
  const events = Array.from({ length: 2 * 70 * 71 }, (_, id) => form(id));
  const { pages, names } = openAll(sealed([events]));
  const condensed = condensedEntries(names, false);
  pages.forEach((page) => condensed.add(page));
  const groups = condensed.groups();
  expect(groups.map(({ first, count }) => [first, count])).toStrictEqual(
    Array.from({ length: 70 * 71 }, (_, id) => [id, 2]),
  );
  expect(groups.map(({ cells }) => cells.map(({ minor }) => minor))).toStrictEqual(
    Array.from({ length: 70 * 71 }, (_, id) => [2 * id + 70 * 71, 2]),
  );
});

test('condensed entries: the first position, how many, and sums at the boundary days', () => {
  const opex = (day: string, minor: number) => posted(leg('opex', day, minor), leg('cash', day, -minor));
  const other = posted(
    leg('cash', '2022-06-30', -1),
    leg('opex', '2022-06-30', 1),
    leg('cash', '2022-06-30', 0),
  );
  const close = { kind: '', legs: [] };
  const { pages, names } = openAll(
    sealed([
      [close, opex('2022-06-02', 100)],
      [opex('2022-07-01', 7), opex('2022-06-19', 25), other],
    ]),
  );
  const condensed = condensedEntries(names, ['2021-12-31', '2022-06-30']);
  pages.forEach((page) => condensed.add(page));
  const written = condensed
    .groups()
    .map(({ kind, first, count, cells }) => [
      `${first} ×${count} ${kind}`,
      ...cells.map((cell) => `${cell.day} ${cell.account} ${cell.minor} ×${cell.count}`),
    ]);
  expect(written).toStrictEqual([
    ['1 ×3 EntryPosted', '2022-06-30 opex 126 ×3', '2022-06-30 cash -126 ×4'],
    ['2 ×1 EntryPosted', '2022-07-01 opex 7 ×1', '2022-07-01 cash -7 ×1'],
  ]);
});

test('a page that was added before is refused, and the sums stay as they were', () => {
  const { pages, names } = openAll(sealed([[posted(leg('cash', '2022-06-30', 1))]]));
  const [page] = pages;
  if (!page) throw new Error('a page');
  const sums = pageSums(names, everyAxis);
  sums.add(page);
  const before = bytes(sums.toCube());
  const parts = sums.parts();
  expect(() => sums.add(page)).toThrow(CoverageError);
  expect(() => sums.merge(parts)).toThrow(CoverageError);
  expect(bytes(sums.toCube())).toBe(before);
});

test('sums of other pages, or at other axes, do not add', () => {
  const parts = (account: string, kept: Axes) => {
    const { pages, names } = openAll(sealed([[posted(leg(account, '2022-06-30', 1))]]));
    const sums = pageSums(names, kept);
    pages.forEach((page) => sums.add(page));
    return sums.parts();
  };
  const { names } = openAll(sealed([[posted(leg('cash', '2022-06-30', 1))]]));
  expect(() => pageSums(names, everyAxis).merge(parts('land', everyAxis))).toThrow(PageError);
  expect(() => pageSums(names, everyAxis).merge(parts('cash', { ...everyAxis, day: false }))).toThrow(
    'sums of different axes do not add',
  );
  const sums = pageSums(names, everyAxis);
  sums.merge(parts('cash', everyAxis));
  expect(cellsOf(sums.toCube()).map(({ account, minor }) => [account, minor])).toStrictEqual([['cash', 1]]);
});
