/**
 * The axis of days: every day apart, none, or up to the next boundary day.
 *
 * A statement asks for balances at the ends of periods and for what moved between them, so a book of many years needs
 * a cell per boundary and not per day. A leg stands at the first boundary on or after its day; beyond the last, at its
 * day. Invariant: what is closing at a boundary is closing there of every day; opening and movement follow.
 *
 *     boundaries 2021-12-31, 2022-06-30:   2022-01-01 → 2022-06-30   2022-06-30 → 2022-06-30   2022-07-01 → 2022-07-01
 */
import { boundaryOf, dayBefore, speaksFor } from '@tieout/ledger';

/** True: each day; false: none; a list: boundary days. */
export type DayAxis = boolean | readonly string[];

/** Boundaries once each and in order; without any, each day is beyond the last, and that is every day. */
export function orderedDays(axis: DayAxis): DayAxis {
  if (typeof axis === 'boolean') return axis;
  return axis.length === 0 ? true : [...new Set(axis)].sort();
}

/** Where a day stands on an axis of ordered days: '' where there is none. */
export function dayOn(axis: DayAxis): (day: string) => string {
  if (typeof axis === 'boolean') return axis ? (day) => day : () => '';
  const known = new Map<string, string>();
  return (day) => {
    let on = known.get(day);
    if (on === undefined) known.set(day, (on = boundaryOf(day, axis)));
    return on;
  };
}

/**
 * Can the cells of one axis be coarsened to the other? To boundaries only where the cells end at each of them, and
 * where the last is the same: the days beyond it must still be told apart.
 */
export function daysWithin(fewer: DayAxis, more: DayAxis): boolean {
  if (fewer === false || more === true) return true;
  if (more === false || fewer === true) return false;
  return fewer.every((day) => more.includes(day)) && fewer[fewer.length - 1] === more[more.length - 1];
}

/** Does the axis tell the legs up to the close of this day from those after it? */
export const closesAt = (day: string, axis: DayAxis): boolean =>
  typeof axis === 'boolean' ? axis : speaksFor(day, axis);

/** Does it tell the legs from this day on from those before it? */
export const opensAt = (day: string, axis: DayAxis): boolean =>
  axis === true || (axis !== false && closesAt(dayBefore(day), axis));
