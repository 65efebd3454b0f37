/**
 * The seed of the laws: what fast-check draws is the same in every run, so that a run that fails fails again, here and
 * in CI. Jest runs this before every spec file.
 *
 *     TIEOUT_SEED=7 npm test -- libs/cube         other draws
 *     TIEOUT_SEED=random npm test -- libs/cube    draws that nobody has seen, another seed for each law
 *
 * A law that fails prints its seed ({ seed: 7, path: "3:1" }): with TIEOUT_SEED=7 it fails again.
 */
import { configureGlobal, readConfigureGlobal } from 'fast-check';

const seedOfEveryRun = 20_220_630;

/** What TIEOUT_SEED asks for: undefined leaves the seed to fast-check. Throws where it is neither a number nor `random`. */
export function seedAsked(asked: string | undefined): number | undefined {
  if (asked === undefined || asked === '') return seedOfEveryRun;
  if (asked === 'random') return undefined;
  const seed = Number(asked);
  if (seed !== (seed | 0))
    throw new Error(`TIEOUT_SEED is "random" or a whole number of 32 bits, not "${asked}"`);
  return seed;
}

const seed = seedAsked(process.env['TIEOUT_SEED']);
if (seed !== undefined) configureGlobal({ ...readConfigureGlobal(), seed });
