/**
 * An entry's event read straight from its stored bytes, where they are of the plain form that nearly all have.
 *
 * A verification reads every event, so what it costs is what reading costs. The bytes are canonical JSON (RFC 8785), so an
 * entry has one spelling; this reader knows that spelling and takes nothing else. Invariant: what it takes is canonical,
 * is at today's version and keeps the schema of an entry, is found by what it says, and is read as `decode` reads it. What
 * it does not take (characters with escapes, amounts above fifteen digits, reversals, periods, all that is wrong) is for
 * the slow way, which judges it.
 *
 *     {"actor":…,"payload":{"date":"2022-06-30",…,"postings":[{"account":"cash","minor":"-5","movement":…
 */
import type { ReadBody } from '@tieout/event-log';
import {
  canonical,
  currentVersion,
  entryEventNames,
  postingPayload,
  type EntryEventName,
} from '@tieout/events';
import { hashOfId } from './verify-findings';
import { Likely, literal, literalOf, Scan, type Literal } from './verify-scan';

/** What a leg is besides its amount and day. There is one object for one text. */
export interface LegText {
  readonly account: string;
  readonly movement: string;
  readonly unit: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Dense, from 0. */
  readonly id: number;
}

/** What was read last: one object, filled anew for each text. */
export interface EntryText {
  name: string;
  /** Made when it is asked for. */
  readonly entry: string;
  /** `hashOfId` of the entry. */
  hash: number;
  date: string;
  amount: string;
  allocation: string;
  stream: string;
  revision: number;
  position: number;
  /** How many legs; the lists below may be longer. */
  count: number;
  readonly legs: LegText[];
  /** Whole minor units, debit positive: safe integers. */
  readonly minors: number[];
}

/** Entries of one body at version 1. A reversal has more to say, and an opening is dated before the first period. */
const names = entryEventNames.filter(
  (each: EntryEventName) => each !== 'OpeningBalanceRecorded' && currentVersion(each) === 1,
);

// What stands between the texts, from behind the closing quote of the one before.
const actor = literal('{"actor":"');
const causation = literal(',"causationId":"');
const correlation = literal(',"correlationId":"');
const id = literal(',"id":"');
const nameKey = literal(',"name":"');
const named = names.map((each) => literal(`${each}","payload":{"date":"`));
const dash = literal('-');
const bases = ['disclosed', 'period-end'].map((each) => literal(`","dateBasis":"${each}","description":"`));
const entryKey = literal(',"entry":"');
const postings = literal(',"postings":[');
const minor = literal('"minor":"');
const comma = literal(',');
const closing = literal('}');
const provenance = literal('],"provenance":{"allocation":"');
const allocations = ['given', 'conditional', 'assumed'];
const allocated = allocations.map((each) => literal(`${each}","amount":"`));
const amounts = ['disclosed', 'derived', 'assumed'];
const amounted = amounts.map((each) => literal(`${each}","reasoning":"`));
const source = literal(',"source":[');
const position = literal(']}},"position":');
const recordedAt = literal(',"recordedAt":"');
const revision = literal(',"revision":');
const stream = literal(',"stream":"');
const version = literal(',"version":1}');

/** A leg as it is known again by its bytes: those before and behind its amount. */
interface KnownLeg extends LegText {
  readonly before: Literal;
  readonly after: Literal;
  /** The leg that came after it the last time. */
  next: KnownLeg | undefined;
}

/** Texts of legs that are remembered. An import may give each leg an expression of its own. */
const MOST = 50_000;

export function entryReader() {
  const scan = new Scan();
  let [entryFrom, entryUntil] = [0, 0];
  const read: EntryText = {
    ...{ name: '', hash: 0, date: '', amount: '', allocation: '', stream: '' },
    ...{ revision: 0, position: 0, count: 0, legs: [], minors: [] },
    get entry() {
      return scan.slice(entryFrom, entryUntil).toString();
    },
  };
  let known = new Map<string, Map<string, KnownLeg>>();
  let ids = 0;
  /** The leg that came first the last time, by the name of the event. */
  const firsts = new Map<number, KnownLeg>();
  const dates = new Map<number, string>();
  let streamBytes = Buffer.alloc(0);
  const [actors, reasonings, times, streams] = [new Likely(), new Likely(), new Likely(), new Likely()];

  /** Reads a date, not whether it is in the calendar. */
  function date(): boolean {
    const year = scan.digits(4);
    if (!scan.is(dash)) return false;
    const month = scan.digits(2);
    if (!scan.is(dash)) return false;
    const number = year * 10_000 + month * 100 + scan.digits(2);
    if (Number.isNaN(number)) return false;
    let text = dates.get(number);
    if (text === undefined) dates.set(number, (text = scan.slice(scan.at - 10, scan.at).toString()));
    read.date = text;
    return true;
  }

  /** Reads a leg. It is likely the one that came after the one before it the last time. */
  function leg(guess: KnownLeg | undefined): KnownLeg | undefined {
    const from = scan.at;
    if (guess && scan.is(guess.before)) {
      const amount = scan.amount();
      if (!Number.isNaN(amount) && scan.is(guess.after)) return taken(guess, amount);
    }
    const key = scan.find(minor, from);
    if (key === -1) return undefined;
    scan.at = key + minor.length;
    const before = scan.slice(from, scan.at);
    const amount = scan.amount();
    const [behind, end] = [scan.at, scan.find(closing, scan.at) + 1];
    if (Number.isNaN(amount) || end === 0) return undefined;
    const found = legOf(before, scan.slice(behind, end));
    if (!found) return undefined;
    scan.at = end;
    return taken(found, amount);
  }

  function taken(found: KnownLeg, amount: number): KnownLeg {
    read.legs[read.count] = found;
    read.minors[read.count] = amount;
    read.count += 1;
    scan.see(found.before.ascii && found.after.ascii);
    return found;
  }

  /** The leg whose text is the amount between these two; none where that is no leg. */
  function legOf(before: Buffer, after: Buffer): KnownLeg | undefined {
    const [from, until] = [before.toString(), after.toString()];
    const found = known.get(from)?.get(until);
    if (found) return found;
    const parsed = parsedLeg(from, until);
    if (!parsed) return undefined;
    if (ids % MOST === MOST - 1) known = new Map();
    const ofBefore = known.get(from) ?? new Map<string, KnownLeg>();
    known.set(from, ofBefore);
    const { account, movement, unit, dimensions = {} } = parsed;
    const made: KnownLeg = {
      ...{ account, movement, unit, dimensions, id: ids++ },
      ...{ before: literalOf(before), after: literalOf(after), next: undefined },
    };
    ofBefore.set(until, made);
    return made;
  }

  function legs(name: number): boolean {
    read.count = 0;
    let last = leg(firsts.get(name));
    if (!last) return false;
    firsts.set(name, last);
    while (scan.is(comma)) {
      const next = leg(last.next);
      if (!next) return false;
      last = last.next = next;
    }
    return read.count >= 2;
  }

  function sources(): boolean {
    if (scan.is(position)) return true;
    do if (!(scan.whole() > 0)) return false;
    while (scan.is(comma));
    return scan.is(position);
  }

  return {
    /** What the body says, until the next is read; nothing where it is not of the plain form. */
    read({ bytes, filed }: Pick<ReadBody, 'bytes' | 'filed'>): EntryText | undefined {
      // Behind the zero byte.
      scan.start(bytes);
      if (!scan.is(actor) || !actors.text(scan)) return undefined;
      if (scan.is(causation) && !scan.text()) return undefined;
      if (scan.is(correlation) && !scan.text()) return undefined;
      if (!scan.is(id) || !scan.text()) return undefined;
      let alike = filed ? scan.along(scan.from, scan.until, filed, 0) : 0;
      const name = scan.is(nameKey) ? scan.oneOf(named) : -1;
      if (name === -1 || !date() || scan.oneOf(bases) === -1 || !scan.name()) return undefined;
      if (!scan.is(entryKey) || !scan.name()) return undefined;
      entryFrom = scan.from;
      entryUntil = scan.until;
      if (!scan.is(postings) || !legs(name) || !scan.is(provenance)) return undefined;
      const allocation = scan.oneOf(allocated);
      const amount = allocation === -1 ? -1 : scan.oneOf(amounted);
      if (amount === -1 || !reasonings.text(scan) || !scan.is(source) || !sources()) return undefined;
      read.position = scan.whole();
      if (!scan.is(recordedAt) || !times.text(scan) || !scan.is(revision)) return undefined;
      read.revision = scan.whole();
      const [revisionFrom, revisionUntil] = [scan.from, scan.until];
      if (Number.isNaN(read.position + read.revision) || !scan.is(stream) || !streams.text(scan))
        return undefined;
      const { from, until } = scan;
      if (until === from || !scan.is(version) || !scan.ended || !scan.sound) return undefined;
      if (filed) {
        alike = scan.along(from, until, filed, behindZero(filed, alike));
        alike = scan.along(revisionFrom, revisionUntil, filed, behindZero(filed, alike));
        alike = scan.along(entryFrom, entryUntil, filed, behindZero(filed, alike));
        if (alike !== filed.length) return undefined;
      }
      if (scan.along(from, until, streamBytes, 0) !== streamBytes.length) {
        streamBytes = Buffer.from(scan.slice(from, until));
        read.stream = streamBytes.toString();
      }
      read.name = names[name] as string;
      read.allocation = allocations[allocation] as string;
      read.amount = amounts[amount] as string;
      read.hash = hashOfId(scan.bytes, entryFrom, entryUntil);
      return read;
    },
  };
}

/** The place behind the zero byte that is due at this one; -1: none is there. */
const behindZero = (bytes: Uint8Array, at: number): number => (at >= 0 && bytes[at] === 0 ? at + 1 : -1);

/**
 * A leg with another amount in the place of its own, so that one answer holds for all amounts: two of them, lest the
 * place be within another text that happens to read like it.
 */
function parsedLeg(before: string, after: string) {
  const read = ['1', '2'].map((minor) => {
    const written = before + minor + after;
    try {
      const leg = postingPayload.safeParse(JSON.parse(written));
      return leg.success && leg.data.minor === minor && canonical(leg.data) === written
        ? leg.data
        : undefined;
    } catch {
      return undefined;
    }
  });
  return read.every((leg) => leg !== undefined) ? read[0] : undefined;
}
