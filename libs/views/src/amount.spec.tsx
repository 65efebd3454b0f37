/** Amounts: parentheses for the eye, "minus" for the ear, the plain value for machines. */
import { renderToStaticMarkup } from 'react-dom/server';
import { Amount, Difference } from './amount';

test.each([
  ['1415343', '<data class="amount" value="1415343">1,415,343</data>'],
  [
    '-481300',
    '<data class="amount negative" value="-481300"><span aria-hidden="true">(481,300)</span><span class="vh">minus 481,300</span></data>',
  ],
  ['0', '<data class="amount" value="0"><span aria-hidden="true">–</span><span class="vh">nil</span></data>'],
])('%s', (value, markup) => {
  expect(renderToStaticMarkup(<Amount value={value} />)).toBe(markup);
});

test('no value is said to whoever hears it, and leaves the cell blank', () => {
  expect(renderToStaticMarkup(<Amount value={null} />)).toBe('<span class="vh">none</span>');
});

test('what rounds to nothing is not nil', () => {
  expect(renderToStaticMarkup(<Amount value="-0.4" decimals={0} />)).toBe(
    '<data class="amount" value="-0.4">0</data>',
  );
});

test('a difference has its sign', () => {
  expect(renderToStaticMarkup(<Difference value="108437" />)).toBe(
    '<data class="amount" value="108437"><span aria-hidden="true">+108,437</span><span class="vh">plus 108,437</span></data>',
  );
  expect(renderToStaticMarkup(<Difference value="-71300" />)).toBe(
    '<data class="amount" value="-71300"><span aria-hidden="true">−71,300</span><span class="vh">minus 71,300</span></data>',
  );
});
