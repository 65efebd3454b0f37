/**
 * The stored language: what the log can say, each sentence with its schema.
 *
 * Entries share one body (date, description, balanced postings, provenance); the event's name says what happened
 * and puts the postings under that type's posting rule (libs/ledger). Amounts are whole minor units as decimal
 * strings, debit positive, so that the bytes are exact at any size.
 *
 * NOTE stored format: names and keys below stand in logs for ever. A changed payload is a new version with an
 * upcaster (registry.ts), never an edit.
 */
// The namespace, so that a bundle leaves out what is not used (half a megabyte of languages).
import * as z from 'zod';

const isoDate = z.iso.date('a day of the calendar as an ISO date, like 2022-06-30');
const minor = z.string().regex(/^(0|-?[1-9]\d*)$/, 'whole minor units, like -48130000000');
const name = z.string().min(1);
const count = z.number().int().nonnegative();

/** One signed leg of an entry: debit positive, in minor units of its currency. */
export const postingPayload = z.strictObject({
  account: name,
  movement: name,
  minor,
  unit: name,
  /** Members by dimension, those that the account fixes included. */
  dimensions: z.record(name, name).optional(),
  /** Over published facts; gives the amount on the posting's own side. Evaluated, not trusted. */
  expression: name.optional(),
});

/** Where an entry comes from. Two axes: the amount, and the allocation (other leg, class, function). */
export const provenancePayload = z.strictObject({
  amount: z.enum(['disclosed', 'derived', 'assumed']),
  allocation: z.enum(['given', 'conditional', 'assumed']),
  reasoning: z.string(),
  /** Lines of the source document. */
  source: z.array(z.number().int().positive()),
});

export const entryPayload = z.strictObject({
  entry: name,
  date: isoDate,
  /** `disclosed`: the document names the day. `period-end`: it names only the period. */
  dateBasis: z.enum(['disclosed', 'period-end']),
  description: name,
  postings: z.array(postingPayload).min(2),
  provenance: provenancePayload,
});

const reversalPayload = entryPayload.extend({ reverses: name, reason: name });

const balancePayload = z.strictObject({ account: name, unit: name, minor });

/** The event types that carry an entry, by what happened. */
export const entryEventNames = [
  'OpeningBalanceRecorded', // the first period's opening balances
  'NetMovementRecorded', // a bridge over a period of which only the two balance sheets are known
  'RevenueRecognised',
  'OtherIncomeRecognised',
  'ExpenseIncurred',
  'ImpairmentRecognised',
  'FairValueRemeasured',
  'ForeignExchangeRemeasured',
  'TranslationDifferenceRecognised',
  'FinanceIncomeEarned',
  'FinanceCostIncurred',
  'ShareOfResultRecognised',
  'IncomeTaxRecognised',
  'EquityTransactionRecorded',
  'AssetAcquired',
  'AssetDisposed',
  'AssetTransferred', // within assets or within liabilities: class to class, current to non-current
  'CashSettled',
  'ResultClosed', // profit or loss, or other comprehensive income, closed to equity
  'EntryPosted', // the general journal, for imported ledgers
] as const;
export type EntryEventName = (typeof entryEventNames)[number];

const explanation = {
  subject: name,
  cause: name,
  reason: name,
  difference: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .optional(),
};

/** Version 1 of every event. */
export const payloadsV1 = {
  BookOpened: z.strictObject({
    book: name,
    entity: name,
    currency: name,
    minorDigits: z.number().int().min(0).max(6),
    /** The seed: journal files with the hash of their bytes, in loading order. */
    journal: z.array(z.strictObject({ file: name, sha256: z.string().length(64) })),
    /**
     * Of a simulated ledger: the entries of the journal, exploded into so many; the events of all that, so that a log
     * with fewer is known to be cut off; the seed of its chance; its noise.
     */
    simulated: z
      .strictObject({
        entries: count,
        events: count,
        seed: name,
        late: count.optional(),
        reversals: count.optional(),
        corrections: count.optional(),
      })
      .optional(),
  }),
  PeriodOpened: z.strictObject({
    period: name,
    from: isoDate,
    to: isoDate,
    /** What the accounts must stand at, opening: an assertion, never postings. Nil accounts are left out. */
    opening: z.array(balancePayload),
  }),
  PeriodClosed: z.strictObject({ period: name, closing: z.array(balancePayload) }),
  PeriodReopened: z.strictObject({ period: name, reason: name }),
  /** A fact that is not money: share counts, customers, cities. `value` is a decimal string in `unit`. */
  FactRecorded: z.strictObject({
    fact: name,
    value: z.string().regex(/^-?\d+(\.\d+)?$/),
    unit: name,
    /** The period, or the day, that it is true of. */
    of: name,
    provenance: provenancePayload,
  }),
  /** A person accepts a repaired reading that the arithmetic determines but does not over-determine. */
  RepairConfirmed: z.strictObject({ figure: name, reason: name }),
  /**
   * A person records why a figure or tie does not tie. `difference` is the one that is explained, in the figure's unit,
   * to as many places as matter: another difference of the same figure is not explained by it. `proposal` is the id of
   * the `ExplanationProposed` that is approved by this, by another person; absent where one person decided alone.
   */
  BreakExplained: z.strictObject({ ...explanation, proposal: name.optional() }),
  /** The same, proposed: it explains nothing until another person approves it. */
  ExplanationProposed: z.strictObject(explanation),
  EntryReversed: reversalPayload,
  OpeningBalanceRecorded: entryPayload,
  NetMovementRecorded: entryPayload,
  RevenueRecognised: entryPayload,
  OtherIncomeRecognised: entryPayload,
  ExpenseIncurred: entryPayload,
  ImpairmentRecognised: entryPayload,
  FairValueRemeasured: entryPayload,
  ForeignExchangeRemeasured: entryPayload,
  TranslationDifferenceRecognised: entryPayload,
  FinanceIncomeEarned: entryPayload,
  FinanceCostIncurred: entryPayload,
  ShareOfResultRecognised: entryPayload,
  IncomeTaxRecognised: entryPayload,
  EquityTransactionRecorded: entryPayload,
  AssetAcquired: entryPayload,
  AssetDisposed: entryPayload,
  AssetTransferred: entryPayload,
  CashSettled: entryPayload,
  ResultClosed: entryPayload,
  EntryPosted: entryPayload,
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof payloadsV1;
export type Payload<N extends EventName> = z.infer<(typeof payloadsV1)[N]>;
export type PostingPayload = z.infer<typeof postingPayload>;
export type ProvenancePayload = z.infer<typeof provenancePayload>;
export type EntryPayload = z.infer<typeof entryPayload>;
export type ReversalPayload = z.infer<typeof reversalPayload>;
export type BalancePayload = z.infer<typeof balancePayload>;

/** An event as it is said, its name tied to its payload. */
export type LedgerEvent = { [N in EventName]: { readonly name: N; readonly payload: Payload<N> } }[EventName];

export const eventNames = Object.keys(payloadsV1) as readonly EventName[];

const carriers: ReadonlySet<string> = new Set([...entryEventNames, 'EntryReversed']);

/** Does this event carry postings? */
export function carriesEntry(
  event: LedgerEvent,
): event is Extract<LedgerEvent, { name: EntryEventName | 'EntryReversed' }> {
  return carriers.has(event.name);
}
