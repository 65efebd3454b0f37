/**
 * The columns of a sealed page: the bytes.
 *
 * NOTE stored format: sixteen words of four bytes (mark, version, first position in two words, events, legs, the widths of
 * the five columns, the number of classes, days and kinds that have names after this page, the length of the tail, nil);
 * then the columns amount, class and day of each leg, kind and number of legs of each event, each padded to eight
 * bytes; then the tail. Numbers are in the byte order of the machine, which the mark tells: a page is a cache, and
 * another machine makes its own.
 *
 * A class or day takes 2 bytes, or 4; a kind or number of legs 1, 2 or 4. An amount takes 4 where those of the page are all that
 * small, else 8 as a double, which is exact for every safe integer; one beyond those stands in the tail, as JSON
 * `[leg, "amount"]`, and is nil in its column, so that a fold of the columns meets numbers only.
 */
import { canonicalMinor, type Minor } from '@tieout/money';
import { PageError } from './page-names';

export type Wide = Uint16Array | Uint32Array;
export type Narrow = Uint8Array | Wide;
export type Amounts = Int32Array | Float64Array;

/** Views of the bytes of a page, none copied. */
export interface PageColumns {
  /** Log position of the first event. */
  readonly first: number;
  /** Per leg. */
  readonly amounts: Amounts;
  readonly classes: Wide;
  readonly days: Wide;
  /** Per event. */
  readonly kinds: Narrow;
  readonly legs: Narrow;
  /** How many names there are once those of this page are in. */
  readonly named: { readonly classes: number; readonly days: number; readonly kinds: number };
  /** Amounts that are no safe integers, by leg; nil in their column. */
  readonly beyond: ReadonlyMap<number, bigint>;
}

const MARK = 0x54504731;
const MARK_SWAPPED = 0x31475054;
const VERSION = 1;
const WORDS = 16;
const HEADER = WORDS * 4;

const padded = (bytes: number): number => (bytes + 7) & ~7;
const widthFor = (names: number, least: 1 | 2 = 1): number =>
  names <= 0x100 ? least : names <= 0x1_0000 ? 2 : 4;

/** Of two kinds only: the folds run over them, and what has three kinds runs slower. */
const wideView = (buffer: ArrayBufferLike, at: number, length: number, width: number): Wide =>
  width === 2 ? new Uint16Array(buffer, at, length) : new Uint32Array(buffer, at, length);

const narrowView = (buffer: ArrayBufferLike, at: number, length: number, width: number): Narrow =>
  width === 1 ? new Uint8Array(buffer, at, length) : wideView(buffer, at, length, width);

const amountView = (buffer: ArrayBufferLike, at: number, length: number, width: number): Amounts =>
  width === 4 ? new Int32Array(buffer, at, length) : new Float64Array(buffer, at, length);

/** A page as it is gathered: the arrays may be longer than what is filled. */
export interface GatheredPage extends Pick<PageColumns, 'first' | 'named' | 'beyond'> {
  readonly count: number;
  readonly legCount: number;
  /** Do all amounts take four bytes? */
  readonly small: boolean;
  readonly amounts: Float64Array;
  readonly classes: Uint32Array;
  readonly days: Uint32Array;
  readonly kinds: Uint32Array;
  readonly legs: Uint32Array;
}

export function writeColumns(page: GatheredPage): Uint8Array {
  const { first, count, legCount, named } = page;
  const most = page.legs.subarray(0, count).reduce((most, legs) => Math.max(most, legs), 0);
  const columns = [
    { from: page.amounts, length: legCount, width: page.small ? 4 : 8 },
    { from: page.classes, length: legCount, width: widthFor(named.classes, 2) },
    { from: page.days, length: legCount, width: widthFor(named.days, 2) },
    { from: page.kinds, length: count, width: widthFor(named.kinds) },
    { from: page.legs, length: count, width: widthFor(most + 1) },
  ];
  const tail =
    page.beyond.size === 0
      ? ''
      : JSON.stringify([...page.beyond].map(([leg, minor]) => [leg, minor.toString()]));
  const size = columns.reduce((size, { length, width }) => size + padded(length * width), HEADER);
  const bytes = new Uint8Array(size + tail.length);
  const widths = columns.map(({ width }) => width);
  new Uint32Array(bytes.buffer, 0, WORDS).set([
    ...[MARK, VERSION, first % 2 ** 32, Math.floor(first / 2 ** 32), count, legCount, ...widths],
    ...[named.classes, named.days, named.kinds, tail.length],
  ]);
  let at = HEADER;
  columns.forEach(({ from, length, width }, index) => {
    const view = (index === 0 ? amountView : narrowView)(bytes.buffer, at, length, width);
    view.set(from.subarray(0, length));
    at += padded(length * width);
  });
  bytes.set(Buffer.from(tail, 'latin1'), size);
  return bytes;
}

/** Before the hash is looked at: are these bytes a page of this format and machine? Throws PageError. */
export function readHeader(columns: Uint8Array): Uint32Array {
  if (columns.length < HEADER) throw new PageError('form', 'a page is cut off within its header');
  const words = new Uint32Array(columns.slice(0, HEADER).buffer);
  if (words[0] === MARK_SWAPPED)
    throw new PageError('endianness', 'a page was sealed on a machine of the other byte order');
  if (words[0] !== MARK) throw new PageError('form', 'these bytes are no page');
  if (words[1] !== VERSION)
    throw new PageError('version', `a page is of format ${words[1]}; this program reads format ${VERSION}`);
  return words;
}

function readBeyond(tail: Uint8Array): Map<number, bigint> {
  if (tail.length === 0) return new Map();
  const listed = JSON.parse(Buffer.from(tail).toString('latin1')) as readonly [number, string][];
  return new Map(listed.map(([leg, minor]) => [leg, BigInt(minor)]));
}

/** Views of bytes whose hash is right. Throws PageError where they are not as long as their header says. */
export function viewColumns(columns: Uint8Array, header: Uint32Array): PageColumns {
  const word = (index: number): number => header[index] ?? 0;
  const [count, legCount, tail] = [word(4), word(5), word(14)];
  const widths = [word(6), word(7), word(8), word(9), word(10)] as const;
  const lengths = [legCount, legCount, legCount, count, count] as const;
  const size = widths.reduce((size, width, index) => size + padded((lengths[index] ?? 0) * width), HEADER);
  if (columns.length !== size + tail) throw new PageError('form', 'a page is not as long as its header says');
  // A typed array stands only where the address divides by its width; the rows of a database stand anywhere.
  const bytes = columns.byteOffset % 8 === 0 ? columns : columns.slice();
  let at = bytes.byteOffset + HEADER;
  const next = (index: 0 | 1 | 2 | 3 | 4): readonly [ArrayBufferLike, number, number, number] => {
    const from = at;
    at += padded(lengths[index] * widths[index]);
    return [bytes.buffer, from, lengths[index], widths[index]];
  };
  return {
    first: word(3) * 2 ** 32 + word(2),
    amounts: amountView(...next(0)),
    classes: wideView(...next(1)),
    days: wideView(...next(2)),
    kinds: narrowView(...next(3)),
    legs: narrowView(...next(4)),
    named: { classes: word(11), days: word(12), kinds: word(13) },
    beyond: readBeyond(bytes.subarray(size)),
  };
}

/** The amount of a leg. */
export const minorAt = ({ amounts, beyond }: PageColumns, leg: number): Minor => {
  const minor = amounts[leg] ?? 0;
  return minor === 0 && beyond.size > 0 ? canonicalMinor(beyond.get(leg) ?? 0n) : minor;
};
