/**
 * A statement as accountants read it: parentheses for negatives, digits aligned, the unit once in the header, a thin
 * rule over a subtotal, a double rule under a total. Nothing is computed here but the change column.
 */
import { change } from '@tieout/answers';
import { formatAmount } from '@tieout/money';
import { inUnit, type Statement, type StatementBlock, type StatementLine } from '@tieout/statements';
import type { Chart } from '@tieout/ledger';
import { forTerminal, padEnd, padStart, paint, widthOf, wrap, type Terminal } from './text';

export interface StatementPrint {
  readonly entity: string;
  readonly chart: Chart;
  readonly terminal: Terminal;
  /** Right of the title: what the numbers rest on. */
  readonly basis: string;
  /** The tick of a line, for all its cells; undefined where nothing of it is published. */
  readonly tickOf: (line: StatementLine) => string | undefined;
  /** Instead of each statement's own unit of money. */
  readonly unit?: { readonly name: string; readonly decimals: number };
}

/** Where a value is not known. */
const UNKNOWN = 'n.d.';

export interface PrintedStatement {
  readonly text: string;
  /** What had to be left out, for stderr. */
  readonly notices: readonly string[];
}

/** The unit and decimals in which a line is shown: money follows the unit asked for, anything else keeps its own. */
function unitOf(
  line: StatementLine,
  statement: Statement,
  print: StatementPrint,
): { name: string; decimals: number } {
  if (print.unit && line.unit === statement.unit) return print.unit;
  return { name: line.unit, decimals: line.decimals };
}

function cellText(line: StatementLine, index: number, statement: Statement, print: StatementPrint): string {
  const cell = line.cells[index];
  if (!cell) return '';
  const { name, decimals } = unitOf(line, statement, print);
  const value = inUnit(cell.value, name, print.chart);
  const text = value === undefined ? UNKNOWN : formatAmount(value, { decimals });
  // Room for the closing parenthesis, so that digits stand under digits.
  return text.endsWith(')') ? text : `${text} `;
}

/** A column of a table: its head on one or more lines, and one text a line of the statement. */
interface Column {
  readonly head: readonly string[];
  readonly cells: readonly string[];
  /** Rules are drawn under values only. */
  readonly value: boolean;
}

/** Columns get at least this, so that rules have a length. */
const VALUE_WIDTH = 10;

const widthOfColumn = ({ head, cells, value }: Column): number =>
  Math.max(
    value ? VALUE_WIDTH : 4,
    ...head.map((text) => widthOf(text) + (value ? 1 : 0)),
    ...cells.map(widthOf),
  );

/** Label column, then the columns, right-aligned. */
function tableText(
  lines: readonly StatementLine[],
  columns: readonly Column[],
  labelWidth: number,
  terminal: Terminal,
): string[] {
  const widths = columns.map(widthOfColumn);
  const row = (label: string, text: (column: Column) => string): string =>
    (
      padEnd(label, labelWidth) +
      columns.map((column, index) => ` ${padStart(text(column), widths[index] ?? 0)}`).join('')
    ).trimEnd();
  const rule = (sign: string): string =>
    row('', (column) => (column.value ? `${sign.repeat(widthOfColumn(column) - 1)} ` : ''));
  const tall = Math.max(...columns.map(({ head }) => head.length));
  const printed: string[] = [];
  for (let line = 0; line < tall; line += 1) {
    const text = row('', ({ head, value }) => {
      const part = head[line - (tall - head.length)] ?? '';
      return value && part !== '' ? `${part} ` : part;
    });
    printed.push(paint(text, 'bold', terminal));
  }
  lines.forEach((line, index) => {
    if (line.style === 'heading') {
      printed.push('', ...wrap(line.label, labelWidth + 20).map((text) => paint(text, 'bold', terminal)));
      return;
    }
    const strong = line.style !== 'line';
    if (strong) printed.push(rule('─'));
    const label = wrap(line.label, labelWidth - 1);
    label.forEach((text, part) => {
      const full = part === label.length - 1 ? row(text, ({ cells }) => cells[index] ?? '') : text;
      printed.push(strong ? paint(full, 'bold', terminal) : full);
    });
    if (line.style === 'total') printed.push(rule('═'));
  });
  return printed;
}

/** Labels get what the values leave, within reason. */
function labelWidthOf(lines: readonly StatementLine[], room: number): number {
  const longest = Math.max(...lines.map((line) => widthOf(line.label)), 20);
  return Math.max(24, Math.min(longest + 1, room));
}

/** The values of some columns of a block. */
function valueColumns(
  block: StatementBlock,
  lines: readonly StatementLine[],
  indices: readonly number[],
  statement: Statement,
  print: StatementPrint,
): Column[] {
  return indices.map((index) => {
    const { label = '', audit = '' } = block.columns[index] ?? {};
    const head =
      statement.shape === 'matrix'
        ? wrap(label, 12).map((text) => text.trim())
        : [label, ...(audit === '' ? [] : [audit])];
    return { head, cells: lines.map((line) => cellText(line, index, statement, print)), value: true };
  });
}

function tickColumns(lines: readonly StatementLine[], print: StatementPrint): Column[] {
  const cells = lines.map((line) => print.tickOf(line) ?? '');
  return cells.some((cell) => cell !== '') ? [{ head: ['Tick'], cells, value: false }] : [];
}

/** Note, values, change, ticks: as much of it as the terminal has room for. */
function periodsText(
  block: StatementBlock,
  lines: readonly StatementLine[],
  statement: Statement,
  print: StatementPrint,
  notices: string[],
): string[] {
  const { terminal } = print;
  const comparatives = terminal.width >= 70 || block.columns.length === 1;
  if (!comparatives)
    notices.push('the comparative column is left out below 70 columns; --csv and --json have it');
  const shown = comparatives ? block.columns.map((_, index) => index) : [0];
  const withChange = terminal.width >= 90 && block.columns.length === 2 && statement.unit !== '%';
  const notes = lines.map((line) => line.note ?? '');
  const columns: Column[] = [
    ...(notes.some((note) => note !== '') ? [{ head: ['Note'], cells: notes, value: false }] : []),
    ...valueColumns(block, lines, shown, statement, print),
    ...(withChange
      ? [
          {
            head: ['Change'],
            cells: lines.map((line) => change(line.cells[0]?.value, line.cells[1]?.value)),
            value: false,
          },
        ]
      : []),
    ...tickColumns(lines, print),
  ];
  const taken = columns.reduce((sum, column) => sum + widthOfColumn(column) + 1, 0);
  return tableText(lines, columns, labelWidthOf(lines, terminal.width - taken - 1), terminal);
}

/** A matrix may be wider than the terminal: it is then cut into panels of columns, each with its labels. */
function matrixText(
  block: StatementBlock,
  lines: readonly StatementLine[],
  statement: Statement,
  print: StatementPrint,
): string[] {
  const { width } = print.terminal;
  const values = valueColumns(
    block,
    lines,
    block.columns.map((_, index) => index),
    statement,
    print,
  );
  const ticks = tickColumns(lines, print);
  const wanted = [...values, ...ticks].reduce((sum, column) => sum + widthOfColumn(column) + 1, 0);
  const labelWidth = labelWidthOf(lines, Math.max(26, Math.min(44, width - wanted)));
  const panels: Column[][] = [[]];
  let room = width - labelWidth - 5;
  for (const column of values) {
    const needed = widthOfColumn(column) + 1;
    if (needed > room && panels.at(-1)?.length) {
      panels.push([]);
      room = width - labelWidth - 5;
    }
    panels.at(-1)?.push(column);
    room -= needed;
  }
  return panels.flatMap((panel, index) => [
    ...(index > 0 ? [''] : []),
    ...tableText(lines, [...panel, ...ticks], labelWidth, print.terminal),
  ]);
}

/** Lines that have a cell in this table, and headings that have such a line under them. */
function linesShown(block: StatementBlock): readonly StatementLine[] {
  const used = (line: StatementLine): boolean =>
    line.style === 'heading' || line.cells.some((cell) => cell !== undefined);
  const kept = block.lines.filter(used);
  return kept.filter((line, index) => line.style !== 'heading' || kept[index + 1] !== undefined);
}

/** The whole statement, with its head. */
export function statementText(statement: Statement, print: StatementPrint): PrintedStatement {
  const { terminal, entity } = print;
  const notices: string[] = [];
  const unit = print.unit?.name ?? statement.unit;
  const right = `${unit} · ${print.basis}`;
  const lines = [paint(entity, 'bold', terminal), paint(statement.title, 'bold', terminal)];
  for (const block of statement.blocks) {
    const left = block.title ?? statement.heading;
    const shown = linesShown(block);
    lines.push(padEnd(left, Math.max(widthOf(left) + 2, terminal.width - widthOf(right) - 1)) + right, '');
    lines.push(
      ...(statement.shape === 'matrix'
        ? matrixText(block, shown, statement, print)
        : periodsText(block, shown, statement, print, notices)),
      '',
    );
  }
  const unknown = statement.blocks
    .flatMap((block) => block.lines.flatMap((line) => line.cells))
    .find((cell) => cell?.value.kind === 'not-disclosed');
  if (unknown?.value.kind === 'not-disclosed')
    lines.push(`${UNKNOWN} not disclosed: ${unknown.value.why}`, '');
  return { text: forTerminal(lines.join('\n'), terminal), notices };
}
