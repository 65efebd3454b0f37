/**
 * How long one statement takes from the shell: `npm run -s bench -- start-up [--runs N] [--json]`.
 *
 * The whole process is timed, on a store that is loaded already, beside a node that does nothing; the programs take turns, so
 * that what else the machine does falls on all of them. Medians, in milliseconds, and the ratio to the empty node.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '31' }, json: { type: 'boolean', default: false } },
});
const runs = Number(values.runs);

const folder = mkdtempSync(join(tmpdir(), 'tieout-bench-'));
const statement = ['is', '--store', `sqlite:${join(folder, 'book.db')}`];
const programs = {
  'node -e 0': ['-e', '0'],
  'tieout is': [join(root, 'dist/tieout.cjs'), ...statement],
  'run.mjs start is': [join(root, 'scripts/run.mjs'), 'start', ...statement],
};

/** One run to its end, in milliseconds. A run that fails is no measurement. */
function timed(args) {
  const began = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}\n${stderr}`);
  return ms;
}

function median(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[(runs - 1) >> 1] + sorted[runs >> 1]) / 2;
}

try {
  for (const args of Object.values(programs)) timed(args); // loads the store, and the files into memory
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let run = 0; run < runs; run++)
    for (const [name, args] of Object.entries(programs)) times[name].push(timed(args));
  const empty = median(times['node -e 0']);
  const results = Object.entries(times).map(([program, each]) => ({
    program,
    ms: median(each),
    ratio: median(each) / empty,
  }));
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ schema: 'tieout.bench-start-up/1', node: process.version, runs, results })}\n`,
    );
  else
    for (const { program, ms, ratio } of results)
      process.stdout.write(
        `${program.padEnd(18)}${ms.toFixed(1).padStart(8)} ms${ratio.toFixed(2).padStart(8)} x\n`,
      );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
