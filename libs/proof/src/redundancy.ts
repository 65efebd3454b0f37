/**
 * Cross-checked or self-supporting: which published facts would contradict the others if they were changed alone.
 *
 * All posting amounts are free, subject only to each entry balancing; A maps the free amounts to the facts, one row a
 * fact. A fact is cross-checked when its row lies in the span of the other rows: the others determine it. Else the
 * entries absorb any change of it, and its tie to the ledger repeats its input.
 *
 *     A fact is self-supporting exactly when some change of the free amounts moves it and no other fact, that is, when
 *     its unit vector lies in the space of A's columns. In the reduced echelon form of the columns that is a row that
 *     holds its pivot alone.
 */
import { reducedEchelon, type SparseVector } from './elimination';

/** A fact as a linear form over free variables: integer coefficient by variable, no zeros. */
export interface FactRow {
  readonly fact: string;
  readonly row: ReadonlyMap<number, number>;
}

export type LinearBasis = 'cross-checked' | 'self-supporting';

export interface Redundancy {
  /** Number of facts. */
  readonly facts: number;
  readonly rank: number;
  /** Facts less rank: independent equations among the facts that the entries cannot absorb. */
  readonly redundancy: number;
  readonly basis: ReadonlyMap<string, LinearBasis>;
}

/** By variable, the facts that it moves: the transpose. */
function columnsOf(rows: readonly FactRow[]): Iterable<SparseVector> {
  const columns = new Map<number, Map<number, number>>();
  rows.forEach(({ row }, fact) => {
    for (const [variable, times] of row) {
      const column = columns.get(variable) ?? new Map<number, number>();
      columns.set(variable, column.set(fact, times));
    }
  });
  return columns.values();
}

/** Rank, redundancy and the basis of each fact. Facts are distinct: a fact printed three times is one row. */
export function redundancy(rows: readonly FactRow[]): Redundancy {
  const echelon = reducedEchelon(columnsOf(rows));
  const basis = rows.map(({ fact }, index) => {
    const alone = echelon.get(index)?.size === 1;
    return [fact, alone ? 'self-supporting' : 'cross-checked'] as const;
  });
  return {
    facts: rows.length,
    rank: echelon.size,
    redundancy: rows.length - echelon.size,
    basis: new Map(basis),
  };
}
