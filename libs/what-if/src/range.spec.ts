/**
 * Ranges of a book small enough to do by hand, the laws of ranges over random ledgers, and a solver that is not believed.
 */
import { parseJournal, type Account, type Chart, type Entry, type Posting } from '@tieout/ledger';
import { figureCoverage } from '@tieout/proof';
import {
  evaluator,
  indexLegs,
  inUnit,
  type Concept,
  type PublishedFigure,
  type Value,
} from '@tieout/statements';
import * as fc from 'fast-check';
import loadHighs, { type LegacyHighs } from 'highs';
import { rangeOf, type End, type Range } from './range';
import type { AskedBooks } from './range-held';
import { keeps, type Solve } from './range-program';

let highs: LegacyHighs;
beforeAll(async () => {
  highs = await loadHighs();
});
const solve: Solve = (program) => highs.solve(program, { output_flag: false });

const account = (id: string, type: Account['type'], normal: Account['normal'] = 'either'): Account => ({
  ...{ id, name: id, type, normal, dimensions: {} },
  role: type === 'expense' ? 'operating-expense' : 'other-asset',
});

/** One year, whole yuan. */
const chartOf = (...accounts: readonly Account[]): Chart => ({
  accounts: new Map(accounts.map((each) => [each.id, each])),
  movements: new Map(),
  dimensions: new Map(),
  periods: [{ id: 'P', from: '2022-01-01', to: '2022-12-31', label: 'P', column: 'P', audit: '' }],
  currency: 'RMB',
  minorDigits: 0,
});

/** An expense, cash and the like, debit positive. */
const conceptOf = (id: string, measure: 'stock' | 'flow'): Concept => ({
  id,
  label: id,
  formula: { kind: 'selection', terms: [{ accounts: [id], except: ['closing'] }], show: 'debit', measure },
});
const sumOf = (id: string, ...of: readonly string[]): Concept => ({
  id,
  label: id,
  formula: { kind: 'sum', measure: 'flow', of: of.map((concept) => ({ concept, times: 1 })) },
});

const print = (fact: string, published: string, unit = 'RMB'): PublishedFigure => ({
  ...{ id: `${fact} ${unit}`, fact, statement: 'all', line: fact, label: fact, column: 'P', period: 'P' },
  ...{ unit, published, text: published, sourceLine: 1, reading: 'printed' },
});

const show = (end: End): string =>
  end.how === 'proved' ? String(end.minor) : end.how === 'about' ? `about ${end.minor}` : end.how;
const shown = (range: Range | undefined): string | undefined =>
  range && `${show(range.low)} to ${show(range.high)}`;

/**
 * Wages of 100 paid and of 50 owed are disclosed; how they divide into selling and administration is assumed. That 20 of
 * what is owed was paid is assumed altogether.
 */
const journal = `
2022-01-01 JE-1 EquityTransactionRecorded  Capital
  ; amount: disclosed
  ; allocation: given
  cash  recognised  1,000
  equity  recognised  (1,000)

2022-06-30 JE-2 ExpenseIncurred  Wages paid
  ; amount: disclosed
  selling  profit-or-loss  60
  admin  profit-or-loss  40
  cash  recognised  (100)

2022-06-30 JE-3 ExpenseIncurred  Wages owed
  ; amount: disclosed
  ; allocation: conditional
  selling  profit-or-loss  30
  admin  profit-or-loss  20
  payables  recognised  (50)

2022-07-31 JE-4 CashSettled  Wages paid later
  payables  recognised  20
  cash  recognised  (20)
`;
const books: AskedBooks = {
  chart: chartOf(
    account('cash', 'asset', 'debit'),
    account('payables', 'liability', 'credit'),
    account('equity', 'equity', 'credit'),
    account('selling', 'expense'),
    account('admin', 'expense'),
  ),
  concepts: new Map(
    [
      ...['selling', 'admin'].map((id) => conceptOf(id, 'flow')),
      ...['cash', 'payables', 'equity'].map((id) => conceptOf(id, 'stock')),
      sumOf('wages', 'selling', 'admin'),
      sumOf('thrice', 'selling', 'selling', 'selling'),
      { id: 'share', label: '', formula: { kind: 'quotient', numerator: 'selling', denominator: 'wages' } },
    ].map((concept): [string, Concept] => [concept.id, concept as Concept]),
  ),
  figures: [],
  entries: parseJournal(journal),
  amounts: { text: 'RMB', scale: 0 },
};

const ask = (fact: string, figures: readonly PublishedFigure[] = [], more: Partial<AskedBooks> = {}) =>
  rangeOf(fact, { ...books, ...more, figures }, { claims: [], solve });

describe('by hand', () => {
  test('an allocation is free within what its entry adds up to: selling takes 0 to 100 of the one, 0 to 50 of the other', () => {
    expect(shown(ask('selling@P'))).toBe('0 to 150');
    expect(ask('selling@P')).toMatchObject({ minor: 90, entries: ['JE-2', 'JE-3', 'JE-4'] });
  });

  test('the total of the wages is disclosed: nothing that is assumed moves it', () => {
    expect(shown(ask('wages@P'))).toBe('150 to 150');
    expect(ask('wages@P')?.low).toEqual({ how: 'proved', minor: 150, heldBy: { facts: [], accounts: [] } });
  });

  test('its own print says nothing of what the rest leaves; that of the other part fixes it: 150 - 60 = 90', () => {
    expect(shown(ask('selling@P', [print('selling@P', '90')]))).toBe('0 to 150');
    const range = ask('selling@P', [print('admin@P', '60')]);
    expect(shown(range)).toBe('90 to 90');
    expect(range?.high).toMatchObject({ heldBy: { facts: ['admin@P'] } });
    expect(range?.held).toEqual({ exact: 1, rounded: 0 });
  });

  test('written for the period or for its last day, it is the same figure', () => {
    const cash = [print('cash@2022-12-31', '880')];
    expect([shown(ask('cash@2022-12-31', cash)), shown(ask('cash@P', cash))]).toEqual([
      '850 to 900',
      '850 to 900',
    ]);
  });

  test('a coarse print is an interval: 0.1 thousand of administration is 50 to 150, so selling is 0 to 100', () => {
    expect(shown(ask('selling@P', [print('admin@P', '0.1', "RMB'000")]))).toBe('0 to 100');
    expect(ask('selling@P', [print('admin@P', '0.1', "RMB'000")])?.held).toEqual({ exact: 0, rounded: 1 });
  });

  test('several coarse prints of a fact hold together: 50 to 150, and 55 to 65', () => {
    const figures = [print('admin@P', '0.1', "RMB'000"), print('admin@P', '0.00006', 'RMB million')];
    expect(shown(ask('selling@P', figures))).toBe('85 to 95');
    expect(shown(ask('selling@P', [...figures].reverse()))).toBe('85 to 95');
  });

  test('an assumed amount is free on its side, as far as balances may go: of 50 owed, 0 to 50 was paid', () => {
    // 1,000 - 100 = 900, less what was paid later: payables do not become a debit.
    expect(shown(ask('cash@P'))).toBe('850 to 900');
    expect(ask('cash@P')?.low).toMatchObject({ heldBy: { accounts: ['payables at 2022-12-31'] } });
    // Where payables may stand on either side cash is what ends it; where cash may, too, nothing does.
    const either = (...ids: readonly string[]): Partial<AskedBooks> => ({
      chart: chartOf(
        ...[...books.chart.accounts.values()].map((each) =>
          ids.includes(each.id) ? { ...each, normal: 'either' as const } : each,
        ),
      ),
    });
    expect(shown(ask('cash@P', [], either('payables')))).toBe('0 to 900');
    expect(shown(ask('cash@P', [], either('payables', 'cash')))).toBe('unbounded to 900');
  });

  test('a repaired reading holds nothing, and a print that the ledger does not meet asks for the ledger as it is', () => {
    expect(shown(ask('selling@P', [{ ...print('admin@P', '60'), reading: 'repaired' }]))).toBe('0 to 150');
    expect(shown(ask('selling@P', [print('admin@P', '61')]))).toBe('90 to 90');
    expect(shown(ask('selling@P', [print('admin@P', '0.3', "RMB'000")]))).toBe('0 to 150');
  });

  test('the closing follows: the accounts stay closed, and the result that is closed stays what it is', () => {
    const closing = `
2022-12-31 JE-5 ResultClosed  Close
  ; amount: disclosed
  ; allocation: given
  equity  recognised  150
  selling  closing  (90)
  admin  closing  (60)
`;
    const closed = { entries: [...books.entries, ...parseJournal(closing)] };
    expect(shown(ask('selling@P', [], closed))).toBe('0 to 150');
    expect(shown(ask('equity@P', [], closed))).toBe('-850 to -850');
  });

  test('an account may be closed from the other side: of 100 taken back from 60, 40 too much to nothing', () => {
    const entries = parseJournal(`
2022-06-30 JE-1 ExpenseIncurred  Wages
  ; amount: disclosed
  ; allocation: given
  selling  profit-or-loss  60
  payables  recognised  (60)

2022-06-30 JE-2 ExpenseIncurred  Wages taken back
  ; amount: disclosed
  payables  recognised  100
  selling  profit-or-loss  (70)
  admin  profit-or-loss  (30)

2022-12-31 JE-3 ResultClosed  Close
  selling  closing  10
  admin  closing  30
  equity  recognised  (40)
`);
    expect(shown(ask('selling@P', [], { entries }))).toBe('-40 to 60');
  });

  test('an entry and its reversal stay as they are', () => {
    const [, paid] = books.entries;
    const back: Entry = {
      ...paid!,
      ...{ id: 'JE-9', event: 'EntryReversed', reverses: 'JE-2', reason: 'twice' },
      postings: paid!.postings.map((leg) => ({ ...leg, minor: 0 - Number(leg.minor) })),
    };
    // Only the 50 that are owed may be divided otherwise.
    expect(shown(ask('selling@P', [], { entries: [...books.entries, back] }))).toBe('0 to 50');
  });

  test('a ratio is no sum of postings', () => {
    expect(ask('share@P')).toBeUndefined();
  });
});

describe('the solver is not believed', () => {
  const asked = (lying: Solve): string | undefined =>
    shown(
      rangeOf(
        'selling@P',
        { ...books, figures: [print('admin@P', '0.1', "RMB'000")] },
        { claims: [], solve: lying },
      ),
    );
  test('an end between two whole units is not proved: three times selling is 2,500 to 3,500, selling 833.3 to 1,166.7', () => {
    const wages = books.entries.map((entry) => ({
      ...entry,
      postings: entry.postings.map((leg) => ({ ...leg, minor: Number(leg.minor) * 10 })),
    }));
    // 3 × 900 = 2,700, printed as 3 thousand
    const three = [print('thrice@P', '3', "RMB'000")];
    expect(shown(ask('selling@P', three, { entries: wages }))).toBe('about 833 to about 1167');
  });

  test('an amount that changes its side, or leaves a row, is no ledger', () => {
    const amounts = [{ side: 'debit' }, { side: 'credit' }, { side: 'either' }] as const;
    const rows = [{ times: new Map([[0, 1] as const, [1, 2] as const]), low: -1, high: 1 }];
    const isLedger = (...minors: number[]): boolean => keeps({ amounts, rows, goal: new Map() }, minors);
    expect([isLedger(1, 0, -5), isLedger(1, -1, 5), isLedger(3, -2, 0)]).toEqual([true, true, true]);
    expect([isLedger(-1, 0, 0), isLedger(0, 1, 0)]).toEqual([false, false]);
    expect([isLedger(2, 0, 0), isLedger(0, -1, 0)]).toEqual([false, false]);
  });

  test('amounts that are one off, prices that are none, a wrong status: what is said is less, never wrong', () => {
    expect(asked(solve)).toBe('0 to 100');
    const oneOff = (name: string): Solve => {
      return (program) => {
        const found = solve(program);
        const { Index = 0, Primal = 0 } = found.Columns[name] ?? {};
        return { ...found, Columns: { ...found.Columns, [name]: { Index, Primal: Primal + 1 } } };
      };
    };
    for (const name of ['a0', 'a1']) expect(asked(oneOff(name))).toMatch(/^about -?\d+ to about \d+$/);
    // Selling at its most for its least and the other way round, with a price that gives as much: 150 × 2/3.
    expect(
      asked((program) => ({
        ...solve(
          program.replace(/^ goal: .*$/m, (goal) =>
            goal.replace(/[+-]/g, (sign) => (sign === '+' ? '-' : '+')),
          ),
        ),
        Rows: [{ Index: 0, Name: 'low0', Dual: program.includes('goal: +') ? 2 / 3 : 0 }],
      })),
    ).toBe('about 100 to about 0');
    // That selling is not negative needs no price.
    expect(asked((program) => ({ ...solve(program), Rows: [] }))).toBe('0 to about 100');
    expect(asked((program) => ({ ...solve(program), Status: 'Unbounded' }))).toBe('not-found to not-found');
  });
});

// --- laws ------------------------------------------------------------------------------------------------------------

const names = ['a', 'b', 'c', 'd', 'e'] as const;
const chart = chartOf(...names.map((id) => account(id, 'asset')));
const concepts = new Map(
  [
    ...names.map((id) => conceptOf(id, 'flow')),
    sumOf('a+b', 'a', 'b'),
    sumOf('b+c', 'b', 'c'),
    sumOf('c+d+e', 'c', 'd', 'e'),
  ].map((concept): [string, Concept] => [concept.id, concept]),
);
const facts = [...concepts.keys()].map((id) => `${id}@P`);

const leg = (of: string, minor: number): Posting => ({
  ...{ account: of, movement: 'recognised', day: '2022-06-30', unit: 'RMB', dimensions: {} },
  minor,
});

/** Debits and credits of one size, and another entry of the same accounts that would be as good. */
const anyPair = fc
  .record({
    accounts: fc.shuffledSubarray([...names], { minLength: 3, maxLength: 5 }),
    debits: fc.integer({ min: 1, max: 2 }),
    amount: fc.constantFrom('disclosed' as const, 'derived' as const, 'assumed' as const),
    allocation: fc.constantFrom('given' as const, 'conditional' as const, 'assumed' as const),
    sizes: fc.tuple(fc.integer({ min: 100, max: 900 }), fc.integer({ min: 100, max: 900 })),
    cuts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 10, maxLength: 10 }),
  })
  .map(({ accounts, debits, amount, allocation, sizes: [size, other], cuts }) => {
    const shares = (total: number, parts: number, from: number): number[] => {
      const weights = cuts.slice(from, from + parts);
      const all = weights.reduce((sum, weight) => sum + weight, 0);
      const first = weights.slice(1).map((weight) => Math.floor((total * weight) / all));
      return [total - first.reduce((sum, part) => sum + part, 0), ...first];
    };
    const postings = (total: number, from: number): Posting[] => {
      const credits = accounts.length - debits;
      const amounts = [
        ...shares(total, debits, from),
        ...shares(total, credits, from + debits).map((minor) => -minor),
      ];
      return accounts.map((of, index) => leg(of, amounts[index]!));
    };
    const provenance: Entry['provenance'] = { amount, allocation, reasoning: '', source: [] };
    const now = postings(size, 0);
    const isFree = amount === 'assumed' || allocation !== 'given';
    return { provenance, now, other: isFree ? postings(amount === 'assumed' ? other : size, 5) : now };
  });

const ledgerOf = (pairs: readonly (readonly [Entry['provenance'], readonly Posting[]])[]): readonly Entry[] =>
  pairs.map(([provenance, postings], index) => ({
    ...{ id: `JE-${index}`, event: 'EntryPosted', date: '2022-06-30', dateBasis: 'period-end' },
    ...{ description: 'any', postings, provenance },
  }));

const valuesOf = (entries: readonly Entry[]): ReadonlyMap<string, string> => {
  const legs = indexLegs(entries.flatMap(({ postings }) => postings));
  const figures = evaluator({ chart, concepts, legs, recorded: new Map() });
  const text = (value: Value | undefined): string => (value && inUnit(value, 'RMB', chart)) ?? '';
  return new Map(facts.map((fact) => [fact, text(figures.value(fact))]));
};

const anyLedgers = fc
  .tuple(fc.array(anyPair, { minLength: 1, maxLength: 5 }), fc.subarray(facts), fc.constantFrom(...facts))
  .map(([pairs, printed, fact]) => {
    const entries = ledgerOf(pairs.map(({ provenance, now }) => [provenance, now]));
    const other = valuesOf(ledgerOf(pairs.map((pair) => [pair.provenance, pair.other])));
    return { fact, printed, entries, now: valuesOf(entries), other };
  });

const within = ({ low, high }: Range, value: string): boolean =>
  (!('minor' in low) || low.minor <= BigInt(value)) && (!('minor' in high) || BigInt(value) <= high.minor);
const rangeIn = (entries: readonly Entry[], figures: readonly PublishedFigure[], fact: string): Range =>
  rangeOf(
    fact,
    { chart, concepts, figures, entries, amounts: { text: 'RMB', scale: 0 } },
    { claims: [], solve },
  )!;

describe('laws over random ledgers', () => {
  test('what a figure is lies in its range; both ends are found, and nearly all of them proved', () => {
    const ends: string[] = [];
    fc.assert(
      fc.property(anyLedgers, ({ fact, printed, entries, now }) => {
        const range = rangeIn(
          entries,
          printed.map((each) => print(each, now.get(each)!)),
          fact,
        );
        expect({ ...range, within: within(range, now.get(fact)!) }).toMatchObject({
          minor: Number(now.get(fact)),
          within: true,
        });
        ends.push(range.low.how, range.high.how);
      }),
      { numRuns: 150 },
    );
    expect(ends).not.toContain('not-found');
    // The rest end between two whole units.
    expect(ends.filter((how) => how === 'about').length).toBeLessThan(ends.length / 20);
  });

  test('another ledger that no print tells apart lies in it, too', () => {
    let apart = 0;
    fc.assert(
      fc.property(anyLedgers, ({ fact, entries, now, other }) => {
        const figures = facts
          .filter((each) => now.get(each) === other.get(each))
          .map((each) => print(each, now.get(each)!));
        if (now.get(fact) !== other.get(fact)) apart += 1;
        expect(within(rangeIn(entries, figures, fact), other.get(fact)!)).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(apart).toBeGreaterThan(30);
  });

  test('a further print never widens a range, and a cross-checked figure is a point', () => {
    let points = 0;
    fc.assert(
      fc.property(anyLedgers, ({ fact, printed, entries, now }) => {
        const figures = printed.map((each) => print(each, now.get(each)!));
        const [fewer, more] = [figures.slice(1), figures].map((some) => rangeIn(entries, some, fact));
        for (const end of [more!.low, more!.high])
          if ('minor' in end) expect(within(fewer!, String(end.minor))).toBe(true);
        const stated = figures.map((figure) => ({ figure, state: 'ties' as const }));
        const { basis } = figureCoverage(stated, entries, { chart, concepts, amounts: 'RMB' });
        if (basis.get(`${fact} RMB`) !== 'cross-checked') return;
        points += 1;
        expect(shown(more)).toBe(`${now.get(fact)} to ${now.get(fact)}`);
      }),
      { numRuns: 150 },
    );
    expect(points).toBeGreaterThan(10);
  });
});
