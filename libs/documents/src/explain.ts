/**
 * `tieout.explain/1`: one fact followed down and up. Where it is printed, which entries it is built from, the ties that hold
 * it, and what is made of it. Opening and movements are the total, and the total is what the replay gives.
 */
import * as z from 'zod';
import { basis, printedAt } from './figures';
import { decimal } from './money';
import { figureState } from './state';
import { tieKind, tieState } from './ties';

export const entryBehind = z.object({
  entry: z.string(),
  description: z.string(),
  amount: decimal,
  postings: z.int().meta({ description: 'Postings of the entry that are in the figure' }),
  provenance: z.object({
    amount: z.enum(['disclosed', 'derived', 'assumed']),
    allocation: z.enum(['given', 'conditional', 'assumed']),
    source: z.array(z.int()).meta({ description: 'Lines of the source document' }),
  }),
});

export const builtFrom = z.object({
  unit: z.string(),
  opening: z.object({ fact: z.string(), amount: decimal }).optional(),
  movements: z.array(
    z.object({
      movement: z.string(),
      name: z.string(),
      amount: decimal,
      entriesInAll: z.int().optional().meta({ description: 'Where only the largest are listed' }),
      entries: z.array(entryBehind),
    }),
  ),
  total: decimal,
  equalsReplay: z.boolean(),
});

export const explainDocument = z
  .object({
    schema: z.literal('tieout.explain/1'),
    fact: z.string(),
    label: z.string(),
    unit: z.string(),
    value: decimal.nullable().meta({ description: 'What the entries give, unrounded' }),
    state: figureState,
    basis,
    heldBy: z
      .object({ tie: z.string(), equation: z.string() })
      .optional()
      .meta({ description: 'Of a cross-checked fact: an equation that the entries cannot absorb' }),
    printed: z.array(
      z.object({
        figure: z.string(),
        statement: z.string(),
        label: z.string(),
        unit: z.string(),
        published: decimal,
        state: figureState,
        source: printedAt,
        reading: z
          .string()
          .optional()
          .meta({ description: 'nil, below-unit or repaired; absent as printed' }),
        because: z.string().optional().meta({ description: 'Equations that give a repaired reading' }),
      }),
    ),
    inputs: z.array(
      z.object({
        fact: z.string(),
        as: z.enum(['plus', 'less', 'divided', 'by', 'now', 'then']),
        value: decimal.nullable(),
      }),
    ),
    builtFrom: builtFrom.optional().meta({ description: 'Absent of what is divided or recorded' }),
    ties: z.array(
      z.object({
        tie: z.string(),
        kind: tieKind,
        state: tieState,
        difference: decimal.optional(),
        note: z.string().optional(),
      }),
    ),
    usedBy: z.array(
      z.object({
        id: z.string().meta({ description: 'A figure, an entry or a tie' }),
        how: z.enum([
          'part of a sum',
          'in a quotient',
          'in a change',
          'part of a total',
          'amount of an entry',
          'in a declared tie',
        ]),
      }),
    ),
  })
  .meta({ id: 'Explanation', description: 'One fact, followed down to its entries and up to its uses' });

export type ExplainDocument = z.infer<typeof explainDocument>;
