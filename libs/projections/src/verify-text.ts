/**
 * An entry's event read straight from its stored text, where the text is of the plain form that nearly all have.
 *
 * A verification reads every event, so what it costs is what reading costs. The text is canonical JSON (RFC 8785), so an
 * entry has one spelling; this reader knows that spelling and takes nothing else. Invariant: what it takes is canonical,
 * is at today's version and keeps the schema of an entry, and is read as `decode` reads it. What it does not take
 * (characters with escapes, amounts above fifteen digits, reversals, periods, all that is wrong) is for the slow way,
 * which judges it.
 *
 *     {"actor":…,"payload":{"date":"2022-06-30",…,"postings":[{"account":"cash","minor":"-5","movement":…
 */
import {
  canonical,
  currentVersion,
  entryEventNames,
  postingPayload,
  type EntryEventName,
} from '@tieout/events';

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
  entry: string;
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

// No escapes, control characters or surrogates: such a text stands in JSON as it is.
const character = '[^"\\\\\\x00-\\x1f\\ud800-\\udfff]';
const [text, name] = [`"${character}*"`, `"${character}+"`];
const captured = `"(${character}+)"`;
const [whole, positive] = ['(0|[1-9]\\d{0,14})', '[1-9]\\d{0,14}'];

const head = new RegExp(
  `\\{"actor":${text},(?:"causationId":${text},)?(?:"correlationId":${text},)?"id":${text},"name":"([A-Za-z]+)",` +
    `"payload":\\{"date":"(\\d{4}-\\d\\d-\\d\\d)","dateBasis":"(?:disclosed|period-end)","description":${name},` +
    `"entry":${captured},"postings":\\[`,
  'y',
);
const tail = new RegExp(
  `\\],"provenance":\\{"allocation":"(given|conditional|assumed)","amount":"(disclosed|derived|assumed)",` +
    `"reasoning":${text},"source":\\[(?:${positive}(?:,${positive})*)?\\]\\}\\},"position":${whole},"recordedAt":${text},` +
    `"revision":${whole},"stream":${captured},"version":1\\}$`,
  'y',
);

/** Entries of one body at version 1. A reversal has more to say, and an opening is dated before the first period. */
const plain: ReadonlySet<string> = new Set(
  entryEventNames.filter(
    (each: EntryEventName) => each !== 'OpeningBalanceRecorded' && currentVersion(each) === 1,
  ),
);

/** Texts of legs that are remembered. An import may give each leg an expression of its own. */
const MOST = 50_000;

const MINOR = '"minor":"';

export function entryReader() {
  const read: EntryText = {
    ...{ name: '', entry: '', date: '', amount: '', allocation: '', stream: '' },
    ...{ revision: 0, position: 0, count: 0, legs: [], minors: [] },
  };
  let known = new Map<string, Map<string, LegText | undefined>>();
  let ids = 0;

  /** The leg whose text is the amount between these two; none where that is no leg. */
  function legOf(before: string, after: string): LegText | undefined {
    const found = known.get(before)?.get(after);
    if (found) return found;
    const leg = parsedLeg(before, after);
    if (!leg) return undefined;
    if (ids % MOST === MOST - 1) known = new Map();
    // Copied: a piece of a longer text keeps all of it.
    const [from, until] = [Buffer.from(before).toString(), Buffer.from(after).toString()];
    const ofBefore = known.get(from) ?? new Map<string, LegText | undefined>();
    known.set(from, ofBefore);
    const { account, movement, unit, dimensions = {} } = leg;
    const made = { account, movement, unit, dimensions, id: ids++ };
    ofBefore.set(until, made);
    return made;
  }

  return {
    /** What the text says, until the next is read; nothing where it is not of the plain form. */
    read(body: string): EntryText | undefined {
      head.lastIndex = 0;
      const begins = head.exec(body);
      if (!begins || !plain.has(begins[1] as string)) return undefined;
      let at = head.lastIndex;
      let count = 0;
      for (;;) {
        const key = body.indexOf(MINOR, at);
        if (key === -1) return undefined;
        const digits = key + MINOR.length;
        const quote = body.indexOf('"', digits);
        const end = body.indexOf('}', quote);
        const minor = minorIn(body, digits, quote);
        if (minor === undefined || end === -1) return undefined;
        const leg = legOf(body.slice(at, digits), body.slice(quote, end + 1));
        if (!leg) return undefined;
        read.legs[count] = leg;
        read.minors[count] = minor;
        count += 1;
        at = end + 1;
        if (body.charCodeAt(at) !== 44) break; // a comma
        at += 1;
      }
      if (count < 2) return undefined;
      tail.lastIndex = at;
      const ends = tail.exec(body);
      if (!ends) return undefined;
      read.count = count;
      read.name = begins[1] as string;
      read.date = begins[2] as string;
      read.entry = begins[3] as string;
      read.allocation = ends[1] as string;
      read.amount = ends[2] as string;
      read.position = Number(ends[3]);
      read.revision = Number(ends[4]);
      read.stream = ends[5] as string;
      return read;
    },
  };
}

/** The amount that stands there, as an amount is written; none where it is not, or has more than fifteen digits. */
function minorIn(body: string, from: number, until: number): number | undefined {
  const negative = body.charCodeAt(from) === 45;
  const first = negative ? from + 1 : from;
  const digits = until - first;
  if (digits < 1 || digits > 15) return undefined;
  let minor = 0;
  for (let at = first; at < until; at += 1) {
    const digit = body.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    minor = minor * 10 + digit;
  }
  if (body.charCodeAt(first) === 48) return digits === 1 && !negative ? 0 : undefined;
  return negative ? -minor : minor;
}

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
