/**
 * The error catalogue: the smallest bad book for each code, and what is said of it, word for word.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changed, complaints, complaintsOf, folderOf, smallBook, type Change } from '../fixtures/small-book';
import { readBook } from './folder';

it('reads the small book without a complaint', () => {
  expect(complaintsOf()).toStrictEqual([]);
});

const cases: readonly { readonly name: string; readonly changes: readonly Change[] }[] = [
  { name: 'E101 a file that is named and not there', changes: [['book.yaml', 'is.yaml', 'iss.yaml']] },
  { name: 'E102 an unknown key', changes: [['book.yaml', 'entity:', 'entitty:']] },
  {
    name: 'E103 malformed YAML',
    changes: [['journal.yaml', 'expression: is.revenue@Y24 }', 'expression: is.revenue@Y24']],
  },
  {
    name: 'E104 a thousands separator outside quotes',
    changes: [['journal.yaml', 'dr: "1,200"', 'dr: 1,200']],
  },
  { name: 'E104 of two groups', changes: [['journal.yaml', 'dr: "1,200"', 'dr: 1,000,200']] },
  { name: 'E105 parentheses outside quotes', changes: [['journal.yaml', 'cr: "1,200"', 'cr: (1,200)']] },
  { name: 'E105 parentheses in quotes', changes: [['journal.yaml', 'cr: "1,200"', 'cr: "(1,200)"']] },
  { name: 'E105 a decimal mark', changes: [['journal.yaml', 'cr: 450', 'cr: 450.00']] },
  { name: 'E105 a comma where no thousands end', changes: [['journal.yaml', 'dr: "1,200"', 'dr: "12,00"']] },
  { name: 'E106 an unknown column', changes: [['accounts.csv', ',role,', ',roll,']] },
  { name: 'E106 a row of too many cells', changes: [['accounts.csv', 'cash,Cash,', 'cash,Cash, at bank,']] },
  { name: 'E106 a quote that is not closed', changes: [['accounts.csv', 'cash,Cash,', 'cash,"Cash,']] },
  { name: 'E107 a missing key', changes: [['journal.yaml', '  description: A van\n', '']] },
  {
    name: 'E107 a word that is not one of those',
    changes: [['accounts.csv', 'equity,reserve', 'equity,reserv']],
  },
  {
    name: 'E107 a period after a gap',
    changes: [
      [
        'book.yaml',
        'journal: journal.yaml }',
        'journal: journal.yaml }\n  - { id: Y25, from: 2025-02-01, to: 2025-12-31, label: Year 2025 }',
      ],
    ],
  },
  { name: 'E108 an entry declared twice', changes: [['journal.yaml', 'id: J-2', 'id: J-1']] },
  { name: 'E108 a line declared twice', changes: [['note.yaml', 'id: n1.opening', 'id: n1.closing']] },
  {
    name: 'E108 a figure defined twice',
    changes: [
      ['book.yaml', '[is.yaml,', '[is.yaml, mda.yaml,'],
      [
        'mda.yaml',
        '',
        'statement: mda\ntitle: Discussion\nshape: periods\ncolumns: [Y24]\nlines:\n  - { id: is.revenue, label: Revenue, credit: revenue }\n',
      ],
    ],
  },
  {
    name: 'E201 two digits transposed, in one leg that would mend it',
    changes: [
      ['journal.yaml', 'cr: 450 }', 'cr: 508 }\n    - { account: assets.van, movement: additions, dr: 130 }'],
    ],
  },
  { name: 'E201 two digits transposed', changes: [['journal.yaml', 'cr: "1,200"', 'cr: "2,100"']] },
  {
    name: 'E201 a leg on the wrong side',
    changes: [
      ['journal.yaml', 'cr: 450 }', 'cr: 400 }\n    - { account: cash, movement: received, dr: 50 }'],
    ],
  },
  {
    name: 'E201 a leg that stands twice',
    changes: [
      ['journal.yaml', 'cr: 450 }', 'cr: 450 }\n    - { account: cash, movement: received, cr: 450 }'],
    ],
  },
  {
    name: 'E202 an unknown account',
    changes: [['journal.yaml', 'account: assets.van', 'account: asets.van']],
  },
  {
    name: 'E203 an unknown movement',
    changes: [['journal.yaml', 'movement: additions', 'movement: aditions']],
  },
  {
    name: 'E204 a posting rule broken',
    changes: [['journal.yaml', 'event: AssetAcquired', 'event: IncomeTaxRecognised']],
  },
  { name: 'E205 a date outside the book', changes: [['journal.yaml', '2024-07-01', '2025-07-01']] },
  {
    name: 'E208 is for logs; a file has words to choose from',
    changes: [['journal.yaml', 'AssetAcquired', 'AssetAquired']],
  },
  { name: 'E209 an unknown dimension', changes: [['journal.yaml', 'dr: 450', 'klass: van, dr: 450']] },
  { name: 'E209 an unknown member', changes: [['journal.yaml', 'cr: 450', 'class: vna, cr: 450']] },
  {
    name: 'E209 a member that the account fixes otherwise',
    changes: [['journal.yaml', 'dr: 450', 'class: shop, dr: 450']],
  },
  {
    name: 'E210 a reversal of nothing',
    changes: [
      ['journal.yaml', 'event: AssetAcquired', 'event: EntryReversed\n  reverses: J-0\n  reason: Wrong'],
    ],
  },
  {
    name: 'E301 an unknown figure in a sum',
    changes: [['is.yaml', 'sum: [is.revenue]', 'sum: [is.revenu]']],
  },
  {
    name: 'E301 an unknown column in a matrix',
    changes: [['note.yaml', 'sum: [shop, van]', 'sum: [shop, vans]']],
  },
  {
    name: 'E301 a fact that is not recorded',
    changes: [['is.yaml', 'denominator: shares', 'denominator: share']],
  },
  { name: 'E302 an unknown account family', changes: [['is.yaml', 'credit: revenue', 'credit: revenues']] },
  { name: 'E302 an unknown member', changes: [['note.yaml', 'class: van }', 'class: vans }']] },
  {
    name: 'E303 an unknown line',
    changes: [['figures.csv', 'income-statement,is.revenue', 'income-statement,is.sales']],
  },
  { name: 'E303 an unknown column', changes: [['figures.csv', 'Y24/van', 'Y23/van']] },
  { name: 'E107 a figure in the cell of another fact', changes: [['figures.csv', 'Y24/van', 'Y24/shop']] },
  { name: 'E304 a circle', changes: [['is.yaml', 'credit: revenue }', 'sum: [is.profit] }']] },
  { name: 'E305 a published value that is none', changes: [['figures.csv', 'GBP,1200', 'GBP,(1200)']] },
  {
    name: 'E107 a flow added to a stock',
    changes: [['is.yaml', 'sum: [is.revenue]', 'sum: [is.revenue, "n1.closing[class=van]"]']],
  },
];

it.each(cases)('$name', ({ changes }) => {
  expect(complaintsOf(...changes).join('\n\n')).toMatchSnapshot();
});

it('E101 a folder without book.yaml, and no folder at all', () => {
  const empty = mkdtempSync(join(tmpdir(), 'tieout-book-'));
  expect(complaints(() => readBook(empty), empty)).toStrictEqual([
    'error[E101]: a book needs book.yaml, which is not there\n  --> book.yaml',
  ]);
  const [none] = complaints(() => readBook(join(empty, 'none')));
  expect(none).toContain('error[E101]: cannot read the book folder ');
});

it('E101 a file that is not UTF-8', () => {
  const dir = folderOf(smallBook);
  const latin1 = Buffer.from(`${smallBook['journal.yaml'] ?? ''}# caf\u00e9\n`, 'latin1');
  writeFileSync(join(dir, 'journal.yaml'), latin1);
  expect(complaints(() => readBook(dir), dir)).toStrictEqual([
    'error[E101]: journal.yaml is not UTF-8 text\n  --> journal.yaml\n  = help: save it as UTF-8',
  ]);
});

it('says everything that is wrong at once, file by file', () => {
  const wrong = complaintsOf(
    ['book.yaml', 'entity:', 'entitty:'],
    ['accounts.csv', 'equity,reserve', 'equity,reserv'],
    ['journal.yaml', 'account: assets.van', 'account: asets.van'],
    ['journal.yaml', 'cr: "1,200"', 'cr: "2,100"'],
    ['is.yaml', 'credit: revenue', 'credit: revenues'],
    ['figures.csv', 'GBP,1200', 'GBP,(1200)'],
  );
  expect(wrong.map((text) => text.split('\n').slice(0, 2).join(''))).toStrictEqual([
    'error[E107]: book: "entity" is missing  --> book.yaml:1:1',
    'error[E102]: book: unknown key "entitty"  --> book.yaml:3:1',
    'error[E107]: account: "role" cannot be reserv  --> accounts.csv:5:31',
    'error[E302]: the book declares no account "revenues"  --> is.yaml:7:47',
    'error[E305]: cannot read (1200) as a published value  --> figures.csv:2:60',
    'error[E201]: entry J-1 does not balance: debits 1,200, credits 2,100, difference 900  --> journal.yaml:1:7',
    'error[E202]: unknown account "asets.van"  --> journal.yaml:14:18',
  ]);
});

it('does not blame a figure for a statement that cannot be read', () => {
  const codes = complaintsOf(['is.yaml', 'shape: periods', 'shape: [periods']).map((text) =>
    text.slice(0, 12),
  );
  expect(codes).toStrictEqual(['error[E103]:']);
});

it('a change that names nothing in its file is a mistake of the spec', () => {
  expect(() => changed(['book.yaml', 'no such text', ''])).toThrow('does not hold');
});
