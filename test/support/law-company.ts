/**
 * A small company whose whole books fit on a page: for given-when-then, and for the laws of random books.
 *
 * Its chart has one account or more of every type; amounts are whole RMB. A layout is written as a list of lines. Every
 * account stands on its balance sheet once, so the balance sheet balances after every entry.
 */
import type { Account, Chart, Dimension, Movement, Period } from '@tieout/ledger';
import type { BookStructure } from '@tieout/projections';
import type { CellFigure, Concept, ConceptFormula, Layout, LayoutLine, Term } from '@tieout/statements';

const accounts: readonly (readonly [string, Account['type'], Account['role'], Account['normal']])[] = [
  ['cash', 'asset', 'cash', 'debit'],
  ['receivables.gross', 'asset', 'receivable', 'debit'],
  ['receivables.allowance', 'asset', 'allowance', 'credit'],
  ['plant.cost', 'asset', 'fixed-asset', 'debit'],
  ['plant.depreciation', 'asset', 'accumulated-depreciation', 'credit'],
  ['payables', 'liability', 'payable', 'credit'],
  ['equity.capital', 'equity', 'reserve', 'credit'],
  ['equity.translation', 'equity', 'reserve', 'either'],
  ['equity.retained', 'equity', 'reserve', 'either'],
  ['revenue', 'income', 'revenue', 'credit'],
  ['expenses', 'expense', 'operating-expense', 'debit'],
  ['impairment', 'expense', 'impairment', 'either'],
  ['oci.translation', 'comprehensive-income', 'other-comprehensive-income', 'either'],
  ['fx-clearing', 'clearing', 'clearing', 'either'],
  ['undisclosed', 'clearing', 'clearing', 'either'],
];

const movements: readonly (readonly [string, Movement['group']])[] = [
  ['opening', 'opening'],
  ['profit-or-loss', 'profit-or-loss'],
  ['translation', 'comprehensive-income'],
  ['closing', 'closing'],
  ['result', 'equity'],
  ['capital-contribution', 'equity'],
  ['share-based-compensation', 'equity'],
  ['recognised', 'roll-forward'],
  ['additions', 'roll-forward'],
  ['depreciation', 'roll-forward'],
  ['impairment', 'roll-forward'],
  ['from-customers', 'cash-flow'],
  ['to-suppliers', 'cash-flow'],
  ['purchase-of-plant', 'cash-flow'],
  ['from-owners', 'cash-flow'],
  ['net-movement', 'bridge'],
];

const dimensions: readonly Dimension[] = [
  { id: 'region', name: 'Region', members: { north: 'North', south: 'South' } },
  {
    id: 'vintage',
    name: 'Half-year of recognition',
    members: {
      '2021H2': 'Second half of 2021',
      '2022H1': 'First half of 2022',
      '2022H2': 'Second half of 2022',
    },
    ends: { '2021H2': '2021-12-31', '2022H1': '2022-06-30', '2022H2': '2022-12-31' },
  },
];

export const halfYears: readonly Period[] = [
  {
    id: '2022H1',
    from: '2022-01-01',
    to: '2022-06-30',
    label: 'Six months ended 30 June 2022',
    column: '2022H1',
    audit: 'unaudited',
  },
  {
    id: '2022H2',
    from: '2022-07-01',
    to: '2022-12-31',
    label: 'Six months ended 31 December 2022',
    column: '2022H2',
    audit: 'unaudited',
  },
];

/** By id; throws where two have one id, because the second would silently stand in for the first. */
function byId<T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  const known = new Map(all.map((each) => [each.id, each]));
  if (known.size !== all.length)
    throw new Error(`declared twice among ${all.map(({ id }) => id).join(', ')}`);
  return known;
}

export const chartWith = (periods: readonly Period[] = halfYears): Chart => ({
  accounts: byId(
    accounts.map(([id, type, role, normal]) => ({ id, name: id, type, role, normal, dimensions: {} })),
  ),
  movements: byId(movements.map(([id, group]) => ({ id, name: id, group }))),
  dimensions: byId(dimensions),
  periods,
  currency: 'RMB',
  minorDigits: 0,
});

/** A line of a layout: its figure and what it is. The label is the id's last part. */
export interface Line {
  readonly id: string;
  readonly formula: ConceptFormula;
  readonly measure: CellFigure['measure'];
  readonly style?: LayoutLine['style'];
  readonly onlyWhenNotNil?: boolean;
}

type Narrow = Omit<Term, 'accounts'>;
const selected =
  (show: 'debit' | 'credit', measure: 'stock' | 'flow') =>
  (id: string, families: readonly string[], narrow: Narrow = {}): Line => ({
    id,
    formula: { kind: 'selection', terms: [{ accounts: families, ...narrow }], show, measure },
    measure: measure === 'flow' ? 'movement' : 'closing',
  });

/** Flows of the column's period. */
export const flow = { debit: selected('debit', 'flow'), credit: selected('credit', 'flow') };
/** Balances at its end. */
export const stock = { debit: selected('debit', 'stock'), credit: selected('credit', 'stock') };

/** A sum of lines; `-` before one takes it away. */
export const sum = (id: string, parts: readonly string[], measure: 'stock' | 'flow'): Line => ({
  id,
  formula: {
    kind: 'sum',
    measure,
    of: parts.map((part) =>
      part.startsWith('-') ? { concept: part.slice(1), times: -1 } : { concept: part, times: 1 },
    ),
  },
  measure: measure === 'flow' ? 'movement' : 'closing',
  style: 'total',
});

/** A figure that another layout defines, at the opening or the closing of the column's period. */
export interface Shown {
  readonly shows: string;
  readonly measure: 'opening' | 'closing';
}

const isShown = (line: Line | Shown): line is Shown => 'shows' in line;

/** A table with one column a period: of flows, or where it has none of balances at the periods' ends. */
export function table(
  id: string,
  lines: readonly (Line | Shown)[],
  periods: readonly string[],
): { layout: Layout; concepts: readonly Concept[] } {
  const laid = lines.map((line): LayoutLine => {
    const concept = isShown(line) ? line.shows : line.id;
    const label = isShown(line) ? `${line.measure} ${line.shows}` : line.id;
    return {
      id: label,
      label,
      style: isShown(line) ? 'line' : (line.style ?? 'line'),
      cells: periods.map(() => ({ concept, measure: line.measure })),
      ...(isShown(line) || !line.onlyWhenNotNil ? {} : { onlyWhenNotNil: true }),
    };
  });
  const layout: Layout = {
    id,
    title: id,
    heading: '',
    unit: 'RMB',
    decimals: 0,
    shape: lines.some(({ measure }) => measure === 'movement') ? 'periods' : 'dates',
    blocks: [{ columns: periods.map((period) => ({ id: period, label: period, period })), lines: laid }],
  };
  const concepts = lines.flatMap((line): Concept[] =>
    isShown(line) ? [] : [{ id: line.id, label: line.id, formula: line.formula }],
  );
  return { layout, concepts };
}

const income = ['revenue', 'expenses', 'impairment'];
const notClosing = { except: ['closing'] };

export const incomeStatement: readonly Line[] = [
  flow.credit('revenue', ['revenue'], notClosing),
  flow.credit('expenses', ['expenses'], notClosing),
  flow.credit('impairment', ['impairment'], notClosing),
  sum('result', ['revenue', 'expenses', 'impairment'], 'flow'),
];

export const comprehensiveIncome: readonly Line[] = [
  flow.credit('translation', ['oci'], notClosing),
  sum('total comprehensive income', ['result', 'translation'], 'flow'),
];

export const balanceSheet: readonly Line[] = [
  stock.debit('plant', ['plant']),
  stock.debit('receivables', ['receivables']),
  stock.debit('cash', ['cash']),
  sum('assets', ['plant', 'receivables', 'cash'], 'stock'),
  stock.credit('capital', ['equity.capital']),
  stock.credit('translation reserve', ['equity.translation', 'oci']),
  stock.credit('retained', ['equity.retained', ...income]),
  stock.credit('payables', ['payables']),
  { ...stock.credit('not disclosed', ['undisclosed', 'fx-clearing']), onlyWhenNotNil: true },
  sum(
    'equity and liabilities',
    ['capital', 'translation reserve', 'retained', 'payables', 'not disclosed'],
    'stock',
  ),
];

export const cashFlows: readonly (Line | Shown)[] = [
  flow.debit('from customers', ['cash'], { movements: ['from-customers'] }),
  flow.debit('to suppliers', ['cash'], { movements: ['to-suppliers'] }),
  flow.debit('purchase of plant', ['cash'], { movements: ['purchase-of-plant'] }),
  flow.debit('from owners', ['cash'], { movements: ['from-owners'] }),
  sum('net', ['from customers', 'to suppliers', 'purchase of plant', 'from owners'], 'flow'),
  { shows: 'cash', measure: 'opening' },
  { shows: 'cash', measure: 'closing' },
];

/** The company's layouts: the four above, and others that a spec brings. */
export function companyWith({
  periods = halfYears,
  more = {},
}: {
  readonly periods?: readonly Period[];
  readonly more?: Readonly<Record<string, readonly (Line | Shown)[]>>;
} = {}): BookStructure {
  const columns = periods.map(({ id }) => id);
  const tables = Object.entries({
    'income statement': incomeStatement,
    'comprehensive income': comprehensiveIncome,
    'balance sheet': balanceSheet,
    'cash flows': cashFlows,
    ...more,
  }).map(([id, lines]) => table(id, lines, columns));
  return {
    chart: chartWith(periods),
    concepts: byId(tables.flatMap(({ concepts }) => concepts)),
    layouts: tables.map(({ layout }) => layout),
    basis: 'the small company',
  };
}
