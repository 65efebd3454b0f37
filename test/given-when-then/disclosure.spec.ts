/**
 * What is disclosed decides what may be said. Too little: the books hold a number and do not show it, because nobody
 * published it. More than enough: the surplus is what finds an error. Given entries, when replayed, then everything shown.
 */
import { proveFigures } from '@tieout/proof';
import { entryFromEvent, type Period } from '@tieout/ledger';
import { carriesEntry } from '@tieout/events';
import { Replay, Statements } from '@tieout/projections';
import type { PublishedFigure } from '@tieout/statements';
import { openBooks, text } from '../support/law-books';
import { companyWith, flow, halfYears } from '../support/law-company';
import { decoded, projectionsOver } from '../support/law-replay';

const year: readonly Period[] = [
  // Of the first half-year only cash and equity are published, and of the second only its end.
  {
    id: '2021H1',
    from: '2021-01-01',
    to: '2021-06-30',
    label: '',
    column: '2021H1',
    audit: '',
    disclosedBalances: ['cash', 'equity'],
  },
  {
    id: '2021H2',
    from: '2021-07-01',
    to: '2021-12-31',
    label: '',
    column: '2021H2',
    audit: '',
    bridge: true,
  },
  ...halfYears.slice(0, 1),
];

test('what is not disclosed is said to be so, in the line and in every total over it', async () => {
  const books = await openBooks(companyWith({ periods: year }));
  await books.given(`
    2020-12-31 JE-0 OpeningBalanceRecorded  Cash and equity are published, the rest is not
      cash            opening   300
      equity.capital  opening  (200)
      undisclosed     opening  (100)
    2021-06-30 JE-1 RevenueRecognised  Received, or owed on accounts that nobody lists
      cash         from-customers    50
      undisclosed  recognised        10
      revenue      profit-or-loss  (60)
    2021-12-31 JE-2 NetMovementRecorded  To the first whole balance sheet
      plant.cost         net-movement    70
      receivables.gross  net-movement    25
      cash               net-movement    (5)
      payables           net-movement  (180)
      undisclosed        net-movement    90`);
  expect(await books.statement('balance sheet')).toBe(
    text(`
                              2021H1  2021H2  2022H1
      plant                     n.d.      70      70
      receivables               n.d.      25      25
      cash                       350     345     345
      assets                    n.d.     440     440
      capital                    200     200     200
      translation reserve          0       0       0
      retained                    60      60      60
      payables                  n.d.     180     180
      not disclosed               90       0       0
      equity and liabilities    n.d.     440     440
    `),
  );
  expect(await books.statement('cash flows')).toBe(
    text(`
                         2021H1  2021H2  2022H1
      from customers         50    n.d.       0
      to suppliers            0    n.d.       0
      purchase of plant       0    n.d.       0
      from owners             0    n.d.       0
      net                    50    n.d.       0
      opening cash          300     350     345
      closing cash          350     345     345
    `),
  );
  // Between the two ends of a bridge nothing is known at all.
  expect(await books.statement('balance sheet', { when: { kind: 'day', day: '2021-09-30' } })).toBe(
    text(`
                              2021-09-30
      plant                         n.d.
      receivables                   n.d.
      cash                          n.d.
      assets                        n.d.
      capital                       n.d.
      translation reserve           n.d.
      retained                      n.d.
      payables                      n.d.
      not disclosed                 n.d.
      equity and liabilities        n.d.
    `),
  );
});

const regions = {
  'by region': [
    flow.credit('north', ['revenue'], { where: { region: ['north'] } }),
    flow.credit('south', ['revenue'], { where: { region: ['south'] } }),
  ],
};

/** One print: a concept of the first half of 2022 and its amount. */
const print = (line: string, published: string): PublishedFigure => ({
  id: `${line}@2022H1`,
  fact: `${line}@2022H1`,
  statement: 'by region',
  line,
  label: line,
  column: '2022H1',
  period: '2022H1',
  unit: 'RMB',
  published,
  text: published,
  sourceLine: 1,
  reading: 'printed',
});

/** Each figure with its state and what its agreement is worth. */
async function held(figures: readonly PublishedFigure[]) {
  const structure = companyWith({ more: regions });
  const books = await openBooks(structure);
  await books.given(`
    2022-06-30 JE-1 RevenueRecognised  By region
      cash     from-customers   100
      revenue  profit-or-loss   (60)  [region=north]
      revenue  profit-or-loss   (40)  [region=south]`);
  const context = await projectionsOver(books.log, structure);
  await context.get(Replay).run();
  const { world, figures: evaluator } = context.get(Statements).books();
  const entries = (await decoded(books.log)).flatMap((event) =>
    carriesEntry(event) ? [entryFromEvent(event)] : [],
  );
  const recorded = () => ({ confirmed: false, explained: false });
  const proven = proveFigures({ figures, world, evaluator, recorded, entries, amounts: 'RMB' });
  return {
    figures: proven.figures.map(({ figure: { line, published }, replayed, state, basis }) =>
      [line, published, replayed, state, basis].join(' '),
    ),
    redundancy: proven.coverage.redundancy,
  };
}

test('only the total is disclosed: it ties, and its tie repeats its input', async () => {
  expect(await held([print('revenue', '100')])).toStrictEqual({
    figures: ['revenue 100 100 ties self-supporting'],
    redundancy: 0,
  });
});

test('the parts are disclosed beside the total: each is held by the others', async () => {
  expect(await held([print('revenue', '100'), print('north', '60'), print('south', '40')])).toStrictEqual({
    figures: [
      'revenue 100 100 ties cross-checked',
      'north 60 60 ties cross-checked',
      'south 40 40 ties cross-checked',
    ],
    redundancy: 1,
  });
});

test('one of them is misprinted: it alone does not tie', async () => {
  expect(await held([print('revenue', '100'), print('north', '60'), print('south', '49')])).toStrictEqual({
    figures: [
      'revenue 100 100 ties cross-checked',
      'north 60 60 ties cross-checked',
      'south 49 40 does-not-tie cross-checked',
    ],
    redundancy: 1,
  });
});
