/**
 * Figures that do not tie, said so that one can go on: both amounts, their difference, and entries behind the figure.
 *
 *     ✗ does not tie  is.revenue@2022H1: published 1,415,343, replayed 1,415,353, difference (10) RMB'000
 *       built from 4 entries: JE-2022H1-04, JE-2022H1-01, JE-2022H1-02, JE-2022H1-03 (tieout show ENTRY)
 *
 * Of many entries those stand first whose own amount is the difference (posted twice) or half of it (on the wrong side).
 */
import {
  absoluteMinor,
  addMinor,
  compareMinor,
  formatAmount,
  negateMinor,
  parseUnit,
  placesOf,
  unitToMinor,
  type Minor,
} from '@tieout/money';
import { Journal, type BooksAt } from '@tieout/projections';
import type { HeldFigure } from '@tieout/proof';
import { linearForm } from '@tieout/statements';
import { stateText } from './print/state';
import { wrap } from './print/text';
import type { Session } from './session';

/** As many as fit on a line. */
const NAMED = 5;

interface Behind {
  /** Entries with a posting in the figure. */
  readonly count: number;
  /** A few of them: likely causes first, then the largest amounts; of equals the earlier. */
  readonly named: readonly { readonly position: number; readonly minor: Minor }[];
}

/**
 * The entries behind some broken figures, by figure. `surplus`: the amount by which the entries give too much, debit
 * positive, which an entry posted twice would have, and one on the wrong side half of.
 */
async function entriesBehind(
  session: Session,
  { world }: BooksAt,
  broken: readonly { readonly fact: string; readonly surplus: Minor | undefined }[],
): Promise<readonly Behind[]> {
  const behind = broken.map(() => ({ count: 0, named: [] as { position: number; minor: Minor }[] }));
  const forms = broken.map(({ fact }) => linearForm(fact, world));
  for await (const parts of session.app.get(Journal).partsOf(forms, world.asOf)) {
    const sums = new Map<number, Map<number, Minor>>();
    for (const { of, position, minor } of parts) {
      const ofFigure = sums.get(of) ?? new Map<number, Minor>();
      sums.set(of, ofFigure);
      ofFigure.set(position, addMinor(ofFigure.get(position) ?? 0, minor));
    }
    for (const [of, entries] of sums) {
      const found = behind[of];
      const surplus = broken[of]?.surplus;
      if (!found) continue;
      const rank = ({ minor }: { minor: Minor }): number =>
        surplus !== undefined &&
        (compareMinor(minor, surplus) === 0 || compareMinor(addMinor(minor, minor), surplus) === 0)
          ? 0
          : 1;
      found.count += entries.size;
      found.named.push(...[...entries].map(([position, minor]) => ({ position, minor })));
      found.named.sort(
        (a, b) =>
          rank(a) - rank(b) ||
          compareMinor(absoluteMinor(b.minor), absoluteMinor(a.minor)) ||
          a.position - b.position,
      );
      found.named.splice(NAMED);
    }
  }
  return behind;
}

/** An amount in full; a quotient, which has no end, to six places. */
export const inFull = (decimal: string): string =>
  formatAmount(decimal, placesOf(decimal) > 6 ? { decimals: 6 } : {});

/** Lines of text for each figure that does not tie. */
export async function brokenLines(
  session: Session,
  books: BooksAt,
  held: readonly HeldFigure[],
): Promise<string[]> {
  const { io, app, book } = session;
  const broken = held.flatMap(({ state, figure, replayed, difference }) => {
    if (state !== 'does-not-tie' || difference === undefined) return [];
    const money = parseUnit(figure.unit);
    const short = money && unitToMinor(difference, money, book.chart.minorDigits);
    const surplus = short === undefined ? undefined : negateMinor(short);
    return [{ figure, fact: figure.fact, replayed, difference, surplus }];
  });
  if (broken.length === 0) return [];
  const behind = await entriesBehind(session, books, broken);
  const lines: string[] = [];
  for (const [index, { figure, replayed, difference }] of broken.entries()) {
    const { id, unit, published } = figure;
    const { count = 0, named = [] } = behind[index] ?? {};
    const amounts = `published ${inFull(published)}, replayed ${replayed === undefined ? 'n.d.' : inFull(replayed)}, difference ${inFull(difference)} ${unit}`;
    const ids: string[] = [];
    for (const { position } of named) ids.push((await app.get(Journal).entryAt(position)).id);
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
