/** A report is one file: every link leads somewhere in it, and it needs no script, no style attribute and no network. */
import { renderToStaticMarkup } from 'react-dom/server';
import { Report } from './report';
import type { ReportDocuments } from '@tieout/documents';

const revenue = 'is.revenue@2022H1';
const documents: ReportDocuments = {
  entity: 'A & B',
  title: 'Interim results',
  book: 'shop',
  revision: 3,
  basis: 'reconstructed entries',
  statements: [
    {
      schema: 'tieout.statement/1',
      ...{ id: 'income-statement', title: 'Income statement', entity: 'A & B', heading: 'Six months ended' },
      ...{ when: 'Six months ended 30 June 2022', shape: 'periods', book: 'shop', unit: 'RMB', revision: 3 },
      ...{ basis: 'reconstructed entries', columns: ['2022'], audit: [null] },
      tables: [{ title: null, columns: [{ label: '2022', audit: '', period: '2022H1' }], lines: 2 }],
      lines: [
        {
          ...{ id: 'revenue', label: 'Revenue', note: null, style: 'line', unit: 'RMB', decimals: 0 },
          ...{ values: ['100'], figures: [revenue], states: ['ties'] },
        },
        {
          ...{ id: 'other', label: 'Other', note: null, style: 'line', unit: 'RMB', decimals: 0 },
          ...{ values: ['7'], figures: ['is.other@2022H1'], states: [null] },
        },
      ],
    },
  ],
  bridges: [],
  check: {
    schema: 'tieout.check/1',
    result: 'ties',
    counts: { ties: 1, withinRounding: 0, repaired: 0, doesNotTie: 0, explained: 0, notRun: 0, total: 1 },
    coverage: {
      figures: 1,
      facts: 1,
      crossChecked: 1,
      selfSupporting: 0,
      rounded: 0,
      untested: 0,
      rank: 1,
      redundancy: 0,
    },
    findings: [],
  },
  explanations: [
    {
      schema: 'tieout.explain/1',
      ...{
        fact: revenue,
        label: 'Revenue',
        unit: 'RMB',
        value: '100',
        state: 'ties',
        basis: 'cross-checked',
      },
      printed: [
        {
          ...{
            figure: revenue,
            statement: 'income-statement',
            label: 'Revenue',
            unit: 'RMB',
            published: '100',
          },
          ...{ state: 'ties', source: { line: 9, text: '100' } },
        },
      ],
      ...{ inputs: [], ties: [], usedBy: [] },
    },
  ],
};

const page = renderToStaticMarkup(<Report documents={documents} />);

test('every link leads to a place on the page', () => {
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const led = [...page.matchAll(/href="#([^"]+)"/g)].map(([, to = '']) => decodeURIComponent(to));
  expect(led).toContain(`figure:${revenue}`);
  expect(led.filter((to) => !ids.has(to))).toEqual([]);
});

test('no script, no style attribute, nothing from elsewhere', () => {
  expect(page).not.toMatch(/<script|style="|https?:|@import|url\(/);
  expect(page).toContain('A &amp; B');
});

test('a number says where it is printed; one that the page does not follow is no link', () => {
  expect(page).toContain('line 9: 100');
  expect(page).not.toContain('is.other');
});
