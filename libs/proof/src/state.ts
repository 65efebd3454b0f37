/**
 * The state of a published figure: held against the replay, does it tie?
 *
 * A print is an interval, everything that it could have been rounded from, both ends included; the rounding mode is
 * fixed beforehand (to nearest). Inside the books amounts are exact; against a print the replayed amount must lie in
 * the interval. No epsilons.
 *
 *     printed 1,415,343    replayed 1415343      ✓ ties
 *     printed 1,415.3      replayed 1415.343     ≈ within-rounding
 *     printed (481,300)    replayed -481310      ✗ does-not-tie, difference 10
 */
import { compareDecimals, includes, printedInterval, subtractDecimals, type Interval } from '@tieout/money';
import type { PublishedFigure } from '@tieout/statements';

/** From the worst to the best; what could not be tested stands outside the order, at the end. */
export const figureStates = [
  'does-not-tie',
  'explained',
  'repaired',
  'within-rounding',
  'ties',
  'untested',
] as const;
export type FigureState = (typeof figureStates)[number];

/** A glyph and a word, never colour alone. */
export const stateGlyph: Readonly<Record<FigureState, string>> = {
  ties: '✓',
  'within-rounding': '≈',
  repaired: '◇',
  'does-not-tie': '✗',
  explained: '⊘',
  untested: '○',
};

/** What persons have recorded about a figure. */
export interface Recorded {
  /** `RepairConfirmed`: a person accepts a reading that is determined but not over-determined. */
  readonly confirmed?: boolean;
  /** `BreakExplained`: a person has recorded why it does not tie. */
  readonly explained?: boolean;
}

export interface Held {
  readonly state: FigureState;
  /** Published less replayed, in the figure's unit, where they do not tie. */
  readonly difference?: string;
  /** Why it is not tested, or what limits the test. */
  readonly note?: string;
}

/**
 * What the figure's reading can stand for. A dash is a print of nil; a mark for "less than one unit" says only that,
 * of either sign.
 */
export function intervalOf({ published, reading }: Pick<PublishedFigure, 'published' | 'reading'>): Interval {
  if (reading === 'below-unit') return printedInterval('0', 'truncated', 0);
  return printedInterval(published);
}

/** The figure against the replayed amount in its unit, unrounded; `undefined` where the replay cannot say it. */
export function stateOf(
  figure: PublishedFigure,
  replayed: string | undefined,
  recorded: Recorded = {},
): Held {
  if (replayed === undefined) return { state: 'untested', note: 'the replay has no value for it' };
  const repaired = figure.reading === 'repaired';
  if (repaired && figure.overDetermined !== true && recorded.confirmed !== true) {
    return { state: 'untested', note: 'repaired by as many equations as unknowns: waits for confirmation' };
  }
  if (!includes(intervalOf(figure), replayed)) {
    const difference = subtractDecimals(figure.published, replayed);
    return { state: recorded.explained === true ? 'explained' : 'does-not-tie', difference };
  }
  if (repaired) return { state: 'repaired' };
  if (figure.reading === 'below-unit')
    return { state: 'within-rounding', note: 'printed as less than one unit' };
  return { state: compareDecimals(figure.published, replayed) === 0 ? 'ties' : 'within-rounding' };
}

/** Of several ties the worst decides; nothing to decide is untested, never a pass. */
export function worstState(states: Iterable<FigureState>): FigureState {
  const found = new Set(states);
  return figureStates.find((state) => found.has(state)) ?? 'untested';
}

/**
 * The smallest error that the print notices: how far the replayed amount may move, in the figure's unit, before the
 * print contradicts it. 0 at the edge of the interval, where the next smallest error is noticed; `undefined` when the
 * amount lies outside already.
 */
export function smallestNoticed(figure: PublishedFigure, replayed: string): string | undefined {
  const interval = intervalOf(figure);
  if (!includes(interval, replayed)) return undefined;
  const below = subtractDecimals(replayed, interval.low);
  const above = subtractDecimals(interval.high, replayed);
  return compareDecimals(below, above) <= 0 ? below : above;
}
