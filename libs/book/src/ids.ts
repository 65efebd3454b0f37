/**
 * Ids and days: the texts that other texts are built from, held to their form.
 */
import { isCalendarDay } from '@tieout/ledger';
import { problem, type Fields } from './yaml-fields';

/** A name that ids are built from: it must not hold what separates them. */
export function idOf(fields: Fields, what: string, key = 'id'): string {
  const id = fields.text(key);
  if (/[\s@()+,]/.test(id))
    problem(fields.at(key), 'E107', `${what} "${id}": an id has no spaces and none of @ ( ) + ,`);
  return id;
}

/** Reports (E108) the second and later of equal names. */
export function once(seen: Set<string>, name: string, tell: () => void): void {
  if (name === '') return;
  if (seen.has(name)) tell();
  seen.add(name);
}

/** An ISO day that must be there; '' when it is not, or is none. */
export function dayOf(fields: Fields, key: string): string {
  const day = fields.text(key);
  if (day === '' || (/^\d{4}-\d\d-\d\d$/.test(day) && isCalendarDay(day))) return day;
  problem(fields.at(key), 'E107', `"${key}" is ${day}, which is no day of the calendar`, {
    help: 'write days like 2022-06-30',
  });
  return '';
}

/** A time that may be there, ISO 8601 in UTC; undefined when it is not, or is none. */
export function timeOf(fields: Fields, key: string): string | undefined {
  const time = fields.maybeText(key);
  if (time === undefined || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(time)) {
    if (time === undefined || !Number.isNaN(Date.parse(time))) return time;
  }
  problem(fields.at(key), 'E107', `"${key}" is ${time}, which is no time like 2022-08-25T00:00:00.000Z`);
  return undefined;
}
