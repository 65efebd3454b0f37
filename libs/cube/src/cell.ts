/**
 * The cube: postings folded by account, movement, day, unit and dimensions, and the log positions that it speaks for.
 *
 * Cubes of disjoint coverage add; every cube has a negative. A selection works alike on cells and on postings, so a
 * figure and the entries behind it cannot disagree.
 */
import type { Minor } from '@tieout/money';

/** What a selection looks at: a posting is one, a cell is one. */
export interface Leg {
  readonly account: string;
  readonly movement: string;
  readonly day: string;
  readonly unit: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly minor: Minor;
}

export interface Cell extends Leg {
  /** Postings folded in: negative in the negative of a cube. */
  readonly count: number;
}

/**
 * Which legs: those on any of the account families, of any of the movements (all when absent), of none of the
 * excepted movements, and with a listed member in each dimension named.
 */
export interface Selection {
  readonly accounts: readonly string[];
  readonly movements?: readonly string[];
  readonly except?: readonly string[];
  readonly where?: Readonly<Record<string, readonly string[]>>;
}
