/**
 * Posting: all or nothing, nothing edited, said the same twice, and the log is what it was when an entry is refused.
 */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import {
  bookFolder,
  emptyFolder,
  loadedFolder,
  senseTime,
  tieout,
  tieoutJson,
  type Ended,
} from '../support/command';

const late = `- id: JE-LATE-01
  event: ExpenseIncurred
  date: 2022-06-30
  description: Utilities invoice received late
  postings:
    - { account: expenses.administrative, movement: profit-or-loss, nature: utilities, dr: "1,200" }
    - { account: payables.other.third, movement: recognised, cr: "1,200" }
`;

interface VerifyJson {
  readonly result: string;
  readonly events: number;
  readonly head: string;
}

interface StatementJson {
  readonly lines: readonly { readonly id: string; readonly values: readonly (string | null)[] }[];
}

/** Events of the book as it was loaded. */
let seedLength: number;
beforeAll(async () => {
  seedLength = eventsIn(await loadedFolder());
});

/** A loaded store, and files beside it. */
async function desk(files: Readonly<Record<string, string>> = { 'late.yaml': late }): Promise<string> {
  const folder = await loadedFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The hashes of the store's events: looked at beside the command, so that it costs no process. */
function leavesIn(folder: string): readonly string[] {
  const db = new Database(join(folder, '.tieout', `${senseTime}.db`), { readonly: true });
  const leaves = db.prepare('SELECT leaf FROM events ORDER BY position').raw().all() as [string][];
  db.close();
  return leaves.map(([leaf]) => leaf);
}
const eventsIn = (folder: string): number => leavesIn(folder).length;

const verify = (folder: string): Promise<VerifyJson> => tieoutJson(folder, ['verify']);

/** The current column of a statement, by line. */
async function valuesOf(
  folder: string,
  ...args: readonly string[]
): Promise<Readonly<Record<string, string>>> {
  const { lines } = await tieoutJson<StatementJson>(folder, args);
  return Object.fromEntries(lines.flatMap(({ id, values: [value] }) => (value == null ? [] : [[id, value]])));
}

/** `[code, file:line:column]` of each error said, in order. */
const errorsIn = ({ err }: Ended): readonly (readonly [string, string])[] =>
  [...err.matchAll(/^error\[(E\d{3})\].*\n(?: {2}--> (.*))?/gm)].map(([, code = '', place = '']) => [
    code,
    place,
  ]);

/** Runs it, sees it refused with nothing on stdout, and the log as long as before. */
async function refused(
  folder: string,
  args: readonly string[],
  code: number,
  input?: string,
): Promise<Ended> {
  const ended = await tieout(folder, args, input === undefined ? {} : { input });
  expect({ code: ended.code, out: ended.out }).toEqual({ code, out: '' });
  expect(ended.err).toMatch(/nothing was written\n$/);
  expect(eventsIn(folder)).toBe(seedLength);
  return ended;
}

it('a posted entry stands in the statements, and the balance sheet still balances', async () => {
  const folder = await desk();
  const before = { is: await valuesOf(folder, 'is'), bs: await valuesOf(folder, 'bs') };
  const posted = await tieout(folder, ['post', 'late.yaml']);
  expect(posted).toEqual({
    code: 0,
    out: "JE-LATE-01 posted: Utilities invoice received late (1,200 RMB'000)\n",
    err: '',
  });
  const after = { is: await valuesOf(folder, 'is'), bs: await valuesOf(folder, 'bs') };
  expect([before.is['is.administrative-expenses'], after.is['is.administrative-expenses']]).toEqual([
    '-768629',
    '-769829',
  ]);
  expect([before.is['is.loss'], after.is['is.loss']]).toEqual(['-3207988', '-3209188']);
  expect([before.bs['bs.payables'], after.bs['bs.payables']]).toEqual(['2118159', '2119359']);
  expect(after.bs['bs.assets']).toBe('36666655');
  expect(after.bs['bs.equity-and-liabilities']).toBe('36666655');
  expect(after.bs['bs.equity']).toBe('31101636');
  expect(eventsIn(folder)).toBe(seedLength + 1);

  const shown = await tieoutJson<Record<string, unknown>>(folder, ['show', 'JE-LATE-01']);
  expect(shown).toMatchObject({
    id: 'JE-LATE-01',
    event: 'ExpenseIncurred',
    position: seedLength,
    actor: 'tester',
  });
  const { code, out } = await tieout(folder, ['-q', 'figures']);
  expect(code).toBe(1);
  expect(out).toMatch(
    /^✗ does not tie {2}is\.administrative-expenses@2022H1: published \(768,629\), replayed \(769,829\)/m,
  );
});

it('a dry run says what would be posted and writes nothing', async () => {
  const folder = await desk();
  const ended = await tieout(folder, ['post', 'late.yaml', '--dry-run']);
  expect(ended).toMatchObject({ code: 0, err: 'dry run: nothing was written\n' });
  expect(ended.out).toMatch(/^JE-LATE-01 would be posted: /);
  expect(eventsIn(folder)).toBe(seedLength);
});

it('the same file twice changes nothing; another body under the id is a conflict', async () => {
  const folder = await desk({ 'late.yaml': late, 'other.yaml': late.replaceAll('1,200', '1,300') });
  await tieout(folder, ['post', 'late.yaml']);
  const leaves = leavesIn(folder);
  const again = await tieout(folder, ['post', 'late.yaml']);
  expect(again).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^JE-LATE-01 already there: /) as string,
  });
  const other = await tieout(folder, ['post', 'other.yaml']);
  expect({ code: other.code, errors: errorsIn(other) }).toEqual({
    code: 5,
    errors: [['E207', 'other.yaml:1:1']],
  });
  expect(leavesIn(folder)).toStrictEqual(leaves);
});

it('posts only to the revision that was looked at, where one is given', async () => {
  const folder = await desk();
  const ended = await refused(folder, ['post', 'late.yaml', '--expect-rev', `${seedLength - 1}`], 5);
  expect(ended.err).toContain(`you expected rev ${seedLength - 1}, it is at rev ${seedLength}`);
  expect(errorsIn(ended)).toEqual([['E501', '']]);
  expect((await tieout(folder, ['post', 'late.yaml', '--expect-rev', `${seedLength}`])).code).toBe(0);
  expect((await tieout(folder, ['post', 'late.yaml', '--expect-rev', 'x'])).code).toBe(2);
});

it('processes that post at one moment all succeed, and the log has each entry once', async () => {
  const folder = await desk({ 'one.yaml': late, 'two.yaml': late.replace('JE-LATE-01', 'JE-LATE-02') });
  const files = ['one.yaml', 'two.yaml', 'one.yaml', 'two.yaml', 'one.yaml'];
  const ended = await Promise.all(files.map((file) => tieout(folder, ['-q', 'post', file])));
  expect(ended.map(({ code, err }) => ({ code, err }))).toEqual(files.map(() => ({ code: 0, err: '' })));
  expect(await verify(folder)).toMatchObject({ result: 'holds', events: seedLength + 2 });
});

describe('refused, with everything at once and where it stands', () => {
  it('what the file alone shows', async () => {
    const bad = `- id: JE-BAD-1
  event: ExpenseIncurred
  date: 2022-06-30
  description: Does not balance
  postings:
    - { account: expenses.administrative, movement: profit-or-loss, nature: utilities, dr: "297,769" }
    - { account: payables.other.third, movement: recognised, cr: "297,679" }
- id: JE-BAD-2
  event: ExpenseIncurred
  date: 2022-06-31
  description: Names what the book does not declare
  postings:
    - { account: expenses.administrativ, movement: profit-or-loss, nature: utilitys, dr: 5 }
    - { account: payables.other.third, movement: recognized, cr: 5 }
- id: JE-BAD-3
  event: ImpairmentRecognised
  date: 2022-06-30
  description: Impairs nothing
  postings:
    - { account: expenses.administrative, movement: profit-or-loss, nature: utilities, dr: 5 }
    - { account: payables.other.third, movement: recognised, cr: 5 }
`;
    const ended = await refused(await desk({ 'bad.yaml': bad }), ['post', 'bad.yaml'], 3);
    expect(ended.err).toMatch(
      /^error\[E201\]: entry JE-BAD-1 does not balance: debits 297,769, credits 297,679, difference 90\n/,
    );
    expect(ended.err).toMatch(/= note: the difference is divisible by 9: two digits may be transposed/);
    expect(ended.err).toMatch(/= help: did you mean expenses\.administrative\?/);
    const errors = errorsIn(ended);
    expect(new Set(errors.map(([code]) => code))).toEqual(
      new Set(['E201', 'E107', 'E202', 'E209', 'E203', 'E204']),
    );
    for (const [, place] of errors) expect(place).toMatch(/^bad\.yaml:\d+:\d+$/);
  });

  it('what only the log shows', async () => {
    const closed = late.replace('2022-06-30', '2021-03-31').replace('JE-LATE-01', 'JE-CLOSED');
    const taken = late.replace('JE-LATE-01', 'JE-2022H1-01');
    const ended = await refused(await desk({ 'log.yaml': closed + taken + late }), ['post', 'log.yaml'], 5);
    expect(errorsIn(ended)).toEqual([
      ['E206', 'log.yaml:1:1'],
      ['E207', 'log.yaml:8:1'],
    ]);
    expect(ended.err).toMatch(/= help: tieout reopen 2021H1 --reason TEXT, then post again/);
  });

  it('what standard input has, and what is no file', async () => {
    const folder = await desk();
    const ended = await refused(folder, ['post', '-'], 3, late.replace('cr: "1,200"', 'cr: 1,200'));
    expect(errorsIn(ended)).toEqual([['E104', expect.stringMatching(/^standard input:7:\d+$/) as string]]);
    expect(errorsIn(await refused(folder, ['post', 'nothing.yaml'], 3))).toEqual([['E101', '']]);
  });
});

describe('nothing is edited', () => {
  it('an entry is reversed once, by its exact opposite, with a reason', async () => {
    const folder = await desk();
    const before = await valuesOf(folder, 'bs');
    await tieout(folder, ['post', 'late.yaml']);
    expect((await tieout(folder, ['reverse', 'JE-LATE-01'])).code).toBe(2);
    const ended = await tieout(folder, ['reverse', 'JE-LATE-01', '--reason', 'posted twice']);
    expect(ended).toMatchObject({ code: 0, out: expect.stringMatching(/^JE-LATE-01-R posted: /) as string });
    expect(await valuesOf(folder, 'bs')).toEqual(before);
    const again = await tieout(folder, ['reverse', 'JE-LATE-01', '--reason', 'x', '--id', 'OTHER']);
    expect({ code: again.code, errors: errorsIn(again).map(([code]) => code) }).toEqual({
      code: 3,
      errors: ['E211'],
    });
    expect((await tieout(folder, ['reverse', 'JE-LATE-0', '--reason', 'x'])).code).toBe(2);
    const shown = await tieout(folder, ['show', 'JE-LATE-01']);
    expect(shown.out).toMatch(/^reversed by JE-LATE-01-R$/m);
    expect(await verify(folder)).toMatchObject({ result: 'holds', events: seedLength + 2 });
  });

  it('a closed period takes a late entry only when it is reopened with a reason, and keeps what was known', async () => {
    const folder = await desk({ 'h1.yaml': late.replace('2022-06-30', '2021-03-31') });
    const post = (): Promise<Ended> => tieout(folder, ['post', 'h1.yaml']);
    const before = await tieout(folder, ['-q', 'is']);
    expect((await post()).code).toBe(3);
    expect((await tieout(folder, ['reopen', '2021H1'])).code).toBe(2);
    expect(await tieout(folder, ['reopen', '2021H1', '--reason', 'late invoice'])).toMatchObject({ code: 0 });
    expect((await post()).code).toBe(0);
    expect((await tieout(folder, ['close', '2021H1'])).code).toBe(0);
    expect((await tieout(folder, ['close', '2021H1'])).code).toBe(3);
    const is = await tieoutJson<StatementJson>(folder, ['is', '-p', '2021H1']);
    expect(is.lines.find(({ id }) => id === 'is.administrative-expenses')?.values).toEqual(['-1444231']);
    expect(await tieout(folder, ['-q', 'is', '--known-at', `${seedLength}`])).toEqual(before);
    // The close of 2021H1, the opening and closing of 2021H2 and the opening of 2022H1 are asserted again.
    expect(await verify(folder)).toMatchObject({ result: 'holds', events: seedLength + 6 });
    writeFileSync(
      join(folder, 'h2.yaml'),
      late.replace('2022-06-30', '2021-12-31').replace('JE-LATE-01', 'JE-H2'),
    );
    expect((await tieout(folder, ['post', 'h2.yaml'])).code).toBe(3);
  });
});

describe('the book and its store', () => {
  /** Statements of a folder, without the revision that they name. */
  const statements = (
    folder: string,
    ...args: readonly string[]
  ): Promise<readonly StatementJson['lines'][]> =>
    Promise.all(
      ['is', 'bs', 'soce', 'cf', 'oci'].map(
        async (command) => (await tieoutJson<StatementJson>(folder, [...args, command])).lines,
      ),
    );

  it('what was posted is exported as a book that loads to the same statements', async () => {
    const folder = await desk({ 'late.yaml': late + late.replace('JE-LATE-01', 'JE-LATE-02') });
    await tieout(folder, ['post', 'late.yaml']);
    await tieout(folder, ['reverse', 'JE-LATE-02', '--reason', 'posted twice']);
    expect(await tieout(folder, ['export', 'book', '-o', 'mine'])).toMatchObject({ code: 0, err: '' });
    expect((await tieout(folder, ['export', 'book', '-o', 'mine'])).code).toBe(2);
    const fresh = emptyFolder();
    const book = join(folder, 'mine');
    expect((await tieout(fresh, ['-b', book, 'tb'])).code).toBe(0);
    expect(await statements(fresh, '-b', book)).toEqual(await statements(folder));
    expect(await tieoutJson<VerifyJson>(fresh, ['-b', book, 'verify'])).toMatchObject({ result: 'holds' });
    const shown = await tieout(fresh, ['-b', book, 'show', 'JE-LATE-02-R']);
    expect(shown.out).toMatch(/^reverses JE-LATE-02: posted twice$/m);
  });

  it('a journal that changed after it was loaded is refused, naming the entries; --fresh keeps the old store', async () => {
    const folder = emptyFolder();
    cpSync(bookFolder(senseTime), join(folder, 'book'), { recursive: true });
    const journal = join(folder, 'book/journal/2022-h1.yaml');
    const original = readFileSync(journal, 'utf8');
    const run = (...args: readonly string[]): Promise<Ended> => tieout(folder, ['-b', 'book', ...args]);
    expect((await run('tb')).code).toBe(0);
    const loaded = await tieoutJson<VerifyJson>(folder, ['-b', 'book', 'verify']);

    const renamed = 'description: Revenue from customers in Mainland China';
    expect(original).toContain(renamed);
    writeFileSync(journal, original.replace(renamed, `${renamed}, changed`) + late);
    const changed = await run('is');
    expect({ code: changed.code, out: changed.out }).toEqual({ code: 3, out: '' });
    expect(changed.err).toMatch(/^error\[E502\]: journal\/2022-h1\.yaml changed after it was loaded/);
    expect(changed.err).toMatch(/= note: changed: JE-2022H1-01\n/);
    expect(changed.err).toMatch(/= note: added: JE-LATE-01\n/);

    const fresh = await run('--fresh', 'tb');
    expect(fresh.code).toBe(0);
    expect(fresh.err).toMatch(/the store that was there is kept as .*sensetime-2022-interim\.db\.1\n/);
    writeFileSync(journal, original);
    const kept = `sqlite:${join(folder, '.tieout', `${senseTime}.db.1`)}`;
    expect(existsSync(join(folder, '.tieout', `${senseTime}.db.1`))).toBe(true);
    expect(await tieoutJson<VerifyJson>(folder, ['-b', 'book', '--store', kept, 'verify'])).toEqual(loaded);
  });

  it('loading twice changes nothing, and two clones have the same head', async () => {
    const [one, two] = [emptyFolder(), emptyFolder()];
    cpSync(bookFolder(senseTime), join(two, 'clone'), { recursive: true });
    const loads = await Promise.all([
      tieout(one, ['verify', '--json']),
      tieout(two, ['-b', 'clone', 'verify', '--json']),
    ]);
    const [first, second] = loads.map(({ out }) => JSON.parse(out) as VerifyJson);
    expect(first).toMatchObject({ result: 'holds', events: seedLength });
    expect(second?.head).toBe(first?.head);
    expect(await tieout(one, ['tb', '--csv'])).toMatchObject({ code: 0, err: '' });
    expect((await verify(one)).head).toBe(first?.head);
  });

  it('a store of another book is refused', async () => {
    const folder = await desk();
    const store = `sqlite:${join('.tieout', `${senseTime}.db`)}`;
    const ended = await tieout(folder, ['-b', 'corner-shop', '--store', store, 'is']);
    expect({ code: ended.code, errors: errorsIn(ended).map(([code]) => code) }).toEqual({
      code: 2,
      errors: ['E403'],
    });
  });

  it('a file that is no store is refused with 4', async () => {
    const folder = await desk();
    writeFileSync(
      join(folder, 'no-store.db'),
      'this is a text file, and long enough to have a header of a database\n'.repeat(20),
    );
    const ended = await tieout(folder, ['--store', 'sqlite:no-store.db', 'is']);
    expect({ code: ended.code, errors: errorsIn(ended).map(([code]) => code) }).toEqual({
      code: 4,
      errors: ['E402'],
    });
  });
});
