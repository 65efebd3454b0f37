/**
 * Periods and what closing or reopening one did, and which cells of the statements moved between two states of the log.
 */
import * as z from 'zod';
import { decimal } from './money';

const said = z.object({ position: z.int(), recordedAt: z.string(), actor: z.string() });

export const periodsDocument = z
  .object({
    schema: z.literal('tieout.periods/1'),
    book: z.string(),
    revision: z.int(),
    periods: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        from: z.iso.date(),
        to: z.iso.date(),
        audit: z.string(),
        state: z.enum(['open', 'closed', 'not opened']),
        closed: said.optional().meta({ description: 'Its last close' }),
        reopened: said.extend({ reason: z.string() }).optional().meta({ description: 'Its last reopening' }),
      }),
    ),
  })
  .meta({ id: 'Periods', description: 'The periods of a book, and whether they take entries' });

export const closingDocument = z
  .object({
    schema: z.literal('tieout.closing/1'),
    period: z.string(),
    dryRun: z.boolean(),
    result: z.enum(['closed', 'reopened']),
    reason: z.string().optional(),
    asserted: z
      .array(z.object({ period: z.string(), side: z.enum(['opening', 'closing']) }))
      .meta({ description: 'What was asserted anew of later periods' }),
  })
  .meta({ id: 'Closing', description: 'A period closed or reopened' });

const move = z.object({
  statement: z.string(),
  title: z.string(),
  table: z.string().optional(),
  line: z.string(),
  label: z.string(),
  column: z.string(),
  fact: z.string(),
  unit: z.string(),
  before: decimal.nullable().optional().meta({ description: 'Absent where there was no such line' }),
  after: decimal.nullable().optional(),
  change: decimal.optional(),
});

export const restatedDocument = z
  .object({
    schema: z.literal('tieout.restated/1'),
    book: z.string(),
    basis: z.string(),
    revision: z.int(),
    standard: z.string(),
    periods: z.array(
      z.object({
        period: z.string(),
        label: z.string(),
        published: z.object({
          knownAt: z.int(),
          closed: said.optional().meta({ description: 'Its first close' }),
        }),
        figures: z.array(
          move.extend({
            bridge: z
              .array(z.object({ entry: z.string(), amount: decimal }))
              .optional()
              .meta({ description: 'What each entry adds; absent of a figure that is no sum of postings' }),
          }),
        ),
        entries: z.array(
          said.extend({
            id: z.string(),
            date: z.iso.date(),
            description: z.string(),
            reopening: z
              .object({ position: z.int(), actor: z.string(), reason: z.string() })
              .optional()
              .meta({ description: 'What let it in' }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Restated', description: 'Closed periods as published beside as restated (IAS 8)' });

const known = z.object({
  revision: z.int().meta({ description: 'Events that were known' }),
  at: z.iso.date().optional().meta({ description: 'The day looked at, where one is' }),
});

export const diffDocument = z
  .object({
    schema: z.literal('tieout.diff/1'),
    book: z.string(),
    basis: z.string(),
    from: known,
    to: known,
    moved: z.array(move),
  })
  .meta({ id: 'Diff', description: 'Cells of the statements that do not say the same in two states' });

export type PeriodsDocument = z.infer<typeof periodsDocument>;
export type ClosingDocument = z.infer<typeof closingDocument>;
export type DiffDocument = z.infer<typeof diffDocument>;
export type RestatedDocument = z.infer<typeof restatedDocument>;
