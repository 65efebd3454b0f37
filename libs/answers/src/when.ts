/**
 * What is asked for: a statement by its name, and the day or period that it is asked of.
 */
import { refuse } from '@tieout/events';
import { isCalendarDay, periodOf } from '@tieout/ledger';
import type { Layout, When } from '@tieout/statements';
import type { Ledger, Session } from './session';
import { suggestion } from './suggestion';

/** The layout of a statement id, of a short command name, or of a note's number. */
export function layoutOf({ book }: Pick<Ledger, 'book'>, asked: string): Layout {
  const { layouts } = book;
  const found = layouts.find(
    ({ id, command }) => id === asked || command === asked || id === `note-${asked}`,
  );
  if (found) return found;
  const names = layouts.flatMap(({ id, command }) => (command ? [id, command] : [id]));
  return refuse('E601', `the book ${book.id} has no statement "${asked}"`, {
    notes: [`it has ${names.join(', ')}`],
    help: suggestion(asked, names, 'tieout statement ID, with one of these ids'),
  });
}

/** What `--at` and `--period` ask for. */
export function whenOf(session: Pick<Session, 'axes' | 'book'>): When {
  const { at, period } = session.axes;
  const { periods } = session.book.chart;
  if (at !== undefined && period !== undefined)
    refuse('E602', '--at and --period contradict each other', { help: 'give one of them' });
  if (period !== undefined) {
    const ids = periods.map(({ id }) => id);
    if (!ids.includes(period)) {
      refuse('E601', `the book has no period "${period}"`, {
        notes: [`it has ${ids.join(', ')}`],
        help: suggestion(period, ids, 'give one of these'),
      });
    }
    return { kind: 'period', period };
  }
  if (at === undefined) return { kind: 'as-laid-out' };
  const first = periods[0];
  const last = periods.at(-1);
  if (!isCalendarDay(at)) refuse('E602', `--at takes a day of the calendar, like 2022-06-30, not "${at}"`);
  if (!periodOf(at, session.book.chart)) {
    refuse('E602', `${at} is in no period of the book`, {
      help: `it runs from ${first?.from} to ${last?.to}`,
    });
  }
  return { kind: 'day', day: at };
}
