/**
 * Laws of any book: random entries of the small company, through a log in memory and its projections.
 *
 * What is held is what a bookkeeper would hold whatever the business: debits are credits, an opening and what moved make a
 * closing, nothing counts twice, and a statement is the sum of postings that anyone can add up by hand. The sums by hand
 * are made here with bigints over the generated entries, and share no code with what they are held against.
 */
import { addBatch, cellsOf, cubeToJson } from '@tieout/cube';
import { openEventLog } from '@tieout/event-log';
import { canonical, newEventId, type LedgerEvent } from '@tieout/events';
import {
  admit,
  boundaryDays,
  boundaryOf,
  emptyLedger,
  eventFromEntry,
  fingerprint,
  foldLedger,
  parseJournal,
  printJournal,
  reverseEntry,
  type Entry,
  type KnownEntry,
  type Posting,
} from '@tieout/ledger';
import { canonicalMinor, type Minor } from '@tieout/money';
import { Journal, Replay, Statements, TrialBalance } from '@tieout/projections';
import type { Statement } from '@tieout/statements';
import * as fc from 'fast-check';
import {
  balanceSheet,
  cashFlows,
  companyWith,
  comprehensiveIncome,
  halfYears,
  incomeStatement,
  sum,
} from '../support/law-company';
import { replayedOver } from '../support/law-replay';

const structure = companyWith({
  more: { 'net assets': [sum('net assets', ['assets', '-payables', '-not disclosed'], 'stock')] },
});
const { chart } = structure;
const boundaries = boundaryDays(chart);
const runs = process.env['TIEOUT_FULL'] === '1' ? 300 : 40;

/** Nil and small, at the edge of what a double holds exactly, and beyond it. */
const amount: fc.Arbitrary<Minor> = fc
  .oneof(
    fc.bigInt({ min: -1_000_000n, max: 1_000_000n }),
    fc.bigInt({ min: (1n << 53n) - 9n, max: (1n << 53n) + 9n }),
    fc.bigInt({ min: -(1n << 70n), max: 1n << 70n }),
  )
  .map(canonicalMinor);

const day = fc
  .integer({ min: 0, max: 364 })
  .map((days) => new Date(Date.UTC(2022, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));

const leg = fc.record({
  account: fc.constantFrom(...chart.accounts.keys()),
  movement: fc.constantFrom(...chart.movements.keys()),
  dimensions: fc.constantFrom({}, { region: 'north' }, { region: 'south', vintage: '2022H1' }),
  minor: amount,
});

/** Balanced in each of the units, by a last leg that takes the difference. */
const entryIn = (units: readonly string[]): fc.Arbitrary<Omit<Entry, 'id'>> =>
  fc
    .record({
      date: day,
      sets: fc.tuple(...units.map(() => fc.tuple(fc.array(leg, { minLength: 1, maxLength: 4 }), leg))),
    })
    .map(({ date, sets }) => ({
      event: 'EntryPosted',
      date,
      dateBasis: 'disclosed',
      description: 'anything',
      postings: sets.flatMap(([legs, last], index): Posting[] => {
        const unit = units[index] ?? '';
        const difference = legs.reduce((so, { minor }) => so + BigInt(minor), 0n);
        return [...legs, { ...last, minor: canonicalMinor(-difference) }].map((each) => ({
          ...each,
          unit,
          day: date,
        }));
      }),
      provenance: { amount: 'assumed', allocation: 'assumed', reasoning: '', source: [] },
    }));

const journalIn = (...units: string[]): fc.Arbitrary<readonly Entry[]> =>
  fc
    .array(entryIn(units), { minLength: 1, maxLength: 12 })
    .map((entries) => entries.map((entry, index) => ({ ...entry, id: `JE-${index}` })));

const opened: readonly LedgerEvent[] = chart.periods.map(({ id, from, to }) => ({
  name: 'PeriodOpened',
  payload: { period: id, from, to, opening: [] },
}));

/** Admitted one on the other, appended, replayed. */
async function replayed(entries: readonly Entry[]) {
  let state = foldLedger(opened, emptyLedger);
  const known = new Map<string, KnownEntry>();
  for (const entry of entries) {
    expect(admit(state, entry, chart, { known: (id) => known.get(id) })).toStrictEqual([]);
    state = foldLedger([eventFromEntry(entry)], state);
    known.set(entry.id, fingerprint(entry));
  }
  const log = await openEventLog('memory:');
  const events = [...opened, ...entries.map(eventFromEntry)].map((event) => ({
    id: newEventId(),
    event,
    recordedAt: '2023-01-31T00:00:00.000Z',
    actor: 'anyone',
  }));
  await log.append([{ stream: 'company', expected: -1, events }]);
  const context = await replayedOver(log, structure);
  const replay = context.get(Replay);
  const { cube } = replay.stateOf(context.get(TrialBalance));
  const statement = (id: string): Statement => {
    const layout = structure.layouts.find((each) => each.id === id);
    if (!layout) throw new Error(`no statement ${id}`);
    return context.get(Statements).statement(layout, { kind: 'as-laid-out' });
  };
  return { log, context, replay, cube, statement };
}

/** A figure of every statement, by its label and column, in whole RMB. */
function amountsOf(statements: readonly Statement[]): Map<string, bigint> {
  const amounts = new Map<string, bigint>();
  for (const { blocks } of statements)
    for (const { columns, lines } of blocks)
      for (const { label, cells } of lines)
        cells.forEach((cell, index) => {
          if (cell?.value.kind !== 'money') throw new Error(`${label} is no amount`);
          amounts.set(`${label} ${columns[index]?.id}`, BigInt(cell.value.minor));
        });
  return amounts;
}

const tables = ['income statement', 'comprehensive income', 'balance sheet', 'cash flows', 'net assets'];

/** By hand: the legs of some account families, counted as debits or as credits. */
function byHand(
  entries: readonly Entry[],
  families: readonly string[],
  {
    side,
    from = '',
    to,
    movement = () => true,
  }: { side: 1n | -1n; from?: string; to: string; movement?: (id: string) => boolean },
): bigint {
  let total = 0n;
  for (const { date, postings } of entries)
    for (const { account, movement: why, minor } of postings) {
      const counts = families.some((family) => account === family || account.startsWith(`${family}.`));
      if (counts && date >= from && date <= to && movement(why)) total += side * BigInt(minor);
    }
  return total;
}

const check = (law: fc.IAsyncProperty<[readonly Entry[]]>): Promise<void> =>
  fc.assert(law, { numRuns: runs });
const law = (journal: fc.Arbitrary<readonly Entry[]>, holds: (entries: readonly Entry[]) => Promise<void>) =>
  check(fc.asyncProperty(journal, holds));

test('the trial balance foots to zero per boundary day and unit', () =>
  law(journalIn('RMB', 'USD'), async (entries) => {
    const { cube } = await replayed(entries);
    const feet = new Map<string, bigint>();
    for (const { day: date, unit, minor } of cellsOf(cube))
      feet.set(`${date} ${unit}`, (feet.get(`${date} ${unit}`) ?? 0n) + BigInt(minor));
    expect(new Set(feet.values())).toStrictEqual(new Set([0n]));
    expect(new Set(feet.keys())).toStrictEqual(
      new Set(
        entries.flatMap(({ date }) =>
          ['RMB', 'USD'].map((unit) => `${boundaryOf(date, boundaries)} ${unit}`),
        ),
      ),
    );
  }));

test('a statement never contradicts the postings: every line is what adding them up by hand gives', () =>
  law(journalIn('RMB'), async (entries) => {
    const { statement } = await replayed(entries);
    const shown = amountsOf(tables.map(statement));
    const due = new Map<string, bigint>();
    for (const { id, from, to } of halfYears) {
      const over = (
        side: 1n | -1n,
        families: readonly string[],
        movement = (why: string) => why !== 'closing',
      ) => byHand(entries, families, { side, from, to, movement });
      const at = (side: 1n | -1n, families: readonly string[], day: string) =>
        byHand(entries, families, { side, to: day });
      const before = id === '2022H1' ? '2021-12-31' : '2022-06-30';
      const put = (label: string, value: bigint) => due.set(`${label} ${id}`, value);
      for (const line of ['revenue', 'expenses', 'impairment']) put(line, over(-1n, [line]));
      put('result', over(-1n, ['revenue', 'expenses', 'impairment']));
      put('translation', over(-1n, ['oci']));
      put('total comprehensive income', over(-1n, ['revenue', 'expenses', 'impairment', 'oci']));
      for (const line of ['plant', 'receivables', 'cash']) put(line, at(1n, [line], to));
      put('assets', at(1n, ['plant', 'receivables', 'cash'], to));
      put('capital', at(-1n, ['equity.capital'], to));
      put('translation reserve', at(-1n, ['equity.translation', 'oci'], to));
      put('retained', at(-1n, ['equity.retained', 'revenue', 'expenses', 'impairment'], to));
      put('payables', at(-1n, ['payables'], to));
      put('not disclosed', at(-1n, ['undisclosed', 'fx-clearing'], to));
      put(
        'net assets',
        at(1n, ['plant', 'receivables', 'cash', 'payables', 'undisclosed', 'fx-clearing'], to),
      );
      put('equity and liabilities', at(1n, ['plant', 'receivables', 'cash'], to));
      const reasons = ['from-customers', 'to-suppliers', 'purchase-of-plant', 'from-owners'];
      for (const reason of reasons)
        put(
          reason.replaceAll('-', ' '),
          over(1n, ['cash'], (why) => why === reason),
        );
      put(
        'net',
        over(1n, ['cash'], (why) => reasons.includes(why)),
      );
      put('opening cash', at(1n, ['cash'], before));
      put('closing cash', at(1n, ['cash'], to));
    }
    // The one line that is shown only where it is not nil.
    const hidden = [...due].filter(([key, value]) => key.startsWith('not disclosed') && value === 0n);
    if (hidden.length === halfYears.length) for (const [key] of hidden) due.delete(key);
    expect(Object.fromEntries(shown)).toStrictEqual(Object.fromEntries(due));
    const lines = [incomeStatement, comprehensiveIncome, balanceSheet, cashFlows, 'net assets'].flat().length;
    expect(due.size + hidden.length * Number(hidden.length === halfYears.length)).toBe(
      lines * halfYears.length,
    );
  }));

test('opening + movement = closing on every account, and the closing of a period is the opening of the next', () =>
  law(journalIn('RMB'), async (entries) => {
    const rolled = companyWith({
      more: {
        accounts: [...chart.accounts.keys()].flatMap((id) => [
          {
            id: `balance of ${id}`,
            formula: { kind: 'selection', terms: [{ accounts: [id] }], show: 'debit', measure: 'stock' },
            measure: 'closing',
          } as const,
          {
            id: `movement of ${id}`,
            formula: { kind: 'selection', terms: [{ accounts: [id] }], show: 'debit', measure: 'flow' },
            measure: 'movement',
          } as const,
        ]),
      },
    });
    const { log } = await replayed(entries);
    const context = await replayedOver(log, rolled);
    const { figures } = context.get(Statements).books();
    const amountOf = (fact: string): bigint => {
      const value = figures.value(fact);
      if (value?.kind !== 'money') throw new Error(`${fact} is no amount`);
      return BigInt(value.minor);
    };
    for (const id of chart.accounts.keys()) {
      const [start, middle, end] = ['2021-12-31', '2022-06-30', '2022-12-31'].map((at) =>
        amountOf(`balance of ${id}@${at}`),
      );
      const [first, second] = halfYears.map((period) => amountOf(`movement of ${id}@${period.id}`));
      expect([id, (start ?? 0n) + (first ?? 0n), (middle ?? 0n) + (second ?? 0n)]).toStrictEqual([
        id,
        middle,
        end,
      ]);
      expect([id, end]).toStrictEqual([id, byHand(entries, [id], { side: 1n, to: '2022-12-31' })]);
    }
  }));

test('the journal holds the entries as they were posted, and journal notation says all of them', () =>
  law(journalIn('RMB', 'USD'), async (entries) => {
    const { context } = await replayed(entries);
    expect(await context.get(Journal).condensed()).toStrictEqual(entries);
    for (const entry of entries)
      expect((await context.get(Journal).line(entry.id))?.entry).toStrictEqual(entry);
    expect(parseJournal(printJournal(entries))).toStrictEqual(entries);
  }));

test('a batch that is delivered again is refused, whatever is in it, and the cube stays as it was', () =>
  fc.assert(
    fc.asyncProperty(journalIn('RMB'), fc.nat(), fc.nat({ max: 3 }), async (entries, at, before) => {
      const { cube } = await replayed(entries);
      const bytes = canonical(cubeToJson(cube));
      const last = opened.length + entries.length - 1;
      const from = Math.max(0, (at % (last + 1)) - before);
      const positions = Array.from({ length: last - from + 2 }, (_, index) => from + index);
      expect(() =>
        addBatch(
          cube,
          positions.map((position) => ({ position, legs: [] })),
          'log',
        ),
      ).toThrow('would be covered twice');
      expect(canonical(cubeToJson(cube))).toBe(bytes);
      // What comes after, and what another source says, is new.
      expect(cellsOf(addBatch(cube, [{ position: last + 1, legs: [] }], 'log'))).toStrictEqual(cellsOf(cube));
      expect(cellsOf(addBatch(cube, [{ position: 0, legs: [] }], 'scenario'))).toStrictEqual(cellsOf(cube));
    }),
    { numRuns: runs },
  ));

test('every entry reversed on its own day: every statement of every period is nil', () =>
  law(journalIn('RMB'), async (entries) => {
    const reversals = entries.map((entry) =>
      reverseEntry(entry, { id: `${entry.id}-R`, date: entry.date, reason: 'a law' }),
    );
    const { statement, cube } = await replayed([...entries, ...reversals]);
    expect(new Set(amountsOf(tables.map(statement)).values())).toStrictEqual(new Set([0n]));
    // The cells stay, because postings are behind them.
    expect(cellsOf(cube).filter(({ minor }) => minor !== 0)).toStrictEqual([]);
    expect(cellsOf(cube).length).toBeGreaterThan(0);
  }));

test('one leg off by anything: refused as unbalanced, in each unit that is off', () =>
  fc.assert(
    fc.property(journalIn('RMB', 'USD'), fc.nat(), amount, ([entry], at, by) => {
      fc.pre(entry !== undefined && by !== 0);
      const index = at % (entry?.postings.length ?? 1);
      const postings = (entry?.postings ?? []).map((each, place) =>
        place === index ? { ...each, minor: canonicalMinor(BigInt(each.minor) + BigInt(by)) } : each,
      );
      const found = admit(foldLedger(opened, emptyLedger), { ...entry!, postings }, chart, {
        known: () => undefined,
      });
      expect(found.map(({ code }) => code)).toStrictEqual(['E201']);
    }),
    { numRuns: runs },
  ));
