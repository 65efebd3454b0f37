/**
 * What the tables say of the numbers in and beside them: tied in a cell, another number than the book read there, a
 * reading that the equations replace, a copy, a ghost, a heading.
 */
import type { NumberToken } from './numbers';
import { rejectedInCell, rejectRow } from './rejected';
import type { PlacedTable } from './table-match';
import type { Found } from './ticked';
import type { PrintedRow } from './tables';

/** Lines of the text that no placed row is, by the table that they stand in or directly beside. */
function ownersOf(
  rows: readonly PrintedRow[],
  placed: readonly PlacedTable[],
): ReadonlyMap<PrintedRow, PlacedTable> {
  const at = new Map(rows.map((row, index) => [row, index]));
  const owners = new Map<PrintedRow, PlacedTable>();
  for (const table of placed) for (const { row } of table.rows) owners.set(row, table);
  for (const table of placed) {
    const places = table.rows.map(({ row }) => at.get(row) ?? 0);
    for (let index = Math.min(...places); index <= Math.max(...places); index += 1) {
      const row = rows[index];
      if (row && !owners.has(row)) owners.set(row, table);
    }
  }
  // A smear may follow its table or come before it; only sentences part them from anything else.
  const shares = (row: PrintedRow, owner: PlacedTable): number => {
    const keys = new Set(owner.table.rows.flatMap(({ cells }) => cells.flatMap((cell) => cell?.key ?? [])));
    return row.amounts.filter(({ key }) => keys.has(key)).length;
  };
  const adopt = (row: PrintedRow, beside: PrintedRow | undefined): void => {
    const owner = beside && owners.get(beside);
    const now = owners.get(row);
    if (owner && (!now || shares(row, owner) > shares(row, now))) owners.set(row, owner);
  };
  const loose = rows.filter((row) => !owners.has(row));
  for (const row of loose) if (row.apart === 0) adopt(row, rows[(at.get(row) ?? 0) - 1]);
  for (const row of [...loose].reverse()) {
    const next = rows[(at.get(row) ?? 0) + 1];
    if (next?.apart === 0) adopt(row, next);
  }
  return owners;
}

const looksLikeHeading = (row: PrintedRow): boolean =>
  row.amounts.every(({ text, key }) => key.length <= 4 && !/[,()%]/.test(text));

/** What tables say of the numbers in and beside them; and which statement's rows the lines are. */
export function tickTables(
  placed: readonly PlacedTable[],
  rows: readonly PrintedRow[],
  inCells: ReadonlySet<string>,
  found: Map<NumberToken, Found>,
): ReadonlyMap<number, string> {
  for (const table of placed) {
    for (const { match } of table.rows) {
      for (const { token, cell, equal } of match.placed) {
        const { figure, state: figureState } = cell;
        const about = { figure: figure.id, figureState };
        if (!equal)
          found.set(token, {
            state: 'differs',
            reason: `the book read ${figure.text} in this cell`,
            ...about,
          });
        else if (figure.reading !== 'repaired')
          found.set(token, { state: 'tied', reason: `stands in the cell of ${figure.id}`, ...about });
        else {
          const { state, reason } = rejectedInCell(table, token, cell);
          found.set(token, { state, reason, ...about });
        }
      }
    }
  }
  const owners = ownersOf(rows, placed);
  const firsts = new Set(placed.flatMap(({ rows: [first] }) => first?.row ?? []));
  rows.forEach((row, index) => {
    const left = row.amounts.filter((token) => !found.has(token));
    if (left.length === 0) return;
    // Headings are broken too: "202 | 22 | 202 | .1" over two columns of years.
    const next = rows.slice(index + 1).findIndex((each) => !looksLikeHeading(each));
    const opened = rows.slice(index + 1, index + 2 + next);
    if (
      looksLikeHeading(row) &&
      opened.some((each) => firsts.has(each)) &&
      opened.every(({ apart }) => apart === 0) &&
      !placed.some((each) => each.rows.some((one) => one.row === row))
    ) {
      for (const token of left) found.set(token, { state: 'label', reason: 'heading of a column' });
      return;
    }
    const owner = owners.get(row);
    if (!owner) return;
    for (const [token, { cell, state, reason }] of rejectRow(row, owner, left)) {
      const lost = cell && !inCells.has(cell.figure.id);
      const last = state === 'smeared' && lost;
      // A ghost needs something that it is the ghost of: a figure that stands nowhere else stands here, changed.
      if (state === 'ghost' && lost && token.wellFormed) {
        found.set(token, {
          state: 'differs',
          reason: `the book read ${cell.figure.text} here`,
          figure: cell.figure.id,
          figureState: cell.state,
        });
        continue;
      }
      found.set(token, {
        state,
        reason: last
          ? `${reason}, whose own cell is lost in the scan: this copy is what is left of it`
          : reason,
        ...(cell ? { figure: cell.figure.id, figureState: cell.state } : {}),
      });
    }
  });
  return new Map(
    [...owners].flatMap(([row, { table }]) =>
      row.lines.map(({ number }): [number, string] => [number, table.statement]),
    ),
  );
}
