/**
 * What a document's numbers are tied to: by where they stand, never because digits agree; and what is said of the rest.
 * The reports here are a few lines each; the first is a corner shop's.
 */
import { tickDocument } from './tick';
import { countTokens, type TickedDocument } from './ticked';
import type { StatedClaim } from './prose';
import { smallTables } from './small-tables';

const shop = smallTables(`
income: Income statement
Revenue | | 104,000 | 90,000
Cost of sales | 2 | (63,000) | (54,000)
Gross profit | | 41,000 | 36,000
Wages and rent | | (27,500) | (24,000)
Depreciation | 1 | (2,000) | (1,600)
Profit for the year | | 11,500 | 10,400

balance: Balance sheet
Shop fittings | 1 | 6,400 | 6,400
Goods for sale | | 9,000 | 6,000
Cash | | 30,500 | 26,000
Total assets | | 45,900 | 38,400

cash: Statement of cash flows
Cash from the shop | | 11,500 | 3,600
Purchase of fittings | | (2,000) | (8,000)
Proceeds from issue of shares | | – | 20,000
Dividends paid | | (5,000) | –
`);

const report = `The Corner Shop Ltd

Page 1

Revenue was GBP104,000 in the year ended 31 December 2025, and 41,000 customers came.

Income statement
Year ended 31 December	Note	2025	2024
Revenue		104,000	90,000
Cost of sales	2	(63,000)	(54,000)
Gross profit		41,000	36,000
Wages and rent		(27,500)	(24,000)
Depreciation	1	(2,000)	(1,600)
Profit for the year		11,500	10,400

Balance sheet
As at 31 December	Note	2025	2024
Shop fittings	1	6,400	6,400
Goods for sale		9,000	6,000
Cash		30,500	26,000
Total assets		45,900	38,400

Statement of cash flows
Year ended 31 December	2025	2024
Cash from the shop	11,500	3,600
Purchase of fittings	(2,000)	(8,000)
Proceeds from issue of shares	–	20,000
Dividends paid	(5,000)	–
`;

/** Every number with its state, in order: what must not depend on where lines stand. */
const states = ({ lines }: TickedDocument): string[] =>
  lines.flatMap(({ numbers }) =>
    numbers.map(({ token, state, figure, claim }) =>
      [token.text, state, claim ?? figure ?? ''].join(' ').trim(),
    ),
  );
const tick = (text: string, claims: readonly StatedClaim[] = [], book = shop): TickedDocument =>
  tickDocument({ text, ...book, claims });
const of = (document: TickedDocument, text: string): string[] =>
  states(document).filter((state) => state.startsWith(`${text} `));
const edited = (from: string, to: string): string => {
  expect(report.split(from)).toHaveLength(2);
  return report.replace(from, to);
};

describe('a clean report', () => {
  const document = tick(report);

  it('ties every number of its tables', () => {
    expect(Object.fromEntries(countTokens(document, ({ isRow }) => isRow))).toMatchObject({
      tied: 26,
      label: 12,
      untested: 0,
    });
    expect(document.notFound).toEqual([]);
    expect(document.restored).toEqual([]);
  });

  it('ties equal digits each to the figure of its own row', () => {
    expect(of(document, '11,500')).toEqual([
      '11,500 tied income.profit-for-the-year@2025',
      '11,500 tied cash.cash-from-the-shop@2025',
    ]);
    expect(of(document, '(2,000)')).toEqual([
      '(2,000) tied income.depreciation@2025',
      '(2,000) tied cash.purchase-of-fittings@2025',
    ]);
    expect(of(document, '6,400')).toEqual([
      '6,400 tied balance.shop-fittings@2025',
      '6,400 tied balance.shop-fittings@2024',
    ]);
  });

  it('says what the rest are, and that sentences are not tested by digits', () => {
    const prose = document.lines
      .slice(0, 5)
      .flatMap(({ numbers }) => numbers.map(({ token, state, reason }) => [token.text, state, reason]));
    expect(prose).toEqual([
      ['1', 'label', 'page number'],
      ['GBP104,000', 'untested', 'no figure and no claim of the book is printed here'],
      ['31', 'label', 'date'],
      ['2025', 'label', 'date'],
      ['41,000', 'untested', 'no figure and no claim of the book is printed here'],
    ]);
    expect(document.lines[9]?.numbers[0]).toMatchObject({ state: 'label', reason: 'note reference' });
  });
});

describe('where lines stand changes nothing', () => {
  const expected = states(tick(report));
  it.each([
    ['blank lines', report.replaceAll('\n', '\n\n\n')],
    ['tabs as spaces', report.replace(/\t+/g, '  ')],
    ['one space', report.replace(/\t+/g, ' ')],
    ['no headings', report.replace(/^(?:Income statement|Balance sheet|Statement of cash flows)\n/gm, '\n')],
  ])('%s', (_name, text) => expect(states(tick(text))).toEqual(expected));

  it('tables in another order', () => {
    const [front = '', ...tables] = report.split(/\n\n(?=Income|Balance|Statement)/);
    const moved = tick([front, ...tables.reverse()].join('\n\n'));
    expect(states(moved).sort()).toEqual([...expected].sort());
  });
});

describe('equal digits in another place are not tied', () => {
  it('in a row of another name, within the table', () => {
    const document = tick(
      edited('Wages and rent\t', 'Marketing campaign\t\t41,000\t36,000\nWages and rent\t'),
    );
    expect(of(document, '36,000')).toEqual(['36,000 tied income.gross-profit@2024', '36,000 untested']);
    const planted = document.lines
      .flatMap(({ numbers }) => numbers)
      .find(({ token, state }) => token.text === '36,000' && state === 'untested');
    expect(planted?.reason).toBe(
      'the same digits as income.gross-profit@2024 36,000, but the row names something else',
    );
  });

  it('in a row of another name that took the place of the row', () => {
    const document = tick(edited('Gross profit\t', 'Marketing campaign\t'));
    expect(of(document, '41,000').slice(1)).toEqual(['41,000 untested']);
    expect(document.notFound.map(({ figure }) => figure.id)).toEqual([]);
    expect(document.restored.map(({ stated }) => stated.figure.id)).toEqual([
      'income.gross-profit@2025',
      'income.gross-profit@2024',
    ]);
  });

  it('in a table that is none of the book', () => {
    const other =
      'Key data of the market\n\t2025\t2024\nShops in town\t45,900\t38,400\nTheir customers\t104,000\t90,000\n\n';
    const document = tick(edited('Income statement\n', `${other}Income statement\n`));
    expect(of(document, '45,900')).toEqual(['45,900 untested', '45,900 tied balance.total-assets@2025']);
    expect(of(document, '90,000')).toEqual(['90,000 untested', '90,000 tied income.revenue@2024']);
  });

  it("under another row's label: that row's figure differs", () => {
    const document = tick(
      edited('Wages and rent\t\t(27,500)\t(24,000)', 'Wages and rent\t\t(63,000)\t(24,000)'),
    );
    expect(of(document, '(63,000)')).toEqual([
      '(63,000) tied income.cost-of-sales@2025',
      '(63,000) differs income.wages-and-rent@2025',
    ]);
  });
});

describe('a number that is another one than the book read', () => {
  it.each([
    [
      'a digit',
      'Gross profit\t\t41,000',
      'Gross profit\t\t41,900',
      '41,900 differs income.gross-profit@2025',
    ],
    ['the sign', '(24,000)', '24,000', '24,000 differs income.wages-and-rent@2024'],
    ['all of it', '38,400', '99,999', '99,999 differs balance.total-assets@2024'],
  ])('%s', (_name, from, to, expected) => {
    expect(states(tick(edited(from, to)))).toContain(expected);
  });
});

describe('a damaged scan', () => {
  it('reads rows that were merged into one line, column by column', () => {
    const document = tick(
      edited(
        'Goods for sale\t\t9,000\t6,000\nCash\t\t30,500\t26,000',
        'Goods for sale Cash\t\t9,000 30,500\t6,000 26,000',
      ),
    );
    expect(states(document).sort()).toEqual(states(tick(report)).sort());
  });

  it('reads labels that were broken over two lines, and rows that lost theirs', () => {
    const document = tick(
      edited('Proceeds from issue of shares\t', 'Proceeds from issue\t\t\nof shares\t').replace(
        'Gross profit\t',
        '\t',
      ),
    );
    expect(states(document)).toEqual(states(tick(report)));
  });

  it('rejects the copies of a statement that smeared into one cell', () => {
    const smear =
      'Gross profit 41,000 36,000 Wages and rent (27,500) (24,000) Depreciation 1 (2,000) (1,600) Profit for the year 11,500 10,400';
    const document = tick(edited('Cost of sales\t2', `${smear}\tCost of sales\t2`));
    expect(of(document, '(27,500)')).toEqual([
      '(27,500) smeared income.wages-and-rent@2025',
      '(27,500) tied income.wages-and-rent@2025',
    ]);
    expect(countTokens(document, ({ isRow }) => isRow).get('smeared')).toBe(8);
    expect(countTokens(document, ({ isRow }) => isRow).get('tied')).toBe(26);
  });

  it('rejects ghosts of neighbouring rows and malformed numbers, and says of what', () => {
    const document = tick(
      edited('Total assets', 'Total asets\t\t45,906\t38,490\nCash\t\t3,0,500\t\nTotal assets'),
    );
    expect(of(document, '45,906')).toEqual(['45,906 ghost balance.total-assets@2025']);
    expect(of(document, '3,0,500')).toEqual(['3,0,500 ghost balance.cash@2025']);
    expect(countTokens(document).get('tied')).toBe(26);
  });

  const repaired = smallTables(`
income: Income statement
Revenue | | 104,000 | 90,000
Rebates | | (104,006) ! repaired 0 | (5,206)
Other income | | ! repaired 250 | 112 ! repaired -7
Profit | | 104,250 | 84,787
`);
  const damaged =
    'Income statement\n\t2025\t2024\nRevenue\t104,000\t90,000\nRebates\t(104,006)\t(5,206)\nOther income\t\t112\nProfit\t104,250\t84,787\n';

  it('keeps the readings that the book rejects apart from the figures', () => {
    const document = tick(damaged, [], repaired);
    expect(of(document, '(104,006)')).toEqual(['(104,006) ghost income.rebates@2025']);
    expect(of(document, '112')).toEqual(['112 repaired income.other-income@2024']);
    expect(document.restored.map(({ stated, line }) => `${line} ${stated.figure.id}`)).toEqual([
      '5 income.other-income@2025',
    ]);
  });
});

describe('claims of the prose', () => {
  const claim = (id: string, text: string, fact: string | undefined, sourceLine = 1): StatedClaim => ({
    claim: {
      id,
      sourceLine,
      text,
      occurrence: 1,
      unit: 'GBP',
      published: '0',
      why: fact === undefined ? 'the book has no such count' : '',
      ...(fact === undefined ? {} : { fact }),
    },
    state: fact === undefined ? 'untested' : 'ties',
    names: ['Revenue'],
  });
  const claims = [claim('c1', 'GBP104,000', 'is.revenue@2025'), claim('c2', '41,000', undefined)];

  it('are tied, or say why nothing reaches them', () => {
    const document = tick(report, claims);
    expect(states(document).slice(1, 5)).toEqual([
      'GBP104,000 claim-tied c1',
      '31 label',
      '2025 label',
      '41,000 claim-untied c2',
    ]);
    expect(document.claimsNotFound).toEqual([]);
  });

  it('are found wherever their sentence moved', () => {
    const [before = '', sentence = '', after = ''] = report.split(/(Revenue was .*\n)/);
    expect(of(tick(`${before}${after}\n${sentence}`, claims), 'GBP104,000')).toEqual([
      'GBP104,000 claim-tied c1',
    ]);
  });

  it('are noticed when they change', () => {
    expect(states(tick(edited('was GBP104,000', 'was GBP104,900'), claims))).toContain(
      'GBP104,900 differs c1',
    );
  });

  it('are not tied to equal digits in a sentence about something else', () => {
    const text = edited('Revenue was GBP104,000', 'The prize of the lottery was GBP104,000').replace(
      '41,000 customers',
      'many',
    );
    expect(of(tick(text, claims), 'GBP104,000')).toEqual(['GBP104,000 untested']);
  });
});
