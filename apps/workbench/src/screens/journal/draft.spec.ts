/**
 * An entry while it is written: both sides, what may be wrong, and a text that the ledger reads as what was typed.
 */
import { join } from 'node:path';
import { readBook, readEntries } from '@tieout/book';
import fc from 'fast-check';
import { balanceOf, balances, noLeg, yamlOf, type Draft } from './draft';

const legs = (...sides: readonly (readonly [string, string])[]): Draft['legs'] =>
  sides.map(([dr, cr]) => ({ ...noLeg, dr, cr }));

it.each<[string, Draft['legs'], object]>([
  ['nothing', [], { debits: 0n, credits: 0n }],
  ['both sides', legs(['1,200', ''], ['', '1200']), { debits: 1200n, credits: 1200n }],
  [
    'transposed digits',
    legs(['297,769', ''], ['', '297,679']),
    { debits: 297769n, credits: 297679n, hint: 'divisible by 9: two digits may be transposed' },
  ],
  [
    'a leg on the wrong side',
    legs(['70', ''], ['30', ''], ['', '40']),
    { debits: 100n, credits: 40n, hint: 'twice one leg: it may stand on the wrong side' },
  ],
  ['what is no amount', legs(['12,00', ''], ['', '-5'], ['1.5', '']), { debits: 0n, credits: 0n }],
  ['more than a double holds', legs(['9007199254740993', '']), { debits: 9007199254740993n, credits: 0n }],
])('%s', (_what, some, due) => expect(balanceOf({ legs: some })).toStrictEqual(due));

it('only something that is the same on both sides balances', () => {
  expect([balances({ debits: 0n, credits: 0n }), balances({ debits: 5n, credits: 4n })]).toEqual([
    false,
    false,
  ]);
  expect(balances({ debits: 5n, credits: 5n })).toBe(true);
});

it('the text is read as what was typed, whatever is in it', () => {
  const book = readBook(join(__dirname, '../../../../../books/corner-shop'));
  const typed = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '');
  const property = fc.property(
    typed,
    fc.string(),
    fc.integer({ min: 1 }),
    (description, reasoning, amount) => {
      const leg = { ...noLeg, movement: 'profit-or-loss', account: 'expenses.running-costs' };
      const text = yamlOf({
        ...{ id: 'CS-NEW', event: 'ExpenseIncurred', date: '2025-12-31', description, reasoning },
        legs: [
          { ...leg, dr: String(amount) },
          { ...leg, account: 'cash', movement: 'to-suppliers', cr: String(amount) },
          noLeg,
        ],
      });
      const [only] = readEntries(text, 'draft', book);
      expect(only?.entry).toMatchObject({ id: 'CS-NEW', description, provenance: { reasoning } });
      const minor = amount * 10 ** book.amountUnit.scale;
      expect(only?.entry.postings.map((each) => each.minor)).toEqual([minor, -minor]);
    },
  );
  fc.assert(property);
});
