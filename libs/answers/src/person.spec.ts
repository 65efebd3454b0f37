import { isSamePerson } from './person';

test.each([
  'ada lovelace',
  'ADA LOVELACE',
  ' Ada  Lovelace ',
  'Ada\u00a0Lovelace',
  'Ａda Lovelace',
  'Ada\u200b Lovelace',
])('Ada Lovelace is %j', (other) => expect(isSamePerson('Ada Lovelace', other)).toBe(true));

test('an accent is the same in one sign and in two; a name with another letter is another', () => {
  expect(isSamePerson('Zo\u00eb', 'Zoe\u0308')).toBe(true);
  expect(isSamePerson('Zoë', 'Zoe')).toBe(false);
  expect(isSamePerson('Ada', 'Ada.')).toBe(false);
});
