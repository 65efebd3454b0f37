/**
 * Documents that only a server has: jobs, and what is known of a write that an earlier process answered.
 */
import * as z from 'zod';

export const jobNames = ['verify', 'replay', 'self-test'] as const;

export type JobName = (typeof jobNames)[number];

export const jobDocument = z
  .object({
    schema: z.literal('tieout.job/1'),
    id: z.string(),
    book: z.string(),
    job: z.enum(jobNames),
    by: z.string().meta({ description: 'Who started it' }),
    state: z.enum(['running', 'done', 'failed']),
    done: z.int().meta({ description: 'Of total; 0 of 0 where the job does not say' }),
    total: z.int(),
    document: z
      .unknown()
      .optional()
      .meta({ description: 'What the command prints with --json, when it has ended' }),
    exit: z.int().optional().meta({ description: "The command's exit code: 0 nothing found, 1 findings" }),
  })
  .meta({ id: 'Job', description: 'Long work, and how far it is' });

export type JobDocument = z.infer<typeof jobDocument>;

export const writtenDocument = z
  .object({
    schema: z.literal('tieout.written/1'),
    written: z.int(),
    events: z.array(z.object({ position: z.int(), event: z.string(), entry: z.string().optional() })),
  })
  .meta({
    id: 'Written',
    description:
      'What stands in the log of a write that is sent again after the server that answered it ended',
  });
