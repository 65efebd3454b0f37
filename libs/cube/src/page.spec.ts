/** A page gives back what was sealed, exactly, or refuses. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  PageError,
  pageReader,
  pageWriter,
  readNames,
  touching,
  type Leg,
  type PageBytes,
  type PageEvent,
} from '@tieout/cube';
import { batches, days, openAll, sealed } from './page-laws';

const leg = (account: string, minor: Leg['minor'], more: Partial<Leg> = {}): Leg => ({
  ...{ account, movement: 'capex', day: '2022-06-30', unit: 'RMB', dimensions: {}, minor },
  ...more,
});
const bought: PageEvent = { kind: 'AssetAcquired', legs: [leg('ppe', 100), leg('cash', -100)] };
const closed: PageEvent = { kind: '', legs: [] };

test('an entry and a close, as they are stored and as they come back', () => {
  const [page] = sealed([[bought, closed]], undefined, 17);
  if (!page) throw new Error('a page');
  expect(page.names).toBe(
    '{"kinds":["AssetAcquired"],"days":["2022-06-30"],"classes":[["ppe","capex","RMB"],["cash","capex","RMB"]]}',
  );
  const opened = pageReader(undefined, 17).open(page);
  expect([opened.first, opened.count, opened.legCount]).toStrictEqual([17, 2, 2]);
  expect([opened.kindOf(0), opened.kindOf(1)]).toStrictEqual(['AssetAcquired', '']);
  expect(opened.legsOf(0)).toStrictEqual(bought.legs);
  expect(opened.legsOf(1)).toStrictEqual([]);
  expect(() => opened.legsOf(2)).toThrow('event 3 of a page of 2');
});

describe('widths', () => {
  const columnsOf = (legs: readonly Leg[]) => {
    const { pages } = openAll(sealed([[{ kind: 'EntryPosted', legs }]]));
    const [page] = pages;
    if (!page) throw new Error('a page');
    expect(page.legsOf(0)).toStrictEqual(legs);
    return page.columns;
  };

  test('amounts take four bytes where all are that small, else eight; no safe integer, no column', () => {
    const of = (...minors: Leg['minor'][]) => columnsOf(minors.map((minor) => leg('cash', minor)));
    expect(of(2 ** 31 - 1, -(2 ** 31)).amounts).toStrictEqual(Int32Array.of(2 ** 31 - 1, -(2 ** 31)));
    expect(of(2 ** 31, -1).amounts).toStrictEqual(Float64Array.of(2 ** 31, -1));
    const large = of(1, 2n ** 53n, -(2n ** 64n));
    expect(large.amounts).toStrictEqual(Int32Array.of(1, 0, 0));
    expect([...large.beyond]).toStrictEqual([
      [1, 2n ** 53n],
      [2, -(2n ** 64n)],
    ]);
  });

  test('more than 65,536 classes, or days, take four bytes', () => {
    const many = (length: number) => Array.from({ length }, (_, id) => leg(`a${id}`, id));
    expect(columnsOf(many(65_536)).classes).toBeInstanceOf(Uint16Array);
    const { classes, days } = columnsOf(many(65_537));
    expect([classes, days].map((column) => column.BYTES_PER_ELEMENT)).toStrictEqual([4, 2]);
    expect(classes[65_536]).toBe(65_536);
    const daily = Array.from({ length: 65_537 }, (_, id) => leg('cash', 1, { day: `day ${id}` }));
    expect(columnsOf(daily).days).toBeInstanceOf(Uint32Array);
  });

  test('256 kinds take a byte, one more takes two', () => {
    const of = (kinds: number) => {
      const events = Array.from({ length: kinds - 1 }, (_, id) => ({ kind: `kind ${id}`, legs: [] }));
      const [page] = openAll(sealed([events])).pages;
      expect(events.map((_, ordinal) => page?.kindOf(ordinal))).toStrictEqual(events.map(({ kind }) => kind));
      return page?.columns.kinds;
    };
    expect(of(256)).toBeInstanceOf(Uint8Array);
    expect(of(257)).toBeInstanceOf(Uint16Array);
  });
});

test('what is no page event is a bug', () => {
  const seal = (event: PageEvent) => () => pageWriter().seal(0, [event]);
  expect(seal({ kind: '', legs: bought.legs })).toThrow('an event without an entry has no legs');
  for (const minor of [0.5, NaN, 2 ** 53])
    expect(seal({ kind: 'EntryPosted', legs: [leg('cash', minor)] })).toThrow(
      'no whole number of minor units',
    );
});

test('a question is asked of each class and day once, however many there are', () => {
  const daily = Array.from({ length: 300 }, (_, id): PageEvent => {
    const day = `day ${id}`;
    return { kind: 'EntryPosted', legs: [leg(`a${id}`, 1, { day }), leg('cash', -1, { day })] };
  });
  const { pages, names } = openAll(sealed([daily.slice(0, 100), daily.slice(100)]));
  const asked: string[] = [];
  const later = (day: string) => asked.push(day) > 0 && Number(day.slice(4)) >= 50;
  const question = touching(names, { class: ({ account }) => account.endsWith('99'), day: later });
  const found = pages.map((page) => page.entriesTouching(question));
  expect(found).toStrictEqual([[99], [99, 199]]);
  expect(asked.length).toBe(300);
});

describe('laws', () => {
  test('each event gives back its kind and its legs, whatever the cut', () => {
    fc.assert(
      fc.property(batches, (cut) => {
        const { pages, names } = openAll(sealed(cut));
        cut.forEach((events, index) => {
          const page = pages[index];
          if (!page) throw new Error('a page for each batch');
          expect(page.count).toBe(events.length);
          expect(page.legCount).toBe(events.flatMap(({ legs }) => legs).length);
          const chosen = (kind: string) => kind === '' || kind === '减值';
          expect(page.ordinalsOf(chosen)).toStrictEqual(
            [...events.keys()].filter((ordinal) => chosen(events[ordinal]?.kind ?? '?')),
          );
          events.forEach(({ kind, legs }, ordinal) => {
            expect(page.kindOf(ordinal)).toBe(kind);
            expect(page.legsOf(ordinal)).toStrictEqual(legs);
            const from = page.legsFrom(ordinal);
            expect(page.legsUntil(ordinal) - from).toBe(legs.length);
            legs.forEach(({ day, minor, ...ofClass }, each) => {
              expect(names.classes[page.classAt(from + each)]).toStrictEqual(ofClass);
              expect(page.dayAt(from + each)).toBe(day);
              expect(page.minorAt(from + each)).toBe(minor);
            });
          });
        });
        expect(pages.map(({ first }) => first)).toStrictEqual(
          cut.map((_, index) => cut.slice(0, index).flat().length),
        );
      }),
    );
  });

  test('same events, same bytes; writing and reading go on from the names of earlier pages', () => {
    fc.assert(
      fc.property(batches, fc.nat(4), (cut, at) => {
        const stored = sealed(cut);
        expect(sealed(cut)).toStrictEqual(stored);
        const earlier = stored.slice(0, at).map(({ names }) => names);
        const first = cut.slice(0, at).flat().length;
        expect(sealed(cut.slice(at), readNames(earlier), first)).toStrictEqual(stored.slice(at));
        const reader = pageReader(readNames(earlier), first);
        const events = stored.slice(at).flatMap((page) => {
          const opened = reader.open(page);
          return Array.from({ length: opened.count }, (_, ordinal) => opened.legsOf(ordinal));
        });
        expect(events).toStrictEqual(
          cut
            .slice(at)
            .flat()
            .map(({ legs }) => legs),
        );
      }),
    );
  });

  test('the entries that a question touches are those with a leg of such a class on such a day', () => {
    const isCash = ({ account, unit }: Pick<Leg, 'account' | 'unit'>) => account === 'cash' && unit === 'RMB';
    fc.assert(
      fc.property(batches, fc.subarray(days), (cut, asked) => {
        const { pages, names } = openAll(sealed(cut));
        const on = (day: string) => asked.includes(day);
        const question = touching(names, { class: isCash, day: on });
        const anyDay = touching(names, { class: isCash });
        cut.forEach((events, index) => {
          const with_ = (test: (leg: Leg) => boolean) =>
            [...events.keys()].filter((ordinal) => events[ordinal]?.legs.some(test));
          const page = pages[index];
          expect(page?.entriesTouching(question)).toStrictEqual(
            with_((each) => isCash(each) && on(each.day)),
          );
          expect(page?.entriesTouching(anyDay)).toStrictEqual(with_(isCash));
        });
      }),
    );
  });

  test('bytes may stand at any address', () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: 1, max: 7 }), (cut, by) => {
        const moved = sealed(cut).map((page) => {
          const room = new Uint8Array(page.columns.length + by);
          room.set(page.columns, by);
          return { ...page, columns: room.subarray(by) };
        });
        const legs = openAll(moved).pages.flatMap((page) =>
          Array.from({ length: page.count }, (_, ordinal) => page.legsOf(ordinal)),
        );
        expect(legs).toStrictEqual(cut.flat().map((event) => event.legs));
      }),
    );
  });
});

describe('damage is refused', () => {
  /** The reason that the page at this index is refused for; the others are opened. */
  function reasonOf(pages: readonly PageBytes[], at: number): string {
    const reader = pageReader();
    pages.slice(0, at).forEach(reader.open);
    const page = pages[at];
    if (!page) throw new Error('a page');
    try {
      reader.open(page);
    } catch (error) {
      if (!(error instanceof PageError)) throw error;
      return error.reason;
    }
    return 'opened';
  }
  const replaced = (pages: readonly PageBytes[], at: number, page: Partial<PageBytes>): PageBytes[] =>
    pages.map((each, index) => (index === at ? { ...each, ...page } : each));
  const pick = fc.nat();

  test('any bit of the columns, any character of the names or of the hash', () => {
    fc.assert(
      fc.property(batches, pick, pick, fc.nat(7), fc.nat(2), (cut, whichPage, where, bit, part) => {
        const stored = sealed(cut);
        const at = whichPage % stored.length;
        const page = stored[at];
        if (!page) throw new Error('a page');
        const columns = Uint8Array.from(page.columns);
        const byte = where % columns.length;
        columns[byte] = (columns[byte] ?? 0) ^ (1 << bit);
        const changed = (text: string) => {
          const index = where % text.length;
          const other = String.fromCharCode(text.charCodeAt(index) ^ (1 << bit));
          return `${text.slice(0, index)}${other}${text.slice(index + 1)}`;
        };
        const damaged = [{ columns }, { names: changed(page.names) }, { sha256: changed(page.sha256) }][part];
        expect(reasonOf(replaced(stored, at, damaged ?? {}), at)).toMatch(/^(form|version|endianness|hash)$/);
      }),
      { numRuns: 1000 },
    );
  });

  test('cut off, or longer', () => {
    fc.assert(
      fc.property(batches, pick, fc.uint8Array({ minLength: 1 }), (cut, until, more) => {
        const [page] = sealed(cut);
        if (!page) throw new Error('a page');
        const { columns } = page;
        const short = columns.subarray(0, until % columns.length);
        expect(reasonOf([{ ...page, columns: short }], 0)).toMatch(/^(form|hash)$/);
        expect(reasonOf([{ ...page, columns: Uint8Array.of(...columns, ...more) }], 0)).toBe('hash');
      }),
    );
  });

  test('another format, or the other byte order, by name', () => {
    const stored = sealed([[bought]]);
    const word = (index: number, value: number): PageBytes[] => {
      const columns = Uint8Array.from(stored[0]?.columns ?? []);
      new Uint32Array(columns.buffer)[index] = value;
      return replaced(stored, 0, { columns });
    };
    expect(reasonOf(word(0, 0x54504731), 0)).toBe('opened');
    expect(reasonOf(word(0, 0x31475054), 0)).toBe('endianness');
    expect(reasonOf(word(0, 0x31475055), 0)).toBe('form');
    expect(reasonOf(word(1, 2), 0)).toBe('version');
  });

  test('a header or a number of legs that lies, with a hash that is right', () => {
    const [page] = sealed([[bought, closed]]);
    if (!page) throw new Error('a page');
    const changed = (change: (columns: Uint8Array, words: Uint32Array) => void): string => {
      const columns = Uint8Array.from(page.columns);
      change(columns, new Uint32Array(columns.buffer, 0, 16));
      const stage = readNames([page.names]).sha256;
      const sha256 = createHash('sha256').update(stage).update(columns).digest('hex');
      return reasonOf([{ ...page, columns, sha256 }], 0);
    };
    const oneMore = (index: number) =>
      changed((_, words) => {
        words[index] = (words[index] ?? 0) + 1;
      });
    expect(changed(() => undefined)).toBe('opened');
    const words = { first: 2, legs: 5, classes: 11, days: 12, kinds: 13, tail: 14 };
    expect(Object.entries(words).map(([name, index]) => `${name}: ${oneMore(index)}`)).toStrictEqual([
      'first: order',
      'legs: form',
      'classes: names',
      'days: names',
      'kinds: names',
      'tail: form',
    ]);
    // The last column, padded to eight bytes, is the number of legs of each event.
    expect(changed((columns) => columns.set([3], columns.length - 8))).toBe('form');
    expect(changed((columns) => columns.set([2], columns.length - 8))).toBe('opened');
  });

  test('a page of another place, or of another log', () => {
    const sold: PageEvent = { kind: 'AssetDisposed', legs: [leg('cash', 1), leg('ppe', -1)] };
    const [first, second, third] = sealed([[bought], [sold], [sold]]);
    if (!first || !second || !third) throw new Error('three pages');
    expect(reasonOf([first, second, third], 2)).toBe('opened');
    expect(reasonOf([second], 0)).toBe('hash');
    expect(reasonOf([first, third], 1)).toBe('hash');
    expect(reasonOf([first, first], 1)).toBe('hash');
    const [, other] = sealed([[sold], [sold]]);
    expect(reasonOf([first, ...(other ? [other] : [])], 1)).toBe('hash');
    // The same names, at another position.
    const [later] = sealed([[bought]], undefined, 7);
    expect(reasonOf([...(later ? [later] : [])], 0)).toBe('order');
  });

  test('names that are no names, with a hash that is right', () => {
    for (const text of ['', 'null', '[]', '{"kinds":[],"days":[]}', '{"kinds":[1],"days":[],"classes":[]}'])
      expect(() => readNames([text])).toThrow(PageError);
    const odd = '{"kinds":[],"days":[],"classes":[["a","b","c","d"]]}';
    expect(() => readNames([odd])).toThrow('not lists of kinds, days and classes');
  });

  test('the reader stands where it stood, and goes on with the page sealed again', () => {
    const events = [[bought], [{ kind: 'AssetDisposed', legs: [leg('land', 5), leg('cash', -5)] }], [bought]];
    const [first, second, third] = sealed(events);
    if (!first || !second || !third) throw new Error('three pages');
    const reader = pageReader();
    reader.open(first);
    const before = reader.names.sha256;
    expect(() => reader.open({ ...second, names: second.names.replace('land', 'sand') })).toThrow(PageError);
    expect(reader.names.sha256).toBe(before);
    const again = pageWriter(reader.names).seal(1, events[1] ?? []);
    expect(again).toStrictEqual(second);
    expect(reader.open(again).legsOf(0)).toStrictEqual(events[1]?.[0]?.legs);
    expect(reader.open(third).legsOf(0)).toStrictEqual(bought.legs);
  });
});
