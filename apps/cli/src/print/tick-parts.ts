/**
 * What the parts of a ticked page share: what they draw, how texts are escaped, how anchors are called.
 */
import type { CheckedFigure, Claim, TickedDocument, TickedNumber } from '@tieout/proof';
import { compareDecimals, formatAmount } from '@tieout/money';
import type { Layout } from '@tieout/statements';
import type { Mark } from './tick-marks';

export interface TickPage {
  readonly name: string;
  readonly sha256: string;
  readonly book: { readonly id: string; readonly entity: string; readonly title: string };
  /** Events folded, and the hash of the last. */
  readonly revision: number;
  /** What the figures stand on. */
  readonly basis: string;
  readonly layouts: readonly Layout[];
  /** What a period is called, by its id. */
  readonly periods: ReadonlyMap<string, string>;
  /** Figures and claims as they were held, by id. */
  readonly held: ReadonlyMap<string, CheckedFigure>;
  readonly claims: ReadonlyMap<string, Claim>;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

/** Names of the anchors of figures and claims that occur, in order of occurrence. */
export type Anchors = ReadonlyMap<string, string>;

export const sign = ({ glyph, word }: Mark): string =>
  `${glyph === '' ? '' : `<span class="g" aria-hidden="true">${glyph}</span>`}<span class="vh">, ${word}</span>`;

export const anchorOf = (number: TickedNumber): string => `n${number.token.line + 1}-${number.token.start}`;

export type Restored = TickedDocument['restored'][number];

export interface Drawing {
  readonly page: TickPage;
  readonly anchors: Anchors;
  readonly numbersOf: ReadonlyMap<string, readonly TickedNumber[]>;
  readonly restored: ReadonlyMap<number, readonly Restored[]>;
}

/** Does not tie, or a person explained why it does not. */
export const isBreak = (number: TickedNumber): boolean =>
  number.state === 'differs' ||
  ((number.state === 'tied' || number.state === 'claim-tied') &&
    (number.figureState === 'does-not-tie' || number.figureState === 'explained'));

/** Nothing was held against it. */
export const isOpen = ({ state, figureState }: TickedNumber): boolean =>
  state === 'untested' || state === 'claim-untied' || (state !== 'label' && figureState === 'untested');

/** Not in the source: inferred. */
export const putBack = (value: string): string =>
  `‹${compareDecimals(value, '0') === 0 ? '–' : formatAmount(value)}›`;
