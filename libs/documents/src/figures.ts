/**
 * The published figures: what was printed, what the replay gives, and whether the two agree. `tieout figures --json` is the
 * list; scripts rely on these keys and their order.
 */
import * as z from 'zod';
import { decimal } from './money';
import { figureState } from './state';

/** Where a print stands in the source document: its line, from 1 (0 where it has none), and its digits as printed. */
export const printedAt = z
  .object({ line: z.int(), text: z.string() })
  .meta({ description: 'Line of the source document, and the print as it stands there' });

export const basis = z.enum(['cross-checked', 'self-supporting', 'rounded']).meta({
  id: 'Basis',
  description:
    'cross-checked: could not be changed alone without a contradiction; self-supporting: the entries could absorb any change of it; rounded: printed coarser than the entries, or a quotient',
});

export const figureDocument = z
  .object({
    id: z.string(),
    fact: z
      .string()
      .meta({ description: 'What the number says; a fact printed three times is three figures' }),
    statement: z.string(),
    label: z.string(),
    column: z.string(),
    period: z.string(),
    unit: z.string().meta({ description: 'The unit that it is printed in' }),
    published: decimal,
    replayed: decimal.nullable().meta({ description: 'What the entries give, unrounded, in the same unit' }),
    state: figureState,
    basis,
    source: printedAt,
    entries: z.int().meta({ description: 'Entries with a posting in it' }),
  })
  .meta({
    id: 'Figure',
    description: 'One print of a fact, held against the replay',
    example: {
      id: 'mda.is.revenue@2022H1',
      fact: 'is.revenue@2022H1',
      statement: 'mda-income-statement',
      label: 'Revenue',
      column: '2022',
      period: '2022H1',
      unit: "RMB'000",
      published: '1415343',
      replayed: '1415343',
      state: 'ties',
      basis: 'cross-checked',
      source: { line: 139, text: '1,415,343' },
      entries: 4,
    },
  });

export const figuresDocument = z
  .array(figureDocument)
  .meta({ id: 'Figures', description: 'Every published figure of the book' });

export type FigureDocument = z.infer<typeof figureDocument>;
export type FiguresDocument = z.infer<typeof figuresDocument>;
