/**
 * Ties of every kind: what each says, what it does not, and that a clean book has no findings.
 */
import * as fc from 'fast-check';
import { checkFigures, countTies, type CheckInput } from './check';
import { findingsOf, upkeepOf } from './findings';
import { reprinted, smallBook, type SmallBook } from './small-book';

const shop = `
  income  RMB'000
    sales      8,123   7,456
    repairs    2,345   1,961
    wages     (6,120) (5,047)
    profit    = sales + repairs + wages
    margin    % profit / sales
  summary  RMB million 1
    profit'   : profit
    sales'    : sales
  cash  RMB'000
    before    opening cash
    moved     moved cash
    after     closing cash
`;
const book = smallBook(shop);

/** Ties that neither tie nor are within rounding, as text. */
function off({ input }: SmallBook, more: Partial<CheckInput> = {}): string[] {
  return checkFigures({ ...input, ...more }).ties.flatMap(({ tie, state, left, right, difference, note }) => {
    if (state === 'ties' || state === 'within-rounding') return [];
    return [
      [
        `${tie.id} ${state}`,
        ...(difference === undefined ? [] : [`${left} - ${right} = ${difference}`]),
        ...(note === undefined ? [] : [note]),
      ].join(': '),
    ];
  });
}

test('a clean book ties, coarse prints within rounding', () => {
  const { ties } = checkFigures(book.input);
  const counts = [...countTies(ties)].map(([kind, own]) => [kind, Object.fromEntries(own)]);
  expect(Object.fromEntries(counts)).toStrictEqual({
    foot: { ties: 2 },
    'cross-foot': {},
    'roll-forward': { ties: 2 },
    agree: { ties: 1, 'within-rounding': 4 },
    recompute: { 'within-rounding': 2 },
    articulate: {},
    ledger: { ties: 14, 'within-rounding': 6 },
  });
});

test.each([
  [
    'a part of a foot',
    'sales@2022',
    '8124',
    ['foot:profit@2022 does-not-tie: 4348 - 4349 = -1', 'ledger:sales@2022 does-not-tie: 8124 - 8123 = 1'],
  ],
  [
    'a stock that is printed once',
    'cash@2022-12-31',
    '8719',
    [
      'roll-forward:cash@2022-12-31 does-not-tie: 8719 - 8718 = 1',
      'ledger:cash@2022-12-31 does-not-tie: 8719 - 8718 = 1',
    ],
  ],
  [
    'a coarse print',
    'summary.sales@2022',
    '8.2',
    [
      'agree:summary.sales@2022 does-not-tie: 8.2 - 8.123 = 0.077',
      'ledger:summary.sales@2022 does-not-tie: 8.2 - 8.123 = 0.077',
    ],
  ],
  [
    'a percentage',
    'margin@2022',
    '53.6',
    [
      'recompute:margin@2022 does-not-tie: 53.6 - 53.527 = 0.072',
      'ledger:margin@2022 does-not-tie: 53.6 - 53.527 = 0.072',
    ],
  ],
])('%s by one unit is noticed', (_, id, published, expected) => {
  const found = off(reprinted(book, id, { published }));
  expect(found.map((text) => text.replace(/(\.\d{3})\d+/g, '$1'))).toStrictEqual(expected);
});

test('of prints of one precision that differ the odd one out is found, whichever it is', () => {
  const three = smallBook(`${shop}
  first  RMB'000
    sales1  : sales
  second  RMB'000
    sales2  : sales`);
  const agree = (id: string): string[] =>
    off(reprinted(three, id, { published: '8122' })).filter(
      (text) => text.startsWith('agree') && !text.includes('summary'),
    );
  expect(agree('sales@2022')).toStrictEqual(['agree:sales@2022 does-not-tie: 8122 - 8123 = -1']);
  expect(agree('second.sales@2022')).toStrictEqual([
    'agree:second.sales@2022 does-not-tie: 8122 - 8123 = -1',
  ]);
});

test('duplicates of one precision are equal as printed or do not agree, though their intervals meet', () => {
  const twice = smallBook(`
  income  RMB million 1
    sales   8,100 7,400
  again  RMB million 1
    sales'  : sales`);
  expect(off(reprinted(twice, 'again.sales@2022', { published: '8.2' }))[0]).toBe(
    'agree:again.sales@2022 does-not-tie: 8.2 - 8.1 = 0.1',
  );
});

test('a total of rounded parts that adds up within their intervals is within rounding, and beyond is not', () => {
  const coarse = smallBook(`
  income  RMB million 1
    sales    8,140 1,000
    repairs  2,340 1,000
    all      = sales + repairs`);
  const state = (published: string) =>
    checkFigures(reprinted(coarse, 'all@2022', { published }).input).ties.find(
      ({ tie }) => tie.id === 'foot:all@2022',
    )?.state;
  expect([state('10.4'), state('10.5'), state('10.6')]).toStrictEqual([
    'ties',
    'within-rounding',
    'does-not-tie',
  ]);
});

test('a part may be taken away', () => {
  const net = smallBook(`
  income  RMB'000
    sales    8,123  7,456
    refunds    123    456
    net      = sales - refunds`);
  expect(off(net)).toStrictEqual([]);
  expect(off(reprinted(net, 'refunds@2022', { published: '124' }))[0]).toBe(
    'foot:net@2022 does-not-tie: 8000 - 7999 = 1',
  );
});

test('a side that is not published is not run, and is no pass', () => {
  const input = { ...book.input, figures: book.input.figures.filter(({ id }) => id !== 'repairs@2022') };
  expect(off({ ...book, input })).toStrictEqual(['foot:profit@2022 not-run: repairs@2022 not published']);
});

test('nothing is divided by nil', () => {
  const none = smallBook(shop.replace('8,123', '0'));
  expect(off(none).filter((text) => text.startsWith('recompute'))).toStrictEqual([
    'recompute:margin@2022 not-run: divided by nil',
  ]);
});

test('a mark for less than one unit stands for that', () => {
  expect(
    off(
      reprinted(smallBook(shop.replace('8,123', '0')), 'sales@2022', {
        published: '0',
        reading: 'below-unit',
      }),
    ),
  ).toStrictEqual(expect.not.arrayContaining([expect.stringContaining('does-not-tie')]));
});

describe('declared ties', () => {
  const declare = (left: string, right: string, more: object = {}) =>
    off(book, { declared: [{ id: 'AR-1', kind: 'articulate', left, right, why: 'so', ...more }] });

  test.each([
    ['profit@2022', 'cash@2022-12-31 - cash@2021-12-31'],
    ['2 * sales@2022 - sales@2022', 'profit@2022 - (repairs@2022 + wages@2022)'],
    ['margin@2022', 'profit@2022 / sales@2022'],
    ['-wages@2022', 'sales@2022 + repairs@2022 - profit@2022'],
  ])('%s = %s', (left, right) => {
    expect(declare(left, right)).toStrictEqual([]);
  });

  test.each([
    ['profit@2022', 'cash@2022-12-31', 'AR-1 does-not-tie: 4348 - 8718 = -4370'],
    ['profit@2022', 'losses@2022', 'AR-1 not-run: losses@2022 not published'],
    [
      'profit@2022',
      'sales@2022 + repairs@2022 / wages@2022',
      'AR-1 not-run: "/" divides one factor: put what stands before it in parentheses',
    ],
    ['profit', 'sales@2022', 'AR-1 not-run: "profit" is no fact, written CONCEPT@TIME, and no whole number'],
    ['profit@2022', '(sales@2022', 'AR-1 not-run: a parenthesis is not closed'],
    ['profit@2022 sales@2022', 'sales@2022', 'AR-1 not-run: "sales@2022" stands where +, - or * is due'],
  ])('%s = %s: %s', (left, right, found) => {
    expect(declare(left, right)).toStrictEqual([found]);
  });

  test('a print on the left may be said to be cut off', () => {
    // 8.123 million, printed 8.1, was cut off or rounded; 7.456 was rounded to 7.5.
    const summary = (year: string, mode: 'nearest' | 'truncated') =>
      declare(`summary.sales@${year}`, `sales@${year}`, { mode });
    expect(summary('2022', 'truncated')).toStrictEqual([]);
    expect(summary('2021', 'nearest')).toStrictEqual([]);
    expect(summary('2021', 'truncated')).toStrictEqual(['AR-1 does-not-tie: 7.5 - 7.456 = 0.044']);
  });
});

test('a claim of the prose is held against the replay and the most precise print; one that nothing reaches is untested', () => {
  const claim = { id: 'prose.1', sourceLine: 9, occurrence: 1, why: '' };
  const claims = [
    { ...claim, text: 'RMB8.12 million', unit: 'RMB million', published: '8.12', fact: 'sales@2022' },
    { ...claim, id: 'prose.2', text: '53.5%', unit: '%', published: '53.5', fact: 'margin@2022' },
    {
      ...claim,
      id: 'prose.3',
      text: 'RMB8.1 million',
      unit: 'RMB million',
      published: '8.1',
      fact: 'sales@2022',
      mode: 'truncated' as const,
    },
    {
      ...claim,
      id: 'prose.4',
      text: 'three shops',
      unit: 'count',
      published: '3',
      why: 'nothing in the document counts shops',
    },
  ];
  expect(off(book, { claims })).toStrictEqual([]);
  const check = checkFigures({ ...book.input, claims });
  expect(check.ties.filter(({ tie }) => tie.id.includes('prose')).map(({ tie }) => tie.id)).toStrictEqual([
    'agree:prose.1',
    'agree:prose.2',
    'agree:prose.3',
    'recompute:prose.2',
    'ledger:prose.1',
    'ledger:prose.2',
    'ledger:prose.3',
  ]);
  expect(check.unreached.map(({ id }) => id)).toStrictEqual(['prose.4']);
  expect(
    off(book, {
      claims: [{ ...claim, text: '8.2', unit: 'RMB million', published: '8.2', fact: 'sales@2022' }],
    }),
  ).toHaveLength(2);
});

describe('explanations', () => {
  const explain = (subject: string) => ({
    subject,
    cause: 'rounding-plug',
    reason: 'forced',
    actor: 'reviewer',
    recordedAt: '2022-08-25T00:00:00.000Z',
  });
  const broken = reprinted(book, 'summary.sales@2022', { published: '8.2' });

  test('a break that is explained is explained, by figure or by tie', () => {
    const states = (subject: string) =>
      off(broken, { explanations: [explain(subject)] }).map((text) =>
        text.split(':').slice(0, 2).join(':').replace('summary.sales@2022 ', ''),
      );
    expect(states('summary.sales@2022')).toStrictEqual(['agree:explained', 'ledger:explained']);
    expect(states('agree:summary.sales@2022')).toStrictEqual(['agree:explained', 'ledger:does-not-tie']);
  });

  test('an explanation is of one difference: another one is a new break', () => {
    const explained = { ...explain('summary.sales@2022'), difference: '0.08' };
    const states = (published: string) =>
      off(reprinted(book, 'summary.sales@2022', { published }), { explanations: [explained] }).map((text) =>
        text.split(' ').slice(1).join(' '),
      );
    expect(states('8.2')).toStrictEqual(Array(2).fill('explained: 8.2 - 8.123 = 0.077'));
    expect(states('8.3')).toStrictEqual(Array(2).fill('does-not-tie: 8.3 - 8.123 = 0.177'));
    expect(states('7.9')).toStrictEqual(Array(2).fill('does-not-tie: 7.9 - 8.123 = -0.223'));
  });

  test('an explanation of what ties, or is not there, is a finding', () => {
    const said = (subject: string, of = broken) =>
      upkeepOf(checkFigures({ ...of.input, explanations: [explain(subject)] })).map(({ kind, tie, note }) => [
        kind,
        tie,
        note,
      ]);
    expect(said('summary.sales@2022')).toStrictEqual([]);
    expect(said('summary.sales@2022', book)).toStrictEqual([
      ['explanation', 'summary.sales@2022', 'an explanation is recorded, and it ties'],
    ]);
    expect(said('no.such@2022')).toStrictEqual([
      ['explanation', 'no.such@2022', 'an explanation is recorded, and there is no such figure or tie'],
    ]);
  });
});

test('of several ties about a figure the worst decides', () => {
  const check = checkFigures(reprinted(book, 'wages@2022', { published: '-6121' }).input);
  const state = (id: string) => check.figures.find(({ figure }) => figure.id === id)?.state;
  // The total foots no more, though the replay gives it; a part is wrong, and only its own print is.
  expect([state('profit@2022'), state('wages@2022'), state('sales@2022')]).toStrictEqual([
    'does-not-tie',
    'does-not-tie',
    'ties',
  ]);
});

describe('laws', () => {
  const amount = fc.integer({ min: -9_999_999, max: 9_999_999 });
  const text = (value: number): string => (value < 0 ? `(${-value})` : String(value));
  const tables = fc.array(fc.tuple(amount, amount), { minLength: 2, maxLength: 6 }).map((rows) => {
    const ids = rows.map((_, index) => `line${index}`);
    return {
      rows: rows.length,
      text: `
  table  RMB'000
${rows.map(([a, b], index) => `    line${index}  ${text(a)} ${text(b)}`).join('\n')}
    total  = ${ids.join(' + ')}
    share  % line0 / total
  coarse  RMB million 1
${ids.map((id) => `    ${id}'  : ${id}`).join('\n')}
    total'  : total
  cash  RMB'000
    before  opening cash
    moved   moved cash
    after   closing cash`,
    };
  });

  test('consistent tables have no findings', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { input, entries } = smallBook(table.text);
        const check = checkFigures(input);
        expect(
          findingsOf(check.ties, { check, entries, layouts: input.layouts, world: input.world }),
        ).toStrictEqual([]);
        expect(upkeepOf(check)).toStrictEqual([]);
      }),
    );
  });

  test('one figure of a footed table printed otherwise is always noticed, without the ledger', () => {
    fc.assert(
      fc.property(
        tables,
        fc.nat(),
        fc.constantFrom('2022', '2021'),
        fc.integer({ min: -999, max: 999 }).filter((by) => by !== 0),
        (table, at, year, by) => {
          const small = smallBook(table.text);
          const id = `${['total', ...Array.from({ length: table.rows }, (_, index) => `line${index}`)][at % (table.rows + 1)]}@${year}`;
          const print = small.input.figures.find((figure) => figure.id === id)!;
          const { ties } = checkFigures(
            reprinted(small, id, { published: String(Number(print.published) + by) }).input,
          );
          expect(ties.some(({ tie, state }) => tie.kind !== 'ledger' && state === 'does-not-tie')).toBe(true);
        },
      ),
    );
  });
});
