/**
 * The marks beside the numbers of a ticked document: a sign and a word for each state, never colour alone.
 *
 * A number that is tied carries the mark of its figure, so that "✗ does not tie" is the same everywhere; what the scan did
 * to the rest has marks of its own.
 */
import { countMarkNames, markNameOf } from '@tieout/answers';
import type { MarkName } from '@tieout/documents';
import { stateGlyph, type FigureState, type TickedNumber } from '@tieout/proof';
import { word } from './state';

export interface Mark {
  readonly name: MarkName;
  readonly glyph: string;
  readonly word: string;
  readonly style: 'green' | 'yellow' | 'magenta' | 'red' | 'cyan' | 'dim';
}

const styles: Readonly<Record<FigureState, Mark['style']>> = {
  ties: 'green',
  'within-rounding': 'yellow',
  repaired: 'magenta',
  'does-not-tie': 'red',
  explained: 'cyan',
  untested: 'dim',
};

const own: Readonly<Record<Exclude<MarkName, FigureState>, Omit<Mark, 'name'>>> = {
  differs: { glyph: '≠', word: 'differs from the reading of the book', style: 'red' },
  ghost: { glyph: '†', word: 'ghost: a damaged reading, rejected', style: 'magenta' },
  smeared: { glyph: '≡', word: 'smeared copy, rejected', style: 'dim' },
  'claim-untied': { glyph: '□', word: 'nothing in the document reaches it', style: 'dim' },
  label: { glyph: '', word: 'label or reference', style: 'dim' },
};

export function markNamed(name: MarkName): Mark {
  return name in own
    ? { name, ...own[name as keyof typeof own] }
    : {
        name,
        glyph: stateGlyph[name as FigureState],
        word: word(name as FigureState),
        style: styles[name as FigureState],
      };
}

export const markOf = (number: TickedNumber): Mark => markNamed(markNameOf(number));

/** How many numbers carry each mark that occurs. */
export const countMarks = (
  numbers: Iterable<TickedNumber>,
): readonly { readonly mark: Mark; readonly count: number }[] =>
  [...countMarkNames(numbers)].map(([name, count]) => ({ mark: markNamed(name), count }));
