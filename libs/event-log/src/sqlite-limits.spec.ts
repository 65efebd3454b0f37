/**
 * The embedded store where it cannot have what it wants: an older format, a disk that is full, files that are read-only;
 * and a backup while others write. Whatever is refused is said clearly, and nothing is half-written.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import Database from 'libsql';
import { canonical, LedgerError, sha256, type Problem, type StoredEvent } from '@tieout/events';
import { posting, refusalOf, saying } from './contract';
import { memoryStore } from './memory';
import { backupLog, openEventLog } from './open';
import type { EventLog } from './port';
import { asRefusal } from './sqlite-file';
import { verifyLog } from './verify';

const repo = join(__dirname, '../../..');
let childFolder: string;
let folder: string;
let file: string;
const opened: EventLog[] = [];

async function open(at = file): Promise<EventLog> {
  const log = await openEventLog(`sqlite:${at}`);
  opened.push(log);
  return log;
}

beforeAll(() => {
  childFolder = mkdtempSync(join(tmpdir(), 'tieout-limits-'));
  const entry = join(__dirname, 'store-child.ts');
  const outfile = join(childFolder, 'child.cjs');
  buildSync({ entryPoints: [entry], bundle: true, platform: 'node', external: ['libsql'], outfile });
  // A process under another number must reach it.
  chmodSync(childFolder, 0o755);
});

afterAll(() => rmSync(childFolder, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-limits-'));
  file = join(folder, 'book.db');
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close()));
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

interface Limits {
  /** A shell command before it. */
  readonly shell?: string;
  /** As nobody, because a superuser writes where he likes. */
  readonly unprivileged?: boolean;
}

/** What the child said: a number, or the problems of its refusal. */
function child(
  args: readonly string[],
  { shell = ':', unprivileged }: Limits = {},
): number | readonly Problem[] {
  const nobody = unprivileged && process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const ran = spawnSync(
    '/bin/sh',
    ['-c', `${shell}; exec "$0" "$@"`, process.execPath, join(childFolder, 'child.cjs'), ...args],
    {
      ...nobody,
      env: { ...process.env, NODE_PATH: join(repo, 'node_modules') },
      encoding: 'utf8',
    },
  );
  expect(ran.stderr).toBe('');
  return JSON.parse(ran.stdout) as number | readonly Problem[];
}

/** The tables of format 1, as the version that wrote them had them. */
const schema1 = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  stream TEXT NOT NULL,
  revision INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  payload TEXT NOT NULL,
  leaf TEXT NOT NULL,
  UNIQUE (stream, revision)
) STRICT;
CREATE TRIGGER events_are_dense BEFORE INSERT ON events
  WHEN NEW.position <> (SELECT coalesce(max(position) + 1, 0) FROM events)
  BEGIN SELECT RAISE(ABORT, 'events are appended, each at the next position'); END;
CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only: reverse the entry instead'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only: reverse the entry instead'); END;
CREATE TABLE snapshots (
  projection TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  basis TEXT NOT NULL,
  length INTEGER NOT NULL,
  state TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
INSERT INTO meta VALUES ('format', '1');
INSERT INTO snapshots VALUES ('trial-balance', 1, 'b', 2, '{}', 's');
`;

/** A store of format 1 that holds these events. */
function storeOfFormat1(events: readonly StoredEvent[]): void {
  const db = new Database(file);
  db.exec('PRAGMA journal_mode = WAL');
  db.exec(schema1);
  const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  db.exec('BEGIN');
  for (const { position, id, name, version, stream, revision, recordedAt, actor, payload, leaf } of events)
    insert.run([position, id, name, version, stream, revision, recordedAt, actor, canonical(payload), leaf]);
  db.exec('COMMIT');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}

/** 2,503 events, more than a page of the migration, in two streams. */
async function manyEvents(): Promise<{ readonly events: readonly StoredEvent[]; readonly head: string }> {
  const log = memoryStore()();
  const said = Array.from({ length: 1250 }, (_, i) => saying(`商汤 ${i} "\\\n`));
  const posted = Array.from({ length: 1250 }, (_, i) => posting(`JE-${i}`));
  await log.append([
    { stream: 'B', expected: -1, events: [...said, posting('JE-A')] },
    { stream: 'B/2022 上半年', expected: -1, events: posted },
  ]);
  await log.append([{ stream: 'B', expected: 'any', events: [saying('last'), posting('JE-Z')] }]);
  return { events: await log.readAll(0, 10_000), head: (await verifyLog(log)).head };
}

/** What stands in a file of format 1, by SQLite alone. */
function format1(at = file): {
  readonly format: unknown;
  readonly tables: unknown;
  readonly events: unknown[];
} {
  const db = new Database(at);
  const rows = (sql: string): unknown[] => db.prepare(sql).raw().all();
  const found = {
    format: rows('SELECT value FROM meta'),
    tables: rows('SELECT name, sql FROM sqlite_master ORDER BY name'),
    events: rows('SELECT * FROM events ORDER BY position'),
  };
  db.close();
  return found;
}

describe('a store of format 1', () => {
  it('has the same events, leaves and head in format 2, and takes appends', async () => {
    const { events, head } = await manyEvents();
    storeOfFormat1(events);
    const log = await open();
    expect(await log.readAll(0, 10_000)).toStrictEqual(events);
    expect(await verifyLog(log)).toStrictEqual({ length: events.length, head, problems: [] });
    expect(await log.readEntry('JE-7')).toStrictEqual(events[1258]);
    expect(await log.readStream('B', 1250, 10)).toStrictEqual([events[1250], events[2501], events[2502]]);
    expect(await log.loadSnapshots()).toStrictEqual([]);
    expect(
      (await refusalOf(log.append([{ stream: 'C', expected: -1, events: [posting('JE-7')] }]))).problems,
    ).toMatchObject([{ code: 'E207' }]);
    await log.append([{ stream: 'B', expected: 1252, events: [saying('after')] }]);
    expect(await (await open()).length()).toBe(events.length + 1);
  });

  it('of no events is taken over, too', async () => {
    storeOfFormat1([]);
    expect(await verifyLog(await open())).toMatchObject({ length: 0, problems: [] });
  });

  it('is taken over once by several processes at one moment', async () => {
    const { events } = await manyEvents();
    storeOfFormat1(events);
    const both = 'NODE="$0"; "$NODE" "$@" & "$NODE" "$@"; wait; :';
    const ran = spawnSync(
      '/bin/sh',
      ['-c', both, process.execPath, join(childFolder, 'child.cjs'), 'read', file],
      {
        env: { ...process.env, NODE_PATH: join(repo, 'node_modules') },
        encoding: 'utf8',
      },
    );
    expect([ran.stdout, ran.stderr]).toStrictEqual([`${events.length}\n${events.length}\n`, '']);
  });

  it.each<[string, string, Problem['code'], string]>([
    [
      'an altered event',
      `UPDATE events SET actor = 'x' WHERE position = 2502`,
      'E401',
      'RevenueRecognised at position 2502 is not what was appended',
    ],
    [
      'a payload spelt otherwise',
      `UPDATE events SET payload = ' ' || payload WHERE position = 1`,
      'E401',
      'BreakExplained at position 1 is not what was appended',
    ],
    [
      'a payload that is no JSON',
      `UPDATE events SET payload = '{' WHERE position = 1`,
      'E401',
      'BreakExplained at position 1 is not what was appended',
    ],
    [
      'a hole',
      'DELETE FROM events WHERE position = 2000',
      'E401',
      'position 2000 is missing: position 2001 stands in its place',
    ],
  ])('with %s stays what it is', async (_what, damage, code, message) => {
    storeOfFormat1((await manyEvents()).events);
    const db = new Database(file);
    db.exec(`DROP TRIGGER events_stay_as_they_are; DROP TRIGGER events_stay; ${damage}`);
    db.close();
    const before = format1();
    const refusal = await refusalOf(openEventLog(`sqlite:${file}`));
    expect(refusal.problems.map((p) => [p.code, p.message, p.notes])).toStrictEqual([
      [code, message, ['the store has format 1 and could not be brought to format 2; it is as it was']],
    ]);
    expect(format1()).toStrictEqual(before);
  });

  it('in which an entry stands twice is not taken over', async () => {
    const log = memoryStore()();
    await log.append([{ stream: 'B', expected: -1, events: [posting('JE-1'), posting('JE-2')] }]);
    const [first, second] = (await log.readAll(0, 2)) as [StoredEvent, StoredEvent];
    const other = memoryStore()();
    await other.append([
      { stream: 'B', expected: -1, events: [saying('a'), { ...posting('JE-1'), id: second.id }] },
    ]);
    const [, again] = (await other.readAll(0, 2)) as [StoredEvent, StoredEvent];
    storeOfFormat1([first, again]);
    const before = format1();
    const refusal = await refusalOf(openEventLog(`sqlite:${file}`));
    expect(refusal.problems.map((p) => [p.code, p.message])).toStrictEqual([
      ['E207', 'entry JE-1 stands at positions 0 and 1'],
    ]);
    expect(format1()).toStrictEqual(before);
  });

  it('on a full disk stays what it is', async () => {
    const { events } = await manyEvents();
    storeOfFormat1(events);
    const before = format1();
    // In blocks of 512 bytes: the file fits as it is, what is added to it does not.
    const limit = Math.ceil(statSync(file).size / 512) + 8;
    expect(child(['read', file], { shell: `ulimit -f ${limit}` })).toMatchObject([
      {
        code: 'E504',
        notes: ['the store has format 1 and could not be brought to format 2; it is as it was'],
      },
    ]);
    expect(format1()).toStrictEqual(before);
    expect(child(['read', file])).toBe(events.length);
  });

  it('that is read-only stays what it is', async () => {
    const { events } = await manyEvents();
    storeOfFormat1(events);
    const before = format1();
    readOnly();
    expect(child(['read', file], { unprivileged: true })).toMatchObject([
      {
        code: 'E504',
        notes: ['the store has format 1 and could not be brought to format 2; it is as it was'],
      },
    ]);
    chmodSync(folder, 0o755);
    expect(format1()).toStrictEqual(before);
  });
});

/** The store and its folder, for everybody. What SQLite left beside the file is empty and goes. */
function readOnly(): void {
  for (const name of readdirSync(folder)) {
    if (name.endsWith('-wal')) expect(statSync(join(folder, name)).size).toBe(0);
    if (/-(wal|shm)$/.test(name)) rmSync(join(folder, name));
    else chmodSync(join(folder, name), 0o444);
  }
  chmodSync(folder, 0o555);
}

/** A store of three events, closed. */
async function three(): Promise<void> {
  const log = await open();
  await log.append([{ stream: 'B', expected: -1, events: [saying('0'), posting('JE-1'), saying('2')] }]);
  await log.close();
}

describe('a read-only store', () => {
  it('in a read-only folder is read, and refuses to be written', async () => {
    await three();
    readOnly();
    const before = readFileSync(file);
    expect(child(['read', file], { unprivileged: true })).toBe(3);
    expect(child(['append', file], { unprivileged: true })).toMatchObject([
      {
        code: 'E504',
        message: `the store sqlite:${file} cannot be written: attempt to write a readonly database`,
      },
    ]);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder)).toStrictEqual(['book.db']);
  });

  it('in a folder that can be written is read, and refuses to be written', async () => {
    await three();
    readOnly();
    chmodSync(folder, 0o777);
    expect(child(['read', file], { unprivileged: true })).toBe(3);
    expect(child(['append', file], { unprivileged: true })).toMatchObject([{ code: 'E504' }]);
  });
});

describe('a full disk', () => {
  it('refuses an append of which only a part fits, and keeps what was there', async () => {
    await three();
    expect(child(['append', file], { shell: 'ulimit -f 200' })).toMatchObject([
      { code: 'E504', notes: ['nothing was written'] },
    ]);
    expect((await verifyLog(await open())).length).toBe(3);
    expect(child(['append', file])).toBe(1003);
  });

  it('as SQLite says it', () => {
    const db = new Database(file);
    db.exec('CREATE TABLE t (x); PRAGMA max_page_count = 3');
    let thrown: unknown;
    try {
      db.exec(`INSERT INTO t VALUES (zeroblob(100000))`);
    } catch (error) {
      thrown = error;
    }
    db.close();
    const refusal = asRefusal(thrown, 'sqlite:f');
    expect(refusal).toBeInstanceOf(LedgerError);
    expect((refusal as LedgerError).problems).toMatchObject([
      { code: 'E504', message: 'the store sqlite:f cannot be written: database or disk is full' },
    ]);
  });
});

describe('a backup', () => {
  const backup = (): string => join(folder, 'backup.db');

  it('is a store of its own with the same events, snapshots and pages', async () => {
    await three();
    const log = await open();
    await log.saveSnapshots([
      { projection: 'p', version: 1, basis: 'b', length: 3, state: '{}', sha256: sha256('{}') },
    ]);
    await log.savePages([{ number: 0, names: '[]', columns: Uint8Array.of(1, 2), sha256: 's', root: 'r' }]);
    const { head } = await verifyLog(log);
    expect(await backupLog(log.url, backup())).toStrictEqual({ length: 3, head, problems: [] });
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toStrictEqual([]);
    const copy = await open(backup());
    expect(await copy.readAll(0, 10)).toStrictEqual(await log.readAll(0, 10));
    expect(await copy.loadSnapshots()).toStrictEqual(await log.loadSnapshots());
    expect(await copy.readPages(0, 10)).toStrictEqual(await log.readPages(0, 10));
    // It takes the place of a store: written ahead, and appended to.
    const db = new Database(backup());
    expect(db.prepare('PRAGMA journal_mode').raw().all()).toStrictEqual([['wal']]);
    db.close();
    expect((await copy.append([{ stream: 'B', expected: 2, events: [saying('3')] }])).length).toBe(4);
    expect(await log.length()).toBe(3);
  });

  it('while another process appends is one state of its log, whole batches and no more', async () => {
    await three();
    const running = spawnSync(
      '/bin/sh',
      [
        '-c',
        '"$0" "$1" append "$2" & for i in 1 2 3 4; do "$0" "$1" backup "$2" "$2.$i"; done; wait',
        process.execPath,
        join(childFolder, 'child.cjs'),
        file,
      ],
      { env: { ...process.env, NODE_PATH: join(repo, 'node_modules') }, encoding: 'utf8' },
    );
    expect(running.stderr).toBe('');
    const all = await (await open()).readAll(0, 10_000);
    expect(all).toHaveLength(1003);
    for (const i of [1, 2, 3, 4]) {
      const copied = await (await open(`${file}.${i}`)).readAll(0, 10_000);
      expect([3, 1003]).toContain(copied.length);
      expect(copied).toStrictEqual(all.slice(0, copied.length));
    }
  });

  it('overwrites nothing, also not a file that is empty', async () => {
    await three();
    for (const text of ['mine', '']) {
      writeFileSync(backup(), text);
      expect((await refusalOf(backupLog(`sqlite:${file}`, backup()))).problems).toMatchObject([
        { code: 'E602' },
      ]);
      expect(readFileSync(backup(), 'utf8')).toBe(text);
    }
  });

  it('of nothing, or of a log that is no file, is refused and makes nothing', async () => {
    expect((await refusalOf(backupLog(`sqlite:${file}`, backup()))).problems).toMatchObject([
      { code: 'E101' },
    ]);
    expect((await refusalOf(backupLog('kurrentdb://me:secret@host:2113', backup()))).problems).toStrictEqual([
      {
        code: 'E602',
        message: 'only an embedded store is backed up as a file; this one is kurrentdb://host:2113',
      },
    ]);
    expect(readdirSync(folder)).toStrictEqual([]);
  });

  it('of a damaged store is refused with what is wrong, and leaves no file', async () => {
    await three();
    const db = new Database(file);
    db.exec(`DROP TRIGGER events_stay_as_they_are; UPDATE events SET body = replace(body, '100', '900')`);
    db.close();
    const refusal = await refusalOf(backupLog(`sqlite:${file}`, backup()));
    expect(refusal.problems[0]?.message).toMatch(/^RevenueRecognised at position 1 is not what was appended/);
    expect(readdirSync(folder).filter((name) => name.includes('backup'))).toStrictEqual([]);
  });

  it('on a full disk is refused, and leaves no file', async () => {
    await three();
    child(['append', file]);
    const limit = Math.ceil(statSync(file).size / 512 / 2);
    expect(child(['backup', file, backup()], { shell: `ulimit -f ${limit}` })).toMatchObject([
      { code: 'E504', notes: ['the store is as it was; there is no backup'] },
    ]);
    expect(readdirSync(folder).filter((name) => name.includes('backup'))).toStrictEqual([]);
    expect(child(['backup', file, backup()])).toBe(1003);
  });

  it('of a read-only store is taken', async () => {
    await three();
    readOnly();
    const elsewhere = mkdtempSync(join(tmpdir(), 'tieout-backup-'));
    chmodSync(elsewhere, 0o777);
    expect(child(['backup', file, join(elsewhere, 'b.db')], { unprivileged: true })).toBe(3);
    expect(existsSync(join(elsewhere, 'b.db'))).toBe(true);
    rmSync(elsewhere, { recursive: true });
  });
});
