/**
 * Set-up, with a stand-in for npm: when it installs, what environment npm is given, and that two at once make one install.
 *
 * The stand-in is a program at npm_execpath, as npm names itself; it notes each call, and makes node_modules as told.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const scripts = join(__dirname, '../../scripts');
const standIn = `
const { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } = require('node:fs');
const left = Object.keys(process.env).filter((name) => /^(npm_|NODE_ENV|INIT_CWD)/i.test(name));
const call = { args: process.argv.slice(2), environment: Object.fromEntries(left.map((name) => [name, process.env[name]])) };
appendFileSync('calls', JSON.stringify(call) + '\\n');
rmSync('node_modules', { recursive: true, force: true });
mkdirSync('node_modules/leaf', { recursive: true });
if (existsSync('fault')) {
  process.stderr.write(require('node:fs').readFileSync('fault', 'utf8'));
  process.exit(1);
}
setTimeout(() => {
  writeFileSync('node_modules/leaf/package.json', '{}');
  writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/leaf': { version: '1.0.0' } } }));
}, 120);
`;

// Each starts several processes of node: seconds, where the machine is busy.
jest.setTimeout(60_000);

let clone: string;
const at = (path: string): string => join(clone, path);
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'tieout-set-up-'));
  mkdirSync(at('npm'));
  writeFileSync(at('npm/npm-cli.js'), standIn);
  writeFileSync(at('package.json'), '{"name":"clone","workspaces":["libs/*"]}');
  writeLock('1.0.0');
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

function writeLock(version: string): void {
  const packages = {
    '': {},
    'node_modules/leaf': { version },
    'node_modules/elsewhere': { version: '1.0.0', optional: true },
  };
  writeFileSync(at('package-lock.json'), JSON.stringify({ packages }));
}

/** One set-up of the clone's packages in a process of its own, as `npm start` begins with. */
function setUp(environment: Readonly<Record<string, string>> = {}): Promise<{ done: boolean; said: string }> {
  const program = `
    import { setUp } from '${pathToFileURL(join(scripts, 'set-up.mjs')).href}';
    process.stdout.write(String(await setUp(process.cwd(), { build: false })));`;
  const env = { ...process.env, ...environment, npm_execpath: at('npm/npm-cli.js') };
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { cwd: clone, env });
  let answer = '';
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve({ done: answer === 'true', said }));
  });
}

function calls(): readonly { args: readonly string[]; environment: Readonly<Record<string, string>> }[] {
  if (!existsSync(at('calls'))) return [];
  const lines = readFileSync(at('calls'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as ReturnType<typeof calls>[number]);
}

test('the first run installs, the next one does not', async () => {
  expect(await setUp()).toEqual({
    done: true,
    said: 'set-up: installing 2 packages, once (about half a minute)\n',
  });
  expect(await setUp()).toEqual({ done: true, said: '' });
  expect(calls()).toHaveLength(1);
  expect(readdirSync(at('.tieout'))).toEqual([]);
});

test('npm gets development packages whatever the environment says, and learns where to fetch from', async () => {
  const environment = {
    NODE_ENV: 'production',
    npm_config_omit: 'dev',
    npm_config_loglevel: 'silent',
    INIT_CWD: '/',
  };
  await setUp({ ...environment, npm_config_registry: 'https://mirror.test/' });
  const [call] = calls();
  expect(call?.args.slice(0, 2)).toEqual(['ci', '--include=dev']);
  expect(call?.environment.npm_config_registry).toBe('https://mirror.test/');
  for (const name of Object.keys(environment)) expect(call?.environment).not.toHaveProperty(name);
});

test('a changed lockfile, a changed package.json, a new workspace and a missing package each install again', async () => {
  await setUp();
  const changes = [
    () => writeFileSync(at('package-lock.json'), `${readFileSync(at('package-lock.json'), 'utf8')}\n`),
    () => writeFileSync(at('package.json'), '{"name":"clone","workspaces":["libs/*"],"private":true}'),
    () => (mkdirSync(at('libs/new'), { recursive: true }), writeFileSync(at('libs/new/package.json'), '{}')),
    () => rmSync(at('node_modules/leaf'), { recursive: true }),
  ];
  for (const [index, change] of changes.entries()) {
    rmSync(at('node_modules/.package-lock.json')); // else npm's own record is believed
    change();
    expect((await setUp()).done).toBe(true);
    expect(calls()).toHaveLength(index + 2);
  }
});

test('an install that npm finished by hand is taken as it stands; one of another lockfile is not', async () => {
  await setUp();
  rmSync(at('node_modules/.tieout-stamp'));
  expect(await setUp()).toEqual({ done: true, said: '' });
  expect(calls()).toHaveLength(1);
  writeLock('1.0.1');
  await setUp();
  expect(calls()).toHaveLength(2);
});

test('an install that fails leaves no stamp, and says when the network is what was missing', async () => {
  writeFileSync(at('fault'), 'npm error code EAI_AGAIN\n');
  const { done, said } = await setUp();
  expect(done).toBe(false);
  expect(said).toContain(
    'set-up: the package registry could not be reached. The first run needs the network once',
  );
  writeFileSync(at('fault'), 'npm error code EUSAGE\n');
  expect((await setUp()).said).toContain('set-up: npm ci failed (exit code 1)');
  rmSync(at('fault'));
  expect((await setUp()).done).toBe(true);
  expect(calls()).toHaveLength(3);
});

test('two at once: one installs, the other waits for it and says so', async () => {
  const both = await Promise.all([setUp(), setUp()]);
  expect(both.map(({ done }) => done)).toEqual([true, true]);
  expect(calls()).toHaveLength(1);
  expect(both.map(({ said }) => /installing|waiting/.exec(said)?.[0] ?? said).sort()).toEqual([
    'installing',
    'waiting',
  ]);
});

test('the lock of a dead process is taken over at once, one of another host when it has been silent', async () => {
  const lock = at('.tieout/set-up.lock');
  mkdirSync(at('.tieout'));
  const dead = 2 ** 22 + 1; // above the highest process number that Linux gives
  writeFileSync(lock, JSON.stringify({ pid: dead, host: hostname(), child: dead }));
  expect((await setUp()).said).not.toContain('waiting');
  rmSync(at('node_modules'), { recursive: true });
  writeFileSync(lock, JSON.stringify({ pid: process.pid, host: `not-${hostname()}` }));
  const past = new Date(Date.now() - 60_000);
  utimesSync(lock, past, past);
  expect((await setUp()).done).toBe(true);
  expect(calls()).toHaveLength(2);
});

test('npm outlives a killed set-up: its lock holds until npm has ended', async () => {
  const lock = at('.tieout/set-up.lock');
  mkdirSync(at('.tieout'));
  const npm = spawn(process.execPath, ['-e', 'setTimeout(() => 0, 700)']);
  writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), child: npm.pid }));
  const ended = new Promise<number>((resolve) => npm.once('exit', () => resolve(calls().length)));
  const { done } = await setUp();
  expect(await ended).toBe(0);
  expect(done).toBe(true);
});

test('a build is stale after a change of a source, of tsconfig.json or of the lockfile, and not after one of a spec', () => {
  const program = `
    import { buildIsFresh, buildDigest, stampBuild } from '${pathToFileURL(join(scripts, 'stamps.mjs')).href}';
    import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
    const root = process.cwd();
    const write = (path) => writeFileSync(path, String(process.hrtime.bigint()));
    const after = (change, what = 'command') => (
      stampBuild(root, buildDigest(root, undefined, what), what), change(), buildIsFresh(root, undefined, what)
    );
    mkdirSync('libs/money/src', { recursive: true });
    mkdirSync('apps/workbench/src', { recursive: true });
    write('tsconfig.json');
    write('libs/money/src/minor.ts');
    console.log(JSON.stringify({
      nothing: after(() => undefined),
      spec: after(() => write('libs/money/src/minor.spec.ts')),
      source: after(() => write('libs/money/src/minor.ts')),
      removed: after(() => rmSync('libs/money/src/minor.ts')),
      options: after(() => write('tsconfig.json')),
      page: after(() => write('apps/workbench/src/main.tsx')),
      pageOfServer: after(() => write('apps/workbench/src/main.tsx'), 'server'),
      style: after(() => write('apps/workbench/src/main.css'), 'server'),
      lockfile: after(() => write('package-lock.json')),
      unbuilt: after(() => rmSync('dist', { recursive: true })),
    }));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: clone,
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout)).toEqual({
    // The command does not wait for the server's build.
    ...{ nothing: true, spec: true, page: true, pageOfServer: false, style: false },
    ...{ source: false, removed: false, options: false, lockfile: false, unbuilt: false },
  });
});
