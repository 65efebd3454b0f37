/**
 * Bundles: the smallest sets of legs of an entry that are entries themselves.
 *
 * Debits are matched with credits in their order; a match is an amount that one debit leg owes to one credit leg. Two or
 * more matches that follow each other, and keep the posting rule of the entry's event, are a bundle: two lines of an
 * invoice against one receivable. A bundle ends within a leg, never between two, so that the bundles of an entry vary
 * its amounts just as freely as the entry does: what is cross-checked in a book is cross-checked in its simulation.
 *
 *     receivables 100 / revenue (60), revenue (30), revenue (10)
 *       → receivables 90 / revenue (60), revenue (30)  and  receivables 10 / revenue (10)
 *
 * Invariant: the matches of an entry foot to each of its legs.
 */
import { checkPostingRule, type Chart, type Entry } from '@tieout/ledger';
import { absoluteMinor, addMinor, compareMinor, negateMinor, subtractMinor, type Minor } from '@tieout/money';
import type { Divisible } from './shares';

/** A positive amount that the leg `debit` of an entry owes to its leg `credit`, by their places. */
export interface Match {
  readonly debit: number;
  readonly credit: number;
  readonly minor: Minor;
}

export interface Bundle extends Divisible {
  readonly matches: readonly Match[];
}

/** Invoices have more than one line. */
const matchesInBundle = 2;
/** More parts than this nobody asks for, and a sum of them stays a safe integer. */
const mostParts = 1_000_000_000;

/** Debits of an entry matched with its credits, unit by unit. Legs of nothing match nothing. */
export function matchesOf({ postings }: Pick<Entry, 'postings'>): readonly Match[] {
  const matches: Match[] = [];
  for (const unit of new Set(postings.map((leg) => leg.unit))) {
    const side = (sign: 1 | -1) =>
      postings.flatMap((leg, place) =>
        leg.unit === unit && compareMinor(leg.minor, 0) === sign
          ? [{ place, left: absoluteMinor(leg.minor) }]
          : [],
      );
    const [debits, credits] = [side(1), side(-1)];
    for (let [d, c] = [0, 0]; d < debits.length && c < credits.length;) {
      const [debit, credit] = [debits[d]!, credits[c]!];
      const minor = compareMinor(debit.left, credit.left) < 0 ? debit.left : credit.left;
      matches.push({ debit: debit.place, credit: credit.place, minor });
      debit.left = subtractMinor(debit.left, minor);
      credit.left = subtractMinor(credit.left, minor);
      if (debit.left === 0) d += 1;
      if (credit.left === 0) c += 1;
    }
  }
  return matches;
}

/** The legs that matches foot to, by their places: debit positive. */
export function legsOf(matches: readonly Match[]): ReadonlyMap<number, Minor> {
  const legs = new Map<number, Minor>();
  const add = (place: number, minor: Minor) => void legs.set(place, addMinor(legs.get(place) ?? 0, minor));
  for (const { debit, credit, minor } of matches) {
    add(debit, minor);
    add(credit, negateMinor(minor));
  }
  return legs;
}

function bundle(matches: readonly Match[]): Bundle {
  const amounts = matches.map(({ minor }) => minor);
  const least = amounts.reduce((least, minor) => (compareMinor(minor, least) < 0 ? minor : least), mostParts);
  return { matches, size: amounts.reduce(addMinor), most: Number(least) };
}

/** The bundles of an entry in the order of its legs; none where it moves nothing. */
export function bundlesOf(entry: Entry, chart: Chart): readonly Bundle[] {
  const keepsRule = (matches: readonly Match[]): boolean => {
    const postings = [...legsOf(matches)].map(([place, minor]) => ({ ...entry.postings[place]!, minor }));
    return checkPostingRule({ ...entry, postings }, chart) === undefined;
  };
  const cut: Match[][] = [];
  let open: Match[] = [];
  for (const match of matchesOf(entry)) {
    const last = open.at(-1);
    const withinALeg = last && (last.debit === match.debit || last.credit === match.credit);
    if (withinALeg && open.length >= matchesInBundle && keepsRule(open)) {
      cut.push(open);
      open = [];
    }
    open.push(match);
  }
  if (open.length === 0) return [];
  // What is left over at the end is a bundle, or belongs to the one before.
  while (cut.length > 0 && !keepsRule(open)) open = [...cut.pop()!, ...open];
  return [...cut, open].map(bundle);
}

/** At most `count` bundles: neighbours together. */
export function joined(bundles: readonly Bundle[], count: number): readonly Bundle[] {
  if (count >= bundles.length) return bundles;
  const from = (group: number): number => Math.floor((group * bundles.length) / count);
  return Array.from({ length: count }, (_, group) =>
    bundle(bundles.slice(from(group), from(group + 1)).flatMap(({ matches }) => matches)),
  );
}
