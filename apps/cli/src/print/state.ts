/**
 * The states of a figure in sight: a sign and a word, never colour alone.
 */
import { states, type State } from '@tieout/proof';
import { paint, type Terminal } from './text';

const signs: Readonly<Record<State, { glyph: string; word: string; style: 'green' | 'yellow' | 'magenta' | 'red' | 'dim' | 'cyan' }>> = {
  ties: { glyph: '✓', word: 'ties', style: 'green' },
  'within-rounding': { glyph: '≈', word: 'within rounding', style: 'yellow' },
  repaired: { glyph: '◇', word: 'repaired', style: 'magenta' },
  'does-not-tie': { glyph: '✗', word: 'does not tie', style: 'red' },
  explained: { glyph: '⊘', word: 'explained', style: 'cyan' },
  untested: { glyph: '○', word: 'not tested', style: 'dim' },
};

export const glyph = (state: State): string => signs[state].glyph;
export const word = (state: State): string => signs[state].word;

/** Sign and word. */
export const stateText = (state: State, terminal: Terminal): string =>
  paint(`${signs[state].glyph} ${signs[state].word}`, signs[state].style, terminal);

/** Of several states the gravest; `states` lists them by gravity. */
export function worstState(found: readonly State[]): State {
  return states.find((state) => found.includes(state)) ?? 'untested';
}

/** What the signs mean, in one line. */
export const legend = (): string => (Object.keys(signs) as State[]).map((state) => `${signs[state].glyph} ${signs[state].word}`).join(' · ');
