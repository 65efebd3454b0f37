/**
 * Layouts: which figures a statement defines, and what its cells show.
 */
import { changed, complaintsOf, folderOf, type Change } from '../fixtures/small-book';
import { bookFromJson, bookToJson } from './book';
import { readBook } from './folder';

const bookOf = (...changes: readonly Change[]) => readBook(folderOf(changed(...changes)));
const formulasOf = (...changes: readonly Change[]) =>
  Object.fromEntries([...bookOf(...changes).concepts].map(([id, { formula }]) => [id, formula]));

it('defines a figure a line, a recorded fact that a formula names, and a figure a cell of a matrix', () => {
  const shop = { accounts: ['assets'], where: { class: ['shop'] } };
  const van = { accounts: ['assets'], where: { class: ['van'] } };
  const total = (line: string, measure: 'stock' | 'flow') => ({
    kind: 'sum',
    of: [
      { concept: `${line}[class=shop]`, times: 1 },
      { concept: `${line}[class=van]`, times: 1 },
    ],
    measure,
  });
  const selection = (term: object, measure: 'stock' | 'flow') => ({
    kind: 'selection',
    terms: [term],
    show: 'debit',
    measure,
  });
  expect(formulasOf()).toStrictEqual({
    'is.revenue': {
      kind: 'selection',
      terms: [{ accounts: ['revenue'], except: ['closing'] }],
      show: 'credit',
      measure: 'flow',
    },
    'is.profit': { kind: 'sum', of: [{ concept: 'is.revenue', times: 1 }], measure: 'flow' },
    'is.per-share': { kind: 'quotient', numerator: 'is.profit', denominator: 'shares' },
    shares: { kind: 'recorded', fact: 'shares' },
    'n1.opening[class=shop]': selection(shop, 'stock'),
    'n1.opening[class=van]': selection(van, 'stock'),
    'n1.opening[class=total]': total('n1.opening', 'stock'),
    'n1.additions[class=shop]': selection({ ...shop, movements: ['additions'] }, 'flow'),
    'n1.additions[class=van]': selection({ ...van, movements: ['additions'] }, 'flow'),
    'n1.additions[class=total]': total('n1.additions', 'flow'),
    'n1.closing[class=shop]': selection(shop, 'stock'),
    'n1.closing[class=van]': selection(van, 'stock'),
    'n1.closing[class=total]': total('n1.closing', 'stock'),
  });
});

it('excepts nothing by default where a line says so, or names the movement itself', () => {
  const line = 'credit: revenue }';
  expect(formulasOf(['is.yaml', line, 'credit: revenue, except: [] }'])['is.revenue']).toStrictEqual({
    kind: 'selection',
    terms: [{ accounts: ['revenue'], except: [] }],
    show: 'credit',
    measure: 'flow',
  });
  expect(formulasOf(['is.yaml', line, 'credit: revenue, movement: closing }'])['is.revenue']).toStrictEqual({
    kind: 'selection',
    terms: [{ accounts: ['revenue'], movements: ['closing'] }],
    show: 'credit',
    measure: 'flow',
  });
});

it('takes a cell that is the same as a figure elsewhere, and leaves out a line where it has none', () => {
  const book = bookOf(
    [
      'book.yaml',
      'journal: journal.yaml }',
      'journal: journal.yaml }\n  - { id: Y25, from: 2025-01-01, to: 2025-12-31, label: Year 2025 }',
    ],
    ['note.yaml', 'blocks: [Y24]', 'blocks: [Y25, Y24]'],
    [
      'note.yaml',
      'movement: additions }',
      'movement: additions, periods: [Y24], same: { shop: is.revenue } }',
    ],
  );
  const note = book.layouts.find(({ id }) => id === 'note-1');
  expect(
    note?.blocks.map(({ period, lines }) => [
      period,
      lines.map(({ cells }) => cells.map((cell) => cell && `${cell.concept} ${cell.measure}`)),
    ]),
  ).toStrictEqual([
    [
      'Y25',
      [
        [
          'n1.opening[class=shop] opening',
          'n1.opening[class=van] opening',
          'n1.opening[class=total] opening',
        ],
        [undefined, undefined, undefined],
        [
          'n1.closing[class=shop] closing',
          'n1.closing[class=van] closing',
          'n1.closing[class=total] closing',
        ],
      ],
    ],
    [
      'Y24',
      [
        [
          'n1.opening[class=shop] opening',
          'n1.opening[class=van] opening',
          'n1.opening[class=total] opening',
        ],
        ['is.revenue movement', 'n1.additions[class=van] movement', 'n1.additions[class=total] movement'],
        [
          'n1.closing[class=shop] closing',
          'n1.closing[class=van] closing',
          'n1.closing[class=total] closing',
        ],
      ],
    ],
  ]);
  expect(bookFromJson(bookToJson(book))).toStrictEqual(book);
  expect(
    book.footings
      .filter(({ statement }) => statement === 'note-1')
      .map(({ total, of }) => [total, of.map(({ fact }) => fact)]),
  ).toStrictEqual([
    [
      'n1.opening[class=total]@2024-12-31',
      ['n1.opening[class=shop]@2024-12-31', 'n1.opening[class=van]@2024-12-31'],
    ],
    [
      'n1.closing[class=total]@2025-12-31',
      ['n1.closing[class=shop]@2025-12-31', 'n1.closing[class=van]@2025-12-31'],
    ],
    [
      'n1.opening[class=total]@2023-12-31',
      ['n1.opening[class=shop]@2023-12-31', 'n1.opening[class=van]@2023-12-31'],
    ],
    ['n1.additions[class=total]@Y24', ['is.revenue@Y24', 'n1.additions[class=van]@Y24']],
    [
      'n1.closing[class=total]@2024-12-31',
      ['n1.closing[class=shop]@2024-12-31', 'n1.closing[class=van]@2024-12-31'],
    ],
  ]);
});

describe('an age', () => {
  const statement = `statement: aging
title: Assets by age
shape: dates
columns: [Y24]
lines:
  - { id: age.new, label: New, debit: assets, age: { class: [0, 12] } }
  - { id: age.old, label: Old, debit: assets, age: { class: [12] } }
  - { id: age.total, label: Total, debit: assets, sum: [age.new, age.old] }
`;
  const changes: readonly Change[] = [
    ['book.yaml', 'van: Van } }', 'van: Van }, ends: { shop: 2023-12-31, van: 2024-12-31 } }'],
    ['book.yaml', 'statements: [', 'statements: [aging.yaml, '],
    ['aging.yaml', '', statement],
  ];

  it('is of members that end so many whole months before the day', () => {
    const formulas = formulasOf(...changes);
    const aged = (age: object) => ({
      kind: 'selection',
      terms: [{ accounts: ['assets'], age: { dimension: 'class', ...age } }],
      show: 'debit',
      measure: 'stock',
    });
    expect(formulas['age.new']).toStrictEqual(aged({ from: 0, to: 12 }));
    expect(formulas['age.old']).toStrictEqual(aged({ from: 12 }));
    expect(formulasOf(...changes, ['aging.yaml', '[12]', '[12, null]'])).toStrictEqual(formulas);
  });

  it('foots to a total that has accounts of its own', () => {
    const book = bookOf(...changes);
    expect(book.footings.filter((footing) => footing.statement === 'aging')).toStrictEqual([
      {
        statement: 'aging',
        kind: 'foot',
        line: 'age.total',
        total: 'age.total@2024-12-31',
        of: [
          { fact: 'age.new@2024-12-31', times: 1 },
          { fact: 'age.old@2024-12-31', times: 1 },
        ],
      },
    ]);
    expect(book.concepts.get('age.total')?.formula.kind).toBe('selection');
    expect(book.layouts[0]?.blocks[0]?.columns).toStrictEqual([
      { id: 'Y24', label: '31 December 2024', period: 'Y24' },
    ]);
  });

  it('is refused of a dimension that has no ends, lacks one, or is not there, and where it is no span', () => {
    const said = (...more: readonly Change[]) =>
      complaintsOf(...changes, ...more).map((text) => text.split('\n').slice(0, 2).join(''));
    expect(said(['book.yaml', ', ends: { shop: 2023-12-31, van: 2024-12-31 }', ''])).toStrictEqual([
      'error[E107]: an age needs a dimension in time, and class has no ends  --> aging.yaml:6:54',
      'error[E107]: an age needs a dimension in time, and class has no ends  --> aging.yaml:7:54',
    ]);
    expect(said(['book.yaml', 'shop: 2023-12-31, ', 'shp: 2023-12-31, '])).toStrictEqual([
      'error[E107]: ends: "shop" is missing  --> book.yaml:13:66',
      'error[E102]: ends: unknown key "shp"  --> book.yaml:13:68',
    ]);
    expect(said(['book.yaml', 'shop: 2023-12-31', 'shop: 2023-12-32'])).toStrictEqual([
      'error[E107]: "shop" is 2023-12-32, which is no day of the calendar  --> book.yaml:13:74',
    ]);
    expect(said(['aging.yaml', 'class: [12]', 'clas: [12]'])).toStrictEqual([
      'error[E302]: the book declares no dimension "clas"  --> aging.yaml:7:54',
    ]);
    for (const wrong of ['12', '[12, 12]', '[1, 2, 3]', '[]', '[-1]', '[a]'])
      expect(said(['aging.yaml', '[12]', wrong])).toStrictEqual([
        'error[E107]: an age is whole months: from, and less than  --> aging.yaml:7:61',
      ]);
  });
});

describe('a change', () => {
  const line = 'lines:';
  const change = (text: string): Change => [
    'is.yaml',
    line,
    `${line}\n  - { id: is.change, label: Change, ${text} }`,
  ];

  it('is of a figure since another period, and shown in %', () => {
    const formulas = formulasOf(change('change: { of: is.revenue, since: Y24 }, unit: "%"'));
    expect(formulas['is.change']).toStrictEqual({ kind: 'change', of: 'is.revenue', since: 'Y24' });
  });

  it('is refused of an unknown figure or period, in another unit, and in a matrix', () => {
    const said = (...changes: readonly Change[]) =>
      complaintsOf(...changes).map((text) => text.split('\n').slice(0, 2).join(''));
    expect(said(change('change: { of: is.revenu, since: Y23 }'))).toStrictEqual([
      'error[E107]: a change is shown in %  --> is.yaml:7:45',
      'error[E301]: no statement defines the figure "is.revenu"  --> is.yaml:7:51',
      'error[E302]: the book declares no period "Y23"  --> is.yaml:7:69',
    ]);
    expect(said(change('change: { of: is.revenue }, unit: "%"'))).toStrictEqual([
      'error[E107]: change: "since" is missing  --> is.yaml:7:45',
    ]);
    expect(
      said(['note.yaml', 'movement: additions }', 'change: { of: is.revenue, since: Y24 }, unit: "%" }'])[0],
    ).toBe('error[E107]: line n1.additions: a line of a matrix cannot be a change  --> note.yaml:12:5');
  });
});

it('shows the opening and the closing of a stock that another statement defines', () => {
  const book = bookOf([
    'is.yaml',
    'lines:',
    'lines:\n  - { id: is.opening, label: Vans before, figure: "n1.closing[class=van]", measure: opening }\n  - { figure: "n1.closing[class=van]", label: Vans now }',
  ]);
  expect(book.layouts[0]?.blocks[0]?.lines.slice(0, 2)).toStrictEqual([
    {
      id: 'is.opening',
      label: 'Vans before',
      style: 'line',
      cells: [{ concept: 'n1.closing[class=van]', measure: 'opening' }],
    },
    {
      id: 'n1.closing[class=van]',
      label: 'Vans now',
      style: 'line',
      cells: [{ concept: 'n1.closing[class=van]', measure: 'closing' }],
    },
  ]);
});

it('refuses the opening of a flow', () => {
  expect(
    complaintsOf([
      'is.yaml',
      'lines:',
      'lines:\n  - { id: x, figure: is.revenue, label: Before, measure: opening }',
    ]),
  ).toStrictEqual([
    `error[E107]: line x shows the opening of is.revenue, which is a flow
  --> is.yaml:7:58
  |
7 |   - { id: x, figure: is.revenue, label: Before, measure: opening }
  |                                                          ^^^^^^^
  = help: a flow has a movement`,
  ]);
});

it('ends on a circle within a matrix', () => {
  const codes = complaintsOf(
    ['note.yaml', 'movement: additions }', 'sum: [n1.net] }'],
    [
      'note.yaml',
      '  - { id: n1.closing',
      '  - { id: n1.net, label: Net, sum: [n1.additions] }\n  - { id: n1.closing',
    ],
  ).map((text) => text.split('\n')[0]);
  expect(codes).toContain(
    'error[E304]: figure n1.additions[class=shop] is defined by itself: n1.additions[class=shop] → n1.net[class=shop] → n1.additions[class=shop]',
  );
});
