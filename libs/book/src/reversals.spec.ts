/**
 * Reversals in journal files: of an entry before, once, by its exact opposite.
 */
import { changed, complaintsOf, folderOf } from '../fixtures/small-book';
import { readBook } from './folder';

const reversal = (id: string, reverses: string, amount: number): string => `- id: ${id}
  event: EntryReversed
  date: 2024-08-01
  description: The van was never bought
  reverses: ${reverses}
  reason: Typed into the wrong book
  postings:
    - { account: cash, movement: received, dr: ${amount} }
    - { account: assets.van, movement: additions, cr: ${amount} }
`;
const last = 'cr: 450 }\n';
const saidOf = (...more: string[]) =>
  complaintsOf(['journal.yaml', last, last + more.join('')]).map((text) =>
    text.split('\n').slice(0, 2).join(''),
  );

it('are read with what they reverse and why', () => {
  const book = readBook(folderOf(changed(['journal.yaml', last, last + reversal('J-3', 'J-2', 450)])));
  const entry = book.journal[0]?.entries[2]?.entry;
  expect([entry?.event, entry?.reverses, entry?.reason]).toStrictEqual([
    'EntryReversed',
    'J-2',
    'Typed into the wrong book',
  ]);
});

it('are refused of an entry that is not before them, of themselves, twice, and by other postings', () => {
  expect(saidOf(reversal('J-3', 'J-4', 450))).toStrictEqual([
    'error[E210]: entry J-3 reverses J-4, which does not stand before it  --> journal.yaml:16:1',
  ]);
  expect(saidOf(reversal('J-3', 'J-3', 450))).toStrictEqual([
    'error[E210]: entry J-3 reverses J-3, which does not stand before it  --> journal.yaml:16:1',
  ]);
  expect(saidOf(reversal('J-3', 'J-2', 450), reversal('J-4', 'J-2', 450))).toStrictEqual([
    'error[E211]: entry J-4 reverses J-2, which J-3 has reversed  --> journal.yaml:25:1',
  ]);
  expect(saidOf(reversal('J-3', 'J-2', 449))).toStrictEqual([
    'error[E204]: entry J-3: EntryReversed posts the exact opposite of J-2; found other postings  --> journal.yaml:16:1',
  ]);
});

it('belong to EntryReversed alone, and it cannot be without', () => {
  expect(
    complaintsOf(['journal.yaml', 'id: J-2', 'id: J-2\n  reverses: J-1\n  reason: Wrong']),
  ).toStrictEqual([expect.stringContaining('error[E107]: only an EntryReversed has "reverses"')]);
  expect(saidOf(reversal('J-3', 'J-2', 450).replace(/ {2}reverses.*\n/, ''))).toStrictEqual([
    'error[E107]: entry: "reverses" is missing  --> journal.yaml:16:3',
  ]);
});
