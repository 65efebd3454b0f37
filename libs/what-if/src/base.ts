/**
 * What a what-if stands on: the books at a log position. Never written, never changed.
 */
import type { Cube } from '@tieout/cube';
import type { Chart, Entry } from '@tieout/ledger';
import type { FootingInPrint } from '@tieout/proof';
import type { Concept, Layout, PublishedFigure } from '@tieout/statements';
import type { DriverBook } from './scenario';

/** The books as adjustments look at them: of the log, or with the entries of the scenario that one is stacked on. */
export interface Books {
  /** The log position, or what is stacked on it: stands in messages. */
  readonly name: string;
  readonly chart: Chart;
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly layouts: readonly Layout[];
  /** The sums that tables show: they hold in any world. */
  readonly footings: readonly FootingInPrint[];
  readonly figures: readonly PublishedFigure[];
  /** In log order. */
  readonly entries: readonly Entry[];
  /** Facts that are no money, by `fact@time`. */
  readonly recorded: ReadonlyMap<string, string>;
  readonly closed: ReadonlySet<string>;
  readonly driverBook: DriverBook;
  /** The unit of amounts in messages, and its powers of ten from the minor unit. */
  readonly amounts: { readonly text: string; readonly scale: number };
}

/** The books as they are: only the log's entries have a cube of the log. */
export interface Base extends Books {
  /** The same entries, folded. */
  readonly cube: Cube;
}
