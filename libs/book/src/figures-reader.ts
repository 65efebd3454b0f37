/**
 * figures/*.csv: what was published, each print at the cell of a statement where it stands.
 *
 *     id,statement,line,column,label,unit,published,text,source_line,reading,because
 *     is.revenue@2022H1,income-statement,is.revenue,2022H1,Revenue,RMB'000,1415343,"1,415,343",139,printed,
 *
 * `column` is the period of the column, in a matrix PERIOD/COLUMN. The fact follows from the cell; an id that says
 * another fact is refused, so that a figure cannot stand silently in the wrong cell.
 */
import type { Chart } from '@tieout/ledger';
import { isDecimal, parseUnit } from '@tieout/money';
import {
  factId,
  timeOfCell,
  type Concept,
  type Layout,
  type LayoutColumn,
  type LayoutLine,
  type PublishedFigure,
} from '@tieout/statements';
import { once } from './ids';
import { readTable, wordIn, type CsvRow } from './csv-table';
import { unitHelp } from './layout-reader';
import { report, suggestion, type Source } from './source';

interface FigureContext {
  readonly chart: Chart;
  readonly layouts: readonly Layout[];
  readonly concepts: ReadonlyMap<string, Concept>;
  /** Ids of the figures read before. */
  readonly seen: Set<string>;
}

const columns = [
  'id',
  'statement',
  'line',
  'column',
  'label',
  'unit',
  'published',
  'text',
  'source_line',
  'reading',
  'because',
];
const readings = ['printed', 'nil', 'below-unit', 'repaired', 'repaired-exact'] as const;

export function readFigures(source: Source, context: FigureContext): readonly PublishedFigure[] {
  const rows = readTable(source, { needed: columns }) ?? [];
  return rows.flatMap((row) => (row.whole ? (readFigure(row, source, context) ?? []) : []));
}

function readFigure(row: CsvRow, source: Source, context: FigureContext): PublishedFigure | undefined {
  const refuse = (column: string, code: 'E107' | 'E303' | 'E305', message: string, help?: string): void =>
    report(source, row.at(column), code, message, { help });

  const id = row.cell('id');
  if (id === '') refuse('id', 'E107', 'figure: "id" is missing');
  once(context.seen, id, () => report(source, row.at('id'), 'E108', `figure ${id} is declared twice`));
  const published = row.cell('published');
  if (!isDecimal(published)) {
    refuse(
      'published',
      'E305',
      `cannot read ${published === '' ? 'an empty cell' : published} as a published value`,
      'write a plain decimal, signed as printed: -481300; a nil is 0',
    );
  }
  const unit = row.cell('unit');
  if (!parseUnit(unit)) refuse('unit', 'E107', `"${unit}" is no unit`, unitHelp);
  const reading = wordIn(source, row, { column: 'reading', words: readings, what: 'figure' });
  const because = row.cell('because');
  const repaired = reading === 'repaired' || reading === 'repaired-exact';
  if (repaired && because === '')
    refuse('because', 'E107', `figure ${id} is ${reading}, but "because" does not say from which equations`);
  if (reading === 'nil' && isDecimal(published) && !/^-?0*(\.0*)?$/.test(published))
    refuse('published', 'E305', `figure ${id} is nil, but its value is ${published}`);
  const line = row.cell('source_line');
  if (!/^\d{0,9}$/.test(line))
    refuse('source_line', 'E107', `figure: "source_line" is ${line}, but must be a line number or empty`);

  const cell = cellOfRow(row, context, refuse);
  if (!cell) return undefined;
  if (id !== '' && id !== cell.fact && !id.endsWith(`:${cell.fact}`) && !id.endsWith(`.${cell.fact}`)) {
    refuse(
      'id',
      'E107',
      `figure ${id} stands in the cell of ${cell.fact}`,
      `its id is ${cell.fact}, or for a further print of that fact PREFIX:${cell.fact}`,
    );
  }
  return {
    id,
    fact: cell.fact,
    statement: row.cell('statement'),
    line: cell.line.id,
    label: row.cell('label') || cell.line.label,
    column: cell.column.id,
    period: cell.column.period,
    unit,
    published,
    text: row.cell('text'),
    sourceLine: Number(line),
    reading: reading === 'repaired-exact' ? 'repaired' : (reading ?? 'printed'),
    ...(because === '' ? {} : { because }),
    ...(repaired ? { overDetermined: reading === 'repaired' } : {}),
  };
}

interface PlacedCell {
  readonly line: LayoutLine;
  readonly column: LayoutColumn;
  readonly fact: string;
}

/** The cell that a row names; what of its address is not there is reported (E303). */
function cellOfRow(
  row: CsvRow,
  { chart, layouts, concepts }: FigureContext,
  refuse: (column: string, code: 'E303', message: string, help?: string) => void,
): PlacedCell | undefined {
  const [statement, lineId, columnId] = [row.cell('statement'), row.cell('line'), row.cell('column')];
  const layout = layouts.find(({ id }) => id === statement);
  if (!layout) {
    refuse(
      'statement',
      'E303',
      `no layout of a statement "${statement}"`,
      suggestion(
        statement,
        layouts.map(({ id }) => id),
      ),
    );
    return undefined;
  }
  const lines = layout.blocks.flatMap((block) => block.lines);
  if (!lines.some(({ id, style }) => id === lineId && style !== 'heading')) {
    const help = suggestion(
      lineId,
      lines.filter(({ style }) => style !== 'heading').map(({ id }) => id),
    );
    refuse('line', 'E303', `statement ${statement} has no line "${lineId}"`, help);
    return undefined;
  }
  const address = (period: string | undefined, column: string): string =>
    period === undefined ? column : `${period}/${column}`;
  for (const block of layout.blocks) {
    const index = block.columns.findIndex(({ id }) => address(block.period, id) === columnId);
    const column = block.columns[index];
    const line = block.lines.find(({ id }) => id === lineId);
    if (!column || !line) continue;
    const cell = line.cells[index];
    const concept = cell && concepts.get(cell.concept);
    const period = chart.periods.find(({ id }) => id === column.period);
    if (!cell || !concept || !period) {
      refuse('column', 'E303', `line ${lineId} of statement ${statement} has no cell in column ${columnId}`);
      return undefined;
    }
    return { line, column, fact: factId({ concept: concept.id, time: timeOfCell(cell, concept, period) }) };
  }
  const addresses = layout.blocks.flatMap((block) =>
    block.columns.map(({ id }) => address(block.period, id)),
  );
  const help = suggestion(columnId, addresses) ?? `its columns are ${addresses.join(', ')}`;
  refuse('column', 'E303', `statement ${statement} has no column "${columnId}"`, help);
  return undefined;
}
