/** What the workbench asks, and the same question as a command: along the axes of the place, quoted for a shell. */
import { urlOf } from './documents';
import { placeOf } from './place';
import { commandLine } from './screen';

const at = (href: string) => placeOf(new URL(href, 'http://localhost'));
const then = at('/b/corner-shop/audit?at=2022-06-30&knownAt=104&figure=is.revenue&q=x&u=m');

test('a document of the book is asked along the axes, and along nothing else of the place', () => {
  expect(urlOf(then, 'check')).toBe('/api/v1/books/corner-shop/check?at=2022-06-30&knownAt=104');
});

test('what is asked beside the axes replaces them where it names them', () => {
  expect(urlOf(then, 'ties', { q: 'a b', knownAt: undefined, limit: 8 })).toBe(
    '/api/v1/books/corner-shop/ties?at=2022-06-30&q=a+b&limit=8',
  );
});

test('what is of no book has no axes', () => {
  expect(urlOf(then, '/books')).toBe('/api/v1/books');
});

test('the same question as a command', () => {
  expect(commandLine(then, 'check')).toBe('tieout -b corner-shop --at 2022-06-30 --known-at 104 -u m check');
});

test('what a shell would read as more than one word is quoted, quotes in it too', () => {
  expect(commandLine(at("/b/it's%20mine/audit?period=2021H1"), 'check')).toBe(
    `tieout -b 'it'\\''s mine' -p 2021H1 check`,
  );
});
