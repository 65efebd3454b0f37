/**
 * Reading while others write: each answer is of one revision, the one that its ETag names, whoever wrote meanwhile.
 */
import { createHash } from 'node:crypto';
import { lengthOf, post, start, wages } from './under-test';

test('readers and writers at once: what is answered under one ETag is always the same, and is what that revision says', async () => {
  const { base } = await start();
  const first = await lengthOf(base);
  const seen = new Map<string, Set<string>>();
  let writing = true;
  const reader = async (path: string): Promise<void> => {
    let before = 0;
    while (writing) {
      const answer = await fetch(`${base}/${path}`);
      const text = await answer.text();
      const revision = Number(answer.headers.get('tieout-revision'));
      expect(revision).toBeGreaterThanOrEqual(before);
      before = revision;
      const key = `${path} ${answer.headers.get('etag') ?? ''}`;
      seen.set(key, (seen.get(key) ?? new Set()).add(createHash('sha256').update(text).digest('hex')));
      // A document that names its revision names that of the header.
      const named = (JSON.parse(text) as { revision?: number }).revision;
      expect([path, named ?? revision]).toEqual([path, revision]);
    }
  };
  const readers = ['statements/is', 'statements/bs', 'trial-balance', 'entries', 'check'].map(reader);
  for (let number = 0; number < 30; number += 1)
    expect((await post(base, wages(`W-${number}`))).status).toBe(201);
  writing = false;
  await Promise.all(readers);
  expect(seen.size).toBeGreaterThan(20);
  expect([...seen].filter(([, texts]) => texts.size !== 1)).toEqual([]);
  // Asked again as of that revision, from a session that was opened for it, the books say the same.
  for (const at of [first + 7, first + 19]) {
    const now = [...seen].find(([key]) => key.startsWith(`statements/is "rev-${at}-`));
    if (!now) continue;
    const then = await (await fetch(`${base}/statements/is?knownAt=${at}`)).text();
    expect([...now[1]]).toEqual([createHash('sha256').update(then).digest('hex')]);
  }
});
