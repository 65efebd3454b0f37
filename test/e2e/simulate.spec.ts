/**
 * A ledger of thousands of invented entries reproduces every published figure: the same states, the same statements to
 * the byte, and it says on every surface that it is simulated.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readBook, seedEvents } from '@tieout/book';
import { openEventLog } from '@tieout/event-log';
import { explode } from '@tieout/simulate';
import {
  bookFolder,
  cornerShop,
  emptyFolder,
  inRoot,
  loadedFolder,
  senseTime,
  tieout,
  tieoutJson,
} from '../support/command';

const entries = process.env['TIEOUT_FULL'] === '1' ? 100_000 : 10_000;
const simulated = `simulated ledger of ${entries.toLocaleString('en-GB')} entries`;
const store = `.tieout/${senseTime}.simulated-${entries}-7.db`;
const simulate = ['simulate', '--entries', String(entries), '--seed', '7'];

interface Checked {
  readonly counts: unknown;
  readonly coverage: unknown;
  readonly findings: unknown;
}

let book: string;
let many: string;
beforeAll(async () => {
  book = await loadedFolder();
  many = emptyFolder();
  const { code, out } = await tieout(many, [...simulate, '--late', '70', '--reversals', '50', '--quiet']);
  expect({ code, out }).toEqual({
    code: 0,
    out: `${senseTime}: ${simulated}, ${entries + 52} events in sqlite:${store}\n`,
  });
}, 300_000);

const inMany = (...args: readonly string[]): readonly string[] => [...args, '--store', `sqlite:${store}`];

test('it is loaded into a store of its own, and the default store is not made', () => {
  expect(existsSync(join(many, store))).toBe(true);
  expect(existsSync(join(many, `.tieout/${senseTime}.db`))).toBe(false);
});

test('every figure ties as it does on the book itself: states, coverage, findings', async () => {
  const here = await tieoutJson<Checked>(book, ['check']);
  const there = await tieoutJson<Checked>(many, inMany('check'));
  expect(there.counts).toStrictEqual(here.counts);
  expect(there.coverage).toStrictEqual(here.coverage);
  // Explanations stand at another place of a longer log.
  const found = ({ findings }: Checked): unknown =>
    JSON.parse(JSON.stringify(findings, (key, value: unknown) => (key === 'position' ? undefined : value)));
  expect(found(there)).toStrictEqual(found(here));
}, 300_000);

test('every statement is the same to the byte, under a header that says what it stands on', async () => {
  for (const statement of ['is', 'oci', 'bs', 'soce', 'cf', 'tb', 'note 10']) {
    const here = await tieout(book, statement.split(' '));
    const there = await tieout(many, inMany(...statement.split(' ')));
    expect(there.out).toContain(` · ${simulated} · rev `);
    const head = / *RMB\S* · (reconstructed entries|simulated ledger of [\d,]+ entries) · rev \d+/g;
    expect(there.out.replace(head, '')).toBe(here.out.replace(head, ''));
  }
}, 300_000);

test('it says that it is simulated: on stderr, in JSON, in doctor', async () => {
  const { err } = await tieout(many, inMany('is'));
  expect(err.split('\n')).toContain(simulated);
  expect(await tieoutJson<{ basis: string }>(many, inMany('is'))).toMatchObject({ basis: simulated });
  const doctor = await tieout(many, inMany('doctor'));
  expect(doctor.out).toContain(simulated);
}, 300_000);

test('the log is intact', async () => {
  const { code, out } = await tieout(many, inMany('verify', '--json', '--quiet'));
  expect({ code, result: (JSON.parse(out) as { result: string }).result }).toEqual({
    code: 0,
    result: 'holds',
  });
}, 300_000);

describe('a small one', () => {
  const shop = ['-b', cornerShop];
  const small = [...shop, 'simulate', '--entries', '300', '--seed', '1'];
  const head = async (folder: string, url: string): Promise<string> =>
    (await tieoutJson<{ head: string }>(folder, [...shop, 'verify', '--store', url])).head;

  test('the same seed has the same head, another seed another', async () => {
    const folder = emptyFolder();
    for (const [seed, file] of Object.entries({ a: 'one', A: 'two', b: 'three' })) {
      const args = [...shop, 'simulate', '--entries', '300', '--seed', seed.toLowerCase()];
      expect((await tieout(folder, [...args, '--store', `sqlite:${file}`])).code).toBe(0);
    }
    const [one, two, three] = await Promise.all(
      ['one', 'two', 'three'].map((file) => head(folder, `sqlite:${file}`)),
    );
    expect(two).toBe(one);
    expect(three).not.toBe(one);
  }, 120_000);

  test('a store that holds something is refused, and so is the store of the book', async () => {
    const folder = emptyFolder();
    expect((await tieout(folder, [...small, '--store', 'sqlite:kept'])).code).toBe(0);
    const again = await tieout(folder, [...small, '--store', 'sqlite:kept']);
    expect(again.code).toBe(2);
    expect(again.err).toContain('holds 304 events; a simulated ledger is loaded into a new store');
    const own = await tieout(folder, [...small, '--store', `sqlite:.tieout/${cornerShop}.db`]);
    expect(own.code).toBe(2);
    expect(own.err).toContain('is the store of the book itself');
    expect(existsSync(join(folder, `.tieout/${cornerShop}.db`))).toBe(false);
  }, 120_000);

  test.each([
    ['SIGINT', 130],
    ['SIGKILL', null],
  ] as const)(
    'stopped by %s there is no store, and Ctrl-C leaves nothing at all',
    async (signal, due) => {
      const folder = emptyFolder();
      const args = ['simulate', '--entries', '1000000', '--seed', '1', '-q', '--store', 'sqlite:stopped.db'];
      const { PATH = '' } = process.env;
      const running = spawn(process.execPath, [inRoot('dist/tieout.cjs'), ...args], {
        cwd: folder,
        env: { PATH },
        stdio: 'ignore',
      });
      const ended = new Promise<number | null>((resolve) => running.once('close', resolve));
      const grown = (): boolean =>
        readdirSync(folder).some((name) => statSync(join(folder, name)).size > 4e6);
      while (!grown() && running.exitCode === null) await setTimeout(20);
      running.kill(signal);
      expect(await ended).toBe(due);
      const left = readdirSync(folder);
      expect(left).toEqual(signal === 'SIGINT' ? [] : [expect.stringMatching(/^stopped\.db\.partial-\d+$/)]);
      // The name is free.
      expect((await tieout(folder, [...small, '--store', 'sqlite:stopped.db'])).code).toBe(0);
    },
    120_000,
  );

  test('one that was cut off is refused, whatever is asked of it', async () => {
    const folder = emptyFolder();
    const book = readBook(bookFolder(cornerShop));
    const log = await openEventLog(`sqlite:${join(folder, 'cut.db')}`);
    const simulated = explode(seedEvents(book), book.chart, { entries: 300, seed: '1' });
    for (const { stream, event } of simulated) {
      await log.append([{ stream, expected: 'any', events: [event] }]);
      if ((await log.length()) === 100) break;
    }
    await log.close();
    const { code, out, err } = await tieout(folder, [...shop, 'is', '--store', 'sqlite:cut.db']);
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toContain('was cut off: 100 of 304 events are there');
  }, 120_000);

  test('numbers that cannot be are refused', async () => {
    const folder = emptyFolder();
    const said = async (...args: string[]): Promise<string> => {
      const { code, err } = await tieout(folder, [...shop, 'simulate', '--seed', '1', ...args]);
      expect(code).toBe(2);
      return err.split('\n')[0] ?? '';
    };
    expect(await said('--entries', '1e3')).toBe(
      'error[E602]: --entries takes a number of entries, not "1e3"',
    );
    expect(await said('--entries', '300', '--store', 'memory:')).toContain('into a file, not into memory:');
    expect(await said('--entries', '10')).toContain('10 is not a number of entries');
    expect(await said('--entries', '300', '--late', '300')).toContain('late: 300 is no number of entries');
    expect(await said('--entries', '300', '--seed', '../x')).toContain('--seed takes letters and digits');
    expect(readdirSync(folder)).toEqual([]);
  }, 120_000);
});
