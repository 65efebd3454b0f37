/**
 * `is`, `oci`, `bs`, `soce`, `cf`, `note ID`, `statement ID`: one statement, replayed, with its ticks.
 */
import { refuse } from '@tieout/events';
import { stateGlyph, worstState, type HeldFigure } from '@tieout/proof';
import { isCalendarDay, periodOf } from '@tieout/ledger';
import { inUnit, type Layout, type Statement, type StatementLine, type When } from '@tieout/statements';
import { Statements, type BooksAt } from '@tieout/projections';
import { csvRecord } from '../print/text';
import { statementText } from '../print/statement';
import { moneyUnit } from '../print/units';
import { heldFigures, publishedBy } from '../prove';
import type { Session } from '../session';
import { suggestion } from '../suggestion';

/** The layout of a statement id, of a short command name, or of a note's number. */
export function layoutOf(session: Session, asked: string): Layout {
  const { layouts } = session.book;
  const found = layouts.find(
    ({ id, command }) => id === asked || command === asked || id === `note-${asked}`,
  );
  if (found) return found;
  const names = layouts.flatMap(({ id, command }) => (command ? [id, command] : [id]));
  return refuse('E601', `the book ${session.book.id} has no statement "${asked}"`, {
    notes: [`it has ${names.join(', ')}`],
    help: suggestion(asked, names, 'tieout statement ID, with one of these ids'),
  });
}

/** What `--at` and `--period` ask for. */
export function whenOf(session: Session): When {
  const { at, period } = session.globals;
  const { periods } = session.book.chart;
  if (at !== undefined && period !== undefined)
    refuse('E602', '--at and --period contradict each other', { help: 'give one of them' });
  if (period !== undefined) {
    const ids = periods.map(({ id }) => id);
    if (!ids.includes(period)) {
      refuse('E601', `the book has no period "${period}"`, {
        notes: [`it has ${ids.join(', ')}`],
        help: suggestion(period, ids, 'give one of these'),
      });
    }
    return { kind: 'period', period };
  }
  if (at === undefined) return { kind: 'as-laid-out' };
  const first = periods[0];
  const last = periods.at(-1);
  if (!isCalendarDay(at)) refuse('E602', `--at takes a day of the calendar, like 2022-06-30, not "${at}"`);
  if (!periodOf(at, session.book.chart)) {
    refuse('E602', `${at} is in no period of the book`, {
      help: `it runs from ${first?.from} to ${last?.to}`,
    });
  }
  return { kind: 'day', day: at };
}

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

/** One statement's document, as `--json` prints it. */
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
  const statement = session.app.get(Statements).statement(layout, when, books);
  if (globals.json) return io.print(JSON.stringify(statementJson(statement, session), undefined, 2));
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
  const books = session.app.get(Statements).books(when.kind === 'day' ? when.day : undefined);
  const published = publishedBy(session, when).filter(({ statement }) => statement === layout.id);
  printStatement(session, layout, when, books, heldFigures(session, books, published));
}
