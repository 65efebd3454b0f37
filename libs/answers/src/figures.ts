/**
 * Every published figure: what was printed, what the replay gives, and whether the two agree.
 */
import type { FigureDocument, FiguresDocument } from '@tieout/documents';
import { refuse } from '@tieout/events';
import type { ProvenFigure } from '@tieout/proof';
import type { PublishedFigure } from '@tieout/statements';
import { provenFigures } from './checked';
import type { Session } from './session';
import { suggestion } from './suggestion';

/** The heads of a book's columns, by statement and by the column's name in the figures' files. */
export function columnHeads({ layouts }: Session['book']): (figure: PublishedFigure) => string {
  const labels = new Map<string, string>();
  for (const { id, blocks } of layouts) {
    for (const { period, columns } of blocks) {
      for (const column of columns)
        labels.set(`${id} ${period === undefined ? '' : `${period}/`}${column.id}`, column.label);
    }
  }
  return ({ statement, column }) => labels.get(`${statement} ${column}`) ?? column;
}

/** A figure as scripts read it: these keys and no others, because scripts rely on the shape. */
const documentOf = (
  { figure, replayed, state, basis, entries }: ProvenFigure,
  column: string,
): FigureDocument => {
  const { id, fact, statement, label, period, unit, published, text, sourceLine } = figure;
  return {
    id,
    fact,
    statement,
    label,
    column,
    period,
    unit,
    published,
    replayed: replayed ?? null,
    state,
    basis,
    source: { line: sourceLine, text },
    entries,
  };
};

export function figuresIn(proven: readonly ProvenFigure[], { book }: Session): FiguresDocument {
  const headOf = columnHeads(book);
  return proven.map((each) => documentOf(each, headOf(each.figure)));
}

/** In the order of the book. */
export async function figuresDocument(session: Session): Promise<FiguresDocument> {
  return figuresIn((await provenFigures(session, session.book.figures)).figures, session);
}

/** One of them, by its id. Refuses (E601) an id that no figure has. */
export function figureDocument(asked: string, figures: FiguresDocument): FigureDocument {
  return (
    figures.find(({ id }) => id === asked) ??
    refuse('E601', `no published figure is called "${asked}"`, {
      help: suggestion(
        asked,
        figures.map(({ id }) => id),
        'tieout figures lists them',
      ),
    })
  );
}
