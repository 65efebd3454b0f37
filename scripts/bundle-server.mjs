/**
 * Builds what `tieout serve` needs beside the command: dist/tieout-server.cjs, the server with the code of the house in it,
 * and dist/workbench, the pages. Packages stay in node_modules: a server starts once, and its start is not what one waits for.
 */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Bundled although they are packages: ES modules that a CommonJS file cannot require on every Node that is supported. */
const bundled = /^(@tieout\/|d3-)/;

/** Builds both in `root`/dist; false, with the tool's own messages said, where one does not build. */
export async function bundleServer(root, say) {
  const outfile = join(root, 'dist', 'tieout-server.cjs');
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['apps/server/src/main.ts'],
    bundle: true,
    outfile: `${outfile}.new`,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    jsx: 'automatic',
    legalComments: 'none',
    plugins: [
      {
        name: 'packages-stay',
        setup({ onResolve }) {
          onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' || bundled.test(path) ? undefined : { path, external: true },
          );
        },
      },
    ],
    logLevel: 'warning',
  }).catch((error) => void say(`the server does not build: ${error.message.split('\n')[0]}`));
  if (!result) return false;
  renameSync(`${outfile}.new`, outfile);
  return buildWorkbench(root, say);
}

function buildWorkbench(root, say) {
  const folder = join(root, 'apps', 'workbench');
  if (!existsSync(join(folder, 'index.html'))) return true;
  const vite = join(
    dirname(createRequire(join(root, 'package.json')).resolve('vite/package.json')),
    'bin/vite.js',
  );
  const { status, stderr, stdout } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status === 0) return true;
  say(`the workbench does not build:\n${stdout}${stderr}`);
  return false;
}
