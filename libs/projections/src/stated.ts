/**
 * What the statements say, line by line, as it is stored beside the projections: the figures that readers have seen.
 *
 * They are stored when the book is loaded, when a period is closed or reopened, and when a replay cuts over. A rebuild
 * under another program, chart or layout is held against them, as of their own length, because entries since move figures
 * rightly. Invariant: what is stored never changes silently. Where the stored projections are of another version or
 * structure, `keep` stores nothing; only a replay that said which figures move cuts over.
 */
import { Inject, Injectable } from '@nestjs/common';
import type { EventLog, Snapshot } from '@tieout/event-log';
import { inUnit, type PublishedFigure, type When } from '@tieout/statements';
import { Replay } from './replay';
import { Statements } from './statements';
import { BOOK_STRUCTURE, EVENT_LOG, type BookStructure } from './tokens';

/** NOTE stored format: a cell of a statement. */
export interface StatedCell {
  readonly statement: string;
  readonly title: string;
  /** The table's own title, in a statement of several. */
  readonly table?: string;
  readonly line: string;
  readonly label: string;
  readonly column: string;
  readonly fact: string;
  readonly unit: PublishedFigure['unit'];
  /** Exact decimal in the unit; null where it is not disclosed. */
  readonly value: string | null;
}

/** What is stored, or why nothing can be held against it. */
export type Stored =
  { readonly cells: readonly StatedCell[]; readonly length: number } | { readonly none: string };

/** A cell before and after. A side is absent where its statements have no such line. */
export interface Move extends Omit<StatedCell, 'value'> {
  readonly before?: string | null;
  readonly after?: string | null;
}

const PROJECTION = 'statements';
const VERSION = 1;

/** Labels and columns may be named anew: a line says the same figure all the same. */
const keyOf = ({ statement, line, fact }: StatedCell): string => [statement, line, fact].join('\t');

/** The cells that do not say the same, in the order of the statements after, then what only those before had. */
export function movesBetween(before: readonly StatedCell[], after: readonly StatedCell[]): readonly Move[] {
  const byKey = (cells: readonly StatedCell[]): Map<string, StatedCell> =>
    new Map(cells.map((cell) => [keyOf(cell), cell]));
  const [old, now] = [byKey(before), byKey(after)];
  const moved = [...now].flatMap(([key, { value, ...place }]): Move[] => {
    const was = old.get(key)?.value;
    if (was === value) return [];
    return [{ ...place, ...(was === undefined ? {} : { before: was }), after: value }];
  });
  const gone = [...old].flatMap(([key, { value, ...place }]): Move[] =>
    now.has(key) ? [] : [{ ...place, before: value }],
  );
  return [...moved, ...gone];
}

@Injectable()
export class Stated {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(BOOK_STRUCTURE) private readonly structure: BookStructure,
    @Inject(Replay) private readonly replay: Replay,
    @Inject(Statements) private readonly statements: Statements,
  ) {}

  /** Every cell of every statement, of the books as the last run of the replay left them. */
  cells(when: When = { kind: 'as-laid-out' }): readonly StatedCell[] {
    const { chart, layouts } = this.structure;
    const books = this.statements.books();
    return layouts.flatMap((layout) => {
      const { id, title: name, blocks } = this.statements.statement(layout, when, books);
      return blocks.flatMap(({ title, columns, lines }) =>
        lines.flatMap(({ id: line, label, unit, cells }) =>
          cells.flatMap((cell, index): StatedCell[] => {
            const column = columns[index];
            if (!cell || !column) return [];
            const value = inUnit(cell.value, unit, chart) ?? null;
            const table = title === undefined ? {} : { table: title };
            return [
              {
                statement: id,
                title: name,
                ...table,
                line,
                label,
                column: column.label,
                fact: cell.fact,
                unit,
                value,
              },
            ];
          }),
        ),
      );
    });
  }

  snapshot(): Snapshot {
    return this.replay.snapshotOf(PROJECTION, VERSION, this.cells());
  }

  /** What the stored statements say. */
  async stored(): Promise<Stored> {
    const snapshot = (await this.log.loadSnapshots()).find(({ projection }) => projection === PROJECTION);
    if (!snapshot) return { none: 'no statements are stored' };
    if (!(await this.replay.isOfThisLog(snapshot)))
      return { none: 'the stored statements are of another log' };
    if (snapshot.version !== VERSION) return { none: 'the stored statements are of another format' };
    return { cells: JSON.parse(snapshot.state) as readonly StatedCell[], length: snapshot.length };
  }

  /** Stores projections and statements, all at once. */
  async save(): Promise<void> {
    await this.replay.saveSnapshots([this.snapshot()]);
  }

  /**
   * Stores the projections, and the statements with them where they are asked for, if what is stored is of this version and
   * structure; else it stores nothing, and answers no. Evaluating every statement costs more than most commands.
   */
  async keep({ statements }: { readonly statements: boolean }): Promise<boolean> {
    if (!this.replay.keeps) return true;
    if (!this.sameStructure(await this.log.loadSnapshots())) return false;
    await (statements ? this.save() : this.replay.saveSnapshots());
    return true;
  }

  /** Whatever else a store keeps as snapshots is no matter of projections. */
  private sameStructure(stored: readonly Snapshot[]): boolean {
    const own = new Set([PROJECTION, ...this.replay.names]);
    return stored.every((each) => !own.has(each.projection) || this.replay.isOfThisStructure(each));
  }
}
