/**
 * How long a what-if takes: `npm run -s bench -- what-if [--runs N] [--json]`.
 *
 * From the shell: the whole process, start-up included, on a store that is loaded already, beside a node that does nothing.
 * In a running process: every scenario of the SenseTime book on one prepared base, entries, overlay, changes, invariants and
 * published ties; and a tornado over all drivers and a table of ten levels by ten, on the same base. Medians, in
 * milliseconds.
 */
import { buildSync } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '15' }, json: { type: 'boolean', default: false } },
});
const runs = Number(values.runs);
const folder = mkdtempSync(join(tmpdir(), 'tieout-bench-'));

const median = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

/** One run to its end, in milliseconds. A run that fails is no measurement. */
function timed(args) {
  const began = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}\n${stderr}`);
  return ms;
}

function fromTheShell() {
  const store = ['--store', `sqlite:${join(folder, 'book.db')}`];
  const programs = {
    'node -e 0': ['-e', '0'],
    'tieout whatif NAME': [join(root, 'dist/tieout.cjs'), 'whatif', 'impairment-up-20', ...store],
    'tieout whatif --set --json': [
      join(root, 'dist/tieout.cjs'),
      'whatif',
      '--set',
      'rmb-hkd=0',
      '--json',
      ...store,
    ],
  };
  for (const args of Object.values(programs)) timed(args); // loads the store, and the files into memory
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let run = 0; run < runs; run++)
    for (const [name, args] of Object.entries(programs)) times[name].push(timed(args));
  return Object.entries(times).map(([program, each]) => ({ program, ms: median(each) }));
}

function inProcess() {
  const bundle = join(folder, 'what-if.cjs');
  buildSync({
    stdin: {
      contents:
        "export { baseOf, theBook, whatIf } from './test/support/what-if.ts'; export { tornado, twoWay } from '@tieout/what-if';",
      resolveDir: root,
    },
    ...{ bundle: true, platform: 'node', format: 'cjs', outfile: bundle, logLevel: 'error' },
    define: { __dirname: JSON.stringify(join(root, 'test/support')) },
  });
  const { baseOf, theBook, tornado, twoWay, whatIf } = createRequire(import.meta.url)(bundle);
  const book = theBook();
  const base = baseOf(book);
  let began = performance.now();
  const asked = whatIf(base);
  const prepared = performance.now() - began;
  const times = new Map(book.scenarios.map(({ id }) => [id, []]));
  for (let run = 0; run < runs * 4; run++) {
    for (const scenario of book.scenarios) {
      began = performance.now();
      // Changes and published ties are looked for when asked.
      asked.simulate(scenario).published.differing.length;
      if (run >= runs) times.get(scenario.id).push(performance.now() - began);
    }
  }
  return {
    prepared,
    scenarios: [...times].map(([scenario, each]) => ({ scenario, ms: median(each) })),
    sensitivities: sensitivities(asked, { tornado, twoWay }),
  };
}

/** Every bar is two worlds, every cell one: overlays on one prepared base. */
function sensitivities(asked, { tornado, twoWay }) {
  const figure = 'is.loss@2022H1';
  const parts = Array.from({ length: 10 }, (_, index) => `+${index * 4}%`);
  const table = {
    rows: { driver: 'impairment', levels: parts },
    columns: { driver: 'rmb-hkd', levels: parts },
  };
  const drivers = asked.base.driverBook.drivers.length;
  const questions = {
    [`tornado of ${drivers} drivers`]: () => tornado(asked, figure, '10').bars.length,
    'table of 10 by 10 levels': () => twoWay(asked, figure, table).flat().length,
  };
  return Object.entries(questions).map(([question, ask]) => {
    const times = [];
    for (let run = 0; run < runs * 2; run++) {
      const began = performance.now();
      if (ask() === 0) throw new Error(`${question}: nothing came of it`);
      if (run >= runs) times.push(performance.now() - began);
    }
    return { question, ms: median(times) };
  });
}

try {
  const shell = fromTheShell();
  const { prepared, scenarios, sensitivities: asked } = inProcess();
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ schema: 'tieout.bench-what-if/1', node: process.version, runs, shell, prepared, scenarios, sensitivities: asked })}\n`,
    );
  else {
    const line = (name, ms) => process.stdout.write(`${name.padEnd(36)}${ms.toFixed(1).padStart(8)} ms\n`);
    for (const { program, ms } of shell) line(program, ms);
    line('in process: base prepared, once', prepared);
    for (const { scenario, ms } of scenarios) line(`in process: ${scenario}`, ms);
    for (const { question, ms } of asked) line(`in process: ${question}`, ms);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
