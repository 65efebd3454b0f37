/**
 * The embedded store: the contract, and what only a file on a disk can do: be reopened, be held by another process,
 * be full, be something else, be altered behind our back.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { bodyOf, leafHash, leafOf, type ErrorCode, type StoredEvent } from '@tieout/events';
import { entryOf } from './append';
import { describeContract, posting, refusalOf, saying } from './contract';
import { openEventLog } from './open';
import { describeMirror } from './mirror-contract';
import type { EventLog } from './port';
import { openSqliteLog } from './sqlite';
import { asRefusal } from './sqlite-file';
import { eventWriter } from './sqlite-format';
import { verifyLog } from './verify';

let folder: string;
let file: string;
const opened: EventLog[] = [];

async function open(url = `sqlite:${file}`): Promise<EventLog> {
  const log = await openEventLog(url);
  opened.push(log);
  return log;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-log-'));
  file = join(folder, 'book.db');
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close()));
  rmSync(folder, { recursive: true, force: true });
});

describeContract('the embedded store', async () => {
  const own = mkdtempSync(join(tmpdir(), 'tieout-log-'));
  const handles: EventLog[] = [];
  return {
    open: async () => {
      const log = await openEventLog(`sqlite:${join(own, 'book.db')}`);
      handles.push(log);
      return log;
    },
    remove: async () => {
      await Promise.all(handles.map((log) => log.close()));
      rmSync(own, { recursive: true, force: true });
    },
  };
});

describeMirror('the embedded store', async () => {
  const own = mkdtempSync(join(tmpdir(), 'tieout-log-'));
  const mirror = openSqliteLog(join(own, 'mirror.db'));
  return {
    mirror,
    remove: async () => {
      await mirror.close();
      rmSync(own, { recursive: true, force: true });
    },
  };
});

/** Change the file as no program of ours does: without the triggers. */
function alter(sql: string): void {
  const db = new Database(file);
  db.exec(
    `DROP TRIGGER events_stay_as_they_are; DROP TRIGGER events_stay; DROP TRIGGER events_are_dense; ${sql}`,
  );
  db.close();
}

/** Overwrite the file where `text` stands last (with such bytes before it), as a disk does: at that place, no index follows. */
async function turn(text: string, by: string, fits: (before: string) => boolean = () => true): Promise<void> {
  await Promise.all(opened.splice(0).map((log) => log.close()));
  const db = new Database(file);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  const bytes = readFileSync(file);
  let at = bytes.lastIndexOf(text, undefined, 'latin1');
  while (at >= 0 && !fits(bytes.toString('latin1', at - 10, at))) at = bytes.lastIndexOf(text, at - 1);
  expect(at).toBeGreaterThan(0);
  bytes.write(by, at, 'latin1');
  writeFileSync(file, bytes);
}

/** Five events, closed again. */
async function five(): Promise<void> {
  const log = await open();
  await log.append([
    { stream: 'B', expected: -1, events: [saying('0'), saying('1')] },
    { stream: 'C', expected: -1, events: [saying('2'), saying('3'), saying('4')] },
  ]);
  await log.close();
}

describe('openEventLog', () => {
  it('makes the file and its folder, and finds there what was appended', async () => {
    file = join(folder, 'a', 'b', 'book.db');
    await five();
    const log = await open();
    expect(log.url).toBe(`sqlite:${file}`);
    expect(await log.length()).toBe(5);
    expect((await verifyLog(log)).problems).toEqual([]);
  });

  it('leaves everything in the one file when it closes', async () => {
    await five();
    const rest = readdirSync(folder).filter(
      (name) => name !== 'book.db' && statSync(join(folder, name)).size > 0,
    );
    expect(rest.filter((name) => !name.endsWith('-shm'))).toEqual([]);
  });

  it.each<[string, ErrorCode]>([
    ['kurrentdb://localhost:2113', 'E601'],
    ['sqlite:', 'E601'],
    ['book.db', 'E601'],
    ['memory:x', 'E601'],
  ])('refuses the URL %s', async (url, code) => {
    const refusal = await refusalOf(openEventLog(url));
    expect(refusal.problems).toStrictEqual([
      {
        code,
        message: `no store has the URL "${url}"`,
        help: 'a store is sqlite:FILE, memory: or kurrentdb://HOST:PORT',
      },
    ]);
  });

  it('refuses a file that is no database, and leaves it as it is', async () => {
    const text = 'account,name,type,role,normal\n'.repeat(50);
    writeFileSync(file, text);
    const refusal = await refusalOf(openEventLog(`sqlite:${file}`));
    expect(refusal.problems.map((p) => [p.code, p.message])).toEqual([
      ['E402', `the file of sqlite:${file} is not a Tieout store: file is not a database`],
    ]);
    expect(refusal.exitCode).toBe(4);
    expect(statSync(file).size).toBe(text.length);
  });

  it('refuses a database that is no store, and makes no tables in it', async () => {
    const db = new Database(file);
    db.exec('CREATE TABLE invoices (id INTEGER)');
    const refusal = await refusalOf(openEventLog(`sqlite:${file}`));
    expect(refusal.problems.map((p) => [p.code, p.message])).toEqual([
      ['E402', `the file of sqlite:${file} is an SQLite database, but not a Tieout store`],
    ]);
    expect(db.prepare('SELECT name FROM sqlite_master').raw().all()).toEqual([['invoices']]);
    db.close();
  });

  it('refuses a newer format', async () => {
    await five();
    alter(`UPDATE meta SET value = '3' WHERE key = 'format'`);
    const refusal = await refusalOf(openEventLog(`sqlite:${file}`));
    expect(refusal.problems.map((p) => [p.code, p.message])).toEqual([
      ['E402', `the store sqlite:${file} has format 3, this version knows format 2`],
    ]);
  });

  it('refuses a folder, and a place where no file can be made', async () => {
    expect((await refusalOf(openEventLog(`sqlite:${folder}`))).problems.map((p) => p.code)).toEqual(['E402']);
    writeFileSync(file, '');
    expect(
      (await refusalOf(openEventLog(`sqlite:${file}/below/book.db`))).problems.map((p) => p.code),
    ).toEqual(['E504']);
    expect(readdirSync(folder)).toEqual(['book.db']);
  });

  it('takes an empty file for a new store', async () => {
    writeFileSync(file, '');
    expect(await (await open()).length()).toBe(0);
  });
});

describe('the file', () => {
  it('refuses any program to change or remove an event, or to leave a hole', async () => {
    await five();
    const db = new Database(file);
    expect(() => db.exec("UPDATE events SET leaf = 'me' WHERE position = 1")).toThrow('append-only');
    expect(() => db.exec('DELETE FROM events WHERE position = 4')).toThrow('append-only');
    expect(() => db.exec('DELETE FROM events')).toThrow('append-only');
    expect(() => db.exec(`INSERT OR REPLACE INTO events VALUES (1, '{}', 'l', 'i', 's', 0, NULL)`)).toThrow(
      'at the next position',
    );
    expect(() => db.exec(`INSERT INTO events VALUES (6, '{}', 'l', 'i', 's', 0, NULL)`)).toThrow(
      'at the next position',
    );
    db.close();
    expect((await verifyLog(await open())).problems).toEqual([]);
  });

  it('is written ahead (WAL), so that readers and one writer do not wait for each other', async () => {
    await five();
    const db = new Database(file);
    expect(db.prepare('PRAGMA journal_mode').raw().all()).toEqual([['wal']]);
    db.close();
  });

  it('keeps nothing of an append that fails half way, and takes the next', async () => {
    const log = await open();
    const db = new Database(file);
    db.exec(
      `CREATE TRIGGER fault BEFORE INSERT ON events WHEN NEW.position = 2 BEGIN SELECT RAISE(ABORT, 'fault'); END`,
    );
    const said = ['a', 'b', 'c', 'd'].map((reason) => saying(reason));
    await expect(log.append([{ stream: 'B', expected: -1, events: said }])).rejects.toThrow('fault');
    expect([await log.length(), await log.revisionOf('B'), await log.readAll(0, 10)]).toEqual([0, -1, []]);
    db.exec('DROP TRIGGER fault');
    db.close();
    const { appended } = await log.append([{ stream: 'B', expected: -1, events: said }]);
    expect(appended.map((e) => e.position)).toEqual([0, 1, 2, 3]);
    expect((await verifyLog(log)).problems).toEqual([]);
  });

  it('refuses to write while another process holds it, after the wait, and writes afterwards', async () => {
    const log = openSqliteLog(file, 300);
    opened.push(log);
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const started = Date.now();
    const refusal = await refusalOf(log.append([{ stream: 'B', expected: -1, events: [saying('a')] }]));
    expect(refusal.problems.map((p) => p.code)).toEqual(['E503']);
    expect(refusal.exitCode).toBe(5);
    expect(Date.now() - started).toBeGreaterThanOrEqual(290);
    // Reading does not wait for a writer.
    expect(await log.length()).toBe(0);
    other.exec('ROLLBACK');
    other.close();
    const { length } = await log.append([{ stream: 'B', expected: -1, events: [saying('a')] }]);
    expect(length).toBe(1);
  });

  it.each<[number, ErrorCode]>([
    [5, 'E503'], // SQLITE_BUSY
    [517, 'E503'], // SQLITE_BUSY_SNAPSHOT
    [8, 'E504'], // SQLITE_READONLY
    [1032, 'E504'], // SQLITE_READONLY_DBMOVED
    [13, 'E504'], // SQLITE_FULL
    [778, 'E504'], // SQLITE_IOERR_WRITE
    [11, 'E401'], // SQLITE_CORRUPT
    [26, 'E402'], // SQLITE_NOTADB
  ])('gives the result code %i of SQLite as %s', async (rawCode, code) => {
    const error = asRefusal(Object.assign(new Error('why'), { rawCode }), 'sqlite:f');
    const refusal = await refusalOf(Promise.reject(error as Error));
    expect(refusal.problems.map((p) => p.code)).toEqual([code]);
  });

  it('leaves an error that is not about the store what it is: a bug', () => {
    const bug = Object.assign(new Error('no such column'), { rawCode: 1 });
    expect(asRefusal(bug, 'sqlite:f')).toBe(bug);
  });
});

describe('verifyLog', () => {
  beforeEach(five);

  const found = async (): Promise<string[]> =>
    (await verifyLog(await open())).problems.map(
      (p) => `${p.code} ${p.at?.file.replace(file, 'FILE')}: ${p.message}`,
    );

  const schemaProblems = 3; // The triggers that `alter` dropped.

  it('finds that the triggers are gone', async () => {
    alter('');
    expect(await found()).toEqual([
      expect.stringContaining(
        'E401 sqlite:FILE: missing from the store: trigger events_are_dense: CREATE TRIGGER',
      ),
      expect.stringContaining('missing from the store: trigger events_stay: CREATE TRIGGER'),
      expect.stringContaining('missing from the store: trigger events_stay_as_they_are: CREATE TRIGGER'),
    ]);
  });

  it.each<[string, string]>([
    ['payload', `body = json_set(body, '$.payload.reason', 'changed')`],
    ['actor', `body = json_set(body, '$.actor', 'somebody else')`],
    ['time', `body = json_set(body, '$.recordedAt', '2022-08-26T00:00:00.000Z')`],
    ['name', `body = json_set(body, '$.name', 'RepairConfirmed')`],
    ['version', `body = json_set(body, '$.version', 2)`],
    ['id', `body = json_set(body, '$.id', '00000000-0000-7000-8000-000000000000')`],
    ['place of its own', `body = json_set(body, '$.position', 4)`],
    ['spelling', `body = replace(body, '{"', '{ "')`],
    ['leaf', `leaf = '${'0'.repeat(64)}'`],
  ])('finds an altered %s, at its position; nothing reads over it', async (_, change) => {
    alter(`UPDATE events SET ${change} WHERE position = 3`);
    const problems = await found();
    expect(problems[0]).toMatch(
      /^E401 event 3: \w+ at position 3 is not what was appended: it hashes to [0-9a-f]{64}, not to [0-9a-f]{64}$/,
    );
    expect(problems).toHaveLength(1 + schemaProblems);
    const log = await open();
    for (const read of [log.readAll(0, 10), log.readStream('C', 1, 1)])
      expect((await refusalOf(read)).problems).toStrictEqual([
        {
          code: 'E401',
          message: expect.stringMatching(
            /^\w+ at position 3 is not what was appended: its hash differs$/,
          ) as string,
          at: { file: 'event 3' },
          help: 'restore a backup of the store, or load the book into a new store with --fresh',
        },
      ]);
    expect(await log.readAll(0, 3)).toHaveLength(3);
  });

  it('names the first damaged position first, also before a hole', async () => {
    alter(`UPDATE events SET leaf = 'x' WHERE position IN (1, 2); DELETE FROM events WHERE position = 3`);
    const problems = await found();
    expect(problems.slice(0, -schemaProblems).map((p) => p.slice(0, 55))).toEqual([
      'E401 event 1: BreakExplained at position 1 is not what ',
      'E401 event 2: BreakExplained at position 2 is not what ',
      'E401 event 4: position 3 is missing: position 4 stands ',
    ]);
  });

  it('finds events in another order', async () => {
    alter(
      `UPDATE events SET position = -1 WHERE position = 2; UPDATE events SET position = 2 WHERE position = 3;
       UPDATE events SET position = 3 WHERE position = -1`,
    );
    expect((await found())[0]).toBe('E401 event 3: position 2 is missing: position 3 stands in its place');
    expect((await refusalOf((await open()).readAll(0, 10))).problems.map((p) => p.message)).toEqual([
      'position 2 is missing: position 3 stands in its place',
    ]);
  });

  it('finds events whose revisions were appended in another order', async () => {
    const rows = new Database(file).prepare('SELECT body FROM events WHERE position > 1 ORDER BY position');
    const [a, b, c] = (rows.raw().all() as [string][]).map(([body]) => JSON.parse(body) as StoredEvent);
    const swapped = [{ ...a, revision: 1 }, { ...b, revision: 0 }, { ...c }] as readonly StoredEvent[];
    alter('DELETE FROM events WHERE position > 1');
    const db = new Database(file);
    eventWriter(db)(
      swapped.map((event) => {
        const [body, leaf] = [bodyOf(event), leafHash(event)];
        return { position: event.position, body, leaf, event, entry: entryOf(event.payload) };
      }),
    );
    db.close();
    expect((await found()).slice(0, -schemaProblems)).toEqual([
      'E401 event 2: position 2 is revision 1 of stream C, where 0 is due',
      'E401 event 3: position 3 is revision 0 of stream C, where 2 is due',
      'E401 event 4: position 4 is revision 2 of stream C, where 1 is due',
    ]);
  });

  it.each([
    [1, `id = '00000000-0000-7000-8000-000000000000'`],
    [1, `stream = 'elsewhere'`],
    [1, 'revision = 77'],
    [1, `entry = 'JE-9'`],
    [5, `entry = 'JE-9'`],
    [5, 'entry = NULL'],
  ])('finds event %i filed under %s, which it does not say', async (position, column) => {
    const log = await open();
    await log.append([{ stream: 'E', expected: -1, events: [posting('JE-1')] }]);
    alter(`UPDATE events SET ${column} WHERE position = ${position}`);
    const name = position === 5 ? 'RevenueRecognised' : 'BreakExplained';
    expect((await found()).slice(0, -schemaProblems)).toEqual([
      `E401 event ${position}: the store finds ${name} at position ${position} by something else than it says`,
    ]);
  });

  it('finds a text that is not JSON, and one that is not canonical though its hash is good', async () => {
    const spaced = `{ ${(await (await open()).readBodies(0, 1))[0]?.body.slice(1) ?? ''}`;
    alter(`UPDATE events SET body = '${spaced}', leaf = '${leafOf(spaced)}' WHERE position = 0`);
    expect((await found()).filter((p) => !p.includes('missing from'))).toEqual([
      'E401 event 0: BreakExplained at position 0 is not canonical JSON',
    ]);
    // SQLite itself keeps such a text out; on the disk a brace may turn into anything.
    await turn('"reason":"4"', '"reason":"4\n');
    const problems = (await found()).filter((p) => !p.includes('missing from'));
    expect(problems.slice(0, 2)).toEqual([
      'E401 event 0: BreakExplained at position 0 is not canonical JSON',
      'E401 event 4: the event at position 4 is not JSON',
    ]);
    expect(problems.slice(2)).toEqual([]);
  });

  it('finds a byte that is no text any more though what is shown of it is the same text', async () => {
    const log = await open();
    await log.append([{ stream: 'D', expected: -1, events: [saying('\ufffd!')] }]);
    // Read as text, what is no UTF-8 is U+FFFD as well.
    await turn('\xef\xbf\xbd!', '\xf0');
    expect((await found())[0]).toMatch(
      /^E401 event 5: BreakExplained at position 5 is not what was appended/,
    );
    const refusal = await refusalOf((await open()).readAll(5, 1));
    expect(refusal.problems.map((p) => p.code)).toEqual(['E401']);
  });

  it('finds bytes that are no text any more, where libsql would end the process', async () => {
    await turn('"reason":"3"', '"reason":"\xff"');
    expect((await found())[0]).toMatch(
      /^E401 event 3: BreakExplained at position 3 is not what was appended/,
    );
    const log = await open();
    expect((await refusalOf(log.readAll(0, 10))).problems.map((p) => p.code)).toEqual(['E401']);
    expect(await log.readAll(0, 3)).toHaveLength(3);
  });

  it('finds that the end of the log is lost, by what the store states of its length', async () => {
    const whole = await verifyLog(await open());
    alter('DELETE FROM events WHERE position = 4');
    const cut = await verifyLog(await open());
    expect([whole.length, cut.length]).toEqual([5, 4]);
    expect(cut.problems[0]?.message).toBe(
      `the store sqlite:${file} states 5 events, and its last one is at position 3`,
    );
    const log = await open();
    for (const read of [log.length(), log.readAll(0, 10), log.append([])])
      expect((await refusalOf(read)).problems.map((p) => p.code)).toEqual(['E401']);
  });

  it('gives the head of what is there, so that a cut tail shows against a head kept elsewhere', async () => {
    const whole = await verifyLog(await open());
    alter(`DELETE FROM events WHERE position = 4; UPDATE meta SET value = '4' WHERE key = 'length'`);
    const cut = await verifyLog(await open());
    expect([whole.length, cut.length]).toEqual([5, 4]);
    expect(cut.head).not.toBe(whole.head);
    expect(cut.problems).toHaveLength(schemaProblems);
  });

  it('finds an index that says something else than the events', async () => {
    const [, second] = await (await open()).readAll(0, 2);
    // The id stands in the text of the event, behind its key, and by itself in the index of ids.
    await turn(second?.id ?? '', 'f', (before) => !before.endsWith('"id":"'));
    const problems = await found();
    expect(problems).toContain('E401 sqlite:FILE: row 2 missing from index sqlite_autoindex_events_1');
    expect(problems.filter((p) => p.includes('is not what was appended'))).toEqual([]);
  });

  it('finds a damaged page of the file', async () => {
    const log = await open();
    await log.append([
      { stream: 'D', expected: -1, events: Array.from({ length: 20 }, () => saying('x'.repeat(3000))) },
    ]);
    await log.close();
    // A page well inside, so that the file still opens.
    const bytes = readFileSync(file);
    bytes.fill(7, 10 * 4096, 11 * 4096);
    writeFileSync(file, bytes);
    const damage = await verifyLog(await open());
    expect(damage.length).toBeLessThan(25);
    expect(damage.problems.map((p) => p.code)).toContain('E401');
    expect(damage.problems[0]?.message).toContain('is damaged: database disk image is malformed');
  });
});

describe('reading', () => {
  it('refuses to go over a hole', async () => {
    await five();
    alter('DELETE FROM events WHERE position = 2');
    const log = await open();
    const refusal = await refusalOf(log.readAll(0, 10));
    expect(refusal.problems.map((p) => [p.code, p.message])).toEqual([
      ['E401', 'position 2 is missing: position 3 stands in its place'],
    ]);
    expect(await log.readAll(3, 10)).toHaveLength(2);
    expect((await refusalOf(log.readStream('C', 0, 10))).problems.map((p) => p.message)).toEqual([
      'revision 0 of stream C is missing: position 3 stands in its place',
    ]);
    expect((await log.readAll(0, 2)).length).toBe(2);
  });
});

describe('loading', () => {
  it('leaves libsql alone until a store on disk is opened', () => {
    // Asked of a process of its own, because this one has loaded it.
    const script = `
      const { openEventLog } = require(${JSON.stringify(join(folder, 'log.cjs'))});
      const loaded = () => Object.keys(require.cache).some((f) => f.includes('libsql'));
      (async () => {
        await openEventLog('memory:');
        const before = loaded();
        await openEventLog('sqlite:' + ${JSON.stringify(file)});
        console.log(before, loaded());
      })();`;
    const built = spawnSync(process.execPath, ['-e', buildScript(join(folder, 'log.cjs'))], {
      encoding: 'utf8',
      cwd: repo,
    });
    expect(built.stderr).toBe('');
    const ran = spawnSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      env: { ...process.env, NODE_PATH: join(repo, 'node_modules') },
    });
    expect(ran.stdout.trim()).toBe('false true');
    expect(existsSync(file)).toBe(true);
  });
});

const repo = join(__dirname, '../../..');
const buildScript = (outfile: string): string =>
  `require('esbuild').buildSync({ entryPoints: ['libs/event-log/index.ts'], bundle: true, platform: 'node', external: ['libsql'], outfile: ${JSON.stringify(outfile)} })`;
