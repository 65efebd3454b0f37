/**
 * `tieout.statement/1`: one statement, replayed.
 *
 * A statement is one table, or several of the same shape (a matrix has one for each period); `lines` holds the lines of
 * all of them one after the other, and `tables` says how many of them are each table's.
 */
import * as z from 'zod';
import { decimal } from './money';
import { figureState } from './state';

export const statementLine = z.object({
  id: z.string(),
  label: z.string(),
  note: z.string().nullable().meta({ description: 'The note that the line refers to' }),
  values: z.array(decimal.nullable()).meta({ description: 'One for each column; null where there is none' }),
  style: z.enum(['heading', 'line', 'subtotal', 'total']),
  unit: z.string(),
  decimals: z.int().meta({ description: 'Places after the point that the statement prints' }),
  figures: z.array(z.string().nullable()).meta({ description: 'The fact behind each value' }),
  states: z.array(figureState.nullable()).meta({
    description: 'Of each value that this statement publishes: what came of holding it against the replay',
  }),
  change: z.string().optional().meta({
    description: 'How much larger or smaller than the comparative, computed; n/m where the sign flips',
    example: '(14.3)%',
  }),
  table: z.string().optional().meta({ description: 'The table of the statement, where it has several' }),
});

const column = z.object({
  label: z.string(),
  audit: z.string().meta({ description: 'unaudited, where the period of the column is' }),
  period: z.string().meta({ description: 'The id of the period', example: '2022H1' }),
});

const table = z.object({
  title: z.string().nullable(),
  columns: z.array(column),
  lines: z.int().meta({ description: 'How many of the lines are of this table' }),
});

export const statementDocument = z
  .object({
    schema: z.literal('tieout.statement/1'),
    id: z.string(),
    title: z.string(),
    entity: z.string(),
    heading: z.string().meta({ example: 'Six months ended 30 June' }),
    when: z.string().meta({
      description: 'What time its columns are of',
      example: 'Six months ended 30 June 2022 and 2021',
    }),
    shape: z.enum(['periods', 'dates', 'matrix']).meta({
      description: 'Flows by period, balances by day, or amounts by class or component of equity',
    }),
    book: z.string(),
    unit: z.string(),
    revision: z.int(),
    basis: z.string().meta({ description: 'What the figures stand on: reconstructed entries' }),
    columns: z.array(z.string()),
    audit: z.array(z.string().nullable()),
    tables: z.array(table),
    lines: z.array(statementLine),
    undisclosed: z.string().optional().meta({ description: 'Why a value is not known, where one is not' }),
  })
  .meta({ id: 'Statement', description: 'One statement, both columns, replayed from the log' });

export type StatementDocument = z.infer<typeof statementDocument>;
export type StatementTable = z.infer<typeof table>;
export type StatementLine = z.infer<typeof statementLine>;
