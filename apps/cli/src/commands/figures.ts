/**
 * `figures`: every published figure: what was printed, what the replay gives, and whether the two agree.
 */
import { figuresIn, provenFigures } from '@tieout/answers';
import { ExitCode } from '@tieout/events';
import { Statements } from '@tieout/projections';
import { stateGlyph } from '@tieout/proof';
import { csvRecord, forTerminal, padEnd, padStart, paint, widthOf } from '../print/text';
import { legend, word } from '../print/state';
import { brokenLines, inFull } from '../broken';
import type { Session } from '../session';
import { countStates, isFinding } from '../summary';

export async function runFigures(session: Session): Promise<number> {
  const { io, globals, book, projections } = session;
  const books = projections.get(Statements).books();
  const { figures: proven } = await provenFigures(session, book.figures);
  const found = proven.filter(({ state }) => isFinding(state, globals.strict ?? false));
  const code = found.length > 0 ? ExitCode.findings : ExitCode.done;
  if (globals.json) {
    io.print(JSON.stringify(figuresIn(proven, session), undefined, 1));
    return code;
  }
  const rows = proven.map(({ figure, replayed, state, basis }) => ({
    id: figure.id,
    unit: figure.unit,
    text: figure.text,
    published: figure.published,
    replayed: replayed ?? '',
    state,
    basis,
  }));
  if (globals.csv) {
    const head = ['id', 'unit', 'published', 'replayed', 'state', 'basis', 'text'];
    io.print(
      [
        head,
        ...rows.map((row) => [row.id, row.unit, row.published, row.replayed, row.state, row.basis, row.text]),
      ]
        .map(csvRecord)
        .join('\n'),
    );
    return code;
  }
  const { out } = io;
  const shown = rows.map((row) => ({
    ...row,
    published: inFull(row.published),
    replayed: row.replayed === '' ? 'n.d.' : inFull(row.replayed),
  }));
  const published = Math.max(9, ...shown.map((row) => widthOf(row.published)));
  const replayed = Math.max(8, ...shown.map((row) => widthOf(row.replayed)));
  const rest = out.width - published - replayed - 9 - (out.width >= 110 ? 17 : 0);
  const id = Math.max(20, Math.min(rest, Math.max(...shown.map((row) => widthOf(row.id)))));
  const line = (cells: readonly [string, string, string, string, string]): string =>
    forTerminal(
      `${padEnd(cells[0].length > id ? `${cells[0].slice(0, id - 1)}…` : cells[0], id)}  ${padStart(cells[1], published)}  ${padStart(cells[2], replayed)}  ${cells[3]}${out.width >= 110 ? `  ${cells[4]}` : ''}`,
      out,
    ).trimEnd();
  io.print(paint(line(['Figure', 'Published', 'Replayed', ' ', 'Basis']), 'bold', out));
  for (const row of shown)
    io.print(line([row.id, row.published, row.replayed, stateGlyph[row.state], row.basis]));
  io.print('');
  const broken = await brokenLines(session, books, proven);
  for (const text of broken.length === 0 ? [] : [...broken, '']) io.print(forTerminal(text, out));
  io.print(
    forTerminal(
      `${proven.length} figures: ${countStates(proven)
        .map(({ state, count }) => `${count} ${word(state)}`)
        .join(', ')}`,
      out,
    ),
  );
  io.print(forTerminal(legend(), out));
  return code;
}
