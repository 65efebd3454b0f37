/**
 * Builds the `tieout` command: apps/cli/src/main.ts and all that it imports, as one file with its compiled code beside it.
 *
 *     dist/tieout.cjs               the loader, what one runs; it names the two files below
 *     dist/tieout-1a2b3c4d5e6f.cjs    the bundle, and
 *     dist/tieout-1a2b3c4d5e6f.cache  V8's code for it: it takes a third off the time to the first statement
 *
 * V8 checks a code cache against the length of its source only, hence the digest in both names: the rename of the loader
 * changes both at once, for starts that run meanwhile too. The loader does without a cache that is missing or of another V8.
 */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Loaded from node_modules when the command asks for them: native binaries, WebAssembly, and what Nest looks for and does without. */
const external = [
  '@kurrent/*',
  '@libsql/*',
  '@nestjs/microservices',
  '@nestjs/microservices/*',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  '@nestjs/websockets/*',
  'class-transformer',
  'class-transformer/*',
  'class-validator',
  'highs', // beside its .wasm, which it reads from its own folder
];

/** Builds `root`/dist and fills the code cache; false, with esbuild's own messages said, when the sources do not build. */
export async function bundle(root, say) {
  const dist = join(root, 'dist');
  mkdirSync(dist, { recursive: true });
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['apps/cli/src/main.ts'],
    bundle: true,
    write: false,
    outfile: join(dist, 'tieout.cjs'),
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Lines and names stay as written, for stack traces: minified, the start is no faster.
    charset: 'ascii',
    legalComments: 'none',
    // A script from a code cache has no host for `import()`; what is lazy is CommonJS here.
    supported: { 'dynamic-import': false },
    external,
    plugins: [lighterStart(root)],
    logLevel: 'warning',
  }).catch((error) => void say(`the command does not build: ${error.message.split('\n')[0]}`));
  if (!result) return false;
  // The loader reads bytes as characters; esbuild leaves other than ASCII in comments. An escape means the same wherever it stands.
  const source = result.outputFiles[0].text.replace(
    /[^\x00-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const name = `tieout-${createHash('sha256').update(`${process.version} ${source}`).digest('hex').slice(0, 12)}`;
  const command = join(dist, 'tieout.cjs');
  const before = existsSync(command)
    ? /tieout-[0-9a-f]{12}/.exec(readFileSync(command, 'utf8'))?.[0]
    : undefined;
  writeWhole(join(dist, `${name}.cjs`), source);
  writeWhole(command, loader(name));
  fillCodeCache(root, command, join(dist, `${name}.cache`), say);
  // The build before this one stays: a start that has just read its loader is about to read it.
  const kept = new Set([name, before]);
  for (const file of readdirSync(dist)) {
    const built = /^(tieout-[0-9a-f]{12})\./.exec(file)?.[1];
    if (built && !kept.has(built)) rmSync(join(dist, file), { force: true });
  }
  return true;
}

const loader = (name) => `#!/usr/bin/env node
'use strict';
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');
const filename = __dirname + '/${name}.cjs';
// Joined here, not in the file: text as read stays outside V8's heap, and compiling from there takes 10 ms more.
const source = '(function (exports, require, module, __filename, __dirname) {' + readFileSync(filename, 'latin1') + '\\n})';
let cachedData;
try { cachedData = readFileSync(__dirname + '/${name}.cache'); } catch { /* none: V8 compiles the source */ }
const script = new Script(source, { filename, cachedData });
const bundled = { exports: {} };
script.runInThisContext()(bundled.exports, require, bundled, filename, __dirname);
module.exports = script;
`;

/** Prints one statement twice from a store of its own: the first loads the book, the second is what the cache is to speed up. */
function fillCodeCache(root, command, cache, say) {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-build-'));
  const args = ['is', '--store', `sqlite:${join(folder, 'book.db')}`];
  const run = (...program) =>
    spawnSync(process.execPath, [...program, ...args], { cwd: folder, encoding: 'utf8' });
  run(command);
  const { status, stderr } = run(join(root, 'scripts/warm-up.cjs'), command, `${cache}.new`);
  rmSync(folder, { recursive: true, force: true });
  // A run that was refused (a book with an error in it) has loaded the command all the same: its cache holds most of the code.
  if (existsSync(`${cache}.new`)) renameSync(`${cache}.new`, cache);
  if (status !== 0)
    say(`every start will be slower than it could: tieout is ended with ${status}: ${stderr.split('\n')[0]}`);
}

/**
 * Four changes to packages, each for time that every start would pay. Where a package no longer reads as expected its own
 * code stands, and the start is slower.
 */
function lighterStart(root) {
  const target = createRequire(join(root, 'package.json'))('@neon-rs/load').currentTarget();
  return {
    name: 'lighter-start',
    setup({ onLoad, onResolve }) {
      // libsql asks for the platform at every load, by a diagnostic report that looks up network interfaces too. It is known here.
      onResolve({ filter: /^(@neon-rs\/load|detect-libc)$/ }, ({ path }) => ({
        path,
        namespace: 'platform',
      }));
      onLoad({ filter: /load$/, namespace: 'platform' }, () => ({
        contents: `exports.currentTarget = () => '${target}'`,
      }));
      onLoad({ filter: /libc$/, namespace: 'platform' }, () => ({
        contents: 'exports.familySync = () => undefined',
      }));
      // Nest's loggers make a date format when they are loaded, which loads ICU's data.
      onLoad({ filter: /@nestjs\/common\/services\/[a-z-]*logger\.service\.js$/ }, ({ path }) => ({
        contents: readFileSync(path, 'utf8').replace(
          /const dateTimeFormatter = (new Intl\.DateTimeFormat\([^;]*\));/,
          'const dateTimeFormatter = { format: (at) => $1.format(at) };',
        ),
      }));
      // zod's messages in fifty languages.
      onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, ({ path }) => ({
        contents: 'export { default as en } from "./en.js";',
        resolveDir: dirname(path),
      }));
    },
  };
}

function writeWhole(file, text) {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
