/**
 * Figures of statements before and after, line by line, grouped by statement: what a rebuild or a restatement moves.
 */
import { subtractDecimals } from '@tieout/money';
import { inFull } from '../broken';
import { padEnd, padStart, paint, widthOf, wrap, type Terminal } from './text';

export interface MovedLine {
  readonly statement: string;
  readonly title: string;
  readonly table?: string;
  readonly label: string;
  readonly column: string;
  readonly unit: string;
  /** Exact decimals; null where not disclosed, absent where there is no such line. */
  readonly before?: string | null;
  readonly after?: string | null;
}

const said = (value: string | null | undefined): string =>
  value === undefined ? 'no line' : value === null ? 'n.d.' : inFull(value);

/** What was added; empty where a side is no number. */
const added = ({ before, after }: MovedLine): string =>
  before == null || after == null ? '' : inFull(subtractDecimals(after, before));

/** `heads`: of the two columns; `below`: lines under a move, by its index. Says so where nothing moved. */
export function movesText(
  moves: readonly MovedLine[],
  terminal: Terminal,
  heads: readonly [string, string] = ['Stored', 'Rebuilt'],
  below: (index: number) => readonly string[] = () => [],
): string {
  if (moves.length === 0) return 'No line of any statement moves.';
  const byStatement = [...new Set(moves.map(({ statement }) => statement))].flatMap((id) =>
    moves.filter(({ statement }) => statement === id),
  );
  const rows = byStatement.map((move) => [said(move.before), said(move.after), added(move)] as const);
  const widths = [0, 1, 2].map((at) =>
    Math.max(8, widthOf(heads[at] ?? ''), ...rows.map((row) => widthOf(row[at] ?? ''))),
  );
  const label = Math.max(24, terminal.width - widths.reduce((sum, width) => sum + width + 2, 0));
  const amounts = (cells: readonly string[]): string =>
    cells.map((cell, at) => `  ${padStart(cell, widths[at] ?? 0)}`).join('');
  const lines: string[] = [];
  let statement = '';
  byStatement.forEach((move, index) => {
    if (move.statement !== statement) {
      statement = move.statement;
      if (lines.length > 0) lines.push('');
      const titles = wrap(move.title, label);
      const last = padEnd(titles.at(-1) ?? '', label) + amounts([...heads, 'Change']);
      lines.push(...[...titles.slice(0, -1), last].map((text) => paint(text, 'bold', terminal)));
    }
    const place = [move.label, move.table, move.column, move.unit].filter((part) => part !== undefined);
    const parts = wrap(place.join(' · '), label);
    lines.push(...parts.slice(0, -1), padEnd(parts.at(-1) ?? '', label) + amounts(rows[index] ?? []));
    lines.push(...below(moves.indexOf(move)));
  });
  const count = moves.length === 1 ? '1 figure moves' : `${moves.length} figures move`;
  return [...lines, '', count].join('\n');
}
