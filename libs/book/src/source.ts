/**
 * A file of a book as text, and places in it: what every message about a book points at.
 *
 *     124 |   postings:
 *     125 |     - { account: cash, cr: "297,679" }
 *         |                            ^^^^^^^^^ 297,769 would balance
 *
 * Reading never stops at the first problem: problems are collected, with a stand-in for what could not be read, and
 * refused together at the end. So whoever sees a stand-in says nothing about it.
 */
import type { ErrorCode, Place, Problem } from '@tieout/events';
import { closest } from '@tieout/ledger';

export interface Source {
  /** Path inside the book folder, or as the user gave it. */
  readonly file: string;
  readonly text: string;
  /** Offset of the first character of each line. */
  readonly lineStarts: readonly number[];
  /** Where the problems of this file go. */
  readonly problems: Problem[];
}

export function sourceOf(file: string, text: string, problems: Problem[]): Source {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { file, text, lineStarts, problems };
}

/** A stretch of the text: from an offset up to another (exclusive). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The 1-based line of an offset. */
export function lineAt({ lineStarts }: Source, offset: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lineStarts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

const lineText = ({ lineStarts, text }: Source, line: number): string => {
  const end = lineStarts[line];
  return text.slice(lineStarts[line - 1], end === undefined ? undefined : end - 1).replace(/\r$/, '');
};

interface FrameOptions {
  /** Said behind the carets. */
  readonly hint?: string;
  /** Lines shown above the one that is meant. */
  readonly above?: number;
}

/** The place of a stretch, with its frame. */
export function placeOf(source: Source, span: Span, { hint, above = 0 }: FrameOptions = {}): Place {
  const line = lineAt(source, span.start);
  const column = span.start - source.lineStarts[line - 1]! + 1;
  const text = lineText(source, line);
  const carets = '^'.repeat(
    Math.max(1, Math.min(span.end, source.lineStarts[line - 1]! + text.length) - span.start),
  );
  const width = String(line).length;
  const numbered = (number: number): string =>
    `${String(number).padStart(width)} | ${lineText(source, number)}`;
  const rows = Array.from({ length: Math.min(above, line - 1) }, (_, index) =>
    numbered(line - Math.min(above, line - 1) + index),
  );
  const gutter = `${' '.repeat(width)} |`;
  const mark = `${gutter} ${' '.repeat(column - 1)}${carets}${hint === undefined ? '' : ` ${hint}`}`;
  const frame = [gutter, ...rows, numbered(line), mark]
    .map((row) => row.replaceAll('\t', ' ').trimEnd())
    .join('\n');
  return { file: source.file, line, column, frame };
}

export interface Remarks extends FrameOptions {
  readonly notes?: readonly string[];
  readonly help?: string | undefined;
}

/** Collect a problem at a stretch of the file. */
export function report(
  source: Source,
  span: Span,
  code: ErrorCode,
  message: string,
  remarks: Remarks = {},
): void {
  const { notes, help, ...frame } = remarks;
  source.problems.push({
    code,
    message,
    at: placeOf(source, span, frame),
    ...(notes === undefined || notes.length === 0 ? {} : { notes }),
    ...(help === undefined ? {} : { help }),
  });
}

/** One next step for a word that is none of those allowed. */
export const oneOf = (text: string, words: readonly string[]): string =>
  suggestion(text, words) ?? `it is one of ${words.join(', ')}`;

/** One next step for a name that is not known: the nearest one that is, and where they are declared. */
export function suggestion(
  name: string,
  candidates: Iterable<string>,
  otherwise?: string,
): string | undefined {
  const near = closest(name, candidates);
  if (near === undefined) return otherwise;
  return otherwise === undefined ? `did you mean ${near}?` : `did you mean ${near}? ${otherwise}`;
}
