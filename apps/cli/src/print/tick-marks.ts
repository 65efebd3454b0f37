/**
 * The marks beside the numbers of a ticked document: a sign and a word for each state, never colour alone.
 *
 * A number that is tied carries the mark of its figure, so that "✗ does not tie" is the same everywhere; what the scan did
 * to the rest has marks of its own.
 */
import { formatAmount, placesOf } from '@tieout/money';
import {
  stateGlyph,
  type CheckedFigure,
  type FigureState,
  type TickedNumber,
  type TokenState,
} from '@tieout/proof';
import { word } from './state';

export type MarkName = FigureState | Exclude<TokenState, 'tied' | 'claim-tied' | 'untested' | 'repaired'>;

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

function nameOf({ state, figureState }: TickedNumber): MarkName {
  switch (state) {
    case 'tied':
    case 'claim-tied':
      return figureState ?? 'untested';
    case 'differs':
    case 'repaired':
    case 'ghost':
    case 'smeared':
    case 'claim-untied':
    case 'label':
    case 'untested':
      return state;
  }
}

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

export const markOf = (number: TickedNumber): Mark => markNamed(nameOf(number));

/** In the order of a legend: what is well first. */
export const markNames: readonly MarkName[] = [
  'ties',
  'within-rounding',
  'repaired',
  'explained',
  'does-not-tie',
  'differs',
  'ghost',
  'smeared',
  'claim-untied',
  'label',
  'untested',
];

/** How many numbers carry each mark that occurs. */
export function countMarks(
  numbers: Iterable<TickedNumber>,
): readonly { readonly mark: Mark; readonly count: number }[] {
  const counts = new Map<MarkName, number>();
  for (const number of numbers) counts.set(nameOf(number), (counts.get(nameOf(number)) ?? 0) + 1);
  return markNames.flatMap((name) => {
    const count = counts.get(name) ?? 0;
    return count === 0 ? [] : [{ mark: markNamed(name), count }];
  });
}

/** A quotient has forty places; six tell. */
const shortly = (decimal: string): string =>
  formatAmount(decimal, placesOf(decimal) > 6 ? { decimals: 6 } : {});

/** Of a tied number, the tie that decides its state and what a person recorded about it; of others, why they are not. */
export function whyOf(number: TickedNumber, held: CheckedFigure | undefined): string {
  const isTied = number.state === 'tied' || number.state === 'claim-tied';
  const decides = isTied && held ? held.ties.find(({ state }) => state === held.state) : undefined;
  if (!held || !decides || (held.state !== 'does-not-tie' && held.state !== 'explained'))
    return number.reason;
  const { tie, difference, explanation } = decides;
  const by = difference === undefined ? '' : ` by ${shortly(difference)} ${held.figure.unit}`;
  const told = explanation === undefined ? '' : `; ${explanation.actor} recorded why: ${explanation.reason}`;
  return `${tie.id} does not hold${by}${told}`;
}
