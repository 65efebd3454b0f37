/**
 * Shares: how many parts an entry falls into, and how an amount falls into parts, with nothing lost.
 *
 *     13 parts of amounts 600, 300, 100 → 7, 4, 2
 *     1,000 in 3 parts → 412, 97, 491
 */
import { allocate, canonicalMinor, sumMinor, type Minor } from '@tieout/money';

/** What is divided into parts: by its size, and at most into so many. */
export interface Divisible {
  readonly size: Minor;
  readonly most: number;
}

/**
 * Numbers of parts that foot to `total`: each at least 1 and at most its `most`, in proportion to size as far as that
 * allows. Throws RangeError where no numbers can foot: fewer than one each, or more than all can be divided into.
 */
export function shareOut(total: number, all: readonly Divisible[]): readonly number[] {
  const most = all.reduce((sum, each) => sum + each.most, 0);
  if (total < all.length || total > most)
    throw new RangeError(`${total} parts of what falls into ${all.length} to ${most}`);
  const counts = all.map(() => 1);
  for (let left = total - all.length; left > 0;) {
    const open = all.flatMap(({ most }, index) => (counts[index]! < most ? [index] : []));
    const extra = allocate(
      left,
      open.map((index) => all[index]!.size),
    );
    open.forEach((index, place) => {
      counts[index] = Math.min(counts[index]! + Number(extra[place]), all[index]!.most);
    });
    left = total - Number(sumMinor(counts));
  }
  return counts;
}

/**
 * The next of `left` parts of a positive `rest`: whole, at least 1, about an equal part on average and below twice that;
 * the last part takes the rest. Where `rest` is at least `left`, what remains is enough for the parts that follow.
 */
export function nextPart(rest: Minor, left: number, draw: number): Minor {
  if (left === 1) return rest;
  if (typeof rest === 'number') {
    const span = 2 * Math.floor(rest / left) - 1;
    // Below 2^53 the product is exact.
    if (span <= 2 ** 33) return 1 + Math.floor((span * draw) / 2 ** 20);
  }
  const span = 2n * (BigInt(rest) / BigInt(left)) - 1n;
  return canonicalMinor(1n + ((span * BigInt(draw)) >> 20n));
}
