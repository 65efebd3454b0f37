/**
 * The verification of a range of the log: every event of it, from its stored text.
 *
 * Each is what was appended by its hash, canonical, dense in the log and in its stream, known by name and schema; its
 * entry balances, names what the book declares and keeps its posting rule; a reversal is the exact opposite of what it
 * reverses; a sealed page says exactly what its events say, and carries their root. What depends on what stands before
 * the range (is the period open? is the id new?) is handed on, in order, to whoever joins the ranges (verify-log.ts).
 *
 * Invariant: the quick way takes only what the slow way finds nothing against. It asks once what does not depend on
 * amounts: names and rule by the event's name and its legs' classes and sides, the calendar by the day.
 */
import { PageError, pageReader, pageWriter, readNames, type PageReader } from '@tieout/cube';
import { lookAt, pageLength, type EventLog, type ReadBody, type SealedPage } from '@tieout/event-log';
import {
  carriesEntry,
  decode,
  LedgerError,
  merkleRoot,
  type LedgerEvent,
  type Problem,
} from '@tieout/events';
import {
  checkEntry,
  entryFromEvent,
  fingerprint,
  periodOfEntry,
  reverseEntry,
  type Chart,
  type Entry,
} from '@tieout/ledger';
import { pageEvent } from './page-events';
import { Gathered, hashOfId, type RangeFindings } from './verify-findings';
import { pageText, type PageText } from './verify-page';
import { shapes } from './verify-shape';
import { entryReader, type EntryText } from './verify-text';

/** What is checked against. */
export interface VerifyBy {
  readonly chart: Chart;
  /** Powers of ten from the minor unit to the unit of amounts in messages. */
  readonly scale: number;
}

export interface RangeVerifier {
  /** `from` is the first event of a page. */
  verify(from: number, until: number): Promise<RangeFindings>;
}

/** Events read at a time: their texts are gone before the garbage collector has copied them. */
const TOGETHER = 256;

/** Verifies ranges of one log, one after the other. What it learns in one it remembers for the next. */
export function rangeVerifier(log: EventLog, { chart, scale }: VerifyBy): RangeVerifier {
  const reader = entryReader();
  const known = shapes(chart);
  /** Names of the sealed pages from the first on, as far as they were asked for. */
  const names: string[] = [];

  async function pagesBefore(number: number): Promise<PageReader | undefined> {
    while (names.length < number) {
      const pages = await log.readPages(names.length, Math.min(16, number - names.length));
      if (pages.length === 0) return undefined;
      names.push(...pages.map((page) => page.names));
    }
    try {
      return pageReader(readNames(names.slice(0, number)), number * pageLength);
    } catch (error) {
      if (error instanceof PageError) return undefined;
      throw error;
    }
  }

  async function verify(from: number, until: number): Promise<RangeFindings> {
    const range = new Gathered(from);
    let pages: PageText | undefined;
    const opening = await pagesBefore(from / pageLength);
    if (opening) pages = pageText(opening);
    let position = from;
    while (position < until && !range.stopped) {
      const first = position;
      const end = Math.min(first + pageLength, until);
      const sealed = pages && (await sealedPage(first));
      const open = pages && sealed ? openPage(pages, sealed, range) : false;
      const leaves: string[] = [];
      while (position < end && !range.stopped) {
        const limit = Math.min(TOGETHER, end - position);
        const { bodies, damage } = await bodiesFrom(log, position, limit);
        leaves.push(...(await verifyEvents(bodies, position, open ? pages : undefined, range)));
        position = first + leaves.length;
        for (const problem of damage) range.say('log', position, problem);
        if (bodies.length < limit || damage.length > 0) range.stopped = true;
      }
      if (leaves.length === pageLength) {
        const root = merkleRoot(leaves);
        range.roots.push(root);
        if (sealed && sealed.root !== root && !range.saidOf(first))
          range.say('page', first, rootDiffers(sealed));
      } else range.leaves.push(...leaves);
      if (sealed) range.pages += 1;
      if (pages && sealed && !open && !(await mend(log, pages, first))) pages = undefined;
    }
    return range.findings(position);
  }

  async function sealedPage(position: number): Promise<SealedPage | undefined> {
    const number = position / pageLength;
    const [page] = await log.readPages(number, 1);
    if (page && names.length === number) names.push(page.names);
    return page;
  }

  /** The leaves of the events that stand there, in order; fewer than there are bodies where one is missing. */
  async function verifyEvents(
    bodies: readonly ReadBody[],
    first: number,
    page: PageText | undefined,
    range: Gathered,
  ): Promise<string[]> {
    const leaves: string[] = [];
    const opposites: { readonly entry: Entry; readonly position: number }[] = [];
    for (const [index, each] of bodies.entries()) {
      const position = first + index;
      const ordinal = position % pageLength;
      const entry = each.hash === each.leaf ? reader.read(each) : undefined;
      if (!entry || !quickly(entry, position, ordinal, page, range)) {
        try {
          slowly(each, position, ordinal, page, range, opposites, entry);
        } catch (error) {
          if (!(error instanceof LedgerError)) throw error;
          for (const problem of error.problems) range.say('log', position, problem);
          range.stopped = true;
          break;
        }
      }
      leaves.push(each.hash);
    }
    for (const { entry, position } of opposites) await checkOpposite(entry, position, range);
    return leaves;
  }

  /** Takes an entry that nothing speaks against; false where the slow way has to say. */
  function quickly(
    entry: EntryText,
    position: number,
    ordinal: number,
    page: PageText | undefined,
    range: Gathered,
  ): boolean {
    if (entry.position !== position || !range.follows(entry.stream, entry.revision)) return false;
    const shape = known.shapeOf(entry);
    const day = known.dayOf(entry.date);
    if (!shape.sound || !day.period || !shape.balances(entry)) return false;
    if (page && !page.says(ordinal, entry, shape)) return false;
    range.step();
    range.takeEntry(entry, position, day.period);
    return true;
  }

  /** Says all that is wrong with the event. Throws at a hole. */
  function slowly(
    each: ReadBody,
    position: number,
    ordinal: number,
    page: PageText | undefined,
    range: Gathered,
    opposites: { readonly entry: Entry; readonly position: number }[],
    quick: EntryText | undefined,
  ): void {
    const { event: stored, problems } = lookAt(each, position);
    const shape = quick && problems.length === 0 ? known.shapeOf(quick) : undefined;
    if (stored) {
      const { stream, revision } = stored;
      for (const problem of range.place({ stream, revision, position })) range.say('log', position, problem);
    }
    for (const problem of problems) range.say('log', position, problem);
    if (!stored) return;
    let event: LedgerEvent;
    try {
      event = decode({ ...stored, position, leaf: each.leaf });
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      for (const problem of error.problems) range.say('entries', position, problem);
      return;
    }
    if (page && !page.holds(ordinal, event)) range.say('page', position, saysElse(event, position));
    if (!carriesEntry(event)) {
      const { name } = event;
      if (name === 'PeriodOpened' || name === 'PeriodClosed' || name === 'PeriodReopened')
        range.control({ position, event });
      return;
    }
    const entry = entryFromEvent(event);
    const at = { file: `event ${position}` };
    const wrong = checkEntry(entry, chart, { scale });
    for (const { posting: _, ...problem } of wrong) range.say('entries', position, { ...problem, at });
    if (wrong.length === 0) shape?.learn();
    const { id, date } = entry;
    const named = { entry: id, hash: hashOfId(Buffer.from(id)), date };
    range.takeEntry(named, position, periodOfEntry(entry, chart)?.id);
    if (event.name === 'EntryReversed') opposites.push({ entry, position });
  }

  /** A reversal against what it reverses. */
  async function checkOpposite(entry: Entry, position: number, range: Gathered): Promise<void> {
    const at = { file: `event ${position}` };
    const reverses = entry.reverses ?? '';
    range.reversals.push({ position, entry: entry.id, reverses });
    let reversed: Entry | undefined;
    try {
      const stored = await log.readEntry(reverses);
      const event = stored && stored.position < position ? decode(stored) : undefined;
      if (event && carriesEntry(event)) reversed = entryFromEvent(event);
    } catch (error) {
      if (error instanceof LedgerError) return; // It is damaged, and named where it stands.
      throw error;
    }
    if (!reversed) {
      const message = `entry ${entry.id}: no entry ${reverses} before it to reverse`;
      range.say('entries', position, { code: 'E210', message, at });
    } else if (
      fingerprint(reverseEntry(entry, { ...entry, reason: '' })).legs !== fingerprint(reversed).legs
    ) {
      const message = `entry ${entry.id}: EntryReversed posts the exact opposite of ${reverses}; found other postings`;
      range.say('entries', position, { code: 'E204', message, at });
    }
  }

  return { verify };
}

/** Bodies from a position on, fewer where reading fails there: then why. */
async function bodiesFrom(
  log: EventLog,
  position: number,
  limit: number,
): Promise<{ readonly bodies: readonly ReadBody[]; readonly damage: readonly Problem[] }> {
  try {
    return { bodies: await log.readBodies(position, limit), damage: [] };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    if (limit === 1) return { bodies: [], damage: error.problems };
    // Come up to the damage, so that what stands before it is looked at.
    const half = Math.floor(limit / 2);
    const before = await bodiesFrom(log, position, half);
    if (before.damage.length > 0 || before.bodies.length < half) return before;
    const after = await bodiesFrom(log, position + half, limit - half);
    return { bodies: [...before.bodies, ...after.bodies], damage: after.damage };
  }
}

/** Opens a sealed page, or says what is wrong with it. */
function openPage(pages: PageText, sealed: SealedPage, range: Gathered): boolean {
  try {
    const { count } = pages.open(sealed);
    if (count === pageLength) return true;
    range.say('cache', sealed.number * pageLength, pageProblem(sealed.number, `it holds ${count} events`));
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    range.say('cache', sealed.number * pageLength, pageProblem(sealed.number, error.message));
  }
  return false;
}

/** Seals a damaged page again from its events, so that the pages after it can be read. */
async function mend(log: EventLog, pages: PageText, first: number): Promise<boolean> {
  try {
    const events = (await log.readAll(first, pageLength)).map((each) => pageEvent(decode(each)));
    pages.open(pageWriter(pages.names).seal(first, events));
    return true;
  } catch (error) {
    if (error instanceof PageError || error instanceof LedgerError) return false;
    throw error;
  }
}

const again = 'tieout replay seals it again';

function pageProblem(number: number, why: string): Problem {
  const [first, last] = [number * pageLength, (number + 1) * pageLength - 1];
  return {
    code: 'E401',
    message: `page ${number} (events ${first} to ${last}) is damaged: ${why}`,
    help: again,
  };
}

const rootDiffers = ({ number }: SealedPage): Problem =>
  pageProblem(number, 'its root is not that of its events');

const saysElse = (event: LedgerEvent, position: number): Problem => ({
  code: 'E401',
  message: `the sealed page ${Math.floor(position / pageLength)} says something else of ${event.name} at position ${position} than the event: one of the two was altered`,
  at: { file: `event ${position}` },
  help: again,
});
