/**
 * What was published, held against the replay of a session.
 */
import { parseFactId, type PublishedFigure, type When } from '@tieout/statements';
import { holdFigures, type HeldFigure, type HoldInput } from '@tieout/proof';
import { RecordedFacts, type BooksAt } from '@tieout/projections';
import type { Session } from './session';

function inputOf(session: Session, books: BooksAt, figures: readonly PublishedFigure[]): HoldInput {
  const { confirmations, explanations } = session.replay.stateOf(session.projections.get(RecordedFacts));
  const recorded = (figure: string) => ({
    confirmed: figure in confirmations,
    explained: figure in explanations,
  });
  return { figures, world: books.world, evaluator: books.figures, recorded };
}

/**
 * The published figures that can be held against the books as asked for. Of a day, those whose time is over then: what
 * is printed of a half-year contradicts no part of it.
 */
export function publishedBy({ book }: Session, when: When): readonly PublishedFigure[] {
  if (when.kind !== 'day') return book.figures;
  const ends = new Map(book.chart.periods.map(({ id, to }) => [id, to]));
  return book.figures.filter(({ fact }) => {
    const time = parseFactId(fact)?.time ?? '';
    return (ends.get(time) ?? time) <= when.day;
  });
}

/** States only: enough for ticks. */
export const heldFigures = (
  session: Session,
  books: BooksAt,
  figures: readonly PublishedFigure[],
): readonly HeldFigure[] => holdFigures(inputOf(session, books, figures));
