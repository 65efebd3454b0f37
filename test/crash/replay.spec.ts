/**
 * A rebuild that is killed or cancelled at any moment leaves what is stored whole: the old projections and pages, or, once
 * it said so, the new. A poisoned event stops it, named with its position, the projection and the cause.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leafOf, sha256 } from '@tieout/events';
import Database from 'libsql';
import { bookFolder, cornerShop, emptyFolder, inRoot, loadedFolder, tieout } from '../support/command';

const full = process.env['TIEOUT_FULL'] === '1';
const moments = full ? 60 : 8;
const store = ['-b', 'shop', '--store', 'sqlite:ledger.db'];

/** All rows of snapshots and pages, as one digest each, after whatever the write-ahead log still holds. */
function kept(folder: string): { snapshots: string; pages: string; count: number } {
  const db = new Database(join(folder, 'ledger.db'));
  const rows = (table: string, order: string): unknown[] =>
    db.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).raw().all();
  const [snapshots, pages] = [rows('snapshots', 'projection'), rows('pages', 'number')];
  db.close();
  return {
    snapshots: sha256(JSON.stringify(snapshots)),
    pages: sha256(JSON.stringify(pages)),
    count: pages.length,
  };
}

interface Cut {
  readonly code: number | null;
  readonly lasted: number;
}

/** `replay` ended by the signal so many milliseconds after its start. */
function cutReplay(folder: string, signal: NodeJS.Signals, after?: number): Promise<Cut> {
  const began = performance.now();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [inRoot('dist/tieout.cjs'), ...store, '-q', 'replay'], {
    cwd: folder,
    env: { PATH, HOME },
    stdio: 'ignore',
  });
  if (after !== undefined) setTimeout(() => child.kill(signal), after);
  return new Promise((resolve) =>
    child.once('close', (code) => resolve({ code, lasted: performance.now() - began })),
  );
}

it(`a ledger of 20,000 entries, cut at ${moments} moments of its rebuild: the old whole, or the new`, async () => {
  const folder = emptyFolder();
  cpSync(bookFolder(cornerShop), join(folder, 'shop'), { recursive: true });
  const made = await tieout(folder, [...store, '-q', 'simulate', '--entries', '20000', '--seed', 'cut']);
  expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' });
  // Another structure of the book, so that what a rebuild stores is not what is stored.
  const book = join(folder, 'shop/book.yaml');
  writeFileSync(
    book,
    readFileSync(book, 'utf8').replace('label: Year ended 31 December 2025', 'label: 2025'),
  );
  const old = kept(folder);
  expect(old.count).toBe(4);
  copyFileSync(join(folder, 'ledger.db'), join(folder, 'old.db'));
  const whole = await cutReplay(folder, 'SIGKILL');
  expect(whole.code).toBe(0);
  const rebuilt = kept(folder);
  expect(rebuilt.snapshots).not.toBe(old.snapshots);
  // Sealed again from the same events, pages are the same bytes.
  expect(rebuilt.pages).toBe(old.pages);

  const ends = new Map<number | null, number>();
  for (let moment = 0; moment < moments; moment += 1) {
    copyFileSync(join(folder, 'old.db'), join(folder, 'ledger.db'));
    const signal = moment % 2 === 0 ? 'SIGKILL' : 'SIGINT';
    const { code } = await cutReplay(folder, signal, (whole.lasted * (moment + 1)) / (moments + 1));
    ends.set(code, (ends.get(code) ?? 0) + 1);
    const left = kept(folder);
    expect(left.pages).toBe(old.pages);
    if (code === 130) expect(left.snapshots).toBe(old.snapshots);
    else if (code === 0) expect(left.snapshots).toBe(rebuilt.snapshots);
    else expect([old.snapshots, rebuilt.snapshots]).toContain(left.snapshots);
  }
  // Killed, and cancelled: both happened, or nothing was tried.
  expect(ends.get(null) ?? 0).toBeGreaterThan(0);
  expect(ends.get(130) ?? 0).toBeGreaterThan(0);
  expect((await tieout(folder, [...store, '-q', 'verify'])).code).toBe(0);
}, 600_000);

/** The corner shop's store with one event replaced by another, with a leaf that fits: only what it says is wrong. */
async function poisoned(change: (event: Record<string, unknown>) => unknown): Promise<string> {
  const folder = await loadedFolder(cornerShop);
  const db = new Database(join(folder, '.tieout', `${cornerShop}.db`));
  db.exec('DROP TRIGGER events_stay_as_they_are');
  const { body } = db.prepare('SELECT body FROM events WHERE position = 7').get() as { body: string };
  const event = JSON.parse(body) as Record<string, unknown>;
  const text = JSON.stringify(change(event));
  db.prepare('UPDATE events SET body = ?, leaf = ? WHERE position = 7').run([text, leafOf(text)]);
  db.close();
  return folder;
}

const ofEvent = (event: Record<string, unknown>, payload: object): Record<string, unknown> => ({
  ...event,
  payload: { ...(event['payload'] as object), ...payload },
});

const poisons: readonly (readonly [string, (event: Record<string, unknown>) => unknown, RegExp])[] = [
  [
    'an unknown name',
    (event) => ({ ...event, name: 'GoodsConjured' }),
    /^error\[E404\]: no projection can take event 7 \(GoodsConjured\): unknown event name "GoodsConjured" at position 7$/m,
  ],
  [
    'a payload that breaks its schema',
    (event) => ofEvent(event, { date: 5 }),
    /^error\[E404\]: no projection can take event 7 \(\w+\): \w+ at position 7 breaks its schema: date: /m,
  ],
  [
    'an entry that a projection does not take',
    (event) => ofEvent(event, { postings: unbalanced(event) }),
    /^error\[E404\]: projection periods failed at event 7 \(\w+\): assertion failed: entry \S+ in the log balances$/m,
  ],
];

const unbalanced = (event: Record<string, unknown>): unknown =>
  (event['payload'] as { postings: readonly object[] }).postings.map((leg, index) =>
    index === 0 ? { ...leg, minor: '1' } : leg,
  );

it.each(poisons)(
  '%s stops the replay: event, position, cause; stored projections stay',
  async (_, change, says) => {
    const folder = await poisoned(change);
    const file = join(folder, '.tieout', `${cornerShop}.db`);
    const snapshots = (): unknown => {
      const db = new Database(file, { readonly: true });
      const rows = db.prepare('SELECT * FROM snapshots ORDER BY projection').all();
      db.close();
      expect(rows).not.toEqual([]);
      return rows;
    };
    const before = snapshots();
    const { code, out, err } = await tieout(folder, ['-b', cornerShop, '-q', 'replay']);
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toMatch(says);
    expect(err).toContain('--> event 7');
    expect(err).toContain('the replay stopped there; stored projections are untouched');
    expect(snapshots()).toEqual(before);
  },
);
