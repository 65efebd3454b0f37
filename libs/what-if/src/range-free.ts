/**
 * Which amounts of the reconstructed entries are free: those that nobody outside could know.
 *
 *     amount assumed                                  each posting is free on its side; debits stay credits
 *     amount known, allocation conditional/assumed    the debits share their total anew, and the credits theirs
 *     amount known, allocation given                  as it stands
 *     the closing of a result                         follows: it has no amounts of its own
 *
 * Entries keep their accounts, movements and dimensions. A reversed entry and its reversal stay as they are. A collective
 * entry is free as the one entry that it reads as.
 *
 * Invariant: the amounts as they stand are always among the admissible ones.
 */
import type { Entry, Posting } from '@tieout/ledger';

/** Postings of one entry, one unit, that may change against each other: what they add up to stays. */
export interface FreePostings {
  readonly entry: string;
  readonly postings: readonly Posting[];
  /** May a posting change its side? Only where a result is closed. */
  readonly eitherSide: boolean;
}

const isFreeIn = ({ provenance }: Entry): 'amount' | 'allocation' | undefined =>
  provenance.amount === 'assumed' ? 'amount' : provenance.allocation === 'given' ? undefined : 'allocation';

/** One posting alone has nothing to change against. */
export function freePostings(entries: readonly Entry[]): readonly FreePostings[] {
  const reversed = new Set(entries.map(({ reverses }) => reverses));
  return entries.flatMap((entry): FreePostings[] => {
    const closes = entry.event === 'ResultClosed';
    const free = isFreeIn(entry);
    if (entry.event === 'EntryReversed' || reversed.has(entry.id)) return [];
    if (!closes && free === undefined) return [];
    const bySide = !closes && free === 'allocation';
    const sets = new Map<string, Posting[]>();
    for (const leg of entry.postings) {
      const key = bySide ? `${leg.unit} ${leg.minor > 0}` : leg.unit;
      const known = sets.get(key);
      if (known) known.push(leg);
      else sets.set(key, [leg]);
    }
    return [...sets.values()]
      .filter(({ length }) => length > 1)
      .map((postings) => ({ entry: entry.id, postings, eitherSide: closes }));
  });
}
