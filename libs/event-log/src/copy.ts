/**
 * What copying events of another log into this one does: those that are here are compared, the next ones are added as
 * they stand there.
 *
 * Nothing is decided about them (no version, no place, no time): the truth is where they come from, and both logs have
 * one head. So what could not be copied without a difference is refused: E401 a hole, an event that is not what was
 * appended or differs from the one here, a revision out of order; E207 an event or an entry that is here elsewhere.
 */
import { bodyAndLeaf, LedgerError, type Problem, type StoredEvent } from '@tieout/events';
import { entryOf, sameEntry, type LogState, type PlannedEvent } from './append';
import { damaged, namedAt } from './row';

export interface CopyState extends LogState {
  leafAt(position: number): string | undefined;
}

/** The events that are not here yet, to be written in order. Refuses, naming the first problem. */
export function planCopy(events: readonly StoredEvent[], log: CopyState): readonly PlannedEvent[] {
  const planned: PlannedEvent[] = [];
  const revisions = new Map<string, number>();
  const ids = new Map<string, number>();
  const entries = new Map<string, number>();
  const first = events[0]?.position ?? 0;
  for (const [index, event] of events.entries()) {
    const { id, position, stream, revision } = event;
    const due = index === 0 ? Math.min(first, log.length) : first + index;
    if (position !== due)
      refuse(position, `position ${due} is missing: position ${position} stands in its place`);
    const { body, leaf } = bodyAndLeaf(event);
    if (leaf !== event.leaf)
      refuse(position, `${namedAt(event, position)} is not what was appended: its hash differs`);
    if (position < log.length) {
      if (log.leafAt(position) !== event.leaf)
        refuse(position, `${namedAt(event, position)} differs from the event of this position in its copy`);
      continue;
    }
    const revisionDue = revisions.get(stream) ?? log.revisionOf(stream) + 1;
    if (revision !== revisionDue)
      refuse(
        position,
        `position ${position} is revision ${revision} of stream ${stream}, where ${revisionDue} is due`,
      );
    const entry = entryOf(event.payload);
    const thereById = ids.get(id) ?? log.find(id)?.position;
    if (thereById !== undefined) throw new LedgerError([sameId(id, thereById, position)]);
    const there = entry === undefined ? undefined : (entries.get(entry) ?? log.findEntry(entry));
    if (entry !== undefined && there !== undefined)
      throw new LedgerError([sameEntry(entry, there, position)]);
    planned.push({ position, body, leaf, event, entry });
    revisions.set(stream, revision + 1);
    ids.set(id, position);
    if (entry !== undefined) entries.set(entry, position);
  }
  return planned;
}

function refuse(position: number, message: string): never {
  throw new LedgerError([damaged(position, message)]);
}

function sameId(id: string, there: number, position: number): Problem {
  return {
    code: 'E207',
    message: `event ${id} is already at position ${there} and would stand again at position ${position}`,
    at: { file: `event ${there}` },
    notes: ['nothing was written'],
  };
}
