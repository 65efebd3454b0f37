/**
 * One statement, replayed: the document of `tieout is --json`.
 */
import { inUnit, type Statement } from '@tieout/statements';
import type { Session } from './session';

/** One statement's document, for scripts: values are decimal strings in the unit of their line. */
export function statementJson(statement: Statement, session: Session): unknown {
  const { chart } = session.book;
  const { id, title, unit, blocks } = statement;
  const lines = blocks.flatMap((block) =>
    block.lines.map((line) => ({
      id: line.id,
      label: line.label,
      note: line.note ?? null,
      values: line.cells.map((cell) => (cell ? (inUnit(cell.value, line.unit, chart) ?? null) : null)),
      style: line.style,
      unit: line.unit,
      figures: line.cells.map((cell) => cell?.fact ?? null),
      ...(block.title === undefined ? {} : { table: block.title }),
    })),
  );
  const columns = blocks[0]?.columns ?? [];
  return {
    schema: 'tieout.statement/1',
    id,
    title,
    book: session.book.id,
    unit,
    revision: session.revision,
    basis: session.basis,
    columns: columns.map(({ label }) => label),
    audit: columns.map(({ audit }) => audit),
    lines,
  };
}
