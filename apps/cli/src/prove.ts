/**
 * What was published, held against the replay of a session.
 */
import type { PublishedFigure } from '@tieout/statements';
import { holdFigures, proveFigures, type Held, type Proven } from '@tieout/proof';
import { JournalIndex, RecordedFacts, type BooksAt } from '@tieout/projections';
import type { Session } from './session';

/** A figure and its state. */
export type Ticked = Held & { readonly figure: PublishedFigure };

function inputOf(session: Session, books: BooksAt, figures: readonly PublishedFigure[]) {
  const { confirmations, explanations } = session.replay.stateOf(session.app.get(RecordedFacts));
  const recorded = (figure: string) => ({ confirmed: figure in confirmations, explained: figure in explanations });
  return { figures, world: books.world, evaluator: books.figures, recorded };
}

/** States only: enough for ticks. */
export const tickedFigures = (session: Session, books: BooksAt, figures: readonly PublishedFigure[]): readonly Ticked[] =>
  holdFigures(inputOf(session, books, figures));

/** With basis and entries. */
export function provenFigures(session: Session, books: BooksAt, figures: readonly PublishedFigure[]): readonly Proven[] {
  const { app, replay, book } = session;
  const entries = replay.stateOf(app.get(JournalIndex)).lines.map(({ entry }) => entry);
  return proveFigures({ ...inputOf(session, books, figures), entries, bookUnit: book.amountUnit.text });
}
