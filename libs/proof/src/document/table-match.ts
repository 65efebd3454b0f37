/**
 * Where the tables of a book stand in a text: by what is printed, never by line number.
 *
 * Rows keep their order within a table, so a table against the rows of a text is an alignment: rows of the text may be
 * left out (headings, ghosts), rows of the table may be lost, some are merged into one. The best stretch of the text
 * wins; the heading above it speaks for it. Tables that print the same rows (an income statement in the discussion, and
 * the statement itself) compete: the one with the most to show there is placed first, and what it took is taken.
 */
import { digitsOf } from './numbers';
import { matchRow, type RowMatch } from './row-match';
import { isSmall, sideBySide, type BookTable, type PrintedRow } from './tables';
import { contained, wordsOf } from './words';

/** A table in its place: which printed row is which of its rows. */
export interface PlacedTable {
  readonly table: BookTable;
  readonly score: number;
  readonly rows: readonly {
    readonly row: PrintedRow;
    readonly from: number;
    readonly count: number;
    readonly match: RowMatch;
  }[];
}

/** More than this many rows are not merged into one line. */
const mostMerged = 12;

interface Candidate {
  readonly count: number;
  readonly match: RowMatch;
}

const printed = (table: BookTable, index: number): number =>
  table.rows[index]?.cells.filter((cell) => cell?.key !== undefined).length ?? 0;

/** What a printed row may be, by the table row that it begins with. */
function candidates(
  row: PrintedRow,
  table: BookTable,
  rowsOfKey: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<number, readonly Candidate[]> {
  const equal = row.amounts.filter(({ key }) => rowsOfKey.has(key));
  const hit = new Set(equal.flatMap(({ key }) => rowsOfKey.get(key) ?? []));
  const said = table.rows.flatMap(({ label }, index) =>
    (hit.size > 0 || label.length > 1 || row.amounts.length === printed(table, index)) &&
    contained(label, row.words) >= 0.8
      ? [index]
      : [],
  );
  const found = new Map<number, Candidate[]>();
  // A "5" alone is no reason to look closer.
  if (said.length === 0 && equal.every(isSmall)) return found;
  for (const index of said) hit.add(index);
  const last = Math.max(-1, ...hit);
  for (const from of hit) {
    const here: Candidate[] = [];
    const unused = new Map<string, number>();
    for (const { key } of equal) unused.set(key, (unused.get(key) ?? 0) + 1);
    /** Does the row print a value of this table row that the rows before it have not used? */
    const brings = (index: number): boolean => {
      let any = false;
      for (const cell of table.rows[index]?.cells ?? []) {
        const left = cell?.key === undefined ? 0 : (unused.get(cell.key) ?? 0);
        if (left > 0 && cell?.key !== undefined) {
          unused.set(cell.key, left - 1);
          any = true;
        }
      }
      return any;
    };
    for (
      let count = 1;
      count <= mostMerged && from + count <= Math.min(last + 2, table.rows.length);
      count += 1
    ) {
      const to = from + count - 1;
      // A last row whose values are all other ones is still a row, where the print has values left for it.
      const spare =
        row.amounts.length -
        Array.from({ length: count - 1 }, (_, index) => printed(table, from + index)).reduce(
          (sum, each) => sum + each,
          0,
        );
      if (!brings(to) && count > 1 && (spare < printed(table, to) || spare > printed(table, to) + 1))
        continue;
      const match = matchRow(row, table.rows.slice(from, to + 1), table);
      if (match) here.push({ count, match });
    }
    if (here.length > 0) found.set(from, here);
  }
  return found;
}

const lost = (table: BookTable, index: number): number => Math.min(1, 0.35 * printed(table, index));

/** The words of the lines before each row, for headings: as far back as twelve short lines. */
function headings(rows: readonly PrintedRow[], lines: readonly string[]): readonly (readonly string[])[] {
  return rows.map(({ lines: [first] }) => {
    const near: string[] = [];
    for (let number = (first?.number ?? 0) - 1; number >= 0 && near.length < 12; number -= 1) {
      const text = lines[number] ?? '';
      if (text.trim() !== '') near.push(text.length < 300 ? text : text.slice(-300));
    }
    return near.flatMap(wordsOf);
  });
}

type Move =
  | { readonly kind: 'text' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'match'; readonly candidate: Candidate };

/** The best stretch of the rows for one table. */
function placeTable(
  table: BookTable,
  rows: readonly PrintedRow[],
  free: (row: PrintedRow) => boolean,
  headingOf: readonly (readonly string[])[],
  known: (row: PrintedRow) => ReadonlyMap<number, readonly Candidate[]>,
): PlacedTable | undefined {
  const size = table.rows.length + 1;
  const score = new Float64Array((rows.length + 1) * size).fill(-Infinity);
  const moves: (Move | undefined)[] = new Array<Move | undefined>(score.length);
  const at = (row: number, index: number): number => score[row * size + index] ?? -Infinity;
  const reach = (row: number, index: number, value: number, move: Move | undefined): void => {
    if (value <= at(row, index)) return;
    score[row * size + index] = value;
    moves[row * size + index] = move;
  };
  for (let number = 0; number <= rows.length; number += 1) {
    const row = rows[number];
    reach(number, 0, 1.5 * contained(table.title, headingOf[number] ?? []), undefined);
    const here = row && free(row) ? known(row) : undefined;
    for (let index = 0; index < size; index += 1) {
      const value = at(number, index);
      if (value === -Infinity) continue;
      if (index + 1 < size) reach(number, index + 1, value - lost(table, index), { kind: 'lost' });
      if (!row) continue;
      if (index > 0) reach(number + 1, index, value - 0.2 - 0.5 * row.apart, { kind: 'text' });
      for (const candidate of here?.get(index) ?? []) {
        reach(number + 1, index + candidate.count, value + candidate.match.score, {
          kind: 'match',
          candidate,
        });
      }
    }
  }
  let end = 0;
  for (let number = 1; number <= rows.length; number += 1)
    if (at(number, size - 1) > at(end, size - 1)) end = number;
  const placed: PlacedTable['rows'][number][] = [];
  let [number, index] = [end, size - 1];
  for (let move = moves[number * size + index]; move; move = moves[number * size + index]) {
    if (move.kind === 'lost') index -= 1;
    else {
      number -= 1;
      if (move.kind === 'match') {
        index -= move.candidate.count;
        const row = rows[number];
        if (row) placed.push({ row, from: index, count: move.candidate.count, match: move.candidate.match });
      }
    }
  }
  const found: PlacedTable = { table, score: at(end, size - 1), rows: placed.reverse() };
  return isConvincing(found) ? found : undefined;
}

/** Half of the table, or three rows that say their labels; and either labels or values that no chance explains. */
function isConvincing({ table, rows }: PlacedTable): boolean {
  const equal = rows.flatMap(({ match }) => match.placed).filter((each) => each.equal);
  const expected = table.rows.reduce((sum, _row, index) => sum + printed(table, index), 0);
  const strong = equal.filter(({ token }) => digitsOf(token.key).length >= 4).length;
  const named = rows.filter(({ match }) => match.labelled && match.evidence > 0).length;
  const half = equal.length * 2 >= expected || rows.length * 2 >= table.rows.length;
  return equal.length > 0 && (named > 0 || strong >= 4) && (half || named >= 3);
}

/** All tables that are found, those with the most to show first. */
export function placeTables(
  tables: readonly BookTable[],
  rows: readonly PrintedRow[],
  lines: readonly string[],
): readonly PlacedTable[] {
  const headingOf = headings(rows, lines);
  const taken = new Set<PrintedRow>();
  const finderOf = (table: BookTable) => {
    const rowsOfKey = new Map<string, number[]>();
    table.rows.forEach(({ cells }, index) => {
      for (const cell of cells)
        if (cell?.key !== undefined) rowsOfKey.set(cell.key, [...(rowsOfKey.get(cell.key) ?? []), index]);
    });
    const known = new Map<PrintedRow, ReadonlyMap<number, readonly Candidate[]>>();
    const candidatesOf = (row: PrintedRow) => {
      const before = known.get(row);
      if (before) return before;
      const found = candidates(row, table, rowsOfKey);
      known.set(row, found);
      return found;
    };
    return () => placeTable(table, rows, (row) => !taken.has(row), headingOf, candidatesOf);
  };
  const finders = tables.map((table) => {
    const joined = sideBySide(table);
    const ways = [finderOf(table), ...(joined ? [finderOf(joined)] : [])];
    return (): PlacedTable | undefined =>
      ways
        .map((find) => find())
        .reduce((best, next) => ((next?.score ?? -Infinity) > (best?.score ?? -Infinity) ? next : best));
  });
  const waiting = new Map(finders.map((find) => [find, find()]));
  const placed: PlacedTable[] = [];
  while (waiting.size > 0) {
    const [find, best] = [...waiting].reduce((a, b) =>
      (b[1]?.score ?? -Infinity) > (a[1]?.score ?? -Infinity) ? b : a,
    );
    waiting.delete(find);
    if (!best) continue;
    placed.push(best);
    for (const { row } of best.rows) taken.add(row);
    for (const [other, before] of waiting) {
      if (before?.rows.some(({ row }) => taken.has(row))) waiting.set(other, other());
    }
  }
  return placed;
}
