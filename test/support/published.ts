/**
 * What was published, read from the book's own CSV files by another reader than the book's: specs hold statements
 * against these.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { bookFolder, senseTime } from './command';

/** One print, in the order of the document. */
export interface Printed {
  readonly id: string;
  readonly statement: string;
  readonly line: string;
  /** A period, or PERIOD/COLUMN in a matrix. */
  readonly column: string;
  readonly unit: string;
  /** Decimal string in `unit`, signed as printed. */
  readonly published: string;
  readonly text: string;
  readonly reading: string;
}

/** Rows by the name of the column. */
export const csvRows = (text: string): Record<string, string>[] =>
  parse(text, { columns: true, skip_empty_lines: true });

/** Rows as they stand, the head first. */
export const csvTable = (text: string): string[][] => parse(text, { skip_empty_lines: true });

export function printedIn(statement: string, book = senseTime): readonly Printed[] {
  const text = readFileSync(join(bookFolder(book), 'figures', `${statement}.csv`), 'utf8');
  // The columns are those that libs/book insists on when it reads the same file.
  return csvRows(text) as unknown as Printed[];
}

/** As a statement shows a whole amount: separated thousands, parentheses for less than nil, a dash for nil. */
export function shown(published: string): string {
  if (published === '0') return '-';
  const grouped = published.replace('-', '').replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return published.startsWith('-') ? `(${grouped})` : grouped;
}
