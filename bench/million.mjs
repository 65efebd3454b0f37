/**
 * A ledger of a million entries, beside other engines on the same entries:
 * `npm run -s bench -- million [--entries N] [--runs N] [--hledger] [--beancount] [--folder DIR] [--json]`.
 *
 * The SenseTime book is exploded into a simulated ledger and loaded; its journal is exported; then every program works on
 * the same entries in the same run, in turns, each in a fresh process with the files in memory:
 *
 *     rebuild      tieout is, its snapshots removed: every statement from the sealed postings of the log
 *     snapshot     tieout is, as a user meets it
 *     ledger bal   reads the exported journal and sums it; hledger bal and bean-check where they are asked for
 *     verify       every hash, rule and balance from the stored text of the events; on one core, and as it runs
 *     what-if      the command; and in a running process, on a prepared base
 *     posts        durable, one by one, beside bare commits of the same bytes
 *
 * Medians. A ratio says how many times longer Ledger takes. What fails ends the run: it is no measurement.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, release, tmpdir, totalmem, type } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundledCommand, posts, whatIfs } from './measuring/in-process.mjs';
import { inTurns, isInstalled, measured } from './measuring/process.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '5' },
    posts: { type: 'string', default: '2000' },
    hledger: { type: 'boolean', default: false },
    beancount: { type: 'boolean', default: false },
    folder: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [entries, runs] = [Number(values.entries), Number(values.runs)];
const folder = values.folder ? resolve(values.folder) : mkdtempSync(join(tmpdir(), 'tieout-bench-'));
mkdirSync(folder, { recursive: true });

const tell = (text) => process.stderr.write(`${text}\n`);
const file = join(folder, 'million.db');
const store = ['--store', `sqlite:${file}`];
const command = join(root, 'dist/tieout.cjs');
const quiet = { folder, env: { TIEOUT_ACTOR: 'bench' } };
const tieout = (...args) => measured(process.execPath, [command, ...args, '-q', ...store], quiet);
const engine = (name, ...args) => measured(name, args, { folder, env: { LC_ALL: 'C.UTF-8' } });

/** What statements are rebuilt from is the log and its sealed pages: not what was folded before. */
function withoutSnapshots() {
  const Database = createRequire(join(root, 'package.json'))('libsql');
  const db = new Database(file);
  db.exec('DELETE FROM snapshots');
  db.close();
}

async function main() {
  if (!(await isInstalled('ledger', folder)))
    throw new Error('ledger is not installed: it is what is compared with (apt-get install ledger)');
  if (existsSync(file)) throw new Error(`${file} is there already: a run makes its own`);
  tell(`loading ${entries.toLocaleString('en')} entries`);
  const load = await tieout('simulate', '--entries', String(entries), '--seed', '1');
  const journals = { ledger: 'million.ledger', hledger: 'million.hledger', beancount: 'million.beancount' };
  const engines = [
    'ledger',
    ...(values.hledger ? ['hledger'] : []),
    ...(values.beancount ? ['beancount'] : []),
  ];
  for (const format of engines) {
    tell(`exporting for ${format}`);
    await tieout('export', format, '-o', journals[format]);
  }

  tell(`running in turns, ${runs} times`);
  const oneCore = (await isInstalled('taskset', folder)) && availableParallelism() > 1;
  const programs = {
    'tieout is, rebuilt': () => (withoutSnapshots(), tieout('is')),
    'tieout is, from its snapshot': () => tieout('is'),
    'tieout verify': () => tieout('verify'),
    ...(oneCore
      ? {
          'tieout verify, one core': () =>
            measured('taskset', ['-c', '0', process.execPath, command, 'verify', '-q', ...store], quiet),
        }
      : {}),
    'tieout whatif': () => tieout('whatif', 'impairment-up-20'),
    'ledger bal': () => engine('ledger', '-f', journals.ledger, 'bal'),
    ...(values.hledger ? { 'hledger bal': () => engine('hledger', '-f', journals.hledger, 'bal') } : {}),
    ...(values.beancount ? { 'bean-check': () => engine('bean-check', journals.beancount) } : {}),
  };
  await programs['tieout is, from its snapshot'](); // The files into memory.
  const results = await inTurns(programs, runs);

  tell('in a running process');
  const rooms = await bundledCommand(root, folder);
  const asked = await whatIfs(rooms, store[1], Math.max(runs, 5));
  const single = await posts(rooms, store[1], folder, Number(values.posts));

  const beside = results['ledger bal'].ms;
  const ratio = (name) => (results[name] ? beside / results[name].ms : undefined);
  const document = {
    schema: 'tieout.bench-million/1',
    entries,
    rebuildVsLedger: ratio('tieout is, rebuilt'),
    verifyVsLedger: ratio('tieout verify'),
    verifyOneCoreVsLedger: ratio('tieout verify, one core'),
    whatIfMs: asked.slowest,
    loadPerSecond: (entries * 1000) / load.ms,
    ...single,
    peakMiB: results['tieout is, rebuilt'].peakMiB,
    loadPeakMiB: load.peakMiB,
    storeBytes: statSync(file).size,
    whatIf: asked,
    results: Object.entries(results).map(([program, each]) => ({
      program,
      ...each,
      ratio: beside / each.ms,
    })),
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memoryMiB: Math.round(totalmem() / 2 ** 20),
      system: `${type()} ${release()}`,
      node: process.version,
    },
    runs,
  };
  if (values.json) process.stdout.write(`${JSON.stringify(document)}\n`);
  else process.stdout.write(table(document));
}

function table(document) {
  const { machine, whatIf } = document;
  const number = (value, places = 0) =>
    value === undefined
      ? 'not known'
      : value.toLocaleString('en', { minimumFractionDigits: places, maximumFractionDigits: places });
  const line = (name, value, unit, rest = '') =>
    `${name.padEnd(40)}${value.padStart(12)} ${unit.padEnd(6)}${rest}\n`;
  return [
    `${number(document.entries)} entries, ${number(document.storeBytes / document.entries)} bytes each in the store\n`,
    `${machine.processor}, ${machine.cores} cores, ${number(machine.memoryMiB)} MiB, ${machine.system}, Node ${machine.node}\n\n`,
    ...document.results.map(({ program, ms, peakMiB, ratio }) =>
      line(program, number(ms), 'ms', `${number(peakMiB).padStart(8)} MiB${number(ratio, 1).padStart(10)} x`),
    ),
    '\n',
    line(
      'load, with everything',
      number(document.loadPerSecond),
      '/s',
      `${number(document.loadPeakMiB).padStart(8)} MiB`,
    ),
    line('what-if: base prepared, once', number(whatIf.prepared, 1), 'ms'),
    line('what-if in process, a scenario', number(whatIf.scenarios, 1), 'ms'),
    line('what-if in process, the slowest one', number(whatIf.slowest, 1), 'ms'),
    line('what-if in process, one entry more', number(whatIf.oneEntry, 1), 'ms'),
    line('durable posts', number(document.postPerSecond), '/s'),
    line('bare commits of the same bytes', number(document.rawCommitsPerSecond), '/s'),
  ].join('');
}

try {
  await main();
} finally {
  if (!values.folder) rmSync(folder, { recursive: true, force: true });
}
