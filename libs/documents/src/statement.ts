/**
 * `tieout.statement/1`: one statement, replayed.
 */
import * as z from 'zod';
import { decimal } from './money';

export const statementLine = z.object({
  id: z.string(),
  label: z.string(),
  note: z.string().nullable().meta({ description: 'The note that the line refers to' }),
  values: z.array(decimal.nullable()).meta({ description: 'One for each column; null where there is none' }),
  style: z.string().meta({ description: 'heading, line, subtotal or total' }),
  unit: z.string(),
  figures: z.array(z.string().nullable()).meta({ description: 'The fact behind each value' }),
  table: z.string().optional().meta({ description: 'The table of the statement, where it has several' }),
});

export const statementDocument = z
  .object({
    schema: z.literal('tieout.statement/1'),
    id: z.string(),
    title: z.string(),
    book: z.string(),
    unit: z.string(),
    revision: z.int(),
    basis: z.string().meta({ description: 'What the figures stand on: reconstructed entries' }),
    columns: z.array(z.string()),
    audit: z.array(z.string().nullable()),
    lines: z.array(statementLine),
  })
  .meta({ id: 'Statement', description: 'One statement, both columns, replayed from the log' });

export type StatementDocument = z.infer<typeof statementDocument>;
