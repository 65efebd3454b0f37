/**
 * The book that a session works on: found by folder or name, and kept compiled between sessions.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { bookFromJson, bookToJson, hashBookFiles, readBook, type Book } from '@tieout/book';
import type { Host } from './session';

/** A book without its seed journal, which only loading and a few questions need. */
export type BookInUse = Omit<Book, 'journal'>;

export const defaultBook = 'sensetime-2022-interim';

/** A folder, or the name of a bundled book. */
export function bookFolder(asked: string | undefined, { cwd, books }: Pick<Host, 'cwd' | 'books'>): string {
  if (asked === undefined) return join(books, defaultBook);
  const folder = resolve(cwd, asked);
  if (existsSync(join(folder, 'book.yaml'))) return folder;
  const bundled = join(books, asked);
  if (/^[\w-]+$/.test(asked) && existsSync(join(bundled, 'book.yaml'))) return bundled;
  return folder;
}

/**
 * The book of a folder. What was read and found sound is kept, compiled, beside the store under the hashes of its files,
 * so that only a changed book is read again: a cache, and no more.
 */
export function openBook(folder: string, cacheFolder: string | undefined): BookInUse {
  if (cacheFolder === undefined) return readBook(folder);
  const files = hashBookFiles(folder);
  const key = createHash('sha256')
    .update(JSON.stringify([toolVersion(), files]))
    .digest('hex');
  const cache = join(cacheFolder, `${basename(folder)}.book`);
  const kept = existsSync(cache) ? readFileSync(cache, 'utf8') : '';
  if (kept.startsWith(key)) return bookFromJson(kept.slice(key.length));
  const book = readBook(folder);
  try {
    mkdirSync(cacheFolder, { recursive: true });
    const made = `${cache}.${process.pid}`;
    writeFileSync(made, key + bookToJson({ ...book, journal: [] }));
    renameSync(made, cache);
  } catch {
    // A folder that cannot be written: the store will say so where it matters.
  }
  return book;
}

/** A compiled book is only as good as the program that compiled it: the program's own size and time stand for it. */
function toolVersion(): string {
  const { size, mtimeMs } = statSync(process.argv[1] ?? __filename);
  return `${size}.${mtimeMs}`;
}
