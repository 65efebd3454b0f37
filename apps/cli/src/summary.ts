/**
 * Proven figures, counted: derived from the figures at hand, never typed.
 */
import type { FigureState, HeldFigure } from '@tieout/proof';

/** In the order of a summary: what is well first. */
const inOrder: readonly FigureState[] = [
  'ties',
  'within-rounding',
  'repaired',
  'explained',
  'does-not-tie',
  'untested',
];

/** Does this state make a command exit 1? Under `--strict`, repaired and explained figures do too. */
export function isFinding(state: FigureState, strict: boolean): boolean {
  return state === 'does-not-tie' || (strict && (state === 'repaired' || state === 'explained'));
}

/** How many figures are in each state that occurs. */
export function countStates(figures: readonly HeldFigure[]): { state: FigureState; count: number }[] {
  const counts = inOrder.map((state) => ({
    state,
    count: figures.filter((each) => each.state === state).length,
  }));
  return counts.filter(({ count }) => count > 0);
}
