/**
 * `tieout.source/1`: the numbers of the source document by line, as the book read them, each with its state. The sentences
 * around them are not the book's, and are not here.
 */
import * as z from 'zod';
import { basis } from './figures';
import { decimal } from './money';
import { figureState } from './state';

export const sourceNumber = z.object({
  figure: z.string().meta({ description: 'A figure of a table, or a claim of the prose' }),
  fact: z.string().nullable().meta({ description: 'Null of a claim that nothing in the document reaches' }),
  statement: z.string().meta({ description: '`prose` for the numbers of sentences' }),
  label: z.string(),
  column: z.string(),
  text: z.string().meta({ description: 'As printed; empty where the scan lost it' }),
  unit: z.string(),
  published: decimal,
  replayed: decimal.nullable(),
  state: figureState,
  basis,
  reading: z.enum(['printed', 'nil', 'below-unit', 'repaired']),
  because: z.string().optional().meta({ description: 'Equations that give a repaired reading' }),
  note: z.string().optional().meta({ description: 'Why it does not tie, or is not tested' }),
});

export const sourceDocument = z
  .object({
    schema: z.literal('tieout.source/1'),
    book: z.string(),
    revision: z.int(),
    document: z
      .object({ title: z.string(), sha256: z.string().optional() })
      .nullable()
      .meta({ description: 'The document that the book reconstructs, where it says so' }),
    lines: z.array(
      z.object({
        line: z.int().meta({ description: 'From 1; 0 for prints whose line is not known' }),
        statement: z.string(),
        title: z.string(),
        numbers: z.array(sourceNumber),
      }),
    ),
  })
  .meta({ id: 'Source', description: 'The numbers of the source document by line, with their states' });

export type SourceNumber = z.infer<typeof sourceNumber>;
export type SourceDocument = z.infer<typeof sourceDocument>;
