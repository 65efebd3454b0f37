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
