/**
 * Figures on legs: given entries in journal notation, when evaluated, then these values, strictly equal.
 */
import { cellsOf, everyAxis, foldPostings, type Leg } from '@tieout/cube';
import {
  boundaryDays,
  dayBefore,
  parseJournal,
  type Account,
  type Chart,
  type Entry,
  type Period,
} from '@tieout/ledger';
import { addMinor, subtractMinor } from '@tieout/money';
import * as fc from 'fast-check';
import { coefficientOf, evaluator, indexLegs, legsBehind, linearForm, type World } from './evaluate';
import type { Concept, ConceptFormula } from './layout';
import { inUnit, notDisclosed, valueText } from './value';

const account = (id: string, type: Account['type']): [string, Account] => [
  id,
  { id, name: id, type, role: type === 'asset' ? 'cash' : 'reserve', normal: 'either', dimensions: {} },
];
const period = (id: string, from: string, to: string, more: Partial<Period> = {}): Period => ({
  id,
  from,
  to,
  label: id,
  column: id.slice(0, 4),
  audit: 'unaudited',
  ...more,
});

const chart: Chart = {
  accounts: new Map([
    account('cash', 'asset'),
    account('plant', 'asset'),
    account('loan', 'liability'),
    account('equity.capital', 'equity'),
    account('sales', 'income'),
    account('costs', 'expense'),
  ]),
  movements: new Map(),
  dimensions: new Map(),
  periods: [
    period('2021H1', '2021-01-01', '2021-06-30', { disclosedBalances: ['cash', 'equity'] }),
    period('2021H2', '2021-07-01', '2021-12-31', { bridge: true }),
    period('2022H1', '2022-01-01', '2022-06-30'),
  ],
  currency: 'RMB',
  minorDigits: 2,
};

const concept = (id: string, formula: ConceptFormula): [string, Concept] => [id, { id, label: id, formula }];
const concepts = new Map([
  concept('cash', { kind: 'selection', show: 'debit', measure: 'stock', terms: [{ accounts: ['cash'] }] }),
  concept('cash.movement', {
    kind: 'selection',
    show: 'debit',
    measure: 'flow',
    terms: [{ accounts: ['cash'] }],
  }),
  concept('plant', { kind: 'selection', show: 'debit', measure: 'stock', terms: [{ accounts: ['plant'] }] }),
  concept('capital', {
    kind: 'selection',
    show: 'credit',
    measure: 'stock',
    terms: [{ accounts: ['equity'] }, { accounts: ['sales', 'costs'] }],
  }),
  concept('assets', {
    kind: 'sum',
    measure: 'stock',
    of: [
      { concept: 'cash', times: 1 },
      { concept: 'plant', times: 1 },
    ],
  }),
  concept('sales', {
    kind: 'selection',
    show: 'credit',
    measure: 'flow',
    terms: [{ accounts: ['sales'], except: ['closing'] }],
  }),
  concept('costs', {
    kind: 'selection',
    show: 'credit',
    measure: 'flow',
    terms: [{ accounts: ['costs'], except: ['closing'] }],
  }),
  concept('profit', {
    kind: 'sum',
    measure: 'flow',
    of: [
      { concept: 'sales', times: 1 },
      { concept: 'costs', times: 1 },
    ],
  }),
  concept('sales.north', {
    kind: 'selection',
    show: 'credit',
    measure: 'flow',
    terms: [{ accounts: ['sales'], where: { region: ['north'] } }],
  }),
  concept('shares', { kind: 'recorded', fact: 'shares' }),
  concept('shares.bought-back', { kind: 'recorded', fact: 'shares.bought-back' }),
  concept('shares.left', {
    kind: 'sum',
    measure: 'flow',
    of: [
      { concept: 'shares', times: 1 },
      { concept: 'shares.bought-back', times: -1 },
    ],
  }),
  concept('shares.and-profit', {
    kind: 'sum',
    measure: 'flow',
    of: [
      { concept: 'shares', times: 1 },
      { concept: 'profit', times: 1 },
    ],
  }),
  concept('profit.per-share', { kind: 'quotient', numerator: 'profit', denominator: 'shares' }),
  concept('margin', { kind: 'quotient', numerator: 'profit', denominator: 'sales' }),
]);

const entries = parseJournal(
  `
2020-12-31 JE-0 OpeningBalanceRecorded  Opening
  cash             opening    100
  equity.capital   opening   (100)

2022-03-01 JE-1 EntryPosted  Sales
  cash    receipts         80
  sales   profit-or-loss  (50)  [region=north]
  sales   profit-or-loss  (30)  [region=south]

2022-04-01 JE-2 EntryPosted  Costs, on plant and in cash
  costs   profit-or-loss   20
  plant   additions        10
  cash    payments        (30)

2022-06-30 JE-3 EntryPosted  Closing
  sales            closing         80
  costs            closing        (20)
  equity.capital   result         (60)
`,
  { scale: 2 },
);

const worldOf = (legs: Iterable<Leg>, asOf?: string): World => ({
  chart,
  concepts,
  legs: indexLegs(legs),
  recorded: new Map([
    ['shares@2022H1', '7'],
    ['shares.bought-back@2022H1', '0.5'],
  ]),
  ...(asOf === undefined ? {} : { asOf }),
});
const postings = (list: readonly Entry[]): Leg[] => list.flatMap((entry) => entry.postings);
const inRmb = (fact: string, world: World): string | undefined => {
  const value = evaluator(world).value(fact);
  return value && (inUnit(value, 'RMB', chart) ?? valueText(value));
};

describe('figures', () => {
  const world = worldOf(postings(entries));

  test.each([
    ['cash@2022-06-30', '150'],
    ['cash@2022-03-31', '180'],
    ['cash@2021-12-31', '100'],
    ['cash.movement@2022H1', '50'],
    ['assets@2022-06-30', '160'],
    ['capital@2022-06-30', '160'],
    ['sales@2022H1', '80'],
    ['costs@2022H1', '-20'],
    ['profit@2022H1', '60'],
    ['sales.north@2022H1', '50'],
    ['shares@2022H1', '7'],
    ['shares@2021H1', 'not disclosed'],
    ['shares.left@2022H1', '6.5'],
    ['shares.and-profit@2022H1', 'not disclosed'],
  ])('%s is %s', (fact, expected) => {
    expect(inRmb(fact, world)).toBe(expected);
  });

  test('of legs summed at boundaries: what stood at them, and at no day between', () => {
    const boundaries = boundaryDays(chart);
    const cube = foldPostings([{ position: 0, legs: postings(entries) }], 'log', {
      ...everyAxis,
      day: boundaries,
    });
    const summed: World = { ...world, legs: indexLegs(cellsOf(cube), boundaries) };
    for (const fact of ['cash@2021-12-31', 'cash@2022-06-30', 'cash@2023-01-31', 'cash.movement@2022H1'])
      expect([fact, inRmb(fact, summed)]).toStrictEqual([fact, inRmb(fact, world)]);
    expect(evaluator(summed).value('cash@2022-03-31')).toStrictEqual(
      notDisclosed('the books are summed at the ends of periods; --at 2022-03-31 sums them then'),
    );
  });

  test('a quotient is divided in whole units of currency, and only when shown', () => {
    const value = evaluator(world).value('profit.per-share@2022H1')!;
    expect(inUnit(value, 'RMB per share', chart)).toBe('8.571428571428571428571428571428571428571');
    expect(inUnit(evaluator(world).value('margin@2022H1')!, '%', chart)).toBe('75');
  });

  test('a change is of sizes, of a stock between closing days, and of quotients too', () => {
    const earlier = parseJournal(
      `
2021-03-01 JE-9 EntryPosted  Sales below cost
  sales   profit-or-loss  (25)
  costs   profit-or-loss   40
  cash    payments        (15)
`,
      { scale: 2 },
    );
    const change = (of: string): [string, Concept] =>
      concept(`${of}.change`, { kind: 'change', of, since: '2021H1' });
    const grown: World = {
      ...worldOf(postings([...entries, ...earlier])),
      concepts: new Map([
        ...concepts,
        ...['sales', 'costs', 'cash', 'shares', 'sales.per-share', 'plant'].map(change),
        concept('sales.per-share', { kind: 'quotient', numerator: 'sales', denominator: 'shares' }),
      ]),
      recorded: new Map([
        ['shares@2021H1', '5'],
        ['shares@2022H1', '8'],
      ]),
    };
    const percent = (fact: string): string | undefined => inUnit(evaluator(grown).value(fact)!, '%', chart);
    expect(percent('sales.change@2022H1')).toBe('220'); // 25 to 80
    expect(percent('costs.change@2022H1')).toBe('-50'); // (40) to (20): half the size
    expect(percent('cash.change@2022H1')?.slice(0, 8)).toBe('58.82352'); // 85 to 135
    expect(percent('shares.change@2022H1')).toBe('60');
    expect(percent('sales.per-share.change@2022H1')).toBe('100'); // 5 to 10 a share
    expect(percent('plant.change@2022H1')).toBeUndefined(); // not disclosed then
  });

  test('what a period does not disclose is not disclosed, never a number that happens to be there', () => {
    expect(inRmb('plant@2021-06-30', world)).toBe('not disclosed');
    expect(inRmb('assets@2021-06-30', world)).toBe('not disclosed');
    expect(inRmb('cash@2021-06-30', world)).toBe('100');
    expect(inRmb('cash@2021-09-30', world)).toBe('not disclosed');
    expect(inRmb('sales@2021H2', world)).toBe('not disclosed');
    expect(inRmb('plant@2021-12-31', world)).toBe('0');
  });

  test('nothing after asOf is seen', () => {
    const march = worldOf(postings(entries), '2022-03-31');
    expect(inRmb('profit@2022H1', march)).toBe('80');
    expect(inRmb('cash@2022-06-30', march)).toBe('180');
  });

  test('legs in another currency are no part of a figure', () => {
    const dollars = parseJournal(
      `
2022-05-01 JE-4 EntryPosted  A loan in another currency
  cash  receipts  USD 500
  loan  drawn     USD (500)
`,
    );
    const both = worldOf(postings([...entries, ...dollars]));
    expect(inRmb('cash@2022-06-30', both)).toBe('150');
    const form = linearForm('cash@2022-06-30', both)!;
    expect(legsBehind(form, postings(dollars))).toStrictEqual([]);
  });

  test('an unknown concept or time is undefined', () => {
    expect(evaluator(world).value('turnover@2022H1')).toBeUndefined();
    expect(evaluator(world).value('sales@2023H1')).toBeUndefined();
    expect(evaluator(world).value('sales@2022-06-30')).toBeUndefined();
    expect(evaluator(world).value('sales')).toBeUndefined();
  });

  test('a linear form says with which sign each leg counts', () => {
    const form = linearForm('profit@2022H1', world)!;
    const behind = legsBehind(form, postings(entries)).map(
      ({ leg, times }) => `${leg.account} ${leg.movement} ${times}`,
    );
    expect(behind).toStrictEqual([
      'sales profit-or-loss -1',
      'sales profit-or-loss -1',
      'costs profit-or-loss -1',
    ]);
    expect(linearForm('margin@2022H1', world)).toBeUndefined();
    expect(linearForm('shares@2022H1', world)).toBeUndefined();
  });
});

describe('laws', () => {
  const leg = fc.record({
    account: fc.constantFrom('cash', 'plant', 'equity.capital', 'sales', 'costs'),
    movement: fc.constantFrom('receipts', 'additions', 'profit-or-loss', 'closing'),
    day: fc.constantFrom('2020-12-31', '2021-03-01', '2021-12-31', '2022-01-01', '2022-06-30'),
    unit: fc.constant('RMB'),
    dimensions: fc.constantFrom<Record<string, string>>({}, { region: 'north' }, { region: 'south' }),
    minor: fc.integer({ min: -1_000_000, max: 1_000_000 }),
  });
  const legs = fc.array(leg, { maxLength: 30 });
  const facts = [
    'cash@2022-06-30',
    'cash.movement@2022H1',
    'assets@2021-12-31',
    'capital@2022-06-30',
    'profit@2022H1',
    'sales.north@2022H1',
  ];

  test('figures over cells = figures over postings', () => {
    fc.assert(
      fc.property(legs, (given) => {
        const cube = foldPostings(
          given.map((each, position) => ({ position, legs: [each] })),
          'log',
        );
        for (const fact of facts)
          expect(inRmb(fact, worldOf(cellsOf(cube)))).toBe(inRmb(fact, worldOf(given)));
      }),
    );
  });

  test('opening + movement = closing', () => {
    fc.assert(
      fc.property(legs, (given) => {
        const figures = evaluator(worldOf(given));
        const minor = (fact: string) => {
          const value = figures.value(fact);
          if (value?.kind !== 'money') throw new Error(fact);
          return value.minor;
        };
        const opening = minor(`cash@${dayBefore('2022-01-01')}`);
        expect(addMinor(opening, minor('cash.movement@2022H1'))).toBe(minor('cash@2022-06-30'));
        expect(subtractMinor(minor('profit@2022H1'), minor('costs@2022H1'))).toBe(minor('sales@2022H1'));
      }),
    );
  });

  test('a linear form times the legs is the figure', () => {
    fc.assert(
      fc.property(legs, fc.constantFrom(...facts), (given, fact) => {
        const world = worldOf(given);
        const coefficient = coefficientOf(linearForm(fact, world)!);
        const sum = given.reduce((total, each) => total + coefficient(each) * each.minor, 0) + 0;
        const value = evaluator(world).value(fact)!;
        expect(value).toStrictEqual({ kind: 'money', minor: sum });
      }),
    );
  });
});
