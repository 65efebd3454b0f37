/**
 * A statement: its layout evaluated, ready to print, to serialise, or to hold against what was published.
 *
 * No published number is read here: every value comes from the legs.
 */
import type { Chart, Period } from '@tieout/ledger';
import { LayoutError } from './layout-error';
import { evaluator, type EvaluatedWorld, type Evaluator } from './evaluate';
import type { CellFigure, Concept, Layout, LayoutBlock, LayoutLine, LineStyle } from './layout';
import { factId, timeOfCell } from './time';
import type { Value } from './value';

export interface StatementCell {
  readonly fact: string;
  readonly value: Value;
}

export interface StatementLine {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
  readonly style: LineStyle;
  readonly unit: string;
  readonly decimals: number;
  /** One per column; undefined where the line has no cell. */
  readonly cells: readonly (StatementCell | undefined)[];
}

export interface StatementColumn {
  readonly id: string;
  readonly label: string;
  readonly period: string;
  /** "unaudited", where the column's period has one. */
  readonly audit: string;
}

export interface StatementBlock {
  readonly title?: string;
  readonly columns: readonly StatementColumn[];
  readonly lines: readonly StatementLine[];
}

export interface Statement {
  readonly id: string;
  readonly title: string;
  readonly heading: string;
  readonly unit: string;
  readonly shape: Layout['shape'];
  readonly blocks: readonly StatementBlock[];
}

/** Which columns: those of the layout, or another period, or balances at a day. */
export type When =
  | { readonly kind: 'as-laid-out' }
  | { readonly kind: 'period'; readonly period: string }
  | { readonly kind: 'day'; readonly day: string };

function periodOf(id: string, chart: Chart): Period {
  const period = chart.periods.find((each) => each.id === id);
  if (!period) throw new LayoutError(`no period ${id}`);
  return period;
}

/** The layout with one column over another period, each line keeping the cell of its first column. */
function relaid(layout: Layout, period: Period): readonly LayoutBlock[] {
  const own = layout.blocks.find((block) => block.period === period.id);
  if (own) return [own];
  const first = layout.blocks[0];
  if (!first) return [];
  if (layout.shape === 'matrix') {
    const columns = first.columns.map((column) => ({ ...column, period: period.id }));
    return [{ period: period.id, columns, lines: first.lines }];
  }
  const index = first.columns.findIndex((column) => column.period === period.id);
  const cellOf = (line: LayoutLine): CellFigure | undefined =>
    index >= 0 ? line.cells[index] : line.cells.find((cell) => cell !== undefined);
  return [
    {
      columns: [{ id: period.id, label: period.column, period: period.id }],
      lines: first.lines.map((line) => ({ ...line, cells: [cellOf(line)] })),
    },
  ];
}

const isNil = (value: Value): boolean => value.kind === 'money' && value.minor === 0;

/**
 * Evaluate a layout. With `when: day`, balances stand at that day and flows run up to it (the world must have been
 * made with that `asOf`).
 */
export function statementOf(
  layout: Layout,
  world: EvaluatedWorld,
  when: When,
  figures: Evaluator = evaluator(world),
): Statement {
  const { chart, concepts } = world;
  const blocks = blocksFor(layout, chart, when);
  const evaluated = blocks.map((block): StatementBlock => {
    const lines = block.lines.flatMap((line): StatementLine[] => {
      const cells = line.cells.map((cell, index): StatementCell | undefined => {
        const column = block.columns[index];
        if (!cell || !column) return undefined;
        const fact = factOfCell(cell, concepts, periodOf(column.period, chart), when);
        const value = figures.value(fact);
        if (!value)
          throw new LayoutError(`${layout.id}: ${line.id} names ${fact}, which this book cannot say`);
        return { fact, value };
      });
      if (line.onlyWhenNotNil && cells.every((cell) => !cell || isNil(cell.value))) return [];
      const { id, label, note, style, unit = layout.unit, decimals = layout.decimals } = line;
      return [{ id, label, ...(note === undefined ? {} : { note }), style, unit, decimals, cells }];
    });
    const columns = block.columns.map(({ id, label, period }): StatementColumn => {
      const { audit } = periodOf(period, chart);
      return { id, label: when.kind === 'day' && layout.shape === 'dates' ? when.day : label, period, audit };
    });
    const title = block.period === undefined ? undefined : periodOf(block.period, chart).label;
    return { ...(title === undefined ? {} : { title }), columns, lines };
  });
  const { id, title, heading, unit, shape } = layout;
  return { id, title, heading, unit, shape, blocks: evaluated };
}

function blocksFor(layout: Layout, chart: Chart, when: When): readonly LayoutBlock[] {
  switch (when.kind) {
    case 'as-laid-out':
      return layout.blocks;
    case 'period':
      return relaid(layout, periodOf(when.period, chart));
    case 'day': {
      const period =
        chart.periods.find(({ from, to }) => from <= when.day && when.day <= to) ?? chart.periods.at(-1);
      if (!period) throw new LayoutError('the book has no periods');
      return relaid(layout, period);
    }
  }
}

function factOfCell(
  cell: CellFigure,
  concepts: ReadonlyMap<string, Concept>,
  period: Period,
  when: When,
): string {
  const concept = concepts.get(cell.concept);
  if (!concept) throw new LayoutError(`no figure ${cell.concept}`);
  const time = timeOfCell(cell, concept, period);
  const closing = when.kind === 'day' && time === period.to;
  return factId({ concept: cell.concept, time: closing ? when.day : time });
}
