/**
 * The seed of a log: what a book says, as events in log order.
 *
 *     BOOK          BookOpened
 *     BOOK/PERIOD   PeriodOpened, FactRecorded …, the entries in file order, PeriodClosed; in the last period, before it
 *                   is closed, RepairConfirmed … and BreakExplained …
 *
 * Same book, same bytes: ids are hashes of what is said, time and actor are the book's. What a period opens and closes
 * with is folded from the entries before, so these are assertions that a replay can hold, never postings.
 */
import { seedEventId, type LedgerEvent, type NewEvent } from '@tieout/events';
import { assertionOf, balancesOf, eventFromEntry, type Balance } from '@tieout/ledger';
import type { Book } from './book';
import { periodOfFact } from './facts-reader';

/** Events for the end of one stream. */
export interface SeedSegment {
  readonly stream: string;
  readonly events: readonly NewEvent[];
}

/** The stream that a period's events are in. */
export const periodStream = (book: string, period: string): string => `${book}/${period}`;

export function seedEvents(book: Book): readonly SeedSegment[] {
  const { chart } = book;
  const said = (
    event: LedgerEvent,
    by: { readonly actor?: string; readonly recordedAt?: string } = {},
  ): NewEvent => {
    const recordedAt = by.recordedAt ?? book.recordedAt;
    return { id: seedEventId(book.id, event, recordedAt), event, recordedAt, actor: by.actor ?? book.actor };
  };
  const opened = said({
    name: 'BookOpened',
    payload: {
      book: book.id,
      entity: book.entity,
      currency: chart.currency,
      minorDigits: chart.minorDigits,
      journal: book.seedFiles.map((file) => ({ ...file })),
    },
  });

  let balances: readonly Balance[] = [];
  const periods = chart.periods.map((period, index): SeedSegment => {
    const journal = book.journal.find((each) => each.period === period.id);
    const entries = journal?.entries ?? [];
    const { id, from, to } = period;
    const events = [
      said({ name: 'PeriodOpened', payload: { period: id, from, to, opening: assertionOf(balances) } }),
    ];
    for (const { fact, value, unit, of, provenance } of book.facts) {
      if (periodOfFact({ of }, chart) === id)
        events.push(said({ name: 'FactRecorded', payload: { fact, value, unit, of, provenance } }));
    }
    for (const { entry } of entries) events.push(said(eventFromEntry(entry)));
    if (index === chart.periods.length - 1) {
      for (const { figure, reason, ...by } of book.confirmations)
        events.push(said({ name: 'RepairConfirmed', payload: { figure, reason } }, by));
      for (const { actor, recordedAt, ...payload } of book.explanations)
        events.push(said({ name: 'BreakExplained', payload }, { actor, recordedAt }));
    }
    balances = balancesOf([...balances, ...entries.flatMap(({ entry }) => entry.postings)]);
    if (journal?.close)
      events.push(said({ name: 'PeriodClosed', payload: { period: id, closing: assertionOf(balances) } }));
    return { stream: periodStream(book.id, id), events };
  });
  return [{ stream: book.id, events: [opened] }, ...periods];
}
