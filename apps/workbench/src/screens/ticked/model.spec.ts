/** A document in lines: nothing of the text is lost or doubled, and every number of it is there with its mark. */
import type { SourceDocument, TickDocument } from '@tieout/documents';
import * as fc from 'fast-check';
import { countMarks, factsOf, linesOfSource, linesOfText, numbersOf, type ShownLine } from './model';

const states = { tied: 0, 'claim-tied': 0, differs: 0, repaired: 0, ghost: 0, smeared: 0 };
const none = { ...states, 'claim-untied': 0, label: 0, untested: 0 };

const ticksOf = (more: Partial<TickDocument>): TickDocument => ({
  schema: 'tieout.tick/1',
  book: 'shop',
  revision: 1,
  document: { name: 'page.txt', sha256: '', lines: 1 },
  result: 'ties',
  findings: 0,
  counts: { all: none, tables: none, prose: none },
  marks: {},
  numbers: [],
  restored: [],
  notFound: [],
  claimsNotFound: [],
  runs: [],
  ...more,
});

const textOf = ({ parts }: ShownLine): string =>
  parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');

const word = fc.constantFrom('Revenue ', '\t', ' of ', '1,234', '(56)', '7%', ' – ', 'é');
const lineOfWords = fc.array(word, { minLength: 1, maxLength: 8 });

it('law: the parts of the lines are the text, and its numbers are the numbers that were ticked', () => {
  fc.assert(
    fc.property(fc.array(lineOfWords, { maxLength: 6 }), (lines) => {
      const text = lines.map((words) => words.join('')).join('\n');
      const numbers = text.split('\n').flatMap((own, index) =>
        [...own.matchAll(/\(?\d[\d,]*[)%]?/g)].map((found) => ({
          line: index + 1,
          column: found.index + 1,
          text: found[0],
          state: 'tied' as const,
          mark: 'ties' as const,
          figure: 'is.sales@2025',
          reason: 'stands in its cell',
        })),
      );
      const shown = linesOfText(text, ticksOf({ numbers }), (about) => `fact of ${about}`);
      expect(shown.map(textOf)).toEqual(text.split('\n').filter((own) => own.trim() !== ''));
      expect(shown.flatMap(numbersOf).map((number) => number.text)).toEqual(numbers.map((each) => each.text));
      expect(countMarks(shown.flatMap(numbersOf)).get('ties') ?? 0).toBe(numbers.length);
    }),
  );
});

it('a cell that was lost stands on its line, inferred', () => {
  const restored = [{ line: 1, figure: 'bs.cash@2025', published: '12' }];
  const [line] = linesOfText('Cash', ticksOf({ restored }), () => 'bs.cash@2025');
  expect(line?.restored).toEqual([
    {
      text: '12',
      mark: 'repaired',
      about: 'bs.cash@2025',
      fact: 'bs.cash@2025',
      said: 'read from a smeared copy',
      inferred: true,
    },
  ]);
});

it('without a text, each line has its labels once and its numbers in order', () => {
  const number = (label: string, text: string, column: string) => ({
    figure: `${label}@${column}`,
    fact: `fact.${label}@${column}`,
    statement: 'is',
    label,
    column,
    text,
    unit: 'GBP',
    published: '1',
    replayed: '1',
    state: 'ties' as const,
    basis: 'cross-checked' as const,
    reading: 'printed' as const,
  });
  const source: SourceDocument = {
    schema: 'tieout.source/1',
    book: 'shop',
    revision: 1,
    document: null,
    lines: [
      {
        line: 7,
        statement: 'is',
        title: 'Income',
        numbers: [
          number('Sales', '1,5', '2025'),
          number('Sales', '1,4', '2024'),
          number('Costs', '(9)', '2025'),
        ],
      },
    ],
  };
  expect(linesOfSource(source).map(textOf)).toEqual(['Sales 1,5  1,4  Costs (9)']);
  expect(factsOf(source)('Costs@2025')).toBe('fact.Costs@2025');
});
