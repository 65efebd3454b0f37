#!/usr/bin/env node
/**
 * What `npm start`, `npm test`, `npm run check|build|bench` run: set-up that is due, then the work itself.
 *
 * A fresh clone needs no other step. npm's pre- hooks are not used, because they do not run under
 * `ignore-scripts=true`. Narration goes to stderr: stdout belongs to the command's data, so that
 * `npm -s start -- figures --json` prints one JSON document and nothing else.
 *
 * Invariant: when nothing is due, this file costs the command two digests and no child process.
 */
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIsFresh, installDigest, installIsFresh } from './stamps.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [verb = '', ...args] = process.argv.slice(2);

/** Neither "a finding" (1) nor any other code of the command: the command did not run. sysexits EX_UNAVAILABLE. */
const setUpFailed = 69;

const verbs = {
  start: () => startCommand(args),
  test: async () => (await import('./check.mjs')).check(root, args),
  check: async () => (await import('./check.mjs')).check(root, args),
  build: async () => 0,
  bench: async () => runBench(args),
};

const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
if (!run) {
  process.stderr.write(`usage: node scripts/run.mjs ${Object.keys(verbs).join('|')} [ARGUMENTS]\n`);
  process.exitCode = 2;
} else if (await ready()) {
  const code = await run();
  if (code !== undefined) process.exitCode = code;
} else {
  process.exitCode = setUpFailed;
}

/** Whether the packages and the command stand ready, and the server where it is asked for, after doing what was due. */
async function ready() {
  const digest = installDigest(root);
  const server = needsServer();
  const due = !installIsFresh(root, digest) || !buildIsFresh(root, digest);
  if (!due && !(server && !buildIsFresh(root, digest, 'server'))) return true;
  const { setUp } = await import('./set-up.mjs');
  return setUp(root, { server });
}

/**
 * `build` builds all, `build command` the command alone; of the command's words only `serve` and `export html`
 * need the server, and of the specs some: those start it with the command that a user has.
 */
function needsServer() {
  if (verb === 'build') return args[0] !== 'command';
  if (verb === 'test' || verb === 'check') return true;
  const asked = args.includes('serve') || (args.includes('export') && args.includes('html'));
  return (verb === 'start' && asked) || (verb === 'bench' && args[0] === 'server');
}

/**
 * The command runs in this process: a second node would add 50 ms to every statement printed, and there
 * would be signals and an exit code to hand on, and an orphan when this process is killed.
 */
function startCommand(argv) {
  const command = join(root, 'dist', 'tieout.cjs');
  // npm starts scripts in the package's folder; the user's own folder is where `.tieout/` and FILE arguments are.
  const from = process.env.INIT_CWD;
  if (from && process.cwd() === root && existsSync(from) && statSync(from).isDirectory()) process.chdir(from);
  process.argv = [process.argv[0], command, ...argv];
  createRequire(import.meta.url)(command);
  return undefined; // the command sets its own exit code
}

async function runBench([name, ...rest]) {
  const { spawnSync } = await import('node:child_process');
  const { readdirSync } = await import('node:fs');
  const known = readdirSync(join(root, 'bench')).flatMap((file) =>
    file.endsWith('.mjs') ? [file.slice(0, -4)] : [],
  );
  if (!name || !known.includes(name)) {
    process.stderr.write(`usage: npm run -s bench -- NAME, where NAME is one of: ${known.join(', ')}\n`);
    return 2;
  }
  const ended = spawnSync(process.execPath, [join(root, 'bench', `${name}.mjs`), ...rest], {
    cwd: root,
    stdio: 'inherit',
  });
  return ended.status ?? 1;
}
