/**
 * For the specs: layouts and figures from the text of a table, two columns of years, as a report prints it.
 *
 *     income: Income statement
 *       Revenue | 4(a) | 104,000 | 90,000
 *       Dividends | | - | (5,000) ! repaired 0
 *
 * A cell that says `text ! repaired VALUE` is a reading that the equations of the table replace.
 */
import type { Layout, LayoutLine, PublishedFigure } from '@tieout/statements';
import type { StatedFigure } from '../coverage';
import { keyOf } from './numbers';

const periods = ['2025', '2024'] as const;

interface Table {
  readonly layout: Layout;
  readonly figures: readonly StatedFigure[];
}

function figureOf(statement: string, line: LayoutLine, period: string, cell: string): StatedFigure {
  const [text = '', repair] = cell.split('!').map((part) => part.trim());
  const repaired = /^repaired (.+)$/.exec(repair ?? '')?.[1];
  const key = keyOf(text);
  const figure: PublishedFigure = {
    id: `${line.id}@${period}`,
    fact: `${line.id}@${period}`,
    statement,
    line: line.id,
    label: line.label,
    column: period,
    period,
    unit: 'GBP',
    published: repaired ?? key ?? '0',
    text,
    sourceLine: 0,
    reading: repaired !== undefined ? 'repaired' : key === undefined ? 'nil' : 'printed',
    ...(repaired === undefined ? {} : { overDetermined: true, because: 'the column foots' }),
  };
  return { figure, state: repaired === undefined ? 'ties' : 'repaired' };
}

function table(text: string): Table {
  const [head = '', ...rows] = text.trim().split('\n');
  const [statement = '', title = ''] = head.split(/:\s*/);
  const figures: StatedFigure[] = [];
  const lines = rows.map((row): LayoutLine => {
    const [label = '', note = '', ...cells] = row.split('|').map((part) => part.trim());
    const id = `${statement}.${label.toLowerCase().replace(/[^a-z]+/g, '-')}`;
    const line: LayoutLine = { id, label, style: 'line', cells: [], ...(note === '' ? {} : { note }) };
    cells.forEach((cell, index) => figures.push(figureOf(statement, line, periods[index] ?? '', cell)));
    return line;
  });
  const columns = periods.map((period) => ({ id: period, label: period, period }));
  const block = { columns, lines };
  const layout: Layout = {
    id: statement,
    title,
    heading: 'Year ended 31 December',
    unit: 'GBP',
    decimals: 0,
    shape: 'periods',
    blocks: [block],
  };
  return { layout, figures };
}

/** The tables of a text, parted by blank lines. */
export function smallTables(text: string): {
  readonly layouts: readonly Layout[];
  readonly figures: readonly StatedFigure[];
} {
  const tables = text
    .trim()
    .split(/\n\s*\n/)
    .map(table);
  return { layouts: tables.map(({ layout }) => layout), figures: tables.flatMap(({ figures }) => figures) };
}
