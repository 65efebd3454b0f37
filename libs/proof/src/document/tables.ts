/**
 * The two sides of a comparison, shaped alike: the tables that a book expects to find, and the rows that a text prints.
 *
 * A table of the book is the layout's lines by its columns, each cell with the key of what was printed there (numbers.ts);
 * a cell that was lost, or prints a dash, has none. A printed row is a line of the text with amounts in it, tabs or not;
 * amounts that stand alone on consecutive lines are one row that the scan has scattered. Nothing here knows line numbers
 * of the book: a text may have moved.
 */
import type { Layout, LayoutBlock } from '@tieout/statements';
import type { StatedFigure } from '../coverage';
import { keyOf, type NumberToken } from './numbers';
import { wordsOf } from './words';

export interface TableCell extends StatedFigure {
  /** What the document prints for it; absent where that is no number. */
  readonly key?: string;
}

export interface TableRow {
  readonly name: string;
  readonly label: readonly string[];
  readonly note?: string;
  /** One per column; undefined where nothing was published. */
  readonly cells: readonly (TableCell | undefined)[];
}

export interface BookTable {
  /** The statement, and of a matrix the period of its block: `note-10/2022H1`. */
  readonly id: string;
  readonly statement: string;
  readonly title: readonly string[];
  readonly columns: number;
  readonly rows: readonly TableRow[];
  /** All words of its labels, headings and title. */
  readonly vocabulary: ReadonlySet<string>;
  /** The note numbers beside its lines: `4(a)`. */
  readonly notes: ReadonlySet<string>;
}

const addressOf = (statement: string, line: string, column: string, period: string): string =>
  `${statement} ${line} ${column} ${period}`;

function tableOf(
  layout: Layout,
  block: LayoutBlock,
  figureAt: (address: string) => StatedFigure | undefined,
): BookTable {
  const rows = block.lines.flatMap((line): TableRow[] => {
    const cells = block.columns.map(({ id, period }): TableCell | undefined => {
      const stated = figureAt(addressOf(layout.id, line.id, id, period));
      if (!stated) return undefined;
      const key = keyOf(stated.figure.text);
      return { ...stated, ...(key === undefined ? {} : { key }) };
    });
    if (cells.every((cell) => cell === undefined)) return [];
    const label = [...new Set(wordsOf(line.label.replace(/\([^)]*label lost[^)]*\)/, ' ')))];
    return [{ name: line.label, label, cells, ...(line.note === undefined ? {} : { note: line.note }) }];
  });
  const names = [
    layout.title,
    layout.heading,
    ...block.lines.map(({ label }) => label),
    ...block.columns.map(({ label }) => label),
  ];
  return {
    id: block.period === undefined ? layout.id : `${layout.id}/${block.period}`,
    statement: layout.id,
    title: wordsOf(layout.title),
    columns: block.columns.length,
    rows,
    vocabulary: new Set(names.flatMap(wordsOf)),
    notes: new Set(rows.flatMap(({ note }) => note ?? [])),
  };
}

/** The tables of a book, in printing order; of those without a published figure, none. */
export function tablesOf(layouts: readonly Layout[], figures: readonly StatedFigure[]): readonly BookTable[] {
  const at = new Map(
    figures.map((each) => {
      const { statement, line, column, period } = each.figure;
      return [addressOf(statement, line, column, period), each];
    }),
  );
  return layouts.flatMap((layout) =>
    layout.blocks
      .map((block) => tableOf(layout, block, (address) => at.get(address)))
      .filter(({ rows }) => rows.length > 0),
  );
}

/**
 * The same table with lines of one label printed side by side: an amount and its percentage are two lines of a layout
 * and one row of the print. Undefined where no label comes twice.
 */
export function sideBySide(table: BookTable): BookTable | undefined {
  const byName = new Map<string, TableRow[]>();
  for (const row of table.rows) byName.set(row.name, [...(byName.get(row.name) ?? []), row]);
  const most = Math.max(...[...byName.values()].map((rows) => rows.length));
  if (most === 1) return undefined;
  const rows = [...byName.values()].flatMap((same): TableRow[] => {
    const [first] = same;
    if (!first) return [];
    const cells = Array.from({ length: table.columns }, (_, column) =>
      Array.from({ length: most }, (_each, index) => same[index]?.cells[column]),
    ).flat();
    return [{ ...first, cells }];
  });
  return { ...table, rows, columns: table.columns * most };
}

/** A line of the text, with its numbers. */
export interface TextLine {
  /** From 0. */
  readonly number: number;
  readonly text: string;
  readonly tokens: readonly NumberToken[];
  /** Of those, what may be an amount: not dates, units and marks. */
  readonly amounts: readonly NumberToken[];
}

/** What is said directly before an amount, in its row or, where the row begins with it, in the lines above. */
export interface PrintedLabel {
  readonly words: readonly string[];
  /** The row above says the same: its text has smeared into this row. */
  readonly echoed: boolean;
}

export const noLabel: PrintedLabel = { words: [], echoed: false };

export interface PrintedRow {
  readonly lines: readonly TextLine[];
  readonly amounts: readonly NumberToken[];
  readonly labels: ReadonlyMap<NumberToken, PrintedLabel>;
  /** All its words, and those of the short lines directly above it. */
  readonly words: readonly string[];
  /** Sentences between it and the row before it. */
  readonly apart: number;
}

/** A note number, or an amount so small that it could be one. */
export const isSmall = ({ key, wellFormed }: NumberToken): boolean => wellFormed && /^\d{1,2}$/.test(key);

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();

/** The labels of a line's amounts. `above`: labels that were broken over lines, and headings. */
function labelsOf(
  { text, amounts }: TextLine,
  above: string,
  before: string,
): ReadonlyMap<NumberToken, PrintedLabel> {
  const rowBefore = squeezed(before);
  let from: number | undefined;
  return new Map(
    amounts.map((token) => {
      const own = text.slice(from ?? 0, token.start);
      const words = wordsOf(from === undefined ? `${above} ${own}` : own);
      if (!isSmall(token)) from = token.end;
      return [token, { words, echoed: words.length > 1 && rowBefore.includes(squeezed(own)) }];
    }),
  );
}

/** A sentence, and not a row of a table: it ends like one, or has words enough where it leads to a table. */
export function isSentence({ text, amounts }: Pick<TextLine, 'text' | 'amounts'>): boolean {
  if (text.includes('\t') || text.length <= 60) return false;
  if (/\.["”)]*\s*$/.test(text) || /[\p{L}\d)]\. \p{Lu}/u.test(text)) return true;
  return /[:;]\s*$/.test(text) && (text.match(/[A-Za-z]{2,}/g) ?? []).length >= 8 * amounts.length;
}

/** Nothing but one number: a cell that lost its row. */
const standsAlone = ({ text, amounts, tokens }: TextLine): boolean => {
  const [only] = amounts;
  return only !== undefined && tokens.length === 1 && text.trim() === only.text && only.key.length > 3;
};

/** The rows of a text, in order; its sentences are none. */
export function printedRows(lines: readonly TextLine[]): readonly PrintedRow[] {
  const rows: PrintedRow[] = [];
  let above: string[] = [];
  let apart = 0;
  let open = false;
  for (const line of lines) {
    if (line.text.trim() === '') continue;
    if (line.amounts.length === 0 || isSentence(line)) {
      open = false;
      if (isSentence(line)) {
        apart += 1;
        above = [];
      } else above.push(line.text);
      continue;
    }
    const last = rows.at(-1);
    if (open && last && standsAlone(line)) {
      rows[rows.length - 1] = {
        ...last,
        lines: [...last.lines, line],
        amounts: [...last.amounts, ...line.amounts],
      };
      continue;
    }
    const heading = above.slice(-4).join(' ');
    rows.push({
      lines: [line],
      amounts: line.amounts,
      labels: labelsOf(line, heading, last?.lines.map(({ text }) => text).join(' ') ?? ''),
      words: wordsOf(`${heading} ${line.text}`),
      apart,
    });
    [above, apart, open] = [[], 0, standsAlone(line)];
  }
  return rows;
}
