/**
 * The verification of a whole log, joined from its ranges in order.
 *
 * What a range cannot know by itself is judged here: that a stream goes on at the next revision, that an entry's period
 * is open at its place, that an id stands once, that an entry is reversed once. The head is the RFC 6962 root over the
 * leaves as computed. Invariant: ranges cut anywhere at ends of pages, on however many threads, give the same findings.
 */
import { misplaced, pageLength, type EventLog } from '@tieout/event-log';
import { carriesEntry, decode, LedgerError, subtreeHashes, type Problem } from '@tieout/events';
import type { AssertionBreak } from '@tieout/ledger';
import type { Control, Found, RangeFindings } from './verify-findings';

export interface LogFindings {
  /** Events read: fewer than there are where reading stopped at damage. */
  readonly length: number;
  readonly head: string;
  readonly entries: number;
  /** Sealed pages that were held against their events. */
  readonly pages: number;
  /** In log order. */
  readonly found: readonly Found[];
  /** More that was found and is not listed. */
  readonly unlisted: number;
  readonly controls: readonly Control[];
  /** As computed: the roots of whole pages, and the leaves after them. */
  readonly roots: readonly string[];
  readonly leaves: readonly string[];
}

/** Joins ranges that cover the log. What follows a range where reading stopped is left out: its places are not known. */
export async function joinRanges(log: EventLog, ranges: readonly RangeFindings[]): Promise<LogFindings> {
  const ordered = [...ranges].sort((a, b) => a.from - b.from);
  const stop = ordered.findIndex(({ stopped }) => stopped);
  const read = stop === -1 ? ordered : ordered.slice(0, stop + 1);
  const length = read.at(-1)?.until ?? 0;
  const roots = read.flatMap((range) => range.roots);
  const leaves = read.flatMap((range) => range.leaves);
  const controls = read.flatMap((range) => range.controls);
  const found: Found[] = [
    ...read.flatMap((range) => range.found),
    ...streamBreaks(read),
    ...closedPeriods(read, controls),
    ...reversedTwice(read),
    ...(await repeatedEntries(log, read)),
  ].sort((a, b) => a.position - b.position);
  return {
    ...{ length, head: rootOf(roots, leaves, length), found, controls, roots, leaves },
    entries: read.reduce((sum, { entries }) => sum + entries, 0),
    pages: read.reduce((sum, { pages }) => sum + pages, 0),
    unlisted: read.reduce((sum, { unlisted }) => sum + unlisted, 0),
  };
}

/** The head after the first `length` leaves: those of whole pages by their roots, and the ones after these. */
function rootOf(roots: readonly string[], leaves: readonly string[], length: number): string {
  const rest = leaves.slice(0, length - roots.length * pageLength);
  return subtreeHashes((index) => rest[index - roots.length * pageLength] ?? '', {
    pageLength,
    rootOfPage: (page) => roots[page],
  })(0, length);
}

/** The head of the log at an earlier length, from what was just computed; the page that it ends in is read again. */
export async function headAt(
  log: EventLog,
  { roots, leaves, length }: Pick<LogFindings, 'roots' | 'leaves' | 'length'>,
  earlier: number,
): Promise<string | undefined> {
  if (earlier > length) return undefined;
  const whole = Math.floor(earlier / pageLength);
  if (whole >= roots.length) return rootOf(roots, leaves, earlier);
  const bodies = await log.readBodies(whole * pageLength, earlier - whole * pageLength);
  return rootOf(
    roots.slice(0, whole),
    bodies.map(({ hash }) => hash),
    earlier,
  );
}

/**
 * The place before which nothing found casts a doubt: that of the first finding; or, where entries do not meet an
 * assertion and nothing found before it says why, the place after the assertion before it. A cache that is damaged by
 * itself casts none on the log.
 */
export function firstDoubt(
  { found, controls }: Pick<LogFindings, 'found' | 'controls'>,
  breaks: readonly Pick<AssertionBreak, 'event' | 'period'>[],
): number | undefined {
  const places = found.filter(({ by }) => by !== 'cache').map(({ position }) => position);
  const first = Math.min(...places);
  for (const { event: name, period } of breaks) {
    const at = controls.findIndex(({ event }) => event.name === name && event.payload.period === period);
    const broken = controls[at]?.position ?? 0;
    if (first > broken) places.push((controls[at - 1]?.position ?? -1) + 1);
  }
  return places.length === 0 ? undefined : Math.min(...places);
}

/** The periods that are closed as the log stood before this position. */
export function closedBefore(controls: readonly Control[], position: number): readonly string[] {
  const closed = new Set<string>();
  for (const { position: at, event } of controls) {
    if (at >= position) break;
    if (event.name === 'PeriodClosed') closed.add(event.payload.period);
    if (event.name === 'PeriodReopened') closed.delete(event.payload.period);
  }
  return [...closed];
}

/** A stream that does not go on in a range where the ranges before it left it. */
function streamBreaks(ranges: readonly RangeFindings[]): Found[] {
  const next = new Map<string, number>();
  const found: Found[] = [];
  for (const { streams } of ranges) {
    for (const { stream, position, first, next: after } of streams) {
      const problems = misplaced({ stream, revision: first, position }, next.get(stream) ?? 0);
      found.push(...problems.map((problem): Found => ({ by: 'log', position, problem })));
      next.set(stream, after);
    }
  }
  return found;
}

/** Entries in periods that are not open at their place: of those between two controls the first of each period. */
function closedPeriods(ranges: readonly RangeFindings[], controls: readonly Control[]): Found[] {
  const open = new Map<string, boolean>();
  const found: Found[] = [];
  let control = 0;
  for (const { dated } of ranges) {
    for (const { position, period, entry, date } of dated) {
      for (; (controls[control]?.position ?? Infinity) < position; control += 1) apply(controls[control]);
      const state = open.get(period);
      if (state === true) continue;
      const at = { file: `event ${position}` };
      const problem: Problem =
        state === false
          ? { code: 'E206', message: `period ${period} is closed; entry ${entry} is dated ${date}`, at }
          : {
              code: 'E205',
              message: `entry ${entry} is dated ${date}, and period ${period} has not been opened`,
              at,
            };
      found.push({ by: 'entries', position, problem });
    }
  }
  return found;

  function apply(each: Control | undefined): void {
    if (!each) return;
    const { name, payload } = each.event;
    // Said again after a late entry, an opening asserts anew; open or closed the period stays as it was.
    if (name !== 'PeriodOpened' || !open.has(payload.period))
      open.set(payload.period, name !== 'PeriodClosed');
  }
}

function reversedTwice(ranges: readonly RangeFindings[]): Found[] {
  const by = new Map<string, string>();
  return ranges.flatMap(({ reversals }) =>
    reversals.flatMap(({ position, entry, reverses }): Found[] => {
      const before = by.get(reverses);
      if (before === undefined) {
        by.set(reverses, entry);
        return [];
      }
      const message = `entry ${entry}: entry ${reverses} has been reversed by ${before}`;
      return [
        { by: 'entries', position, problem: { code: 'E211', message, at: { file: `event ${position}` } } },
      ];
    }),
  );
}

/** Entries whose id stands at an earlier event. The store's index is not trusted for it. */
async function repeatedEntries(log: EventLog, ranges: readonly RangeFindings[]): Promise<Found[]> {
  const hashes = new Float64Array(ranges.reduce((length, { ids }) => length + ids.length, 0));
  let at = 0;
  for (const { ids } of ranges) {
    hashes.set(ids, at);
    at += ids.length;
  }
  const twice = repeated(hashes);
  if (twice.size === 0) return [];
  const first = ranges[0]?.from ?? 0;
  const seen = new Map<string, number>();
  const found: Found[] = [];
  for (const [index, hash] of hashes.entries()) {
    if (!twice.has(hash)) continue;
    const position = first + index;
    const entry = await entryAt(log, position);
    const before = entry === undefined ? undefined : seen.get(entry);
    if (entry === undefined) continue;
    if (before === undefined) seen.set(entry, position);
    else {
      const message = `entry ${entry} stands at events ${before} and ${position}`;
      found.push({
        by: 'entries',
        position,
        problem: { code: 'E207', message, at: { file: `event ${position}` } },
      });
    }
  }
  return found;
}

/** The numbers that stand there more than once; NaN is none. A table of all of them takes a third of sorting them. */
function repeated(numbers: Float64Array): ReadonlySet<number> {
  const places = 2 ** Math.ceil(Math.log2(2 * numbers.length + 1));
  const table = new Float64Array(places).fill(NaN);
  const twice = new Set<number>();
  for (const number of numbers) {
    if (Number.isNaN(number)) continue;
    let place = number & (places - 1);
    for (; !Number.isNaN(table[place] as number); place = (place + 1) & (places - 1))
      if (table[place] === number) break;
    if (table[place] === number) twice.add(number);
    else table[place] = number;
  }
  return twice;
}

/** The id of the entry at a position; none where that cannot be read, which is found elsewhere. */
async function entryAt(log: EventLog, position: number): Promise<string | undefined> {
  try {
    const [body] = await log.readBodies(position, 1);
    const event =
      body && decode({ ...(JSON.parse(body.body) as Parameters<typeof decode>[0]), leaf: body.leaf });
    return event && carriesEntry(event) ? event.payload.entry : undefined;
  } catch (error) {
    if (error instanceof LedgerError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
