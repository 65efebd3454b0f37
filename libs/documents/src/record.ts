/**
 * `tieout.record/1`: the reproducibility record, and what came of verifying one. The record's own hash is over its canonical
 * bytes (RFC 8785) without `sha256`; it says what it does not show in the same breath as what it does.
 */
import * as z from 'zod';
import { coverageCounts } from './check';
import { basis } from './figures';
import { decimal } from './money';
import { figureState } from './state';
import { explanation, tieKind, tieState } from './ties';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal');
const onBasis = z.object({
  total: z.int(),
  'cross-checked': z.int(),
  'self-supporting': z.int(),
  rounded: z.int(),
});
const found = z.enum(['over-determined', 'determined', 'undetermined']);
const repair = z.object({ found, equations: z.array(z.string()), restsOn: z.array(z.string()) });
const decided = z.object({ actor: z.string(), recordedAt: z.string(), reason: z.string() });

const remarkableFigure = z.object({
  id: z.string(),
  fact: z.string(),
  state: figureState,
  label: z.string(),
  statement: z.string(),
  unit: z.string(),
  published: decimal,
  text: z.string(),
  sourceLine: z.int(),
  reading: z.string(),
  replayed: decimal.optional(),
  difference: decimal.optional(),
  note: z.string().optional(),
  basis,
  because: z.string().optional(),
  repair: repair.optional(),
  confirmation: decided.optional(),
  ties: z.array(z.string()),
});

const remarkableTie = z.object({
  id: z.string(),
  kind: tieKind,
  state: tieState,
  about: z.array(z.string()),
  equation: z.string().optional(),
  unit: z.string().optional(),
  why: z.string().optional(),
  left: decimal.optional(),
  right: decimal.optional(),
  difference: decimal.optional(),
  note: z.string().optional(),
  explanation: decided.extend({ cause: z.string() }).optional(),
  causes: z.array(z.object({ name: z.string(), text: z.string() })).optional(),
});

export const recordDocument = z
  .object({
    schema: z.literal('tieout.record/1'),
    result: z.enum(['findings', 'no-findings']),
    tool: z.object({ name: z.string(), version: z.string() }),
    book: z.object({
      id: z.string(),
      entity: z.string(),
      title: z.string(),
      sha256: hash,
      files: z.array(z.object({ path: z.string(), sha256: hash })),
    }),
    source: z.object({ title: z.string(), sha256: z.string().optional() }).optional(),
    columns: z.array(
      z.object({
        period: z.string(),
        label: z.string(),
        from: z.string(),
        to: z.string(),
        audit: z.string(),
      }),
    ),
    log: z.object({ length: z.int(), head: z.string(), entries: z.int() }),
    figures: z.object({
      total: z.int(),
      states: z.partialRecord(figureState, onBasis),
      remarkable: z.array(remarkableFigure).meta({ description: 'Those that do not plainly tie, in full' }),
    }),
    ties: z.object({
      total: z.int(),
      kinds: z.record(tieKind, z.partialRecord(tieState, z.int())),
      remarkable: z.array(remarkableTie),
    }),
    coverage: coverageCounts,
    waiting: z.array(repair.extend({ figure: z.string() })),
    stale: z.array(explanation.extend({ found: z.string() })),
    shown: z.string(),
    notShown: z.array(z.string()),
    reproduce: z.array(z.string()),
    sha256: hash,
  })
  .meta({
    id: 'Record',
    description: 'What was held against what, what came of it, and how anyone finds the same',
  });

export const recordVerificationDocument = z
  .object({
    schema: z.literal('tieout.record-verification/1'),
    result: z.enum(['equal', 'differs']),
    differences: z.array(
      z.object({
        path: z.string().meta({ description: 'A JSON pointer; lists of named things by name' }),
        recorded: z.string().nullable(),
        found: z.string().nullable(),
      }),
    ),
    notes: z.array(z.string()),
  })
  .meta({ id: 'RecordVerification', description: 'Where a record, and what is derived now, differ' });

export type RecordDocument = z.infer<typeof recordDocument>;
export type RecordVerificationDocument = z.infer<typeof recordVerificationDocument>;
