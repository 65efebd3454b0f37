/**
 * An old log gives the same statements for ever: the corner shop's log as it was written when every event was at version 1,
 * with an entry reversed, a late entry into a closed year, and a break explained.
 *
 * The fixture is never regenerated. Where this fails, an upcaster is missing or wrong, or a fold has changed its meaning.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openMirror } from '@tieout/event-log';
import type { StoredEvent } from '@tieout/events';
import { emptyFolder, inRoot, tieout, tieoutJson } from '../support/command';

const fixture = (...path: readonly string[]): string => inRoot('test/fixtures/corner-shop-v1', ...path);

/** Also what a head kept elsewhere would hold this log against. */
const head = '655ab847cb0b6b0d1d70f83da6ba2ab70f78db3546fbf82a224d4fce09f8177a';

const events = readFileSync(fixture('log.ndjson'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): StoredEvent => {
    const { event, leaf } = JSON.parse(line) as { event: Omit<StoredEvent, 'leaf'>; leaf: string };
    return { ...event, leaf };
  });

interface Statement {
  readonly id: string;
}

/** What a statement's document has been saying since, beside all that it said then. */
const since = new Set(['entity', 'heading', 'when', 'shape', 'tables', 'change', 'decimals', 'states']);

/** The document without what is only said since; a name that the old one has would be missed in the comparison. */
const asThen = (document: unknown): unknown =>
  JSON.parse(JSON.stringify(document), (name, value: unknown) => (since.has(name) ? undefined : value));

async function oldStore(): Promise<readonly string[]> {
  const folder = emptyFolder();
  const url = `sqlite:${join(folder, 'old.db')}`;
  const log = await openMirror(url);
  await log.copy(events);
  await log.close();
  return ['--book', fixture('book'), '--store', url];
}

test('every statement of the old log is what it was', async () => {
  const store = await oldStore();
  const before = JSON.parse(readFileSync(fixture('statements.json'), 'utf8')) as readonly Statement[];
  expect(before.map(({ id }) => id)).toStrictEqual([
    'income-statement',
    'balance-sheet',
    'changes-in-equity',
    'cash-flows',
    'note-1',
  ]);
  for (const statement of before)
    expect(asThen(await tieoutJson(inRoot('test'), [...store, 'statement', statement.id]))).toStrictEqual(
      statement,
    );
});

test('the old log is intact, and its head is what it was', async () => {
  const store = await oldStore();
  const { code, out } = await tieout(inRoot('test'), [...store, 'verify']);
  expect({ code, head: /^head (\w+) after 27 events/m.exec(out)?.[1] }).toStrictEqual({ code: 0, head });
});
