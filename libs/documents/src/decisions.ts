/**
 * What people decided about figures: explanations of breaks, confirmations of readings, and proposals that wait.
 *
 * A break stays a break: an explanation records its cause, and of which difference. Where it was proposed and approved,
 * `proposedBy` and `actor` are two people.
 */
import * as z from 'zod';
import { decimal } from './money';

const explanation = z.object({
  subject: z.string().meta({ description: 'A figure or a tie' }),
  position: z.int(),
  actor: z.string(),
  recordedAt: z.string(),
  cause: z.string(),
  reason: z.string(),
  difference: decimal.optional().meta({ description: "The one that is explained, in the figure's unit" }),
});

export const explainedDocument = z
  .object({
    schema: z.literal('tieout.explained/1'),
    explanations: z.array(
      explanation.extend({
        proposal: z.string().optional().meta({ description: 'The proposal that it approved' }),
        proposedBy: z.string().optional(),
      }),
    ),
    proposals: z
      .array(explanation.extend({ proposal: z.string().meta({ description: 'Its id' }) }))
      .meta({ description: 'What waits for another person' }),
  })
  .meta({ id: 'Explained', description: 'The explanations in force, and those that are proposed' });

export const decisionDocument = z
  .object({
    schema: z.literal('tieout.decision/1'),
    decision: z.enum(['explained', 'proposed', 'approved', 'confirmed']),
    subject: z.string(),
    actor: z.string(),
    dryRun: z.boolean(),
    reason: z.string(),
    cause: z.string().optional(),
    difference: decimal.optional(),
    proposal: z.string().optional(),
    proposedBy: z.string().optional(),
  })
  .meta({ id: 'Decision', description: 'What was decided, by whom' });

/** What is asked with a proposal. */
export const proposalBody = z
  .strictObject({
    subject: z.string().min(1).meta({ example: 'is.running-costs@2025' }),
    cause: z.string().min(1).meta({ example: 'rounded-inputs' }),
    reason: z.string().min(1).max(10_000),
  })
  .meta({ id: 'Proposal', description: 'A break, its cause by name, and why' });

/** What is asked with a reopening, a confirmation. */
export const reasonBody = z
  .strictObject({ reason: z.string().min(1).max(10_000) })
  .meta({ id: 'Reason', description: 'Why' });

export const reversalBody = z
  .strictObject({
    reason: z.string().min(1).max(10_000),
    date: z.iso
      .date()
      .optional()
      .meta({ description: 'The day it is dated; that of the entry where absent' }),
    id: z.string().min(1).max(200).optional().meta({ description: 'Its id; that of the entry with -R' }),
  })
  .meta({ id: 'Reversal', description: 'Why an entry is reversed' });

export type ExplainedDocument = z.infer<typeof explainedDocument>;
export type DecisionDocument = z.infer<typeof decisionDocument>;
