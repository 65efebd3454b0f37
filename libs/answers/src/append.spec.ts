/**
 * Posting in running processes on one store: what each says is there once, and both are where a full replay is.
 */
import { verifyLog } from '@tieout/event-log';
import { newEventId, sha256 } from '@tieout/events';
import { Replay } from '@tieout/projections';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { append, type Undertaking } from './append';
import { postEntries, reverse, type Posted } from './post';
import { closeSession, openSession, replayed, type Session } from './session';

const books = join(__dirname, '../../../books');
let folder: string;
const sessions: Session[] = [];

async function opened(): Promise<Session> {
  const host = {
    cwd: folder,
    books,
    tell: () => undefined,
    progress: () => ({ step: () => undefined, done: () => undefined }),
  };
  const session = await openSession({ book: 'corner-shop' }, host);
  sessions.push(session);
  return session;
}
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'append-'))));
afterEach(async () => {
  for (const session of sessions.splice(0)) await closeSession(session);
  rmSync(folder, { recursive: true });
});

const sale = (id: string, amount = 1): { text: string; file: string } => ({
  file: 'sale.yaml',
  text: `- id: ${id}
  event: EntryPosted
  date: 2025-12-31
  description: One more sale
  postings:
    - { account: cash, movement: from-customers, dr: "${amount}" }
    - { account: revenue, movement: profit-or-loss, cr: "${amount}" }
`,
});
const writtenBy = ({ written }: Posted): string[] => [...written];
const codesOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => [],
    ({ problems }: { problems: { code: string }[] }) => problems.map(({ code }) => code),
  );

it('two sessions that post at the same time: every entry is there once, and each folds what the other posted', async () => {
  const [one, other] = [await opened(), await opened()];
  const before = one.replay.revision;
  const posted = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      postEntries(index % 2 ? one : other, sale(`JE-${index}`), { actor: 'spec' }),
    ),
  );
  expect(posted.flatMap(writtenBy)).toStrictEqual(Array.from({ length: 12 }, (_, index) => `JE-${index}`));
  for (const { replay } of [one, other]) await replay.run({ from: 'here' });
  const { projections } = await replayed(one, {});
  await projections.get(Replay).run({ from: 'genesis' });
  for (const { replay } of [one, other]) {
    expect(replay.revision).toBe(before + 12);
    expect(replay.hashes()).toStrictEqual(projections.get(Replay).hashes());
  }
  expect((await verifyLog(one.log)).problems).toStrictEqual([]);
  await projections.close();
});

it('an entry that the other posted is known again, or refused, and reversed once', async () => {
  const [one, other] = [await opened(), await opened()];
  const by = { actor: 'spec' };
  await postEntries(one, sale('JE-X'), by);
  expect(writtenBy(await postEntries(other, sale('JE-X'), by))).toStrictEqual([]);
  expect(await codesOf(postEntries(other, sale('JE-X', 2), by))).toStrictEqual(['E207']);
  expect(writtenBy(await postEntries(one, sale('JE-X'), by))).toStrictEqual([]);
  expect(await codesOf(postEntries(one, sale('JE-X', 2), by))).toStrictEqual(['E207']);
  await reverse(other, 'JE-X', { reason: 'spec' }, by);
  for (const session of [other, one])
    expect(await codesOf(reverse(session, 'JE-X', { reason: 'spec', id: 'JE-Y' }, by))).toStrictEqual([
      'E211',
    ]);
  expect(one.replay.revision).toBe(other.replay.revision);
});

it('an undertaking asked for again writes nothing more, and says so', async () => {
  const session = await opened();
  const ids = [newEventId(), newEventId()];
  const undertaking: Undertaking = { id: sha256('key'), eventId: (index) => ids[index] ?? '' };
  const explained = (subject: string) => ({
    period: '2025',
    event: { name: 'BreakExplained', payload: { subject, cause: 'spec', reason: 'spec' } } as const,
  });
  const ask = (...subjects: string[]) =>
    append(session, () => ({ said: subjects.map(explained), problems: [] }), { actor: 'spec', undertaking });
  expect(await ask('is.revenue@2025')).toHaveLength(1);
  const { revision } = session.replay;
  expect(await ask('is.revenue@2025')).toStrictEqual([]);
  expect(session.replay.revision).toBe(revision);
  const [stored] = await session.log.readAll(revision - 1, 1);
  expect(stored).toMatchObject({ id: ids[0], correlationId: undertaking.id });
  expect(await ask('is.revenue@2025', 'is.revenue@2024')).toStrictEqual([explained('is.revenue@2024')]);
});
