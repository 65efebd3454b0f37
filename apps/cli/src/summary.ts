/**
 * Proven figures, counted: derived from the figures at hand, never typed.
 */
import { states, type State } from '@tieout/proof';
import type { Proven } from './prove';

/** Does this state make a command exit 1? Under `--strict`, repaired and explained figures do too. */
export function isFinding(state: State, strict: boolean): boolean {
  return state === 'does-not-tie' || (strict && (state === 'repaired' || state === 'explained'));
}

/** How many figures are in each state that occurs, the best state first. */
export function countStates(proven: readonly Proven[]): { state: State; count: number }[] {
  const counts = [...states].reverse().map((state) => ({ state, count: proven.filter((each) => each.state === state).length }));
  return counts.filter(({ count }) => count > 0);
}
