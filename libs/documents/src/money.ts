/**
 * How amounts stand in documents: decimal strings in the unit beside them, never numbers.
 */
import * as z from 'zod';

/** `-1415343`, `0.32`: plain digits, no grouping, signed as it is printed. */
export const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, 'a decimal number in plain digits')
  .meta({ description: 'A decimal number in plain digits, signed as printed', example: '-481300' });
