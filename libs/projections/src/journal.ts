/**
 * The journal: the entries of the log as far as it was replayed, found again without holding them all.
 *
 * It answers what a cube cannot: one entry by its id, the events of an account or a name, the entries behind a figure,
 * and all entries, those of whole sealed pages condensed to collective entries (libs/ledger). Sealed pages say where to
 * look; what is shown is read from the log. Invariant: the postings of the condensed journal fold to the trial balance.
 */
import { Inject, Injectable } from '@nestjs/common';
import { condensedEntries, touching, type Leg, type Page, type PageNames } from '@tieout/cube';
import { pageLength, type EventLog } from '@tieout/event-log';
import { carriesEntry, decode, type LedgerEvent, type StoredEvent } from '@tieout/events';
import {
  collectiveEntry,
  entryFromEvent,
  inFamily,
  type CollectiveEntry,
  type Entry,
  type Posting,
} from '@tieout/ledger';
import { addMinor, multiplyMinor, type Minor } from '@tieout/money';
import { coefficientOf, type LinearForm } from '@tieout/statements';
import { eventOfKind } from './page-events';
import { pagesOf } from './pages';
import { Replay } from './replay';
import { EVENT_LOG } from './tokens';

/** An event as it is stored, and what it says. */
export interface JournalEvent {
  readonly stored: StoredEvent;
  readonly event: LedgerEvent;
}

/** An entry with its place in the log. */
export interface JournalLine {
  readonly position: number;
  readonly recordedAt: string;
  readonly actor: string;
  readonly entry: Entry;
}

export interface EventsAsked {
  /** Only entries with a leg on this family of accounts. */
  readonly account?: string | undefined;
  /** Only events of this name. */
  readonly event?: string | undefined;
  /** Only so many, the last ones. */
  readonly last?: number | undefined;
  /** Only from this position on. */
  readonly from?: number | undefined;
  /** Only those before this position. */
  readonly until?: number | undefined;
}

/** What an entry adds to a figure, by the movement of its postings. */
export interface Part {
  /** Which of the figures asked for, by its index. */
  readonly of: number;
  readonly position: number;
  readonly movement: string;
  readonly minor: Minor;
  readonly postings: number;
}

/** Events that are read at a time. */
const TOGETHER = 1024;

const lineOf = ({ position, recordedAt, actor }: StoredEvent, entry: Entry): JournalLine => ({
  position,
  recordedAt,
  actor,
  entry,
});

const entriesIn = (events: readonly JournalEvent[]): readonly JournalLine[] =>
  events.flatMap(({ stored, event }) => (carriesEntry(event) ? [lineOf(stored, entryFromEvent(event))] : []));

@Injectable()
export class Journal {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(Replay) private readonly replay: Replay,
  ) {}

  /** The entry of this id, if the log had it by the revision that was replayed. */
  async line(id: string): Promise<JournalLine | undefined> {
    const stored = await this.log.readEntry(id);
    if (!stored || stored.position >= this.replay.revision) return undefined;
    const event = decode(stored);
    return carriesEntry(event) ? lineOf(stored, entryFromEvent(event)) : undefined;
  }

  /** The entry at this position. */
  async entryAt(position: number): Promise<Entry> {
    const [stored] = await this.log.readAll(position, 1);
    const event = stored && decode(stored);
    if (!event || !carriesEntry(event))
      throw new Error(`assertion failed: event ${position} carries an entry`);
    return entryFromEvent(event);
  }

  /** Events in log order, some at a time. */
  async *events(asked: EventsAsked = {}): AsyncGenerator<readonly JournalEvent[]> {
    const { account, event: name, last = Infinity, from = 0 } = asked;
    const until = Math.min(asked.until ?? Infinity, this.replay.revision);
    const wanted = ({ event }: JournalEvent): boolean =>
      (name === undefined || event.name === name) &&
      (account === undefined ||
        (carriesEntry(event) && event.payload.postings.some((leg) => inFamily(leg.account, account))));
    if (account === undefined && name === undefined) {
      yield* this.between(Math.max(from, until - last), until);
    } else if (last === Infinity) {
      for await (const range of this.candidates(asked)) yield (await this.readOnly(range)).filter(wanted);
    } else {
      // From the end backwards, until there are enough.
      const ranges: (readonly number[])[] = [];
      for await (const range of this.candidates(asked)) if (range.length > 0) ranges.push(range);
      const found: (readonly JournalEvent[])[] = [];
      for (let left = last, range = ranges.pop(); left > 0 && range; range = ranges.pop()) {
        const some = (await this.readOnly(range.slice(-2 * left))).filter(wanted).slice(-left);
        const whole = some.length < left && range.length > 2 * left;
        const all = whole ? (await this.readOnly(range)).filter(wanted).slice(-left) : some;
        found.unshift(all);
        left -= all.length;
      }
      yield* found;
    }
  }

  /** Entries in log order, some at a time. */
  async *entries(from = 0): AsyncGenerator<readonly JournalLine[]> {
    for await (const events of this.between(from, this.replay.revision)) yield entriesIn(events);
  }

  /** Entries in order of date, of one day in log order, some at a time. */
  async *byDate(): AsyncGenerator<readonly JournalLine[]> {
    const { revision } = this.replay;
    const dated = new Map<string, number[]>();
    const note = (day: string, position: number): void => {
      const there = dated.get(day);
      if (there) there.push(position);
      else dated.set(day, [position]);
    };
    let next = 0;
    for await (const page of pagesOf(this.log).open(revision)) {
      for (const ordinal of page.ordinalsOf((kind) => kind !== '')) {
        if (page.first + ordinal < revision) note(page.dayAt(page.legsFrom(ordinal)), page.first + ordinal);
      }
      next = page.first + page.count;
    }
    for await (const lines of this.entries(next))
      for (const { entry, position } of lines) note(entry.date, position);
    for (const [, positions] of [...dated].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (let at = 0; at < positions.length; at += TOGETHER)
        yield entriesIn(await this.readOnly(positions.slice(at, at + TOGETHER)));
    }
  }

  /**
   * What each entry adds to some figures up to a day, a page at a time: a part for each figure and movement of its
   * postings. Parts of nil are there too: their entries have postings in the figure. No form, no parts.
   */
  async *partsOf(forms: readonly (LinearForm | undefined)[], asOf?: string): AsyncGenerator<readonly Part[]> {
    const { revision } = this.replay;
    const pages = pagesOf(this.log);
    const asked = forms.flatMap((form, of) => (form ? [{ of, ...question(form, asOf, pages.names) }] : []));
    let position = 0;
    for await (const page of pages.open(revision)) {
      yield asked.flatMap(({ of, touched, parts }) =>
        page
          .entriesTouching(touched)
          .filter((at) => page.first + at < revision)
          .flatMap((at) => parts(of, page.first + at, page.legsOf(at))),
      );
      position = page.first + page.count;
    }
    for await (const lines of this.entries(position)) {
      yield asked.flatMap(({ of, parts }) =>
        lines.flatMap(({ position: at, entry }) => parts(of, at, entry.postings)),
      );
    }
  }

  /**
   * All entries from a position on, in log order of their firsts: those of whole sealed pages condensed, what comes
   * before the first and after the last of these one by one.
   */
  async condensed(from = 0): Promise<readonly CollectiveEntry[]> {
    const { revision, boundaries } = this.replay;
    const firstPage = Math.ceil(from / pageLength) * pageLength;
    const pages = pagesOf(this.log);
    const condensing = condensedEntries(pages.names, boundaries);
    let until = firstPage;
    if (firstPage + pageLength <= revision) {
      for await (const page of pages.open(Math.floor(revision / pageLength) * pageLength)) {
        if (page.first < firstPage) continue;
        condensing.add(page);
        until = page.first + page.count;
      }
    }
    const collective: CollectiveEntry[] = [];
    for (const { first, count, cells } of condensing.groups()) {
      const entry = await this.entryAt(first);
      const date = cells[0]?.day ?? entry.date;
      const postings = cells.map(({ count: _, ...leg }): Posting => leg);
      collective.push(count === 1 ? entry : collectiveEntry(entry, { date, postings, count }));
    }
    const single = async (start: number, end: number): Promise<Entry[]> => {
      const entries: Entry[] = [];
      for await (const events of this.between(start, end))
        for (const { event } of events) if (carriesEntry(event)) entries.push(entryFromEvent(event));
      return entries;
    };
    const before = await single(from, Math.min(firstPage, revision));
    return [...before, ...collective, ...(await single(Math.max(from, until), revision))];
  }

  private async *between(from: number, until: number): AsyncGenerator<readonly JournalEvent[]> {
    for (let position = from; position < until; position += TOGETHER) {
      const stored = await this.log.readAll(position, Math.min(TOGETHER, until - position));
      yield stored.map((each) => ({ stored: each, event: decode(each) }));
    }
  }

  /** Positions where what is asked for may be, a page at a time; all of what no page holds. */
  private async *candidates({
    account,
    event: name,
    from = 0,
    until = Infinity,
  }: EventsAsked): AsyncGenerator<readonly number[]> {
    const revision = Math.min(until, this.replay.revision);
    const pages = pagesOf(this.log);
    const onAccount = touching(pages.names, {
      class: (leg) => account === undefined || inFamily(leg.account, account),
    });
    const named = (page: Page): readonly number[] =>
      page.ordinalsOf((kind) => kind === '' || eventOfKind(kind) === name);
    let position = 0;
    for await (const page of pages.open(revision)) {
      const touched = account === undefined ? undefined : page.entriesTouching(onAccount);
      const ofName = name === undefined ? undefined : new Set(named(page));
      const both = (touched ?? [...(ofName ?? [])]).filter((at) => ofName === undefined || ofName.has(at));
      yield both.map((at) => page.first + at).filter((at) => at >= from && at < revision);
      position = page.first + page.count;
    }
    for (position = Math.max(from, position); position < revision; position += TOGETHER)
      yield Array.from({ length: Math.min(TOGETHER, revision - position) }, (_, index) => position + index);
  }

  /** The events at these positions, in order. Where most of a stretch is asked for, the stretch is read. */
  private async readOnly(positions: readonly number[]): Promise<readonly JournalEvent[]> {
    const [first, last] = [positions[0], positions.at(-1)];
    if (first === undefined || last === undefined) return [];
    const found: StoredEvent[] = [];
    if (last - first < 8 * positions.length) {
      const asked = new Set(positions);
      const all = await this.log.readAll(first, last - first + 1);
      found.push(...all.filter(({ position }) => asked.has(position)));
    } else {
      for (const position of positions) found.push(...(await this.log.readAll(position, 1)));
    }
    return found.map((stored) => ({ stored, event: decode(stored) }));
  }
}

/** A figure as a question to pages, and to the legs of one entry. */
function question(form: LinearForm, asOf: string | undefined, names: PageNames) {
  const coefficient = coefficientOf(form);
  const to = asOf !== undefined && asOf < form.to ? asOf : form.to;
  const touched = touching(names, {
    class: (leg) => coefficient({ ...leg, day: form.to, minor: 0 }) !== 0,
    day: (day) => day <= to && (form.from === undefined || day >= form.from),
  });
  const parts = (of: number, position: number, legs: readonly Leg[]): Part[] => {
    const sums = new Map<string, { minor: Minor; postings: number }>();
    for (const leg of legs) {
      const times = leg.day <= to ? coefficient(leg) : 0;
      if (times === 0) continue;
      const { minor, postings } = sums.get(leg.movement) ?? { minor: 0, postings: 0 };
      sums.set(leg.movement, {
        minor: addMinor(minor, multiplyMinor(leg.minor, times)),
        postings: postings + 1,
      });
    }
    return [...sums].map(([movement, sum]) => ({ of, position, movement, ...sum }));
  };
  return { touched, parts };
}
