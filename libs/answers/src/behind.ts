/**
 * The entries behind figures that do not tie, found without holding the journal: a count, and the few that matter.
 *
 * Those that may be the cause come first: an entry posted twice adds the whole surplus, one on the wrong side half of it, one
 * that is missing as much on the other side.
 */
import { isCollective, type Entry } from '@tieout/ledger';
import {
  absoluteMinor,
  addMinor,
  compareMinor,
  negateMinor,
  parseUnit,
  unitToMinor,
  type Minor,
} from '@tieout/money';
import { Journal, type BooksAt } from '@tieout/projections';
import { linearForm } from '@tieout/statements';
import type { Checked } from './checked';
import type { Session } from './session';

export interface Broken {
  readonly fact: string;
  /** The amount by which the entries give too much, debit positive; unknown of what is no money. */
  readonly surplus: Minor | undefined;
}

/** An entry, by its place in the log, and what it adds to a figure. */
interface Named {
  readonly position: number;
  readonly minor: Minor;
}

export interface Behind {
  /** Entries with a posting in the figure. */
  readonly count: number;
  /** A few of them: likely causes first, then the largest amounts; of equals the earlier. */
  readonly named: readonly Named[];
}

const equal = (a: Minor, b: Minor): boolean => compareMinor(a, b) === 0;

/** May the entry stand once too often, or on the wrong side? */
export const isSurplus = (minor: Minor, surplus: Minor): boolean =>
  equal(minor, surplus) || equal(addMinor(minor, minor), surplus);

/** May it, or its opposite, be missing too? */
export const isOff = (minor: Minor, surplus: Minor): boolean =>
  isSurplus(minor, surplus) || equal(minor, negateMinor(surplus));

/** By figure, in their order; of each at most `limit` entries are named. */
export async function entriesBehind(
  session: Session,
  { world }: BooksAt,
  broken: readonly Broken[],
  { limit, likely }: { readonly limit: number; readonly likely: typeof isSurplus },
): Promise<readonly Behind[]> {
  const behind = broken.map(() => ({ count: 0, named: [] as Named[] }));
  const forms = broken.map(({ fact }) => linearForm(fact, world));
  for await (const parts of session.projections.get(Journal).partsOf(forms, world.asOf)) {
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
      const rank = ({ minor }: Named): number => (surplus !== undefined && likely(minor, surplus) ? 0 : 1);
      found.count += entries.size;
      found.named.push(...[...entries].map(([position, minor]) => ({ position, minor })));
      found.named.sort(
        (a, b) =>
          rank(a) - rank(b) ||
          compareMinor(absoluteMinor(b.minor), absoluteMinor(a.minor)) ||
          a.position - b.position,
      );
      found.named.splice(limit);
    }
  }
  return behind;
}

/** Breaks that are followed into a journal that is read condensed: what is behind the first is behind the rest. */
const FOLLOWED = 40;
const SUSPECTS = 12;

/** Entries whose own amount may explain a figure that does not tie, out of those that the journal has only in sums. */
export async function suspectsOf(
  session: Session,
  { check, entries, books }: Pick<Checked, 'check' | 'entries' | 'books'>,
): Promise<readonly Entry[]> {
  if (!entries.some(isCollective)) return [];
  const broken = check.figures.flatMap(({ figure, difference }): Broken[] => {
    const unit = parseUnit(figure.unit);
    const off =
      difference !== undefined && unit
        ? unitToMinor(difference, unit, session.book.chart.minorDigits)
        : undefined;
    return off === undefined || off === 0 ? [] : [{ fact: figure.fact, surplus: negateMinor(off) }];
  });
  const followed = broken.slice(0, FOLLOWED);
  if (followed.length === 0) return [];
  const behind = await entriesBehind(session, books, followed, { limit: SUSPECTS, likely: isOff });
  const positions = behind.flatMap(({ named }, index) => {
    const { surplus } = followed[index] ?? {};
    return named.filter(({ minor }) => surplus !== undefined && isOff(minor, surplus));
  });
  const known = new Set(entries.map(({ id }) => id));
  const suspects = new Map<string, Entry>();
  for (const { position } of positions) {
    const entry = await session.projections.get(Journal).entryAt(position);
    if (!known.has(entry.id)) suspects.set(entry.id, entry);
  }
  return [...suspects.values()];
}
