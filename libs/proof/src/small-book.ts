/**
 * For the specs: a small book from the text of its tables, printed as it replays, so that it is clean until a spec
 * changes a print or an entry.
 *
 *     income  RMB'000
 *       sales     8,000  7,000          a line with an account of its own: this year, last year
 *       wages    (6,120) (5,000)
 *       profit   = sales + wages        a sum that the table foots
 *       margin   % profit / sales       printed with one decimal
 *     summary  RMB million 1
 *       profit'  : profit               a further print of a fact
 *     cash  RMB'000
 *       before   opening cash           the stock of cash, which every entry moves
 *       moved    moved cash
 *       after    closing cash
 *
 * Entries are JE-LINE-YEAR, cash on the other side of each.
 */
import type { Account, Chart, Entry } from '@tieout/ledger';
import { roundDecimal } from '@tieout/money';
import {
  evaluator,
  factId,
  indexLegs,
  inUnit,
  timeOfCell,
  type CellFigure,
  type Concept,
  type Layout,
  type LayoutLine,
  type PublishedFigure,
  type World,
} from '@tieout/statements';
import type { CheckInput } from './check';
import type { FootingInPrint } from './ties';

const years = ['2022', '2021'] as const;

export interface SmallBook {
  readonly input: CheckInput;
  readonly entries: readonly Entry[];
}

interface Line {
  readonly table: string;
  readonly unit: string;
  readonly decimals: number;
  readonly id: string;
  readonly text: string;
}

function parse(text: string): Line[] {
  let head: Pick<Line, 'table' | 'unit' | 'decimals'> | undefined;
  const rows = text.split('\n').filter((row) => row.trim() !== '');
  const margin = Math.min(...rows.map((row) => row.search(/\S/)));
  return rows.flatMap((row): Line[] => {
    const [id = '', ...rest] = row.trim().split(/\s+/);
    if (row.search(/\S/) === margin) {
      const decimals = /^\d$/.test(rest.at(-1) ?? '') ? Number(rest.pop()) : 0;
      head = { table: id, unit: rest.join(' '), decimals };
      return [];
    }
    if (!head) throw new Error(`a line before any table: ${row}`);
    return [{ ...head, id, text: rest.join(' ') }];
  });
}

const amounts = (text: string): readonly number[] | undefined => {
  const cells = text.split(' ');
  if (!cells.every((cell) => /^\(?[\d,]+\)?$/.test(cell))) return undefined;
  return cells.map((cell) => Number(cell.replace(/[(),]/g, '')) * (cell.startsWith('(') ? -1 : 1));
};

function conceptOf({ id, text }: Line): Concept | undefined {
  if (amounts(text)) {
    return {
      id,
      label: id,
      formula: { kind: 'selection', terms: [{ accounts: [id] }], show: 'credit', measure: 'flow' },
    };
  }
  const [sign, ...rest] = text.split(' ');
  if (sign === '=') {
    const of = rest.flatMap((part, index) =>
      part === '+' || part === '-'
        ? []
        : [{ concept: part, times: rest[index - 1] === '-' ? (-1 as const) : (1 as const) }],
    );
    return { id, label: id, formula: { kind: 'sum', of, measure: 'flow' } };
  }
  const [numerator = '', , denominator = ''] = rest;
  if (sign === '%') return { id, label: id, formula: { kind: 'quotient', numerator, denominator } };
  if (sign === 'moved')
    return {
      id,
      label: id,
      formula: { kind: 'selection', terms: [{ accounts: ['cash'] }], show: 'debit', measure: 'flow' },
    };
  return undefined;
}

/** The cell of a line: its own concept, or one that it shows again. */
function cellOf({ id, text }: Line): CellFigure {
  const [sign = '', of = ''] = text.split(' ');
  if (sign === ':') return { concept: of, measure: 'movement' };
  if (sign === 'opening' || sign === 'closing') return { concept: of, measure: sign };
  return { concept: id, measure: 'movement' };
}

export function smallBook(
  text: string,
  keep: (entry: Entry) => readonly Entry[] = (entry) => [entry],
): SmallBook {
  const lines = parse(text);
  const leaves = lines.flatMap((line) => {
    const values = amounts(line.text);
    return values ? [{ id: line.id, values }] : [];
  });
  const chart = chartOf(leaves.map(({ id }) => id));
  const cash: Concept = {
    id: 'cash',
    label: 'cash',
    formula: { kind: 'selection', terms: [{ accounts: ['cash'] }], show: 'debit', measure: 'stock' },
  };
  const concepts = new Map(
    [cash, ...lines.flatMap((line) => conceptOf(line) ?? [])].map((concept) => [concept.id, concept]),
  );
  const entries = leaves.flatMap(({ id, values }) =>
    years.map((year, index) => entryOf(id, year, values[index] ?? 0)),
  );
  const worldOf = (journal: readonly Entry[]): World => ({
    chart,
    concepts,
    legs: indexLegs(journal.flatMap(({ postings }) => postings)),
    recorded: new Map(),
  });

  const factAt = (line: Line, year: string): string => {
    const cell = cellOf(line);
    const concept = concepts.get(cell.concept);
    const period = chart.periods.find(({ id }) => id === year);
    if (!concept || !period) throw new Error(`no ${cell.concept} in ${year}`);
    return factId({ concept: concept.id, time: timeOfCell(cell, concept, period) });
  };
  const truth = evaluator(worldOf(entries));
  const seen = new Set<string>();
  const figures = lines.flatMap((line) =>
    years.map((year): PublishedFigure => {
      const fact = factAt(line, year);
      const unit = line.text.startsWith('%') ? '%' : line.unit;
      const decimals = unit === '%' ? 1 : line.decimals;
      const value = truth.value(fact);
      const published = roundDecimal((value && inUnit(value, unit, chart)) ?? '0', decimals);
      const id = seen.has(fact) ? `${line.table}.${fact}` : fact;
      seen.add(fact);
      return {
        id,
        fact,
        statement: line.table,
        line: line.id,
        label: line.id,
        column: year,
        period: year,
        unit,
        published,
        text: published,
        sourceLine: 1,
        reading: 'printed',
      };
    }),
  );
  const tables = [...new Set(lines.map(({ table }) => table))];
  const layouts = tables.map((id): Layout =>
    layoutOf(
      id,
      lines.filter(({ table }) => table === id),
    ),
  );
  const footings = lines.flatMap((line): FootingInPrint[] => {
    const formula = concepts.get(line.id)?.formula;
    if (formula?.kind !== 'sum') return [];
    return years.map((year) => ({
      statement: line.table,
      kind: 'foot',
      line: line.id,
      total: factAt(line, year),
      of: formula.of.map(({ concept, times }) => ({ fact: `${concept}@${year}`, times })),
    }));
  });
  const journal = entries.flatMap(keep);
  const world = worldOf(journal);
  const input: CheckInput = {
    figures,
    world,
    evaluator: evaluator(world),
    recorded: () => ({}),
    layouts,
    footings,
    declared: [],
    claims: [],
    explanations: [],
    amounts: "RMB'000",
  };
  return { input, entries: journal };
}

/** The book with a print changed. */
export const reprinted = (book: SmallBook, id: string, change: Partial<PublishedFigure>): SmallBook => ({
  ...book,
  input: {
    ...book.input,
    figures: book.input.figures.map((figure) =>
      figure.id === id
        ? {
            ...figure,
            ...change,
            ...(change.published !== undefined && change.text === undefined
              ? { text: change.published }
              : {}),
          }
        : figure,
    ),
  },
});

function layoutOf(id: string, lines: readonly Line[]): Layout {
  const [first] = lines;
  const columns = years.map((year) => ({ id: year, label: year, period: year }));
  const rows = lines.map((line): LayoutLine => ({
    id: line.id,
    label: line.id,
    style: 'line',
    cells: years.map(() => cellOf(line)),
  }));
  return {
    id,
    title: id,
    heading: '',
    unit: first?.unit ?? '',
    decimals: first?.decimals ?? 0,
    shape: 'periods',
    blocks: [{ columns, lines: rows }],
  };
}

function chartOf(accounts: readonly string[]): Chart {
  const account = (id: string, type: Account['type'], role: Account['role']): [string, Account] => [
    id,
    { id, name: id, type, role, normal: 'either', dimensions: {} },
  ];
  return {
    accounts: new Map([
      account('cash', 'asset', 'cash'),
      ...accounts.map((id) => account(id, 'income', 'revenue')),
    ]),
    movements: new Map(),
    dimensions: new Map(),
    periods: [...years]
      .reverse()
      .map((id) => ({ id, from: `${id}-01-01`, to: `${id}-12-31`, label: id, column: id, audit: '' })),
    currency: 'RMB',
    minorDigits: 2,
  };
}

/** Thousands, into fen. */
function entryOf(line: string, year: string, amount: number): Entry {
  const day = `${year}-12-31`;
  const leg = (account: string, thousands: number) => ({
    account,
    movement: 'profit-or-loss',
    day,
    unit: 'RMB',
    minor: thousands * 100_000 + 0,
    dimensions: {},
  });
  return {
    id: `JE-${line}-${year}`,
    event: 'EntryPosted',
    date: day,
    dateBasis: 'period-end',
    description: line,
    postings: [leg('cash', amount), leg(line, 0 - amount)],
    provenance: { amount: 'disclosed', allocation: 'given', source: [], reasoning: '' },
  };
}
