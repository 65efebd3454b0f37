import type { PublishedFigure } from '@tieout/statements';
import { figureStates, smallestNoticed, stateGlyph, stateOf, worstState } from './state';

const figure = (published: string, more: Partial<PublishedFigure> = {}): PublishedFigure => ({
  id: 'is.revenue@2022H1',
  fact: 'is.revenue@2022H1',
  statement: 'income-statement',
  line: 'is.revenue',
  label: 'Revenue',
  column: '2022',
  period: '2022H1',
  unit: "RMB'000",
  published,
  text: published,
  sourceLine: 139,
  reading: 'printed',
  ...more,
});

test.each([
  ['1415343', '1415343', { state: 'ties' }],
  ['1415343.0', '1415343', { state: 'ties' }],
  ['1415.3', '1415.343', { state: 'within-rounding' }],
  ['-33.2', '-33.25', { state: 'within-rounding' }],
  ['-33.2', '-33.2500000001', { state: 'does-not-tie', difference: '0.0500000001' }],
  ['-481300', '-481310', { state: 'does-not-tie', difference: '10' }],
  ['481300', '-481300', { state: 'does-not-tie', difference: '962600' }],
] as const)('printed %s, replayed %s', (published, replayed, held) => {
  expect(stateOf(figure(published), replayed)).toStrictEqual(held);
});

test('a dash is a print of nil', () => {
  expect(stateOf(figure('0', { reading: 'nil' }), '0')).toStrictEqual({ state: 'ties' });
  expect(stateOf(figure('0', { reading: 'nil' }), '1')).toStrictEqual({
    state: 'does-not-tie',
    difference: '-1',
  });
});

test.each([
  ['0', 'within-rounding'],
  ['0.999', 'within-rounding'],
  ['-0.999', 'within-rounding'],
  ['1', 'does-not-tie'],
  ['-1', 'does-not-tie'],
])('printed as less than one unit, replayed %s: %s', (replayed, state) => {
  expect(stateOf(figure('0', { reading: 'below-unit', text: '*' }), replayed).state).toBe(state);
});

test('a repair over-determined by its equations is repaired; one that is only determined waits for a person', () => {
  const over = figure('9202353', { reading: 'repaired', overDetermined: true });
  const exact = figure('9202353', { reading: 'repaired', overDetermined: false });
  expect(stateOf(over, '9202353')).toStrictEqual({ state: 'repaired' });
  expect(stateOf(exact, '9202353')).toStrictEqual({
    state: 'untested',
    note: 'repaired by as many equations as unknowns: waits for confirmation',
  });
  expect(stateOf(exact, '9202353', { confirmed: true })).toStrictEqual({ state: 'repaired' });
  expect(stateOf(over, '9202354')).toStrictEqual({ state: 'does-not-tie', difference: '-1' });
  expect(stateOf(exact, '9202354', { confirmed: true }).state).toBe('does-not-tie');
});

test('an explanation is for what does not tie, and hides nothing else', () => {
  expect(stateOf(figure('5'), '6', { explained: true })).toStrictEqual({
    state: 'explained',
    difference: '-1',
  });
  expect(stateOf(figure('5'), '5', { explained: true })).toStrictEqual({ state: 'ties' });
});

test('what the replay cannot say is untested', () => {
  expect(stateOf(figure('5'), undefined)).toStrictEqual({
    state: 'untested',
    note: 'the replay has no value for it',
  });
  expect(stateOf(figure('5'), undefined, { explained: true }).state).toBe('untested');
});

test('of several the worst decides; untested never hides a tie, and nothing is never a pass', () => {
  expect(worstState(['ties', 'repaired', 'within-rounding'])).toBe('repaired');
  expect(worstState(['explained', 'does-not-tie'])).toBe('does-not-tie');
  expect(worstState(['untested', 'ties'])).toBe('ties');
  expect(worstState([])).toBe('untested');
  expect(figureStates.map((state) => stateGlyph[state]).join('')).toBe('✗⊘◇≈✓○');
});

test('the smallest error that a print notices', () => {
  expect(smallestNoticed(figure('1415.3'), '1415.343')).toBe('0.007');
  expect(smallestNoticed(figure('1415343'), '1415343')).toBe('0.5');
  expect(smallestNoticed(figure('-33.2'), '-33.25')).toBe('0');
  expect(smallestNoticed(figure('5'), '7')).toBe(undefined);
});
