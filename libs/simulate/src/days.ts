/**
 * Days of a simulated ledger: the business days, Monday to Friday, that an entry's parts may be dated.
 *
 * A day that the document discloses is a fact and stays. Where it names only the period, the parts fall on the business
 * days from the period's first to the entry's own day, so that no balance at the end of a period changes.
 */
import { periodOfEntry, type Chart, type Entry } from '@tieout/ledger';

const dayMs = 86_400_000;

/** Mondays to Fridays from one day to another, both included; ISO dates. Holidays are not looked up. */
export function businessDays(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let time = Date.parse(`${from}T00:00:00Z`); time <= Date.parse(`${to}T00:00:00Z`); time += dayMs) {
    const day = new Date(time);
    const weekday = day.getUTCDay();
    if (weekday !== 0 && weekday !== 6) days.push(day.toISOString().slice(0, 10));
  }
  return days;
}

/** The days that the parts of an entry fall on, in order; its own day where there is no business day. */
export function daysOf(entry: Entry, chart: Chart): readonly string[] {
  const period = periodOfEntry(entry, chart);
  if (entry.dateBasis === 'disclosed' || !period) return [entry.date];
  const days = businessDays(period.from, entry.date);
  return days.length > 0 ? days : [entry.date];
}
