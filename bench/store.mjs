/**
 * What the embedded store costs: `npm run -s bench -- store [--events N] [--singles N] [--json]`.
 *
 * Events of two legs and about 700 bytes, as a simulated ledger has them. Batches go into a new file; every event is then
 * read, checked and parsed; texts are read and hashed without making objects. Single durable appends take turns with
 * bare commits of one such row by SQLite alone (same table, write-ahead log, a sync before each is acknowledged), because
 * what a sync costs changes from moment to moment. Medians; the processor's time stands beside the clock's.
 */
import { buildSync } from 'esbuild';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '131072' },
    singles: { type: 'string', default: '1000' },
    json: { type: 'boolean', default: false },
  },
});
const [count, singles] = [Number(values.events), Number(values.singles)];
const batch = 4096;

const folder = mkdtempSync(join(tmpdir(), 'tieout-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** The rooms as one module, as the command has them; libsql as installed. */
function rooms() {
  const outfile = join(folder, 'rooms.cjs');
  const contents = `export * from '@tieout/events'; export * from '@tieout/event-log';`;
  buildSync({
    stdin: { contents, resolveDir: root },
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['libsql'],
    outfile,
  });
  return createRequire(import.meta.url)(outfile);
}
process.env.NODE_PATH = join(root, 'node_modules');
Module._initPaths(); // The module stands outside of the repository, what it requires inside.

const { bodyOf, leafOf, openEventLog, verifyLog } = rooms();
const Database = createRequire(join(root, 'package.json'))('libsql');

const hex = (number, digits) => number.toString(16).padStart(digits, '0');
/** The entry of this number. Ids are in the order of time, as they are made. */
function entryOf(number) {
  const millis = hex(1_661_385_600_000 + number, 12);
  const amount = 1_000_000 + ((number * 7919) % 90_000_000);
  const leg = (account, movement, minor, dimensions) => ({
    account,
    movement,
    minor: String(minor),
    unit: 'RMB',
    dimensions,
  });
  return {
    id: `${millis.slice(0, 8)}-${millis.slice(8)}-8${hex(number & 0xfff, 3)}-8000-${hex(number, 12)}`,
    event: {
      name: 'RevenueRecognised',
      payload: {
        entry: `SIM-${String(number).padStart(9, '0')}`,
        date: `2022-03-${String(1 + (number % 28)).padStart(2, '0')}`,
        dateBasis: 'disclosed',
        description: `Invoice ${number} of a simulated customer`,
        postings: [
          leg('receivables.trade.third', 'recognised', amount, { counterparty: 'third' }),
          leg('revenue', 'profit-or-loss', -amount, { stream: 'software', timing: 'over-time' }),
        ],
        provenance: { amount: 'assumed', allocation: 'assumed', reasoning: 'simulated', source: [] },
      },
    },
    recordedAt: '2022-08-25T00:00:00.000Z',
    actor: 'simulation',
  };
}

const results = [];
/** Runs `work` over `done` things and notes the rate by the clock and by the processor. */
async function measure(what, done, work) {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - began) / 1e3;
  results.push({ what, done, perSecond: done / seconds, perCpuSecond: (done * 1e6) / (user + system) });
  return value;
}
const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];

const file = join(folder, 'bulk.db');
const log = await openEventLog(`sqlite:${file}`);
const entries = Array.from({ length: count }, (_, number) => entryOf(number));
await measure('append in batches of 4,096', count, async () => {
  for (let at = 0; at < count; at += batch)
    await log.append([{ stream: 'bench/2022H1', expected: at - 1, events: entries.slice(at, at + batch) }]);
});
await measure('read, check, parse', count, async () => {
  for (let at = 0; at < count; at += batch) await log.readAll(at, batch);
});
await measure('read texts', count, async () => {
  for (let at = 0; at < count; at += batch) await log.readBodies(at, batch);
});
await measure('read texts, hash', count, async () => {
  for (let at = 0; at < count; at += batch)
    for (const { body, leaf } of await log.readBodies(at, batch))
      if (leafOf(body) !== leaf) throw new Error('an event is not what was appended');
});
await measure('verifyLog', count, async () => {
  const { length, problems } = await verifyLog(log);
  if (length !== count || problems.length > 0)
    throw new Error(`the log does not verify: ${problems[0]?.message}`);
});
await log.close();
const bytes = statSync(file).size / count;

// One durable append after another, a bare commit of the same row between each two.
const single = await openEventLog(`sqlite:${join(folder, 'single.db')}`);
await single.append([{ stream: 'bench/2022H1', expected: -1, events: [entryOf(count)] }]);
const bare = await openEventLog(`sqlite:${join(folder, 'bare.db')}`);
await bare.append([{ stream: 'bench/2022H1', expected: -1, events: [entryOf(count)] }]);
const db = new Database(join(folder, 'bare.db'));
db.exec('PRAGMA synchronous = FULL');
const insert = db.prepare('INSERT INTO events (position, body, leaf) VALUES (?, ?, ?)');
const [appends, commits] = [[], []];
for (let number = 1; number <= singles; number += 1) {
  const said = entryOf(count + number);
  const place = { stream: 'bench/2022H1', revision: number, position: number };
  const { event, ...rest } = said;
  const body = bodyOf({ ...rest, ...place, name: event.name, version: 1, payload: event.payload });
  const leaf = leafOf(body);
  let began = performance.now();
  await single.append([{ stream: 'bench/2022H1', expected: number - 1, events: [said] }]);
  appends.push(performance.now() - began);
  began = performance.now();
  insert.run([number, body, leaf]);
  commits.push(performance.now() - began);
}
await single.close();
const durable = {
  appendMs: median(appends),
  bareCommitMs: median(commits),
  ratio: median(commits) / median(appends),
};

if (values.json)
  console.log(
    JSON.stringify({ schema: 'tieout.bench-store/1', node: process.version, count, bytes, results, durable }),
  );
else {
  for (const { what, perSecond, perCpuSecond } of results)
    console.log(
      `${what.padEnd(28)}${Math.round(perSecond).toLocaleString('en').padStart(12)} events/s` +
        `${Math.round(perCpuSecond).toLocaleString('en').padStart(12)} per second of processor`,
    );
  console.log(`${bytes.toFixed(0)} bytes an event in the file`);
  console.log(
    `a durable append ${durable.appendMs.toFixed(3)} ms, a bare commit ${durable.bareCommitMs.toFixed(3)} ms: ` +
      `${(durable.ratio * 100).toFixed(0)} % of its rate`,
  );
}
