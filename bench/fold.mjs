/**
 * Does a second thread pay for the fold of sealed pages? `npm run -s bench -- fold --store FILE [--runs N] [--json]`.
 *
 * The pages of a store (made by `tieout simulate`) are read, opened (the hash is checked) and summed on one thread, and on
 * two that share them. Beside the time by the clock stands the time that each thread was on a core, as Linux counts it: on
 * a machine that does other things, too, only that says what a second core could save. Medians, in milliseconds.
 */
import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { median } from './measuring/process.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    store: { type: 'string' },
    runs: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
  },
});
if (values.store === undefined) throw new Error('which store? --store FILE, made by tieout simulate');
const url = `sqlite:${resolve(values.store)}`;
const runs = Number(values.runs);

/** What both threads run: the rooms as the command has them, and no more of the command. */
const code = `
  import { everyAxis, pageReader, pageSums, readNames, sumsBuffers } from '@tieout/cube';
  import { openEventLog, pageLength } from '@tieout/event-log';
  import { readFileSync } from 'node:fs';
  import { isMainThread, parentPort, workerData } from 'node:worker_threads';
  const axes = { ...everyAxis, day: ['2020-12-31', '2021-06-30', '2021-12-31', '2022-06-30'] };
  /** Milliseconds that this thread was on a core. */
  export const onCore = () => Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  export async function fold(url, from, until) {
    const log = await openEventLog(url);
    const before = [];
    while (before.length < from) {
      const pages = await log.readPages(before.length, Math.min(32, from - before.length));
      before.push(...pages.map(({ names }) => names));
    }
    const reader = pageReader(readNames(before), from * pageLength);
    const sums = pageSums(reader.names, axes);
    for (let number = from; number < until; ) {
      const pages = await log.readPages(number, Math.min(32, until - number));
      for (const page of pages) sums.add(reader.open(page));
      number += pages.length;
    }
    await log.close();
    return sums;
  }
  export async function wholePages(url) {
    const log = await openEventLog(url);
    const events = await log.length();
    await log.close();
    return { events, pages: Math.floor(events / pageLength) };
  }
  if (!isMainThread) {
    const { url, from, until } = workerData;
    fold(url, from, until).then((sums) => {
      const parts = sums.parts();
      parentPort.postMessage(onCore(), sumsBuffers(parts));
    });
  }`;

const folder = mkdtempSync(join(tmpdir(), 'tieout-bench-'));
try {
  const outfile = join(folder, 'fold.cjs');
  const entry = { contents: code, resolveDir: root, loader: 'ts' };
  const target = { bundle: true, platform: 'node', target: 'node20', outfile, external: ['libsql'] };
  await build({ absWorkingDir: root, stdin: entry, ...target, logLevel: 'error' });
  process.env.NODE_PATH = join(root, 'node_modules');
  Module._initPaths(); // The bundle stands outside of the repository, what it requires inside.
  const { fold, onCore, wholePages } = createRequire(import.meta.url)(outfile);
  const { events, pages } = await wholePages(url);

  async function timed(work) {
    const [clock, core] = [performance.now(), onCore()];
    const other = await work();
    return { clock: performance.now() - clock, core: onCore() - core, other };
  }
  const one = () => timed(async () => void (await fold(url, 0, pages)).toCube());
  /** The other thread starts late, so it gets less. */
  const two = () =>
    timed(async () => {
      const cut = Math.ceil(pages * 0.55);
      const thread = new Worker(outfile, { workerData: { url, from: cut, until: pages }, env: process.env });
      const done = new Promise((took, failed) => thread.once('message', took).once('error', failed));
      await fold(url, 0, cut);
      const other = await done;
      await thread.terminate();
      return other;
    });

  const cold = await one(); // As in a command: the code is not compiled yet.
  const results = { one: [], two: [] };
  for (let run = 0; run < runs; run += 1) {
    results.one.push(await one());
    results.two.push(await two());
  }
  const of = (list, what) => Math.round(median(list.map((each) => each[what])));
  const found = {
    events,
    oneThread: {
      clock: of(results.one, 'clock'),
      onCore: of(results.one, 'core'),
      coldOnCore: Math.round(cold.core),
    },
    twoThreads: {
      clock: of(results.two, 'clock'),
      onCore: of(results.two, 'core'),
      other: of(results.two, 'other'),
    },
  };
  const { oneThread: alone, twoThreads: shared } = found;
  console.log(
    values.json
      ? JSON.stringify(found, undefined, 2)
      : `${events.toLocaleString('en')} events
one thread   ${alone.clock} ms by the clock, ${alone.onCore} ms on a core (${alone.coldOnCore} ms the first time)
two threads  ${shared.clock} ms by the clock; on a core this one ${shared.onCore} ms, the other ${shared.other} ms, its start included`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
