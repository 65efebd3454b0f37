/**
 * A table of columns that are periods or days, and its cells.
 */
import type { Chart, Period } from '@tieout/ledger';
import {
  factId,
  timeOfCell,
  type CellFigure,
  type Concept,
  type LayoutBlock,
  type LayoutLine,
} from '@tieout/statements';
import type { Footing } from './book';
import { measureOf, partsInPrint } from './concept-drafts';
import type { Resolve } from './concept-resolver';
import type { LineDraft, Ref, StatementDraft } from './layout-reader';
import { problem } from './yaml-fields';

/** What tables are made with; footings are added to as tables are made. */
export interface Compiling {
  readonly chart: Chart;
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly resolve: Resolve;
  readonly footings: Footing[];
}

/** The cell of a line that shows a concept. Reports a flow that is asked for its opening, or a stock for its movement. */
export function cellOf(draft: StatementDraft, line: LineDraft, concept: Concept): CellFigure {
  const kind = 'measure' in concept.formula ? concept.formula.measure : undefined;
  const natural = kind === undefined ? measureOf(draft, line) : kind === 'stock' ? 'closing' : 'movement';
  const wanted = line.measure ?? (draft.shape === 'matrix' ? measureOf(draft, line) : natural);
  if (kind !== undefined && (kind === 'stock') !== (wanted !== 'movement')) {
    problem(
      line.fields.at('measure'),
      'E107',
      `line ${line.id} shows the ${wanted} of ${concept.id}, which is a ${kind}`,
      {
        help: kind === 'stock' ? 'a stock has an opening and a closing' : 'a flow has a movement',
      },
    );
  }
  return { concept: concept.id, measure: wanted };
}

export function layoutLine(
  line: LineDraft,
  index: number,
  draft: StatementDraft,
  cells: LayoutLine['cells'],
): LayoutLine {
  const { label, note, style, unit, decimals, onlyWhenNotNil } = line;
  return {
    id: line.id === '' ? `${draft.id}.heading-${index + 1}` : line.id,
    label,
    ...(note === undefined ? {} : { note }),
    style,
    cells,
    ...(onlyWhenNotNil ? { onlyWhenNotNil } : {}),
    ...(unit === undefined ? {} : { unit }),
    ...(decimals === undefined ? {} : { decimals }),
  };
}

export function table(draft: StatementDraft, periods: readonly Period[], compiling: Compiling): LayoutBlock {
  const { concepts, resolve, footings } = compiling;
  const conceptAt = (line: LineDraft, period: Period): Concept | undefined => {
    if (line.formula.kind === 'heading' || (line.periods && !line.periods.includes(period.id)))
      return undefined;
    return concepts.get(line.formula.kind === 'figure' ? (resolve(line.formula.figure) ?? '') : line.id);
  };
  /** A part of a sum in print: the line of this table, so that one which it leaves out there is left out, or a figure of another. */
  const partAt = (ref: Ref, period: Period): Concept | undefined => {
    const line = draft.lines.find(({ id }) => id === ref.name);
    return line ? conceptAt(line, period) : concepts.get(resolve(ref) ?? '');
  };
  const drafted = draft.lines.map((line) => {
    const shown = line.formula.kind === 'heading' ? [] : periods.map((period) => conceptAt(line, period));
    const [any] = shown.filter((concept) => concept !== undefined);
    const measure = any && cellOf(draft, line, any).measure;
    return {
      line,
      cells: shown.map((concept) => (concept && measure ? { concept: concept.id, measure } : undefined)),
    };
  });
  for (const { line, cells } of drafted) {
    const parts = partsInPrint(line.formula);
    for (const [index, cell] of cells.entries()) {
      const period = periods[index];
      if (!cell || !period || parts.length === 0) continue;
      const factOf = (id: string): string | undefined => {
        const concept = concepts.get(id);
        return (
          concept &&
          factId({ concept: id, time: timeOfCell({ concept: id, measure: cell.measure }, concept, period) })
        );
      };
      const of = parts.flatMap((ref) => {
        const fact = factOf(partAt(ref, period)?.id ?? '');
        return fact === undefined ? [] : [{ fact, times: ref.times }];
      });
      const total = factOf(cell.concept);
      if (total !== undefined) footings.push({ statement: draft.id, kind: 'foot', total, of, line: line.id });
    }
  }
  return {
    columns: periods.map((period) => ({
      id: period.id,
      label: draft.shape === 'dates' ? longDay(period.to) : period.column,
      period: period.id,
    })),
    lines: drafted.map(({ line, cells }, index) => layoutLine(line, index, draft, cells)),
  };
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** 2022-06-30 is "30 June 2022". */
export const longDay = (day: string): string =>
  `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`;
