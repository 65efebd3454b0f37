/**
 * Laws of simulated ledgers: of random books, and of the real one, whatever is asked for.
 *
 * A simulated ledger is the same book at another grain. What is summed by hand here shares no code with what explodes.
 */
import { seedEvents } from '@tieout/book';
import { cellsOf, foldPostings, type Axes, type Cube } from '@tieout/cube';
import { carriesEntry, LedgerError, type LedgerEvent, type NewEvent } from '@tieout/events';
import {
  admit,
  assertionOf,
  balancesOf,
  boundaryDays,
  emptyLedger,
  entryFromEvent,
  eventFromEntry,
  fingerprint,
  foldLedger,
  type Chart,
  type Entry,
  type KnownEntry,
  type LedgerState,
  type Posting,
} from '@tieout/ledger';
import { canonicalMinor, type Minor } from '@tieout/money';
import { explode, type Segment, type SimulatedEvent, type Simulation } from '@tieout/simulate';
import * as fc from 'fast-check';
import { chartWith } from '../support/law-company';
import { readSenseTime } from '../support/law-replay';

const full = process.env['TIEOUT_FULL'] === '1';
const company = chartWith();

const entriesOf = (events: readonly SimulatedEvent[]): readonly Entry[] =>
  events.flatMap(({ event }) => (carriesEntry(event.event) ? [entryFromEvent(event.event)] : []));

const seedEntries = (book: readonly Segment[]): readonly Entry[] =>
  book.flatMap(({ events }) =>
    events.flatMap(({ event }) => (carriesEntry(event) ? [entryFromEvent(event)] : [])),
  );

/** Everything posted, by all that a statement asks for: at the ends of the periods. Nil is nothing. */
function postedAtPeriodEnds(entries: readonly Entry[], chart: Chart): readonly (readonly [string, Minor])[] {
  const axes: Axes = { account: true, movement: true, day: boundaryDays(chart), dimensions: 'all' };
  const batch = entries.map(({ postings }, position) => ({ position, legs: postings }));
  const cube: Cube = foldPostings(batch, 'log', axes);
  return cellsOf(cube)
    .filter(({ minor }) => minor !== 0)
    .map(({ minor, count: _, ...cell }) => [JSON.stringify(cell), minor] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Posts one event on the other as the command would; what is refused. */
function posted(events: readonly SimulatedEvent[], chart: Chart): { refused: string[]; state: LedgerState } {
  const known = new Map<string, KnownEntry>();
  const refused: string[] = [];
  let state: LedgerState = { ...emptyLedger, boundaries: boundaryDays(chart) };
  for (const {
    event: { event },
  } of events) {
    if (carriesEntry(event)) {
      const entry = entryFromEvent(event);
      if (known.has(entry.id)) refused.push(`${entry.id} comes twice`);
      refused.push(
        ...admit(state, entry, chart, { known: (id) => known.get(id) }).map(({ message }) => message),
      );
      known.set(entry.id, fingerprint(entry));
    }
    state = foldLedger([event], state);
  }
  return { refused, state };
}

const isBusinessDay = (date: string): boolean => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

/** All that holds of every simulation. */
function holds(book: readonly Segment[], chart: Chart, simulation: Simulation): void {
  const events = [...explode(book, chart, simulation)];
  const entries = entriesOf(events);
  const seed = seedEntries(book);
  expect(entries.length).toBe(simulation.entries);
  expect(postedAtPeriodEnds(entries, chart)).toStrictEqual(postedAtPeriodEnds(seed, chart));
  const { refused, state } = posted(events, chart);
  expect({ refused, breaks: state.breaks }).toStrictEqual({ refused: [], breaks: [] });

  // Of each entry of the book: its parts foot to it, leg by leg, on business days or on the day that is disclosed.
  const legs = (some: readonly Entry[]): Map<string, bigint> => {
    const sums = new Map<string, bigint>();
    for (const { account, movement, unit, dimensions, minor } of some.flatMap(({ postings }) => postings)) {
      const key = JSON.stringify([account, movement, unit, dimensions]);
      sums.set(key, (sums.get(key) ?? 0n) + BigInt(minor));
    }
    return new Map([...sums].filter(([, minor]) => minor !== 0n).sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const parts = new Map<string, Entry[]>();
  for (const entry of entries) {
    const whole = entry.id.split('/')[0] ?? '';
    parts.set(whole, [...(parts.get(whole) ?? []), entry]);
  }
  for (const entry of seed) {
    const own = parts.get(entry.id) ?? [];
    if (own.length <= 1) expect(own).toStrictEqual([entry]);
    else {
      expect(legs(own)).toStrictEqual(legs([entry]));
      const days = new Set(own.map(({ date }) => date));
      const spread = entry.dateBasis === 'period-end' && [...days].some((day) => day !== entry.date);
      for (const day of days) expect(spread ? isBusinessDay(day) : day === entry.date).toBe(true);
    }
  }
}

const amount: fc.Arbitrary<Minor> = fc
  .oneof(
    fc.bigInt({ min: -1_000_000n, max: 1_000_000n }),
    fc.bigInt({ min: -3n, max: 3n }),
    fc.bigInt({ min: (1n << 53n) - 9n, max: (1n << 53n) + 9n }),
    fc.bigInt({ min: -(1n << 70n), max: 1n << 70n }),
  )
  .map(canonicalMinor);

const leg = fc.record({
  account: fc.constantFrom(...company.accounts.keys()),
  movement: fc.constantFrom(...company.movements.keys()),
  dimensions: fc.constantFrom({}, { region: 'north' }, { region: 'south', vintage: '2022H1' }),
  minor: amount,
});

const day = fc
  .integer({ min: 0, max: 364 })
  .map((days) => new Date(Date.UTC(2022, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));

/** Balanced in two units, by a last leg each that takes the difference. */
const anyEntry: fc.Arbitrary<Omit<Entry, 'id'>> = fc
  .record({
    date: day,
    dateBasis: fc.constantFrom('disclosed' as const, 'period-end' as const),
    sets: fc.tuple(
      fc.tuple(fc.array(leg, { minLength: 1, maxLength: 8 }), leg),
      fc.tuple(fc.array(leg, { minLength: 1, maxLength: 2 }), leg),
    ),
  })
  .map(({ date, dateBasis, sets }) => ({
    event: 'EntryPosted',
    date,
    dateBasis,
    description: 'anything',
    postings: sets.flatMap(([some, last], index): Posting[] => {
      const difference = some.reduce((so, { minor }) => so + BigInt(minor), 0n);
      return [...some, { ...last, minor: canonicalMinor(-difference) }].map((each) => ({
        ...each,
        unit: index === 0 ? 'RMB' : 'USD',
        day: date,
      }));
    }),
    provenance: { amount: 'disclosed', allocation: 'given', reasoning: '', source: [] },
  }));

const said = (event: LedgerEvent): NewEvent => ({
  id: '01826d2c-8000-8000-8000-000000000000',
  event,
  recordedAt: '2023-01-31T00:00:00.000Z',
  actor: 'anyone',
});

const before = (entries: readonly Entry[], from: string) =>
  assertionOf(balancesOf(entries.filter(({ date }) => date < from).flatMap(({ postings }) => postings)));

/** A book of the small company: each period with its entries. */
const bookOf = (entries: readonly Entry[]): readonly Segment[] => [
  {
    stream: 'company',
    events: [
      said({
        name: 'BookOpened',
        payload: { book: 'company', entity: 'Company', currency: 'RMB', minorDigits: 0, journal: [] },
      }),
    ],
  },
  ...company.periods.map(({ id, from, to }) => ({
    stream: `company/${id}`,
    events: [
      said({ name: 'PeriodOpened', payload: { period: id, from, to, opening: before(entries, from) } }),
      ...entries.filter(({ date }) => from <= date && date <= to).map((entry) => said(eventFromEntry(entry))),
    ],
  })),
];

/** `entries` asked for: the fewest, and so many more as its amounts divide into. */
const asked = fc.record({
  entries: fc.array(anyEntry, { minLength: 1, maxLength: 6 }),
  more: fc.oneof(fc.nat(5), fc.nat(400)),
  noise: fc.record({ late: fc.nat(20), reversals: fc.nat(20), corrections: fc.nat(20) }),
  seed: fc.constantFrom('1', '2', 'another'),
});

test('law: a simulation of random books is those books, in exactly so many admissible entries', () => {
  let noisy = 0;
  fc.assert(
    fc.property(asked, ({ entries, more, noise, seed }) => {
      const book = bookOf(entries.map((entry, index) => ({ ...entry, id: `JE-${index}` })));
      const whole = seedEntries(book).length;
      let total = whole + more;
      let simulation: Simulation = { entries: total, seed };
      try {
        // Small amounts divide into few parts.
        explode(book, company, simulation);
      } catch (error) {
        expect(error).toBeInstanceOf(LedgerError);
        simulation = { entries: (total = whole), seed };
      }
      holds(book, company, simulation);
      const parts = entriesOf([...explode(book, company, simulation)]).filter(({ id }) => id.includes('/'));
      const within = Object.fromEntries(
        Object.entries(noise).map(([kind, count]) => [kind, Math.min(count, parts.length)]),
      ) as Record<keyof typeof noise, number>;
      const extra = 2 * (within.reversals + within.corrections);
      if (extra + within.late > 0) noisy += 1;
      holds(book, company, { ...simulation, ...within, entries: total + extra });
    }),
    { numRuns: full ? 300 : 60 },
  );
  expect(noisy).toBeGreaterThan(10);
});

describe('the SenseTime book', () => {
  const book = readSenseTime();
  const size = full ? 100_000 : 3_000;

  test('as many entries as asked for are the same book', () => {
    holds(seedEvents(book), book.chart, { entries: size, seed: '1' });
  });

  test('with late entries, reversals and corrections it is the same book', () => {
    holds(seedEvents(book), book.chart, {
      entries: size,
      seed: '1',
      late: 70,
      reversals: 50,
      corrections: 30,
    });
  });

  test('the same seed gives the same events, another seed others', () => {
    const of = (seed: string): string =>
      JSON.stringify([...explode(seedEvents(book), book.chart, { entries: 1_000, seed })]);
    expect(of('1')).toBe(of('1'));
    expect(of('1')).not.toBe(of('2'));
  });
});
