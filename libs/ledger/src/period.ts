/**
 * Periods and days: which period a day belongs to, and the day whose close is a period's opening.
 *
 * Periods of a book follow each other without gaps, so the opening of one is the closing of the one before.
 */
import type { Chart, Period } from './chart';

/** The period that holds the day, if one does. */
export const periodOf = (date: string, chart: Pick<Chart, 'periods'>): Period | undefined =>
  chart.periods.find(({ from, to }) => from <= date && date <= to);

/** Is it a day of the calendar? 2022-02-30 is not. */
export function isCalendarDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === date;
}

/** The day before: an opening balance of a period stands at the close of the day before its first. */
export const dayBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
