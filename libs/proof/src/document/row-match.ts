/**
 * How well a printed row is one or more rows of a table.
 *
 *     Property, plant and equipment Right-of-use assets	3,379,279 440,083	2,909,263 432,164
 *
 * is two rows that the scan has merged: column by column, every row's cell. So the cells expected of a group of rows
 * stand in column order, and the printed amounts are held against them in order, as two texts are compared. What counts
 * is that values are equal and that the row says the label; a value that is not equal may stand in a cell all the same
 * (it is then another value, and that is said). A row that says another label is never taken, whatever its digits.
 */
import { isNear, type NumberToken } from './numbers';
import {
  isSmall,
  noLabel,
  type BookTable,
  type PrintedLabel,
  type PrintedRow,
  type TableCell,
  type TableRow,
} from './tables';
import { contained, likeness } from './words';

/** An amount that stands in a cell. */
export interface Placed {
  readonly token: NumberToken;
  readonly cell: TableCell;
  readonly equal: boolean;
}

export interface RowMatch {
  readonly score: number;
  /** Worth of the values that are equal. */
  readonly evidence: number;
  readonly labelled: boolean;
  readonly placed: readonly Placed[];
}

/** "5" is found everywhere, "3,379,279" is not. */
const worth = (key: string): number => {
  const digits = key.replace(/\D/g, '').length;
  return digits >= 4 ? 1.5 : digits === 3 ? 1 : 0.5;
};

/** The cells of rows in the order of print: by column; a column of its own for lines that have only one cell. */
function expected(rows: readonly TableRow[], columns: number, singlesLast: boolean): readonly TableCell[] {
  const filled = (row: TableRow): number => row.cells.filter((cell) => cell !== undefined).length;
  const late = (row: TableRow): boolean => singlesLast && filled(row) === 1;
  const byColumn = (chosen: readonly TableRow[]) =>
    Array.from({ length: columns }, (_, column) => chosen.flatMap((row) => row.cells[column] ?? [])).flat();
  return [...byColumn(rows.filter((row) => !late(row))), ...byColumn(rows.filter(late))];
}

const [leaveToken, leaveCell, place] = [1, 2, 3];

/** Amounts against cells, both in order: the best way to lay them side by side. */
function layOut(
  amounts: readonly NumberToken[],
  cells: readonly TableCell[],
): { score: number; placed: readonly Placed[] } {
  const width = cells.length + 1;
  const best = new Float64Array((amounts.length + 1) * width);
  const steps = new Uint8Array(best.length);
  const at = (token: number, cell: number): number => best[token * width + cell] ?? 0;
  for (let token = 0; token <= amounts.length; token += 1) {
    for (let cell = 0; cell <= cells.length; cell += 1) {
      if (token === 0 && cell === 0) continue;
      const amount = amounts[token - 1];
      const wanted = cells[cell - 1];
      let score = -Infinity;
      let step = leaveToken;
      if (amount) {
        // What stands before the first cell is a smeared row or a label and costs nothing here.
        score = at(token - 1, cell) - (cell === 0 || isSmall(amount) ? 0 : 0.3);
      }
      if (wanted) {
        const without = at(token, cell - 1) - (wanted.key === undefined ? 0 : 0.7);
        if (without > score) [score, step] = [without, leaveCell];
      }
      if (amount && wanted?.key !== undefined) {
        const gain = amount.key === wanted.key ? worth(wanted.key) : -0.35;
        const placed = at(token - 1, cell - 1) + gain;
        if (placed > score) [score, step] = [placed, place];
      }
      best[token * width + cell] = score;
      steps[token * width + cell] = step;
    }
  }
  const placed: Placed[] = [];
  let [token, cell] = [amounts.length, cells.length];
  while (token > 0 || cell > 0) {
    const step = steps[token * width + cell];
    const [amount, wanted] = [amounts[token - 1], cells[cell - 1]];
    if (step === place && amount && wanted)
      placed.push({ token: amount, cell: wanted, equal: amount.key === wanted.key });
    if (step !== leaveCell) token -= 1;
    if (step !== leaveToken) cell -= 1;
  }
  return { score: at(amounts.length, cells.length), placed: placed.reverse() };
}

/** Says the label something else? A phrase that the row above says too is its smear, and says nothing. */
function saysOther({ words, echoed }: PrintedLabel, chosen: readonly TableRow[], table: BookTable): boolean {
  if (words.length === 0 || echoed) return false;
  const like = Math.max(
    ...chosen.map(({ label }) => Math.max(likeness(label, words), contained(label, words))),
  );
  if (like >= 0.75) return false;
  const others = table.rows.filter((row) => !chosen.includes(row)).map(({ label }) => likeness(label, words));
  if (like >= 0.4) return others.some((other) => other >= 0.95);
  // Foreign words, or the label of another row of the table: either way it is not this row.
  const known = words.filter((word) => table.vocabulary.has(word)).length / words.length;
  return known < 0.6 || others.some((other) => other >= 0.8);
}

/** The printed row as these consecutive rows of the table; undefined where it is none of them. */
export function matchRow(
  row: PrintedRow,
  chosen: readonly TableRow[],
  table: BookTable,
): RowMatch | undefined {
  const orders = [expected(chosen, table.columns, false)];
  if (chosen.length > 1) orders.push(expected(chosen, table.columns, true));
  const ways = orders.map((cells) => layOut(row.amounts, cells));
  const way = ways.reduce((best, next) => (next.score > best.score ? next : best));
  const first = way.placed[0];
  if (!first) return undefined;
  const said = row.labels.get(first.token) ?? noLabel;
  if (saysOther(said, chosen, table)) return undefined;
  const { words } = said;
  const likenesses = chosen.map(({ label }) =>
    chosen.length === 1 ? likeness(label, words) : contained(label, words),
  );
  const label = likenesses.reduce((sum, each) => sum + (each >= 0.5 ? each : 0), 0);
  const equal = way.placed.filter((each) => each.equal);
  const labelled = label >= 0.5;
  const rowIsFull =
    way.placed.length ===
    chosen.flatMap(({ cells }) => cells).filter((cell) => cell?.key !== undefined).length;
  // Nothing equal: only a row that says its label, prints a value for every cell, and nothing else, may be it.
  if (
    equal.length === 0 &&
    !(
      labelled &&
      Math.max(...likenesses) >= 0.75 &&
      rowIsFull &&
      row.amounts.every((each) => isSmall(each) || way.placed.some(({ token }) => token === each))
    )
  )
    return undefined;
  // A value that is neither equal nor near stands in its cell only where the row leaves no doubt about the place.
  const placed = way.placed.filter(
    (each) =>
      each.equal ||
      isNear(each.token.key, each.cell.key ?? '') ||
      (rowIsFull && (labelled || equal.length >= 2)),
  );
  const closes = row.amounts.at(-1) === way.placed.at(-1)?.token ? 0.7 : 0;
  return {
    score: way.score + label + closes - 0.4 * (chosen.length - 1),
    evidence: equal.reduce((sum, { token }) => sum + worth(token.key), 0),
    labelled,
    placed,
  };
}
