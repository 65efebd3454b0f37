/**
 * The events of the log, a line each: when, what, of what, and how much. Nothing is summed away: postings are in `entries`
 * and in the events themselves.
 */
import type { LogDocument, LogLineDocument } from '@tieout/documents';
import { carriesEntry, type LedgerEvent } from '@tieout/events';
import { entryFromEvent } from '@tieout/ledger';
import { Journal, type JournalEvent } from '@tieout/projections';
import { debitsOf, inBookUnit, type EventsPage } from './journal';
import type { Ledger, Session } from './session';

/** What an event is about, and what it says of it. */
function subjectOf(event: LedgerEvent): { date?: string; subject: string; text: string } {
  switch (event.name) {
    case 'BookOpened': {
      const { book, entity, journal } = event.payload;
      return { subject: book, text: `${entity}, ${journal.length} journal files` };
    }
    case 'PeriodOpened': {
      const { from, period, opening } = event.payload;
      return { date: from, subject: period, text: `opening asserted of ${opening.length} accounts` };
    }
    case 'PeriodClosed': {
      const { period, closing } = event.payload;
      return { subject: period, text: `closing asserted of ${closing.length} accounts` };
    }
    case 'PeriodReopened':
      return { subject: event.payload.period, text: event.payload.reason };
    case 'FactRecorded': {
      const { fact, of, value, unit } = event.payload;
      return { subject: `${fact}@${of}`, text: `${value} ${unit}` };
    }
    case 'RepairConfirmed':
      return { subject: event.payload.figure, text: event.payload.reason };
    case 'BreakExplained':
    case 'ExplanationProposed':
      return { subject: event.payload.subject, text: `${event.payload.cause}: ${event.payload.reason}` };
    default: {
      const { date, entry, description } = event.payload;
      return { date, subject: entry, text: description };
    }
  }
}

/** The line of an event; `amount` in the unit of the book, where it carries an entry. */
export function logLine({ stored, event }: JournalEvent, ledger: Pick<Ledger, 'book'>): LogLineDocument {
  const { position, recordedAt, actor } = stored;
  return {
    ...{ position, event: event.name, ...subjectOf(event) },
    ...(carriesEntry(event) ? { amount: inBookUnit(debitsOf(entryFromEvent(event)), ledger) } : {}),
    ...{ recordedAt, actor },
  };
}

/** A part of the log, in its order. */
export async function logDocument(session: Session, { after = -1, limit }: EventsPage): Promise<LogDocument> {
  const { book, basis, revision, projections } = session;
  const lines: LogLineDocument[] = [];
  const until = Math.min(after + 1 + limit, revision);
  for await (const some of projections.get(Journal).events({ from: after + 1, until }))
    lines.push(...some.map((each) => logLine(each, session)));
  return {
    schema: 'tieout.log/1',
    ...{ book: book.id, basis, revision, amounts: book.amountUnit.text, lines },
  };
}
