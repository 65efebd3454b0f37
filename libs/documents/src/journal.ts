/**
 * The journal's documents: events as the log has them, entries a page at a time, one entry, and what a post did.
 *
 * `minor` is in the minor unit of its currency, debit positive; `amount` is the same in the unit that the document's
 * `amounts` names, signed likewise. Every entry is reconstructed from disclosures, and `basis` says so.
 */
import * as z from 'zod';
import { decimal } from './money';

const position = z.int().nonnegative();
const minor = z.string().regex(/^(0|-?[1-9]\d*)$/);
const day = z.iso.date();
const dimensions = z.record(z.string(), z.string());

export const storedEvent = z
  .object({
    id: z.string(),
    name: z.string(),
    version: z.int(),
    payload: z.record(z.string(), z.unknown()),
    recordedAt: z.string(),
    actor: z.string(),
    causationId: z.string().optional(),
    correlationId: z.string().optional(),
    stream: z.string(),
    revision: z.int().meta({ description: 'Place in its stream, from 0' }),
    position: position.meta({ description: 'Place in the log, dense, from 0' }),
    leaf: z.string().meta({ description: 'SHA-256 over the canonical bytes of everything else' }),
  })
  .meta({ id: 'StoredEvent', description: 'An event as it stands in the log, whole' });

export const eventsDocument = z
  .array(storedEvent)
  .meta({ id: 'Events', description: 'Events of the log, in log order' });

export const logLine = z.object({
  position,
  event: z.string(),
  date: day.optional(),
  subject: z.string().meta({ description: 'An entry, a period, a fact, a figure' }),
  text: z.string(),
  amount: decimal.optional().meta({ description: 'Of an entry: what its debits add up to' }),
  recordedAt: z.string(),
  actor: z.string(),
});

export const logDocument = z
  .object({
    schema: z.literal('tieout.log/1'),
    book: z.string(),
    basis: z.string(),
    revision: z.int(),
    amounts: z.string(),
    lines: z.array(logLine),
  })
  .meta({ id: 'Log', description: 'The events of the log, a line each' });

export const provenance = z
  .object({
    amount: z.enum(['disclosed', 'derived', 'assumed']),
    allocation: z.enum(['given', 'conditional', 'assumed']),
    reasoning: z.string(),
    source: z.array(z.int()).meta({ description: 'Lines of the source document' }),
  })
  .meta({ id: 'Provenance', description: 'Where amount and allocation of an entry come from' });

const leg = z.object({
  account: z.string(),
  movement: z.string(),
  day,
  unit: z.string().meta({ description: 'Currency' }),
  minor,
  dimensions,
  expression: z.string().optional().meta({ description: 'Over published facts; gives the amount' }),
  amount: decimal,
  accountName: z.string(),
  movementName: z.string(),
});

export const entryDocument = z
  .object({
    schema: z.literal('tieout.entry/1'),
    id: z.string().meta({ example: 'JE-2022H1-01' }),
    event: z.string(),
    date: day,
    dateBasis: z.enum(['disclosed', 'period-end']),
    description: z.string(),
    postings: z.array(leg),
    provenance,
    reverses: z.string().optional(),
    reason: z.string().optional(),
    position,
    recordedAt: z.string(),
    actor: z.string(),
    reversedBy: z.string().optional(),
    basis: z.string(),
    amounts: z.string().meta({ description: 'The unit of every amount', example: "RMB'000" }),
  })
  .meta({ id: 'Entry', description: 'One entry, with where it comes from' });

export const entriesDocument = z
  .object({
    schema: z.literal('tieout.entries/1'),
    book: z.string(),
    basis: z.string(),
    revision: z.int(),
    amounts: z.string(),
    order: z.enum(['oldest', 'newest']),
    entries: z.array(
      z.object({
        position,
        id: z.string(),
        event: z.string(),
        date: day,
        description: z.string(),
        debits: decimal.meta({ description: 'What the debits of the entry add up to' }),
        postings: z.array(leg.pick({ account: true, accountName: true, movement: true, amount: true })),
        source: z.array(z.int()),
        recordedAt: z.string(),
        actor: z.string(),
        reverses: z.string().optional(),
        reversedBy: z.string().optional(),
      }),
    ),
    next: position.optional().meta({
      description: 'Give it as `after` to go on; absent at the end. A page may be short, or empty, before it',
    }),
  })
  .meta({ id: 'Entries', description: 'Entries of the journal in log order, a page of them' });

export const feedsDocument = z
  .object({
    schema: z.literal('tieout.feeds/1'),
    entry: z.string(),
    revision: z.int(),
    figures: z.array(
      z.object({
        id: z.string(),
        fact: z.string(),
        statement: z.string(),
        label: z.string(),
        state: z.string(),
      }),
    ),
    ties: z.array(z.object({ id: z.string(), kind: z.string(), state: z.string() })),
  })
  .meta({
    id: 'Feeds',
    description: 'The published figures that an entry moves, and the ties that hold them',
  });

export const postDocument = z
  .object({
    schema: z.literal('tieout.post/1'),
    dryRun: z.boolean(),
    written: z.int().nonnegative(),
    entries: z.array(
      z.object({
        entry: z.string(),
        event: z.string(),
        date: day,
        result: z.enum(['posted', 'would be posted', 'already there']),
      }),
    ),
  })
  .meta({ id: 'Posted', description: 'What became of each entry that was sent' });

export type EventsDocument = z.infer<typeof eventsDocument>;
export type LogLineDocument = z.infer<typeof logLine>;
export type LogDocument = z.infer<typeof logDocument>;
export type EntryDocument = z.infer<typeof entryDocument>;
export type EntriesDocument = z.infer<typeof entriesDocument>;
export type FeedsDocument = z.infer<typeof feedsDocument>;
export type PostDocument = z.infer<typeof postDocument>;
