/**
 * What a sealed page keeps of an event: the legs of its entry, and the kind of entry it is.
 *
 * The kind joins the event's name and the two bases of the provenance, amount and allocation: what a proof or a what-if
 * asks of an entry besides its legs. An event that carries no entry has no kind, and is read from the log where it
 * matters.
 *
 *     ExpenseIncurred, amount derived, allocation given  →  "ExpenseIncurred derived given"
 */
import type { PageEvent } from '@tieout/cube';
import { carriesEntry, type LedgerEvent } from '@tieout/events';
import { parseMinor } from '@tieout/money';

/** NOTE stored format. */
export function pageEvent(event: LedgerEvent): PageEvent {
  if (!carriesEntry(event)) return { kind: '', legs: [] };
  const { date: day, postings, provenance } = event.payload;
  const { amount, allocation } = provenance;
  const legs = postings.map(({ account, movement, unit, minor, dimensions = none }) => ({
    account,
    movement,
    unit,
    day,
    minor: parseMinor(minor),
    dimensions,
  }));
  return { kind: `${event.name} ${amount} ${allocation}`, legs };
}

const none: Readonly<Record<string, string>> = Object.freeze({});

/** The name of the events of this kind; '' where they carry no entry. */
export const eventOfKind = (kind: string): string => kind.split(' ', 1)[0] ?? '';
