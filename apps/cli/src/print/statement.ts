/**
 * A statement as accountants read it: parentheses for negatives, digits aligned, the unit once in the header, a thin
 * rule over a subtotal, a double rule under a total. Nothing is computed here but the change column.
 */
import { formatAmount } from '@tieout/money';
import { inUnit, type Statement, type StatementBlock, type StatementLine } from '@tieout/statements';
import type { Chart } from '@tieout/ledger';
import { change } from './change';
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
function unitOf(line: StatementLine, statement: Statement, print: StatementPrint): { name: string; decimals: number } {
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

interface Table {
  readonly header: readonly string[];
  readonly subheader: readonly string[];
  readonly rows: readonly { line: StatementLine; cells: readonly string[] }[];
}

function ruleUnder(widths: readonly number[], sign: string): string {
  return widths.map((width) => ` ${padStart(sign.repeat(Math.max(0, width - 1)), width)}`).join('');
}

/** Label column, then columns of the given texts, right-aligned. */
function tableText(table: Table, labelWidth: number, valueColumns: number, terminal: Terminal): string[] {
  const columns = table.header.length;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(
      column < valueColumns ? 10 : 4,
      widthOf(table.header[column] ?? ''),
      widthOf(table.subheader[column] ?? ''),
      ...table.rows.map((row) => widthOf(row.cells[column] ?? '')),
    ),
  );
  const rowText = (label: string, cells: readonly string[]): string =>
    (padEnd(label, labelWidth) + cells.map((cell, column) => ` ${padStart(cell, widths[column] ?? 0)}`).join('')).trimEnd();
  const valueWidths = widths.slice(0, valueColumns);
  const rule = (sign: string): string => ' '.repeat(labelWidth) + ruleUnder(valueWidths, sign);
  const lines: string[] = [];
  const headers = table.header.map((text, column) => (column < valueColumns ? `${text} ` : text));
  lines.push(paint(rowText('', headers), 'bold', terminal));
  if (table.subheader.some((text) => text !== '')) {
    lines.push(paint(rowText('', table.subheader.map((text, column) => (column < valueColumns ? `${text} ` : text))), 'dim', terminal));
  }
  for (const { line, cells } of table.rows) {
    if (line.style === 'heading') {
      lines.push('', ...wrap(line.label, labelWidth + 20).map((text) => paint(text, 'bold', terminal)));
      continue;
    }
    if (line.style !== 'line') lines.push(rule('─'));
    const label = wrap(line.label, labelWidth - 1);
    const strong = line.style !== 'line';
    label.forEach((text, index) => {
      const full = rowText(text, index === label.length - 1 ? cells : []);
      lines.push(strong ? paint(full, 'bold', terminal) : full);
    });
    if (line.style === 'total') lines.push(rule('═'));
  }
  return lines;
}

/** Labels get what the values leave, within reason. */
function labelWidthOf(block: StatementBlock, room: number): number {
  const longest = Math.max(...block.lines.map((line) => widthOf(line.label)), 20);
  return Math.max(24, Math.min(longest + 1, room));
}

function periodsTable(block: StatementBlock, statement: Statement, print: StatementPrint, show: { comparatives: boolean; change: boolean }): Table {
  const shown = show.comparatives ? block.columns.map((_, index) => index) : [0];
  const withTicks = block.lines.some((line) => print.tickOf(line) !== undefined);
  const withNotes = block.lines.some((line) => line.note !== undefined);
  const compare = show.change && block.columns.length === 2;
  const header = [...shown.map((index) => block.columns[index]?.label ?? ''), ...(compare ? ['Change'] : []), ...(withNotes ? ['Note'] : []), ...(withTicks ? ['Tick'] : [])];
  const subheader = shown.map((index) => block.columns[index]?.audit ?? '');
  const rows = block.lines.map((line) => {
    const values = shown.map((index) => cellText(line, index, statement, print));
    const percent = compare ? [change(line.cells[0]?.value, line.cells[1]?.value)] : [];
    const note = withNotes ? [line.note ?? ''] : [];
    const tick = withTicks ? [print.tickOf(line) ?? ''] : [];
    return { line, cells: [...values, ...percent, ...note, ...tick] };
  });
  return { header, subheader, rows };
}

/** A matrix may be wider than the terminal: it is then cut into panels of columns, each with its labels. */
function matrixPanels(block: StatementBlock, statement: Statement, print: StatementPrint, labelWidth: number): number[][] {
  const widthFor = (index: number): number =>
    1 + Math.max(10, ...headerLines(block.columns[index]?.label ?? '').map(widthOf), ...block.lines.map((line) => widthOf(cellText(line, index, statement, print))));
  const panels: number[][] = [[]];
  let used = labelWidth;
  block.columns.forEach((_, index) => {
    const width = widthFor(index);
    if (used + width > print.terminal.width - 5 && panels.at(-1)!.length > 0) {
      panels.push([]);
      used = labelWidth;
    }
    panels.at(-1)!.push(index);
    used += width;
  });
  return panels;
}

/** A column head on at most three lines of about ten columns. */
const headerLines = (label: string): string[] => wrap(label, 12).map((text) => text.trim());

function matrixText(block: StatementBlock, statement: Statement, print: StatementPrint): string[] {
  const { terminal } = print;
  const labelWidth = Math.min(labelWidthOf(block, Math.floor(terminal.width * 0.4)), 44);
  return matrixPanels(block, statement, print, labelWidth).flatMap((panel, number) => {
    const heads = panel.map((index) => headerLines(block.columns[index]?.label ?? ''));
    const tall = Math.max(...heads.map((head) => head.length));
    const headLine = (row: number): string[] => heads.map((head) => head[row - (tall - head.length)] ?? '');
    const withTicks = block.lines.some((line) => print.tickOf(line) !== undefined);
    const rows = block.lines.map((line) => {
      const values = panel.map((index) => cellText(line, index, statement, print));
      return { line, cells: [...values, ...(withTicks ? [print.tickOf(line) ?? ''] : [])] };
    });
    const tick = withTicks ? ['Tick'] : [];
    const table: Table = { header: [...headLine(tall - 1), ...tick], subheader: [], rows };
    const text = tableText(table, labelWidth, panel.length, terminal);
    const widths = panel.map((_, column) => Math.max(10, widthOf(headLine(tall - 1)[column] ?? ''), ...rows.map((row) => widthOf(row.cells[column] ?? ''))));
    const above = Array.from({ length: tall - 1 }, (_, row) =>
      paint(padEnd('', labelWidth) + headLine(row).map((cell, column) => ` ${padStart(`${cell} `, widths[column] ?? 0)}`).join(''), 'bold', terminal).trimEnd(),
    );
    return [...(number > 0 ? [''] : []), ...above, ...text];
  });
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
    lines.push(padEnd(left, Math.max(widthOf(left) + 2, terminal.width - widthOf(right) - 1)) + right, '');
    if (statement.shape === 'matrix') {
      lines.push(...matrixText(block, statement, print), '');
      continue;
    }
    const comparatives = terminal.width >= 70;
    const withChange = terminal.width >= 90 && block.columns.length === 2;
    if (!comparatives && block.columns.length > 1) notices.push('the comparative column is left out below 70 columns; --csv and --json have it');
    const values = (comparatives ? block.columns.length : 1) * 14 + (withChange ? 9 : 0) + 12;
    const labelWidth = labelWidthOf(block, terminal.width - values - 1);
    lines.push(...tableText(periodsTable(block, statement, print, { comparatives, change: withChange }), labelWidth, comparatives ? block.columns.length : 1, terminal), '');
  }
  const unknown = statement.blocks.flatMap((block) => block.lines.flatMap((line) => line.cells)).find((cell) => cell?.value.kind === 'not-disclosed');
  if (unknown?.value.kind === 'not-disclosed') lines.push(`${UNKNOWN} not disclosed: ${unknown.value.why}`, '');
  return { text: forTerminal(lines.join('\n'), terminal), notices };
}
