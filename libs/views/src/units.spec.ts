/** Money is shown in the unit that is asked for; anything else keeps its own. */
import { scaledTo } from './units';

test.each([
  ['1', 'RMB', '1415343000', 0],
  ['k', "RMB'000", '1415343', 0],
  ['m', 'RMB million', '1415.343', 1],
  ['bn', 'RMB billion', '1.415343', 2],
] as const)('at scale %s', (scale, unit, value, decimals) => {
  const scaled = scaledTo(scale, "RMB'000", 0);
  expect([scaled.unit, scaled.value('1415343'), scaled.decimals]).toEqual([unit, value, decimals]);
});

test.each(['%', 'RMB per share', 'shares', 'count'])('%s keeps its unit and places', (unit) => {
  const scaled = scaledTo('m', unit, 2);
  expect([scaled.unit, scaled.value('0.10'), scaled.decimals]).toEqual([unit, '0.10', 2]);
});
