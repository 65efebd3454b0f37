/**
 * The lines of a statement whose label holds what is typed. Nothing else of the document changes: a total that stays is the
 * total of the statement, not of the lines that are left.
 */
import type { StatementDocument } from '@tieout/documents';

/** Headings stay: the view leaves out those that have no line under them. Case is nothing. */
export function linesWith(document: StatementDocument, words: string): StatementDocument {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return document;
  let from = 0;
  const tables = document.tables.map((table) => {
    const own = document.lines.slice(from, (from += table.lines));
    return own.filter(({ style, label }) => style === 'heading' || label.toLowerCase().includes(wanted));
  });
  return {
    ...document,
    tables: document.tables.map((table, index) => ({ ...table, lines: tables[index]?.length ?? 0 })),
    lines: tables.flat(),
  };
}
