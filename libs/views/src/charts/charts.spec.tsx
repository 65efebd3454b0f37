/** Charts: what they say is exact, what they draw leads from end to end, and they need no style sheet. */
import type { BridgeDocument } from '@tieout/documents';
import * as fc from 'fast-check';
import { addDecimals } from '@tieout/money';
import { renderToStaticMarkup } from 'react-dom/server';
import { scaledTo } from '../units';
import { BridgeFigure, BridgePicture, bridgeSaid } from './bridge';
import { TornadoFigure, WaterfallFigure } from './figure';
import { balanceSaid, changeSaid, linesOf, movedSaid } from './said';
import { levelsOf, Waterfall } from './waterfall';

const thousands = scaledTo(undefined, "RMB'000", 0);

test.each([
  ['-3712873', '-3207988', 'It narrowed by 504,885'],
  ['-3207988', '-3316424.6', 'It widened by 108,437'],
  ['31987084', '31102836', 'It fell by 884,248'],
  ['10', '12', 'It rose by 2'],
  ['-5', '7', 'It turned from (5) to 7'],
  ['5', '5', 'It stands where it stood'],
])('from %s to %s: %s', (from, to, said) => {
  expect(movedSaid(thousands, 'It', from, to)).toBe(said);
});

test('balances in parentheses, changes with signs, in the unit that is asked for', () => {
  expect([balanceSaid(thousands, '-481300'), balanceSaid(thousands, '0')]).toEqual(['(481,300)', '–']);
  expect([changeSaid(thousands, '-481300'), changeSaid(thousands, '0.4')]).toEqual(['−481,300', '–']);
  expect(changeSaid(scaledTo('m', "RMB'000"), '481300')).toBe('+481.3');
});

test('a label is two lines at most', () => {
  expect(linesOf('Revenue')).toEqual(['Revenue']);
  expect(linesOf('one two three four', 8)).toEqual(['one two', 'three…']);
});

const steps = [
  { label: 'Revenue', change: '-236466', href: '#revenue' },
  { label: 'Administrative expenses', change: '741351' },
];
const ends = { from: { label: '2021', value: '-3712873' }, to: { label: '2022', value: '-3207988' } };
const figure = (view: Partial<Parameters<typeof WaterfallFigure>[0]> = {}): string =>
  renderToStaticMarkup(
    <WaterfallFigure
      message="Loss narrowed"
      name="Loss"
      unit="RMB'000"
      decimals={0}
      {...ends}
      steps={steps}
      {...view}
    />,
  );

test('a waterfall says each step, links it, and says that it arrives', () => {
  const html = figure();
  expect(html).toContain('<title>Revenue: −236,466 RMB&#x27;000</title>');
  expect(html).toContain('<a href="#revenue">');
  expect(html).toContain('exactly');
  expect(html).not.toContain('style=');
});

test('one unit off is said, with the size of it', () => {
  const html = figure({ to: { label: '2022', value: '-3207987' } });
  expect(html).toContain('miss the last amount');
  expect(html).toContain('plus 1<');
});

test('ends are cut where steps would not be seen beside them, and that is said', () => {
  expect(figure()).not.toContain('are cut');
  expect(figure({ to: { label: 'x', value: '-3712872' }, steps: [{ label: 'one', change: '1' }] })).toContain(
    'are cut',
  );
});

test('what is hypothetical is hatched', () => {
  const drawn = renderToStaticMarkup(
    <Waterfall name="x" unit="RMB" {...ends} to={{ ...ends.to, hypothetical: true }} steps={steps} />,
  );
  expect(drawn).toContain('class="bar hypothetical"');
});

test('law: the levels of a waterfall are the running sums, and no bar has a length below nothing', () => {
  const amount = fc.integer({ min: -1e12, max: 1e12 }).map(String);
  fc.assert(
    fc.property(amount, fc.array(amount, { minLength: 1, maxLength: 8 }), (from, changes) => {
      const walked = levelsOf(
        from,
        changes.map((change) => ({ label: change, change })),
      );
      expect(walked.at(-1)?.after).toBe(changes.reduce((sum, change) => addDecimals(sum, change), from));
      const to = { label: 'to', value: walked.at(-1)?.after ?? from };
      const drawn = renderToStaticMarkup(
        <Waterfall name="x" unit="RMB" from={{ label: 'from', value: from }} to={to} steps={walked} />,
      );
      expect(drawn).not.toMatch(/NaN|Infinity|width="-/);
    }),
    { numRuns: 200 },
  );
});

test('a tornado says both changes of each driver and its limit', () => {
  const html = renderToStaticMarkup(
    <TornadoFigure
      message="m"
      name="Loss"
      unit="RMB'000"
      decimals={0}
      percent="10"
      bars={[{ label: 'Impairment', low: '54218.3', high: '-54218.3' }]}
    />,
  );
  expect(html).toContain('Impairment: +54,218 with 10% less, −54,218 with 10% more');
  expect(html).toContain('what moves together in the world is not shown');
  expect(html).not.toContain('style=');
});

const bridge: BridgeDocument = {
  schema: 'tieout.bridge/1',
  id: 'profit',
  statement: 'income-statement',
  label: 'Loss for the period',
  unit: "RMB'000",
  revision: 237,
  basis: 'reconstructed entries',
  from: { label: '2021', fact: 'is.loss@2021H1', value: '-3712873' },
  to: { label: '2022', fact: 'is.loss@2022H1', value: '-3207988' },
  steps: [
    { label: 'Revenue', facts: ['is.revenue@2022H1', 'is.revenue@2021H1'], change: '-236466' },
    { label: 'All else', facts: ['is.else@2022H1'], change: '741351' },
  ],
  closes: true,
  difference: '0',
};

test('a bridge says what moved most, links to the later fact, and stands alone with where it is from', () => {
  const said = 'Loss for the period narrowed by 504,885: All else +741,351, Revenue −236,466';
  expect(bridgeSaid({ document: bridge })).toBe(said);
  const html = renderToStaticMarkup(<BridgeFigure document={bridge} hrefOf={(fact) => `#${fact}`} />);
  expect(html).toContain('<a href="#is.revenue@2022H1">');
  const alone = renderToStaticMarkup(<BridgePicture document={bridge} />);
  expect(alone).toContain(said);
  expect(alone).toContain('reconstructed entries, rev 237 · closes exactly');
  expect(alone).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
});
