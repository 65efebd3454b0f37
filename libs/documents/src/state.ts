/**
 * The states of a figure and of a tie, as they stand in documents: always a word, never a colour or a sign alone.
 */
import * as z from 'zod';

/** From the worst to the best; what could not be tested stands outside the order, at the end. */
export const figureState = z
  .enum(['does-not-tie', 'explained', 'repaired', 'within-rounding', 'ties', 'untested'])
  .meta({ id: 'FigureState', description: 'What came of holding a published figure', example: 'ties' });

export type FigureState = z.infer<typeof figureState>;
