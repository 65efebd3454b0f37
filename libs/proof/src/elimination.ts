/**
 * Exact elimination: the reduced echelon form of integer vectors, with neither floats nor residues.
 *
 * Vectors are sparse: coefficient by index, no zeros. Rows of the form are integer multiples of the rational ones, each
 * divided by what its coefficients have in common, so they stay small; a coefficient beyond the safe integers becomes
 * a bigint by itself.
 *
 * Invariant: each row has a positive coefficient at its pivot, and no other row has any there.
 */
import { canonicalMinor, multiplyMinor, negateMinor, subtractMinor, type Minor } from '@tieout/money';

/** An exact integer: a number where it is safe, else a bigint. */
export type Integer = Minor;

export type SparseVector = ReadonlyMap<number, Integer>;

function gcd(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    let [x, y] = [Math.abs(a), Math.abs(b)];
    while (y !== 0) [x, y] = [y, x % y];
    return x;
  }
  let [x, y] = [BigInt(a), BigInt(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return canonicalMinor(x < 0n ? -x : x);
}

/** Division without remainder. */
const exactQuotient = (a: Integer, b: Integer): Integer =>
  typeof a === 'number' && typeof b === 'number' ? a / b : canonicalMinor(BigInt(a) / BigInt(b));

/** Divides by what all coefficients have in common. */
function reduce(row: Map<number, Integer>): void {
  let common: Integer = 0;
  for (const value of row.values()) {
    common = gcd(common, value);
    if (common === 1) return;
  }
  if (common === 0) return;
  for (const [index, value] of row) row.set(index, exactQuotient(value, common));
}

/** Clears `pivot` in the target with a row that has a positive coefficient there; tells which indices came and went. */
function clear(
  target: Map<number, Integer>,
  source: SparseVector,
  pivot: number,
  moved?: (index: number, present: boolean) => void,
): void {
  const [own, other] = [source.get(pivot) ?? 1, target.get(pivot) ?? 0];
  const common = gcd(own, other);
  const scale = exactQuotient(own, common);
  const times = exactQuotient(other, common);
  if (scale !== 1) for (const [index, value] of target) target.set(index, multiplyMinor(value, scale));
  for (const [index, value] of source) {
    const before = target.get(index);
    const after = subtractMinor(before ?? 0, times === 1 ? value : multiplyMinor(value, times));
    if (after === 0) {
      target.delete(index);
      moved?.(index, false);
    } else {
      target.set(index, after);
      if (before === undefined) moved?.(index, true);
    }
  }
  reduce(target);
}

/** The reduced echelon form: rows by pivot index. Their number is the rank; they span what the vectors span. */
export function reducedEchelon(vectors: Iterable<SparseVector>): ReadonlyMap<number, SparseVector> {
  const rows = new Map<number, Map<number, Integer>>();
  /** Pivots of the rows that have a coefficient at an index. */
  const holders = new Map<number, Set<number>>();
  const held = (index: number): Set<number> => {
    let set = holders.get(index);
    if (!set) holders.set(index, (set = new Set()));
    return set;
  };

  // Short ones first: they clear much and fill little.
  for (const vector of [...vectors].sort((a, b) => a.size - b.size)) {
    const row = new Map(vector);
    for (const index of vector.keys()) {
      const source = rows.get(index);
      if (source && row.has(index)) clear(row, source, index);
    }
    if (row.size === 0) continue;

    // The pivot that the fewest rows must be cleared of, a unit where there is the choice.
    let pivot = -1;
    let cost = Infinity;
    for (const [index, value] of row) {
      const unit = value === 1 || value === -1;
      const price = (holders.get(index)?.size ?? 0) * 2 + (unit ? 0 : 1);
      if (price < cost) [pivot, cost] = [index, price];
    }
    if ((row.get(pivot) ?? 0) < 0) for (const [index, value] of row) row.set(index, negateMinor(value));
    reduce(row);

    for (const owner of [...held(pivot)]) {
      clear(rows.get(owner)!, row, pivot, (index, present) => {
        if (present) held(index).add(owner);
        else held(index).delete(owner);
      });
    }
    rows.set(pivot, row);
    for (const index of row.keys()) held(index).add(pivot);
  }
  return rows;
}
