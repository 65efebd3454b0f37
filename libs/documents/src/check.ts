/**
 * `tieout.check/1`: do the figures tie? Counts, coverage and findings; and `tieout.coverage/1`, statement by kind of tie.
 */
import * as z from 'zod';
import { printedAt } from './figures';
import { decimal } from './money';
import { figureState } from './state';
import { explanation, tieKind, tieState } from './ties';

/** A side of a finding: its amount, and the print or the prints that it is made of, or that it is replayed. */
export const findingSide = z.object({
  value: decimal,
  replayed: z.literal(true).optional(),
  figure: z.string().optional(),
  published: decimal.optional(),
  unit: z.string().optional(),
  source: printedAt.optional(),
  figures: z.array(z.string()).optional(),
});

export const finding = z
  .object({
    tie: z
      .string()
      .meta({ description: 'The tie; of kind `repair` the figure, of `explanation` the subject' }),
    kind: z.enum([...tieKind.options, 'repair', 'explanation']),
    state: tieState,
    subject: z.string().meta({ description: 'The figure that is in question' }),
    unit: z.string().optional(),
    left: findingSide.optional(),
    right: findingSide.optional(),
    difference: decimal.optional().meta({ description: 'Left less right' }),
    cause: z.string().optional().meta({ description: 'The most probable cause', example: 'rounding-plug' }),
    because: z.string().optional(),
    entry: z.string().optional().meta({ description: 'The entry that is suspected' }),
    candidates: z.array(z.object({ cause: z.string(), because: z.string() })).optional(),
    explanation: explanation.optional(),
    note: z.string().optional(),
  })
  .meta({ id: 'Finding', description: 'What a check found, with its probable cause' });

export const tieCounts = z.object({
  ties: z.int(),
  withinRounding: z.int(),
  repaired: z.int(),
  doesNotTie: z.int(),
  explained: z.int(),
  notRun: z.int(),
  total: z.int(),
});

export const coverageCounts = z.object({
  figures: z.int(),
  facts: z.int(),
  crossChecked: z.int(),
  selfSupporting: z.int(),
  rounded: z.int(),
  untested: z.int(),
  rank: z.int().meta({ description: 'Of the facts as linear forms of the postings' }),
  redundancy: z.int().meta({ description: 'Equations beyond the rank: what could have contradicted' }),
});

export const planted = z.object({
  kind: z.enum(['figures', 'prose', 'pairs', 'rectangles', 'labels', 'entries']),
  planted: z.int(),
  noticed: z.int(),
  blind: z.array(z.string()).meta({ description: 'What no tie noticed' }),
});

export const checkDocument = z
  .object({
    schema: z.literal('tieout.check/1'),
    result: z.enum(['ties', 'fails']),
    counts: tieCounts,
    coverage: coverageCounts,
    findings: z.array(finding),
    selfTest: z.array(planted).optional(),
  })
  .meta({ id: 'Check', description: 'All ties run: counts, coverage and findings' });

/** Of a statement, what ties of one kind look at. */
export const coverageCell = z.object({
  kind: tieKind,
  figures: z.int().meta({ description: 'Figures of the statement that a tie of this kind looks at' }),
  ticked: z
    .int()
    .meta({ description: 'Of these, the ones that no tie of this kind contradicts, and one holds' }),
  ties: z.int(),
  worst: tieState,
});

export const coverageDocument = z
  .object({
    schema: z.literal('tieout.coverage/1'),
    book: z.string(),
    revision: z.int(),
    counts: coverageCounts,
    statements: z.array(
      z.object({
        id: z.string().meta({ description: '`prose` for the numbers of sentences' }),
        title: z.string(),
        figures: z.int(),
        tested: z.int(),
        crossChecked: z.int(),
        worst: figureState,
        kinds: z
          .array(coverageCell)
          .meta({ description: 'Kinds that look at none of its figures are left out' }),
      }),
    ),
  })
  .meta({ id: 'Coverage', description: 'Statement by kind of tie: how many figures, how many ticked' });

export type CheckDocument = z.infer<typeof checkDocument>;
export type FindingDocument = z.infer<typeof finding>;
export type FindingSide = z.infer<typeof findingSide>;
export type CoverageDocument = z.infer<typeof coverageDocument>;
