/**
 * How long the server takes to answer, and whether it holds under load: `npm run -s bench -- server [--seconds N] [--json]`.
 *
 * Latency: one client, one request at a time, on documents that were made before (warm) and right after a post (fresh),
 * beside a Nest application that does nothing, with 95th percentiles. Load: 200 readers and 20 writers at once, each sending
 * its next request when the last is answered. A lost or doubled entry, an error, or a reader that sees the books go back in
 * time is a failure, and the exit code says so.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as send } from 'node:http';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    readers: { type: 'string', default: '200' },
    writers: { type: 'string', default: '20' },
    runs: { type: 'string', default: '300' },
    json: { type: 'boolean', default: false },
  },
});
const [seconds, readers, writers, runs] = [values.seconds, values.readers, values.writers, values.runs].map(
  Number,
);
const folder = mkdtempSync(join(tmpdir(), 'tieout-bench-'));
const children = [];

/** Starts a server that says `at URL` on stderr. */
function started(args) {
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const [, url] = / at (http:\/\/\S+) /.exec(said) ?? [];
      if (url) resolve(url);
    });
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
}

/** One request to its end. */
function ask(agent, url, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const sent = send(url, { agent, method, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status, headers: answered } = response;
        resolve({ status, headers: answered, body: Buffer.concat(chunks), ms: performance.now() - began });
      });
    });
    sent.on('error', reject).end(body);
  });
}

const at = (times, share) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
const percentiles = (times) => ({ p50: at(times, 0.5), p95: at(times, 0.95), p99: at(times, 0.99) });

const entry = (id) => `- id: ${id}
  event: ExpenseIncurred
  date: 2022-06-30
  description: Load
  postings:
    - { account: expenses.administrative, movement: profit-or-loss, nature: utilities, dr: "1" }
    - { account: payables.other.third, movement: recognised, cr: "1" }
`;

const writing = () => ({
  'Tieout-Request': '1',
  'If-Match': '*',
  'Idempotency-Key': randomUUID(),
  'Content-Type': 'application/yaml',
});
const post = (agent, base, id) =>
  ask(agent, `${base}/entries`, { method: 'POST', headers: writing(), body: entry(id) });

/** Times of one request, again and again. */
async function timesOf(make, count = runs) {
  const times = [];
  for (let run = 0; run < count; run += 1) {
    const { status, ms } = await make(run);
    if (status !== 200) throw new Error(`answered ${status}`);
    times.push(ms);
  }
  return times;
}

async function latency(base, nothing) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const whatIf = (level) => ({
    method: 'POST',
    headers: { 'Tieout-Request': '1', 'Content-Type': 'application/json' },
    body: JSON.stringify({ set: [`impairment=+${level}%`] }),
  });
  const paths = [
    'statements/is',
    'statements/bs',
    'statements/soce',
    'figures',
    'check',
    'trial-balance',
    'entries',
  ];
  const rows = [];
  await timesOf(() => ask(agent, nothing));
  const empty = percentiles(await timesOf(() => ask(agent, nothing)));
  rows.push({ what: 'an empty Nest handler', ...empty, ratio: 1 });
  const row = (what, times) => {
    const found = percentiles(times);
    rows.push({ what, ...found, ratio: found.p95 / empty.p95 });
  };
  for (const path of paths) {
    await timesOf(() => ask(agent, `${base}/${path}`), 5);
    row(`${path}, warm`, await timesOf(() => ask(agent, `${base}/${path}`)));
  }
  const there = (await ask(agent, `${base}/what-if`, whatIf(1))).status;
  if (there === 200)
    row(
      'what-if, another each time',
      await timesOf((run) => ask(agent, `${base}/what-if`, whatIf(run / 10))),
    );
  const fresh = [];
  for (let number = 0; number < 20; number += 1) {
    await post(agent, base, `FRESH-${number}`);
    fresh.push((await ask(agent, `${base}/statements/is`)).ms);
  }
  row('statements/is, right after a post', fresh);
  agent.destroy();
  return rows;
}

async function load(base) {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: readers + writers });
  // Everyone is connected before the clock runs: a busy Node accepts one connection a turn, which would be measured instead.
  await Promise.all(Array.from({ length: readers + writers }, () => ask(agent, `${base}/statements/is`)));
  const before = Number((await ask(agent, `${base}/statements/is`)).headers['tieout-revision']);
  const until = Date.now() + seconds * 1000;
  const [reads, posts, errors, ids] = [[], [], [], []];
  const paths = [
    'statements/is',
    'statements/bs',
    'statements/soce',
    'statements/cf',
    'trial-balance',
    'entries',
  ];
  const reader = async (number) => {
    let seen = 0;
    for (let turn = number; Date.now() < until; turn += 1) {
      const { status, headers, ms } = await ask(agent, `${base}/${paths[turn % paths.length]}`);
      const revision = Number(headers['tieout-revision']);
      if (status !== 200) errors.push(`read ${status}`);
      else if (revision < seen) errors.push(`rev ${revision} after rev ${seen}`);
      seen = Math.max(seen, revision);
      reads.push(ms);
    }
  };
  const writer = async (number) => {
    for (let turn = 0; Date.now() < until; turn += 1) {
      const id = `LOAD-${number}-${turn}`;
      const { status, ms } = await post(agent, base, id);
      if (status === 201) ids.push(id);
      else errors.push(`post ${status}`);
      posts.push(ms);
    }
  };
  await Promise.all([
    ...Array.from({ length: readers }, (_, number) => reader(number)),
    ...Array.from({ length: writers }, (_, number) => writer(number)),
  ]);
  const after = Number((await ask(agent, `${base}/statements/is`)).headers['tieout-revision']);
  const lost = [];
  for (const id of ids) if ((await ask(agent, `${base}/entries/${id}`)).status !== 200) lost.push(id);
  agent.destroy();
  return {
    seconds,
    readers,
    writers,
    reads: { count: reads.length, perSecond: reads.length / seconds, ...percentiles(reads) },
    posts: { count: posts.length, perSecond: posts.length / seconds, ...percentiles(posts) },
    errors: errors.length,
    firstErrors: errors.slice(0, 5),
    acknowledged: ids.length,
    inLog: after - before,
    lost: lost.length,
  };
}

try {
  const server = await started([join(root, 'dist/tieout.cjs'), 'serve', '--port', '0', '--log', 'silent']);
  const nothing = await started([join(root, 'bench/measuring/empty-nest.cjs')]);
  const base = `${server}/api/v1/books/sensetime-2022-interim`;
  const rows = await latency(base, nothing);
  const loaded = await load(base);
  const failed = loaded.errors > 0 || loaded.lost > 0 || loaded.inLog !== loaded.acknowledged;
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ schema: 'tieout.bench-server/1', node: process.version, runs, latency: rows, load: loaded })}\n`,
    );
  } else {
    const ms = (value) => value.toFixed(2).padStart(9);
    process.stdout.write(`${'ms'.padEnd(38)}      p50      p95      p99   p95 x\n`);
    for (const { what, p50, p95, p99, ratio } of rows)
      process.stdout.write(
        `${what.padEnd(38)}${ms(p50)}${ms(p95)}${ms(p99)}${ratio.toFixed(2).padStart(8)}\n`,
      );
    for (const [what, { count, perSecond, p50, p95, p99 }] of Object.entries({
      reads: loaded.reads,
      posts: loaded.posts,
    }))
      process.stdout.write(
        `${`${count} ${what}, ${perSecond.toFixed(0)} a second`.padEnd(38)}${ms(p50)}${ms(p95)}${ms(p99)}\n`,
      );
    process.stdout.write(
      `${readers} readers and ${writers} writers for ${seconds} s: ${loaded.errors} errors; ` +
        `${loaded.acknowledged} entries acknowledged, ${loaded.inLog} in the log, ${loaded.lost} lost\n`,
    );
  }
  process.exitCode = failed ? 1 : 0;
} finally {
  for (const child of children) {
    child.removeAllListeners('close');
    child.kill('SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true });
}
