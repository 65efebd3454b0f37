/**
 * Nothing is made for one company: every command on the corner shop, a book of another currency, another unit, whole years
 * and accounts of its own.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printedIn } from '../support/published';
import { cornerShop, emptyFolder, loadedFolder, tieout, tieoutJson, type Ended } from '../support/command';

let folder: string;
beforeAll(async () => {
  folder = await loadedFolder(cornerShop);
});

const run = (...args: readonly string[]): Promise<Ended> => tieout(folder, ['-q', '-b', cornerShop, ...args]);
const read = <Document>(...args: readonly string[]): Promise<Document> =>
  tieoutJson<Document>(folder, ['-b', cornerShop, ...args]);

/** Runs it, sees it end well, and returns what it printed. */
async function said(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await run(...args);
  expect({ args, code, err }).toEqual({ args, code: 0, err: '' });
  return out;
}

it('the overview prints its statements and the states of their figures', async () => {
  const out = await said();
  for (const title of ['Income statement', 'Balance sheet', 'Statement of cash flows'])
    expect(out).toContain(title);
  expect(out).toMatch(/^total +74 +74$/m);
});

it.each([
  ['is', 'income-statement'],
  ['bs', 'balance-sheet'],
  ['soce', 'changes-in-equity'],
  ['cf', 'cash-flows'],
  ['note 1', 'note-1'],
])('%s: every value as published', async (command, id) => {
  const { lines } = await read<{ lines: readonly { values: readonly (string | null)[] }[] }>(
    ...command.split(' '),
  );
  const file = id === 'note-1' ? id : 'primary-statements';
  // The file goes down one column after the other, the statement along each line.
  const byLine = new Map<string, string[]>();
  for (const { statement, line, column, published } of printedIn(file, cornerShop)) {
    if (statement !== id) continue;
    const key = `${/^(.*)\//.exec(column)?.[1] ?? ''} ${line}`;
    byLine.set(key, [...(byLine.get(key) ?? []), published]);
  }
  const values = lines.flatMap((line) => line.values.flatMap((value) => value ?? []));
  expect(values).toEqual([...byLine.values()].flat());
  expect(await said(...command.split(' '))).toContain('GBP · reconstructed entries');
});

it('has no statement of comprehensive income, and says so', async () => {
  const ended = await run('oci');
  expect(ended.code).toBe(2);
  expect(ended.err).toMatch(/error\[E601\]: the book corner-shop has no statement "oci"/);
});

it('figures: all tie', async () => {
  const figures = await read<readonly { state: string; published: string; replayed: string }[]>('figures');
  expect(figures).toHaveLength(98);
  expect(
    figures.filter(({ state, published, replayed }) => state !== 'ties' || published !== replayed),
  ).toEqual([]);
});

it('tb: foots', async () => {
  const tb = await read<{ debits: string; credits: string; accounts: readonly unknown[] }>('tb');
  expect(tb.debits).toBe(tb.credits);
  expect(tb.accounts.length).toBeGreaterThan(5);
  expect(await said('tb')).toMatch(/^Total /m);
});

it('log and show: the entries, with their amounts', async () => {
  expect(await said('log', '--account', 'fittings')).toMatch(/CS-2025-2 .*A refrigerator +2,000$/m);
  expect((await said('log', '--csv')).trimEnd().split('\n')).toHaveLength(21);
  expect(await said('show', 'CS-2025-2')).toMatch(/^ {2}fittings\.cost +additions +2,000$/m);
});

it('verify, replay and doctor: all well', async () => {
  expect(await read('verify')).toMatchObject({ result: 'holds', events: 20 });
  expect(await said('replay')).toContain('Replayed 20 events');
  expect(await said('doctor')).not.toMatch(/✗/);
});

it('post and reverse: nil in the end, and in the log for ever', async () => {
  const own = await loadedFolder(cornerShop);
  const shop = (...args: readonly string[]): Promise<Ended> => tieout(own, ['-q', '-b', cornerShop, ...args]);
  writeFileSync(
    join(own, 'late.yaml'),
    `- id: CS-LATE
  event: ExpenseIncurred
  date: 2025-12-31
  description: A bill found under the counter
  postings:
    - { account: expenses.running-costs, movement: profit-or-loss, dr: 120 }
    - { account: payables, movement: purchases, cr: 120 }
`,
  );
  const before = (await shop('bs', '--csv')).out;
  expect((await shop('post', 'late.yaml')).out).toBe(
    'CS-LATE posted: A bill found under the counter (120 GBP)\n',
  );
  expect((await shop('is', '--csv')).out).toMatch(/,is\.running-costs,.*,-27620,/);
  expect((await shop('figures')).code).toBe(1);
  expect((await shop('reverse', 'CS-LATE', '--reason', 'paid already')).code).toBe(0);
  expect((await shop('bs', '--csv')).out).toBe(before);
  expect((await shop('figures')).code).toBe(0);

  expect((await shop('export', 'book', '-o', 'mine')).code).toBe(0);
  const fresh = emptyFolder();
  const exported = await tieout(fresh, ['-q', '-b', join(own, 'mine'), 'bs', '--csv']);
  expect(exported).toEqual({ code: 0, out: before, err: '' });
});

it('closes the open year, and takes nothing more for it', async () => {
  const own = await loadedFolder(cornerShop);
  const shop = (...args: readonly string[]): Promise<Ended> => tieout(own, ['-q', '-b', cornerShop, ...args]);
  expect((await shop('close', '2025')).code).toBe(0);
  const late = await tieout(own, ['-b', cornerShop, 'reverse', 'CS-2025-2', '--reason', 'returned']);
  expect(late.code).toBe(3);
  expect(late.err).toMatch(/error\[E206\]: period 2025 is closed/);
});

it('needs no file for a store: memory: replays from the folder each time', async () => {
  const fresh = emptyFolder();
  const ended = await tieout(fresh, ['-q', '-b', cornerShop, '--store', 'memory:', 'is', '--csv']);
  expect(ended).toEqual({ code: 0, out: await said('is', '--csv'), err: '' });
});
