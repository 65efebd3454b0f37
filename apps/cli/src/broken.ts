/**
 * Figures that do not tie, said so that one can go on: both amounts, their difference, and entries behind the figure.
 *
 *     ✗ does not tie  is.revenue@2022H1: published 1,415,343, replayed 1,415,353, difference (10) RMB'000
 *       built from 4 entries: JE-2022H1-04, JE-2022H1-01, JE-2022H1-02, JE-2022H1-03 (tieout show ENTRY)
 *
 * Of many entries those stand first whose own amount is the difference (posted twice) or half of it (on the wrong side).
 */
import { entriesBehind, isSurplus } from '@tieout/answers';
import { formatAmount, negateMinor, parseUnit, placesOf, unitToMinor } from '@tieout/money';
import { Journal, type BooksAt } from '@tieout/projections';
import type { HeldFigure } from '@tieout/proof';
import { stateText } from './print/state';
import { wrap } from './print/text';
import type { Session } from './session';

/** As many as fit on a line. */
const NAMED = 5;

/** An amount in full; a quotient, which has no end, to six places. */
export const inFull = (decimal: string): string =>
  formatAmount(decimal, placesOf(decimal) > 6 ? { decimals: 6 } : {});

/** Lines of text for each figure that does not tie. */
export async function brokenLines(
  session: Session,
  books: BooksAt,
  held: readonly HeldFigure[],
): Promise<string[]> {
  const { io, projections, book } = session;
  const broken = held.flatMap(({ state, figure, replayed, difference }) => {
    if (state !== 'does-not-tie' || difference === undefined) return [];
    const money = parseUnit(figure.unit);
    const short = money && unitToMinor(difference, money, book.chart.minorDigits);
    const surplus = short === undefined ? undefined : negateMinor(short);
    return [{ figure, fact: figure.fact, replayed, difference, surplus }];
  });
  if (broken.length === 0) return [];
  const behind = await entriesBehind(session, books, broken, { limit: NAMED, likely: isSurplus });
  const lines: string[] = [];
  for (const [index, { figure, replayed, difference }] of broken.entries()) {
    const { id, unit, published } = figure;
    const { count = 0, named = [] } = behind[index] ?? {};
    const amounts = `published ${inFull(published)}, replayed ${replayed === undefined ? 'n.d.' : inFull(replayed)}, difference ${inFull(difference)} ${unit}`;
    const ids: string[] = [];
    for (const { position } of named) ids.push((await projections.get(Journal).entryAt(position)).id);
    const more = count > NAMED ? ` and ${(count - NAMED).toLocaleString('en')} more` : '';
    const from =
      count === 0
        ? 'recorded, or computed from other figures: no entry of its own'
        : `built from ${count.toLocaleString('en')} ${count === 1 ? 'entry' : 'entries'}: ${ids.join(', ')}${more}`;
    lines.push(
      ...wrap(`${stateText('does-not-tie', io.out)}  ${id}: ${amounts}`, io.out.width),
      ...wrap(from, io.out.width - 2).map((line) => `  ${line}`),
    );
  }
  return lines;
}
