/**
 * The file of a part of a fold: canonical JSON on one line, so that equal parts are equal files.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { canonical, refuse } from '@tieout/events';
import { partFromJson, partToJson, type FoldedPart, type Named } from '@tieout/projections';
import * as z from 'zod';
import type { Io } from './io';
import { readDocument } from './read-document';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 hash in hex');
const position = z.number().int().nonnegative();
const document = z.strictObject({
  schema: z.literal('tieout.fold/1'),
  book: z.string(),
  basis: hash,
  log: z.strictObject({ length: position, head: hash }),
  unjudged: z.record(z.string(), position),
  cube: z.strictObject({
    axes: z.strictObject({
      account: z.literal(true),
      movement: z.literal(true),
      day: z.union([z.literal(true), z.array(z.string())]),
      dimensions: z.literal('all'),
    }),
    coverage: z.array(
      z.tuple([z.string(), z.array(z.strictObject({ from: position, until: position, sign: z.literal(1) }))]),
    ),
    cells: z.array(
      z.strictObject({
        account: z.string(),
        movement: z.string(),
        day: z.string(),
        unit: z.string(),
        dimensions: z.record(z.string(), z.string()),
        minor: z.string().regex(/^-?\d+$/, 'a whole number of minor units'),
        count: position,
      }),
    ),
  }),
  sha256: hash,
});

/** Refuses (E101) a file that cannot be read, and (E107) one that is no part, or was changed. */
export function readPart(io: Io, name: string): Named {
  const help = 'tieout fold -o FILE writes one';
  const part = partFromJson(readDocument(io, name, { schema: document, kind: 'part of a fold', help }));
  if (part) return { name, part };
  return refuse(
    'E107',
    `${resolve(io.cwd, name)} is not what was written: its hash, coverage or balance does not hold`,
    {
      help: 'fold that share again',
    },
  );
}

/** To a file, or to standard output. Refuses (E602) a file that cannot be written. */
export function writePart(io: Io, out: string, part: FoldedPart): void {
  const text = `${canonical(partToJson(part))}\n`;
  if (out === '-') return io.write(text);
  const file = resolve(io.cwd, out);
  try {
    writeFileSync(file, text);
  } catch (error) {
    refuse('E602', `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      help: 'name another file with -o',
    });
  }
}
