/**
 * `tieout.bridge/1`: the way of a figure from one amount to another, step by step, and whether it arrives.
 */
import * as z from 'zod';
import { decimal } from './money';

const end = z.object({
  label: z.string().meta({ description: 'The column, or the line, that the amount stands in' }),
  fact: z.string(),
  value: decimal,
});

export const bridgeDocument = z
  .object({
    schema: z.literal('tieout.bridge/1'),
    id: z.enum(['profit', 'equity', 'cash']),
    statement: z.string(),
    label: z.string(),
    unit: z.string(),
    revision: z.int(),
    basis: z.string(),
    from: end,
    to: end,
    steps: z.array(
      z.object({
        label: z.string(),
        facts: z
          .array(z.string())
          .meta({ description: 'The facts that the step is made of, the later first' }),
        change: decimal,
      }),
    ),
    closes: z
      .boolean()
      .meta({ description: 'The steps lead from the first amount to the last, to the last minor unit' }),
    difference: decimal.meta({ description: 'What they miss it by' }),
  })
  .meta({
    id: 'Bridge',
    description: 'What a figure changed by, from period to period or from opening to closing',
  });

export type BridgeDocument = z.infer<typeof bridgeDocument>;
