/**
 * Set-up: the packages of the lockfile, then the built command, then the server where it is asked for. Each only when it
 * is due, one process at a time.
 *
 * Works with a half-made node_modules, under `ignore-scripts=true`, with a changed lockfile, and beside another
 * set-up of the same clone. Invariant: a stamp is removed before its step begins and written after it is seen good.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { withLock } from './lock.mjs';
import {
  buildDigest,
  buildIsFresh,
  forgetBuild,
  forgetInstall,
  installDigest,
  installIsFresh,
  stampBuild,
  stampInstall,
} from './stamps.mjs';

const say = (line) => process.stderr.write(`set-up: ${line}\n`);

/** Packages that load a native binary: an install for another platform has the folders and fails here. */
const native = ['libsql', '@swc/core', 'esbuild'];

/** Does what is due in `root`; whether all of it succeeded. `build: false` stops after the packages; `server`: what `serve` needs, too. */
export async function setUp(root, { build = true, server = false } = {}) {
  const lock = join(root, '.tieout', 'set-up.lock');
  const waiting = ({ pid, host }) =>
    say(`waiting for another set-up of this clone (process ${pid} on ${host}; lock ${lock})`);
  return withLock(lock, waiting, async (guard) => {
    if (!installIsFresh(root) && !(await install(root, guard))) return false;
    if (!build) return true;
    if (!buildIsFresh(root) && !(await built(root, 'command'))) return false;
    return !server || buildIsFresh(root, undefined, 'server') || built(root, 'server');
  });
}

async function install(root, guard) {
  // The digest is of the files as they are now: a lockfile that changes meanwhile makes the next start install again.
  const digest = installDigest(root);
  forgetInstall(root);
  if (installedByNpm(root) && whyNotLoading(root) === undefined) {
    stampInstall(root, digest);
    return true;
  }
  const count = Object.keys(lockedPackages(root, 'package-lock.json')).length;
  say(`installing ${count} packages, once (about half a minute)`);
  const npm = spawn(...npmCi(root));
  let said = '';
  npm.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-20_000);
    process.stderr.write(chunk);
  });
  const code = await guard(npm);
  if (code !== 0) {
    say(isNetwork(said) ? offline : `npm ci failed (exit code ${code}); what it said stands above`);
    return false;
  }
  const broken = whyNotLoading(root);
  if (broken !== undefined) {
    say(`the packages are installed, but ${broken}`);
    return false;
  }
  stampInstall(root, digest);
  return true;
}

async function built(root, what) {
  const digest = buildDigest(root, undefined, what);
  forgetBuild(root, what);
  say(what === 'command' ? 'building the command' : 'building the server and the workbench');
  const build =
    what === 'command'
      ? (await import('./bundle.mjs')).bundle
      : (await import('./bundle-server.mjs')).bundleServer;
  if (!(await build(root, say))) return false;
  stampBuild(root, digest, what);
  return true;
}

/** `npm ci` made by hand counts as well: npm's own record of a finished install names every package of the lockfile. */
function installedByNpm(root) {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const installed = lockedPackages(root, 'node_modules/.package-lock.json');
  const present = ([folder, { version, optional }]) =>
    installed[folder]
      ? installed[folder].version === version && existsSync(join(root, folder, 'package.json'))
      : optional;
  return Object.entries(lockedPackages(root, 'package-lock.json')).every(present);
}

/** The lock's entries that stand in node_modules, workspace links included. */
function lockedPackages(root, file) {
  const { packages } = JSON.parse(readFileSync(join(root, file), 'utf8'));
  return Object.fromEntries(
    Object.entries(packages).filter(([folder]) => folder.startsWith('node_modules/')),
  );
}

function whyNotLoading(root) {
  const locked = lockedPackages(root, 'package-lock.json');
  const names = native.filter((name) => locked[`node_modules/${name}`]);
  if (names.length === 0) return undefined;
  const program = `for (const name of ${JSON.stringify(names)}) require(name)`;
  const tried = spawnSync(process.execPath, ['-e', program], { cwd: root, encoding: 'utf8' });
  if (tried.status === 0) return undefined;
  return `a native one does not load on ${process.platform} ${process.arch}: ${/^\w*Error: .*$/m.exec(tried.stderr)?.[0] ?? tried.stderr}`;
}

/**
 * The npm that runs us, else the one on PATH. Its environment must not be ours: `npm -s start` hands down
 * npm_config_loglevel=silent, `npm_config_omit=dev` or NODE_ENV=production would leave out the compiler.
 * Where packages come from stays: a registry or proxy may be known from the environment only.
 */
function npmCi(root) {
  // npm's own pauses between tries make a machine without network wait for more than a minute to hear of it.
  const retries = ['--fetch-retries=3', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=8000'];
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error', ...retries];
  const where =
    /^npm_config_(registry|cache|userconfig|globalconfig|(https?_)?proxy|noproxy|ca|cafile|strict_ssl|offline|prefer_offline|@.*|\/\/.*)$/i;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => where.test(name) || !/^(npm_.*|NODE_ENV|INIT_CWD)$/i.test(name),
    ),
  );
  const options = { cwd: root, env, stdio: ['ignore', 2, 'pipe'] };
  const execpath = process.env.npm_execpath ?? '';
  return basename(execpath) === 'npm-cli.js' && existsSync(execpath)
    ? [process.execPath, [execpath, ...flags], options]
    : ['npm', flags, options];
}

const isNetwork = (text) =>
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b/.test(
    text,
  );
const offline =
  'the package registry could not be reached. The first run needs the network once, or an npm cache that holds the packages; run the same command again when there is one';
