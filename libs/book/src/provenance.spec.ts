/**
 * Provenance expressions: the grammar, and that a claim which does not hold is found.
 */
import fc from 'fast-check';
import { changed, folderOf, printed, type Change } from '../fixtures/small-book';
import { readBook } from './folder';
import { checkProvenance, evaluateExpression } from './provenance';

const facts = new Map([
  ['a@1', 5],
  ['b-c.d[e=f-g]@2024-12-31', 7],
  ['c@1', 11],
]);
const value = (text: string) => evaluateExpression(text, (fact) => facts.get(fact));

it.each([
  ['a@1', 5],
  ['-a@1', -5],
  ['- a@1', -5],
  ['a@1 + b-c.d[e=f-g]@2024-12-31 - c@1', 1],
  ['c@1 - (a@1 + b-c.d[e=f-g]@2024-12-31)', -1],
  ['-(a@1 - c@1)', 6],
  ['((a@1))', 5],
])('%s is %d', (text, expected) => {
  expect(value(text)).toMatchObject({ value: expected });
});

it.each([
  ['', 'it ends where a fact is due'],
  ['a@1 +', 'it ends where a fact is due'],
  ['a@1 c@1', '"c@1" stands where + or - is due'],
  ['a@1 * c@1', '"*" stands where + or - is due'],
  ['(a@1', 'a parenthesis is not closed'],
  ['a@1)', '")" stands where + or - is due'],
  ['a@1 + 5', '"5" is no fact, written CONCEPT@TIME'],
  ['a@1-c@1', '"a@1-c@1" is no fact, written CONCEPT@TIME'],
  ['d@1', 'no published figure of d@1'],
])('%s is refused', (text, why) => {
  expect(value(text)).toMatchObject({ why });
});

it('law: evaluates any expression as its tree adds up', () => {
  type Tree = { text: string; value: number };
  const { tree } = fc.letrec<{ tree: Tree; leaf: Tree; node: Tree }>((tie) => ({
    leaf: fc.constantFrom(...[...facts].map(([text, amount]) => ({ text, value: amount }))),
    node: fc
      .tuple(tie('tree'), fc.constantFrom('+', '-'), tie('tree'), fc.boolean())
      .map(([a, sign, b, negative]) => ({
        text: `${negative ? '-' : ''}(${a.text} ${sign} (${b.text}))`,
        value: (negative ? -1 : 1) * (sign === '+' ? a.value + b.value : a.value - b.value) + 0,
      })),
    tree: fc.oneof({ maxDepth: 5 }, tie('leaf'), tie('node')),
  }));
  fc.assert(
    fc.property(tree, ({ text, value: expected }) => expect(value(text)).toMatchObject({ value: expected })),
  );
});

const findings = (...changes: readonly Change[]) =>
  checkProvenance(readBook(folderOf(changed(...changes)))).map(printed);

it('finds an expression that gives another amount, with both amounts', () => {
  expect(findings()).toStrictEqual([]);
  expect(findings(['figures.csv', 'GBP,1200', 'GBP,1210'])).toStrictEqual([
    'error[E212]: entry J-1, cash: posts 1,200, but is.revenue@Y24 is 1,210\n  --> journal.yaml:7:1',
  ]);
});

it('finds an expression over what is not published', () => {
  expect(findings(['journal.yaml', 'is.revenue@Y24', 'is.revenu@Y24'])).toStrictEqual([
    'error[E212]: entry J-1, cash: cannot evaluate "is.revenu@Y24": no published figure of is.revenu@Y24\n  --> journal.yaml:7:1\n  = help: did you mean is.revenue@Y24?',
  ]);
});

it('finds a claim without an expression', () => {
  expect(findings(['journal.yaml', ', expression: is.revenue@Y24', ''])).toStrictEqual([
    'error[E212]: entry J-1 says that its amount is disclosed, and no posting has an expression\n  --> journal.yaml:1:1\n  = help: give the published facts that make the amount, or say amount: assumed',
  ]);
});

it('takes a coarser print for no source of an exact amount', () => {
  expect(findings(['figures.csv', 'GBP,1200', "GBP'000,1.2"])[0]).toContain(
    'no published figure of is.revenue@Y24',
  );
});
