/** A statement rendered: semantic rows, links that say their state, and units that follow the reader. */
import { renderToStaticMarkup } from 'react-dom/server';
import type { StatementDocument } from '@tieout/documents';
import { StatementTables } from './statement';

const statement: StatementDocument = {
  schema: 'tieout.statement/1',
  id: 'income-statement',
  title: 'Income statement',
  entity: 'Corner Shop',
  heading: 'Year ended 31 December',
  when: 'Year ended 31 December 2022 and 2021',
  shape: 'periods',
  book: 'corner-shop',
  unit: "GBP'000",
  revision: 7,
  basis: 'reconstructed entries',
  columns: ['2022', '2021'],
  audit: ['unaudited', ''],
  tables: [
    {
      title: null,
      columns: [
        { label: '2022', audit: 'unaudited', period: '2022' },
        { label: '2021', audit: '', period: '2021' },
      ],
      lines: 4,
    },
  ],
  lines: [
    heading('is.h1', 'Income'),
    {
      id: 'is.sales',
      label: 'Sales',
      note: '4(a)',
      values: ['1500', '-520'],
      style: 'line',
      unit: "GBP'000",
      decimals: 0,
      figures: ['is.sales@2022', 'is.sales@2021'],
      states: ['ties', 'does-not-tie'],
      change: 'n/m',
    },
    {
      id: 'is.per-share',
      label: 'Per share',
      note: null,
      values: ['0.104', null],
      style: 'total',
      unit: 'GBP per share',
      decimals: 2,
      figures: ['is.per-share@2022', 'is.per-share@2021'],
      states: ['within-rounding', null],
    },
    heading('is.h2', 'A heading of nothing'),
  ],
  undisclosed: 'the weighted number of shares',
};

function heading(id: string, label: string): StatementDocument['lines'][number] {
  return {
    id,
    label,
    note: null,
    values: [],
    style: 'heading',
    unit: "GBP'000",
    decimals: 0,
    figures: [],
    states: [],
  };
}

const markup = renderToStaticMarkup(
  <StatementTables
    document={statement}
    scale="m"
    selected="is.sales@2022"
    hrefOf={(fact) => `/f/${fact}`}
    noteHref={(note) => (note === '4(a)' ? '/note-4a' : undefined)}
  />,
);
const rows = markup.split('<tr').slice(1);
const text = (html: string): string => html.replace(/<[^>]*>/g, '|').replace(/\|+/g, '|');

test('headings stand only over lines', () => {
  expect(markup).toContain('Income');
  expect(markup).not.toContain('A heading of nothing');
});

test('a number is a link, says its state, and stands in the unit asked for', () => {
  const sales = rows.find((row) => row.includes('Sales')) ?? '';
  expect(sales).toContain(
    '<span class="cell selected"><a href="/f/is.sales@2022" aria-current="true"><data class="amount" value="1.5">1.5</data><span class="vh">, ties</span></a></span>',
  );
  expect(text(sales)).toContain('|(0.5)|minus 0.5|, does not tie|');
  expect(sales).toContain('<a href="/note-4a">4(a)</a>');
});

test('the tick of a line is the worst of its states', () => {
  const sales = rows.find((row) => row.includes('Sales')) ?? '';
  expect(sales).toContain('<span class="state state-does-not-tie" title="does not tie">');
});

test('what is no money keeps its unit; what is not disclosed says why', () => {
  const perShare = rows.find((row) => row.includes('Per share')) ?? '';
  expect(perShare).toContain('0.10');
  expect(text(perShare)).toContain('|Per share| (GBP per share)|');
  expect(perShare).toContain(
    '<abbr class="amount" title="not disclosed: the weighted number of shares">n.d.</abbr>',
  );
});

test('every page of paper says what it is of', () => {
  expect(rows[0]).toContain(
    'Corner Shop · Income statement · Year ended 31 December 2022 and 2021 · GBP million · reconstructed entries · rev 7',
  );
});

test('nothing in it needs a style that a strict policy forbids', () => {
  expect(markup).not.toMatch(/ style=/);
});
