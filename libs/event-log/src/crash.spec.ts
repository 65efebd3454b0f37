/**
 * What is left after a crash: every acknowledged batch, once and whole; of the others all or nothing.
 *
 * Two crashes are tried. A process that is killed while it writes: the file and its write-ahead log are as that moment
 * left them. And a disk that lost the end of the write-ahead log, as a power failure may: cut at any byte, or filled
 * up with rubbish; then exactly the commits that lie whole before the cut are there. Moments and cuts are the same in
 * every run; TIEOUT_FULL=1 tries 500 kills, and a write-ahead log cut at every one of its bytes.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildSync } from 'esbuild';
import Database from 'libsql';
import { batchOf, seeded, wholeBatches } from './crash-batches';
import { openEventLog } from './open';
import type { EventLog } from './port';
import { verifyLog } from './verify';

const full = process.env['TIEOUT_FULL'] === '1';
const kills = full ? 500 : 16;
const cuts = full ? 200 : 20;
const repo = join(__dirname, '../../..');

let folder: string;
let child: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-crash-'));
  child = join(folder, 'child.cjs');
  buildSync({
    entryPoints: [join(__dirname, 'crash-child.ts')],
    bundle: true,
    platform: 'node',
    external: ['libsql'],
    outfile: child,
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** libsql lets go of a file when its statements are collected: many thousand stores need more files than there may be. */
async function letGo(round: number): Promise<void> {
  if (round % 100 !== 0) return;
  collect();
  await setImmediate();
}

interface Ending {
  /** Kill it so many milliseconds after it says this word for the first time. */
  readonly kill?: { readonly after: number; readonly word: 'started' | 'acknowledged' };
  /** A shell command that limits it. */
  readonly limit?: string;
}

/** Run the appending process. What it said, line by line. */
function append(args: string[], { kill, limit }: Ending = {}): Promise<string[]> {
  const command = [...(limit === undefined ? [] : [limit]), 'exec "$0" "$@"'].join('; ');
  const env = { ...process.env, NODE_PATH: join(repo, 'node_modules') };
  const running = spawn('/bin/sh', ['-c', command, process.execPath, child, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  running.stdout.on('data', (data: Buffer) => {
    const heard = kill !== undefined && said.includes(kill.word);
    said += data.toString();
    if (kill !== undefined && !heard && said.includes(kill.word))
      void setTimeout(kill.after).then(() => running.kill('SIGKILL'));
  });
  // A line that the kill cut short was not said.
  return new Promise((done) => running.on('close', () => done(said.split('\n').slice(0, -1))));
}

const acknowledged = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => (line.startsWith('acknowledged ') ? [line.slice('acknowledged '.length)] : []));

async function withLog<T>(file: string, work: (log: EventLog) => Promise<T>): Promise<T> {
  const log = await openEventLog(`sqlite:${file}`);
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

/** The batches in the file, after everything that can be checked of a log was. */
const batchesIn = (file: string): Promise<string[]> =>
  withLog(file, async (log) => {
    expect((await verifyLog(log)).problems).toEqual([]);
    return wholeBatches(await log.readAll(0, 1_000_000));
  });

describe('processes killed while they append to one file', () => {
  it(`lose nothing that they acknowledged, ${kills} times`, async () => {
    const random = seeded(20220630);
    const kept = new Map<string, string[]>();
    let killedWhileAppending = 0;
    for (let round = 0; round < kills / 2; round += 1) {
      // Four kills on each file. Some strike at the start, perhaps while the file is being made.
      const file = join(folder, `killed-${Math.floor(round / 2)}.db`);
      const prefixes = [`round-${round}`, `other-${round}`];
      const said = await Promise.all(
        prefixes.map((prefix, i) =>
          append([file, prefix], {
            kill: { after: random() * 80, word: (round + i) % 2 === 0 ? 'started' : 'acknowledged' },
          }),
        ),
      );
      const before = kept.get(file) ?? [];
      const there = await batchesIn(file);
      expect(there.slice(0, before.length)).toEqual(before);
      const since = there.slice(before.length);
      for (const [i, prefix] of prefixes.entries()) {
        const lines = said[i] ?? [];
        const acks = acknowledged(lines);
        // Neither was refused: each waited for the other.
        expect(lines.filter((line) => line !== 'started')).toHaveLength(acks.length);
        if (acks.length > 0) killedWhileAppending += 1;
        const own = since.filter((batch) => batch.startsWith(`${prefix}-`));
        expect(own.slice(0, acks.length)).toEqual(acks);
        // At most one more than was acknowledged: committed, and killed before it could be said.
        expect([[], [`${prefix}-${acks.length}`]]).toContainEqual(own.slice(acks.length));
      }
      expect(since.filter((batch) => !prefixes.some((prefix) => batch.startsWith(`${prefix}-`)))).toEqual([]);
      kept.set(file, there);
    }
    // The test has tried what it is for.
    expect(killedWhileAppending).toBeGreaterThanOrEqual(kills / 2);
  }, 1_800_000);
});

describe('a write-ahead log that lost its end', () => {
  it(`keeps exactly the commits before the cut, ${cuts} times`, async () => {
    const random = seeded(20220825);
    const file = join(folder, 'cut.db');
    await withLog(file, (log) => log.append(batchOf('base', random)));
    // Closing moved the base into the file itself; what follows is in the write-ahead log alone.
    const commits: { batch: string; end: number }[] = [];
    const whole = join(folder, 'whole');
    await withLog(file, async (log) => {
      for (let i = 0; i < 40; i += 1) {
        await log.append(batchOf(`batch-${i}`, random));
        commits.push({ batch: `batch-${i}`, end: statSync(`${file}-wal`).size });
      }
      copyFileSync(file, `${whole}.db`);
      copyFileSync(`${file}-wal`, `${whole}.wal`);
    });
    const wal = readFileSync(`${whole}.wal`);
    expect(wal.length).toBe(commits.at(-1)?.end);

    for (let i = 0; i < cuts; i += 1) {
      const commit = commits[Math.floor(random() * commits.length)] ?? { end: 0 };
      // Anywhere, at the end of a commit, one byte before it; and what is lost is missing, or rubbish.
      const cut = [Math.floor(random() * (wal.length + 1)), commit.end, commit.end - 1][i % 3] ?? 0;
      // Each byte another than it was, or the last one might be right by chance.
      const mask = Uint8Array.from({ length: 4096 }, () => 1 + Math.floor(random() * 255));
      const rubbish = wal.subarray(cut).map((byte, at) => byte ^ (mask[at & 4095] ?? 1));
      const left = i % 2 === 0 ? wal.subarray(0, cut) : Buffer.concat([wal.subarray(0, cut), rubbish]);
      const own = join(folder, `cut-${i}`);
      mkdirSync(own);
      const copy = join(own, 'book.db');
      copyFileSync(`${whole}.db`, copy);
      writeFileSync(`${copy}-wal`, left);

      const due = ['base', ...commits.filter((c) => c.end <= cut).map((c) => c.batch)];
      expect(await batchesIn(copy)).toEqual(due);
      await withLog(copy, (log) => log.append(batchOf('after', random)));
      expect(await batchesIn(copy)).toEqual([...due, 'after']);
      rmSync(own, { recursive: true });
      await letGo(i);
    }
  }, 300_000);
});

describe('a write-ahead log cut at every byte', () => {
  // By default at every 4,099th, a prime about the length of a frame, so that cuts fall all over a frame.
  const step = full ? 1 : 4099;
  it(`keeps exactly the commits before the cut, at each ${step}. byte`, async () => {
    const random = seeded(20240630);
    const file = join(folder, 'every.db');
    await withLog(file, (log) => log.append(batchOf('base', random)));
    const commits: { batch: string; end: number }[] = [];
    const whole = join(folder, 'every-whole');
    await withLog(file, async (log) => {
      for (const batch of ['one', 'two']) {
        await log.append(batchOf(batch, random));
        commits.push({ batch, end: statSync(`${file}-wal`).size });
      }
      copyFileSync(file, whole);
      copyFileSync(`${file}-wal`, `${whole}-wal`);
    });
    const wal = readFileSync(`${whole}-wal`);
    const own = join(folder, 'every');
    const kept = new Set<number>();
    for (let next = 0; next < wal.length + step; next += step) {
      // The last one takes nothing.
      const cut = Math.min(next, wal.length);
      mkdirSync(own);
      const copy = join(own, 'book.db');
      copyFileSync(whole, copy);
      writeFileSync(`${copy}-wal`, wal.subarray(0, cut));
      const due = ['base', ...commits.filter((c) => c.end <= cut).map((c) => c.batch)];
      expect(await batchesIn(copy)).toEqual(due);
      kept.add(due.length);
      rmSync(own, { recursive: true });
      await letGo(next / step);
    }
    // Cuts fell before, between and within the commits.
    expect(kept.size).toBeGreaterThanOrEqual(3);
  }, 3_600_000);
});

describe('several processes on one new file', () => {
  it('wait for one that is at it', async () => {
    const file = join(folder, 'held.db');
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const appending = append([file, 'held', '1']);
    await setTimeout(500);
    other.exec('ROLLBACK');
    other.close();
    expect(await appending).toEqual(['started', 'acknowledged held-0']);
  });

  it.each([1, 2, 3])(
    'make it once, and lose nothing of one another (%i)',
    async (time) => {
      const file = join(folder, `shared-${time}`, 'book.db');
      const prefixes = ['a', 'b', 'c'];
      const moment = String(Date.now() + 500);
      const said = await Promise.all(prefixes.map((prefix) => append([file, prefix, '10', moment])));
      expect(said).toEqual(
        prefixes.map((p) => ['started', ...Array.from({ length: 10 }, (_, i) => `acknowledged ${p}-${i}`)]),
      );
      const there = await batchesIn(file);
      expect([...there].sort()).toEqual(said.flatMap(acknowledged).sort());
      // Each writer's own batches are in its order.
      for (const [i, prefix] of prefixes.entries()) {
        expect(there.filter((b) => b.startsWith(prefix))).toEqual(acknowledged(said[i] ?? []));
      }
    },
    60_000,
  );
});

describe('a disk that is full', () => {
  it('refuses the batch that does not fit, and keeps those before it', async () => {
    const file = join(folder, 'full.db');
    // Files of 200 KB at most, which SQLite meets as it meets a full disk: a write that fails.
    const said = await append([file, 'full'], { limit: 'ulimit -f 400' });
    expect(said.at(-1)).toBe('refused E504');
    const acks = acknowledged(said);
    expect(acks.length).toBeGreaterThan(3);
    expect(await batchesIn(file)).toEqual(acks);
  }, 60_000);
});
