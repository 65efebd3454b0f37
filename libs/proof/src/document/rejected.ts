/**
 * Readings that are rejected, and why: a scan prints some numbers twice and some wrongly.
 *
 *     Gross profit 934,043 1,205,067 Selling expenses …     a whole statement smeared into one cell
 *     (2,017)                                                a ghost of (2,617) on the row above
 *     0,2,007 · (3,320,7988) · ,202,333                      no number groups its digits so
 *
 * They are rejected only beside the table that they are copies of, and only where their row names nothing else: the same
 * digits in a row of another name are another number, and stay untested.
 */
import { digitDistance, digitsOf, editDistance, isNear, type NumberToken } from './numbers';
import type { PlacedTable } from './table-match';
import { isSmall, type PrintedRow, type TableCell } from './tables';
import { compareDecimals, formatAmount } from '@tieout/money';

export interface Rejected {
  readonly state: 'ghost' | 'smeared' | 'label' | 'untested';
  readonly reason: string;
  /** The figure that it is a copy or a ghost of. */
  readonly cell?: TableCell;
}

export const nameOf = ({ figure }: TableCell): string => `${figure.id} ${figure.text}`.trimEnd();

const valued = (row: PlacedTable['rows'][number]): readonly TableCell[] =>
  row.match.placed.map(({ cell }) => cell).filter(({ figure }) => figure.reading === 'printed');

/** The two placed rows before a line and the two after it, and its own: order counts, not distance. */
function neighbours({ rows }: PlacedTable, line: number): PlacedTable['rows'] {
  const last = ({ row }: PlacedTable['rows'][number]): number => row.lines.at(-1)?.number ?? 0;
  const before = rows
    .filter((row) => last(row) < line)
    .slice(-2)
    .reverse();
  const after = rows.filter((row) => last(row) >= line).slice(0, 3);
  return [...after, ...before];
}

const nearest = (cells: readonly TableCell[], key: string): TableCell | undefined => {
  const near = cells.filter((cell) => cell.key !== undefined && cell.key !== key && isNear(cell.key, key));
  return near.length === 0
    ? undefined
    : near.reduce((a, b) => (digitDistance(b.key ?? '', key) < digitDistance(a.key ?? '', key) ? b : a));
};

/** What a damaged number was: a neighbour's, or one of the table that differs in a single digit. */
export function ghostOf(placed: PlacedTable, token: NumberToken): TableCell | undefined {
  const all = placed.table.rows.flatMap(({ cells }) =>
    cells.flatMap((cell) => (cell?.figure.reading === 'printed' ? [cell] : [])),
  );
  const close = all.filter(
    (cell) => digitsOf(cell.key ?? '').length >= 5 && digitDistance(cell.key ?? '', token.key) === 1,
  );
  return nearest(neighbours(placed, token.line).flatMap(valued), token.key) ?? nearest(close, token.key);
}

const malformed = (token: NumberToken): string =>
  `malformed number: no amount groups its digits as ${token.text}`;

/** A reading that stands in the cell of a figure which the book repairs. */
export function rejectedInCell(
  placed: PlacedTable,
  token: NumberToken,
  cell: TableCell,
): { state: 'ghost' | 'repaired'; reason: string; ghost?: TableCell } {
  const { published } = cell.figure;
  const value = compareDecimals(published, '0') === 0 ? 'nil' : formatAmount(published);
  const repair = `the cell is ${value}: ${cell.figure.id} is repaired from the equations of its table`;
  const ghost = ghostOf(placed, token);
  const damage = token.wellFormed ? '' : `${malformed(token)}; `;
  if (ghost)
    return {
      state: 'ghost',
      reason: `${damage}ghost of ${nameOf(ghost)} on a neighbouring row; ${repair}`,
      ghost,
    };
  return token.wellFormed
    ? { state: 'repaired', reason: repair }
    : { state: 'ghost', reason: damage + repair };
}

/** Does the row name something that the table does not know? A word with one letter wrong is known. */
function isForeign(row: PrintedRow, placed: PlacedTable, token: NumberToken): boolean {
  const { table } = placed;
  const before = row.amounts.slice(0, row.amounts.indexOf(token) + 1).reverse();
  const labels = before.map((each) => row.labels.get(each)?.words.filter((word) => !/^\d/.test(word)) ?? []);
  const words = labels.find((each) => each.length > 0) ?? [];
  const isKnown = (word: string): boolean =>
    table.vocabulary.has(word) ||
    (word.length >= 4 && [...table.vocabulary].some((each) => editDistance(each, word) === 1));
  return words.length > 0 && words.filter(isKnown).length < 0.6 * words.length && !isGarbled(row, placed);
}

const letters = (row: PrintedRow): string =>
  (row.lines[0]?.text ?? '')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .toLowerCase()
    .slice(0, 120);

/** "designated as at rain variet infough profit" below "designated as at fair value through profit": the line again. */
function isGarbled(row: PrintedRow, placed: PlacedTable): boolean {
  const own = letters(row);
  return (
    own.length >= 10 &&
    neighbours(placed, row.lines[0]?.number ?? 0).some(({ row: other }) => {
      const near = letters(other);
      return editDistance(own, near) <= 0.4 * Math.max(own.length, near.length);
    })
  );
}

/** The amounts of a row that no cell took, in or directly beside a table. */
export function rejectRow(
  row: PrintedRow,
  placed: PlacedTable,
  left: readonly NumberToken[],
): ReadonlyMap<NumberToken, Rejected> {
  const { table } = placed;
  const notes = new Set([...table.notes].map((note) => /^\d+/.exec(note)?.[0]));
  const inLabels = new Set(table.rows.flatMap(({ label }) => label).filter((word) => /^\d+$/.test(word)));
  const cells = table.rows.flatMap((each) => each.cells.flatMap((cell) => cell ?? []));
  const found = new Map<NumberToken, Rejected>();
  for (const token of left) {
    const copied = cells.filter((cell) => cell.key === token.key && cell.figure.reading === 'printed');
    const [copy] = copied;
    if (isSmall(token) && notes.has(token.key))
      found.set(token, { state: 'label', reason: 'note reference' });
    else if (isSmall(token) && inLabels.has(token.key))
      found.set(token, { state: 'label', reason: "part of a row's label" });
    else if (copy && isForeign(row, placed, token)) {
      found.set(token, {
        state: 'untested',
        reason: `the same digits as ${nameOf(copy)}, but the row names something else`,
      });
    } else if (copy)
      found.set(token, { state: 'smeared', reason: `smeared copy of ${nameOf(copy)}`, cell: copy });
    else if (!isForeign(row, placed, token) || !token.wellFormed) {
      const ghost = ghostOf(placed, token);
      if (ghost) {
        const damage = token.wellFormed ? '' : `${malformed(token)}; `;
        found.set(token, { state: 'ghost', reason: `${damage}ghost of ${nameOf(ghost)}`, cell: ghost });
      } else if (!token.wellFormed) found.set(token, { state: 'ghost', reason: malformed(token) });
    }
  }
  const damaged = [...found.values()].some(({ state }) => state === 'ghost');
  for (const token of left) {
    if (found.has(token)) continue;
    found.set(
      token,
      damaged
        ? {
            state: 'ghost',
            reason: `stands in a damaged row of ${table.statement}, which has no cell for it`,
          }
        : { state: 'untested', reason: `${table.statement} has no cell for it` },
    );
  }
  return found;
}
