/** What the laws draw is the same in every run unless other draws are asked for, and who reads a failure can have it again. */
import * as fc from 'fast-check';

const numbers = fc.array(fc.nat(), { minLength: 20 });

test('a law draws from the seed that was asked for, or in every run from the same', () => {
  const draw = (): number => fc.check(fc.property(numbers, () => true)).seed;
  const asked = process.env['TIEOUT_SEED'] || '20220630';
  if (asked === 'random') expect(draw()).not.toBe(draw());
  else {
    const seed = Number(asked);
    expect([draw(), draw()]).toStrictEqual([seed, seed]);
    expect(fc.sample(numbers, 3)).toStrictEqual(fc.sample(numbers, { seed, numRuns: 3 }));
  }
});

test('TIEOUT_SEED is a number or the word random', async () => {
  // Imported here: that this file draws alike must be jest's doing.
  const { seedAsked } = await import('../support/seed');
  expect(seedAsked('-7')).toBe(-7);
  expect(seedAsked('random')).toBeUndefined();
  expect(seedAsked('')).toBe(seedAsked(undefined));
  for (const wrong of ['7.5', 'rnadom', '4294967296', 'NaN'])
    expect(() => seedAsked(wrong)).toThrow(
      `TIEOUT_SEED is "random" or a whole number of 32 bits, not "${wrong}"`,
    );
});

test('a law that fails says its seed', () => {
  const broken = fc.property(fc.nat(), (n) => n < 0);
  expect(() => fc.assert(broken, { seed: 7 })).toThrow(/\{ seed: 7, path: "0/);
});
