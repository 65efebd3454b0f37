/**
 * CSV read with places: a header whose every name is known, rows of as many cells, each cell where it stands.
 *
 *     account,name,type,role,normal,class
 *     ppe.cost.buildings,Buildings at cost,asset,fixed-asset,debit,buildings
 */
import { CsvError, parse } from 'csv-parse/sync';
import { oneOf, report, suggestion, type Source, type Span } from './source';

export interface CsvRow {
  /** Where the row stands. */
  readonly span: Span;
  /** Has it as many cells as the header? If not, that is reported, and its cells may stand in wrong columns. */
  readonly whole: boolean;
  /** The trimmed cell of a column, '' when the table does not have that column. */
  cell(column: string): string;
  /** Where the cell stands. */
  at(column: string): Span;
}

interface HeaderRules {
  readonly needed: readonly string[];
  /** Further names that may stand in the header. */
  readonly optional?: readonly string[];
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly raw: string;
}

/** Rows below the header; undefined, and reported (E106), when the table as a whole is not readable. */
export function readTable(
  source: Source,
  { needed, optional = [] }: HeaderRules,
): readonly CsvRow[] | undefined {
  const records = recordsOf(source);
  const header = records?.[0];
  if (!records) return undefined;
  if (!header) {
    report(source, { start: 0, end: 1 }, 'E106', 'the table is empty', {
      help: `start it with the line ${needed.join(',')}`,
    });
    return undefined;
  }
  const names = header.record.map((name) => name.trim());
  const allowed = [...needed, ...optional];
  const before = source.problems.length;
  for (const [index, name] of names.entries()) {
    const span = header.cells[index] ?? header.span;
    if (!allowed.includes(name)) {
      const help = suggestion(name, allowed) ?? `the columns of this table are ${allowed.join(', ')}`;
      report(source, span, 'E106', `unknown column "${name}"`, { help });
    } else if (names.indexOf(name) !== index) report(source, span, 'E106', `column "${name}" stands twice`);
  }
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    report(
      source,
      header.span,
      'E106',
      `${missing.length === 1 ? 'column' : 'columns'} ${missing.join(', ')} missing`,
    );
  }
  if (source.problems.length > before) return undefined;

  return records.slice(1).map(({ record, cells, span }): CsvRow => {
    const whole = record.length === names.length;
    if (!whole) {
      const extra = cells[names.length] ?? span;
      report(source, extra, 'E106', `the row has ${record.length} cells, the header ${names.length}`, {
        help: 'put a cell with a comma in it in double quotes',
      });
    }
    const index = (column: string): number => names.indexOf(column);
    return {
      span,
      whole,
      cell: (column) => record[index(column)]?.trim() ?? '',
      at: (column) => cells[index(column)] ?? span,
    };
  });
}

/** The word in a cell that must hold one of these; undefined, and reported (E107), when it does not. */
export function wordIn<W extends string>(
  source: Source,
  row: CsvRow,
  { column, words, what }: { readonly column: string; readonly words: readonly W[]; readonly what: string },
): W | undefined {
  const text = row.cell(column);
  const found = words.find((each) => each === text);
  if (found === undefined) {
    const message =
      text === '' ? `${what}: "${column}" is missing` : `${what}: "${column}" cannot be ${text}`;
    report(source, row.at(column), 'E107', message, { help: oneOf(text, words) });
  }
  return found;
}

interface PlacedRecord {
  readonly record: readonly string[];
  readonly span: Span;
  readonly cells: readonly Span[];
}

function recordsOf(source: Source): readonly PlacedRecord[] | undefined {
  try {
    // With `raw` a record comes with its text, blank lines before it included: all of them together are the file.
    // The package's types do not say so, hence the cast.
    const records = parse(source.text, {
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as CsvRecord[];
    let offset = 0;
    return records.map(({ record, raw }) => {
      const lead = /^[\r\n]*/.exec(raw)![0].length;
      const start = offset + lead;
      const end = offset + raw.trimEnd().length;
      offset += raw.length;
      return { record, span: { start, end }, cells: cellSpans(source.text, start, end) };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? Math.min(error['lines'], source.lineStarts.length) : 1;
    const start = source.lineStarts[line - 1] ?? 0;
    const reason = error.message.split(':')[0]!.toLowerCase();
    report(source, { start, end: start + 1 }, 'E106', `malformed CSV: ${reason}`, {
      help: 'double quotes enclose a whole cell; inside it they are written twice',
    });
    return undefined;
  }
}

/** Where the cells of a record stand: split at commas outside quotes. */
function cellSpans(text: string, start: number, end: number): readonly Span[] {
  const spans: Span[] = [];
  let from = start;
  let quoted = false;
  for (let at = start; at <= end; at++) {
    if (text[at] === '"') quoted = !quoted;
    if (at === end || (text[at] === ',' && !quoted)) {
      spans.push({ start: from, end: Math.max(at, from + 1) });
      from = at + 1;
    }
  }
  return spans;
}
