/** What the URL asks is what the server and the command are asked. */
import { askedIn, bodyOf, commandOf, withLevel } from './asked';

const search = { scenario: 'a,b', set: 'impairment=+20%,ecl.rate.1-2y=40', tax: '15%', without: 'JE-1,JE-2' };

test('scenarios in their order, levels and rules, and entries left out as a scenario of their own', () => {
  const asked = askedIn(search);
  const body = bodyOf(asked);
  expect(body?.scenarios).toEqual(['a', 'b']);
  expect(body?.set).toEqual(['impairment=+20%', 'ecl.rate.1-2y=40', 'tax=15%']);
  expect(JSON.parse(body?.yaml ?? '')).toEqual({
    schema: 'tieout.scenario/1',
    id: 'without',
    title: 'Without JE-1, JE-2',
    adjustments: [{ 'leave-out': { entries: ['JE-1'] } }, { 'leave-out': { entries: ['JE-2'] } }],
  });
  expect(commandOf(asked)).toBe(
    'whatif a b without.yaml --set impairment=+20% --set ecl.rate.1-2y=40 --set tax=15%',
  );
});

test('rules alone ask for nothing', () => {
  expect(bodyOf(askedIn({ tax: '15%' }))).toBeUndefined();
});

test('a level is set, changed and taken back; commas that group digits do not separate drivers', () => {
  const asked = askedIn(search);
  expect(withLevel(asked, 'impairment', '650,620')).toEqual({ set: 'impairment=650620,ecl.rate.1-2y=40' });
  expect(withLevel(asked, 'impairment', undefined)).toEqual({ set: 'ecl.rate.1-2y=40' });
  expect(withLevel(askedIn({ set: 'impairment=+20%' }), 'impairment', undefined)).toEqual({ set: undefined });
});
