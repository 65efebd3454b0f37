/**
 * The figures that a statement defines, while their parts are still names.
 *
 * Every line with a formula of its own defines a concept by its id; a matrix one a cell, `LINE[axis=COLUMN]`, unless
 * the cell is said to be the same as a figure defined elsewhere.
 */
import type { Term } from '@tieout/statements';
import type {
  ColumnDraft,
  LineDraft,
  LineFormula,
  Measure,
  Narrowings,
  Ref,
  StatementDraft,
} from './layout-reader';
import { cross } from './selections';
import { problem, type At } from './yaml-fields';

/** A concept whose parts are still names. */
export interface ConceptDraft {
  readonly id: string;
  readonly label: string;
  readonly where: At;
  readonly formula:
    | {
        readonly kind: 'selection';
        readonly terms: readonly Term[];
        readonly show: 'debit' | 'credit';
        readonly measure: 'stock' | 'flow';
      }
    | { readonly kind: 'sum'; readonly of: readonly Ref[] }
    | { readonly kind: 'recorded'; readonly fact: Ref }
    | { readonly kind: 'quotient'; readonly numerator: Ref; readonly denominator: Ref }
    | { readonly kind: 'change'; readonly figure: Ref; readonly since: string };
}

export const measureOf = (draft: StatementDraft, line: LineDraft): Measure =>
  line.measure ?? draft.measure ?? (draft.shape === 'dates' ? 'closing' : 'movement');

/** Closing entries would empty the income statement: what a file excepts, all its flows do that do not say otherwise. */
function withDefaultExcept(
  terms: readonly Term[],
  measure: Measure,
  except: readonly string[],
): readonly Term[] {
  if (measure !== 'movement') return terms;
  return terms.map((term) => {
    const left = except.filter((movement) => !term.movements?.includes(movement));
    return term.except !== undefined || left.length === 0 ? term : { ...term, except: left };
  });
}

export function conceptDrafts(draft: StatementDraft): ConceptDraft[] {
  return draft.lines.flatMap((line): ConceptDraft[] => {
    if (draft.shape === 'matrix') return draft.columns.flatMap((column) => cellDraft(draft, line, column));
    const { formula, id, label } = line;
    const where = line.fields.where;
    switch (formula.kind) {
      case 'heading':
      case 'figure':
        return [];
      case 'selection': {
        if (
          formula.show === undefined ||
          formula.terms.every(({ accounts }) => (accounts ?? []).length === 0)
        ) {
          problem(where, 'E107', `line ${id} shows nothing`, {
            help: 'give it debit or credit (accounts), terms, sum, figure, recorded, per or change',
          });
        }
        const terms = formula.terms.flatMap((term) => cross(term, {}) ?? []);
        return [
          { id, label, where, formula: selection(terms, formula.show, measureOf(draft, line), draft.except) },
        ];
      }
      default:
        return [{ id, label, where, formula }];
    }
  });
}

const selection = (
  terms: readonly Term[],
  show: 'debit' | 'credit' | undefined,
  measure: Measure,
  except: readonly string[],
) =>
  ({
    kind: 'selection',
    terms: withDefaultExcept(terms, measure, except),
    show: show ?? 'debit',
    measure: measure === 'movement' ? 'flow' : 'stock',
  }) as const;

const cellId = (draft: StatementDraft, line: string, column: string): string =>
  `${line}[${draft.axis}=${column}]`;

export const sameOf = (formula: LineFormula): ReadonlyMap<string, Ref> =>
  formula.kind === 'selection' || formula.kind === 'sum' ? formula.same : new Map<string, Ref>();

/** A cell of a matrix on the way down from a sum to its parts; a circle ends there, and is reported when it is defined. */
type Path = readonly string[];

/** The figure in a cell of a matrix: one defined elsewhere, or the cell's own; undefined where there is none. */
export function cellRef(
  draft: StatementDraft,
  line: LineDraft,
  column: ColumnDraft,
  path: Path = [],
): Ref | undefined {
  const same = sameOf(line.formula).get(column.id);
  if (same) return same;
  const name = cellId(draft, line.id, column.id);
  if (!path.includes(name) && partsOf(draft, line, column, [...path, name]) === undefined) return undefined;
  return { name, times: 1, at: line.fields.where };
}

/** What a cell of a matrix is made of; undefined where line and column have nothing in common. */
function partsOf(
  draft: StatementDraft,
  line: LineDraft,
  column: ColumnDraft,
  path: Path = [],
): ConceptDraft['formula'] | undefined {
  const { formula } = line;
  const inLine = (ref: Ref): Ref | undefined => {
    const other = draft.lines.find(({ id }) => id === ref.name);
    const cell = other && cellRef(draft, other, column, path);
    return cell && { ...cell, times: ref.times, at: ref.at };
  };
  const inColumn = (ref: Ref): Ref | undefined => {
    const other = draft.columns.find(({ id }) => id === ref.name);
    const cell = other && cellRef(draft, line, other, path);
    return cell && { ...cell, times: ref.times, at: ref.at };
  };
  const sum = (of: readonly Ref[]): ConceptDraft['formula'] | undefined =>
    of.length === 0 ? undefined : { kind: 'sum', of };
  switch (formula.kind) {
    case 'heading':
    case 'figure':
    case 'recorded':
    case 'change':
      return undefined;
    case 'quotient': {
      const [numerator, denominator] = [inLine(formula.numerator), inLine(formula.denominator)];
      return numerator && denominator && { kind: 'quotient', numerator, denominator };
    }
    case 'sum':
      // Down or along, the sum is the same figure; the column's own sum is taken, so that the line's foots against it.
      return column.formula.kind === 'sum'
        ? sum(column.formula.of.flatMap((ref) => inColumn(ref) ?? []))
        : sum(formula.of.flatMap((ref) => inLine(ref) ?? []));
    case 'selection': {
      if (column.formula.kind === 'sum') return sum(column.formula.of.flatMap((ref) => inColumn(ref) ?? []));
      const terms = crossAll(formula, column.formula);
      if (terms.length === 0) return undefined;
      return selection(terms, column.formula.show ?? formula.show, measureOf(draft, line), draft.except);
    }
  }
}

/** What a line or a column is the sum of, in print. */
export const partsInPrint = (formula: LineFormula | ColumnDraft['formula']): readonly Ref[] =>
  'of' in formula ? formula.of : [];

const crossAll = (line: Narrowings, column: Narrowings): readonly Term[] =>
  line.terms.flatMap((term) => column.terms.flatMap((other) => cross(term, other) ?? []));

function cellDraft(draft: StatementDraft, line: LineDraft, column: ColumnDraft): ConceptDraft[] {
  const { kind } = line.formula;
  if (kind === 'figure' || kind === 'recorded' || kind === 'change') {
    if (column === draft.columns[0]) {
      const help = kind === 'change' ? undefined : 'use same';
      problem(line.fields.where, 'E107', `line ${line.id}: a line of a matrix cannot be a ${kind}`, { help });
    }
    return [];
  }
  if (sameOf(line.formula).has(column.id)) return [];
  const formula = partsOf(draft, line, column);
  if (!formula) return [];
  return [
    {
      id: cellId(draft, line.id, column.id),
      label: `${line.label}, ${column.label}`,
      where: line.fields.where,
      formula,
    },
  ];
}
