/**
 * Who may: nobody from elsewhere without a token, nobody beyond their role, no page of another site; and each refusal is in
 * the log with the name of who was refused.
 */
import { rmSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@tieout/access';
import { giveTokens, lengthOf, post, problemOf, raw, start, wages } from './under-test';

const as = (token = ''): Record<string, string> => ({ Authorization: `Bearer ${token}` });

/** A server where these people sign in, and what it wrote to its log. */
async function withPeople(people: Readonly<Record<string, readonly Role[]>>) {
  const lines: Record<string, unknown>[] = [];
  const logTo = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const { server, folder, base } = await start({ log: 'warn', logTo });
  return { server, folder, base, lines, tokens: giveTokens(folder, people) };
}

test('as soon as there are tokens, nobody is taken for the one at the keyboard', async () => {
  const { server, folder, base } = await start();
  expect((await fetch(base)).status).toBe(200);
  const { Ada } = giveTokens(folder, { Ada: ['reader'] });
  const bare = await fetch(base);
  expect(bare.headers.get('www-authenticate')).toBe('Bearer');
  expect(await problemOf(bare)).toMatchObject({ status: 401 });
  expect((await problemOf(await fetch(base, { headers: as('tieout_wrong') }))).status).toBe(401);
  expect((await problemOf(await fetch(base, { headers: { Authorization: `Basic ${Ada}` } }))).status).toBe(
    401,
  );
  expect((await fetch(base, { headers: as(Ada) })).status).toBe(200);
  for (const path of ['/api/v1/books', '/metrics', '/api/v1/books/corner-shop/live'])
    expect((await fetch(server.url + path)).status).toBe(401);
  for (const path of ['/health/live', '/health/ready', '/version', '/api/docs', '/api/openapi.json'])
    expect((await fetch(server.url + path)).status).toBe(200);
});

test('once people sign in they must until the server ends, even if the file of tokens is gone', async () => {
  const { folder, base } = await start();
  giveTokens(folder, { Ada: ['reader'] });
  expect((await fetch(base)).status).toBe(401);
  rmSync(join(folder, '.tieout/tokens.json'));
  expect((await fetch(base)).status).toBe(401);
});

test('it does not listen where others reach it while nobody could sign in', async () => {
  await expect(start({ host: '0.0.0.0' })).rejects.toThrow('nobody could sign in');
  const address = Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.family === 'IPv4' && !each.internal)?.address;
  const { folder, server } = await start();
  if (address !== undefined)
    await expect(raw(`http://${address}:${server.port}/api/v1/books`)).rejects.toThrow('ECONNREFUSED');
  const { Ada } = giveTokens(folder, { Ada: ['reader'] });
  await server.close();
  const open = await start({ host: '0.0.0.0' }, { folder });
  const url = `http://127.0.0.1:${open.server.port}/api/v1/books`;
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: as(Ada) })).status).toBe(200);
});

test('a reader reads; a preparer posts and does not close; an approver closes and does not post', async () => {
  const { base, tokens, lines } = await withPeople({ Ray: ['reader'], Pia: ['preparer'], Abe: ['approver'] });
  const { Ray, Pia, Abe } = tokens;
  const length = await lengthOf(base, as(Ray));
  expect(await problemOf(await post(base, wages('W-1'), as(Ray)))).toMatchObject({
    status: 403,
    detail: 'Ray is reader here; this takes a preparer',
  });
  expect((await problemOf(await post(base, wages('W-1'), as(Abe)))).status).toBe(403);
  expect(await lengthOf(base, as(Ray))).toBe(length);
  expect((await post(base, wages('W-1'), as(Pia))).status).toBe(201);
  const close = (token: string | undefined): Promise<Response> =>
    fetch(`${base}/periods/2025/closing`, {
      method: 'POST',
      headers: {
        'Tieout-Request': '1',
        'If-Match': '*',
        'Idempotency-Key': crypto.randomUUID(),
        ...as(token),
      },
    });
  expect((await problemOf(await close(Pia))).status).toBe(403);
  expect((await close(Abe)).status).toBe(201);
  const refused = lines.filter(({ msg }) => msg === 'refused');
  expect(refused.map(({ actor, status, path }) => [actor, status, path])).toEqual([
    ['Ray', 403, '/api/v1/books/corner-shop/entries'],
    ['Abe', 403, '/api/v1/books/corner-shop/entries'],
    ['Pia', 403, '/api/v1/books/corner-shop/periods/2025/closing'],
  ]);
  expect(JSON.stringify(lines)).not.toContain('tieout_');
});

test('the events carry the name of who was signed in', async () => {
  const { base, tokens } = await withPeople({ Pia: ['preparer'] });
  const before = await lengthOf(base, as(tokens.Pia));
  await post(base, wages('W-1'), as(tokens.Pia));
  const answer = await fetch(`${base}/events?after=${before - 1}`, { headers: as(tokens.Pia) });
  expect(((await answer.json()) as { actor: string }[]).map(({ actor }) => actor)).toEqual(['Pia']);
});

test('nobody approves what they proposed themselves, whatever roles they have', async () => {
  const { base, tokens } = await withPeople({
    Both: ['preparer', 'approver'],
    BOTH: ['approver'], // Another spelling, in a file that was written by hand.
    Abe: ['approver'],
  });
  const send = (path: string, token: string | undefined, body?: unknown): Promise<Response> =>
    fetch(`${base}/${path}`, {
      method: 'POST',
      headers: {
        'Tieout-Request': '1',
        'If-Match': '*',
        'Idempotency-Key': crypto.randomUUID(),
        ...as(token),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  // A break to explain: an entry that the published figures know nothing of.
  expect((await post(base, wages('W-1'), as(tokens.Both))).status).toBe(201);
  const figures = (await (await fetch(`${base}/figures`, { headers: as(tokens.Both) })).json()) as {
    id: string;
    state: string;
  }[];
  const broken = figures.find(({ state }) => state === 'does-not-tie')?.id ?? '';
  const proposed = await send('explanations', tokens.Both, {
    subject: broken,
    cause: 'missing-entry',
    reason: 'paid after the print',
  });
  expect(proposed.status).toBe(201);
  const listed = (await (await fetch(`${base}/explanations`, { headers: as(tokens.Abe) })).json()) as {
    proposals: { proposal: string }[];
  };
  const id = encodeURIComponent(listed.proposals[0]?.proposal ?? '');
  expect((await problemOf(await send(`explanations/${id}/approval`, tokens.Both))).code).toBe('E213');
  expect((await problemOf(await send(`explanations/${id}/approval`, tokens.BOTH))).code).toBe('E213');
  expect((await send(`explanations/${id}/approval`, tokens.Abe)).status).toBe(201);
});

test('a browser signs in once: the cookie is for this site and no script, and opens what the token opens', async () => {
  const { server, base, tokens } = await withPeople({ Ada: ['reader'] });
  const session = `${server.url}/api/v1/session`;
  expect(await (await fetch(session)).json()).toMatchObject({ name: null, signInNeeded: true });
  const signIn = (token: string): Promise<Response> =>
    fetch(session, { method: 'POST', headers: { 'Tieout-Request': '1' }, body: JSON.stringify({ token }) });
  expect((await problemOf(await signIn('tieout_wrong'))).status).toBe(401);
  const answer = await signIn(tokens.Ada ?? '');
  expect(await answer.json()).toMatchObject({ name: 'Ada', roles: ['reader'] });
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^tieout=tieout_[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  const sent = { Cookie: cookie.split(';')[0] ?? '' };
  expect((await fetch(base, { headers: sent })).status).toBe(200);
  const out = await fetch(session, { method: 'DELETE', headers: { ...sent, 'Tieout-Request': '1' } });
  expect(out.headers.get('set-cookie')).toMatch(/^tieout=; Path=\/; Expires=Thu, 01 Jan 1970/);
});

test('pages of other sites send nothing, and do not reach this server by a name of theirs', async () => {
  const { server, base } = await start();
  const before = await lengthOf(base);
  const from = (headers: Readonly<Record<string, string>>): Promise<Response> =>
    post(base, wages('W-1'), headers);
  expect((await problemOf(await from({ Origin: 'https://elsewhere.example' }))).status).toBe(403);
  expect((await problemOf(await from({ Origin: 'null' }))).status).toBe(403);
  expect((await problemOf(await from({ 'Sec-Fetch-Site': 'cross-site' }))).status).toBe(403);
  const bare = await fetch(`${base}/entries?dryRun=true`, { method: 'POST', body: wages('W-1') });
  expect(await problemOf(bare)).toMatchObject({
    status: 403,
    detail: 'the header Tieout-Request is missing',
  });
  expect((await raw(base, { headers: { Host: 'rebound.example' } })).status).toBe(421);
  expect((await raw(`${server.url}/`, { headers: { Host: 'rebound.example:80' } })).status).toBe(421);
  expect((await raw(base, { headers: { Host: 'localhost' } })).status).toBe(200);
  const cors = await fetch(base, { headers: { Origin: 'https://elsewhere.example' } });
  expect(cors.headers.get('access-control-allow-origin')).toBeNull();
  expect(await lengthOf(base)).toBe(before);
});

test('who guesses is made to wait, and who signs in from there is not', async () => {
  const { base, tokens } = await withPeople({ Ada: ['reader'] });
  const statuses: number[] = [];
  for (let guess = 0; guess < 32; guess += 1)
    statuses.push((await fetch(base, { headers: as(`tieout_guess-${guess}`) })).status);
  expect([statuses[0], statuses[29], statuses[30], statuses[31]]).toEqual([401, 401, 429, 429]);
  expect((await fetch(base, { headers: as(tokens.Ada) })).status).toBe(200);
});

test('one who signs in makes so many requests in ten seconds', async () => {
  const { folder, base } = await start({ rate: 5 });
  const { Ada, Bo } = giveTokens(folder, { Ada: ['reader'], Bo: ['reader'] });
  const statuses: number[] = [];
  for (let count = 0; count < 7; count += 1) statuses.push((await fetch(base, { headers: as(Ada) })).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect((await fetch(base, { headers: as(Bo) })).status).toBe(200);
});
