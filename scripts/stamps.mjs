/**
 * Whether the installed packages and the built command are those of the files at hand.
 *
 * Two stamps, each written last by the step that it vouches for, so a step cut short leaves none:
 * `node_modules/.tieout-stamp` (digest, then the name of each package that it made) and
 * `dist/.tieout-stamp` (digest). Read on every start, hence plain synchronous reads and no package.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const installStamp = (root) => join(root, 'node_modules', '.tieout-stamp');
/** What is built, each when it is due: its stamp, and the folders of its sources. */
const builds = {
  command: { stamp: '.tieout-stamp', folders: ['apps/cli', 'events', 'libs', 'scripts'] },
  server: {
    stamp: '.tieout-server-stamp',
    folders: ['apps/server', 'apps/workbench', 'events', 'libs', 'scripts'],
  },
};

const buildStamp = (root, what) => join(root, 'dist', builds[what].stamp);

/** The folders that hold a package.json: the root and the workspaces that it declares (`libs/*` or a plain folder). */
export function packageFolders(root) {
  const { workspaces = [] } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folders = workspaces.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const parent = pattern.slice(0, -2);
    if (!existsSync(join(root, parent))) return [];
    return readdirSync(join(root, parent))
      .sort()
      .map((name) => `${parent}/${name}`);
  });
  return ['.', ...folders.filter((folder) => existsSync(join(root, folder, 'package.json')))];
}

/** What an install depends on: the lockfile, every package.json, and the machine that native packages are for. */
export function installDigest(root) {
  const hash = createHash('sha256');
  hash.update(`${process.platform} ${process.arch} abi ${process.versions.modules}\n`);
  hash.update(readFileSync(join(root, 'package-lock.json')));
  for (const folder of packageFolders(root))
    hash.update(folder).update(readFileSync(join(root, folder, 'package.json')));
  return hash.digest('hex');
}

/** A good install is one with this digest, and with every package that it made still there (by name: 400 files are not opened). */
export function installIsFresh(root, digest = installDigest(root)) {
  const [stamped, ...names] = readLines(installStamp(root));
  if (stamped !== digest) return false;
  const present = new Set(packageNames(root));
  return names.every((name) => present.has(name));
}

export function stampInstall(root, digest) {
  writeFileSync(installStamp(root), [digest, ...packageNames(root), ''].join('\n'));
}

function packageNames(root) {
  const modules = join(root, 'node_modules');
  return readdirSync(modules).flatMap((name) => {
    if (name.startsWith('.')) return [];
    return name.startsWith('@')
      ? readdirSync(join(modules, name)).map((scoped) => `${name}/${scoped}`)
      : [name];
  });
}

/** What a build depends on: the sources by path, size and time of change; the install; this node, whose V8 made the code cache. */
export function buildDigest(root, install = installDigest(root), what = 'command') {
  const sources = builds[what].folders.flatMap((folder) => sourcesIn(root, folder));
  const states = [...sources, 'tsconfig.json'].map((path) => {
    const { mtimeMs, size } = statSync(`${root}/${path}`);
    return `${path} ${mtimeMs} ${size}\n`;
  });
  return createHash('sha256')
    .update(`${install} ${process.version}\n${states.join('')}`)
    .digest('hex');
}

export function buildIsFresh(root, install = installDigest(root), what = 'command') {
  const [stamped] = readLines(buildStamp(root, what));
  return stamped === buildDigest(root, install, what);
}

export function stampBuild(root, digest, what = 'command') {
  mkdirSync(dirname(buildStamp(root, what)), { recursive: true });
  writeFileSync(buildStamp(root, what), `${digest}\n`);
}

export const forgetInstall = (root) => rmSync(installStamp(root), { force: true });
export const forgetBuild = (root, what = 'command') => rmSync(buildStamp(root, what), { force: true });

function sourcesIn(root, folder) {
  if (!existsSync(`${root}/${folder}`)) return [];
  return readdirSync(`${root}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourcesIn(root, path);
    return /\.([cm]?[jt]sx?|json|css|html|svg)$/.test(path) && !/\.spec\.tsx?$/.test(path) ? [path] : [];
  });
}

function readLines(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}
