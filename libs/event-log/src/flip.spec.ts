/**
 * A byte of the store file that is another: noticed, or without any effect. Never a log that reads differently without a
 * word.
 *
 * A byte of an event, a snapshot or a page of postings must be noticed: by the reader, by verifyLog, or because SQLite
 * does not open the file. Any other byte of the file (its trees, its header, free room) is noticed too, or everything
 * that can be read is as it was. Bytes are the same in every run; TIEOUT_FULL=1 tries many more. And who edits an amount
 * and makes its hash good again changes the head.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { canonical, LedgerError, leafOf, sha256, type StoredEvent } from '@tieout/events';
import { posting, saying } from './contract';
import { seeded } from './crash-batches';
import { openEventLog } from './open';
import type { EventLog, SealedPage, Snapshot } from './port';
import { verifyLog } from './verify';

const flips = process.env['TIEOUT_FULL'] === '1' ? 500 : 60;

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-flip-'));
  file = join(folder, 'book.db');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pageOf = (number: number, length: number): SealedPage => {
  const names = canonical({ number, accounts: ['receivables.trade', 'revenue'] });
  const columns = Uint8Array.from({ length }, (_, i) => (i * 31 + number) & 255);
  const hash = sha256(Buffer.concat([Buffer.from(names), columns]));
  return { number, names, columns, sha256: hash, root: sha256(`root ${number}`) };
};

const snapshotOf = (projection: string): Snapshot => {
  const state = canonical({ projection, balances: Array.from({ length: 300 }, (_, i) => `${i * 1001}`) });
  return { projection, version: 1, basis: sha256('basis'), length: 200, state, sha256: sha256(state) };
};

/** What a log says, all of it. A page or a snapshot that is not what its hash says is left out, as its readers do. */
interface Said {
  readonly events: readonly StoredEvent[];
  readonly entries: readonly (number | undefined)[];
  readonly streams: readonly number[];
  readonly snapshots: readonly Snapshot[];
  readonly pages: readonly SealedPage[];
}

const entryIds = Array.from({ length: 100 }, (_, i) => `JE-${i}`);

async function said(log: EventLog): Promise<Said> {
  const events = await log.readAll(0, 10_000);
  const entries = [];
  for (const id of entryIds) entries.push((await log.readEntry(id))?.position);
  const streams = [];
  for (const stream of ['B', 'B/2022 上半年']) streams.push((await log.readStream(stream, 0, 10_000)).length);
  const snapshots = (await log.loadSnapshots()).filter(({ state, sha256: hash }) => sha256(state) === hash);
  const pages = (await log.readPages(0, 100)).filter(
    ({ names, columns, sha256: hash }) => sha256(Buffer.concat([Buffer.from(names), columns])) === hash,
  );
  return { events, entries, streams, snapshots, pages };
}

async function made(): Promise<{ readonly bytes: Buffer; readonly due: Said; readonly head: string }> {
  const log = await openEventLog(`sqlite:${file}`);
  await log.append([
    { stream: 'B', expected: -1, events: Array.from({ length: 100 }, (_, i) => saying(`商汤 ${i}`)) },
    { stream: 'B/2022 上半年', expected: -1, events: entryIds.map((id, i) => posting(id, 100_000 + i)) },
  ]);
  await log.saveSnapshots([snapshotOf('trial-balance'), snapshotOf('journal')]);
  await log.savePages([pageOf(0, 9000), pageOf(1, 700), pageOf(2, 5000)]);
  const [due, { head }] = [await said(log), await verifyLog(log)];
  await log.close();
  // Written anew, so that no page holds what it held before: a byte that looks like data is data.
  const db = new Database(file);
  db.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  return { bytes: readFileSync(file), due, head };
}

type Outcome = 'not opened' | 'refused' | 'found by verify' | 'left out' | 'as it was';

/** What comes of the file with this byte changed. Fails where it says something else without a word, or with a bug's. */
async function outcomeOf(bytes: Buffer, due: Said, head: string): Promise<Outcome> {
  const refused = (error: unknown): undefined => {
    if (error instanceof LedgerError) return undefined;
    throw error;
  };
  const own = join(folder, 'flipped');
  for (const part of ['', '-wal', '-shm']) rmSync(`${own}${part}`, { force: true });
  writeFileSync(own, bytes);
  const log = await openEventLog(`sqlite:${own}`).catch(refused);
  if (log === undefined) return 'not opened';
  try {
    const verified = await verifyLog(log);
    const sound = verified.problems.length === 0;
    if (sound) expect(verified.head).toBe(head);
    const read = await said(log).catch(refused);
    // What is read is right whether or not anybody verifies.
    if (read !== undefined) {
      expect(read.events).toStrictEqual(due.events);
      for (const each of read.snapshots) expect(due.snapshots).toContainEqual(each);
      for (const each of read.pages) expect(due.pages).toContainEqual(each);
    }
    if (!sound) return 'found by verify';
    if (read === undefined) return 'refused';
    expect(read.entries).toStrictEqual(due.entries);
    expect(read.streams).toStrictEqual(due.streams);
    const whole = read.snapshots.length === due.snapshots.length && read.pages.length === due.pages.length;
    return whole ? 'as it was' : 'left out';
  } finally {
    await log.close();
  }
}

/** The outcomes of so many flips, at places drawn by `place`. */
async function outcomes(
  place: (random: () => number, bytes: Buffer) => number,
): Promise<Map<Outcome, number>> {
  rmSync(file, { force: true });
  const { bytes, due, head } = await made();
  expect(await outcomeOf(bytes, due, head)).toBe('as it was');
  const random = seeded(20220630);
  const counts = new Map<Outcome, number>();
  for (let i = 0; i < flips; i += 1) {
    const at = place(random, bytes);
    const before = bytes[at] ?? 0;
    bytes[at] = before ^ (1 + Math.floor(random() * 255));
    try {
      const outcome = await outcomeOf(bytes, due, head);
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      if (outcome === 'as it was') untouched.push(at);
    } catch (error) {
      throw new Error(`byte ${at} from ${before} to ${bytes[at]}: ${String(error)}`, { cause: error });
    }
    bytes[at] = before;
  }
  return counts;
}

let untouched: number[] = [];
beforeEach(() => {
  untouched = [];
});

/** A byte of a value that the store holds. */
function dataByte(random: () => number, bytes: Buffer): number {
  for (;;) {
    const at = Math.floor(random() * bytes.length);
    // What stands around it stands in one of the values, and not where a page holds, unused, what it held before.
    const around = bytes.subarray(at, at + 8);
    if (isUnused(bytes, at) || !values.some((value) => value.includes(around))) continue;
    return at;
  }
}

/**
 * Free room of a page, which SQLite reads nothing from (its file format, 1.6): of a leaf, what is between the pointers to
 * its cells and the first of them, and its free blocks. An id that was moved on leaves its text there.
 */
function isUnused(bytes: Buffer, at: number): boolean {
  const page = Math.floor(at / 4096);
  if (innerPages.has(1 + page)) return true;
  if (!leafPages.has(1 + page)) return false;
  const start = page * 4096;
  const head = start + (page === 0 ? 100 : 0);
  const pointers = head + 8 + 2 * bytes.readUInt16BE(head + 3);
  if (pointers <= at && at < start + bytes.readUInt16BE(head + 5)) return true;
  for (let block = bytes.readUInt16BE(head + 1); block !== 0; block = bytes.readUInt16BE(start + block))
    if (start + block + 4 <= at && at < start + block + bytes.readUInt16BE(start + block + 2)) return true;
  return false;
}
let values: Buffer[] = [];
let innerPages = new Set<number>();
let leafPages = new Set<number>();

test(`a byte of an event, a snapshot or a page is noticed, ${flips} times`, async () => {
  values = [];
  const counts = await outcomes((random, bytes) => {
    if (values.length === 0) values = valuesOf();
    return dataByte(random, bytes);
  });
  expect(untouched).toStrictEqual([]);
  expect([...counts.values()].reduce((a, b) => a + b)).toBe(flips);
  // Events and caches were both hit.
  expect(counts.get('found by verify') ?? 0).toBeGreaterThan(flips / 4);
  expect(counts.get('left out') ?? 0).toBeGreaterThan(0);
}, 600_000);

/** The values of the present file, as their bytes. */
function valuesOf(): Buffer[] {
  const db = new Database(file);
  const rows = (sql: string): unknown[] => (db.prepare(sql).raw().all() as unknown[][]).flat();
  const pagesOf = (type: string): Set<number> =>
    new Set(rows(`SELECT pageno FROM dbstat WHERE pagetype = '${type}'`) as number[]);
  [innerPages, leafPages] = [pagesOf('internal'), pagesOf('leaf')];
  const found = [
    ...rows('SELECT body, leaf FROM events'),
    ...rows('SELECT state, sha256, seal FROM snapshots'),
    ...rows('SELECT names, columns, sha256, root, seal FROM pages'),
  ];
  db.close();
  return found.map((value) => (typeof value === 'string' ? Buffer.from(value) : (value as Buffer)));
}

test(`any byte of the file is noticed or changes nothing, ${flips} times`, async () => {
  const counts = await outcomes((random, bytes) => Math.floor(random() * bytes.length));
  expect([...counts.values()].reduce((a, b) => a + b)).toBe(flips);
  expect(counts.get('found by verify') ?? 0).toBeGreaterThan(flips / 4);
}, 600_000);

test(`any byte of the first page, which says what the file is, is noticed or changes nothing, ${flips} times`, async () => {
  const counts = await outcomes((random) => Math.floor(random() * 4096));
  expect(counts.get('not opened') ?? 0).toBeGreaterThan(0);
}, 600_000);

test('an edited amount whose hash was made good is caught by the head', async () => {
  rmSync(file, { force: true });
  const { head } = await made();
  const db = new Database(file);
  const [trigger] = db
    .prepare(`SELECT sql FROM sqlite_master WHERE name = 'events_stay_as_they_are'`)
    .raw()
    .all() as [string][];
  db.exec('DROP TRIGGER events_stay_as_they_are');
  const [row] = db.prepare('SELECT body FROM events WHERE position = 150').raw().all() as [string][];
  const forged = (row?.[0] ?? '')
    .replace('"minor":"100050"', '"minor":"900050"')
    .replace('"-100050"', '"-900050"');
  expect(forged).not.toBe(row?.[0]);
  db.prepare('UPDATE events SET body = ?, leaf = ? WHERE position = 150').run([forged, leafOf(forged)]);
  db.exec(trigger?.[0] ?? '');
  db.close();
  const log = await openEventLog(`sqlite:${file}`);
  const verified = await verifyLog(log);
  await log.close();
  // Nothing within the store contradicts itself. A head that was kept elsewhere does.
  expect(verified.problems).toStrictEqual([]);
  expect(verified.head).not.toBe(head);
});
