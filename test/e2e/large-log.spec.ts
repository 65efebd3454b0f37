/**
 * A log of more entries than a command holds: what is asked of single entries is found in pages, and what is damaged
 * beside the log is said and not used.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { emptyFolder, tieout, tieoutJson } from '../support/command';

const store = 'many.db';
let folder: string;
const run = (...args: readonly string[]) => tieout(folder, [...args, '-q', '--store', `sqlite:${store}`]);
const json = <T>(...args: readonly string[]): Promise<T> =>
  tieoutJson<T>(folder, [...args, '--store', `sqlite:${store}`]);

beforeAll(async () => {
  folder = emptyFolder();
  const { code } = await run('simulate', '--entries', '9000', '--seed', '5', '--reversals', '20');
  expect(code).toBe(0);
}, 300_000);

interface Entry {
  readonly id: string;
  readonly event: string;
  readonly date: string;
  readonly postings: readonly {
    readonly account: string;
    readonly movement: string;
    readonly minor: string;
    readonly dimensions: Readonly<Record<string, string>>;
  }[];
}
interface Stored {
  readonly position: number;
  readonly name: string;
  readonly payload: {
    readonly entry: string;
    readonly date: string;
    readonly postings: readonly { readonly account: string; readonly movement: string }[];
  };
}

test('the last events of a name and an account are those that all events have last', async () => {
  const all = await json<readonly Stored[]>('log');
  expect(all.map(({ position }) => position)).toStrictEqual(all.map((_, index) => index));
  const asked = ['--event', 'ExpenseIncurred', '--account', 'payables'];
  const wanted = all.filter(
    ({ name, payload }) =>
      name === 'ExpenseIncurred' && payload.postings.some(({ account }) => account.startsWith('payables.')),
  );
  expect(wanted.length).toBeGreaterThan(50);
  expect(await json('log', ...asked)).toStrictEqual(wanted);
  expect(await json('log', ...asked, '-n', '7')).toStrictEqual(wanted.slice(-7));
}, 120_000);

interface Explained {
  readonly builtFrom: {
    readonly equalsReplay: boolean;
    readonly movements: readonly {
      readonly entries: readonly { readonly entry: string }[];
    }[];
  };
}

test('behind a figure stand the entries that a reader of the whole log finds', async () => {
  const { builtFrom } = await json<Explained>('explain', 'is.revenue@2022H1');
  expect(builtFrom.equalsReplay).toBe(true);
  const all = await json<readonly Stored[]>('log', '--account', 'revenue');
  const own = all.filter(
    ({ payload: { date, postings } }) =>
      date >= '2022-01-01' &&
      postings.some(({ account, movement }) => account === 'revenue' && movement === 'profit-or-loss'),
  );
  expect(own.length).toBeGreaterThan(50);
  expect(builtFrom.movements.map(({ entries }) => entries.map(({ entry }) => entry))).toStrictEqual([
    own.map(({ payload }) => payload.entry),
  ]);
  const { out } = await run('explain', 'is.revenue@2022H1');
  expect(out).toMatch(/equal to the replay/);
  expect(out).toContain(`and ${own.length - 6} more`);
}, 120_000);

test('one entry posted twice among thousands is named', async () => {
  const revenue = await json<readonly Stored[]>('log', '--event', 'RevenueRecognised');
  const stored = revenue.find(({ payload }) => payload.date >= '2022-01-01');
  // In the second page, where the journal has it in a sum.
  expect(Math.floor((stored?.position ?? 0) / 4096)).toBe(1);
  const entry = await json<Entry>('show', stored?.payload.entry ?? '');
  const legs = entry.postings.map(({ account, movement, minor, dimensions }) => {
    const members = Object.entries(dimensions).map(([dimension, member]) => `, ${dimension}: ${member}`);
    const side = minor.startsWith('-') ? 'cr' : 'dr';
    return `    - { account: ${account}, movement: ${movement}${members.join('')}, ${side}: "${minor.replace('-', '')}" }\n`;
  });
  writeFileSync(
    join(folder, 'again.yaml'),
    `- id: JE-AGAIN
  event: ${entry.event}
  date: ${entry.date}
  description: Once more
  amounts: minor units
  postings:
${legs.join('')}`,
  );
  expect(await run('post', 'again.yaml')).toMatchObject({ code: 0, err: '' });
  const { code, out } = await run('check', 'ledger');
  expect(code).toBe(1);
  expect(out).toContain('doubled-entry: JE-AGAIN stands in the journal twice');
  expect((await run('reverse', 'JE-AGAIN', '--reason', 'posted twice')).code).toBe(0);
  expect((await run('check')).code).toBe(0);
}, 120_000);

test('a page or a snapshot that was changed is not used: the statement is the same, and it is said', async () => {
  const before = (await run('bs')).out;
  const db = new Database(join(folder, store));
  db.exec('UPDATE pages SET columns = zeroblob(length(columns)) WHERE number = 1');
  db.exec("UPDATE snapshots SET state = replace(state, '0', '1')");
  db.close();
  const after = await tieout(folder, ['bs', '--store', `sqlite:${store}`]);
  expect(after.out).toBe(before);
  expect(after.err).toMatch(/page 1 .*events are read instead/);
  const replayed = await run('replay');
  expect(replayed.err).not.toMatch(/error/);
  const again = await tieout(folder, ['bs', '--store', `sqlite:${store}`]);
  expect(again.out).toBe(before);
  expect(again.err).not.toMatch(/page 1/);
}, 120_000);
