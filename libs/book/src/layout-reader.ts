/**
 * statements/*.yaml: one statement a file, read into a draft whose every selection names what the chart declares.
 *
 * A draft still names figures of other statements; layout-compiler.ts resolves them when all drafts are read.
 */
import type { Chart } from '@tieout/ledger';
import { parseUnit } from '@tieout/money';
import type { LineStyle } from '@tieout/statements';
import { idOf } from './ids';
import { declared, narrowingIn, type Narrowing } from './selections';
import {
  fieldsOf,
  pairs,
  problem,
  rootOf,
  scalarText,
  type At,
  type Fields,
  type YamlFile,
} from './yaml-fields';

export const measures = ['opening', 'movement', 'closing'] as const;
export type Measure = (typeof measures)[number];

/** The name of a figure, line or column, and where it is used. */
export interface Ref {
  readonly name: string;
  readonly times: 1 | -1;
  readonly at: At;
}

export interface Narrowings {
  readonly kind: 'selection';
  readonly terms: readonly Narrowing[];
  readonly show: 'debit' | 'credit' | undefined;
  /** What it is the sum of, where the file says so: it stays defined by its own accounts, and foots. */
  readonly of: readonly Ref[];
  /** Of a matrix line: the columns whose cell is a figure defined elsewhere. */
  readonly same: ReadonlyMap<string, Ref>;
}

export type LineFormula =
  | Narrowings
  | { readonly kind: 'heading' }
  | { readonly kind: 'sum'; readonly of: readonly Ref[]; readonly same: ReadonlyMap<string, Ref> }
  /** A figure defined elsewhere. */
  | { readonly kind: 'figure'; readonly figure: Ref; readonly of: readonly Ref[] }
  | { readonly kind: 'recorded'; readonly fact: Ref }
  | { readonly kind: 'quotient'; readonly numerator: Ref; readonly denominator: Ref }
  /** How much a figure has grown since another period. */
  | { readonly kind: 'change'; readonly figure: Ref; readonly since: string };

export interface LineDraft {
  readonly fields: Fields;
  readonly id: string;
  readonly label: string;
  readonly note: string | undefined;
  readonly style: LineStyle;
  readonly unit: string | undefined;
  readonly decimals: number | undefined;
  readonly onlyWhenNotNil: boolean;
  /** As it is written; absent, it follows from what is shown. */
  readonly measure: Measure | undefined;
  /** The columns or blocks that have the line; absent: all. */
  readonly periods: readonly string[] | undefined;
  readonly formula: LineFormula;
}

/** A column of a matrix. */
export interface ColumnDraft {
  readonly fields: Fields;
  readonly id: string;
  readonly label: string;
  readonly formula: Narrowings | { readonly kind: 'sum'; readonly of: readonly Ref[] };
}

export interface StatementDraft {
  readonly fields: Fields;
  readonly id: string;
  readonly command: string | undefined;
  readonly title: string;
  readonly heading: string;
  readonly unit: string;
  readonly decimals: number;
  readonly shape: 'periods' | 'dates' | 'matrix';
  readonly measure: Measure | undefined;
  /** For flows that do not say it themselves. */
  readonly except: readonly string[];
  /** The periods of the columns; of a matrix, of the blocks. */
  readonly periods: readonly string[];
  readonly axis: string;
  readonly columns: readonly ColumnDraft[];
  readonly lines: readonly LineDraft[];
}

const narrowingKeys = ['debit', 'credit', 'movement', 'except', 'where'];
const lineKeys = [
  ...['id', 'label', 'note', 'style', 'unit', 'decimals', 'onlyWhenNotNil', 'measure', 'periods'],
  ...[
    'heading',
    'sum',
    'figure',
    'recorded',
    'per',
    'change',
    'same',
    'terms',
    'show',
    'age',
    ...narrowingKeys,
  ],
];
const columnKeys = ['id', 'label', 'sum', 'terms', 'show', ...narrowingKeys];

export function readStatement(yaml: YamlFile, chart: Chart, bookUnit: string): StatementDraft | undefined {
  const fields = fieldsOf(rootOf(yaml), {
    what: 'statement',
    keys: [
      ...['statement', 'command', 'title', 'heading', 'unit', 'decimals', 'shape', 'measure', 'except'],
      ...['columns', 'blocks', 'axis', 'lines'],
    ],
  });
  if (!fields) return undefined;
  const shape = fields.word('shape', ['periods', 'dates', 'matrix']) ?? 'periods';
  const periodsKey = shape === 'matrix' ? 'blocks' : 'columns';
  const otherKey = shape === 'matrix' ? 'axis' : 'blocks';
  if (shape !== 'matrix' && fields.has(otherKey))
    problem(fields.at(otherKey), 'E107', `statement: "${otherKey}" is for the shape matrix`);
  if (!fields.has(periodsKey)) problem(fields.where, 'E107', `statement: "${periodsKey}" is missing`);
  return {
    fields,
    id: idOf(fields, 'statement', 'statement'),
    command: fields.maybeText('command'),
    title: fields.text('title'),
    heading: fields.maybeText('heading') ?? (shape === 'dates' ? 'As at' : ''),
    unit: unitIn(fields) ?? bookUnit,
    decimals: fields.maybeCount('decimals') ?? 0,
    shape,
    measure: fields.maybeWord('measure', measures),
    except: declared(fields, 'except', chart.movements.keys(), 'movement') ?? [],
    periods: periodsIn(fields, periodsKey, chart) ?? [],
    axis: fields.maybeText('axis') ?? 'column',
    columns: shape === 'matrix' ? fields.list('columns').flatMap((item) => readColumn(item, chart)) : [],
    lines: fields.list('lines').flatMap((item) => readLine(item, chart, unitIn(fields) ?? bookUnit)),
  };
}

function readColumn(item: At, chart: Chart): ColumnDraft[] {
  const fields = fieldsOf(item, { what: 'column', keys: columnKeys });
  if (!fields) return [];
  const id = idOf(fields, 'column');
  const formula = isSum(fields)
    ? { kind: 'sum' as const, of: refsIn(fields, 'sum') }
    : narrowingsIn(fields, 'column', chart);
  return [{ fields, id, label: fields.maybeText('label') ?? id, formula }];
}

/** With accounts of its own it is no sum, but foots. */
const isSum = (fields: Fields): boolean =>
  fields.has('sum') && !['debit', 'credit', 'terms'].some((key) => fields.has(key));

function readLine(item: At, chart: Chart, statementUnit: string): LineDraft[] {
  const fields = fieldsOf(item, { what: 'line', keys: lineKeys });
  if (!fields) return [];
  const formula = formulaOf(fields, chart);
  if (formula.kind === 'change' && (unitIn(fields) ?? statementUnit) !== '%')
    problem(fields.at('change'), 'E107', 'a change is shown in %', { help: 'give the line  unit: "%"' });
  const named = formula.kind === 'figure' && !fields.has('id') ? formula.figure.name : undefined;
  return [
    {
      fields,
      id: formula.kind === 'heading' ? (fields.maybeText('id') ?? '') : (named ?? idOf(fields, 'line')),
      label: formula.kind === 'heading' ? fields.text('heading') : fields.text('label'),
      note: fields.maybeText('note'),
      style:
        formula.kind === 'heading'
          ? 'heading'
          : (fields.maybeWord('style', ['line', 'subtotal', 'total']) ?? 'line'),
      unit: unitIn(fields),
      decimals: fields.maybeCount('decimals'),
      onlyWhenNotNil: fields.flag('onlyWhenNotNil'),
      measure: fields.maybeWord('measure', measures),
      periods: periodsIn(fields, 'periods', chart),
      formula,
    },
  ];
}

function formulaOf(fields: Fields, chart: Chart): LineFormula {
  if (fields.has('heading')) return { kind: 'heading' };
  if (fields.has('figure'))
    return { kind: 'figure', figure: refIn(fields, 'figure'), of: refsIn(fields, 'sum') };
  if (isSum(fields)) return { kind: 'sum', of: refsIn(fields, 'sum'), same: sameIn(fields) };
  if (fields.has('recorded')) return { kind: 'recorded', fact: refIn(fields, 'recorded') };
  if (fields.has('per')) {
    const per = fieldsOf(fields.at('per'), { what: 'per', keys: ['numerator', 'denominator'] });
    const missing: Ref = { name: '', times: 1, at: fields.at('per') };
    const part = (key: string): Ref => (per ? { name: per.text(key), times: 1, at: per.at(key) } : missing);
    return { kind: 'quotient', numerator: part('numerator'), denominator: part('denominator') };
  }
  if (fields.has('change')) {
    const change = fieldsOf(fields.at('change'), { what: 'change', keys: ['of', 'since'] });
    const at = fields.at('change');
    if (!change) return { kind: 'change', figure: { name: '', times: 1, at }, since: '' };
    const [since = ''] = change.has('since')
      ? (periodsIn(change, 'since', chart) ?? [])
      : [change.text('since')];
    return { kind: 'change', figure: refIn(change, 'of'), since };
  }
  return narrowingsIn(fields, 'line', chart);
}

const refIn = (fields: Fields, key: string): Ref => ({
  name: fields.text(key),
  times: 1,
  at: fields.at(key),
});

/** `[a, -b]`: a less b. */
function refsIn(fields: Fields, key: string): readonly Ref[] {
  const names = fields.maybeTexts(key);
  if (names?.length === 0) problem(fields.at(key), 'E107', `"${key}" names nothing`);
  return (names ?? []).map(({ text, at }) =>
    text.startsWith('-') ? { name: text.slice(1).trim(), times: -1, at } : { name: text, times: 1, at },
  );
}

function sameIn(fields: Fields): ReadonlyMap<string, Ref> {
  if (!fields.has('same')) return new Map();
  return new Map(
    pairs(fields.at('same')).map(({ key, value }) => [
      key,
      { name: scalarText(value) ?? '', times: 1, at: value },
    ]),
  );
}

function narrowingsIn(fields: Fields, what: string, chart: Chart): Narrowings {
  const [of, same] = [refsIn(fields, 'sum'), sameIn(fields)];
  if (!fields.has('terms')) {
    const show = fields.has('debit') ? 'debit' : fields.has('credit') ? 'credit' : undefined;
    if (fields.has('debit') && fields.has('credit'))
      problem(fields.where, 'E107', `a ${what} has debit or credit, not both`);
    return { kind: 'selection', terms: [narrowingIn(fields, show ?? 'debit', chart)], show, of, same };
  }
  const terms = fields.list('terms').flatMap((item) => {
    const term = fieldsOf(item, { what: 'term', keys: ['accounts', 'movement', 'except', 'where', 'age'] });
    return term ? [narrowingIn(term, 'accounts', chart)] : [];
  });
  return { kind: 'selection', terms, show: fields.word('show', ['debit', 'credit']), of, same };
}

const periodsIn = (fields: Fields, key: string, chart: Chart): readonly string[] | undefined =>
  declared(
    fields,
    key,
    chart.periods.map(({ id }) => id),
    'period',
  );

function unitIn(fields: Fields): string | undefined {
  const unit = fields.maybeText('unit');
  if (unit !== undefined && !parseUnit(unit))
    problem(fields.at('unit'), 'E107', `"${unit}" is no unit`, { help: unitHelp });
  return unit;
}

export const unitHelp = "units are like RMB, RMB'000, RMB million, RMB per share, %, shares, count";
