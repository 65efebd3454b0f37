/** The layer check sees what it must refuse: forbidden imports are planted in a small house, and each is named. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const check = join(__dirname, '../../scripts/layers.mjs');

let house: string;
beforeEach(() => (house = mkdtempSync(join(tmpdir(), 'tieout-layers-'))));
afterEach(() => rmSync(house, { recursive: true, force: true }));

/** Writes the files, links the rooms as npm does, and runs the check: its exit code and the lines without the reasons. */
function layersOf(files: Readonly<Record<string, string>>): {
  code: number | null;
  lines: readonly string[];
} {
  const rooms = new Set<string>();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  };
  for (const [path, text] of Object.entries(files)) {
    write(path, text);
    const room = /^(libs\/[^/]+|apps\/[^/]+|events)\//.exec(path)?.[1];
    if (room !== undefined) rooms.add(room);
  }
  mkdirSync(join(house, 'node_modules/@tieout'), { recursive: true });
  for (const room of rooms) {
    const name = `@tieout/${room.split('/').at(-1)}`;
    write(`${room}/package.json`, JSON.stringify({ name, exports: { '.': './index.ts' } }));
    symlinkSync(join(house, room), join(house, 'node_modules', name));
  }
  for (const name of ['@nestjs/common', 'immer', 'decimal.js']) write(`node_modules/${name}/index.js`, '');
  const { status, stdout, stderr } = spawnSync(process.execPath, [check, house], { encoding: 'utf8' });
  return {
    code: status,
    lines: `${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !line.startsWith(' ')),
  };
}

test('allowed imports pass, and are counted', () => {
  const { code, lines } = layersOf({
    'libs/money/index.ts': "import Decimal from 'decimal.js';\nexport const one = new Decimal(1);\n",
    'libs/ledger/index.ts': "import { one } from '@tieout/money';\nexport const two = [one, one];\n",
    'libs/ledger/src/two.spec.ts':
      "import { readFileSync } from 'node:fs';\nimport { one } from '@tieout/money';\nreadFileSync(`${one}`);\n",
    'events/index.ts': "export { createHash } from 'node:crypto';\n",
  });
  expect(lines).toEqual(['layers: 4 modules read, 2 imports between rooms, 0 forbidden']);
  expect(code).toBe(0);
});

test('each forbidden import is named, imports of types too', () => {
  const { code, lines } = layersOf({
    'libs/money/index.ts':
      "import type { cells } from '@tieout/cube';\nexport const one: typeof cells | 1 = 1;\n",
    'libs/cube/index.ts':
      "import { two } from '../ledger/src/two';\nimport { produce } from 'immer';\nexport const cells = [two, produce];\n",
    'libs/ledger/index.ts': "export { two } from './src/two';\n",
    'libs/ledger/src/two.ts':
      "import Decimal from 'decimal.js';\nimport { readFileSync } from 'node:fs';\nexport const two = [Decimal, readFileSync];\n",
    'libs/book/index.ts':
      "import { Injectable } from '@nestjs/common';\nimport { tieout } from '../../apps/cli/src/main';\nexport const book = [Injectable, tieout];\n",
    'libs/attic/index.ts': "import { one } from '@tieout/money';\nexport const lost = one;\n",
    'apps/cli/src/main.ts': "import { nothing } from '@tieout/nowhere';\nexport const tieout = nothing;\n",
  });
  const imports = lines.slice(0, -1).map((line) => line.replace(/node_modules\/(.*)\/index\.js$/, '$1'));
  expect(imports.sort()).toEqual([
    'book-imports: libs/book/index.ts imports apps/cli/src/main.ts',
    'by-index-only: libs/cube/index.ts imports libs/ledger/src/two.ts',
    'core-is-pure: libs/cube/index.ts imports immer',
    'core-without-files: libs/ledger/src/two.ts imports fs',
    'decimals-in-money: libs/ledger/src/two.ts imports decimal.js',
    'money-imports: libs/money/index.ts imports libs/cube/index.ts',
    'nest-in-projections-and-apps: libs/book/index.ts imports @nestjs/common',
    'nest-in-projections-and-apps: libs/cube/index.ts imports immer',
    'nobody-imports-apps: libs/book/index.ts imports apps/cli/src/main.ts',
    'resolves: apps/cli/src/main.ts imports @tieout/nowhere',
    'unknown-room: libs/attic/index.ts imports libs/money/index.ts',
  ]);
  expect(code).toBe(1);
});

test('a check that read nothing fails', () => {
  const { code, lines } = layersOf({});
  expect(lines.at(-1)).toBe('layers: nothing was read, so nothing was checked');
  expect(code).toBe(1);
});
