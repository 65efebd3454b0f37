/**
 * ties.yaml, claims.csv and explanations.yaml: read, and what is wrong with them said, all at once.
 */
import { changed, complaintsOf, folderOf, type Change } from '../fixtures/small-book';
import { bookFromJson, bookToJson } from './book';
import { readBook } from './folder';

const declared: readonly Change[] = [
  [
    'book.yaml',
    'facts: facts.yaml',
    'facts: facts.yaml\nties: ties.yaml\nclaims: claims.csv\nexplanations: explanations.yaml',
  ],
  [
    'ties.yaml',
    '',
    `- id: van-bought
  kind: articulate
  left: "n1.additions[class=van]@Y24"
  right: "n1.closing[class=van]@2024-12-31 - n1.closing[class=van]@2023-12-31"
  unit: GBP
  why: The van is the only one
- { id: per-share, kind: recompute, left: is.per-share@Y24, right: is.profit@Y24 / shares@Y24, mode: truncated, why: Its definition }
`,
  ],
  [
    'claims.csv',
    '',
    `id,source_line,text,occurrence,unit,published,fact,why,mode
prose.1.1,1,£1.2 thousand,1,GBP'000,1.2,is.revenue@Y24,,
prose.1.2,1,3 exaFLOPS,2,exaFLOPS,3,,no statement shows computing,truncated
`,
  ],
  [
    'explanations.yaml',
    '',
    `- { subject: is.revenue@Y24, cause: rounding-plug, reason: It was forced }
- { subject: prose.1.1, cause: rounded-inputs, reason: Taken on rounded sales, actor: auditor, at: 2025-02-01T00:00:00.000Z }
- { subject: van-bought, cause: not-known, reason: Asked for }
- { subject: "recompute:prose.1.1#2", cause: not-known, reason: Asked for }
`,
  ],
];
const said = (...changes: readonly Change[]) =>
  complaintsOf(...declared, ...changes).map((text) => text.split('\n').slice(0, 2).join(''));

it('reads them, an explanation by the book where it does not say by whom', () => {
  const book = readBook(folderOf(changed(...declared)));
  expect(book.ties).toStrictEqual([
    {
      id: 'van-bought',
      kind: 'articulate',
      left: 'n1.additions[class=van]@Y24',
      right: 'n1.closing[class=van]@2024-12-31 - n1.closing[class=van]@2023-12-31',
      unit: 'GBP',
      why: 'The van is the only one',
    },
    {
      id: 'per-share',
      kind: 'recompute',
      left: 'is.per-share@Y24',
      right: 'is.profit@Y24 / shares@Y24',
      mode: 'truncated',
      why: 'Its definition',
    },
  ]);
  expect(book.claims).toStrictEqual([
    {
      ...{ id: 'prose.1.1', sourceLine: 1, text: '£1.2 thousand', occurrence: 1 },
      ...{ unit: "GBP'000", published: '1.2', fact: 'is.revenue@Y24', why: '' },
    },
    {
      ...{ id: 'prose.1.2', sourceLine: 1, text: '3 exaFLOPS', occurrence: 2 },
      ...{ unit: 'exaFLOPS', published: '3', why: 'no statement shows computing', mode: 'truncated' },
    },
  ]);
  const keeper = { actor: 'keeper', recordedAt: '2025-01-31T00:00:00.000Z' };
  expect(book.explanations).toStrictEqual([
    { subject: 'is.revenue@Y24', cause: 'rounding-plug', reason: 'It was forced', ...keeper },
    {
      ...{ subject: 'prose.1.1', cause: 'rounded-inputs', reason: 'Taken on rounded sales' },
      ...{ actor: 'auditor', recordedAt: '2025-02-01T00:00:00.000Z' },
    },
    { subject: 'van-bought', cause: 'not-known', reason: 'Asked for', ...keeper },
    { subject: 'recompute:prose.1.1#2', cause: 'not-known', reason: 'Asked for', ...keeper },
  ]);
  expect(book.seedFiles.map(({ file }) => file)).toStrictEqual([
    'journal.yaml',
    'facts.yaml',
    'explanations.yaml',
  ]);
  expect(bookFromJson(bookToJson(book))).toStrictEqual(book);
});

it('refuses a tie that cannot be read, or names what is not there', () => {
  const right = 'is.profit@Y24 / shares@Y24';
  const tie = (text: string) => said(['ties.yaml', right, `"${text}"`]);
  expect(tie('is.profit@Y24 / shares@Y24 / shares@Y24')[0]).toBe(
    'error[E107]: tie: cannot read "is.profit@Y24 / shares@Y24 / shares@Y24": "/" makes a whole side: nothing may follow the divisor  --> ties.yaml:7:68',
  );
  const print: readonly Change[] = [
    ['figures.csv', 'is.revenue@Y24,', 'print.is.revenue@Y24,'],
    ['explanations.yaml', 'is.revenue@Y24', 'print.is.revenue@Y24'],
  ];
  expect(said(...print, ['ties.yaml', right, 'print.is.revenue@Y24'])).toStrictEqual([]);
  expect(tie('1 + 2')).toStrictEqual(['error[E107]: tie: "right" names no fact  --> ties.yaml:7:68']);
  expect(tie('is.profitt@Y24 + shares@Y25')).toStrictEqual([
    'error[E301]: no statement defines the figure "is.profitt"  --> ties.yaml:7:68',
    'error[E301]: shares is of a period, and the book has no period Y25  --> ties.yaml:7:68',
  ]);
  for (const day of ['Y24', '2025-12-31', '2023-12-30', '2024-02-30'])
    expect(tie(`n1.closing[class=van]@${day}`)).toStrictEqual([
      `error[E301]: n1.closing[class=van] is a stock, and ${day} is no day of the book  --> ties.yaml:7:68`,
    ]);
  expect(
    said(
      ['ties.yaml', 'kind: articulate', 'kind: articulated'],
      ['ties.yaml', 'unit: GBP', 'unit: pounds'],
      ['ties.yaml', 'id: per-share', 'id: van-bought'],
      ['ties.yaml', ', why: Its definition', ''],
    ),
  ).toStrictEqual([
    'error[E107]: tie: "kind" cannot be articulated  --> ties.yaml:2:9',
    'error[E107]: "pounds" is no unit  --> ties.yaml:5:9',
    'error[E107]: tie: "why" is missing  --> ties.yaml:7:3',
    'error[E108]: tie van-bought is declared twice  --> ties.yaml:7:9',
  ]);
});

it('refuses a claim that reaches nothing and does not say why, and cells that say nothing', () => {
  const claim = (text: string, becomes: string) => said(['claims.csv', text, becomes]);
  expect(claim('no statement shows computing', '')).toStrictEqual([
    'error[E107]: claim prose.1.2 reaches no fact, and "why" does not say why nothing does  --> claims.csv:3:38',
  ]);
  expect(claim("GBP'000,1.2,is.revenue@Y24", 'pounds,(1.2),is.revenu@Y24')).toStrictEqual([
    'error[E107]: "pounds" is no unit  --> claims.csv:2:29',
    'error[E305]: cannot read (1.2) as a claimed value  --> claims.csv:2:36',
    'error[E301]: no statement defines the figure "is.revenu"  --> claims.csv:2:42',
  ]);
  expect(claim('is.revenue@Y24', 'is.revenue')).toStrictEqual([
    'error[E301]: "is.revenue" is no fact  --> claims.csv:2:41',
  ]);
  expect(claim('prose.1.2,1,3 exaFLOPS,2', 'is.revenue@Y24,0,,')).toStrictEqual([
    'error[E108]: figure is.revenue@Y24 is declared twice  --> claims.csv:3:1',
    'error[E107]: claim: "source_line" must be a number from 1, not "0"  --> claims.csv:3:16',
    'error[E107]: claim: "text" is missing  --> claims.csv:3:18',
    'error[E107]: claim: "occurrence" must be a number from 1, not ""  --> claims.csv:3:19',
  ]);
  expect(claim('prose.1.2,1,3 exaFLOPS,2', 'prose.1.1,1,£1.2 thousand,1')).toStrictEqual([
    'error[E108]: figure prose.1.1 is declared twice  --> claims.csv:3:1',
    'error[E108]: line 1 claims "£1.2 thousand" (1) twice  --> claims.csv:3:13',
  ]);
  expect(claim('truncated', 'cut')).toStrictEqual([
    'error[E107]: claim: "mode" cannot be cut  --> claims.csv:3:67',
  ]);
});

it('refuses to explain what is not there, twice, or at no time', () => {
  expect(
    said(
      ['explanations.yaml', 'subject: is.revenue@Y24', 'subject: is.revenue@Y25'],
      ['explanations.yaml', 'subject: van-bought', 'subject: prose.1.1'],
      ['explanations.yaml', 'at: 2025-02-01T00:00:00.000Z', 'at: yesterday'],
      ['explanations.yaml', '"recompute:prose.1.1#2"', '"redo:prose.1.1"'],
    ),
  ).toStrictEqual([
    'error[E301]: no figure, claim or tie "is.revenue@Y25" to explain  --> explanations.yaml:1:14',
    'error[E107]: "at" is yesterday, which is no time like 2022-08-25T00:00:00.000Z  --> explanations.yaml:2:100',
    'error[E108]: prose.1.1 is explained twice  --> explanations.yaml:3:14',
    'error[E301]: no figure, claim or tie "redo:prose.1.1" to explain  --> explanations.yaml:4:14',
  ]);
});

it('does not blame them for a statement that cannot be read', () => {
  const codes = said(['is.yaml', 'shape: periods', 'shape: [periods']).map((text) => text.slice(0, 12));
  expect(codes).toStrictEqual(['error[E103]:']);
});
