/**
 * Canonical JSON as bytes, read from left to right: the steps that the reader of entries is put together from.
 *
 * Each step says whether what is due stands at `at`, and goes behind it. Invariant: a step never goes beyond the end, and
 * after one that fails nothing that was read is used. Bytes from 128 on pass in texts; whether they are UTF-8 is asked
 * once of them all (`sound`).
 */
import { isAscii, isUtf8 } from 'node:buffer';

/** Bytes that are due, for comparing four at a time: in words, the last of which may repeat some of the one before. */
export interface Literal {
  readonly length: number;
  readonly words: Int32Array;
  /** Where there are fewer than four, as they are. */
  readonly bytes: Uint8Array;
  readonly ascii: boolean;
}

export function literalOf(from: Uint8Array): Literal {
  const bytes = Uint8Array.from(from); // a copy: a piece keeps all of its page
  const { length } = bytes;
  const view = new DataView(bytes.buffer);
  const words = new Int32Array(length < 4 ? 0 : Math.ceil(length / 4));
  for (let word = 0; word < words.length; word += 1)
    words[word] = view.getInt32(Math.min(word * 4, length - 4), true);
  return { length, words, bytes, ascii: isAscii(bytes) };
}

export const literal = (text: string): Literal => literalOf(Buffer.from(text));

const [quote, backslash, minus, zero, nine] = [34, 92, 45, 48, 57];

export class Scan {
  private buffer: ArrayBufferLike = new ArrayBuffer(0);
  bytes = new Uint8Array(this.buffer);
  private view = new DataView(this.buffer);
  private begin = 0;
  private end = 0;
  /** The next byte, as counted from the first of the buffer that the text stands in. */
  at = 0;
  /** Where the text or number that was read last begins and ends. */
  from = 0;
  until = 0;
  /** Bytes of all texts so far, joined by "or": below 128 where all are ASCII. */
  private seen = 0;

  /** Behind the first byte. */
  start({ buffer, byteOffset, length }: Uint8Array): void {
    if (buffer !== this.buffer) {
      this.buffer = buffer;
      this.bytes = new Uint8Array(buffer);
      this.view = new DataView(buffer);
    }
    this.begin = byteOffset + 1;
    this.end = byteOffset + length;
    this.at = this.begin;
    this.seen = 0;
  }

  is(due: Literal): boolean {
    const { at, view } = this;
    const { length, words } = due;
    const last = at + length - 4;
    if (last + 4 > this.end) return false;
    if (length < 4) return this.isShort(due);
    const whole = words.length - 1;
    for (let word = 0; word < whole; word += 1)
      if (view.getInt32(at + word * 4, true) !== words[word]) return false;
    if (view.getInt32(last, true) !== words[whole]) return false;
    this.at = last + 4;
    return true;
  }

  private isShort({ length, bytes }: Literal): boolean {
    for (let index = 0; index < length; index += 1)
      if (this.bytes[this.at + index] !== bytes[index]) return false;
    this.at += length;
    return true;
  }

  /** Which of these stands there; -1: none. */
  oneOf(due: readonly Literal[]): number {
    for (let index = 0; index < due.length; index += 1) if (this.is(due[index] as Literal)) return index;
    return -1;
  }

  /** The rest of a text up to its closing quote, and that: no escapes, no control characters. */
  text(): boolean {
    const { bytes, end } = this;
    let { at, seen } = this;
    this.from = at;
    for (; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (byte === quote) {
        this.until = at;
        this.at = at + 1;
        this.seen = seen;
        return true;
      }
      if (byte < 32 || byte === backslash) return false;
      seen |= byte;
    }
    return false;
  }

  name(): boolean {
    return this.text() && this.until > this.from;
  }

  /** A whole number as JSON writes it, of fifteen digits at most, which a double holds; NaN: none. */
  whole(): number {
    const { bytes, at } = this;
    const end = Math.min(at + 16, this.end);
    let value = 0;
    let next = at;
    for (; next < end; next += 1) {
      const byte = bytes[next] as number;
      if (byte < zero || byte > nine) break;
      value = value * 10 + (byte - zero);
    }
    const digits = next - at;
    if (digits === 0 || digits > 15 || (bytes[at] === zero && digits > 1)) return NaN;
    this.from = at;
    this.until = next;
    this.at = next;
    return value;
  }

  /** The same with a sign before it, or none; minus nil is none. */
  amount(): number {
    if (this.bytes[this.at] !== minus) return this.whole();
    this.at += 1;
    const value = this.whole();
    return value === 0 ? NaN : -value;
  }

  /** As many digits as this, as a number; NaN: they are not there. */
  digits(count: number): number {
    const { bytes, at } = this;
    if (at + count > this.end) return NaN;
    let value = 0;
    for (let index = at; index < at + count; index += 1) {
      const byte = bytes[index] as number;
      if (byte < zero || byte > nine) return NaN;
      value = value * 10 + (byte - zero);
    }
    this.at = at + count;
    return value;
  }

  get ended(): boolean {
    return this.at === this.end;
  }

  /** Whether all texts that were read are UTF-8. */
  get sound(): boolean {
    return this.seen < 128 || isUtf8(this.slice(this.begin, this.end));
  }

  /** Such bytes were read as a literal. */
  see(ascii: boolean): void {
    if (!ascii) this.seen |= 128;
  }

  /** Where this stands from `at` on; -1: nowhere. */
  find(due: Literal, at: number): number {
    const found = this.slice(at, this.end).indexOf(due.bytes);
    return found === -1 ? -1 : at + found;
  }

  slice(from: number, until: number): Buffer {
    return Buffer.from(this.buffer, from, until - from);
  }

  /** Whether the other bytes, from `at` on, begin with these: the place behind them, or -1. */
  along(from: number, until: number, other: Uint8Array, at: number): number {
    const { bytes } = this;
    let next = at;
    if (at < 0 || at + until - from > other.length) return -1;
    for (let index = from; index < until; index += 1, next += 1) if (other[next] !== bytes[index]) return -1;
    return next;
  }
}

/** A text that is likely the same in the next event: read as one literal then. */
export class Likely {
  private last: Literal = literal('"');

  text(scan: Scan): boolean {
    const from = scan.at;
    if (scan.is(this.last)) {
      scan.see(this.last.ascii);
      scan.from = from;
      scan.until = scan.at - 1;
      return true;
    }
    if (!scan.text()) return false;
    this.last = literalOf(scan.slice(from, scan.at));
    return true;
  }
}
