/**
 * Limits: what is too long, too slow or not what it says it is is turned away, without holding anything.
 */
import { mkdirSync, rmdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { post, problemOf, raw, start, wages, writing } from './under-test';

test('a body that is too long, encoded or not text is turned away, and nothing of it is kept', async () => {
  const { base } = await start();
  const long = await post(base, '#'.repeat(250_001));
  expect(await problemOf(long)).toMatchObject({
    status: 413,
    detail: 'the body is longer than 250000 bytes',
  });
  const packed = await post(base, wages('W-1'), { 'Content-Encoding': 'gzip' });
  expect((await problemOf(packed)).status).toBe(415);
  const bytes = await fetch(`${base}/entries`, {
    method: 'POST',
    headers: writing(),
    body: new Uint8Array([0xff, 0xfe]),
  });
  expect(await problemOf(bytes)).toMatchObject({ status: 422, code: 'E107' });
  const noJson = (type: string, body: string): Promise<Response> =>
    fetch(`${base}/jobs`, { method: 'POST', headers: { ...writing(), 'Content-Type': type }, body });
  expect((await problemOf(await noJson('text/plain', '{"job":"verify"}'))).status).toBe(415);
  expect((await problemOf(await noJson('application/json', '{"job":'))).status).toBe(422);
  expect(await problemOf(await noJson('application/json', '{"job":"dig","x":1}'))).toMatchObject({
    status: 422,
    errors: [{ code: 'E107' }, { code: 'E107' }],
  });
});

test('a body that is sent without its length is cut off at the limit', async () => {
  const { server } = await start();
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    let said = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    socket.on('error', reject).on('close', () => resolve(said));
    socket.write(
      'POST /api/v1/books/corner-shop/entries HTTP/1.1\r\nHost: 127.0.0.1\r\nTieout-Request: 1\r\n' +
        'If-Match: *\r\nIdempotency-Key: 12345678\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const chunk = `10000\r\n${'#'.repeat(0x10000)}\r\n`;
    for (let sent = 0; sent <= 16; sent += 1) socket.write(chunk);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toMatch(/^Connection: close\r$/m);
});

test('a header that never ends, and one that comes drop by drop, hold no connection', async () => {
  const { server, base } = await start({}, { limits: { headMs: 500, requestMs: 1_000 } });
  const began = Date.now();
  const dripping = Array.from({ length: 50 }, () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET /api/v1/books HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    const drop = setInterval(() => socket.write('X-Drop: 1\r\n'), 100);
    return new Promise<void>((resolve) => socket.on('close', () => (clearInterval(drop), resolve())));
  });
  expect((await fetch(base)).status).toBe(200); // Others are answered meanwhile.
  await Promise.all(dripping);
  expect(Date.now() - began).toBeLessThan(8_000);
  const huge = await raw(base, { headers: { 'X-Huge': 'x'.repeat(20_000) } });
  expect(huge.status).toBe(431);
});

test('an unexpected error says nothing of the inside; the log has it', async () => {
  const lines: string[] = [];
  const { folder, base } = await start({
    log: 'warn',
    logTo: { write: (line) => void lines.push(line) },
  });
  // The file of tokens turns into a folder under the server's feet.
  const tokens = join(folder, '.tieout/tokens.json');
  mkdirSync(tokens);
  const problem = await problemOf(await fetch(base));
  expect(problem).toEqual({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    detail: 'Internal Server Error',
    written: false,
  });
  expect(lines.join('')).toContain('EISDIR');
  rmdirSync(tokens);
  expect((await fetch(base)).status).toBe(200);
});

test('a refusal of more than a refusal can say is one all the same, and counts all', async () => {
  const { base } = await start();
  const wrong = Array.from({ length: 20_000 }, () => '- {id: 1}').join('\n');
  const problem = await problemOf(await post(base, wrong));
  expect(problem).toMatchObject({
    status: 422,
    detail: expect.stringMatching(/^\d{5,6} errors: /) as string,
  });
  expect(problem.errors).toHaveLength(1_000);
});

test('a record that is longer or nested deeper than any is turned away', async () => {
  const { base } = await start();
  const verify = (files: string): Promise<Response> =>
    fetch(`${base}/record/verification`, {
      method: 'POST',
      headers: { ...writing(), 'Content-Type': 'application/json' },
      body: `{"schema":"tieout.record/1","book":{"files":${files}}}`,
    });
  expect(await problemOf(await verify(`${'['.repeat(20_000)}${']'.repeat(20_000)}`))).toMatchObject({
    status: 422,
    detail: 'the body is nested deeper than 100 levels',
  });
  expect(await problemOf(await verify(`[${'[],'.repeat(200_000)}[]]`))).toMatchObject({
    status: 413,
    detail: 'the body is longer than 500000 bytes',
  });
  expect((await verify(`${'['.repeat(90)}${']'.repeat(90)}`)).status).toBe(200);
});

test('one person listens to so many streams; HEAD of a stream ends', async () => {
  const { base } = await start();
  expect((await raw(`${base}/live`, { method: 'HEAD' })).status).toBe(200);
  const ends = new AbortController();
  const listen = (): Promise<Response> => fetch(`${base}/live`, { signal: ends.signal });
  const open = await Promise.all(Array.from({ length: 50 }, listen));
  expect(open.map(({ status }) => status)).toEqual(open.map(() => 200));
  expect((await problemOf(await listen())).detail).toBe('keyboard listens to 50 streams');
  ends.abort();
  let status = 429;
  for (let look = 0; look < 50 && status === 429; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const again = new AbortController();
    ({ status } = await fetch(`${base}/live`, { signal: again.signal }));
    again.abort();
  }
  expect(status).toBe(200);
});
