/**
 * Totals are scaled, then shared out with nothing lost.
 *
 * `shareBySign`: the legs that a driver scales. Debits and credits among them each get the part of their side's total, so
 * that a clearing account that was nil stays nil to the last fen. `shareNet`: the other legs of an entry, which take what
 * is left over in proportion to their signed amounts.
 *
 *     legs 520,187  22,099  (103), scaled by +20%  →  104,037.40  4,419.80  (20.60)
 */
import { allocate, canonicalMinor, negateMinor, subtractMinor, sumMinor, type Minor } from '@tieout/money';
import { partOf, type Rational } from './rational';

/** What each leg changes by when all of them are scaled by 1 + `change`. Foots to the change of their net total. */
export function shareBySign(legs: readonly Minor[], change: Rational): readonly Minor[] {
  const side = (sign: 1 | -1): Minor[] =>
    legs.map((leg) => (leg > 0 === sign > 0 && leg !== 0 ? (sign > 0 ? leg : negateMinor(leg)) : 0));
  const [debits, credits] = [side(1), side(-1)];
  const none = (weights: readonly Minor[]): boolean => weights.every((weight) => weight === 0);
  const net = partOf(sumMinor(legs), change);
  const debit = none(credits) ? net : none(debits) ? 0 : partOf(sumMinor(debits), change);
  const ofDebits = allocate(debit, debits);
  const ofCredits = allocate(subtractMinor(debit, net), credits);
  return legs.map((leg, index) => (leg > 0 ? ofDebits[index]! : negateMinor(ofCredits[index]!)));
}

/**
 * `total` shared over signed weights whose net is not nil: exact shares rounded down, the minor units left over to the
 * largest remainders. Foots to the total. Undefined where the weights net to nil.
 */
export function shareNet(total: Minor, weights: readonly Minor[]): readonly Minor[] | undefined {
  const net = BigInt(sumMinor(weights));
  if (net === 0n) return undefined;
  const sign = net < 0n ? -1n : 1n;
  const shares = weights.map((weight, index) => {
    const product = BigInt(total) * BigInt(weight) * sign;
    const under = net * sign;
    const remainder = ((product % under) + under) % under;
    return { index, part: (product - remainder) / under, remainder };
  });
  let left = BigInt(total) - shares.reduce((sum, { part }) => sum + part, 0n);
  for (const share of [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  )) {
    if (left <= 0n) break;
    share.part += 1n;
    left -= 1n;
  }
  return shares.map(({ part }) => canonicalMinor(part));
}
