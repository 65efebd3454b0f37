/**
 * The tokens' file: beside the store, readable by its owner only, replaced whole.
 *
 * A server looks at the file's time of change before each request, so a token that is revoked opens nothing from the next
 * request on, and nothing has to be started again.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { keptToken, type KeptToken } from './token';

/** NOTE stored format. */
const tokenFile = z.strictObject({ schema: z.literal('tieout.tokens/1'), tokens: z.array(keptToken) });

/** The tokens in a file; none where there is no file. Throws an `Error` that says what is wrong with one that is not readable. */
export function readTokens(file: string): readonly KeptToken[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    read = undefined;
  }
  const checked = tokenFile.safeParse(read);
  if (!checked.success) throw new Error(`${file} is no file of tokens`);
  return checked.data.tokens;
}

export function writeTokens(file: string, tokens: readonly KeptToken[]): void {
  mkdirSync(dirname(file), { recursive: true });
  const made = `${file}.${process.pid}`;
  writeFileSync(made, `${JSON.stringify({ schema: 'tieout.tokens/1', tokens }, undefined, 2)}\n`, {
    mode: 0o600,
  });
  renameSync(made, file);
}

/** The tokens of a file as they are now: read again only where the file changed. */
export function watchTokens(file: string): () => readonly KeptToken[] {
  let [seen, tokens]: [string | undefined, readonly KeptToken[]] = [undefined, []];
  return () => {
    const now = stateOf(file);
    if (now !== seen) [seen, tokens] = [now, now === '' ? [] : readTokens(file)];
    return tokens;
  };
}

function stateOf(file: string): string {
  const state = statSync(file, { throwIfNoEntry: false });
  return state ? `${state.ino} ${state.mtimeMs} ${state.size}` : '';
}
