/** The record: sealed, the same for the same input, and every change of it is found and named. */
import fc from 'fast-check';
import { canonical, sha256 } from '@tieout/events';
import type { Account, Chart, Entry } from '@tieout/ledger';
import { evaluator, indexLegs, type Concept, type PublishedFigure, type World } from '@tieout/statements';
import { checkFigures, coverageOf, type CheckInput } from './check';
import { recordOf, sealed, verifiedBy, type RecordInput } from './record';

const account = (id: string, type: Account['type'], role: Account['role']): Account => ({
  id,
  name: id,
  type,
  role,
  normal: 'either',
  dimensions: {},
});

const chart: Chart = {
  accounts: new Map([
    ['cash', account('cash', 'asset', 'cash')],
    ['revenue', account('revenue', 'income', 'revenue')],
  ]),
  movements: new Map(),
  dimensions: new Map(),
  periods: [
    {
      id: 'Y24',
      from: '2024-01-01',
      to: '2024-12-31',
      label: 'Year 2024',
      column: '2024',
      audit: 'unaudited',
    },
  ],
  currency: 'GBP',
  minorDigits: 2,
};

const concept = (
  id: string,
  of: string,
  show: 'debit' | 'credit',
  measure: 'stock' | 'flow',
): [string, Concept] => [
  id,
  { id, label: id, formula: { kind: 'selection', terms: [{ accounts: [of] }], show, measure } },
];

const leg = (of: string, minor: number) => ({
  account: of,
  movement: 'received',
  day: '2024-06-30',
  unit: 'GBP',
  minor,
  dimensions: {},
});
const sale: Entry = {
  ...{
    id: 'J-1',
    event: 'RevenueRecognised',
    date: '2024-06-30',
    dateBasis: 'disclosed',
    description: 'Sales',
  },
  postings: [leg('cash', 120000), leg('revenue', -120000)],
  provenance: { amount: 'disclosed', allocation: 'given', reasoning: '', source: [] },
};

const figure = (fact: string, published: string, more: Partial<PublishedFigure> = {}): PublishedFigure => ({
  ...{ id: fact, fact, statement: 'is', line: fact, label: fact, column: 'Y24', period: 'Y24' },
  ...{ unit: 'GBP', published, text: published, sourceLine: 7, reading: 'printed' },
  ...more,
});

const explained = {
  cause: 'typing',
  reason: 'the printer slipped',
  actor: 'reviewer',
  recordedAt: '2025-02-01T00:00:00.000Z',
};

/** Revenue as `revenue` says it; cash printed twice. */
function input(revenue = '1200', explanations: CheckInput['explanations'] = []): RecordInput {
  const world: World = {
    chart,
    concepts: new Map([
      concept('is.revenue', 'revenue', 'credit', 'flow'),
      concept('bs.cash', 'cash', 'debit', 'stock'),
    ]),
    legs: indexLegs(sale.postings),
    recorded: new Map(),
  };
  const checkInput: CheckInput = {
    figures: [
      figure('is.revenue@Y24', revenue),
      figure('bs.cash@2024-12-31', '1200'),
      figure('bs.cash@2024-12-31', '1.2', { id: 'k', unit: "GBP'000" }),
    ],
    ...{
      world,
      evaluator: evaluator(world),
      recorded: () => ({}),
      layouts: [],
      footings: [],
      declared: [],
      claims: [],
    },
    explanations,
    amounts: 'GBP',
  };
  const check = checkFigures(checkInput);
  return {
    tool: { name: 'tieout', version: '1' },
    book: {
      id: 'small',
      entity: 'Small Ltd',
      title: 'Accounts',
      files: [
        { path: 'book.yaml', sha256: 'aa' },
        { path: 'figures/is.csv', sha256: 'bb' },
      ],
      source: { title: 'The report', sha256: 'cc' },
    },
    periods: chart.periods,
    log: { length: 3, head: 'dd', entries: 1 },
    check,
    coverage: coverageOf(check, [sale], checkInput),
    confirmations: new Map(),
    causesOf: () => [{ name: 'unknown', text: 'nothing fits' }],
  };
}

/** As it is written and read back. */
const stored = (record: unknown): unknown => JSON.parse(canonical(record));

test('a record is verified by another derivation of the same', () => {
  const record = sealed(recordOf(input()));
  expect(verifiedBy(stored(record), sealed(recordOf(input())))).toEqual([]);
  expect(canonical(sealed(recordOf(input())))).toBe(canonical(record));
});

test('its hash is that of its canonical bytes without the hash', () => {
  const { sha256: seal, ...body } = sealed(recordOf(input()));
  expect(seal).toBe(sha256(canonical(body)));
});

test('it counts figures by state and basis, gives columns with their audit, and says what it does not show', () => {
  const record = recordOf(input());
  expect(record.result).toBe('no-findings');
  expect(record.figures.total).toBe(3);
  const counts = Object.values(record.figures.states).map(({ total, ...bases }) => [
    total,
    Object.values(bases).reduce((a, b) => a + b),
  ]);
  expect(counts.reduce((sum, [total = 0]) => sum + total, 0)).toBe(3);
  for (const [total, onBases] of counts) expect(onBases).toBe(total);
  expect(record.columns).toEqual([
    { period: 'Y24', label: 'Year 2024', from: '2024-01-01', to: '2024-12-31', audit: 'unaudited' },
  ]);
  expect(record.figures.remarkable).toEqual([]);
  expect(record.notShown[0]).toMatch(/reconstructed entries/);
  expect(canonical(record)).not.toMatch(/\/tmp|\/home/);
});

test('what does not tie stands in full, with its cause; explained, with by whom, when and why', () => {
  const broken = recordOf(input('1210'));
  expect(broken.result).toBe('findings');
  expect(broken.figures.remarkable).toMatchObject([
    { id: 'is.revenue@Y24', state: 'does-not-tie', published: '1210', replayed: '1200', difference: '10' },
  ]);
  expect(broken.ties.remarkable).toEqual([
    {
      ...{ id: 'ledger:is.revenue@Y24', kind: 'ledger', state: 'does-not-tie', about: ['is.revenue@Y24'] },
      ...{
        left: '1210',
        right: '1200',
        difference: '10',
        causes: [{ name: 'unknown', text: 'nothing fits' }],
      },
    },
  ]);
  const known = recordOf(input('1210', [{ subject: 'is.revenue@Y24', ...explained }]));
  expect(known.result).toBe('no-findings');
  expect(known.ties.remarkable).toEqual([
    {
      ...{ id: 'ledger:is.revenue@Y24', kind: 'ledger', state: 'explained', about: ['is.revenue@Y24'] },
      ...{ left: '1210', right: '1200', difference: '10', explanation: explained },
    },
  ]);
});

test('an explanation of what ties is a finding', () => {
  const record = recordOf(input('1200', [{ subject: 'is.revenue@Y24', ...explained }]));
  expect(record.result).toBe('findings');
  expect(record.stale.map(({ subject }) => subject)).toEqual(['is.revenue@Y24']);
});

test('differences are named by place, lists of named things by name', () => {
  const record = sealed(recordOf(input()));
  const now = input();
  const files = [{ path: 'figures/is.csv', sha256: 'b0' }];
  const changed = sealed(recordOf({ ...now, book: { ...now.book, files }, log: { ...now.log, head: 'd0' } }));
  expect(verifiedBy(stored(record), changed)).toEqual([
    { path: '/book/files/book.yaml', recorded: '{"path":"book.yaml","sha256":"aa"}', found: undefined },
    { path: '/book/files/figures~1is.csv/sha256', recorded: 'bb', found: 'b0' },
    { path: '/book/sha256', recorded: record.book.sha256, found: changed.book.sha256 },
    { path: '/log/head', recorded: 'dd', found: 'd0' },
  ]);
  expect(verifiedBy('a text', record)).toHaveLength(1);
});

/** Every leaf of a document, as a function that changes it. */
function leaves(value: unknown, set: (changed: unknown) => unknown): (() => unknown)[] {
  if (Array.isArray(value))
    return value.flatMap((each, at) => leaves(each, (changed) => set(value.with(at, changed))));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, each]) =>
      leaves(each, (changed) => set({ ...value, [key]: changed })),
    );
  }
  return [() => set(typeof value === 'number' ? value + 1 : `${String(value)}x`)];
}

test('whatever is changed in a record, it is not verified', () => {
  const record = sealed(recordOf(input('1210')));
  const changes = leaves(stored(record), (changed) => changed);
  fc.assert(
    fc.property(fc.constantFrom(...changes), (change) => {
      expect(verifiedBy(change(), record).length).toBeGreaterThan(0);
    }),
  );
});

test('whatever is changed and sealed again, the place is named', () => {
  const record = sealed(recordOf(input('1210')));
  const { sha256: _, ...body } = record;
  const changes = leaves(stored(body), (changed) => changed);
  fc.assert(
    fc.property(fc.constantFrom(...changes), (change) => {
      const changed = change() as typeof body;
      const differences = verifiedBy({ ...changed, sha256: sha256(canonical(changed)) }, record);
      expect(differences.length).toBeGreaterThan(0);
      expect(differences.map(({ path }) => path)).not.toContain('/sha256');
    }),
  );
});
