/** A document of JSON to a file, or to standard output where none is named. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { refuse } from '@tieout/events';
import type { Io } from '../io';

/** `said`: what is told of a file that was written. Refuses (E602) a file that cannot be. */
export function writeDocument(io: Io, out: string | undefined, document: unknown, said: string): void {
  const text = JSON.stringify(document, undefined, 2);
  if (out === undefined || out === '-') {
    io.print(text);
    return;
  }
  const file = resolve(io.cwd, out);
  try {
    writeFileSync(file, `${text}\n`);
  } catch (error) {
    refuse('E602', `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      help: 'name another file with -o',
    });
  }
  io.tell(`${said}, written to ${file}`);
}
