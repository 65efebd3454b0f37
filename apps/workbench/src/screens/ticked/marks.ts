/**
 * The marks beside the numbers of a document: the states of figures, and what the scan did to the rest. A sign and a word
 * each, never colour alone.
 */
import type { FigureState, MarkName } from '@tieout/documents';
import { stateGlyph, stateWord } from '@tieout/views';

interface Mark {
  readonly glyph: string;
  readonly word: string;
}

const ofTheScan: Readonly<Record<Exclude<MarkName, FigureState>, Mark>> = {
  differs: { glyph: '≠', word: 'differs from the reading of the book' },
  ghost: { glyph: '†', word: 'ghost: a damaged reading, rejected' },
  smeared: { glyph: '≡', word: 'smeared copy, rejected' },
  'claim-untied': { glyph: '□', word: 'nothing in the document reaches it' },
  label: { glyph: '·', word: 'label or reference' },
};

const isOfTheScan = (name: MarkName): name is keyof typeof ofTheScan => name in ofTheScan;

export const markOf = (name: MarkName): Mark =>
  isOfTheScan(name) ? ofTheScan[name] : { glyph: stateGlyph(name), word: stateWord(name) };

/** In the order of a legend: what needs a look first. */
export const marksInOrder: readonly MarkName[] = [
  'does-not-tie',
  'differs',
  'explained',
  'repaired',
  'within-rounding',
  'ties',
  'ghost',
  'smeared',
  'claim-untied',
  'untested',
  'label',
];

/** What a reader goes from one to the next of. */
export const isFinding = (name: MarkName): boolean =>
  name === 'does-not-tie' || name === 'differs' || name === 'explained';

/** Says how much, so that it can be held against something. */
export const isAmount = (name: MarkName): boolean =>
  name !== 'label' && name !== 'smeared' && name !== 'ghost';

/** Is held against something. */
export const isHeld = (name: MarkName): boolean =>
  isAmount(name) && name !== 'untested' && name !== 'claim-untied';
