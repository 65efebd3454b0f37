/**
 * Roll-forwards that a table shows without saying so: where a column prints a stock at its opening and, below, at its
 * closing, the flows printed above the closing are its movements.
 *
 *     At beginning of period     2,909,263
 *     Additions                    774,750
 *     Disposals                     (1,302)
 *     At end of period           3,682,711
 *
 * Of a subtotal and its parts the subtotal counts. A table that foots its closing line itself is taken at its word.
 */
import type { Chart } from '@tieout/ledger';
import { factId, isStock, timeOfCell, type Concept, type Layout, type LayoutBlock } from '@tieout/statements';
import type { FootingInPrint } from './ties';

interface Cell {
  readonly line: string;
  readonly fact: string;
  readonly concept: string;
  readonly measure: 'opening' | 'movement' | 'closing';
  readonly stock: boolean;
}

export interface RollForwardSources {
  readonly layouts: readonly Layout[];
  readonly footings: readonly FootingInPrint[];
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly chart: Pick<Chart, 'periods'>;
}

export function rollForwards({ layouts, footings, ...world }: RollForwardSources): readonly FootingInPrint[] {
  return layouts.flatMap((layout) => {
    const own = footings.filter(({ statement, kind }) => statement === layout.id && kind === 'foot');
    const parts = new Set(own.flatMap(({ of }) => of.map(({ fact }) => fact)));
    const footed = new Set(own.map(({ line, total }) => `${line ?? ''} ${total}`));
    return layout.blocks.flatMap((block) =>
      block.columns.flatMap((_, column) => {
        const cells = cellsOf(block, column, world);
        const at = cells.findIndex(
          ({ concept, measure }, index) => measure === 'closing' && opens(cells.slice(0, index), concept),
        );
        const closing = cells[at];
        if (!closing || footed.has(`${closing.line} ${closing.fact}`)) return [];
        const above = cells.slice(0, at);
        const opening = above.filter(
          ({ concept, measure }) => measure === 'opening' && concept === closing.concept,
        );
        const flows = above.filter(({ stock, fact }) => !stock && !parts.has(fact));
        const of = [...opening, ...flows].map(({ fact }) => ({ fact, times: 1 as const }));
        return flows.length === 0
          ? []
          : [{ statement: layout.id, kind: 'foot' as const, total: closing.fact, of, line: closing.line }];
      }),
    );
  });
}

const opens = (above: readonly Cell[], closing: string): boolean =>
  above.some(({ concept, measure }) => concept === closing && measure === 'opening');

/** The amounts of a column, from top to bottom. */
function cellsOf(
  block: LayoutBlock,
  column: number,
  { concepts, chart }: Pick<RollForwardSources, 'concepts' | 'chart'>,
): Cell[] {
  const period = chart.periods.find(({ id }) => id === block.columns[column]?.period);
  return block.lines.flatMap((line): Cell[] => {
    const cell = line.cells[column];
    const concept = cell && concepts.get(cell.concept);
    if (!cell || !concept || !period || line.onlyWhenNotNil) return [];
    const { kind } = concept.formula;
    if (kind !== 'selection' && kind !== 'sum') return [];
    const fact = factId({ concept: concept.id, time: timeOfCell(cell, concept, period) });
    return [
      { line: line.id, fact, concept: concept.id, measure: cell.measure, stock: isStock(concept.formula) },
    ];
  });
}
