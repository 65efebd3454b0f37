/**
 * A session on a bundled book in memory, in this process: what the command and the server ask, asked directly.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeSession, openSession, replayed, type Axes, type Host, type Session } from '@tieout/answers';

const books = join(__dirname, '../../books');

const silent = (cwd: string): Host => ({
  cwd,
  books,
  tell: () => undefined,
  progress: () => ({ step: () => undefined, done: () => undefined }),
});

const made: string[] = [];
const open: Session[] = [];
const beside: Session[] = [];

/** A folder of its own, removed after the spec file. */
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tieout-answers-'));
  made.push(path);
  return path;
}

/** The book loaded into memory; with `change`, a copy of it of which one file says something else. */
export async function sessionOn(
  book: string,
  change?: { readonly file: string; readonly from: RegExp; readonly to: string },
): Promise<Session> {
  const cwd = folder();
  const own = join(cwd, book);
  if (change) {
    cpSync(join(books, book), own, { recursive: true });
    const path = join(own, change.file);
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, before.replace(change.from, change.to));
    expect(readFileSync(path, 'utf8')).not.toBe(before);
  }
  const session = await openSession({ book: change ? own : book, store: 'memory:' }, silent(cwd));
  open.push(session);
  return session;
}

/** The same ledger along other axes, or as it stands now. */
export async function asOf(session: Session, axes: Axes = {}): Promise<Session> {
  const other = await replayed(session, axes);
  beside.push(other);
  return other;
}

afterAll(async () => {
  for (const { projections } of beside) await projections.close();
  for (const session of open) await closeSession(session);
  for (const path of made) rmSync(path, { recursive: true, force: true });
});
