/**
 * Ties: statements that figures reached in different ways agree. In a list each is a line; asked for by its id it is said in
 * full, with the prints on both sides.
 */
import * as z from 'zod';
import { printedAt } from './figures';
import { decimal } from './money';
import { figureState } from './state';

export const tieKind = z
  .enum(['foot', 'cross-foot', 'roll-forward', 'agree', 'recompute', 'articulate', 'ledger'])
  .meta({
    id: 'TieKind',
    description:
      'foot, cross-foot, roll-forward: a sum as printed; agree: another print of the fact; recompute: a percentage or ratio from the amounts printed; articulate: across statements; ledger: published = replayed',
  });

/** In the order of a summary; a tie with nothing to check is never a pass. */
export const tieState = z
  .enum(['does-not-tie', 'explained', 'repaired', 'within-rounding', 'ties', 'not-run'])
  .meta({ id: 'TieState', description: 'What came of a tie' });

/** Why something is known not to tie: who recorded it, when, in words. */
export const explanation = z.object({
  subject: z.string().meta({ description: 'A figure or a tie' }),
  cause: z.string().meta({ example: 'rounding-plug' }),
  reason: z.string(),
  difference: decimal.optional().meta({ description: 'The difference that is explained' }),
  actor: z.string(),
  recordedAt: z.string(),
  position: z.int().optional().meta({ description: 'Of the event that records it' }),
});

/** A tie as a line of a list. */
export const tieLine = z
  .object({
    tie: z.string(),
    kind: tieKind,
    state: tieState,
    statement: z.string().meta({ description: 'The statement of the print that it is about' }),
    about: z.array(z.string()).meta({ description: 'The figures whose state it decides' }),
    equation: z.string().optional().meta({ description: 'By figures; a ledger tie has none' }),
    unit: z.string().optional(),
    left: decimal
      .optional()
      .meta({ description: 'Unrounded; where it does not tie, and of every ledger tie' }),
    right: decimal.optional(),
    difference: decimal.optional().meta({ description: 'Left less right, where it does not tie' }),
    why: z.string().optional().meta({ description: 'Why the two should agree, where the book declares it' }),
    note: z.string().optional().meta({ description: 'Why it is not run' }),
    explanation: explanation.optional(),
  })
  .meta({ id: 'TieLine', description: 'A tie as a line of a list' });

export const tiesDocument = z
  .object({
    schema: z.literal('tieout.ties/1'),
    book: z.string(),
    revision: z.int(),
    items: z.array(tieLine),
    page: z.object({
      total: z.int().meta({ description: 'Ties that match, on all pages' }),
      hasMore: z.boolean(),
      next: z.string().nullable().meta({ description: 'Cursor for `after`: stays right while others post' }),
    }),
  })
  .meta({ id: 'Ties', description: 'The ties that match, a page of them' });

/** A print that a side is made of, and how often it counts. */
export const tieTerm = z.object({
  times: z.int().meta({ description: '-1 where it is taken off' }),
  figures: z
    .array(
      z.object({
        figure: z.string(),
        fact: z.string(),
        label: z.string(),
        statement: z.string(),
        unit: z.string(),
        published: decimal,
        state: figureState,
        source: printedAt,
      }),
    )
    .meta({ description: 'One print, or several that are multiplied' }),
});

export const tieSide = z.object({
  terms: z.array(tieTerm),
  over: z.array(tieTerm).optional().meta({ description: 'What the terms are divided by' }),
  replayed: decimal.optional().meta({ description: 'Of a ledger tie: what the entries give' }),
});

export const tieDocument = tieLine
  .extend({
    schema: z.literal('tieout.tie/1'),
    book: z.string(),
    revision: z.int(),
    sides: z.object({ left: tieSide, right: tieSide }),
    causes: z
      .array(z.object({ cause: z.string(), because: z.string(), entry: z.string().optional() }))
      .meta({ description: 'Of a tie that does not tie: what fits, the most probable first' }),
  })
  .meta({ id: 'Tie', description: 'A tie in full' });

export type TieLine = z.infer<typeof tieLine>;
export type TiesDocument = z.infer<typeof tiesDocument>;
export type TieTerm = z.infer<typeof tieTerm>;
export type TieDocument = z.infer<typeof tieDocument>;
