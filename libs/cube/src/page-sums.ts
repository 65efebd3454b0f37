/**
 * Sums of sealed pages: the fold of a cube on columns of numbers.
 *
 * A sum per class and day of the axis, as a double, which is exact while it is a safe integer; the addition that would
 * leave the safe range puts what is there aside as a bigint and starts again. Postings are counted beside. Invariant:
 * the cube of the sums is, byte for byte, what `foldPostings` makes of the same events at the same axes, coverage
 * included; in which pages and on which thread they were summed makes no difference.
 */
import { canonicalMinor } from '@tieout/money';
import type { Cell } from './cell';
import { addCoverage, emptyCoverage, type Coverage, type Span } from './coverage';
import { cubeOf, orderedAxes, type Axes, type Cube } from './cube';
import { dayOn, type DayAxis } from './day';
import type { Page } from './page';
import type { PageColumns } from './page-columns';
import { PageError, type LegClass, type PageNames } from './page-names';

export interface PageSums {
  /** Adds the events of a page, or those from one ordinal until, not including, another. Throws CoverageError where one was added before. */
  add(page: Page, from?: number, until?: number): void;
  /** Adds what another thread summed at the same axes. Throws CoverageError, or PageError where it read other pages. */
  merge(parts: SumsParts): void;
  /** As another thread takes it. */
  parts(): SumsParts;
  toCube(): Cube;
}

/** Sums in a form that can be cloned, or handed over without a copy (`sumsBuffers`). One element per sum. */
export interface SumsParts {
  readonly axes: Axes;
  readonly spans: readonly Span[];
  /** Hash of the names that the numbers of classes refer to. */
  readonly stage: string;
  readonly days: readonly string[];
  readonly classAt: Uint32Array;
  /** Index in `days`. */
  readonly dayAt: Uint32Array;
  readonly minor: Float64Array;
  readonly count: Float64Array;
  /** What is to be added to a sum, by its index. */
  readonly beyond: readonly (readonly [index: number, minor: bigint])[];
}

/** The buffers to hand over with the parts. */
export const sumsBuffers = ({ classAt, dayAt, minor, count }: SumsParts): ArrayBuffer[] =>
  [classAt, dayAt, minor, count].map(({ buffer }) => buffer as ArrayBuffer);

function grown(full: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(full.length * 2);
  larger.set(full);
  return larger;
}

/** Days on an axis by number, kept up with the names of days. */
export function standingDays(names: PageNames, axis: DayAxis) {
  const standing = dayOn(axis);
  const days: string[] = [];
  const known = new Map<string, number>();
  let of = new Int32Array(64);
  let named = 0;
  const numberOf = (day: string): number => {
    let id = known.get(day);
    if (id === undefined) known.set(day, (id = days.push(day) - 1));
    return id;
  };
  return {
    /** The days on the axis, by number. */
    days,
    numberOf,
    /** The number of the day on the axis for each day that has a name so far; the array may be longer. */
    ofNames(): Int32Array {
      // Only those that are new: a page of a long log brings a few days, and there are thousands.
      while (named < names.days.length) {
        if (named === of.length) of = grown(of);
        of[named] = numberOf(standing(names.days[named++] as string));
      }
      return of;
    },
  };
}

/** The sums as they stand: a row of classes for each day on the axis. */
interface Rows {
  /** Number of the row of each day that has a name. */
  readonly ofDay: Int32Array;
  readonly row: number;
  readonly minor: Float64Array;
  readonly count: Float64Array;
  /** Takes what would leave the safe integers. */
  readonly setAside: (at: number, aside: bigint) => void;
}

/** The loop over postings: by itself, so that it is compiled once and for all pages. */
function sumLegs(columns: PageColumns, from: number, until: number, rows: Rows): void {
  const { amounts, classes, days } = columns;
  const { ofDay, row, minor, count, setAside } = rows;
  for (let leg = from; leg < until; leg++) {
    const at = (ofDay[days[leg] as number] as number) * row + (classes[leg] as number);
    const amount = amounts[leg] as number;
    const sum = (minor[at] as number) + amount;
    count[at] = (count[at] as number) + 1;
    if (sum <= Number.MAX_SAFE_INTEGER && sum >= Number.MIN_SAFE_INTEGER) minor[at] = sum;
    else {
      setAside(at, BigInt(minor[at] as number));
      minor[at] = amount;
    }
  }
}

/** Starts sums at these axes, of pages read with these names. `source` is what the coverage speaks of. */
export function pageSums(names: PageNames, axesOf: Axes, source = 'log'): PageSums {
  const axes = orderedAxes(axesOf);
  const standing = standingDays(names, axes.day);
  /** A row of classes for each day on the axis. */
  let [row, rows] = [0, 0];
  let [minor, count] = [new Float64Array(0), new Float64Array(0)];
  let beyond = new Map<number, bigint>();
  let coverage: Coverage = emptyCoverage;

  /** Makes room for every class and day that has a name. */
  function reserve(): void {
    if (names.classes.length <= row && standing.days.length <= rows) return;
    const [oldRow, oldRows, oldMinor, oldCount, oldBeyond] = [row, rows, minor, count, beyond];
    while (row < names.classes.length) row = Math.max(64, row * 2);
    while (rows < standing.days.length) rows = Math.max(4, rows * 2);
    [minor, count] = [new Float64Array(row * rows), new Float64Array(row * rows)];
    for (let day = 0; day < oldRows; day++) {
      minor.set(oldMinor.subarray(day * oldRow, (day + 1) * oldRow), day * row);
      count.set(oldCount.subarray(day * oldRow, (day + 1) * oldRow), day * row);
    }
    beyond = new Map();
    for (const [at, aside] of oldBeyond) beyond.set(Math.floor(at / oldRow) * row + (at % oldRow), aside);
  }

  function setAside(at: number, aside: bigint): void {
    beyond.set(at, (beyond.get(at) ?? 0n) + aside);
  }

  function add(page: Page, from = 0, until = page.count): void {
    const span = { from: page.first + from, until: page.first + until, sign: 1 } as const;
    const [firstLeg, lastLeg] = [page.legsFrom(from), page.legsFrom(until)];
    if (span.from < span.until) coverage = addCoverage(coverage, new Map([[source, [span]]]));
    const ofDay = standing.ofNames();
    reserve();
    sumLegs(page.columns, firstLeg, lastLeg, { ofDay, row, minor, count, setAside });
    const { classes, days } = page.columns;
    for (const [leg, amount] of page.columns.beyond) {
      if (leg >= firstLeg && leg < lastLeg)
        setAside((ofDay[days[leg] as number] as number) * row + (classes[leg] as number), amount);
    }
  }

  function parts(): SumsParts {
    const touched = count.reduce((touched, postings) => (postings === 0 ? touched : touched + 1), 0);
    const [classAt, dayAt] = [new Uint32Array(touched), new Uint32Array(touched)];
    const [minors, counts] = [new Float64Array(touched), new Float64Array(touched)];
    const asides: [number, bigint][] = [];
    let index = 0;
    count.forEach((postings, at) => {
      if (postings === 0) return;
      const aside = beyond.get(at);
      if (aside !== undefined) asides.push([index, aside]);
      classAt[index] = at % row;
      dayAt[index] = Math.floor(at / row);
      minors[index] = minor[at] as number;
      counts[index++] = postings;
    });
    return {
      ...{ axes, spans: coverage.get(source) ?? [], stage: names.sha256, days: [...standing.days] },
      ...{ classAt, dayAt, minor: minors, count: counts, beyond: asides },
    };
  }

  function merge(of: SumsParts): void {
    if (JSON.stringify(of.axes) !== JSON.stringify(axes))
      throw new Error('assertion failed: sums of different axes do not add');
    if (!names.stages.has(of.stage))
      throw new PageError('names', 'sums were made of pages with other names than those read here');
    if (of.spans.length > 0) coverage = addCoverage(coverage, new Map([[source, of.spans]]));
    const ofDay = of.days.map(standing.numberOf);
    reserve();
    of.minor.forEach((amount, index) => {
      const at = (ofDay[of.dayAt[index] as number] as number) * row + (of.classAt[index] as number);
      const sum = (minor[at] as number) + amount;
      if (!Number.isSafeInteger(sum)) setAside(at, BigInt(minor[at] as number));
      minor[at] = Number.isSafeInteger(sum) ? sum : amount;
      count[at] = (count[at] as number) + (of.count[index] as number);
    });
    for (const [index, aside] of of.beyond) {
      setAside((ofDay[of.dayAt[index] as number] as number) * row + (of.classAt[index] as number), aside);
    }
  }

  function* cells(): Generator<Cell> {
    for (let at = 0; at < count.length; at++) {
      const postings = count[at] as number;
      if (postings === 0) continue;
      const aside = beyond.get(at);
      const { account, movement, unit, dimensions } = names.classes[at % row] as LegClass;
      const day = standing.days[Math.floor(at / row)] as string;
      const sum = minor[at] as number;
      const whole = aside === undefined ? sum : canonicalMinor(BigInt(sum) + aside);
      yield { account, movement, day, unit, dimensions, minor: whole, count: postings };
    }
  }

  return { add, merge, parts, toCube: () => cubeOf(cells(), axes, coverage) };
}
