/** A slider writes levels, and stands where a written level is. */
import { slideOf, standsAt, writtenAt, type Slide } from './level';

const impairment = { level: '542183', range: { from: '-100%', to: '+100%', outside: 'warn' } };
const rate = { level: '99.2471', range: { from: '0', to: '100', outside: 'refuse' } };
const slide = (driver: typeof impairment): Slide => {
  const found = slideOf(driver);
  if (!found) throw new Error('no slide');
  return found;
};

test('a range in parts slides in parts, a range of levels in levels', () => {
  expect(slide(impairment)).toEqual({ from: -100, to: 100, step: 2, still: 0, by: '%' });
  expect(slide(rate)).toEqual({ from: 0, to: 100, step: 1, still: 99.2471, by: 'unit' });
  expect(slideOf({ level: '1', range: null })).toBeUndefined();
});

test.each([
  ['+20%', 20],
  ['−20%', -20],
  ['x1.5', 50],
  ['542183', 0],
  ['1084366', 100],
  ['nonsense', 0],
])('%s stands at %d', (text, at) => {
  expect(standsAt(text, impairment, slide(impairment))).toBe(at);
});

test('a level in the unit of the driver stands at itself, and so does a part of it', () => {
  expect(standsAt('40', rate, slide(rate))).toBe(40);
  expect(standsAt('-50%', rate, slide(rate))).toBe(49.62355);
});

test('what is written: parts with their sign, levels plain, and nothing where the driver stands still', () => {
  expect(writtenAt(20, slide(impairment))).toBe('+20%');
  expect(writtenAt(-20, slide(impairment))).toBe('-20%');
  expect(writtenAt(0, slide(impairment))).toBeUndefined();
  expect(writtenAt(140, slide(impairment))).toBe('+100%');
  expect(writtenAt(40, slide(rate))).toBe('40');
});
