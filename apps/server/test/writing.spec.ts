/**
 * Writing: on what was seen, once, all or nothing, by whoever may.
 */
import { lengthOf, post, problemOf, start, wages, writing } from './under-test';

const uuid = (): string => crypto.randomUUID();

test('an entry is posted by who asks, and stands in the log', async () => {
  const { base } = await start();
  const before = await lengthOf(base);
  const answer = await post(base, wages('W-1'));
  expect([answer.status, answer.headers.get('tieout-revision')]).toEqual([201, String(before + 1)]);
  expect(await answer.json()).toMatchObject({ schema: 'tieout.post/1', written: 1 });
  const events = (await (await fetch(`${base}/events?after=${before - 1}`)).json()) as { actor: string }[];
  expect(events.map(({ actor }) => actor)).toEqual(['keyboard']);
});

test('a write says what it saw: 428 without, 412 when the log moved on, and nothing is written', async () => {
  const { base } = await start();
  const before = await lengthOf(base);
  const etag = (await fetch(`${base}/statements/is`)).headers.get('etag') ?? '';
  const { 'If-Match': _, ...without } = writing();
  const bare = await fetch(`${base}/entries`, { method: 'POST', headers: without, body: wages('W-1') });
  expect(await problemOf(bare)).toMatchObject({ status: 428, detail: 'If-Match is missing' });
  expect((await post(base, wages('W-1'), { 'If-Match': etag })).status).toBe(201);
  const stale = await post(base, wages('W-2'), { 'If-Match': etag });
  expect(await problemOf(stale)).toMatchObject({
    status: 412,
    detail: `the log moved on: you saw rev ${before}, it is at rev ${before + 1}`,
  });
  expect((await problemOf(await post(base, wages('W-2'), { 'If-Match': '"elsewhere"' }))).status).toBe(412);
  expect(await lengthOf(base)).toBe(before + 1);
  expect((await post(base, wages('W-2'), { 'If-Match': stale.headers.get('etag') ?? '' })).status).toBe(201);
});

test('sent again with the same key it is answered again, and written once; also by a server that was started anew', async () => {
  const one = await start();
  const before = await lengthOf(one.base);
  const key = { 'Idempotency-Key': uuid() };
  const first = await post(one.base, wages('W-1'), key);
  const again = await post(one.base, wages('W-1'), key);
  expect([again.status, again.headers.get('idempotency-hit')]).toEqual([201, 'true']);
  expect(await again.text()).toBe(await first.text());
  const other = await post(one.base, wages('W-2'), key);
  expect(await problemOf(other)).toMatchObject({
    status: 422,
    detail: 'this Idempotency-Key stood for another request',
  });

  const two = await one.again();
  const later = await post(two.base, wages('W-1'), { ...key, 'If-Match': '"stale by now"' });
  expect([later.status, later.headers.get('idempotency-hit')]).toEqual([200, 'true']);
  expect(await later.json()).toEqual({
    schema: 'tieout.written/1',
    written: 1,
    events: [{ position: before, event: 'ExpenseIncurred', entry: 'W-1' }],
  });
  expect((await problemOf(await post(two.base, wages('W-2'), key))).status).toBe(422);
  expect(await lengthOf(two.base)).toBe(before + 1);
});

test('a reversal that is sent again after a restart is the one that was made, not a second and no refusal', async () => {
  const one = await start();
  await post(one.base, wages('W-1'));
  const sent = { 'Content-Type': 'application/json', ...writing() };
  const reverse = (base: string): Promise<Response> =>
    fetch(`${base}/entries/W-1/reversal`, { method: 'POST', headers: sent, body: '{"reason":"twice"}' });
  expect((await reverse(one.base)).status).toBe(201);
  const length = await lengthOf(one.base);
  const two = await one.again();
  const again = await reverse(two.base);
  expect([again.status, again.headers.get('idempotency-hit')]).toEqual([200, 'true']);
  expect(await lengthOf(two.base)).toBe(length);
});

test('a key is needed, and is of whoever sends it', async () => {
  const { base } = await start();
  const { 'Idempotency-Key': _, ...without } = writing();
  const bare = await fetch(`${base}/entries`, { method: 'POST', headers: without, body: wages('W-1') });
  expect(await problemOf(bare)).toMatchObject({ status: 400 });
  expect((await problemOf(await post(base, wages('W-1'), { 'Idempotency-Key': 'short' }))).status).toBe(400);
});

test('a dry run needs neither, and writes nothing', async () => {
  const { base } = await start();
  const before = await lengthOf(base);
  const answer = await fetch(`${base}/entries?dryRun=true`, {
    method: 'POST',
    headers: { 'Tieout-Request': '1' },
    body: wages('W-1'),
  });
  expect([answer.status, await answer.json()]).toEqual([
    200,
    expect.objectContaining({ dryRun: true, written: 0 }) as unknown,
  ]);
  expect(await lengthOf(base)).toBe(before);
});

test('a refused entry says all that is wrong, as the command does, and nothing is written', async () => {
  const { base } = await start();
  const before = await lengthOf(base);
  const answer = await post(base, wages('W-1', '100', '90') + wages('W-2').replace('cash', 'cahs'));
  const problem = await problemOf(answer);
  expect(problem).toMatchObject({ status: 422, code: 'E201' });
  expect((problem.errors as { code: string }[]).map(({ code }) => code)).toEqual(['E201', 'E202']);
  expect(await lengthOf(base)).toBe(before);
});

test('writes that come at once are carried out one after the other, and none is lost', async () => {
  const { base } = await start();
  const before = await lengthOf(base);
  const ids = Array.from({ length: 25 }, (_, index) => `W-${index}`);
  const answers = await Promise.all(ids.map((id) => post(base, wages(id))));
  expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 201));
  expect(await lengthOf(base)).toBe(before + 25);
});

test('--read-only takes no write; questions and previews are answered', async () => {
  const { base } = await start({ readOnly: true });
  const answer = await post(base, wages('W-1'));
  expect([answer.headers.get('allow'), await problemOf(answer)]).toEqual([
    'GET, HEAD',
    expect.objectContaining({ status: 405 }) as unknown,
  ]);
  expect((await fetch(`${base}/statements/is`)).status).toBe(200);
  const job = (name: string): Promise<Response> =>
    fetch(`${base}/jobs`, {
      method: 'POST',
      headers: { ...writing(), 'Content-Type': 'application/json' },
      body: JSON.stringify({ job: name }),
    });
  expect((await problemOf(await job('replay'))).status).toBe(405); // It replaces the stored projections.
});

test('a name that every object has is no name of ours', async () => {
  const { base } = await start();
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const approval = await fetch(`${base}/explanations/${name}/approval`, {
      method: 'POST',
      headers: writing(),
    });
    expect(await problemOf(approval)).toMatchObject({ status: 404, code: 'E601' });
    for (const path of [
      `entries/${name}`,
      `statements/${name}`,
      `figures/${name}`,
      `figures/${name}/explain`,
      `ties/${name}`,
      `jobs/${name}`,
    ])
      expect([path, (await problemOf(await fetch(`${base}/${path}`))).status]).toEqual([path, 404]);
  }
});
