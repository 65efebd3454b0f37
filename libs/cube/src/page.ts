/**
 * Sealed pages: the postings of consecutive events as columns of numbers.
 *
 * A page is a cache: it says nothing that the events do not say, and can be sealed from them again. It is read some
 * twenty times faster than the events. Invariant: a page gives back the kind and the legs of each event, in order and
 * exactly; bytes that are not those that were sealed, or a page that does not follow those read before it, are refused
 * with a PageError, never summed.
 *
 *     17: ExpenseIncurred   2022-06-30  opex 100, cash (100)     kinds  1 0    legs   2 0
 *     18: PeriodClosed                                           days   0 0    classes 0 1    amounts  100 -100
 */
import { createHash } from 'node:crypto';
import { canonicalMinor, type Minor } from '@tieout/money';
import type { Leg } from './cell';
import { minorAt, readHeader, viewColumns, writeColumns, type PageColumns } from './page-columns';
import {
  growingNames,
  learn,
  nameWriter,
  nextStage,
  PageError,
  parseNames,
  type LegClass,
  type PageNames,
} from './page-names';

/** Events of a page that a log seals. */
export const PAGE = 4096;

/** What a page keeps of an event: '' is the kind of one that carries no entry, and has no legs. */
export interface PageEvent {
  readonly kind: string;
  readonly legs: readonly Leg[];
}

/** A page as it is stored. */
export interface PageBytes {
  /** JSON: the names that this page is the first to use. */
  readonly names: string;
  readonly columns: Uint8Array;
  /** Over the columns and the names of all pages up to this one. */
  readonly sha256: string;
}

export interface PageWriter {
  /** Takes events for the page that is sealed next: none of them is kept, so a page may be gathered event by event. */
  take(events: Iterable<PageEvent>): void;
  /** Seals what was taken, and these: the events from this log position on. Pages of a log are sealed in order. */
  seal(first: number, events?: Iterable<PageEvent>): PageBytes;
  readonly names: PageNames;
}

export interface PageReader {
  /** The next page. Throws PageError, and then stands where it stood. */
  open(page: PageBytes): Page;
  readonly names: PageNames;
}

/** A page that was opened. An ordinal counts events from the first of the page, a leg counts legs. */
export interface Page {
  /** Log position of the first event. */
  readonly first: number;
  readonly count: number;
  readonly legCount: number;
  readonly names: PageNames;
  readonly columns: PageColumns;
  kindOf(ordinal: number): string;
  legsOf(ordinal: number): readonly Leg[];
  /** The events of such kinds; those that carry no entry are of kind ''. */
  ordinalsOf(test: (kind: string) => boolean): readonly number[];
  /** The events with a leg that a question touches. */
  entriesTouching(touching: Touching): readonly number[];
  /** The first leg of an event, and the leg after its last. */
  legsFrom(ordinal: number): number;
  legsUntil(ordinal: number): number;
  /** Number of its class in the names. */
  classAt(leg: number): number;
  dayAt(leg: number): string;
  minorAt(leg: number): Minor;
}

const hashOf = (stage: string, columns: Uint8Array): string =>
  createHash('sha256').update(stage).update(columns).digest('hex');

const twice = <T extends Uint32Array | Float64Array>(full: T, make: (length: number) => T): T => {
  const larger = make(full.length * 2);
  larger.set(full);
  return larger;
};
const words = (length: number): Uint32Array => new Uint32Array(length);
const doubles = (length: number): Float64Array => new Float64Array(length);

/** Seals pages that follow those whose names are given, or the first ones. The names given stay as they are. */
export function pageWriter(after?: PageNames): PageWriter {
  const names = growingNames(after);
  const number = nameWriter(names);
  let [amounts, classes, days] = [doubles(4 * PAGE), words(4 * PAGE), words(4 * PAGE)];
  let [kinds, legs] = [words(PAGE), words(PAGE)];

  let [count, legCount, small] = [0, 0, true];
  let [day, dayId] = ['', -1];
  let beyond = new Map<number, bigint>();

  function take(events: Iterable<PageEvent>): void {
    for (const event of events) {
      if (event.kind === '' && event.legs.length > 0)
        throw new Error('assertion failed: an event without an entry has no legs');
      if (count === kinds.length) [kinds, legs] = [twice(kinds, words), twice(legs, words)];
      kinds[count] = number.kind(event.kind);
      legs[count++] = event.legs.length;
      for (const leg of event.legs) {
        if (legCount === classes.length) {
          [amounts, classes, days] = [twice(amounts, doubles), twice(classes, words), twice(days, words)];
        }
        if (dayId === -1 || leg.day !== day) [day, dayId] = [leg.day, number.day(leg.day)];
        days[legCount] = dayId;
        classes[legCount] = number.leg(leg);
        const minor = typeof leg.minor === 'bigint' ? canonicalMinor(leg.minor) : leg.minor;
        if (typeof minor === 'bigint') beyond.set(legCount, minor);
        else if (!Number.isSafeInteger(minor))
          throw new Error(`assertion failed: ${minor} is no whole number of minor units`);
        else if ((minor | 0) !== minor) small = false;
        amounts[legCount++] = typeof minor === 'bigint' ? 0 : minor;
      }
    }
  }

  function seal(first: number, events: Iterable<PageEvent> = []): PageBytes {
    take(events);
    const text = number.take();
    const named = { classes: names.classes.length, days: names.days.length, kinds: names.kinds.length };
    const page = { first, count, legCount, small, amounts, classes, days, kinds, legs, named, beyond };
    const columns = writeColumns(page);
    [count, legCount, small, beyond] = [0, 0, true, new Map()];
    return { names: text, columns, sha256: hashOf(names.sha256, columns) };
  }
  return { take, seal, names };
}

/** Opens pages in order, from the one at log position `first` on, which follows those whose names are given. */
export function pageReader(after?: PageNames, first = 0): PageReader {
  const names = growingNames(after);
  let next = first;

  function open(page: PageBytes): Page {
    const header = readHeader(page.columns);
    const stage = nextStage(names, page.names);
    if (hashOf(stage, page.columns) !== page.sha256)
      throw new PageError(
        'hash',
        `the page of the events from ${next} on, or what was read before it, is not what was sealed`,
      );
    const columns = viewColumns(page.columns, header);
    if (columns.first !== next)
      throw new PageError('order', `a page starts at event ${columns.first}, where event ${next} is next`);
    const fresh = parseNames(page.names);
    const { named } = columns;
    if (
      named.classes !== names.classes.length + fresh.classes.length ||
      named.days !== names.days.length + fresh.days.length ||
      named.kinds !== names.kinds.length + fresh.kinds.length
    )
      throw new PageError(
        'names',
        `the page of the events from ${next} on does not have the names it states`,
      );
    const opened = openedPage(columns, names);
    learn(names, fresh, stage);
    next += opened.count;
    return opened;
  }
  return { open, names };
}

function openedPage(columns: PageColumns, names: PageNames): Page {
  const { first, kinds, legs, classes, days } = columns;
  const count = legs.length;
  const starts = new Uint32Array(count + 1);
  for (let ordinal = 0, at = 0; ordinal < count; ordinal++) starts[ordinal + 1] = at += legs[ordinal] ?? 0;
  if (starts[count] !== classes.length)
    throw new PageError('form', `a page of ${classes.length} legs gives its events ${starts[count]}`);
  // Beyond the page there is nothing to give, and an empty answer would be a wrong one.
  const startOf = (ordinal: number): number => {
    const start = starts[ordinal];
    if (start === undefined) throw new Error(`assertion failed: event ${ordinal} of a page of ${count}`);
    return start;
  };
  const legAt = (leg: number): Leg => {
    const { account, movement, unit, dimensions } = names.classes[classes[leg] ?? -1] as LegClass;
    const day = names.days[days[leg] ?? -1] as string;
    return { account, movement, day, unit, dimensions, minor: minorAt(columns, leg) };
  };
  return {
    first,
    count,
    legCount: classes.length,
    names,
    columns,
    kindOf: (ordinal) => names.kinds[kinds[ordinal] ?? -1] as string,
    legsOf(ordinal) {
      const [from, until] = [startOf(ordinal), startOf(ordinal + 1)];
      return Array.from({ length: until - from }, (_, index) => legAt(from + index));
    },
    ordinalsOf(test) {
      const answers = new Map<number, boolean>();
      const found: number[] = [];
      kinds.forEach((kind, ordinal) => {
        let answer = answers.get(kind);
        if (answer === undefined) answers.set(kind, (answer = test(names.kinds[kind] as string)));
        if (answer) found.push(ordinal);
      });
      return found;
    },
    entriesTouching(touching) {
      const found: number[] = [];
      const [ofClass, ofDay] = [touching.classes(), touching.days()];
      for (let ordinal = 0, leg = 0; ordinal < count; ordinal++) {
        const until = starts[ordinal + 1] as number;
        while (leg < until && !(ofClass[classes[leg] as number] && ofDay[days[leg] as number])) leg++;
        if (leg < until) found.push(ordinal);
        leg = until;
      }
      return found;
    },
    legsFrom: startOf,
    legsUntil: (ordinal) => startOf(ordinal + 1),
    classAt: (leg) => classes[leg] as number,
    dayAt: (leg) => names.days[days[leg] as number] as string,
    minorAt: (leg) => minorAt(columns, leg),
  };
}

/** Which legs a question is about: 1 or 0 for each class and day that has a number so far; the arrays may be longer. */
export interface Touching {
  classes(): Uint8Array;
  days(): Uint8Array;
}

/** A question of legs by class and by day. Each name is tested once, so make one for all pages. */
export function touching(
  names: PageNames,
  tests: { readonly class?: (leg: LegClass) => boolean; readonly day?: (day: string) => boolean },
): Touching {
  const answers = <T>(list: readonly T[], test: (each: T) => boolean = () => true): (() => Uint8Array) => {
    let known = new Uint8Array(64);
    let tested = 0;
    return () => {
      while (tested < list.length) {
        if (tested === known.length) {
          const larger = new Uint8Array(known.length * 2);
          larger.set(known);
          known = larger;
        }
        known[tested] = test(list[tested++] as T) ? 1 : 0;
      }
      return known;
    };
  };
  return { classes: answers(names.classes, tests.class), days: answers(names.days, tests.day) };
}
