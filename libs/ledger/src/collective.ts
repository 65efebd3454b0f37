/**
 * Collective entries: entries alike (of one event, on the same accounts for the same reasons, in one period) summed to
 * one, so that a proof over a million entries reads a few hundred.
 *
 * Each enters every figure in the same way, so what is found of the sum holds for them together. Its id is no entry's:
 * it says in words how many it stands for, wherever it is printed.
 *
 *     2022-06-30 "12,345 entries like JE-7 (ExpenseIncurred)"  Rent of June
 *       expenses.selling  profit-or-loss   9,876,000
 *       cash              operating       (9,876,000)
 */
import type { Entry } from './entry';

/** An entry, or several alike: then it says how many, and which is the first. */
export interface CollectiveEntry extends Entry {
  readonly alike?: { readonly count: number; readonly first: string };
}

/** The first of some entries, with the postings of all of them summed, as one. */
export const collectiveEntry = (
  first: Entry,
  { date, postings, count }: Pick<Entry, 'date' | 'postings'> & { readonly count: number },
): CollectiveEntry => ({
  id: `${count.toLocaleString('en')} entries like ${first.id} (${first.event})`,
  event: first.event,
  date,
  dateBasis: first.dateBasis,
  description: first.description,
  postings,
  provenance: {
    amount: first.provenance.amount,
    allocation: first.provenance.allocation,
    reasoning: first.provenance.reasoning,
    source: first.provenance.source,
  },
  alike: { count, first: first.id },
});

/** Does it stand for several? */
export const isCollective = ({ alike }: CollectiveEntry): boolean => alike !== undefined;

/** How many entries these are. */
export const countEntries = (entries: Iterable<Pick<CollectiveEntry, 'alike'>>): number => {
  let count = 0;
  for (const { alike } of entries) count += alike?.count ?? 1;
  return count;
};
