/**
 * Figures, ties, documents and the record over HTTP: the very documents that the command prints from the same store.
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { figuresDocument, recordDocument, tickDocument, tieDocument, tiesDocument } from '@tieout/documents';
import { cornerShop, root, start, type UnderTest } from './under-test';

const run = promisify(execFile);

const asked = async (url: string): Promise<unknown> => {
  const answer = await fetch(url);
  expect([url, answer.status]).toEqual([url, 200]);
  return answer.json();
};

/** What the command prints, whatever it exits with. */
const printed = async ({ folder }: UnderTest, ...args: readonly string[]): Promise<unknown> => {
  const command = join(root, 'dist/tieout.cjs');
  const { stdout } = await run(process.execPath, [command, '-b', cornerShop, '--json', ...args], {
    cwd: folder,
  });
  return JSON.parse(stdout);
};

test('each question gets the document that its command prints', async () => {
  const there = await start();
  const { base } = there;
  const figures = figuresDocument.parse(await asked(`${base}/figures`));
  const [figure] = figures;
  expect(figures).toEqual(await printed(there, 'figures'));
  expect(await asked(`${base}/figures/${encodeURIComponent(figure?.id ?? '')}`)).toEqual(figure);
  expect(await asked(`${base}/figures/${encodeURIComponent(figure?.fact ?? '')}/explain`)).toEqual(
    await printed(there, 'explain', figure?.fact ?? ''),
  );
  expect(await asked(`${base}/check`)).toEqual(await printed(there, 'check'));
  expect(await asked(`${base}/check?kinds=foot,agree&since=1`)).toEqual(
    await printed(there, 'check', 'foot', 'agree', '--since', '1'),
  );
});

test('the record is the one that the command writes, but for the version of the tool; and it verifies', async () => {
  const there = await start();
  const record = recordDocument.parse(await asked(`${there.base}/record`));
  const { tool, sha256, ...rest } = recordDocument.parse(await printed(there, 'record'));
  expect(record).toEqual({ ...rest, tool: { ...tool, version: 'test' }, sha256: record.sha256 });
  expect(sha256).not.toBe(record.sha256);
  const verified = (of: unknown): Promise<Response> =>
    fetch(`${there.base}/record/verification`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Tieout-Request': '1' },
      body: JSON.stringify(of),
    });
  expect(await (await verified(record)).json()).toMatchObject({ result: 'equal', differences: [] });
  expect(await (await verified({ ...record, result: 'findings' })).json()).toMatchObject({
    result: 'differs',
    differences: [{ path: '/sha256' }, { path: '/result', recorded: 'findings', found: 'no-findings' }],
  });
  const other = await verified({ schema: 'tieout.check/1' });
  expect([other.status, await other.json()]).toEqual([422, expect.objectContaining({ code: 'E107' })]);
  const day = await fetch(`${there.base}/record?at=2024-06-30`);
  expect([day.status, await day.json()]).toEqual([400, expect.objectContaining({ code: 'E602' })]);
});

test('ties in pages, by filter, and one in full', async () => {
  const { base } = await start();
  const all = tiesDocument.parse(await asked(`${base}/ties?limit=2000`));
  const page = tiesDocument.parse(await asked(`${base}/ties?limit=3`));
  expect(page.items).toEqual(all.items.slice(0, 3));
  const next = tiesDocument.parse(
    await asked(`${base}/ties?limit=3&after=${encodeURIComponent(page.page.next ?? '')}`),
  );
  expect(next.items).toEqual(all.items.slice(3, 6));
  const [first] = all.items;
  const full = tieDocument.parse(await asked(`${base}/ties/${encodeURIComponent(first?.tie ?? '')}`));
  expect(full).toMatchObject({ tie: first?.tie, state: first?.state });
  const wrong = await fetch(`${base}/ties?kind=foots`);
  expect([wrong.status, await wrong.json()]).toEqual([400, expect.objectContaining({ code: 'E602' })]);
  const none = await fetch(`${base}/ties/nothing`);
  expect([none.status, await none.json()]).toEqual([404, expect.objectContaining({ code: 'E601' })]);
});

test('a text is ticked as the command ticks it, and none of it is kept on disk', async () => {
  const there = await start();
  const figures = figuresDocument.parse(await asked(`${there.base}/figures`));
  const rows = new Map<string, string[]>();
  for (const { statement, label, source } of figures)
    if (statement === figures[0]?.statement) rows.set(label, [...(rows.get(label) ?? []), source.text]);
  const marker = 'Quince jelly';
  const lines = [...[...rows].map(([label, prints]) => [label, ...prints].join('\t')), marker];
  const text = lines.join('\n');
  const send = (body: string): Promise<Response> =>
    fetch(`${there.base}/ticks?name=page.txt`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain', 'Tieout-Request': '1' },
      body,
    });
  const ticks = tickDocument.parse(await (await send(text)).json());
  expect(ticks.document).toMatchObject({ name: 'page.txt', lines: lines.length });
  expect(ticks.numbers.filter(({ mark }) => mark === 'ties').length).toBeGreaterThan(rows.size);
  const files = readdirSync(there.folder, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const file of files)
    expect(readFileSync(join(file.parentPath, file.name)).includes(marker)).toBe(false);
  const binary = await send('a\0b');
  expect([binary.status, await binary.json()]).toEqual([422, expect.objectContaining({ code: 'E107' })]);
});
