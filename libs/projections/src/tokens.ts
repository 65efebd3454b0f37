/** What the projections are given from outside: the log, and the book's structure in the core's own types. */
import type { Chart } from '@tieout/ledger';
import type { Concept, Layout } from '@tieout/statements';

export const EVENT_LOG = Symbol('the log of the book');
export const BOOK_STRUCTURE = Symbol('chart, figures and layouts of the book');

export interface BookStructure {
  readonly chart: Chart;
  readonly concepts: ReadonlyMap<string, Concept>;
  /** In printing order. */
  readonly layouts: readonly Layout[];
  /** Days that figures are asked at, beside the ends of periods. Part of what `basis` hashes. */
  readonly days?: readonly string[];
  /** Hash over all of it: a snapshot made under another structure is not used. */
  readonly basis: string;
}
