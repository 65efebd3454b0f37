/**
 * What the verification of a range finds, and what it hands on to whoever joins the ranges.
 *
 * Plain data, so that it can be cloned from thread to thread. Invariant: findings of ranges that follow each other say
 * together what those of the whole would say: where a stream goes on, in which periods entries stand after which event
 * that opens or closes one, which ids there are.
 */
import { misplaced, pageLength } from '@tieout/event-log';
import type { LedgerEvent, Problem } from '@tieout/events';

/** What is wrong, and where. */
export interface Found {
  readonly position: number;
  /** Which look at the log shows it. A `cache` is damaged by itself; a `page` contradicts the events. */
  readonly by: 'log' | 'entries' | 'page' | 'cache';
  readonly problem: Problem;
}

/** The part of a stream that is in a range. */
export interface StreamPart {
  readonly stream: string;
  readonly position: number;
  readonly first: number;
  readonly next: number;
}

/** An event that opens, closes or reopens a period. */
export interface Control {
  readonly position: number;
  readonly event: Extract<LedgerEvent, { name: 'PeriodOpened' | 'PeriodClosed' | 'PeriodReopened' }>;
}

/** The first entry of a period after the last control. */
export interface Dated {
  readonly position: number;
  readonly period: string;
  readonly entry: string;
  readonly date: string;
}

export interface Reversal {
  readonly position: number;
  readonly entry: string;
  readonly reverses: string;
}

/** Can be cloned from thread to thread. */
export interface RangeFindings {
  readonly from: number;
  /** Less than asked for where reading stopped: at damage, or at the end of the log. */
  readonly until: number;
  readonly stopped: boolean;
  readonly found: readonly Found[];
  /** More that was found and is not listed. */
  readonly unlisted: number;
  readonly entries: number;
  /** RFC 6962 roots of the whole pages, then the leaves after them: hex. */
  readonly roots: readonly string[];
  readonly leaves: readonly string[];
  /** A hash of the entry's id for each event; NaN where it carries none. */
  readonly ids: Float64Array;
  readonly streams: readonly StreamPart[];
  readonly controls: readonly Control[];
  readonly dated: readonly Dated[];
  readonly reversals: readonly Reversal[];
  /** Sealed pages that were held against their events. */
  readonly pages: number;
}

/** Problems that a range lists. */
const LISTED = 200;

/** What a range finds, as it is gathered. */
export class Gathered {
  readonly found: Found[] = [];
  private unlisted = 0;
  private entries = 0;
  readonly roots: string[] = [];
  readonly leaves: string[] = [];
  private ids = new Float64Array(pageLength).fill(NaN);
  private readonly streams = new Map<string, { position: number; first: number; next: number }>();
  private current: { stream: string; next: number } = { stream: '', next: -1 };
  private readonly controls: Control[] = [];
  private readonly dated: Dated[] = [];
  private readonly datedNow = new Set<string>();
  readonly reversals: Reversal[] = [];
  pages = 0;
  stopped = false;

  constructor(private readonly from: number) {}

  say(by: Found['by'], position: number, problem: Problem): void {
    if (this.found.length < LISTED) this.found.push({ position, by, problem });
    else this.unlisted += 1;
  }

  /** Was anything said of the events from this one on? */
  saidOf(first: number): boolean {
    return this.unlisted > 0 || this.found.some(({ position, by }) => position >= first && by !== 'cache');
  }

  /** Is this the next event of the stream that the one before it was of? */
  follows(stream: string, revision: number): boolean {
    return revision === this.current.next && stream === this.current.stream;
  }

  step(): void {
    this.current.next += 1;
  }

  /** Problems of the place of an event in its stream. The first of a stream is held against the range before. */
  place({
    stream,
    revision,
    position,
  }: {
    stream: string;
    revision: number;
    position: number;
  }): readonly Problem[] {
    let part = this.streams.get(stream);
    if (this.current.stream !== stream) {
      const left = this.streams.get(this.current.stream);
      if (left) left.next = this.current.next;
      if (!part) this.streams.set(stream, (part = { position, first: revision, next: revision }));
      this.current = { stream, next: part.next };
    }
    const due = this.current.next;
    this.current.next = revision + 1;
    return misplaced({ stream, revision, position }, due);
  }

  takeEntry(
    entry: { readonly entry: string; readonly hash: number; readonly date: string },
    position: number,
    period: string | undefined,
  ): void {
    this.entries += 1;
    const at = position - this.from;
    if (at >= this.ids.length) {
      const longer = new Float64Array(this.ids.length * 2).fill(NaN);
      longer.set(this.ids);
      this.ids = longer;
    }
    this.ids[at] = entry.hash;
    if (period === undefined || this.datedNow.has(period)) return;
    this.datedNow.add(period);
    this.dated.push({ position, period, entry: entry.entry, date: entry.date });
  }

  control(control: Control): void {
    this.controls.push(control);
    this.datedNow.clear();
  }

  findings(until: number): RangeFindings {
    const left = this.streams.get(this.current.stream);
    if (left) left.next = this.current.next;
    const { from, stopped, found, unlisted, entries, roots, leaves, controls, dated, reversals, pages } =
      this;
    return {
      ...{ from, until, stopped, found, unlisted, entries, roots, leaves, controls, dated, reversals, pages },
      ids: this.ids.slice(0, until - from),
      streams: [...this.streams].map(([stream, part]) => ({ stream, ...part })),
    };
  }
}

/** 53 bits of an entry's id, which stands there as UTF-8: two ids with one hash are looked at themselves. */
export function hashOfId(bytes: Uint8Array, from = 0, until = bytes.length): number {
  let [high, low] = [0x811c9dc5, 0x9e3779b9];
  for (let at = from; at < until; at += 1) {
    const unit = bytes[at] as number;
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x85ebca6b) ^ (high >>> 15);
  }
  return ((high ^ (low >>> 11)) & 0x1fffff) * 2 ** 32 + (low >>> 0);
}
