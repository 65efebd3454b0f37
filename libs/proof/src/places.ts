/**
 * Where prints stand in their tables: what is printed next to them, and in the columns of other periods.
 */
import type { Layout } from '@tieout/statements';
import type { Print, Prints } from './prints';

export interface Places {
  /** Printed on the next lines above and below, in the same column; in a matrix also in the next columns. */
  neighbours(print: Print): readonly Print[];
  /** On the same line, of other periods. */
  otherPeriods(print: Print): readonly Print[];
}

const address = (statement: string, line: string, period: string, column: string): string =>
  [statement, line, period, column].join('\n');

export function placesOf(prints: Prints, layouts: readonly Layout[]): Places {
  const at = new Map(
    prints.all.map((print) => {
      const { statement, line, period, column } = print.figure;
      return [address(statement, line, period, column), print];
    }),
  );
  const layoutOf = new Map(layouts.map((layout) => [layout.id, layout]));

  /** The block of a print: its lines and columns by id. */
  const blockOf = ({ figure }: Print) =>
    layoutOf
      .get(figure.statement)
      ?.blocks.find((block) => block.period === undefined || block.period === figure.period);

  /** The nearest to either side that is printed. */
  const beside = (ids: readonly string[], own: string, find: (id: string) => Print | undefined): Print[] => {
    const index = ids.indexOf(own);
    const nearest = (others: readonly string[]): Print[] => {
      for (const id of others) {
        const found = find(id);
        if (found) return [found];
      }
      return [];
    };
    return index === -1 ? [] : [...nearest(ids.slice(0, index).reverse()), ...nearest(ids.slice(index + 1))];
  };

  const neighbours = (print: Print): readonly Print[] => {
    const { statement, line, period, column } = print.figure;
    const block = blockOf(print);
    if (!block) return [];
    const lines = block.lines.map(({ id }) => id);
    const columns = block.period === undefined ? [] : block.columns.map(({ id }) => id);
    return [
      ...beside(lines, line, (id) => at.get(address(statement, id, period, column))),
      ...beside(columns, column, (id) => at.get(address(statement, line, period, id))),
    ];
  };

  const otherPeriods = (print: Print): readonly Print[] => {
    const { statement, line, period, column } = print.figure;
    const blocks = layoutOf.get(statement)?.blocks ?? [];
    const columns = blocks.flatMap((block) =>
      block.columns.map((each) => ({
        period: each.period,
        column: each.id,
        matrix: block.period !== undefined,
      })),
    );
    return columns
      .filter((each) => each.period !== period && (!each.matrix || each.column === column))
      .flatMap((each) => at.get(address(statement, line, each.period, each.column)) ?? []);
  };

  return { neighbours, otherPeriods };
}
