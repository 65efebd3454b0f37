/**
 * The error catalogue through the command: every code has a page, and a refusal shows where, what is wrong and what to
 * do, with the exit code that the catalogue gives it. What a reader of books can refuse is pinned word for word where the
 * reader stands; here a few of each family go the whole way.
 */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCatalogue, type ErrorCode } from '@tieout/events';
import Database from 'libsql';
import { bookFolder, cornerShop, emptyFolder, loadedFolder, tieout } from '../support/command';

const codes = Object.keys(errorCatalogue) as ErrorCode[];

it.each(codes)('help %s: its page', async (code) => {
  const { title, exit, page } = errorCatalogue[code];
  const ended = await tieout(emptyFolder(), ['help', code.toLowerCase()]);
  expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: '' });
  expect(ended.out.startsWith(`${code}  ${title}  (exit ${exit})\n\n`)).toBe(true);
  expect(ended.out.replace(/\s+/g, ' ')).toContain(page.replace(/\s+/g, ' '));
});

it('lists them all, and the exit codes', async () => {
  const folder = emptyFolder();
  const [errors, exits] = await Promise.all([
    tieout(folder, ['help', 'errors']),
    tieout(folder, ['help', 'exit-codes']),
  ]);
  expect(
    errors.out
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(0, 4)),
  ).toEqual(codes);
  for (const exit of new Set(codes.map((code) => errorCatalogue[code].exit)))
    expect(exits.out).toMatch(new RegExp(`^ +${exit} `, 'm'));
});

describe('a bad book is refused whole', () => {
  interface BadBook {
    readonly code: ErrorCode;
    readonly what: string;
    readonly file: string;
    readonly from: string;
    readonly to: string;
    /** What is said after the code, up to the end of its line. */
    readonly says: RegExp;
    readonly help?: RegExp;
  }
  const books: readonly BadBook[] = [
    {
      ...{ code: 'E101', what: 'a file that is not there', file: 'book.yaml' },
      ...{ from: 'figures/note-1.csv', to: 'figures/note-2.csv', says: /note-2\.csv/ },
    },
    {
      ...{ code: 'E102', what: 'a misspelt key', file: 'book.yaml', from: 'entity:', to: 'entitty:' },
      ...{ says: /unknown key "entitty"/, help: /did you mean entity\?/ },
    },
    {
      ...{ code: 'E103', what: 'malformed YAML', file: 'journal/2025.yaml' },
      ...{ from: 'dr: "2,000",', to: 'dr: "2,000', says: /./ },
    },
    {
      ...{ code: 'E104', what: 'a thousands separator outside quotes', file: 'journal/2025.yaml' },
      ...{ from: 'dr: "66,000"', to: 'dr: 66,000', says: /66,000/ },
    },
    {
      ...{ code: 'E105', what: 'an amount in parentheses', file: 'journal/2025.yaml' },
      ...{ from: 'cr: "57,000"', to: 'cr: "(57,000)"', says: /\(57,000\)/ },
    },
    {
      ...{ code: 'E106', what: 'a column that is not known', file: 'accounts.csv' },
      ...{ from: ',role,', to: ',roll,', says: /roll/ },
    },
    {
      ...{ code: 'E107', what: 'an event name that is not known', file: 'journal/2025.yaml' },
      ...{ from: 'event: RevenueRecognised', to: 'event: RevenueRecognized', says: /RevenueRecognized/ },
      help: /did you mean RevenueRecognised\?/,
    },
    {
      ...{ code: 'E108', what: 'an entry declared twice', file: 'journal/2025.yaml' },
      ...{ from: 'id: CS-2025-2', to: 'id: CS-2024-2', says: /entry CS-2024-2 is declared twice/ },
    },
    {
      ...{ code: 'E201', what: 'an entry that does not balance', file: 'journal/2025.yaml' },
      ...{ from: 'cr: "104,000"', to: 'cr: "140,000"' },
      says: /entry CS-2025-5 does not balance: debits 104,000, credits 140,000, difference 36,000/,
    },
    {
      ...{ code: 'E202', what: 'an account that is not known', file: 'journal/2025.yaml' },
      ...{ from: 'account: payables, movement: payments', to: 'account: payable, movement: payments' },
      ...{ says: /unknown account "payable"/, help: /did you mean payables\?/ },
    },
    {
      ...{ code: 'E205', what: 'a date outside its period', file: 'journal/2025.yaml' },
      ...{ from: 'date: 2025-03-01', to: 'date: 2024-03-01', says: /dated 2024-03-01, outside 2025/ },
    },
    {
      ...{ code: 'E302', what: 'a line that selects nothing', file: 'statements/income-statement.yaml' },
      ...{
        from: 'credit: revenue }',
        to: 'credit: revenues }',
        says: /revenues/,
        help: /did you mean revenue\?/,
      },
    },
    {
      ...{ code: 'E303', what: 'a figure without a cell', file: 'figures/note-1.csv' },
      ...{ from: 'note-1.additions,2025/cost', to: 'note-1.addition,2025/cost', says: /note-1\.addition/ },
    },
  ];

  it.each(books)('$code $what', async ({ code, file, from, to, says, help }) => {
    const folder = emptyFolder();
    cpSync(bookFolder(cornerShop), join(folder, 'book'), { recursive: true });
    const path = join(folder, 'book', file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
    const line = text.slice(0, text.indexOf(from)).split('\n').length;

    const ended = await tieout(folder, ['-b', 'book', 'is']);
    expect({ code: ended.code, out: ended.out }).toEqual({ code: errorCatalogue[code].exit, out: '' });
    const errors = ended.err.split('\n\n');
    const own = errors.find((each) => each.startsWith(`error[${code}]: `)) ?? ended.err;
    expect(own).toMatch(says);
    // The mistake that the caret shows may be noticed on a later line: malformed YAML often is.
    const [, at = '', shown = ''] = /^ {2}--> (.*?):(\d+)/m.exec(own) ?? [];
    expect(at).toMatch(/book\/.*\.(yaml|csv)$/);
    if (code === 'E103') expect(Number(shown)).toBeGreaterThanOrEqual(line);
    else if (code !== 'E101' && code !== 'E201') expect(Number(shown)).toBe(line);
    expect(own).toMatch(/^ +\| .*\^/m);
    if (help) expect(own).toMatch(help);
    expect(ended.err).toMatch(/\d+ errors?; nothing was written\n$/);
    expect(readdirSync(folder)).toEqual(['book']);
  });

  it('says the same as one JSON document', async () => {
    const folder = emptyFolder();
    cpSync(bookFolder(cornerShop), join(folder, 'book'), { recursive: true });
    const path = join(folder, 'book/journal/2025.yaml');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('"104,000"', '"140,000"').replace('"9,000"', '"9,900"'),
    );
    const { code, out, err } = await tieout(folder, ['-b', 'book', 'is', '--json', '-q']);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(JSON.parse(err)).toMatchObject({
      schema: 'tieout.refusal/1',
      written: false,
      errors: [{ code: 'E201' }, { code: 'E201' }],
    });
  });
});

it('E401 a payload edited in the store behind the ledger is found, and nothing is rebuilt from it', async () => {
  const folder = await loadedFolder(cornerShop);
  const db = new Database(join(folder, '.tieout', `${cornerShop}.db`));
  db.exec('DROP TRIGGER events_stay_as_they_are');
  const edited = db.prepare("UPDATE events SET body = replace(body, '10400000', '10500000')").run();
  expect(edited.changes).toBeGreaterThan(0);
  db.close();
  const run = (command: string) => tieout(folder, ['-q', '-b', cornerShop, command]);
  const verified = await run('verify');
  expect(verified.code).toBe(4);
  expect(verified.out).toMatch(/^✗ log /m);
  const replayed = await run('replay');
  expect(replayed.code).toBe(4);
  expect(replayed.err).toMatch(
    /error\[E401\]: \w+ at position \d+ is not what was appended: its hash differs/,
  );
  expect((await run('verify')).code).toBe(4);
});
