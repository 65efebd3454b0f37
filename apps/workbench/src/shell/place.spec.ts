/** Places: an address says all, and a step changes what it names and nothing else. */
import * as fc from 'fast-check';
import { hrefTo, placeOf, selecting, selectionOf } from './place';

const at = (href: string) => placeOf(new URL(href, 'http://localhost'));
const here = at('/b/sensetime/statements/income-statement?figure=is.revenue%402022H1&q=x&u=m');

test('an address is read', () => {
  expect(here).toEqual({
    book: 'sensetime',
    screen: 'statements',
    rest: ['income-statement'],
    search: { figure: 'is.revenue@2022H1', q: 'x', u: 'm' },
  });
  expect(at('/')).toEqual({ book: '', screen: '', rest: [], search: {} });
  expect(at('/b/%zz/audit').book).toBe('%zz');
});

test('another screen keeps the axes, the units and the selection, and drops what was its own', () => {
  expect(hrefTo(here, { screen: 'journal' })).toBe('/b/sensetime/journal?figure=is.revenue%402022H1&u=m');
});

test('another statement keeps what the screen has; another book keeps nothing', () => {
  expect(hrefTo(here, { rest: ['balance-sheet'] })).toBe(
    '/b/sensetime/statements/balance-sheet?figure=is.revenue%402022H1&q=x&u=m',
  );
  expect(hrefTo(here, { book: 'corner-shop' })).toBe('/b/corner-shop');
});

test('one thing is selected at a time', () => {
  const there = at(selecting(here, { entry: 'JE-1' }));
  expect(selectionOf(there)).toEqual({ kind: 'entry', id: 'JE-1' });
  expect(there.search).toEqual({ entry: 'JE-1', q: 'x', u: 'm' });
  expect(selectionOf(at(selecting(there, {})))).toBeUndefined();
});

test('law: where an address leads is the place that it was made of', () => {
  const word = fc.string({ minLength: 1 }).filter((text) => !/^\.{1,2}$/.test(text));
  const place = fc.record({
    book: word,
    screen: word,
    rest: fc.array(word, { maxLength: 2 }),
    search: fc.dictionary(
      word.filter((name) => name !== '__proto__'),
      word,
      { noNullPrototype: true },
    ),
  });
  fc.assert(fc.property(place, (any) => expect(at(hrefTo(any, {}))).toEqual(any)));
});
