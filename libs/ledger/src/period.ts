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
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && leap ? 29 : (daysOfMonths[month - 1] ?? 0);
  return 1 <= day && day <= last;
}
const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The day before: an opening balance of a period stands at the close of the day before its first. */
export const dayBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/**
 * The days at whose close the books are drawn up: the day before the first period, the end of every period, and any
 * further days asked for. In order, once each.
 */
export function boundaryDays(
  { periods }: Pick<Chart, 'periods'>,
  more: readonly string[] = [],
): readonly string[] {
  const [first] = periods;
  return [
    ...new Set([...(first ? [dayBefore(first.from)] : []), ...periods.map(({ to }) => to), ...more]),
  ].sort();
}

/** The boundary by which a day is summed: the first on or after it; where there is none, the day itself. */
export function boundaryOf(day: string, boundaries: readonly string[]): string {
  let [low, high] = [0, boundaries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((boundaries[middle] ?? '') < day) low = middle + 1;
    else high = middle;
  }
  return boundaries[low] ?? day;
}

/** Can sums at these boundaries say what stood at the close of the day? At one of them, or after the last. */
export const speaksFor = (day: string, boundaries: readonly string[]): boolean =>
  boundaryOf(day, boundaries) === day;
