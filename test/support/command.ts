/**
 * The built command, run as a user runs it: in a folder of its own, with what it said on stdout, on stderr, and its
 * exit code. Nothing is stubbed.
 *
 * Invariant: what is run is what the sources say now. The build is brought up to date once per run of jest, and what a
 * book's first use makes is made once per run and copied.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const built = join(root, 'dist/tieout.cjs');

/** A file of this repository. */
export const inRoot = (...path: readonly string[]): string => join(root, ...path);

/** The folder of a bundled book. */
export const bookFolder = (id: string): string => inRoot('books', id);

export const senseTime = 'sensetime-2022-interim';
export const cornerShop = 'corner-shop';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  /** Environment beside what a process cannot do without: no CI, NO_COLOR or terminal of whoever runs the specs. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input: nothing when absent. */
  readonly input?: string;
}

/**
 * The command lives for a second or two here, which V8 would half spend on optimising code that then never runs again:
 * without, it says the same for two thirds of the processor time. TIEOUT_FULL=1 leaves it as users have it.
 */
const brief = process.env['TIEOUT_FULL'] === '1' ? [] : ['--no-opt'];

/** Runs `tieout ARGS…` in `folder`. */
export function tieout(
  folder: string,
  args: readonly string[],
  { env = {}, input = '' }: Surroundings = {},
): Promise<Ended> {
  const { PATH = '', HOME = '', TMPDIR = tmpdir() } = process.env;
  const child = spawn(process.execPath, [...brief, built, ...args], {
    cwd: folder,
    env: { PATH, HOME, TMPDIR, TIEOUT_ACTOR: 'tester', ...env },
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said.out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said.err += chunk));
  child.stdin.on('error', () => undefined); // A command that reads none may have ended.
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
}

/** Runs it, sees it end with 0 and say nothing else than data, and reads the one JSON document that it prints. */
export async function tieoutJson<Document>(folder: string, args: readonly string[]): Promise<Document> {
  const ended = await tieout(folder, [...args, '--json', '--quiet']);
  expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: '' });
  return JSON.parse(ended.out) as Document;
}

const made: string[] = [];

/** An empty folder, removed after the spec file. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-e2e-'));
  made.push(folder);
  return folder;
}

/** Makes `name` in the folder that all spec files of this run of jest share, if none of them has; its path. */
async function madeOnce(name: string, make: (folder: string) => Promise<unknown>): Promise<string> {
  const shared = join(process.env['TIEOUT_RUN_FOLDER'] ?? '', name);
  if (existsSync(shared)) return shared;
  const folder = emptyFolder();
  await make(folder);
  try {
    renameSync(folder, shared);
  } catch (error) {
    // Another spec file was quicker: what it made is the same.
    if (!existsSync(shared)) throw error;
  }
  return shared;
}

/** A folder with the book's store as its first use makes it. */
export async function loadedFolder(book = senseTime): Promise<string> {
  const loaded = await madeOnce(book, async (folder) => {
    const { code, err } = await tieout(folder, ['-b', book, 'tb']);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^Loaded \d+ events/) as string });
  });
  const folder = emptyFolder();
  cpSync(join(loaded, '.tieout'), join(folder, '.tieout'), { recursive: true });
  return folder;
}

/** A process takes seconds on a busy machine, and a test starts up to thirty of them. */
jest.setTimeout(180_000);

beforeAll(async () => {
  await madeOnce('built', async () => {
    const build = spawnSync(process.execPath, [inRoot('scripts/run.mjs'), 'build', 'command'], {
      encoding: 'utf8',
    });
    expect({ code: build.status, said: build.status === 0 ? '' : build.stderr }).toEqual({
      code: 0,
      said: '',
    });
  });
}, 120_000);

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});
