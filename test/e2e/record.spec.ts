/**
 * The reproducibility record, end to end: it verifies on a second clone, and no longer after any byte of the book or the
 * log is another.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Database from 'libsql';
import { canonical, sha256 } from '@tieout/events';
import { bookFolder, cornerShop, emptyFolder, senseTime, tieout } from '../support/command';

/** A clone as far as a record knows: the book in another folder, and no store. */
function clone(book: string): { readonly folder: string; readonly book: string } {
  const folder = emptyFolder();
  cpSync(bookFolder(book), join(folder, 'copy', book), { recursive: true });
  return { folder, book: join('copy', book) };
}

async function recordIn(folder: string, book: string): Promise<string> {
  const { code, err } = await tieout(folder, ['-q', '-b', book, 'record', '-o', 'record.json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return readFileSync(join(folder, 'record.json'), 'utf8');
}

interface Verification {
  readonly result: string;
  readonly differences: readonly { readonly path: string }[];
}

async function verifyIn(folder: string, book: string, store: readonly string[] = []) {
  const { code, out, err } = await tieout(folder, [
    '-q',
    '--json',
    '-b',
    book,
    ...store,
    'record',
    'verify',
    'record.json',
  ]);
  const { result, differences } = (
    out === '' ? { result: 'refused', differences: [] } : JSON.parse(out)
  ) as Verification;
  return { code, err, result, paths: differences.map(({ path }) => path) };
}

/** Files of a book that its record vouches for. */
function filesOf(book: string): readonly string[] {
  const root = bookFolder(book);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && /\.(ya?ml|csv)$/.test(each.name))
    .map((each) => relative(root, join(each.parentPath, each.name)))
    .sort();
}

/** The file with one byte in its middle another. */
function flip(file: string): void {
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = bytes[middle] === 0x78 ? 0x79 : 0x78;
  writeFileSync(file, bytes);
}

const late = `- id: CS-LATE
  event: ExpenseIncurred
  date: 2025-12-31
  description: Rent that came late
  postings:
    - { account: expenses.running-costs, movement: profit-or-loss, dr: "10" }
    - { account: cash, movement: running-costs, cr: "10" }
`;

describe.each([cornerShop, senseTime])('%s', (book) => {
  test('its record has the same bytes in two clones, names no place or time, and verifies in both', async () => {
    const [one, two] = [clone(book), clone(book)];
    const [first, second] = [await recordIn(one.folder, one.book), await recordIn(two.folder, two.book)];
    expect(second).toBe(first);
    expect(first).not.toContain(one.folder);
    const { sha256: seal, ...body } = JSON.parse(first) as { sha256: string };
    expect(first).toBe(`${canonical({ ...body, sha256: seal })}\n`);
    expect(seal).toBe(sha256(canonical(body)));
    const equal = { code: 0, err: '', result: 'equal', paths: [] };
    expect(await verifyIn(two.folder, two.book)).toEqual(equal);
    expect(await verifyIn(one.folder, one.book, ['--store', 'memory:'])).toEqual(equal);
  });
});

test('after any byte of the book is another, the record names the file', async () => {
  const { folder, book } = clone(cornerShop);
  await recordIn(folder, book);
  for (const file of filesOf(cornerShop)) {
    flip(join(folder, book, file));
    const { code, paths } = await verifyIn(folder, book, ['--store', 'memory:']);
    expect({ file, code }).toEqual({ file, code: 1 });
    expect(paths.filter((path) => path.startsWith('/book/files/')).map((path) => path.split('/')[3])).toEqual(
      [file.replaceAll('/', '~1')],
    );
    cpSync(join(bookFolder(cornerShop), file), join(folder, book, file));
  }
  expect((await verifyIn(folder, book, ['--store', 'memory:'])).code).toBe(0);
}, 60_000);

test('and of a large book, in some of its files, with a store that was loaded before', async () => {
  const { folder, book } = clone(senseTime);
  await recordIn(folder, book);
  const files = filesOf(senseTime);
  const every = process.env['TIEOUT_FULL'] === '1' ? 16 : 48;
  for (const file of files.filter((_, index) => index % every === 3)) {
    flip(join(folder, book, file));
    const { code, paths } = await verifyIn(folder, book);
    expect({ file, code }).toEqual({ file, code: 1 });
    expect(paths.some((path) => path.startsWith(`/book/files/${file.replaceAll('/', '~1')}`))).toBe(true);
    cpSync(join(bookFolder(senseTime), file), join(folder, book, file));
  }
}, 60_000);

test('after an entry is posted, the log is another', async () => {
  const { folder, book } = clone(cornerShop);
  await recordIn(folder, book);
  writeFileSync(join(folder, 'late.yaml'), late);
  expect(await tieout(folder, ['-q', '-b', book, 'post', 'late.yaml'])).toMatchObject({ code: 0, err: '' });
  const { code, paths } = await verifyIn(folder, book);
  expect(code).toBe(1);
  expect(paths).toEqual(expect.arrayContaining(['/log/head', '/log/length', '/log/entries', '/result']));
  expect(paths.some((path) => path.startsWith('/book/'))).toBe(false);
});

test('after a byte of the log is another, there is nothing to hold the record against', async () => {
  const { folder, book } = clone(cornerShop);
  await recordIn(folder, book);
  const db = new Database(join(folder, '.tieout', `${cornerShop}.db`));
  db.exec('DROP TRIGGER IF EXISTS events_no_update');
  const triggers = db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all() as {
    name: string;
  }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`);
  db.exec(`UPDATE events SET body = replace(body, 'Shelves', 'Shelfes')`);
  db.close();
  expect(await verifyIn(folder, book)).toMatchObject({
    code: 4,
    err: expect.stringContaining('E401') as string,
  });
});

test('a record that was edited is found out', async () => {
  const { folder, book } = clone(cornerShop);
  const text = await recordIn(folder, book);
  writeFileSync(join(folder, 'record.json'), text.replace('"unaudited"', '"audited"'));
  expect(await verifyIn(folder, book)).toMatchObject({ code: 1, paths: ['/sha256', '/columns/2024/audit'] });
  writeFileSync(join(folder, 'record.json'), '{"schema":"other"}');
  expect(await verifyIn(folder, book)).toMatchObject({
    code: 3,
    err: expect.stringContaining('E107') as string,
  });
  rmSync(join(folder, 'record.json'));
  expect(await verifyIn(folder, book)).toMatchObject({
    code: 3,
    err: expect.stringContaining('E101') as string,
  });
});

test('as a page it says the same to a reader, fetches nothing and runs nothing', async () => {
  const { folder, book } = clone(cornerShop);
  mkdirSync(join(folder, 'pages'));
  expect(await tieout(folder, ['-q', '-b', book, 'record', '-o', 'pages/record.html'])).toMatchObject({
    code: 0,
    err: '',
  });
  const page = readFileSync(join(folder, 'pages/record.html'), 'utf8');
  const { sha256: seal } = JSON.parse(await recordIn(folder, book)) as { sha256: string };
  expect(page).toContain(seal);
  expect(page).toContain('reconstructed entries');
  expect(page).not.toMatch(/<script|https?:|<link|<img/);
  const printed = await tieout(folder, ['-q', '-b', book, 'record', '--html']);
  expect(printed.out).toBe(page);
});
