import { closest, editDistance } from './names';

test.each([
  ['', '', 0],
  ['cash', 'cash', 0],
  ['cash', 'cahs', 1],
  ['ppe.acc_depreciaton', 'ppe.acc_depreciation', 1],
  ['kitten', 'sitting', 3],
] as const)('%s and %s are %i edits apart', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits);
  expect(editDistance(b, a)).toBe(edits);
});

test('the closest name is suggested, the first of equals', () => {
  expect(closest('expenses.seling', ['expenses.selling', 'expenses.sealing', 'cash'])).toBe(
    'expenses.selling',
  );
  expect(closest('IS', ['bs', 'is'])).toBe('is');
});

test('a far name is not suggested', () => {
  expect(closest('goodwill', ['cash', 'revenue'])).toBe(undefined);
});
