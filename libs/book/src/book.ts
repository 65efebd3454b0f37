/**
 * A book: one reporting entity's chart, layouts, published figures and seed journal, read and found sound.
 *
 * Invariant: a Book exists only when nothing in its folder was refused, so every name in it is declared, every entry
 * balances and keeps its posting rule, and every published figure has a cell.
 */
import { canonical, sha256, type Place, type ProvenancePayload } from '@tieout/events';
import type { Chart, Entry } from '@tieout/ledger';
import { formatMinor, parseMinor } from '@tieout/money';
import type { Claim, DeclaredTie, Explanation } from '@tieout/proof';
import type { Concept, Layout, PublishedFigure } from '@tieout/statements';
import type { DriverBook, Scenario } from '@tieout/what-if';
import type { AmountUnit } from './amounts';

/** A file of the folder: its path inside it, with forward slashes, and the hash of its bytes. */
export interface BookFile {
  readonly path: string;
  readonly sha256: string;
}

/** An entry and where it stands. Places carry no frame: the file may have changed since. */
export interface JournalEntry {
  readonly entry: Entry;
  readonly at: Place;
  /** The line of each posting. */
  readonly postingLines: readonly number[];
}

/** A period's part of the journal, in file order. */
export interface JournalFile {
  readonly period: string;
  /** Absent where nothing happened in the period. */
  readonly file?: string;
  readonly sha256?: string;
  readonly entries: readonly JournalEntry[];
  /** Closed when loaded: takes no more entries. */
  readonly close: boolean;
}

/** A fact that is no money. */
export interface RecordedFact {
  readonly fact: string;
  readonly value: string;
  readonly unit: string;
  /** The period, or the day, that it is true of. */
  readonly of: string;
  readonly provenance: ProvenancePayload;
  readonly at: Place;
}

/** A person accepts a repaired reading. */
export interface Confirmation {
  readonly figure: string;
  readonly reason: string;
  readonly actor?: string;
  /** ISO 8601, UTC. */
  readonly recordedAt?: string;
}

/**
 * A sum that a table shows, as it stands in print: a total is the sum of these figures, down a column (`foot`) or
 * along a line of a matrix (`cross-foot`). Figures by fact id; cells that the table leaves out are left out.
 */
export interface Footing {
  readonly statement: string;
  readonly kind: 'foot' | 'cross-foot';
  readonly total: string;
  readonly of: readonly { readonly fact: string; readonly times: 1 | -1 }[];
  /** The line of the total: a table may print the fact on two. */
  readonly line: string;
}

export interface Book {
  readonly id: string;
  readonly entity: string;
  readonly title: string;
  readonly chart: Chart;
  /** What the journal's amounts are written in. */
  readonly amountUnit: AmountUnit;
  /** Seed events carry these. */
  readonly recordedAt: string;
  readonly actor: string;
  /** The document that the book reconstructs. */
  readonly source?: { readonly title: string; readonly sha256?: string };
  /** In printing order. */
  readonly layouts: readonly Layout[];
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly footings: readonly Footing[];
  readonly figures: readonly PublishedFigure[];
  /** Ties that no rule generates. */
  readonly ties: readonly DeclaredTie[];
  /** The numbers of the prose. */
  readonly claims: readonly Claim[];
  /** One a period, in order. */
  readonly journal: readonly JournalFile[];
  readonly facts: readonly RecordedFact[];
  readonly confirmations: readonly Confirmation[];
  /** What the book can be asked about "what if", and its scenarios in order of their files. */
  readonly drivers: DriverBook;
  readonly scenarios: readonly Scenario[];
  readonly explanations: readonly Explanation[];
  /** The files that the log is seeded from: the journal, facts, confirmations and explanations, in loading order. */
  readonly seedFiles: readonly { readonly file: string; readonly sha256: string }[];
  /** SHA-256 over the chart, layouts and concepts: what projections depend on besides the log. */
  readonly structureHash: string;
  /** All files of the book, by path. */
  readonly files: readonly BookFile[];
}

/** Unchanged by comments, by the order of keys and by where things stand in the files. */
export function structureHashOf({
  chart,
  layouts,
  concepts,
}: Pick<Book, 'chart' | 'layouts' | 'concepts'>): string {
  const defined = [...concepts.values()].map(({ id, label, formula }) => ({ id, label, formula }));
  return sha256(canonical({ chart: chartJson(chart), layouts: layouts.map(layoutJson), concepts: defined }));
}

const chartJson = (chart: Chart) => ({
  ...chart,
  accounts: [...chart.accounts.values()],
  movements: [...chart.movements.values()],
  dimensions: [...chart.dimensions.values()],
});

/** JSON has no `undefined` in a list: where a line has no cell, null stands. */
const layoutJson = (layout: Layout) => ({
  ...layout,
  blocks: layout.blocks.map((block) => ({
    ...block,
    lines: block.lines.map((line) => ({ ...line, cells: line.cells.map((cell) => cell ?? null) })),
  })),
});

const byId = <T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((each) => [each.id, each]));

/** The book as JSON text, to be kept beside the hashes of its files and read back without its folder. */
export function bookToJson(book: Book): string {
  const { chart, layouts, concepts } = book;
  const plain = {
    ...book,
    chart: chartJson(chart),
    layouts: layouts.map(layoutJson),
    concepts: [...concepts.values()],
  };
  return JSON.stringify(plain, (_key, value: unknown) =>
    typeof value === 'bigint' ? formatMinor(value) : value,
  );
}

interface Stored extends Omit<Book, 'chart' | 'layouts' | 'concepts'> {
  readonly chart: ReturnType<typeof chartJson>;
  readonly layouts: readonly ReturnType<typeof layoutJson>[];
  readonly concepts: readonly Concept[];
}

/** The inverse of `bookToJson`, for what it wrote. */
export function bookFromJson(text: string): Book {
  // Amounts beyond safe integers are the only strings under a key `minor`. A reviver is slow, so it is used only where
  // there is one.
  const revive = (key: string, value: unknown): unknown =>
    key === 'minor' && typeof value === 'string' ? parseMinor(value) : value;
  const stored = JSON.parse(text, text.includes('"minor":"') ? revive : undefined) as Stored;
  const { accounts, movements, dimensions, ...chart } = stored.chart;
  return {
    ...stored,
    chart: { ...chart, accounts: byId(accounts), movements: byId(movements), dimensions: byId(dimensions) },
    layouts: stored.layouts.map((layout) => ({
      ...layout,
      blocks: layout.blocks.map((block) => ({
        ...block,
        lines: block.lines.map((line) => ({ ...line, cells: line.cells.map((cell) => cell ?? undefined) })),
      })),
    })),
    concepts: byId(stored.concepts),
  };
}
