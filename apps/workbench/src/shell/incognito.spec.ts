/** Incognito: no digit is left, and neither is how many there were. */
import * as fc from 'fast-check';
import { masked } from './incognito';

test.each([
  ['1,415,343', '•••'],
  ['(481,300)', '(•••)'],
  ['minus 0.10, ties', 'minus •••, ties'],
  ['RMB1,415.3 million and 5', 'RMB••• million and •••'],
  ['Revenue', 'Revenue'],
])('%s', (text, hidden) => expect(masked(text)).toBe(hidden));

test('law: no digit is left', () => {
  fc.assert(fc.property(fc.string(), (text) => !/\d/.test(masked(text))));
});
