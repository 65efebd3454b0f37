/**
 * The journal: events as the log has them, entries a page at a time, and one entry with where it comes from.
 *
 * Pages are in log order, from a position on, so that an event that is appended meanwhile moves none of them. Invariant:
 * going on with `next` until there is none shows every entry that was asked for, once.
 */
import type { EntriesDocument, EntryDocument, EventsDocument, FeedsDocument } from '@tieout/documents';
import { carriesEntry, refuse, type StoredEvent } from '@tieout/events';
import { entryFromEvent, type Entry, type Posting } from '@tieout/ledger';
import { addMinor, formatMinor, minorToUnit, parseUnit, type Minor } from '@tieout/money';
import { Journal, Periods, type JournalEvent, type JournalLine } from '@tieout/projections';
import { movedFacts, tiesAbout } from '@tieout/proof';
import type { Checked } from './checked';
import type { Ledger, Session } from './session';
import { suggestion } from './suggestion';

/** An amount in the unit of the book, as a decimal string. */
export function inBookUnit(minor: Minor, { book }: Pick<Ledger, 'book'>): string {
  const unit = parseUnit(book.amountUnit.text);
  return unit ? minorToUnit(minor, unit, book.chart.minorDigits) : formatMinor(minor);
}

/** Debits of an entry: its size. */
export const debitsOf = ({ postings }: Pick<Entry, 'postings'>): Minor =>
  postings.reduce<Minor>((sum, { minor }) => (minor > 0 ? addMinor(sum, minor) : sum), 0);

/** Of so many entries a misspelt one is looked for by its letters. */
const SEARCHED = 10_000;

/** An entry by its id. Refuses (E210) one that the log does not have. */
export async function lineOfEntry(session: Session, id: string): Promise<JournalLine> {
  const journal = session.projections.get(Journal);
  const found = await journal.line(id);
  if (found) return found;
  const ids: string[] = [];
  if (session.revision <= SEARCHED)
    for await (const lines of journal.entries()) ids.push(...lines.map(({ entry }) => entry.id));
  return refuse('E210', `no entry "${id}" is in the log`, {
    help: suggestion(id, ids, 'tieout log lists the entries'),
  });
}

/** The document of `tieout show ENTRY --json`. */
export async function entryDocument(session: Session, id: string): Promise<EntryDocument> {
  const { projections, replay, book, basis } = session;
  const { entry, position, recordedAt, actor } = await lineOfEntry(session, id);
  const reversedBy = replay.stateOf(projections.get(Periods)).reversed.get(id);
  return {
    schema: 'tieout.entry/1',
    ...entry,
    postings: entry.postings.map((posting) => ({
      ...posting,
      dimensions: { ...posting.dimensions },
      minor: formatMinor(posting.minor),
      ...named(posting, session),
    })),
    position,
    recordedAt,
    actor,
    ...(reversedBy ? { reversedBy } : {}),
    basis,
    amounts: book.amountUnit.text,
  };
}

function named({ account, movement, minor }: Posting, session: Session) {
  const { accounts, movements } = session.book.chart;
  return {
    amount: inBookUnit(minor, session),
    accountName: accounts.get(account)?.name ?? account,
    movementName: movements.get(movement)?.name ?? movement,
  };
}

/** A part of the log. */
export interface EventsPage {
  /** Only those after this position. */
  readonly after?: number;
  readonly limit: number;
}

/** Events in log order, raw: `tieout log --json`, a part of it. */
export async function eventsDocument(
  session: Session,
  { after = -1, limit }: EventsPage,
): Promise<EventsDocument> {
  const found: StoredEvent[] = [];
  const until = Math.min(after + 1 + limit, session.revision);
  for await (const some of session.projections.get(Journal).events({ from: after + 1, until }))
    found.push(...some.map(({ stored }) => stored));
  return found.map((stored) => ({ ...stored, payload: stored.payload as Record<string, unknown> }));
}

/** Which entries; what is not said filters nothing. */
export interface EntriesAsked {
  readonly account?: string | undefined;
  readonly event?: string | undefined;
  readonly period?: string | undefined;
  /** Days, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly actor?: string | undefined;
  /** In the id or the description, whatever the case. */
  readonly q?: string | undefined;
  /** The position to go on after, in the order of the list. */
  readonly after?: number | undefined;
  readonly limit: number;
  readonly order: 'oldest' | 'newest';
  /** Events that are read at a time. */
  readonly together?: number;
}

/** So often it is read for one page: a page may be short, and says where to go on. */
const READS = 20;

/** A page of entries. Refuses (E601) a period that the book does not have. */
export async function entriesDocument(session: Session, asked: EntriesAsked): Promise<EntriesDocument> {
  const { book, projections, replay, basis, revision } = session;
  const { reversed } = replay.stateOf(projections.get(Periods));
  const { found, next } = await pageOf(session, asked);
  const entries = found.flatMap(({ stored: { position, recordedAt, actor }, event }) => {
    if (!carriesEntry(event)) return [];
    const entry = entryFromEvent(event);
    const { id, date, description, provenance, reverses } = entry;
    const reversedBy = reversed.get(id);
    return {
      ...{ position, id, event: entry.event, date, description },
      debits: inBookUnit(debitsOf(entry), session),
      postings: entry.postings.map((posting) => {
        const { accountName, amount } = named(posting, session);
        return { account: posting.account, accountName, movement: posting.movement, amount };
      }),
      source: provenance.source,
      ...{ recordedAt, actor },
      ...(reverses === undefined ? {} : { reverses }),
      ...(reversedBy === undefined ? {} : { reversedBy }),
    };
  });
  return {
    schema: 'tieout.entries/1',
    ...{ book: book.id, basis, revision, amounts: book.amountUnit.text, order: asked.order, entries },
    ...(next === undefined ? {} : { next }),
  };
}

async function pageOf(
  session: Session,
  asked: EntriesAsked,
): Promise<{ readonly found: readonly JournalEvent[]; readonly next?: number }> {
  const { account, event, order, limit, together = 1024 } = asked;
  const { revision } = session;
  const newest = order === 'newest';
  const start = Math.min(newest ? (asked.after ?? revision) : (asked.after ?? -1) + 1, revision);
  const wanted = wantedBy(asked, session);
  const journal = session.projections.get(Journal);
  const found: JournalEvent[] = [];
  // Sealed pages know where accounts and names are, so that far can be looked; of all else every event is read.
  const known = account !== undefined || event !== undefined;
  const end = newest ? 0 : revision;
  for (let [at, step] = [start, together]; at !== end; step *= known ? 2 : 1) {
    const [from, until] = newest ? [Math.max(0, at - step), at] : [at, Math.min(at + step, revision)];
    at = newest ? from : until;
    const some: JournalEvent[] = [];
    for await (const each of journal.events({ account, event, from, until }))
      some.push(...each.filter(wanted));
    for (const each of newest ? some.reverse() : some) {
      found.push(each);
      // One more than the page holds says that there is more.
      if (found.length > limit)
        return { found: found.slice(0, limit), next: found[limit - 1]!.stored.position };
    }
    if (!known && Math.abs(at - start) >= READS * together && at !== end)
      return { found, next: newest ? at : at - 1 };
  }
  return { found };
}

/** What a page is filtered by beside accounts and names. */
function wantedBy({ period, from, to, actor, q }: EntriesAsked, { book }: Session) {
  const { periods } = book.chart;
  const span = period === undefined ? undefined : periods.find(({ id }) => id === period);
  if (period !== undefined && !span) {
    const ids = periods.map(({ id }) => id);
    refuse('E601', `the book has no period "${period}"`, {
      help: suggestion(period, ids, `it has ${ids.join(', ')}`),
    });
  }
  const [first, last] = [
    [from, span?.from],
    [to, span?.to],
  ].map((days) => days.filter((day) => day !== undefined));
  const text = q?.toLowerCase();
  return ({ stored, event }: JournalEvent): boolean => {
    if (!carriesEntry(event)) return false;
    const { entry, date, description } = event.payload;
    return (
      (actor === undefined || stored.actor === actor) &&
      (first ?? []).every((day) => date >= day) &&
      (last ?? []).every((day) => date <= day) &&
      (text === undefined || `${entry}\n${description}`.toLowerCase().includes(text))
    );
  };
}

/** The published figures that an entry moves, with their states, and the ties that hold these. */
export async function feedsDocument(
  session: Session,
  id: string,
  { check, world }: Pick<Checked, 'check' | 'world'>,
): Promise<FeedsDocument> {
  const { entry } = await lineOfEntry(session, id);
  const facts = new Set(check.figures.map(({ figure }) => figure.fact));
  const moved = movedFacts(facts, [entry], world);
  const figures = check.figures.filter(({ figure }) => moved.has(figure.fact));
  return {
    schema: 'tieout.feeds/1',
    ...{ entry: id, revision: session.revision },
    figures: figures.map(({ figure, state }) => {
      const { id: figureId, fact, statement, label } = figure;
      return { id: figureId, fact, statement, label, state };
    }),
    ties: tiesAbout(check, moved).map(({ tie, state }) => ({ id: tie.id, kind: tie.kind, state })),
  };
}
