/**
 * One statement, replayed: the document of `tieout is --json`.
 *
 * Beside each value stands what came of holding the print of it, in this very statement, against the replay. What other
 * prints of the same fact say is for `figures` and `explain`.
 */
import type { FigureState, StatementDocument } from '@tieout/documents';
import { worstState, type HeldFigure } from '@tieout/proof';
import { Statements } from '@tieout/projections';
import { inUnit, type Statement, type StatementBlock, type StatementLine } from '@tieout/statements';
import { change } from './change';
import { heldFigures, publishedBy } from './prove';
import type { Session } from './session';
import { layoutOf, whenOf } from './when';

/** By the name that the command takes: an id, `is`, or the number of a note. */
export function statementDocument(session: Session, asked: string): StatementDocument {
  const layout = layoutOf(session, asked);
  const when = whenOf(session);
  const statements = session.projections.get(Statements);
  const books = statements.books(when.kind === 'day' ? when.day : undefined);
  const published = publishedBy(session, when).filter(({ statement }) => statement === layout.id);
  const held = heldFigures(session, books, published);
  return statementJson(statements.statement(layout, when, books), held, session);
}

/** Values are decimal strings in the unit of their line; `held` may hold figures of other statements too. */
export function statementJson(
  statement: Statement,
  held: readonly HeldFigure[],
  session: Session,
): StatementDocument {
  const { book, revision, basis } = session;
  const { id, title, heading, shape, unit, blocks } = statement;
  const states = statesOf(id, held);
  const columns = blocks[0]?.columns ?? [];
  const unknown = blocks
    .flatMap(({ lines }) => lines.flatMap(({ cells }) => cells))
    .find((cell) => cell?.value.kind === 'not-disclosed')?.value;
  return {
    schema: 'tieout.statement/1',
    id,
    title,
    entity: book.entity,
    heading,
    when: whenSaid(statement, session),
    shape,
    book: book.id,
    unit,
    revision,
    basis,
    columns: columns.map(({ label }) => label),
    audit: columns.map(({ audit }) => audit),
    tables: blocks.map((block) => ({
      title: block.title ?? null,
      columns: block.columns.map(({ label, audit, period }) => ({ label, audit, period })),
      lines: block.lines.length,
    })),
    lines: blocks.flatMap((block) =>
      block.lines.map((line) => lineJson(line, block, statement, states, session)),
    ),
    ...(unknown?.kind === 'not-disclosed' ? { undisclosed: unknown.why } : {}),
  };
}

/** The times of the columns in words: those of the layout, or what was asked for instead. */
function whenSaid({ heading, shape, blocks }: Statement, session: Session): string {
  const { periods } = session.book.chart;
  const when = whenOf(session);
  const stock = shape === 'dates';
  switch (when.kind) {
    case 'as-laid-out': {
      const times = blocks.flatMap(({ title, columns }) => title ?? columns.map(({ label }) => label));
      const said = [...new Set(times)].join(' and ');
      return shape === 'matrix' ? said : `${heading} ${said}`;
    }
    case 'period': {
      const period = periods.find(({ id }) => id === when.period);
      return (stock ? `As at ${period?.to}` : period?.label) ?? when.period;
    }
    case 'day': {
      const period = periods.find(({ from, to }) => from <= when.day && when.day <= to);
      return stock ? `As at ${when.day}` : `${period?.from} to ${when.day}`;
    }
  }
}

function lineJson(
  line: StatementLine,
  block: StatementBlock,
  { shape, unit }: Statement,
  states: ReadonlyMap<string, FigureState>,
  { book: { chart } }: Session,
): StatementDocument['lines'][number] {
  const { id, label, note, style, cells, decimals } = line;
  const comparable = shape !== 'matrix' && block.columns.length === 2 && unit !== '%';
  const moved = comparable ? change(cells[0]?.value, cells[1]?.value) : '';
  return {
    id,
    label,
    note: note ?? null,
    values: cells.map((cell) => (cell ? (inUnit(cell.value, line.unit, chart) ?? null) : null)),
    style,
    unit: line.unit,
    decimals,
    figures: cells.map((cell) => cell?.fact ?? null),
    states: cells.map((cell) => (cell && states.get(cell.fact)) ?? null),
    ...(moved === '' ? {} : { change: moved }),
    ...(block.title === undefined ? {} : { table: block.title }),
  };
}

/** The worst state of what a statement prints of a fact, by fact. */
function statesOf(statement: string, held: readonly HeldFigure[]): ReadonlyMap<string, FigureState> {
  const states = new Map<string, FigureState>();
  for (const { figure, state } of held) {
    if (figure.statement !== statement) continue;
    const before = states.get(figure.fact);
    states.set(figure.fact, before === undefined ? state : worstState([before, state]));
  }
  return states;
}
