/**
 * Entries and postings: the journal.
 *
 * An entry is a set of postings that foots to zero in each unit. A posting is one signed leg, debit positive, in whole
 * minor units, with an account, a movement (its accounting reason) and members of dimensions.
 *
 *     2022-06-30 JE-0103 ExpenseIncurred  Depreciation of property, plant and equipment
 *       expenses.research-and-development   profit-or-loss        212,666   [nature=depreciation-ppe]
 *       ppe.depreciation.electronic         depreciation         (212,666)  [class=electronic]
 */
import type { EntryEventName, EntryPayload, LedgerEvent, ProvenancePayload } from '@tieout/events';
import { type Minor, parseMinor, formatMinor } from '@tieout/money';

export interface Posting {
  readonly account: string;
  readonly movement: string;
  /** ISO date of its entry. */
  readonly day: string;
  /** Currency. */
  readonly unit: string;
  /** Whole minor units, debit positive. */
  readonly minor: Minor;
  /** Member by dimension, those fixed by the account included. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Over published facts; gives the amount on the posting's own side (a credit of 5 is the expression's 5). */
  readonly expression?: string;
}

export type Provenance = ProvenancePayload;

export interface Entry {
  readonly id: string;
  readonly event: EntryEventName | 'EntryReversed';
  readonly date: string;
  readonly dateBasis: 'disclosed' | 'period-end';
  readonly description: string;
  readonly postings: readonly Posting[];
  readonly provenance: Provenance;
  /** The entry that this one reverses, and why. */
  readonly reverses?: string;
  readonly reason?: string;
  /** An entry of a scenario is no entry of the books, whatever else it carries. */
  readonly hypothetical?: never;
}

type EntryEvent = Extract<LedgerEvent, { name: EntryEventName | 'EntryReversed' }>;

/** From the stored body to the entry. */
export function entryFromEvent(event: EntryEvent): Entry {
  const { payload } = event;
  const { entry, date, dateBasis, description, provenance } = payload;
  const postings = payload.postings.map((leg): Posting => ({
    account: leg.account,
    movement: leg.movement,
    day: date,
    unit: leg.unit,
    minor: parseMinor(leg.minor),
    dimensions: leg.dimensions ?? {},
    ...(leg.expression === undefined ? {} : { expression: leg.expression }),
  }));
  const reversal =
    event.name === 'EntryReversed' ? { reverses: event.payload.reverses, reason: event.payload.reason } : {};
  return { id: entry, event: event.name, date, dateBasis, description, postings, provenance, ...reversal };
}

/** From the entry to the stored body: the inverse of `entryFromEvent`, and the one way into the log. */
export function eventFromEntry(entry: Entry): EntryEvent {
  if ('hypothetical' in entry)
    throw new Error(
      `assertion failed: ${entry.id} is an entry of a scenario, and is never appended to the log`,
    );
  const payload: EntryPayload = {
    entry: entry.id,
    date: entry.date,
    dateBasis: entry.dateBasis,
    description: entry.description,
    postings: entry.postings.map((leg) => ({
      account: leg.account,
      movement: leg.movement,
      minor: formatMinor(leg.minor),
      unit: leg.unit,
      ...(Object.keys(leg.dimensions).length === 0 ? {} : { dimensions: { ...leg.dimensions } }),
      ...(leg.expression === undefined ? {} : { expression: leg.expression }),
    })),
    provenance: entry.provenance,
  };
  if (entry.event === 'EntryReversed') {
    return {
      name: 'EntryReversed',
      payload: { ...payload, reverses: entry.reverses ?? '', reason: entry.reason ?? '' },
    };
  }
  return { name: entry.event, payload };
}
