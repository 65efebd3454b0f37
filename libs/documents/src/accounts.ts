/**
 * What postings may name, and what every account stands at: the chart and the trial balance.
 *
 * Invariant: the debits of a trial balance are its credits.
 */
import * as z from 'zod';

const minor = z.string().regex(/^(0|-?[1-9]\d*)$/);

export const trialBalanceDocument = z
  .object({
    schema: z.literal('tieout.trial-balance/1'),
    book: z.string(),
    basis: z.string(),
    at: z.iso.date(),
    revision: z.int(),
    unit: z.string().meta({ description: 'Of every minor', example: 'RMB minor units' }),
    accounts: z.array(
      z.object({
        account: z.string(),
        name: z.string(),
        minor: minor.meta({ description: 'Debit positive' }),
      }),
    ),
    debits: minor,
    credits: minor,
  })
  .meta({ id: 'TrialBalance', description: 'What every account stands at, on a day' });

export const accountsDocument = z
  .object({
    schema: z.literal('tieout.accounts/1'),
    book: z.string(),
    currency: z.string(),
    minorDigits: z.int(),
    amounts: z.string().meta({ description: 'The unit that journal files of the book are written in' }),
    events: z.array(z.string()).meta({ description: 'What an entry may record' }),
    accounts: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        type: z.string(),
        role: z.string(),
        normal: z.enum(['debit', 'credit', 'either']),
        dimensions: z.record(z.string(), z.string()).meta({ description: 'Fixed for all its postings' }),
      }),
    ),
    movements: z.array(z.object({ id: z.string(), name: z.string(), group: z.string() })),
    dimensions: z.array(
      z.object({ id: z.string(), name: z.string(), members: z.record(z.string(), z.string()) }),
    ),
  })
  .meta({ id: 'Accounts', description: 'The chart of accounts, movements and dimensions of a book' });

export type TrialBalanceDocument = z.infer<typeof trialBalanceDocument>;
export type AccountsDocument = z.infer<typeof accountsDocument>;
