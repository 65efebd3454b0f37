/**
 * Figures that do not tie, said so that one can go on: both amounts, their difference, and entries behind the figure.
 *
 *     ✗ does not tie  is.revenue@2022H1: published 1,415,343, replayed 1,415,353, difference (10) RMB'000
 *       built from 4 entries: JE-2022H1-04, JE-2022H1-01, JE-2022H1-02, JE-2022H1-03 (tieout show ENTRY)
 *
 * Of many entries those stand first whose own amount is the difference (posted twice) or half of it (on the wrong side).
 */
import type { Entry } from '@tieout/ledger';
import {
  absoluteMinor,
  addMinor,
  compareMinor,
  formatAmount,
  multiplyMinor,
  negateMinor,
  parseUnit,
  placesOf,
  sumMinor,
  unitToMinor,
  type Minor,
} from '@tieout/money';
import { JournalIndex, type BooksAt } from '@tieout/projections';
import type { HeldFigure } from '@tieout/proof';
import { coefficientOf, linearForm } from '@tieout/statements';
import { stateText } from './print/state';
import { wrap } from './print/text';
import type { Session } from './session';

/** As many as fit on a line. */
const NAMED = 5;

interface Behind {
  readonly entry: string;
  /** What the entry adds to the figure, in minor units. */
  readonly minor: Minor;
}

/** The entries with a posting in the fact; none of a fact that is no sum of postings. */
function entriesBehind(fact: string, entries: readonly Entry[], { world }: BooksAt): Behind[] {
  const form = linearForm(fact, world);
  if (!form) return [];
  const coefficient = coefficientOf(form);
  return entries.flatMap(({ id, postings }): Behind[] => {
    const parts = postings
      .map((leg) => ({ leg, times: coefficient(leg) }))
      .filter(({ times }) => times !== 0);
    return parts.length === 0
      ? []
      : [{ entry: id, minor: sumMinor(parts.map(({ leg, times }) => multiplyMinor(leg.minor, times))) }];
  });
}

/** Likely causes first, then the largest amounts; of equals the earlier entry. */
function likelyFirst(behind: readonly Behind[], surplus: Minor | undefined): readonly Behind[] {
  const rank = ({ minor }: Behind): number =>
    surplus !== undefined &&
    (compareMinor(minor, surplus) === 0 || compareMinor(addMinor(minor, minor), surplus) === 0)
      ? 0
      : 1;
  return [...behind].sort(
    (a, b) => rank(a) - rank(b) || compareMinor(absoluteMinor(b.minor), absoluteMinor(a.minor)),
  );
}

/** An amount in full; a quotient, which has no end, to six places. */
export const inFull = (decimal: string): string =>
  formatAmount(decimal, placesOf(decimal) > 6 ? { decimals: 6 } : {});

/** Lines of text for each figure that does not tie. */
export function brokenLines(session: Session, books: BooksAt, held: readonly HeldFigure[]): string[] {
  const { io, app, replay, book } = session;
  const entries = replay.stateOf(app.get(JournalIndex)).lines.map(({ entry }) => entry);
  return held.flatMap(({ state, figure, replayed, difference }) => {
    if (state !== 'does-not-tie' || difference === undefined) return [];
    const { id, fact, unit, published } = figure;
    const amounts = `published ${inFull(published)}, replayed ${replayed === undefined ? 'n.d.' : inFull(replayed)}, difference ${inFull(difference)} ${unit}`;
    const money = parseUnit(unit);
    const short = money && unitToMinor(difference, money, book.chart.minorDigits);
    const behind = likelyFirst(
      entriesBehind(fact, entries, books),
      short === undefined ? undefined : negateMinor(short),
    );
    const named = behind.slice(0, NAMED).map(({ entry }) => entry);
    const more = behind.length > NAMED ? ` and ${behind.length - NAMED} more` : '';
    const from =
      behind.length === 0
        ? 'recorded, or computed from other figures: no entry of its own'
        : `built from ${behind.length} ${behind.length === 1 ? 'entry' : 'entries'}: ${named.join(', ')}${more}`;
    return [
      ...wrap(`${stateText('does-not-tie', io.out)}  ${id}: ${amounts}`, io.out.width),
      ...wrap(from, io.out.width - 2).map((line) => `  ${line}`),
    ];
  });
}
