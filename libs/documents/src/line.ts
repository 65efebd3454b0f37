/**
 * `tieout.line/1`: a line of a statement by the accounts of the ledger. Detail that is not published: what the accounts say
 * is the replay's alone, and their sum is the published line where that ties.
 */
import * as z from 'zod';
import { decimal } from './money';

export const lineDocument = z
  .object({
    schema: z.literal('tieout.line/1'),
    book: z.string(),
    revision: z.int(),
    basis: z.string(),
    statement: z.string(),
    line: z.string(),
    label: z.string(),
    unit: z.string(),
    decimals: z.int(),
    figures: z.array(z.string().nullable()).meta({ description: 'The fact of each column' }),
    values: z.array(decimal.nullable()).meta({ description: 'As the statement shows the line' }),
    accounts: z
      .array(
        z.object({
          account: z.string(),
          name: z.string(),
          values: z
            .array(decimal.nullable())
            .meta({ description: 'One for each column, signed as the line is' }),
        }),
      )
      .meta({ description: 'In the order of the chart; none of a quotient or of what is recorded' }),
  })
  .meta({ id: 'Line', description: 'A line of a statement by the accounts behind it: not published' });

export type LineDocument = z.infer<typeof lineDocument>;
