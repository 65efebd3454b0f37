/**
 * Where a figure meets its goal as a driver's level moves, in exact fractions.
 *
 * Two ways. On a straight side (see seek.ts) two worlds give the line, and the level is where it crosses nil. Otherwise a
 * change of sign between the present level and the end of the range is halved until it is nothing: bisection cannot leave
 * its bracket and always ends.
 */
import {
  compareRationals,
  dividedBy,
  isNilRational,
  minus,
  nil,
  one,
  plus,
  roundedTo,
  times,
  type Rational,
} from './rational';

/** What is missing to the goal at a level; undefined where the world contradicts itself, or the figure cannot be said. */
export type GapAt = (level: Rational) => Rational | undefined;

/** From the present level to an end of the range, or as far as the world holds together. */
export interface Side {
  readonly present: Rational;
  readonly end: Rational;
}

const half: Rational = { over: 1n, under: 2n };
const between = (a: Rational, b: Rational, places: number): Rational =>
  roundedTo(times(plus(a, b), half), places);
const same = (a: Rational, b: Rational): boolean => compareRationals(a, b) === 0;
const size = (a: Rational): Rational => (a.over < 0n ? { over: -a.over, under: a.under } : a);

/**
 * How far the level can go: to the end, or to the last level before it, of four places, where there is a gap to tell. What
 * holds at a level holds at every level nearer to the present one: balances move in proportion, and so do their limits.
 */
export function reach(gapAt: GapAt, { present, end }: Side): Rational {
  if (gapAt(end)) return end;
  let [holds, fails] = [present, end];
  for (;;) {
    const middle = between(holds, fails, 4);
    if (same(middle, holds) || same(middle, fails)) return holds;
    if (gapAt(middle)) holds = middle;
    else fails = middle;
  }
}

/**
 * The level where the line through both ends of the side is nil: none where it is level, or crosses on no such side. A
 * driver that works by its inverse is straight in 1 / level. `beyond`: the line may go on after the end.
 */
export function crossing(
  gapAt: GapAt,
  { present, end }: Side,
  { inverse = false, beyond = false }: { readonly inverse?: boolean; readonly beyond?: boolean } = {},
): Rational | undefined {
  const turned = (level: Rational): Rational | undefined => (inverse ? dividedBy(one, level) : level);
  const [from, to, gap, far] = [turned(present), turned(end), gapAt(present), gapAt(end)];
  const slope = from && to && gap && far && dividedBy(minus(far, gap), minus(to, from));
  const steps = slope && dividedBy(gap, slope);
  if (!slope || !steps) return undefined;
  let at = minus(from, steps);
  // How far along the side, in parts of it.
  const part = dividedBy(minus(at, from), minus(to, from));
  if (!part || part.over < 0n || (!beyond && compareRationals(part, one) > 0)) return undefined;
  let found = turned(at);
  let left = found && gapAt(found);
  // Both ends of the line were rounded to minor units: a step with the same slope takes that back, while it helps.
  for (let turn = 0; turn < 3 && left && !isNilRational(left); turn += 1) {
    const next = minus(at, dividedBy(left, slope) ?? nil);
    const level = turned(next);
    const now = level && gapAt(level);
    if (!now || compareRationals(size(now), size(left)) >= 0) break;
    [at, found, left] = [next, level, now];
  }
  return left && found;
}

/** A level of twelve places at which a change of sign between the ends is: none where both have one sign. */
export function bracketed(gapAt: GapAt, { present, end }: Side): Rational | undefined {
  let [low, high] = [present, end];
  const [near, far] = [gapAt(low), gapAt(high)];
  if (!near || !far) return undefined;
  const sign = compareRationals(near, nil);
  if (isNilRational(far)) return end;
  if (sign === compareRationals(far, nil)) return undefined;
  for (;;) {
    const middle = between(low, high, 12);
    if (same(middle, low) || same(middle, high)) return high;
    const gap = gapAt(middle);
    if (!gap) return undefined;
    if (isNilRational(gap)) return middle;
    if (compareRationals(gap, nil) === sign) low = middle;
    else high = middle;
  }
}
