/**
 * Statements as literals: ordered lines of figures by columns, and the figures that they define.
 *
 * A figure is a concept at a time: a stock at the close of a day (`bs.ppe@2022-06-30`) or a flow over a period
 * (`is.revenue@2022H1`). A concept is defined once, by the line that first shows it; other lines show it by its id.
 */
import type { Selection } from '@tieout/cube';

/**
 * A selection, and optionally an age: members of a dimension in time whose end lies so many whole months before the
 * day that is asked for, at least `from` and less than `to`. This is how aging tables follow the date.
 */
export interface Term extends Selection {
  readonly age?: { readonly dimension: string; readonly from: number; readonly to?: number };
}

/** Selections that add up. */
export interface SelectionConcept {
  readonly kind: 'selection';
  readonly terms: readonly Term[];
  /** `credit`: shown positive when the legs are credits. */
  readonly show: 'debit' | 'credit';
  readonly measure: 'stock' | 'flow';
}

/** Other concepts at the same time, added or taken away. */
export interface SumConcept {
  readonly kind: 'sum';
  readonly of: readonly { readonly concept: string; readonly times: 1 | -1 }[];
  readonly measure: 'stock' | 'flow';
}

/** A fact that is no money, as it was recorded. */
export interface RecordedConcept {
  readonly kind: 'recorded';
  readonly fact: string;
}

/** The only place of division. Shown in `unit`: `%` multiplies by a hundred, money per share is in whole units. */
export interface QuotientConcept {
  readonly kind: 'quotient';
  readonly numerator: string;
  readonly denominator: string;
}

/**
 * How much larger a concept is than it was over (or at the end of) another period: the difference in parts of the size
 * that it had then. A loss that grows from 2 to 3 changes by +50%: size is meant, not sign.
 */
export interface ChangeConcept {
  readonly kind: 'change';
  readonly of: string;
  readonly since: string;
}

export type ConceptFormula =
  SelectionConcept | SumConcept | RecordedConcept | QuotientConcept | ChangeConcept;

export interface Concept {
  readonly id: string;
  readonly label: string;
  readonly formula: ConceptFormula;
  /** Where it is defined, for messages. */
  readonly at?: { readonly file: string; readonly line?: number };
}

/** What a cell shows: a concept, at the opening or closing day or over the period of its column. */
export interface CellFigure {
  readonly concept: string;
  readonly measure: 'opening' | 'movement' | 'closing';
}

export type LineStyle = 'heading' | 'line' | 'subtotal' | 'total';

export interface LayoutLine {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
  readonly style: LineStyle;
  /** One per column; none on a heading; `undefined` where the line has no cell in that column. */
  readonly cells: readonly (CellFigure | undefined)[];
  /** Shown only where a value is not nil: what is not disclosed, and what should be nil. */
  readonly onlyWhenNotNil?: boolean;
  readonly unit?: string;
  readonly decimals?: number;
}

export interface LayoutColumn {
  readonly id: string;
  readonly label: string;
  /** The period it is over, or the period at whose end it stands; in a matrix, that of its block. */
  readonly period: string;
}

/** One table: a statement has one, or one a period where its columns are dimension members (a matrix). */
export interface LayoutBlock {
  readonly period?: string;
  readonly columns: readonly LayoutColumn[];
  readonly lines: readonly LayoutLine[];
}

export interface Layout {
  readonly id: string;
  /** The short name of its command (`is`, `bs`), where it has one. */
  readonly command?: string;
  readonly title: string;
  /** "Six months ended 30 June" or "As at". */
  readonly heading: string;
  readonly unit: string;
  readonly decimals: number;
  readonly shape: 'periods' | 'dates' | 'matrix';
  readonly blocks: readonly LayoutBlock[];
}

/** One print of a fact. */
export interface PublishedFigure {
  readonly id: string;
  /** The fact: concept@time. Given by the cell that the figure stands in. */
  readonly fact: string;
  readonly statement: string;
  readonly line: string;
  readonly label: string;
  readonly column: string;
  readonly period: string;
  readonly unit: string;
  /** Decimal string in `unit`, signed as printed. */
  readonly published: string;
  /** As printed in the source: "(481,300)", "–", "*", "" where lost. */
  readonly text: string;
  readonly sourceLine: number;
  /**
   * `printed` as extracted; `nil` a dash, printed or plainly lost; `below-unit` a mark for "less than one unit";
   * `repaired` lost or damaged and inferred from the equations in `because`.
   */
  readonly reading: 'printed' | 'nil' | 'below-unit' | 'repaired';
  /** Equations that give a repaired reading, as text. */
  readonly because?: string;
  /** Of a repaired reading: do more equations hold it than it has unknowns? */
  readonly overDetermined?: boolean;
}
