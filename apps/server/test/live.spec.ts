/**
 * What is new, and long work: told to whoever listens, whichever process wrote; and an end that leaves nothing half done.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lengthOf, post, root, start, wages, writing } from './under-test';

const command = join(root, 'dist/tieout.cjs');

beforeAll(() => {
  const built = spawnSync(process.execPath, [join(root, 'scripts/run.mjs'), 'build', 'command']);
  expect(built.status).toBe(0);
}, 120_000);

jest.setTimeout(60_000);

interface Heard {
  readonly event: string;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Events of a stream, as they come; ends when the stream does. */
async function* heard(url: string, headers: Readonly<Record<string, string>> = {}): AsyncGenerator<Heard> {
  const answer = await fetch(url, { headers });
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  let text = '';
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const said = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => [line.split(': ')[0], line.split(': ').slice(1).join(': ')]),
      );
      text = text.slice(end + 2);
      const [event, id, data] = ['event', 'id', 'data'].map((name) => said.get(name));
      if (event !== undefined && id !== undefined && data !== undefined)
        yield { event, id, data: JSON.parse(data) as Heard['data'] };
    }
  }
}

test('a listener hears the present, what this server writes, and what the command writes beside it', async () => {
  const { folder, base } = await start();
  const before = await lengthOf(base);
  const stream = heard(`${base}/live`);
  const next = async (): Promise<Heard | undefined> => (await stream.next()).value as Heard | undefined;
  expect(await next()).toMatchObject({ event: 'revision', id: String(before), data: { revision: before } });
  await post(base, wages('W-1'));
  expect(await next()).toMatchObject({ id: String(before + 1) });
  writeFileSync(join(folder, 'entry.yaml'), wages('W-2'));
  const posted = spawnSync(process.execPath, [command, '-b', 'corner-shop', 'post', 'entry.yaml'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([posted.status, posted.stderr]).toEqual([0, '']);
  expect((await next())?.data).toEqual({
    revision: before + 2,
    head: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
  });
  expect((await fetch(`${base}/entries/W-2`)).status).toBe(200);
  // One that comes back with what it heard last is told nothing that it knows.
  const later = heard(`${base}/live`, { 'Last-Event-ID': String(before + 2) });
  const first = later.next();
  await post(base, wages('W-3'));
  expect(((await first).value as Heard).id).toBe(String(before + 3));
  await Promise.all([stream.return(undefined), later.return(undefined)]);
});

test('a job says how far it is to who asks and to who listens, and gives what the command prints', async () => {
  const { folder, base } = await start();
  const started = await fetch(`${base}/jobs`, {
    method: 'POST',
    headers: { ...writing(), 'Content-Type': 'application/json' },
    body: '{"job":"verify"}',
  });
  expect(started.status).toBe(202);
  const { id } = (await started.json()) as { id: string };
  const events: Heard[] = [];
  for await (const event of heard(`${base}/jobs/${id}/stream`)) events.push(event);
  expect(events.at(-1)).toMatchObject({ event: 'done', data: { state: 'done', exit: 0, by: 'keyboard' } });
  const ended = (await (await fetch(`${base}/jobs/${id}`)).json()) as { document: unknown };
  expect(ended).toEqual(events.at(-1)?.data);
  const printed = spawnSync(process.execPath, [command, '-b', 'corner-shop', 'verify', '--json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(ended.document).toEqual(JSON.parse(printed.stdout));
  // Who comes when it is over is told so at once.
  const late: Heard[] = [];
  for await (const event of heard(`${base}/jobs/${id}/stream`)) late.push(event);
  expect(late.map(({ event }) => event)).toEqual(['done']);
});

test('it ends in order: what is being written is written, and streams are ended', async () => {
  const one = await start();
  const before = await lengthOf(one.base);
  const stream = heard(`${one.base}/live`);
  await stream.next();
  const posts = Array.from({ length: 10 }, (_, index) => post(one.base, wages(`W-${index}`)));
  await posts[0];
  const began = Date.now();
  const [again, answers] = await Promise.all([one.again(), Promise.allSettled(posts)]);
  expect(Date.now() - began).toBeLessThan(9_000);
  const written = answers.filter((each) => each.status === 'fulfilled' && each.value.status === 201).length;
  expect(written).toBeGreaterThan(0);
  expect(await lengthOf(again.base)).toBe(before + written);
  for (let next = await stream.next(); !next.done; next = await stream.next());
});
