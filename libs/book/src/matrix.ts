/**
 * A matrix: one table a period, whose columns are accounts or members, each cell where a line and a column meet.
 */
import type { Period } from '@tieout/ledger';
import { factId, timeOfCell, type CellFigure, type Concept, type LayoutBlock } from '@tieout/statements';
import type { Footing } from './book';
import { cellRef, partsInPrint, sameOf } from './concept-drafts';
import type { LineDraft, Ref, StatementDraft } from './layout-reader';
import { suggestion } from './source';
import { cellOf, layoutLine, type Compiling } from './table';
import { problem } from './yaml-fields';

export function matrixBlocks(
  draft: StatementDraft,
  periods: readonly Period[],
  compiling: Compiling,
): LayoutBlock[] {
  const { concepts, resolve, footings } = compiling;
  checkMatrixNames(draft);
  const cellAt = new Map<LineDraft, readonly (CellFigure | undefined)[]>();
  for (const line of draft.lines) {
    const cells = draft.columns.map((column) => {
      const ref = line.formula.kind === 'heading' ? undefined : cellRef(draft, line, column);
      const concept = ref && concepts.get(resolve(ref) ?? '');
      return concept && cellOf(draft, sumless(line, draft, concept), concept);
    });
    if (line.formula.kind === 'selection' && line.id !== '' && cells.every((cell) => cell === undefined)) {
      problem(line.fields.where, 'E302', `line ${line.id} selects nothing in any column`);
    }
    cellAt.set(line, cells);
  }
  return periods.map((period) => {
    const has = (line: LineDraft): boolean => line.periods === undefined || line.periods.includes(period.id);
    const lines = draft.lines.map((line, index) => {
      const cells = cellAt.get(line) ?? [];
      return layoutLine(
        line,
        index,
        draft,
        line.formula.kind === 'heading' ? [] : cells.map((cell) => (has(line) ? cell : undefined)),
      );
    });
    const factAt = (line: number, column: number): string | undefined => {
      const cell = lines[line]?.cells[column];
      const concept = cell && concepts.get(cell.concept);
      return concept && factId({ concept: concept.id, time: timeOfCell(cell, concept, period) });
    };
    const add = (
      line: string,
      kind: Footing['kind'],
      total: string | undefined,
      parts: readonly { fact: string | undefined; times: 1 | -1 }[],
    ): void => {
      const of = parts.flatMap(({ fact, times }) => (fact === undefined ? [] : [{ fact, times }]));
      if (total !== undefined && of.length > 0) footings.push({ statement: draft.id, kind, total, of, line });
    };
    for (const [lineIndex, line] of draft.lines.entries()) {
      for (const [columnIndex, column] of draft.columns.entries()) {
        const total = factAt(lineIndex, columnIndex);
        if (line.formula.kind !== 'quotient') {
          const position = (ref: Ref): number => draft.lines.findIndex(({ id }) => id === ref.name);
          add(
            line.id,
            'foot',
            total,
            partsInPrint(line.formula).map((ref) => ({
              fact: factAt(position(ref), columnIndex),
              times: ref.times,
            })),
          );
          const across = (ref: Ref): number => draft.columns.findIndex(({ id }) => id === ref.name);
          add(
            line.id,
            'cross-foot',
            total,
            partsInPrint(column.formula).map((ref) => ({
              fact: factAt(lineIndex, across(ref)),
              times: ref.times,
            })),
          );
        }
      }
    }
    const columns = draft.columns.map(({ id, label }) => ({ id, label, period: period.id }));
    return { period: period.id, columns, lines };
  });
}

/** A sum line shows what its parts are, opening or movement, where it does not say it itself. */
function sumless(line: LineDraft, draft: StatementDraft, concept: Concept): LineDraft {
  if (line.formula.kind !== 'sum' || line.measure !== undefined || !('measure' in concept.formula))
    return line;
  const stock = concept.formula.measure === 'stock';
  const parts = line.formula.of.flatMap(
    (ref) => draft.lines.find(({ id }) => id === ref.name)?.measure ?? [],
  );
  return { ...line, measure: stock ? (parts[0] ?? 'closing') : 'movement' };
}

/** Sums of a matrix name its own lines and columns, `same` its columns. */
function checkMatrixNames(draft: StatementDraft): void {
  const [lineIds, columnIds] = [draft.lines.map(({ id }) => id), draft.columns.map(({ id }) => id)];
  const check = (refs: readonly Ref[], ids: readonly string[], what: string): void => {
    for (const { name, at } of refs) {
      if (!ids.includes(name))
        problem(at, 'E301', `statement ${draft.id} has no ${what} "${name}"`, {
          help: suggestion(name, ids),
        });
    }
  };
  for (const { formula } of draft.columns) check(partsInPrint(formula), columnIds, 'column');
  for (const line of draft.lines) {
    const { formula } = line;
    check(partsInPrint(formula), lineIds, 'line');
    if (formula.kind === 'quotient') check([formula.numerator, formula.denominator], lineIds, 'line');
    for (const [name, ref] of sameOf(formula)) check([{ ...ref, name }], columnIds, 'column');
  }
}
