/**
 * `tieout serve` as a user runs it: the built command on a free port over a store of its own, which is a copy of the
 * book's first load. What one spec file writes no other sees.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { inRoot, loadedFolder, senseTime, tieout } from '../support/command';

export interface Served {
  readonly folder: string;
  readonly url: string;
  /** Ends it, and waits for that. */
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();

beforeAll(() => {
  const build = spawnSync(process.execPath, [inRoot('scripts/run.mjs'), 'build'], { encoding: 'utf8' });
  expect({ code: build.status, said: build.status === 0 ? '' : build.stderr }).toEqual({ code: 0, said: '' });
}, 240_000);

afterAll(async () => {
  for (const child of running) await ended(child);
});

async function ended(child: ChildProcess): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
}

/** Serves the book of `folder`; on `port`, for who was there before and comes back. */
export async function serve(folder: string, { book = senseTime, port = '0' } = {}): Promise<Served> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(
    process.execPath,
    [inRoot('dist/tieout.cjs'), '-b', book, 'serve', '--port', port, '--log', 'silent'],
    { cwd: folder, env: { PATH, HOME, TIEOUT_ACTOR: 'keyboard' } },
  );
  running.add(child);
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      const [, at] = / at (http:\/\/\S+) /.exec(said) ?? [];
      if (at !== undefined) resolve(at);
    });
    child.once('close', (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
  });
  return { folder, url, stop: () => ended(child) };
}

/** The book loaded into a folder of its own, and served. */
export const serveBook = async (book = senseTime): Promise<Served> =>
  serve(await loadedFolder(book), { book });

/** The address of a screen: `/b/BOOK/PATH`. */
export const screenAt = (path: string, book = senseTime): string => `/b/${book}/${path}`;

/** The token of somebody new. */
export async function tokenFor(folder: string, name: string, roles: string): Promise<string> {
  const { code, out, err } = await tieout(folder, ['token', 'add', name, '--role', roles]);
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
  return out.trim();
}

/** The screens that the workbench registers, in the order of its navigation: a screen that is there is tried. */
export const screens: readonly string[] = [
  ...readFileSync(inRoot('apps/workbench/src/screens/index.ts'), 'utf8').matchAll(
    /^ {2}'?([\w-]+)'?: \{ title: /gm,
  ),
].map(([, name = '']) => name);
