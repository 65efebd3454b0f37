/**
 * All ties of a session's book, run on its replay: once for all questions of the session.
 */
import type { CollectiveEntry } from '@tieout/ledger';
import { Journal, RecordedFacts, Statements, type BooksAt } from '@tieout/projections';
import {
  checkFigures,
  coverageOf,
  findingsOf,
  heldByTies,
  worthOf,
  type Check,
  type CheckInput,
  type Diagnosing,
  type FigureCoverage,
  type Finding,
  type ProvenFigure,
} from '@tieout/proof';
import type { PublishedFigure } from '@tieout/statements';
import { suspectsOf } from './behind';
import { publishedBy } from './prove';
import type { Session } from './session';
import { whenOf } from './when';

export interface Checked extends Diagnosing {
  readonly input: CheckInput;
  readonly check: Check;
  readonly books: BooksAt;
  /** All entries of the log; those of whole sealed pages summed where they are alike. */
  readonly entries: readonly CollectiveEntry[];
  /** What the agreement is worth: an elimination over all entries, done when it is first asked for. */
  readonly coverage: () => FigureCoverage;
  /** Of all ties, those that do not tie, with their causes. */
  readonly findings: () => Promise<readonly Finding[]>;
}

/** The function, called once at most. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Of each session the run at the revision that its replay stands at: a session that appended asks anew. */
const runs = new WeakMap<Session, { readonly revision: number; readonly run: Promise<Checked> }>();

/** As the books stand, or stood at the day and position asked for. */
export function checked(session: Session): Promise<Checked> {
  const { revision } = session.replay;
  const known = runs.get(session);
  if (known?.revision === revision) return known.run;
  const run = checkNow(session);
  runs.set(session, { revision, run });
  return run;
}

async function checkNow(session: Session): Promise<Checked> {
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
  const check = checkFigures(input);
  const run = { input, check, books, layouts: book.layouts, world: books.world, entries };
  return {
    ...run,
    coverage: once(() => coverageOf(check, entries, input)),
    findings: once(async () => findingsOf(check.ties, { ...run, suspects: await suspectsOf(session, run) })),
  };
}

/** Some published figures with their state by all ties, what they rest on, and what that is worth among them. */
export async function provenFigures(
  session: Session,
  figures: readonly PublishedFigure[],
): Promise<{ readonly figures: readonly ProvenFigure[]; readonly coverage: FigureCoverage }> {
  const { check, input, entries, world } = await checked(session);
  const wanted = new Set(figures.map(({ id }) => id));
  const held = heldByTies(check).filter(({ figure }) => wanted.has(figure.id));
  return worthOf(held, { entries, world, amounts: input.amounts });
}
