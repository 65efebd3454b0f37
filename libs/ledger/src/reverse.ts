/**
 * Reversal: the one way to correct an entry. Nothing is edited; the opposite is posted, and both stay.
 *
 * Invariant: an entry and its reversal add to nil in every account, movement and dimension, so every figure is as
 * before the entry, as of the reversal's date. Reversed twice, the postings are the first ones again.
 *
 *     2022-07-04 JE-0200 EntryReversed  Reversal of JE-0103: Depreciation of …
 *       ; reverses: JE-0103
 *       ; reason: charged to the wrong class
 */
import { negateMinor } from '@tieout/money';
import type { Entry } from './entry';

export interface ReversalOf {
  /** Id of the reversing entry. */
  readonly id: string;
  /** In an open period; that of the entry itself when its period is still open. */
  readonly date: string;
  readonly reason: string;
}

/** The opposite entry: same accounts, movements and dimensions, the sides exchanged; its reason is its provenance. */
export function reverseEntry(entry: Entry, { id, date, reason }: ReversalOf): Entry {
  return {
    id,
    event: 'EntryReversed',
    date,
    dateBasis: 'disclosed',
    description: `Reversal of ${entry.id}: ${entry.description}`,
    // An expression gives the amount on the posting's own side, so it holds for the opposite posting too.
    postings: entry.postings.map((leg) => ({ ...leg, day: date, minor: negateMinor(leg.minor) })),
    provenance: { ...entry.provenance, reasoning: reason },
    reverses: entry.id,
    reason,
  };
}
