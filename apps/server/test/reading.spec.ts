/**
 * Reading: documents, what a cache may know of them, their other forms, and the refusals.
 */
import { writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bookDocument, statementDocument } from '@tieout/documents';
import { csvRecord } from '../src/platform/answer';
import { cornerShop, emptyFolder, post, problemOf, start, wages } from './under-test';

test('the books, one of them, and a statement of it are what their schemas say', async () => {
  const { server, base } = await start();
  const list = await fetch(`${server.url}/api/v1/books`);
  expect(await list.json()).toEqual({
    schema: 'tieout.books/1',
    books: [
      {
        id: cornerShop,
        entity: 'The Corner Shop Ltd',
        title: 'Accounts for the year ended 31 December 2025',
        href: `/api/v1/books/${cornerShop}`,
      },
    ],
  });
  const book = bookDocument.strict().parse(await (await fetch(base)).json());
  expect(book.who).toEqual({ name: 'keyboard', roles: ['reader', 'preparer', 'approver'], local: true });
  const answer = await fetch(`${base}/statements/is`);
  const statement = statementDocument.strict().parse(await answer.json());
  expect(statement.revision).toBe(book.revision);
  expect(answer.headers.get('tieout-revision')).toBe(String(book.revision));
  expect(answer.headers.get('etag')).toBe(book.etag);
});

test('what one has is not sent again, until the log grows', async () => {
  const { base } = await start();
  const first = await fetch(`${base}/statements/bs`);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"rev-\d+-[0-9a-f]{8}"$/);
  const again = await fetch(`${base}/statements/bs`, { headers: { 'If-None-Match': etag } });
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  expect((await post(base, wages('W-1'))).status).toBe(201);
  const after = await fetch(`${base}/statements/bs`, { headers: { 'If-None-Match': etag } });
  expect(after.status).toBe(200);
  expect(after.headers.get('etag')).not.toBe(etag);
});

test('the past is another revision of the same address, and does not change when the log grows', async () => {
  const { base } = await start();
  const { length } = (await (await fetch(base)).json()) as { length: number };
  const before = await (await fetch(`${base}/statements/is`)).text();
  await post(base, wages('W-1'));
  const now = await (await fetch(`${base}/statements/is`)).text();
  const then = await fetch(`${base}/statements/is?knownAt=${length}`);
  expect(await then.text()).toBe(before);
  expect(now).not.toBe(before);
  expect(then.headers.get('tieout-revision')).toBe(String(length));
  expect(await problemOf(await fetch(`${base}/statements/is?knownAt=999`))).toMatchObject({
    status: 400,
    code: 'E602',
  });
});

test('a statement is to be had as CSV and as lines of JSON, each with an ETag of its own', async () => {
  const { base } = await start();
  const csv = await fetch(`${base}/statements/bs`, { headers: { Accept: 'text/csv' } });
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.headers.get('etag')).toMatch(/^"rev-\d+-[0-9a-f]{8}-csv"$/);
  expect((await csv.text()).split('\n')[0]).toMatch(/^table,line,label,note,unit,/);
  const lines = (await (await fetch(`${base}/statements/bs?format=ndjson`)).text()).trimEnd().split('\n');
  const { lines: document } = (await (await fetch(`${base}/statements/bs`)).json()) as { lines: unknown[] };
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(document);
  expect((await problemOf(await fetch(`${base}/statements?format=csv`))).status).toBe(406);
  expect((await problemOf(await fetch(`${base}/statements/is?at=%00`))).status).toBe(400);
});

test('a cell that a spreadsheet would take for a formula is a text; a number with its sign stays one', () => {
  expect(
    csvRecord(['=1+1', '-2+3', '@x', '+1', '-481300', '-0.5', 'a,b', 'say "so"', '\tx', '\n=1', '＝1']),
  ).toBe(`'=1+1,'-2+3,'@x,+1,-481300,-0.5,"a,b","say ""so""",'\tx,"'\n=1",'＝1\n`);
});

test('what is not known or not meant is refused with what the command says of it', async () => {
  const { server, base } = await start();
  expect(await problemOf(await fetch(`${base}/statements/balance-shet`))).toEqual({
    type: '/api/docs/errors/E601',
    title: 'unknown name',
    status: 404,
    code: 'E601',
    detail: 'the book corner-shop has no statement "balance-shet"',
    help: 'did you mean balance-sheet?',
    written: false,
    errors: [
      {
        code: 'E601',
        message: 'the book corner-shop has no statement "balance-shet"',
        notes: [expect.stringContaining('it has income-statement') as string],
        help: 'did you mean balance-sheet?',
      },
    ],
  });
  expect(await problemOf(await fetch(`${server.url}/api/v1/books/corner-shp`))).toMatchObject({
    status: 404,
    help: 'did you mean corner-shop?',
  });
  expect(await problemOf(await fetch(`${base}/statements/is?att=2025-01-01`))).toMatchObject({
    status: 400,
    code: 'E602',
    help: 'did you mean at?',
  });
  expect(await problemOf(await fetch(`${base}/statements/is?at=2025-01-01&at=2025-01-02`))).toMatchObject({
    status: 400,
  });
  expect(await problemOf(await fetch(`${server.url}/api/v2`))).toMatchObject({ status: 404 });
});

test("the workbench's page is asked for again each time, its hashed files never", async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'workbench/assets'), { recursive: true });
  writeFileSync(join(folder, 'workbench/index.html'), '<!doctype html><title>Tieout</title>');
  writeFileSync(join(folder, 'workbench/assets/main-1a2b.js'), 'export {};');
  const { server } = await start({ workbench: join(folder, 'workbench') });
  for (const path of ['/', '/b/corner-shop/statements/is?at=2025-01-01']) {
    const page = await fetch(server.url + path);
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    const etag = page.headers.get('etag') ?? '';
    expect((await fetch(server.url + path, { headers: { 'If-None-Match': etag } })).status).toBe(304);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self';(?!.*unsafe)/);
  }
  const file = await fetch(`${server.url}/assets/main-1a2b.js`);
  expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await fetch(`${server.url}/assets/../../.tieout/corner-shop.db`)).status).toBe(404);
  expect(
    (await fetch(`${server.url}/assets/%2e%2e%2f%2e%2e%2f.tieout%2fcorner-shop.db`)).status,
  ).toBeGreaterThan(399);
});
