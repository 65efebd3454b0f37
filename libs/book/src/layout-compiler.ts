/**
 * From drafts of statements to layouts, and the figures that they define.
 *
 * Every line with a formula of its own defines a concept by its id; a matrix defines one a cell, `LINE[axis=COLUMN]`,
 * unless the cell is said to be the same as a figure defined elsewhere. A figure is defined once. Names are resolved
 * when all statements are read, so that a statement may show what a later one defines.
 */
import type { Selection } from '@tieout/cube';
import type { Chart, Period } from '@tieout/ledger';
import {
  factId,
  timeOfCell,
  type CellFigure,
  type Concept,
  type ConceptFormula,
  type Layout,
  type LayoutBlock,
  type LayoutLine,
} from '@tieout/statements';
import type { Footing } from './book';
import {
  cross,
  narrowedAt,
  variesByPeriod,
  type ColumnDraft,
  type LineDraft,
  type LineFormula,
  type Measure,
  type Narrowing,
  type Narrowings,
  type Ref,
  type StatementDraft,
} from './layout-reader';
import { once } from './chart-reader';
import { lineAt, suggestion } from './source';
import { problem, type At } from './yaml-fields';

export interface CompiledLayouts {
  readonly layouts: readonly Layout[];
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly footings: readonly Footing[];
}

/** A concept whose parts are still names. */
interface Pending {
  readonly id: string;
  readonly label: string;
  readonly where: At;
  readonly formula:
    | { readonly kind: 'selection'; readonly terms: readonly Selection[]; readonly show: 'debit' | 'credit'; readonly measure: 'stock' | 'flow' }
    | { readonly kind: 'sum'; readonly of: readonly Ref[] }
    | { readonly kind: 'recorded'; readonly fact: Ref }
    | { readonly kind: 'quotient'; readonly numerator: Ref; readonly denominator: Ref };
}

export function compileLayouts(drafts: readonly StatementDraft[], chart: Chart, facts: ReadonlySet<string>): CompiledLayouts {
  checkNames(drafts);
  const pending = new Map<string, Pending>();
  for (const draft of drafts) {
    for (const each of pendingOf(draft)) {
      const earlier = pending.get(each.id);
      if (each.id === '') continue;
      if (earlier) {
        const { source } = earlier.where.yaml;
        const help = `show it with  figure: ${each.id}  instead; it is defined in ${source.file}:${lineAt(source, earlier.where.span.start)}`;
        problem(each.where, 'E108', `figure ${each.id} is defined twice`, { help });
      } else pending.set(each.id, each);
    }
  }
  const resolve = resolver(drafts, pending, facts);
  const concepts = conceptsOf(pending, resolve, facts);
  const footings: Footing[] = [];
  const layouts = drafts.map((draft) => layoutOf(draft, { chart, concepts, resolve, footings }));
  return { layouts, concepts, footings };
}

function checkNames(drafts: readonly StatementDraft[]): void {
  const [statements, commands] = [new Set<string>(), new Set<string>()];
  for (const { id, command, fields, columns, lines } of drafts) {
    once(statements, id, () => problem(fields.at('statement'), 'E108', `statement ${id} is declared twice`));
    once(commands, command ?? '', () => problem(fields.at('command'), 'E108', `command ${command} is declared twice`));
    const [columnIds, lineIds] = [new Set<string>(), new Set<string>()];
    for (const column of columns) {
      once(columnIds, column.id, () => problem(column.fields.at('id'), 'E108', `column ${column.id} is declared twice`));
    }
    for (const line of lines) {
      once(lineIds, line.id, () => problem(line.fields.at('id'), 'E108', `line ${line.id} is declared twice`));
    }
  }
}

// --- the figures that a statement defines ----------------------------------------------------------------------------

const measureOf = (draft: StatementDraft, line: LineDraft): Measure =>
  line.measure ?? draft.measure ?? (draft.shape === 'dates' ? 'closing' : 'movement');

/** Closing entries would empty the income statement: what a file excepts, all its flows do that do not say otherwise. */
function withDefaultExcept(terms: readonly Selection[], measure: Measure, except: readonly string[]): readonly Selection[] {
  if (measure !== 'movement') return terms;
  return terms.map((term) => {
    const left = except.filter((movement) => !term.movements?.includes(movement));
    return term.except !== undefined || left.length === 0 ? term : { ...term, except: left };
  });
}

function pendingOf(draft: StatementDraft): Pending[] {
  return draft.lines.flatMap((line): Pending[] => {
    if (draft.shape === 'matrix') return draft.columns.flatMap((column) => pendingCell(draft, line, column));
    const { formula, id, label } = line;
    const where = line.fields.where;
    switch (formula.kind) {
      case 'heading':
      case 'figure':
        return [];
      case 'selection': {
        if (formula.show === undefined || formula.terms.every(({ accounts }) => (accounts ?? []).length === 0)) {
          problem(where, 'E107', `line ${id} shows nothing`, {
            help: 'give it debit or credit (accounts), terms, sum, figure, recorded or per',
          });
        }
        const at = (conceptId: string, terms: readonly Narrowing[]): Pending => {
          const selections = terms.flatMap((term) => cross(term, {}) ?? []);
          return { id: conceptId, label, where, formula: selection(selections, formula.show, measureOf(draft, line), draft.except) };
        };
        if (!variesByPeriod(line)) return [at(id, formula.terms)];
        return draft.periods.flatMap((period) => {
          const terms = formula.terms.flatMap((term) => narrowedAt(term, period) ?? []);
          return terms.length === 0 ? [] : [at(variantId(line, period), terms)];
        });
      }
      default:
        return [{ id, label, where, formula }];
    }
  });
}

const selection = (terms: readonly Selection[], show: 'debit' | 'credit' | undefined, measure: Measure, except: readonly string[]) =>
  ({
    kind: 'selection',
    terms: withDefaultExcept(terms, measure, except),
    show: show ?? 'debit',
    measure: measure === 'movement' ? 'flow' : 'stock',
  }) as const;

/** The figure of a line that selects otherwise in each column. */
const variantId = (line: Pick<LineDraft, 'id'>, period: string): string => `${line.id}[${period}]`;

const cellId = (draft: StatementDraft, line: string, column: string): string => `${line}[${draft.axis}=${column}]`;

const sameOf = (formula: LineFormula): ReadonlyMap<string, Ref> =>
  formula.kind === 'selection' || formula.kind === 'sum' ? formula.same : new Map<string, Ref>();

/** A cell of a matrix on the way down from a sum to its parts; a circle ends there, and is reported when it is defined. */
type Path = readonly string[];

/** The figure in a cell of a matrix: one defined elsewhere, or the cell's own; undefined where there is none. */
function cellRef(draft: StatementDraft, line: LineDraft, column: ColumnDraft, path: Path = []): Ref | undefined {
  const same = sameOf(line.formula).get(column.id);
  if (same) return same;
  const name = cellId(draft, line.id, column.id);
  if (!path.includes(name) && partsOf(draft, line, column, [...path, name]) === undefined) return undefined;
  return { name, times: 1, at: line.fields.where };
}

/** What a cell of a matrix is made of; undefined where line and column have nothing in common. */
function partsOf(draft: StatementDraft, line: LineDraft, column: ColumnDraft, path: Path = []): Pending['formula'] | undefined {
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
  const sum = (of: readonly Ref[]): Pending['formula'] | undefined => (of.length === 0 ? undefined : { kind: 'sum', of });
  switch (formula.kind) {
    case 'heading':
    case 'figure':
    case 'recorded':
      return undefined;
    case 'quotient': {
      const [numerator, denominator] = [inLine(formula.numerator), inLine(formula.denominator)];
      return numerator && denominator && { kind: 'quotient', numerator, denominator };
    }
    case 'sum':
      // Down or along, the sum is the same figure; the column's own sum is taken, so that the line's foots against it.
      return column.formula.kind === 'sum' ? sum(column.formula.of.flatMap((ref) => inColumn(ref) ?? [])) : sum(formula.of.flatMap((ref) => inLine(ref) ?? []));
    case 'selection': {
      if (column.formula.kind === 'sum') return sum(column.formula.of.flatMap((ref) => inColumn(ref) ?? []));
      const terms = crossAll(formula, column.formula);
      if (terms.length === 0) return undefined;
      return selection(terms, column.formula.show ?? formula.show, measureOf(draft, line), draft.except);
    }
  }
}

/** What a line or a column is the sum of, in print. */
const partsInPrint = (formula: LineFormula | ColumnDraft['formula']): readonly Ref[] => ('of' in formula ? formula.of : []);

const crossAll = (line: Narrowings, column: Narrowings): readonly Selection[] =>
  line.terms.flatMap((term) => column.terms.flatMap((other) => cross(term, other) ?? []));

function pendingCell(draft: StatementDraft, line: LineDraft, column: ColumnDraft): Pending[] {
  if (line.formula.kind === 'figure' || line.formula.kind === 'recorded') {
    if (column === draft.columns[0]) problem(line.fields.where, 'E107', `line ${line.id}: a line of a matrix cannot be a ${line.formula.kind}; use same`);
    return [];
  }
  if (sameOf(line.formula).has(column.id)) return [];
  const formula = partsOf(draft, line, column);
  if (!formula) return [];
  return [{ id: cellId(draft, line.id, column.id), label: `${line.label}, ${column.label}`, where: line.fields.where, formula }];
}

// --- names to figures ------------------------------------------------------------------------------------------------

type Resolve = (ref: Ref) => string | undefined;

/** The id of the concept that a name means: its own, that of a line which shows it, or a recorded fact's. Reports E301 once a place. */
function resolver(drafts: readonly StatementDraft[], pending: Map<string, Pending>, facts: ReadonlySet<string>): Resolve {
  const shown = new Map<string, string>();
  for (const { lines } of drafts) {
    for (const { id, formula } of lines) if (formula.kind === 'figure') shown.set(id, formula.figure.name);
  }
  const reported = new Set<unknown>();
  return (ref) => {
    if (ref.name === '') return undefined;
    if (pending.has(ref.name)) return ref.name;
    const other = shown.get(ref.name);
    if (other !== undefined && pending.has(other)) return other;
    if (facts.has(ref.name)) {
      pending.set(ref.name, { id: ref.name, label: ref.name, where: ref.at, formula: { kind: 'recorded', fact: ref } });
      return ref.name;
    }
    if (!reported.has(ref.at.node)) {
      problem(ref.at, 'E301', `no statement defines the figure "${ref.name}"`, { help: suggestion(ref.name, [...pending.keys(), ...shown.keys()]) });
    }
    reported.add(ref.at.node);
    return undefined;
  };
}

function conceptsOf(pending: ReadonlyMap<string, Pending>, resolve: Resolve, facts: ReadonlySet<string>): ReadonlyMap<string, Concept> {
  const concepts = new Map<string, Concept>();
  const path: string[] = [];

  const define = (id: string): Concept | undefined => {
    const known = concepts.get(id);
    if (known) return known;
    const each = pending.get(id);
    if (!each) return undefined;
    const from = path.indexOf(id);
    if (from >= 0) {
      problem(each.where, 'E304', `figure ${id} is defined by itself: ${[...path.slice(from), id].join(' → ')}`);
      return undefined;
    }
    path.push(id);
    const formula = formulaOf(each);
    path.pop();
    const { source } = each.where.yaml;
    const concept: Concept = { id, label: each.label, formula, at: { file: source.file, line: lineAt(source, each.where.span.start) } };
    concepts.set(id, concept);
    return concept;
  };

  /** Stock or flow; undefined for what is neither (recorded, quotient). */
  const timeKind = (concept: Concept | undefined): 'stock' | 'flow' | undefined =>
    concept && 'measure' in concept.formula ? concept.formula.measure : undefined;

  const formulaOf = ({ id, formula }: Pending): ConceptFormula => {
    switch (formula.kind) {
      case 'selection':
        return formula;
      case 'recorded': {
        const { name: fact, at } = formula.fact;
        if (fact !== '' && !facts.has(fact)) {
          problem(at, 'E301', `no fact "${fact}" is recorded`, { help: suggestion(fact, facts, 'facts are recorded in facts.yaml') });
        }
        return { kind: 'recorded', fact };
      }
      case 'quotient': {
        const [numerator, denominator] = [resolve(formula.numerator) ?? '', resolve(formula.denominator) ?? ''];
        define(numerator);
        define(denominator);
        return { kind: 'quotient', numerator, denominator };
      }
      case 'sum': {
        let measure: 'stock' | 'flow' | undefined;
        let first = '';
        const of = formula.of.flatMap((ref) => {
          const concept = resolve(ref);
          if (concept === undefined) return [];
          const kind = timeKind(define(concept));
          if (kind !== undefined && measure !== undefined && kind !== measure) {
            problem(ref.at, 'E107', `${id} adds ${concept}, a ${kind}, to ${first}, a ${measure}`, {
              help: 'a sum adds figures of the same time: flows over a period, or stocks at a day',
            });
          } else if (kind !== undefined && measure === undefined) [measure, first] = [kind, concept];
          return [{ concept, times: ref.times }];
        });
        return { kind: 'sum', of, measure: measure ?? 'flow' };
      }
    }
  };

  // A recorded fact that is used as a figure joins `pending` while it is walked, and is then walked too.
  for (const id of pending.keys()) define(id);
  return concepts;
}

// --- the tables ------------------------------------------------------------------------------------------------------

interface Compiling {
  readonly chart: Chart;
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly resolve: Resolve;
  readonly footings: Footing[];
}

function layoutOf(draft: StatementDraft, compiling: Compiling): Layout {
  const periods = draft.periods.flatMap((id) => compiling.chart.periods.find((period) => period.id === id) ?? []);
  const { id, command, title, heading, unit, decimals, shape } = draft;
  const blocks = shape === 'matrix' ? matrixBlocks(draft, periods, compiling) : [table(draft, periods, compiling)];
  return { id, ...(command === undefined ? {} : { command }), title, heading, unit, decimals, shape, blocks };
}

/** The cell of a line that shows a concept. Reports a flow that is asked for its opening, or a stock for its movement. */
function cellOf(draft: StatementDraft, line: LineDraft, concept: Concept): CellFigure {
  const kind = 'measure' in concept.formula ? concept.formula.measure : undefined;
  const natural = kind === undefined ? measureOf(draft, line) : kind === 'stock' ? 'closing' : 'movement';
  const wanted = line.measure ?? (draft.shape === 'matrix' ? measureOf(draft, line) : natural);
  if (kind !== undefined && (kind === 'stock') !== (wanted !== 'movement')) {
    problem(line.fields.at('measure'), 'E107', `line ${line.id} shows the ${wanted} of ${concept.id}, which is a ${kind}`, {
      help: kind === 'stock' ? 'a stock has an opening and a closing' : 'a flow has a movement',
    });
  }
  return { concept: concept.id, measure: wanted };
}

function layoutLine(line: LineDraft, index: number, draft: StatementDraft, cells: LayoutLine['cells']): LayoutLine {
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

function table(draft: StatementDraft, periods: readonly Period[], compiling: Compiling): LayoutBlock {
  const { concepts, resolve, footings } = compiling;
  const conceptAt = (line: LineDraft, period: Period): Concept | undefined => {
    if (line.formula.kind === 'heading' || (line.periods && !line.periods.includes(period.id))) return undefined;
    if (variesByPeriod(line)) return concepts.get(variantId(line, period.id));
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
    return { line, cells: shown.map((concept) => (concept && measure ? { concept: concept.id, measure } : undefined)) };
  });
  for (const { line, cells } of drafted) {
    const parts = partsInPrint(line.formula);
    for (const [index, cell] of cells.entries()) {
      const period = periods[index];
      if (!cell || !period || parts.length === 0) continue;
      const factOf = (id: string): string | undefined => {
        const concept = concepts.get(id);
        return concept && factId({ concept: id, time: timeOfCell({ concept: id, measure: cell.measure }, concept, period) });
      };
      const of = parts.flatMap((ref) => {
        const fact = factOf(partAt(ref, period)?.id ?? '');
        return fact === undefined ? [] : [{ fact, times: ref.times }];
      });
      const total = factOf(cell.concept);
      if (total !== undefined) footings.push({ statement: draft.id, kind: 'foot', total, of });
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

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** 2022-06-30 is "30 June 2022". */
export const longDay = (day: string): string =>
  `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`;

function matrixBlocks(draft: StatementDraft, periods: readonly Period[], compiling: Compiling): LayoutBlock[] {
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
      return layoutLine(line, index, draft, line.formula.kind === 'heading' ? [] : cells.map((cell) => (has(line) ? cell : undefined)));
    });
    const factAt = (line: number, column: number): string | undefined => {
      const cell = lines[line]?.cells[column];
      const concept = cell && concepts.get(cell.concept);
      return concept && factId({ concept: concept.id, time: timeOfCell(cell, concept, period) });
    };
    const add = (kind: Footing['kind'], total: string | undefined, parts: readonly { fact: string | undefined; times: 1 | -1 }[]): void => {
      const of = parts.flatMap(({ fact, times }) => (fact === undefined ? [] : [{ fact, times }]));
      if (total !== undefined && of.length > 0) footings.push({ statement: draft.id, kind, total, of });
    };
    for (const [lineIndex, line] of draft.lines.entries()) {
      for (const [columnIndex, column] of draft.columns.entries()) {
        const total = factAt(lineIndex, columnIndex);
        if (line.formula.kind !== 'quotient') {
          const position = (ref: Ref): number => draft.lines.findIndex(({ id }) => id === ref.name);
          add('foot', total, partsInPrint(line.formula).map((ref) => ({ fact: factAt(position(ref), columnIndex), times: ref.times })));
          const across = (ref: Ref): number => draft.columns.findIndex(({ id }) => id === ref.name);
          add('cross-foot', total, partsInPrint(column.formula).map((ref) => ({ fact: factAt(lineIndex, across(ref)), times: ref.times })));
        }
      }
    }
    const columns = draft.columns.map(({ id, label }) => ({ id, label, period: period.id }));
    return { period: period.id, columns, lines };
  });
}

/** A sum line shows what its parts are, opening or movement, where it does not say it itself. */
function sumless(line: LineDraft, draft: StatementDraft, concept: Concept): LineDraft {
  if (line.formula.kind !== 'sum' || line.measure !== undefined || !('measure' in concept.formula)) return line;
  const stock = concept.formula.measure === 'stock';
  const parts = line.formula.of.flatMap((ref) => draft.lines.find(({ id }) => id === ref.name)?.measure ?? []);
  return { ...line, measure: stock ? (parts[0] ?? 'closing') : 'movement' };
}

/** Sums of a matrix name its own lines and columns, `same` its columns. */
function checkMatrixNames(draft: StatementDraft): void {
  const [lineIds, columnIds] = [draft.lines.map(({ id }) => id), draft.columns.map(({ id }) => id)];
  const check = (refs: readonly Ref[], ids: readonly string[], what: string): void => {
    for (const { name, at } of refs) {
      if (!ids.includes(name)) problem(at, 'E301', `statement ${draft.id} has no ${what} "${name}"`, { help: suggestion(name, ids) });
    }
  };
  for (const { formula } of draft.columns) check(partsInPrint(formula), columnIds, 'column');
  for (const line of draft.lines) {
    const { formula } = line;
    check(partsInPrint(formula), lineIds, 'line');
    if (variesByPeriod(line)) problem(line.fields.at('where'), 'E107', `line ${line.id}: in a matrix, where has no periods`);
    if (formula.kind === 'quotient') check([formula.numerator, formula.denominator], lineIds, 'line');
    for (const [name, ref] of sameOf(formula)) check([{ ...ref, name }], columnIds, 'column');
  }
}
