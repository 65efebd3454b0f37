/**
 * What a reader waits for, in bytes on the wire: the JavaScript of the first screen, and the CSS of all of them. And
 * that the page needs nothing that a policy without `unsafe-*` forbids.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = join(__dirname, '../..');
const built = mkdtempSync(join(tmpdir(), 'tieout-workbench-'));
const limit = { js: 110 * 1024, css: 14 * 1024 };

beforeAll(() => {
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', built, '--emptyOutDir'],
    { cwd: join(root, 'apps/workbench'), stdio: 'pipe' },
  );
}, 120_000);
afterAll(() => rmSync(built, { recursive: true, force: true }));

const read = (path: string): string => readFileSync(join(built, path), 'utf8');
const zipped = (paths: Iterable<string>): number =>
  [...paths].reduce((sum, path) => sum + gzipSync(read(path), { level: 9 }).length, 0);

/** A module and all that it imports before it runs. What it imports later (`import(…)`) is not in it. */
function withImports(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const [, , name = ''] of read(path).matchAll(/\b(from|import)\s*["']\.\/([^"']+\.js)["']/g))
    withImports(`assets/${name}`, seen);
  return seen;
}

/** The scripts that index.html names, with their imports. */
const entries = (): string[] =>
  [...read('index.html').matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);

/** The first screen is the statements: its own chunk comes with the first load. */
const firstLoad = (): Set<string> => {
  const seen = new Set<string>();
  const statements = readdirSync(join(built, 'assets')).filter((name) => /^statements-.*\.js$/.test(name));
  expect(statements).toHaveLength(1);
  for (const path of [...entries(), ...statements.map((name) => `assets/${name}`)]) withImports(path, seen);
  return seen;
};

test('the JavaScript of the first screen is at most 110 KiB', () => {
  expect(entries()).not.toEqual([]);
  const size = zipped(firstLoad());
  // React alone is half of it: less would mean that nothing was found to measure.
  expect(size).toBeGreaterThan(50 * 1024);
  expect(size).toBeLessThanOrEqual(limit.js);
});

test('all CSS is at most 14 KiB', () => {
  const sheets = readdirSync(join(built, 'assets')).filter((name) => name.endsWith('.css'));
  expect(sheets).not.toEqual([]);
  const size = zipped(sheets.map((name) => `assets/${name}`));
  expect(size).toBeGreaterThan(2 * 1024);
  expect(size).toBeLessThanOrEqual(limit.css);
});

test('the page holds no script and no style of its own', () => {
  const page = read('index.html');
  expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
  expect([...page.matchAll(/<script[^>]*>([^<]*)<\/script>/g)].map(([, code]) => code)).toEqual(['']);
  expect(page).not.toMatch(/https?:\/\//);
});
