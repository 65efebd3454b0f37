/**
 * facts.yaml and confirmations.yaml: read, and what is wrong with them said.
 */
import { changed, complaintsOf, folderOf, type Change } from '../fixtures/small-book';
import { readBook } from './folder';

const firstLines = (...changes: readonly Change[]) =>
  complaintsOf(...changes).map((text) => text.split('\n').slice(0, 2).join(''));

it('reads a fact with its thousands separated, disclosed and given unless it says otherwise', () => {
  expect(readBook(folderOf(changed())).facts).toStrictEqual([
    {
      fact: 'shares',
      value: '1000',
      unit: 'shares',
      of: 'Y24',
      provenance: { amount: 'disclosed', allocation: 'given', reasoning: '', source: [4] },
      at: { file: 'facts.yaml', line: 1, column: 1 },
    },
  ]);
});

it('refuses a value, unit, time or source line that is none', () => {
  expect(firstLines(['facts.yaml', '"1,000"', '"10,00"'])).toStrictEqual([
    'error[E105]: cannot read 10,00 as a number  --> facts.yaml:1:26',
  ]);
  expect(firstLines(['facts.yaml', '"1,000"', '1,000'])).toStrictEqual([
    'error[E104]: thousands separator outside quotes: value: 1,000  --> facts.yaml:1:26',
  ]);
  expect(firstLines(['facts.yaml', 'unit: shares', 'unit: pieces'])).toStrictEqual([
    'error[E107]: "pieces" is no unit  --> facts.yaml:1:41',
  ]);
  expect(firstLines(['facts.yaml', 'of: Y24', 'of: 2025-01-01'])).toStrictEqual([
    'error[E205]: fact shares is of 2025-01-01, which is no period of the book and no day in one  --> facts.yaml:1:53',
  ]);
  expect(firstLines(['facts.yaml', '[4]', '[iv]'])).toStrictEqual([
    'error[E107]: fact: "source" holds line numbers of the source document, not iv  --> facts.yaml:1:67',
  ]);
});

describe('a confirmation', () => {
  const confirmed = (figure: string): readonly Change[] => [
    ['book.yaml', 'facts: facts.yaml', 'facts: facts.yaml\nconfirmations: confirmations.yaml'],
    ['confirmations.yaml', '', `- { figure: "${figure}", reason: The row foots }\n`],
  ];
  const repaired: Change = ['figures.csv', '3,printed,', '3,repaired-exact,revenue = profit'];

  it('is of a repaired reading', () => {
    const book = readBook(folderOf(changed(repaired, ...confirmed('is.revenue@Y24'))));
    expect(book.confirmations).toStrictEqual([{ figure: 'is.revenue@Y24', reason: 'The row foots' }]);
    expect(
      book.figures.map(({ reading, overDetermined, because }) => [reading, overDetermined, because]),
    ).toStrictEqual([
      ['repaired', false, 'revenue = profit'],
      ['printed', undefined, undefined],
    ]);
  });

  it('is refused of a figure that is printed, or not there', () => {
    expect(firstLines(...confirmed('is.revenue@Y24'))).toStrictEqual([
      'error[E107]: figure is.revenue@Y24 is printed: only a repaired reading is confirmed  --> confirmations.yaml:1:13',
    ]);
    expect(firstLines(...confirmed('is.revenue@Y25'))).toStrictEqual([
      'error[E301]: no published figure "is.revenue@Y25" to confirm  --> confirmations.yaml:1:13',
    ]);
  });

  it('is needed with the equations that give the reading', () => {
    expect(firstLines(['figures.csv', '3,printed,', '3,repaired,'])).toStrictEqual([
      'error[E107]: figure is.revenue@Y24 is repaired, but "because" does not say from which equations  --> figures.csv:2:84',
    ]);
  });
});
