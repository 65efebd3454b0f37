/**
 * `is`, `oci`, `bs`, `soce`, `cf`, `note ID`, `statement ID`: one statement, replayed, with its ticks.
 */
import { heldFigures, layoutOf, publishedBy, statementJson, whenOf } from '@tieout/answers';
import { stateGlyph, worstState, type HeldFigure } from '@tieout/proof';
import { inUnit, type Layout, type Statement, type StatementLine, type When } from '@tieout/statements';
import { Statements, type BooksAt } from '@tieout/projections';
import { csvRecord } from '../print/text';
import { statementText } from '../print/statement';
import { moneyUnit } from '../print/units';
import type { Session } from '../session';

/** The statement's cells that were published, by fact. */
function ticksOf(layout: Layout, ticked: readonly HeldFigure[]): (line: StatementLine) => string | undefined {
  const states = new Map<string, HeldFigure[]>();
  for (const each of ticked) {
    if (each.figure.statement !== layout.id) continue;
    states.set(each.figure.fact, [...(states.get(each.figure.fact) ?? []), each]);
  }
  return (line) => {
    const found = line.cells.flatMap((cell) => (cell ? (states.get(cell.fact) ?? []) : []));
    return found.length === 0 ? undefined : stateGlyph[worstState(found.map(({ state }) => state))];
  };
}

function statementCsv(statement: Statement, session: Session): string {
  const { chart } = session.book;
  const records = statement.blocks.flatMap((block) => {
    const head = ['table', 'line', 'label', 'note', 'unit', ...block.columns.map(({ label }) => label)];
    const rows = block.lines
      .filter(({ style }) => style !== 'heading')
      .map((line) => {
        const values = line.cells.map((cell) => (cell ? (inUnit(cell.value, line.unit, chart) ?? '') : ''));
        return [block.title ?? statement.title, line.id, line.label, line.note ?? '', line.unit, ...values];
      });
    return [head, ...rows];
  });
  // One head where all tables have the same columns.
  const [head, ...rest] = records.map(csvRecord);
  return [head, ...rest.filter((record) => record !== head)].join('\n');
}

/** A statement as text; also used by the main command. */
export function printStatement(
  session: Session,
  layout: Layout,
  when: When,
  books: BooksAt,
  ticked: readonly HeldFigure[],
): void {
  const { io, globals, book } = session;
  const statement = session.projections.get(Statements).statement(layout, when, books);
  if (globals.json) return io.print(JSON.stringify(statementJson(statement, ticked, session), undefined, 2));
  if (globals.csv) return io.print(statementCsv(statement, session));
  const unit = globals.units === undefined ? undefined : moneyUnit(globals.units, book.chart.currency);
  const { text, notices } = statementText(statement, {
    entity: book.entity,
    chart: book.chart,
    terminal: io.out,
    basis: `${session.basis} · rev ${session.revision}`,
    tickOf: ticksOf(layout, ticked),
    ...(unit === undefined ? {} : { unit }),
  });
  for (const notice of notices) io.tell(notice);
  io.print(text);
}

export function runStatement(session: Session, asked: string): void {
  const layout = layoutOf(session, asked);
  const when = whenOf(session);
  const books = session.projections.get(Statements).books(when.kind === 'day' ? when.day : undefined);
  const published = publishedBy(session, when).filter(({ statement }) => statement === layout.id);
  printStatement(session, layout, when, books, heldFigures(session, books, published));
}
