/**
 * The real server, in this process, on a port of its own, over a store of its own: nothing is stubbed.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { request as rawRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTokens, makeToken, type Role } from '@tieout/access';
import { serve, type Server, type Serving } from '../src/main';

export const root = join(__dirname, '../../..');
export const cornerShop = 'corner-shop';

export interface UnderTest {
  readonly server: Server;
  readonly folder: string;
  /** Of the first book. */
  readonly base: string;
  /** Ends it, and starts another over the same store. */
  again(): Promise<UnderTest>;
}

/** A second is long on a quiet machine, and short on a busy one. */
jest.setTimeout(60_000);

const started: { server: Server; folder: string }[] = [];

export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tieout-server-'));
}

let loaded: Promise<string> | undefined;

/** A folder with the corner shop's store as its first use makes it: loaded once a spec file, then copied. */
async function loadedFolder(): Promise<string> {
  loaded ??= (async () => {
    const folder = emptyFolder();
    const server = await serve(servingIn(folder));
    await server.close();
    started.push({ server, folder });
    return folder;
  })();
  const folder = emptyFolder();
  cpSync(await loaded, folder, { recursive: true });
  return folder;
}

export const servingIn = (folder: string, more: Partial<Serving> = {}): Serving => ({
  sources: [{ book: cornerShop }],
  cwd: folder,
  bundledBooks: join(root, 'books'),
  command: join(root, 'dist/tieout.cjs'),
  workbench: join(folder, 'workbench'),
  version: 'test',
  host: '127.0.0.1',
  port: 0,
  readOnly: false,
  tokens: join(folder, '.tieout/tokens.json'),
  user: 'keyboard',
  rate: 100_000,
  log: 'silent',
  tell: () => undefined,
  ...more,
});

type Limits = Parameters<typeof serve>[1];

/** Starts one; it ends after the spec. */
export async function start(
  more: Partial<Serving> = {},
  { limits, folder: asked }: { readonly limits?: Limits; readonly folder?: string } = {},
): Promise<UnderTest> {
  const folder = asked ?? (await loadedFolder());
  const server = await serve(servingIn(folder, more), limits);
  started.push({ server, folder });
  return {
    server,
    folder,
    base: `${server.url}/api/v1/books/${cornerShop}`,
    again: async () => {
      await server.close();
      return start(more, { ...(limits ? { limits } : {}), folder });
    },
  };
}

/** Tokens for these people, in the order given. */
export function giveTokens(
  folder: string,
  people: Readonly<Record<string, readonly Role[]>>,
): Readonly<Record<string, string>> {
  const made = Object.entries(people).map(([name, roles]) => makeToken({ name, roles }));
  writeTokens(
    join(folder, '.tieout/tokens.json'),
    made.map(({ kept }) => kept),
  );
  return Object.fromEntries(made.map(({ token, kept }) => [kept.name, token]));
}

/** A write as a client sends it: what it saw is anything, its key is new. */
export const writing = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  'Tieout-Request': '1',
  'If-Match': '*',
  'Idempotency-Key': crypto.randomUUID(),
  ...more,
});

/** A request with headers that `fetch` does not let one send. */
export function raw(
  url: string,
  options: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const sent = rawRequest(url, { ...options, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

afterEach(async () => {
  for (const { server, folder } of started.splice(0)) {
    await server.close();
    if (folder !== (await loaded)) rmSync(folder, { recursive: true, force: true });
  }
});

afterAll(async () => {
  if (loaded) rmSync(await loaded, { recursive: true, force: true });
});

/** An entry that the corner shop's open period takes, as `tieout post` reads it. */
export const wages = (id: string, amount = '100', credit = amount): string => `- id: ${id}
  event: ExpenseIncurred
  date: 2025-12-31
  description: Wages
  postings:
    - { account: expenses.running-costs, movement: profit-or-loss, dr: "${amount}" }
    - { account: cash, movement: running-costs, cr: "${credit}" }
`;

/** Posts entries as YAML. */
export const post = (
  base: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
  query = '',
): Promise<Response> =>
  fetch(`${base}/entries${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/yaml', ...writing(headers) },
    body: text,
  });

/** What a refusal says, beside its instance. */
export async function problemOf(answer: Response): Promise<Readonly<Record<string, unknown>>> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const { instance, ...problem } = (await answer.json()) as Record<string, unknown>;
  expect(instance).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  expect(problem).toMatchObject({ status: answer.status, written: false });
  return problem;
}

/** Events in the log, as the server sees them. */
export const lengthOf = async (
  base: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> => ((await (await fetch(base, { headers })).json()) as { length: number }).length;
