/**
 * What was published, held against the replay of a session.
 */
import type { PublishedFigure } from '@tieout/statements';
import { proveFigures, type Proven } from '@tieout/proof';
import { JournalIndex, RecordedFacts, type BooksAt } from '@tieout/projections';
import type { Session } from './session';

export type { Proven };

/** `basis: false` leaves out the elimination that only `figures` and the overview show. */
export function provenFigures(session: Session, books: BooksAt, figures: readonly PublishedFigure[], { basis }: { basis: boolean }): readonly Proven[] {
  const { app, replay, book } = session;
  const { confirmations } = replay.stateOf(app.get(RecordedFacts));
  const entries = replay.stateOf(app.get(JournalIndex)).lines.map(({ entry }) => entry);
  return proveFigures({ figures, world: books.world, evaluator: books.figures, entries, bookUnit: book.amountUnit.text, confirmed: new Set(Object.keys(confirmations)), basis });
}
