/**
 * `tieout.tick/1`: a source document with a state beside every number, prose too. The document is the user's: what was found
 * of it is here, and nothing of its text but the numbers and the labels of the book's own rows.
 */
import * as z from 'zod';
import { decimal } from './money';
import { figureState } from './state';

/** What was found of a number: held against a figure or a claim, or why it is not. */
export const tokenState = z.enum([
  'tied',
  'claim-tied',
  'differs',
  'repaired',
  'ghost',
  'smeared',
  'claim-untied',
  'label',
  'untested',
]);

/** The mark beside a number: the state of its figure, or what the scan did to it. */
export const markName = z
  .enum([...figureState.options, 'differs', 'ghost', 'smeared', 'claim-untied', 'label'])
  .meta({ id: 'Mark', description: 'The mark that a number of the document carries' });

export const tickedNumber = z.object({
  line: z.int().meta({ description: 'From 1' }),
  column: z.int().meta({ description: 'From 1, in UTF-16 units of the line' }),
  text: z.string(),
  state: tokenState,
  mark: markName,
  figure: z.string().optional(),
  claim: z.string().optional(),
  figureState: figureState.optional(),
  reason: z.string(),
  why: z.string().optional().meta({ description: 'The tie that decides, where it does not tie' }),
});

/** A cell of a table as repaired. */
export const repairedCell = z.object({
  figure: z.string(),
  text: z.string().meta({ description: 'As printed' }),
  published: decimal,
  mark: markName,
  inferred: z.boolean().meta({ description: 'Not in the document as it stands: put back' }),
});

export const repairedTable = z.object({
  table: z.string(),
  statement: z.string(),
  title: z.string(),
  heading: z.string(),
  unit: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.object({ label: z.string(), style: z.string(), cells: z.array(repairedCell.nullable()) })),
});

const stateCounts = z.record(tokenState, z.int());

export const tickDocument = z
  .object({
    schema: z.literal('tieout.tick/1'),
    book: z.string(),
    revision: z.int(),
    document: z.object({ name: z.string(), sha256: z.string(), lines: z.int() }),
    result: z.enum(['ties', 'findings']),
    findings: z.int(),
    counts: z.object({ all: stateCounts, tables: stateCounts, prose: stateCounts }),
    marks: z.partialRecord(markName, z.int()),
    numbers: z.array(tickedNumber),
    restored: z
      .array(
        z.object({
          line: z.int(),
          figure: z.string(),
          published: decimal,
          because: z.string().optional(),
        }),
      )
      .meta({ description: 'Cells that the scan lost, by the line where they should stand' }),
    notFound: z
      .array(z.string())
      .meta({ description: 'Figures of the book that the document does not show' }),
    claimsNotFound: z.array(z.string()),
    runs: z
      .array(z.object({ from: z.int(), to: z.int(), tables: z.array(repairedTable) }))
      .meta({ description: 'Lines that tables take up, and the tables as they should read there' }),
  })
  .meta({ id: 'Ticks', description: 'A document with a state beside every number' });

export type MarkName = z.infer<typeof markName>;
export type TickedNumberDocument = z.infer<typeof tickedNumber>;
export type RepairedTable = z.infer<typeof repairedTable>;
export type TickDocument = z.infer<typeof tickDocument>;
