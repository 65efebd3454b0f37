/**
 * What is said of a document's numbers: one state each, with its reason; and of its lines, how they should read.
 */
import type { StatedFigure } from '../coverage';
import type { FigureState } from '../state';
import type { NumberToken } from './numbers';
import type { StatedClaim } from './prose';
import type { TableRow } from './tables';

/** In the order of a summary. */
export const tokenStates = [
  'tied',
  'claim-tied',
  'differs',
  'repaired',
  'ghost',
  'smeared',
  'claim-untied',
  'label',
  'untested',
] as const;
export type TokenState = (typeof tokenStates)[number];

export interface TickedNumber {
  readonly token: NumberToken;
  readonly state: TokenState;
  readonly reason: string;
  /** The figure that it is tied to, differs from, or is a copy or ghost of. */
  readonly figure?: string;
  readonly claim?: string;
  /** Of the figure or claim, against the replay. */
  readonly figureState?: FigureState;
}

/** A row of the table that a line prints, as it should read: in the order of its statement. */
export interface RepairedRow {
  readonly statement: string;
  /** The statement, and of a matrix the period of its block: `note-10/2022H1`. */
  readonly table: string;
  readonly row: TableRow;
}

export interface TickedLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** The statement whose rows stand here, or copies and ghosts of them. */
  readonly statement?: string;
  /** A row of a table, or of what looks like one; else a sentence or a heading. */
  readonly isRow: boolean;
  readonly numbers: readonly TickedNumber[];
  /** Rows of statements that the line prints, or that were lost after it. */
  readonly repaired: readonly RepairedRow[];
  /** The table whose first row stands here. */
  readonly opens?: string;
}

export interface TickedDocument {
  readonly lines: readonly TickedLine[];
  /** Figures whose own print was lost, by the line where it should stand. */
  readonly restored: readonly { readonly stated: StatedFigure; readonly line: number }[];
  /** Printed figures of the book that the document does not show. */
  readonly notFound: readonly StatedFigure[];
  readonly claimsNotFound: readonly StatedClaim[];
}

/** What is found of a number. */
export type Found = Omit<TickedNumber, 'token'>;

/** How many numbers are in each state. */
export function countTokens(
  document: TickedDocument,
  chosen: (line: TickedLine) => boolean = () => true,
): ReadonlyMap<TokenState, number> {
  const counts = new Map<TokenState, number>(tokenStates.map((state) => [state, 0]));
  for (const line of document.lines) {
    if (chosen(line)) for (const { state } of line.numbers) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}
