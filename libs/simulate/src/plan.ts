/**
 * The plan of a simulation: into how many parts every entry of a book falls, before the first is made.
 *
 * Some entries stay what they are, with their own id, day and provenance:
 * - opening balances and closings of the result, which a ledger posts once, on one day, over all accounts;
 * - a reversal and the entry that it reverses, because a reversal is the exact opposite of one entry;
 * - an entry that moves nothing, or is due no more than one part: dividing it would only rename it.
 */
import { refuse } from '@tieout/events';
import type { Chart, Entry } from '@tieout/ledger';
import { sumMinor } from '@tieout/money';
import { bundlesOf, joined, type Bundle } from './bundles';
import { shareOut } from './shares';

/** A bundle and the number of parts that it falls into. */
export interface PlannedBundle {
  readonly bundle: Bundle;
  readonly parts: number;
}

/** An entry and its bundles: none where it stays what it is. */
export interface PlannedEntry {
  readonly entry: Entry;
  readonly bundles: readonly PlannedBundle[];
}

const onceOnly: ReadonlySet<Entry['event']> = new Set(['OpeningBalanceRecorded', 'ResultClosed']);

/** Plans exactly `total` entries, parts and undivided ones together. Refuses (E602) a number that cannot be. */
export function planOf(entries: readonly Entry[], chart: Chart, total: number): readonly PlannedEntry[] {
  const reversed = new Set(entries.flatMap(({ reverses }) => reverses ?? []));
  const divided = entries.map((entry) => {
    const stays = onceOnly.has(entry.event) || entry.reverses !== undefined || reversed.has(entry.id);
    const bundles = stays ? [] : bundlesOf(entry, chart);
    const most = bundles.reduce((sum, bundle) => sum + bundle.most, 0);
    return { entry, bundles, most: Math.max(most, 1), size: sizeOf(bundles) };
  });
  const most = divided.reduce((sum, each) => sum + each.most, 0);
  if (!Number.isSafeInteger(total) || total < entries.length || total > most) {
    refuse('E602', `${total} is not a number of entries that this book can be simulated in`, {
      help: `it falls into ${entries.length} to ${most} entries, beside reversals and corrections`,
    });
  }
  const counts = shareOut(total, divided);
  return divided.map(({ entry, bundles }, index): PlannedEntry => {
    const count = counts[index]!;
    if (count === 1) return { entry, bundles: [] };
    const together = joined(bundles, count);
    const parts = shareOut(count, together);
    return { entry, bundles: together.map((bundle, place) => ({ bundle, parts: parts[place]! })) };
  });
}

const sizeOf = (bundles: readonly Bundle[]): Bundle['size'] => sumMinor(bundles.map(({ size }) => size));
