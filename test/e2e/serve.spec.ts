/**
 * `tieout serve` and `tieout token` as a user runs them: the built command, the built server, and the same answers as the
 * command's; and people who sign in with tokens of an OpenID provider.
 */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { cornerShop, emptyFolder, loadedFolder, tieout, tieoutJson } from '../support/command';
import { served, type Served } from '../support/serving';

/** The corner shop. */
const serve = (folder: string, args: readonly string[]): Promise<Served> =>
  served(folder, ['-b', cornerShop, 'serve', ...args]);

const asked = (url: string, token?: string): Promise<Response> =>
  fetch(url, token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } });

test('what it answers is what the command prints, and Ctrl-C ends it in order', async () => {
  const folder = await loadedFolder(cornerShop);
  const { url, child, ended } = await serve(folder, []);
  const base = `${url}/api/v1/books/${cornerShop}`;
  const pairs: readonly (readonly [string, readonly string[]])[] = [
    ['statements/is', ['is']],
    ['statements/soce', ['soce']],
    ['statements/note-1?at=2024-12-31', ['note', '1', '--at', '2024-12-31']],
    ['statements/bs?knownAt=8', ['bs', '--known-at', '8']],
    ['trial-balance', ['tb']],
    ['figures', ['figures']],
    ['check', ['check']],
    ['figures/is.revenue%402025/explain', ['explain', 'is.revenue@2025']],
    ['entries/CS-2024-1', ['show', 'CS-2024-1']],
    ['explanations', ['explained']],
    ['record', ['record']],
  ];
  for (const [path, args] of pairs) {
    const printed = await tieoutJson(folder, ['-b', cornerShop, ...args]);
    expect([path, await (await fetch(`${base}/${path}`)).json()]).toEqual([path, printed]);
  }
  expect((await fetch(`${url}/b/${cornerShop}/statements/is`)).status).toBe(200);
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});

test('a token is shown once, kept as a hash for its owner only, listed without it, and opens nothing when it is revoked', async () => {
  const folder = await loadedFolder(cornerShop);
  const made = await tieout(folder, ['token', 'add', 'Ada', '--role', 'reader,preparer', '--expires', '90d']);
  expect([made.code, made.out]).toEqual([0, expect.stringMatching(/^tieout_[\w-]{43}\n$/)]);
  const token = made.out.trim();
  const file = join(folder, '.tieout/tokens.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const listed = await tieout(folder, ['token', 'list']);
  expect(listed.out).toMatch(/^Ada +reader, preparer +open until \d{4}-\d\d-\d\d\n$/);
  expect(listed.out).not.toContain(token);
  expect((await tieout(folder, ['token', 'add', 'Ada', '--role', 'reader'])).code).toBe(2);
  expect((await tieout(folder, ['token', 'add', 'ADA', '--role', 'approver'])).err).toContain(
    '"ADA" reads as "Ada"',
  );
  expect((await tieout(folder, ['token', 'add', 'Bo', '--role', 'king'])).err).toContain('no role "king"');

  const { url } = await serve(folder, []);
  expect((await asked(`${url}/api/v1/books`)).status).toBe(401);
  expect((await asked(`${url}/api/v1/books`, token)).status).toBe(200);
  expect((await tieout(folder, ['token', 'revoke', 'Ada'])).code).toBe(0);
  expect((await asked(`${url}/api/v1/books`, token)).status).toBe(401);
});

test('where others could reach it and nobody could sign in, it does not start', async () => {
  const refused = await tieout(emptyFolder(), [
    '-b',
    cornerShop,
    'serve',
    '--host',
    '0.0.0.0',
    '--port',
    '0',
  ]);
  expect([refused.code, refused.err]).toEqual([
    2,
    expect.stringContaining('error[E602]: 0.0.0.0 can be reached'),
  ]);
});

test('traces of requests go where the environment says, and say nothing of what was asked', async () => {
  const folder = await loadedFolder(cornerShop);
  const sent: string[] = [];
  const collector = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => (sent.push(`${request.url ?? ''} ${text}`), response.end('{}')));
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  const { url, child, ended } = await served(folder, ['-b', cornerShop, 'serve'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
  });
  expect((await fetch(`${url}/api/v1/books/${cornerShop}/entries/CS-2024-1`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  collector.close();
  expect(sent.join('')).toMatch(/^\/v1\/traces /);
  expect(sent.join('')).toContain('GET /api/v1/books/:book/entries/:entry');
  expect(sent.join('')).not.toContain('CS-2024-1');
});

describe('an OpenID provider', () => {
  const audience = 'tieout';
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let provider: Server;
  let issuer: string;

  beforeAll(async () => {
    provider = createServer((request, response) => {
      const key = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256', use: 'sig' };
      const documents: Readonly<Record<string, unknown>> = {
        '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
        '/keys': { keys: [key] },
      };
      response
        .setHeader('Content-Type', 'application/json')
        .end(JSON.stringify(documents[request.url ?? '']));
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  });
  afterAll(() => void provider.close());

  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  /** A token of the provider, or nearly. */
  function tokenOf(
    claims: Readonly<Record<string, unknown>>,
    { key = privateKey, header = {} }: { readonly key?: KeyObject; readonly header?: object } = {},
  ): string {
    const now = Math.floor(Date.now() / 1000);
    const said = {
      iss: issuer,
      aud: audience,
      sub: 'ada@books',
      exp: now + 60,
      roles: ['preparer', 'king'],
      ...claims,
    };
    const signed = `${part({ alg: 'ES256', kid: 'one', ...header })}.${part(said)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }

  test('says who asks and in which roles; a token of another key, audience, issuer, time or kind opens nothing', async () => {
    const folder = await loadedFolder(cornerShop);
    const { url } = await serve(folder, ['--oidc-issuer', issuer, '--oidc-audience', audience]);
    const book = `${url}/api/v1/books/${cornerShop}`;
    expect((await asked(book)).status).toBe(401);
    const answer = (await (await asked(book, tokenOf({}))).json()) as { who: unknown };
    expect(answer.who).toEqual({ name: 'ada@books', roles: ['preparer'], local: false });
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const past = Math.floor(Date.now() / 1000) - 60;
    const hollow = `${part({ alg: 'none' })}.${tokenOf({}).split('.')[1] ?? ''}.`;
    const secret = createHash('sha256')
      .update(publicKey.export({ format: 'pem', type: 'spki' }))
      .digest('base64url');
    const bad = [
      tokenOf({}, { key: other }),
      tokenOf({ aud: 'another' }),
      tokenOf({ iss: 'http://elsewhere.example' }),
      tokenOf({ exp: past }),
      tokenOf({ exp: undefined }),
      tokenOf({ sub: undefined }),
      tokenOf({ sub: '' }),
      tokenOf({ sub: 7 }),
      tokenOf({ sub: 'ada\u202e' }),
      tokenOf({ sub: 'x'.repeat(256) }),
      tokenOf({}, { header: { alg: 'HS256' } }),
      `${tokenOf({}).split('.').slice(0, 2).join('.')}.${secret}`,
      hollow,
    ];
    for (const [index, token] of bad.entries())
      expect([index, (await asked(book, token)).status]).toEqual([index, 401]);
    // Somebody whom no role of ours was given may ask nothing.
    expect((await asked(book, tokenOf({ roles: ['king'] }))).status).toBe(403);
    expect((await asked(book, tokenOf({}))).status).toBe(200);
    // A subject that reads like the name of a token could be another person.
    await tieout(folder, ['token', 'add', 'Ada@Books', '--role', 'reader']);
    expect((await asked(book, tokenOf({}))).status).toBe(403);
    expect((await asked(book, tokenOf({ sub: 'bo@books' }))).status).toBe(200);
  });
});
