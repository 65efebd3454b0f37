/** A JSON document from a file, held against its schema: what another run of the command wrote, or should have. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { refuse } from '@tieout/events';
import type * as z from 'zod';
import type { Io } from './io';

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export interface Wanted<Document> {
  readonly schema: z.ZodType<Document>;
  /** What it should be, as in "FILE is no record". */
  readonly kind: string;
  /** What writes one. */
  readonly help: string;
}

/** Refuses (E101) a file that cannot be read, and (E107) one that is not such a document. */
export function readDocument<Document>(
  io: Io,
  name: string,
  { schema, kind, help }: Wanted<Document>,
): Document {
  const file = resolve(io.cwd, name);
  const none = (why: string): never => refuse('E107', `${file} is no ${kind}: ${why}`, { help });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return refuse('E101', `${file} cannot be read: ${said(error)}`);
  }
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    return none(said(error));
  }
  const parsed = schema.safeParse(read);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return none([issue?.path.join('.'), issue?.message].filter(Boolean).join(' '));
}
