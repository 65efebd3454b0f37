/**
 * The state of a figure or a tie in sight: a sign and a word, and only then a colour.
 */
import type { FigureState } from '@tieout/documents';

/** `not-run` is of ties alone: nothing to check, which is never a pass. */
export type AnyState = FigureState | 'not-run';

const said: Readonly<Record<AnyState, { glyph: string; word: string }>> = {
  ties: { glyph: '✓', word: 'ties' },
  'within-rounding': { glyph: '≈', word: 'within rounding' },
  repaired: { glyph: '◇', word: 'repaired' },
  explained: { glyph: '⊘', word: 'explained' },
  'does-not-tie': { glyph: '✗', word: 'does not tie' },
  untested: { glyph: '○', word: 'not tested' },
  'not-run': { glyph: '○', word: 'not run' },
};

export const stateWord = (state: AnyState): string => said[state].word;
export const stateGlyph = (state: AnyState): string => said[state].glyph;

/** What needs a look first; what is not tested after all that is. */
export const statesInOrder: readonly FigureState[] = [
  'does-not-tie',
  'explained',
  'repaired',
  'within-rounding',
  'ties',
  'untested',
];

/** The worst decides; undefined where there is none. */
export const worstOf = (states: Iterable<FigureState>): FigureState | undefined => {
  const seen = new Set(states);
  return statesInOrder.find((state) => seen.has(state));
};

/** The sign, with the word for the ear and under the pointer; `word` shows the word too. */
export function StateMark({ state, word = false }: { readonly state: AnyState; readonly word?: boolean }) {
  return (
    <span className={`state state-${state}`} title={stateWord(state)}>
      <span aria-hidden="true">{stateGlyph(state)}</span>
      <span className={word ? 'word' : 'vh'}>{stateWord(state)}</span>
    </span>
  );
}
