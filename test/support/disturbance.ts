/**
 * One thing made wrong in a journal that is right: what an auditor's tests are for.
 *
 * Every disturbed entry still foots to zero, so that double entry itself sees nothing.
 */
import type { Book, JournalEntry, JournalFile } from '@tieout/book';
import { withFixedDimensions, type Entry, type Posting } from '@tieout/ledger';
import { addMinor, negateMinor, type Minor } from '@tieout/money';

export const kinds = [
  'two legs by 1',
  'deleted',
  'accounts swapped',
  'sign flipped',
  'posted twice',
] as const;
export type Kind = (typeof kinds)[number];

/** Numbers to draw with: any, taken modulo what there is to choose from. */
export interface Draw {
  readonly entry: number;
  readonly pair: number;
  readonly up: boolean;
}

export interface Disturbance {
  readonly kind: Kind;
  /** The entry that was disturbed. */
  readonly entry: string;
  /** In words, for the report. */
  readonly says: string;
  /** What stands for it in the journal now: nothing, one entry or two. */
  readonly now: readonly Entry[];
  readonly journal: readonly JournalFile[];
  /** Legs that came less legs that went. */
  readonly delta: readonly Posting[];
}

/** Two legs of an entry, by index. */
type Pair = readonly [number, number];

interface Rewritten {
  readonly says: string;
  readonly now: readonly Entry[];
}

const negated = (leg: Posting): Posting => ({ ...leg, minor: negateMinor(leg.minor) });

/** Pairs of legs, for a swap those on different accounts. */
function pairsOf({ postings }: Entry, kind: Kind): Pair[] {
  return postings.flatMap((first, left) =>
    postings.flatMap((second, right): Pair[] =>
      left < right && (kind !== 'accounts swapped' || first.account !== second.account)
        ? [[left, right]]
        : [],
    ),
  );
}

/** The leg on another account: it takes the members that the account fixes, and keeps its own. */
function moved(leg: Posting, account: string, { chart }: Book): Posting {
  const fixed = chart.accounts.get(leg.account)?.dimensions ?? {};
  const own = Object.fromEntries(
    Object.entries(leg.dimensions).filter(([dimension]) => !(dimension in fixed)),
  );
  return { ...leg, account, dimensions: own };
}

function rewritten(entry: Entry, kind: Kind, [left, right]: Pair, up: boolean, book: Book): Rewritten {
  const [first, second] = [entry.postings[left], entry.postings[right]];
  if (!first || !second) throw new Error(`${entry.id} has no such legs`);
  const between = `${first.account} (${first.movement}) and ${second.account} (${second.movement})`;
  const withLegs = (one: Posting, two: Posting): Entry => ({
    ...entry,
    postings: entry.postings.map((leg, index) => (index === left ? one : index === right ? two : leg)),
  });
  switch (kind) {
    case 'two legs by 1': {
      const unit: Minor = (up ? 1 : -1) * 10 ** book.amountUnit.scale;
      const one = { ...first, minor: addMinor(first.minor, unit) };
      const two = { ...second, minor: addMinor(second.minor, negateMinor(unit)) };
      return { says: `1 ${up ? 'to' : 'from'} ${between}`, now: [withLegs(one, two)] };
    }
    case 'deleted':
      return { says: 'gone', now: [] };
    case 'accounts swapped': {
      const swapped = withLegs(moved(first, second.account, book), moved(second, first.account, book));
      return { says: between, now: [withFixedDimensions(swapped, book.chart)] };
    }
    case 'sign flipped':
      return {
        says: 'every leg on the other side',
        now: [{ ...entry, postings: entry.postings.map(negated) }],
      };
    case 'posted twice':
      return { says: 'again under another id', now: [entry, { ...entry, id: `${entry.id}-AGAIN` }] };
  }
}

/** All that one kind of disturbance can do to one entry, by 1 up. */
export function disturbances(book: Book, kind: Kind, id: string): readonly Disturbance[] {
  const found = book.journal.flatMap(({ entries }) => entries).find(({ entry }) => entry.id === id);
  return found ? pairsOf(found.entry, kind).map((pair) => disturbed(book, kind, found, pair, true)) : [];
}

/** A disturbance drawn. */
export function disturb(book: Book, kind: Kind, draw: Draw): Disturbance {
  const all = book.journal
    .flatMap(({ entries }) => entries)
    .filter(({ entry }) => pairsOf(entry, kind).length > 0);
  const chosen = all[draw.entry % all.length];
  if (!chosen) throw new Error('the book has no entries');
  const pairs = pairsOf(chosen.entry, kind);
  return disturbed(book, kind, chosen, pairs[draw.pair % pairs.length] ?? [0, 1], draw.up);
}

function disturbed(book: Book, kind: Kind, chosen: JournalEntry, pair: Pair, up: boolean): Disturbance {
  const { entry: before } = chosen;
  const { says, now } = rewritten(before, kind, pair, up, book);
  const inPlace = (each: JournalEntry): JournalEntry[] =>
    each === chosen ? now.map((entry) => ({ ...each, entry })) : [each];
  return {
    ...{ kind, entry: before.id, says, now },
    journal: book.journal.map((file) => ({ ...file, entries: file.entries.flatMap(inPlace) })),
    delta: [...now.flatMap(({ postings }) => postings), ...before.postings.map(negated)],
  };
}
