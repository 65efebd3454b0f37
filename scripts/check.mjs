/**
 * The checks, the same by hand and in CI: types, lint, format, layers, specs. All run, and all findings show, whichever fails first.
 *
 * With arguments (`npm test -- libs/money -t foots`) only jest runs, with those arguments, and the last line says so.
 */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

/** What the format check reads. */
const formatted = [
  '.ci',
  'scripts',
  'bench',
  'apps',
  'libs/**/*.ts',
  'libs/**/*.tsx',
  'events/**/*.ts',
  'test',
  '*.cjs',
  '*.mjs',
  '*.json',
];

const steps = [
  { name: 'types', program: 'typescript/bin/tsc', args: ['-p', '.'] },
  { name: 'types of the workbench', program: 'typescript/bin/tsc', args: ['-p', 'apps/workbench'] },
  { name: 'lint', program: 'eslint/bin/eslint.js', args: ['.', '--max-warnings=0'] },
  { name: 'layers', program: 'scripts/layers.mjs', args: [] },
  {
    name: 'format',
    program: 'prettier/bin/prettier.cjs',
    args: ['--check', '--log-level=warn', ...formatted],
  },
];

/** Runs the checks in `root` and ends with one line that says what held; the exit code, 0 or 1. */
export async function check(root, args) {
  const failed = args.length > 0 ? [] : await runSteps(root);
  if (!(await runSpecs(root, args))) failed.push('specs');
  const what =
    args.length > 0 ? `specs ${args.join(' ')}` : [...steps.map(({ name }) => name), 'specs'].join(', ');
  const left = args.length > 0 ? ' (nothing else was run)' : '';
  process.stdout.write(
    failed.length === 0
      ? `check: ${what}: all hold${left}\n`
      : `check: FAILED: ${failed.join(', ')}${left}\n`,
  );
  return failed.length === 0 ? 0 : 1;
}

/** Two at a time; each one's output is printed whole when it ends. The names of those that failed. */
async function runSteps(root) {
  const waiting = [...steps];
  const failed = [];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const began = Date.now();
      const { code, output } = await run(root, step, 'pipe');
      process.stderr.write(
        `${output}${step.name}: ${code === 0 ? 'ok' : 'FAILED'} (${((Date.now() - began) / 1000).toFixed(1)} s)\n`,
      );
      if (code !== 0) failed.push(step.name);
    }
  };
  await Promise.all([worker(), worker()]);
  return steps.map(({ name }) => name).filter((name) => failed.includes(name));
}

/** TIEOUT_JEST_JSON names a file for Jest's results: what .ci/run counts. */
async function runSpecs(root, args) {
  const results = process.env.TIEOUT_JEST_JSON;
  const json = results ? ['--json', `--outputFile=${results}`] : [];
  const { code } = await run(
    root,
    { program: 'jest/bin/jest.js', args: ['--ci', '--maxWorkers=2', ...json, ...args] },
    2,
  );
  return code === 0;
}

function run(root, { program, args }, output) {
  const path = program.startsWith('scripts/') ? join(root, program) : programOf(root, program);
  const child = spawn(process.execPath, [path, ...args], { cwd: root, stdio: ['ignore', output, output] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => void (said += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output: said }));
  });
}

/** A program of a package, by path: its package.json is what every package lets one resolve. */
function programOf(root, program) {
  const [name, ...rest] = program.split('/');
  return join(dirname(createRequire(join(root, 'package.json')).resolve(`${name}/package.json`)), ...rest);
}
