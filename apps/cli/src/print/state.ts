/**
 * The states of a figure in sight: a sign and a word, never colour alone.
 */
import { figureStates, stateGlyph, type FigureState } from '@tieout/proof';
import { paint, type Terminal } from './text';

const words: Readonly<
  Record<FigureState, { word: string; style: 'green' | 'yellow' | 'magenta' | 'red' | 'dim' | 'cyan' }>
> = {
  ties: { word: 'ties', style: 'green' },
  'within-rounding': { word: 'within rounding', style: 'yellow' },
  repaired: { word: 'repaired', style: 'magenta' },
  'does-not-tie': { word: 'does not tie', style: 'red' },
  explained: { word: 'explained', style: 'cyan' },
  untested: { word: 'not tested', style: 'dim' },
};

export const word = (state: FigureState): string => words[state].word;

/** Sign and word. */
export const stateText = (state: FigureState, terminal: Terminal): string =>
  paint(`${stateGlyph[state]} ${word(state)}`, words[state].style, terminal);

/** What the signs mean, in one line. */
export const legend = (): string =>
  [...figureStates].map((state) => `${stateGlyph[state]} ${word(state)}`).join(' · ');
