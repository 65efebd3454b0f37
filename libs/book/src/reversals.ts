/**
 * Reversals within the seed journal: what is reversed stands before, is reversed once, and by its exact opposite.
 *
 * The same is asked of a posted reversal, there against the log (libs/ledger, `admit`).
 */
import type { Problem } from '@tieout/events';
import { fingerprint, reverseEntry, type Entry } from '@tieout/ledger';
import type { JournalFile } from './book';
import { suggestion } from './source';

export function checkReversals(journal: readonly JournalFile[], problems: Problem[]): void {
  const before = new Map<string, Entry>();
  const reversedBy = new Map<string, string>();
  for (const { entry, at } of journal.flatMap(({ entries }) => entries)) {
    before.set(entry.id, entry);
    const { reverses } = entry;
    if (entry.event !== 'EntryReversed' || reverses === undefined || reverses === '') continue;
    const original = before.get(reverses);
    const earlier = reversedBy.get(reverses);
    if (!original || original === entry) {
      const help = suggestion(reverses, before.keys());
      problems.push({
        code: 'E210',
        message: `entry ${entry.id} reverses ${reverses}, which does not stand before it`,
        at,
        ...(help === undefined ? {} : { help }),
      });
    } else if (earlier !== undefined) {
      problems.push({
        code: 'E211',
        message: `entry ${entry.id} reverses ${reverses}, which ${earlier} has reversed`,
        at,
      });
    } else if (
      fingerprint(reverseEntry(original, { id: entry.id, date: entry.date, reason: '' })).legs !==
      fingerprint(entry).legs
    ) {
      problems.push({
        code: 'E204',
        message: `entry ${entry.id}: EntryReversed posts the exact opposite of ${reverses}; found other postings`,
        at,
      });
    }
    reversedBy.set(reverses, entry.id);
  }
}
