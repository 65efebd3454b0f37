/**
 * The journal, periods and decisions over HTTP: the documents that the command prints, and four eyes on every explanation.
 */
import { execFile } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DiffDocument, EntriesDocument, ExplainedDocument, PeriodsDocument } from '@tieout/documents';
import {
  cornerShop,
  emptyFolder,
  giveTokens,
  lengthOf,
  post,
  problemOf,
  root,
  start,
  wages,
  writing,
  type UnderTest,
} from './under-test';

/** The command is run several times, on a machine that may be busy. */
jest.setTimeout(60_000);

const run = promisify(execFile);

const printed = async ({ folder }: UnderTest, ...args: readonly string[]): Promise<string> => {
  const command = join(root, 'dist/tieout.cjs');
  return (await run(process.execPath, [command, '-q', '-b', cornerShop, ...args], { cwd: folder })).stdout;
};

async function asked<Document = unknown>(
  url: string,
  headers: Record<string, string> = {},
): Promise<Document> {
  const answer = await fetch(url, { headers });
  expect([url, answer.status]).toEqual([url, 200]);
  return (await answer.json()) as Document;
}

const send = (url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { ...writing(headers), 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

test('each question gets the document that its command prints', async () => {
  const there = await start();
  const { base } = there;
  const json = async (...args: readonly string[]): Promise<unknown> =>
    JSON.parse(await printed(there, ...args, '--json')) as unknown;
  expect(await asked(`${base}/events?limit=500`)).toEqual(await json('log'));
  expect(await asked(`${base}/entries/CS-2025-2`)).toEqual(await json('show', 'CS-2025-2'));
  expect(await asked(`${base}/trial-balance?at=2025-03-31`)).toEqual(await json('--at', '2025-03-31', 'tb'));
  expect(await asked(`${base}/explanations`)).toEqual(await json('explained'));
  expect(await asked(`${base}/restated`)).toEqual(await json('restated'));
  expect(await asked(`${base}/restated?period=2025&since=12`)).toEqual(
    await json('restated', '2025', '--since', '12'),
  );
  const csv = await fetch(`${base}/log?limit=500`, { headers: { Accept: 'text/csv' } });
  expect(await csv.text()).toBe(await printed(there, 'log', '--csv'));
});

test('entries by filter and page; what an entry feeds; what it moved', async () => {
  const { base } = await start();
  const all = await asked<EntriesDocument>(`${base}/entries`);
  const first = await asked<EntriesDocument>(`${base}/entries?limit=4`);
  const rest = await asked<EntriesDocument>(`${base}/entries?after=${first.next}`);
  expect([...first.entries, ...rest.entries]).toEqual(all.entries);
  const cash = await asked<EntriesDocument>(`${base}/entries?account=cash&order=newest&from=2025-01-01`);
  expect(cash.entries.length).toBeGreaterThan(1);
  expect(cash.entries.every((each) => each.postings.some(({ account }) => account === 'cash'))).toBe(true);
  const feeds = await asked<{ figures: { id: string }[] }>(`${base}/entries/CS-2025-2/feeds`);
  expect(feeds.figures.map(({ id }) => id)).toContain('cf.fittings@2025');

  const before = await lengthOf(base);
  expect((await post(base, wages('CS-A', '40'))).status).toBe(201);
  const { moved } = await asked<DiffDocument>(`${base}/diff?from=${before}`);
  expect(moved.find(({ fact }) => fact === 'is.running-costs@2025')).toMatchObject({
    ...{ before: '-27500', after: '-27540', change: '-40' },
  });
  const days = await asked<DiffDocument>(`${base}/diff?from=2025-02-28&to=2025-03-01`);
  expect([...new Set(days.moved.map(({ fact }) => fact.split('@')[0]))]).toContain('bs.fittings');
});

test('a period is closed, takes no entry, and is reopened with a reason', async () => {
  const { base } = await start();
  const states = async (): Promise<readonly string[]> =>
    (await asked<PeriodsDocument>(`${base}/periods`)).periods.map(({ state }) => state);
  expect(await states()).toEqual(['closed', 'open']);
  const closed = await send(`${base}/periods/2025/closing`);
  expect([closed.status, await closed.json()]).toMatchObject([201, { result: 'closed', asserted: [] }]);
  expect(await states()).toEqual(['closed', 'closed']);
  expect(await problemOf(await post(base, wages('CS-A')))).toMatchObject({ code: 'E206' });
  expect((await send(`${base}/periods/2025/reopening`, { reason: '' })).status).toBe(422);
  expect((await send(`${base}/periods/2025/reopening`, { reason: 'late wages' })).status).toBe(201);
  expect((await post(base, wages('CS-A'))).status).toBe(201);
  const [, last] = (await asked<PeriodsDocument>(`${base}/periods`)).periods;
  expect(last).toMatchObject({ state: 'open', reopened: { actor: 'keyboard', reason: 'late wages' } });
});

test('one proposes, another approves, and the log says who did which', async () => {
  const folder = emptyFolder();
  const book = join(folder, 'book');
  cpSync(join(root, 'books', cornerShop), book, { recursive: true });
  const figures = join(book, 'figures/primary-statements.csv');
  const text = readFileSync(figures, 'utf8');
  writeFileSync(figures, text.replace(/^(is\.running-costs@2025,.*),-27500,/m, '$1,-27600,'));
  const tokens = giveTokens(folder, { ann: ['preparer', 'approver'], bob: ['approver'], eve: ['preparer'] });
  const by = (name: string): Record<string, string> => ({ Authorization: `Bearer ${tokens[name]}` });
  const { base } = await start({ sources: [{ book }] }, { folder });
  const proposal = { subject: 'is.running-costs@2025', cause: 'unknown', reason: 'a hundred too high' };

  const proposed = await send(`${base}/explanations`, proposal, by('ann'));
  expect(proposed.status).toBe(201);
  const { proposal: id } = (await proposed.json()) as { proposal: string };
  const approve = (name: string): Promise<Response> =>
    send(`${base}/explanations/${id}/approval`, undefined, by(name));
  const length = await lengthOf(base, by('ann'));
  expect(await problemOf(await approve('ann'))).toMatchObject({ code: 'E213' });
  expect((await approve('eve')).status).toBe(403);
  expect((await send(`${base}/explanations`, proposal, by('bob'))).status).toBe(403);
  expect(await lengthOf(base, by('ann'))).toBe(length);
  const approved = await approve('bob');
  expect([approved.status, await approved.json()]).toMatchObject([201, { actor: 'bob', proposedBy: 'ann' }]);
  const { explanations, proposals } = await asked<ExplainedDocument>(`${base}/explanations`, by('eve'));
  expect([explanations, proposals]).toMatchObject([
    [{ subject: proposal.subject, actor: 'bob', proposedBy: 'ann', difference: '-100' }],
    [],
  ]);
  expect((await approve('bob')).status).toBe(404);
});
