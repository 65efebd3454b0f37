/**
 * All ties of a session's book, run on its replay.
 */
import type { CollectiveEntry } from '@tieout/ledger';
import { Journal, RecordedFacts, Statements, type BooksAt } from '@tieout/projections';
import {
  checkFigures,
  heldByTies,
  worthOf,
  type Check,
  type CheckInput,
  type Diagnosing,
} from '@tieout/proof';
import type { PublishedFigure } from '@tieout/statements';
import { publishedBy } from './prove';
import type { Session } from './session';
import { whenOf } from './when';

export interface Checked extends Diagnosing {
  readonly input: CheckInput;
  readonly check: Check;
  readonly books: BooksAt;
  /** All entries of the log; those of whole sealed pages summed where they are alike. */
  readonly entries: readonly CollectiveEntry[];
}

/** As the books stand, or stood at the day and position asked for. */
export async function checked(session: Session): Promise<Checked> {
  const { projections, replay, book } = session;
  const when = whenOf(session);
  const books = projections.get(Statements).books(when.kind === 'day' ? when.day : undefined);
  const { confirmations, explanations } = replay.stateOf(projections.get(RecordedFacts));
  const figures = publishedBy(session, when);
  const claims = when.kind === 'day' ? [] : book.claims;
  // What is explained of a figure that is not looked at has not gone stale.
  const seen = new Set([...figures, ...claims].map(({ id }) => id));
  const unseen = [...book.figures, ...book.claims].flatMap(({ id }) => (seen.has(id) ? [] : [id]));
  const input: CheckInput = {
    figures,
    world: books.world,
    evaluator: books.figures,
    recorded: (figure) => ({ confirmed: figure in confirmations }),
    layouts: book.layouts,
    footings: book.footings,
    declared: book.ties,
    claims,
    explanations: Object.entries(explanations)
      .map(([subject, each]) => ({ ...each, subject }))
      .filter(
        ({ subject }) => !unseen.some((figure) => subject === figure || subject.endsWith(`:${figure}`)),
      ),
    amounts: book.amountUnit.text,
  };
  const entries = await projections.get(Journal).condensed();
  return { input, check: checkFigures(input), books, layouts: book.layouts, world: books.world, entries };
}

/** Some published figures with their state by all ties, what they rest on, and what that is worth among them. */
export async function provenFigures(session: Session, figures: readonly PublishedFigure[]) {
  const { check, input, entries, world } = await checked(session);
  const wanted = new Set(figures.map(({ id }) => id));
  const held = heldByTies(check).filter(({ figure }) => wanted.has(figure.id));
  return worthOf(held, { entries, world, amounts: input.amounts });
}
