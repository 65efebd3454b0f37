#!/usr/bin/env node
/**
 * The layer check: `node scripts/layers.mjs [ROOT]` reads every import between the rooms and holds it against
 * .dependency-cruiser.cjs. It says how much it read, and fails when that is nothing: a check that reads no file finds no
 * fault, and once printed a tick for it.
 */
import { cruise } from 'dependency-cruiser';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const house = dirname(dirname(fileURLToPath(import.meta.url)));
const root = resolve(process.argv[2] ?? house);
const { forbidden, options } = createRequire(import.meta.url)(join(house, '.dependency-cruiser.cjs'));
const rooms = ['events', 'libs', 'apps', 'test', 'bench'].filter((folder) => existsSync(join(root, folder)));

const { output } = await cruise(rooms, { ...options, baseDir: root, ruleSet: { forbidden }, validate: true });
const read = output.modules.filter(
  ({ source, followable }) =>
    followable !== false && /\.([cm]?[jt]s|tsx)$/.test(source) && !source.includes('node_modules'),
);
const room = (path) => /^(libs|apps)\/[^/]+|^[^/]+/.exec(path)?.[0];
const across = read.flatMap(({ source, dependencies }) =>
  dependencies.filter(
    ({ resolved }) => /^(events|libs|apps)\//.test(resolved) && room(resolved) !== room(source),
  ),
);
const breaks = output.summary.violations;

for (const { rule, from, to } of breaks) {
  const why = forbidden.find(({ name }) => name === rule.name)?.comment ?? '';
  process.stdout.write(`${rule.name}: ${from} imports ${to}\n    ${why}\n`);
}
process.stdout.write(
  `layers: ${read.length} modules read, ${across.length} imports between rooms, ${breaks.length} forbidden\n`,
);
if (read.length === 0 || across.length === 0) {
  process.stdout.write('layers: nothing was read, so nothing was checked\n');
  process.exitCode = 1;
}
if (breaks.length > 0) process.exitCode = 1;
