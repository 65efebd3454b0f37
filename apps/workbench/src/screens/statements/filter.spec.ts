/** A filtered statement holds the lines that were asked for and no others, each in the table where it stood. */
import type { StatementDocument, StatementLine } from '@tieout/documents';
import { linesWith } from './filter';

const line = (label: string, style: StatementLine['style'] = 'line'): StatementLine => ({
  id: label,
  label,
  note: null,
  values: ['1'],
  style,
  unit: 'GBP',
  decimals: 0,
  figures: [label],
  states: ['ties'],
});

const table = (title: string, lines: number) => ({ title, columns: [], lines });

const matrix: StatementDocument = {
  schema: 'tieout.statement/1',
  id: 'note',
  title: 'Fittings',
  entity: 'Shop',
  heading: '',
  when: '',
  shape: 'matrix',
  book: 'shop',
  unit: 'GBP',
  revision: 1,
  basis: 'reconstructed entries',
  columns: [],
  audit: [],
  tables: [table('2025', 3), table('2024', 2)],
  lines: [line('Cost', 'heading'), line('Additions'), line('Total'), line('Total'), line('Disposals')],
};

test('only lines with the words stay, whatever the case, and each table knows how many are its own', () => {
  const { lines, tables } = linesWith(matrix, ' TOTAL');
  expect(lines.map(({ label }) => label)).toEqual(['Cost', 'Total', 'Total']);
  expect(tables.map((each) => each.lines)).toEqual([2, 1]);
});

test('a line of the second table does not slip into the first', () => {
  const { lines, tables } = linesWith(matrix, 'dispos');
  expect(lines.map(({ label }) => label)).toEqual(['Cost', 'Disposals']);
  expect(tables.map((each) => each.lines)).toEqual([1, 1]);
});

test('nothing typed, the statement as it is', () => {
  expect(linesWith(matrix, ' ')).toBe(matrix);
});
