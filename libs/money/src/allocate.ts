/**
 * Dividing an amount into parts with nothing lost: largest remainder.
 *
 * Every part gets its exact share rounded towards zero; the minor units left over go one each to the parts with the
 * largest remainders, the earlier part first where remainders are equal. The parts foot to the total, always.
 *
 *     100 over 1, 1, 1 → 34, 33, 33
 */
import { canonicalMinor, type Minor } from './minor';

/**
 * Parts of `total` in the proportion of `weights`, in their order. A weight is nil or positive, and its part of a
 * negative total is the negative of that of the positive one. Throws RangeError on a negative weight, or where
 * there is an amount and nothing to weigh it by.
 */
export function allocate(total: Minor, weights: readonly Minor[]): readonly Minor[] {
  const sizes = weights.map((weight) => BigInt(weight));
  if (sizes.some((size) => size < 0n)) throw new RangeError('a weight is negative');
  const whole = sizes.reduce((sum, size) => sum + size, 0n);
  const amount = BigInt(total);
  if (whole === 0n) {
    if (amount !== 0n) throw new RangeError(`nothing to allocate ${amount} by: the weights sum to nil`);
    return sizes.map(() => 0);
  }
  const sign = amount < 0n ? -1n : 1n;
  const shares = sizes.map((size, index) => {
    const product = amount * sign * size;
    return { index, part: product / whole, remainder: product % whole };
  });
  const left = shares.reduce((rest, share) => rest - share.part, amount * sign);
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const share of byRemainder.slice(0, Number(left))) share.part += 1n;
  return shares.map((share) => canonicalMinor(share.part * sign));
}
