/**
 * The statements: every layout of the book (income statement, comprehensive income, balance sheet, changes in equity,
 * cash flows, notes) evaluated on the trial balance.
 *
 * Nothing published is read here: what a statement shows comes from the replayed entries alone.
 */
import { Inject, Injectable } from '@nestjs/common';
import { cellsOf, type Cube } from '@tieout/cube';
import { assert } from '@tieout/events';
import { speaksFor } from '@tieout/ledger';
import {
  evaluator,
  indexLegs,
  statementOf,
  type Evaluator,
  type Layout,
  type Statement,
  type When,
  type World,
} from '@tieout/statements';
import { RecordedFacts, type Recorded } from './recorded';
import { Replay } from './replay';
import { BOOK_STRUCTURE, type BookStructure } from './tokens';
import { TrialBalance } from './trial-balance';

/** A world with its figures: what a question about one state of the books is answered from. */
export interface BooksAt {
  readonly world: World;
  readonly figures: Evaluator;
}

@Injectable()
export class Statements {
  /** Books of one state by day: while nothing comes, a figure is evaluated once. */
  private made: { cube: Cube; facts: Recorded['facts']; books: Map<string | undefined, BooksAt> } | undefined;

  constructor(
    @Inject(Replay) private readonly replay: Replay,
    @Inject(TrialBalance) private readonly trialBalance: TrialBalance,
    @Inject(RecordedFacts) private readonly recorded: RecordedFacts,
    @Inject(BOOK_STRUCTURE) private readonly structure: BookStructure,
  ) {}

  /** The books as the last run of the replay left them, seen up to `asOf`: a day that the run was asked to sum at. */
  books(asOf?: string): BooksAt {
    assert(
      asOf === undefined || speaksFor(asOf, this.replay.boundaries),
      `the books were replayed to be seen at ${asOf}`,
    );
    const { chart, concepts } = this.structure;
    const { cube } = this.replay.stateOf(this.trialBalance);
    const { facts } = this.replay.stateOf(this.recorded);
    if (this.made?.cube !== cube || this.made.facts !== facts) this.made = { cube, facts, books: new Map() };
    const made = this.made.books.get(asOf);
    if (made) return made;
    const recorded = new Map(Object.entries(facts).map(([fact, { value }]) => [fact, value]));
    const world: World = {
      chart,
      concepts,
      legs: indexLegs(cellsOf(cube), this.replay.boundaries),
      recorded,
      ...(asOf === undefined ? {} : { asOf }),
    };
    const books = { world, figures: evaluator(world) };
    this.made.books.set(asOf, books);
    return books;
  }

  /** One layout evaluated. */
  statement(
    layout: Layout,
    when: When,
    books: BooksAt = this.books(when.kind === 'day' ? when.day : undefined),
  ): Statement {
    return statementOf(layout, books.world, when, books.figures);
  }
}
