/**
 * A store that is loaded in one go: the same log as by appending, there only when it is whole.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import fc from 'fast-check';
import { canonical, newEventId, type NewEvent } from '@tieout/events';
import { posting, refusalOf, saying } from './contract';
import { firstLoad, packed, unpacked, writerHere, type FirstLoad } from './first-load';
import { openEventLog } from './open';
import { storeMaker } from './store-maker';
import { schemaProblems } from './sqlite-format';
import { verifyLog } from './verify';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-load-'));
  file = join(folder, 'deeper', 'book.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const started = (): FirstLoad => firstLoad(writerHere(storeMaker(file)));
const loaded = (events: readonly NewEvent[]) => events.map((event) => ({ event, text: undefined }));
const entries = Array.from({ length: 40 }, (_, n) => posting(`JE-${n}`, 100 + n));
const page = { number: 0, names: '{}', columns: new Uint8Array(64), sha256: 'a', root: 'b' };

/** A few streams in turns, with the text of a payload at hand for some. */
async function load(into: FirstLoad): Promise<void> {
  await into.add([
    { stream: 'B', events: loaded([saying('商汤', '00000000-0000-7000-8000-000000000000')]) },
    { stream: 'B/1', events: loaded(entries.slice(0, 20)) },
  ]);
  const texts = entries.slice(20).map((event) => ({ event, text: canonical(event.event.payload) }));
  await into.add([{ stream: 'B/1', events: texts.slice(0, 10) }]);
  await into.add([{ stream: 'B/2', events: texts.slice(10) }]);
  await into.savePages([page]);
}

test('it is the log that appending makes: events, head, pages, and a store as every other', async () => {
  const into = started();
  await load(into);
  await into.finish();
  const log = await openEventLog(`sqlite:${file}`);
  const other = await openEventLog('memory:');
  await other.append([
    { stream: 'B', expected: -1, events: [saying('商汤', '00000000-0000-7000-8000-000000000000')] },
    { stream: 'B/1', expected: -1, events: entries.slice(0, 30) },
    { stream: 'B/2', expected: -1, events: entries.slice(30) },
  ]);
  expect(await log.readAll(0, 100)).toStrictEqual(await other.readAll(0, 100));
  expect(await verifyLog(log)).toStrictEqual({ ...(await verifyLog(other)), problems: [] });
  expect((await log.readPages(0, 9)).map(({ number }) => number)).toStrictEqual([0]);
  expect((await log.append([{ stream: 'B', expected: 0, events: [saying('on')] }])).length).toBe(42);
  await log.close();
  const db = new Database(file);
  expect(db.prepare('PRAGMA journal_mode').raw().all()).toEqual([['wal']]);
  expect(schemaProblems(db)).toEqual([]);
  db.close();
  expect(readdirSync(join(folder, 'deeper')).filter((name) => name.includes('partial'))).toEqual([]);
});

test('before it is finished there is no store of its name, and what is abandoned leaves nothing', async () => {
  const into = started();
  await load(into);
  expect(existsSync(file)).toBe(false);
  await into.abandon();
  expect(readdirSync(join(folder, 'deeper'))).toEqual([]);
});

test('what a load left behind whose process is gone is removed by the next into that place, and nothing else', async () => {
  const { pid: gone } = spawnSync(process.execPath, ['--version']);
  const inFolder = (name: string): string => join(folder, 'deeper', name);
  const left = [`book.db.partial-${gone}`, `book.db.partial-${gone}-journal`];
  const others = [`book.db.partial-${process.ppid}`, 'book.db.partial-x', `other.db.partial-${gone}`];
  mkdirSync(join(folder, 'deeper'));
  for (const name of [...left, ...others]) writeFileSync(inFolder(name), '');
  await started().abandon();
  expect(readdirSync(join(folder, 'deeper')).sort()).toEqual([...others].sort());
});

test('a store that has come into its place meanwhile is left alone', async () => {
  const into = started();
  await load(into);
  writeFileSync(file, 'something');
  const { problems } = await refusalOf(into.finish());
  expect(problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
    `E602 the file ${file} is there by now`,
  ]);
  await into.abandon();
  expect(readdirSync(join(folder, 'deeper'))).toEqual(['book.db']);
});

test('an entry or an id that stands twice is no log', async () => {
  const [first] = entries;
  for (const again of [
    { ...first!, id: newEventId() },
    { ...entries[5]!, id: first!.id },
  ]) {
    const into = started();
    await into.add([{ stream: 'B', events: loaded([first!]) }]);
    await expect(into.add([{ stream: 'B', events: loaded([again]) }])).rejects.toThrow('UNIQUE');
    await into.abandon();
  }
});

test('text that no store can keep is refused', async () => {
  const into = started();
  const { problems } = await refusalOf(into.add([{ stream: 'B\0', events: loaded(entries) }]));
  expect(problems.map(({ code }) => code)).toEqual(['E107']);
  await into.abandon();
});

test('a place that cannot be written is E504', async () => {
  writeFileSync(join(folder, 'deeper'), 'a file where a folder is due');
  const { problems } = await refusalOf((async () => void started())());
  expect(problems.map(({ code }) => code)).toEqual(['E504']);
});

test('law: what is packed for another thread comes out as it was', () => {
  const text = fc.string({ unit: 'grapheme' }).map((said) => said.replaceAll('\0', ''));
  const event = fc.record({
    body: text,
    leaf: text,
    id: text,
    stream: fc.constantFrom('B', 'B/1'),
    revision: fc.nat(3),
    entry: fc.option(text, { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(event), fc.nat(1000), (events, first) => {
      const filed = events.map(({ body, leaf, entry, ...event }, index) => ({
        ...{ position: first + index, body, leaf, entry },
        event,
      }));
      expect(unpacked(packed(filed))).toStrictEqual(
        filed.map((each) => ({ ...each, event: { ...each.event } })),
      );
    }),
  );
});
