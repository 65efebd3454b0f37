/**
 * Proofs about the log through the real command: made from the store, checked without it, also by the routine that
 * docs/guarantees.md shows; and the stores that `backup` and `recover` put beside the store.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { cornerShop, emptyFolder, inRoot, loadedFolder, tieout } from '../support/command';

const book = ['-b', cornerShop];
const store = (folder: string): string => join(folder, '.tieout', 'corner-shop.db');

async function headIn(folder: string, ...args: readonly string[]): Promise<string> {
  const { out } = await tieout(folder, [...book, ...args, 'verify']);
  return /^head (\w{64}) after \d+ events$/m.exec(out)?.[1] ?? out;
}

async function post(folder: string, id: string): Promise<void> {
  const entry = `- { id: ${id}, event: EntryPosted, date: 2025-06-30, description: Paid, postings: [
    { account: payables, movement: payments, dr: "10" }, { account: cash, movement: to-suppliers, cr: "10" }] }\n`;
  writeFileSync(join(folder, 'entry.yaml'), entry);
  expect(await tieout(folder, [...book, '-q', 'post', 'entry.yaml'])).toMatchObject({ code: 0 });
}

/** The routine of the page, as a reader would copy it. */
function routine(folder: string): (file: string, head: string) => string {
  const page = readFileSync(inRoot('docs/guarantees.md'), 'utf8');
  const code = /^```js\n(.*?)^```$/ms.exec(page)?.[1] ?? '';
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(30);
  writeFileSync(join(folder, 'check-proof.mjs'), code);
  return (file, head) =>
    spawnSync(process.execPath, ['check-proof.mjs', file, head], { cwd: folder, encoding: 'utf8' }).stdout;
}

/** Changes the amount in one stored event, behind the program's back. */
function rewrite(file: string, from: string, to: string): void {
  const db = new Database(file);
  db.exec('DROP TRIGGER events_stay_as_they_are');
  const rows = db.prepare('SELECT position, body FROM events').all() as { position: number; body: string }[];
  const row = rows.find(({ body }) => body.includes(from));
  expect(row).toBeDefined();
  db.prepare('UPDATE events SET body = ? WHERE position = ?').run([
    row!.body.replaceAll(from, to),
    row!.position,
  ]);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}

describe('proofs', () => {
  let folder: string;
  let kept: string;
  beforeAll(async () => {
    folder = await loadedFolder(cornerShop);
    kept = await headIn(folder);
    await post(folder, 'P-1');
    await post(folder, 'P-2');
    for (const args of [
      ['entry', 'P-1', '-o', 'entry.json'],
      ['growth', `20:${kept}`, '-o', 'growth.json'],
    ])
      expect(await tieout(folder, [...book, '-q', 'proof', ...args])).toEqual({ code: 0, out: '', err: '' });
  });

  it.each(['entry.json', 'growth.json'])(
    '%s holds for the head of the log, and for no other',
    async (file) => {
      const head = await headIn(folder);
      const check = (given: string) =>
        tieout(emptyFolder(), ['proof', 'check', join(folder, file), '--head', given]);
      expect(await check(head)).toMatchObject({ code: 0, out: expect.stringMatching(/^✓ /) as string });
      expect(await check(kept)).toMatchObject({ code: 1, out: expect.stringMatching(/^✗ /) as string });
      const offline = routine(folder);
      expect(offline(file, head)).toBe('holds\n');
      expect(offline(file, kept)).toBe('does not hold\n');
    },
  );

  it.each([
    ['entry.json', '"1000"', '"2000"'],
    ['growth.json', '"length": 20', '"length": 19'],
  ])('%s with %s made %s holds no more', async (file, from, to) => {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(folder, `altered-${file}`), text.replaceAll(from, to));
    const { code, out } = await tieout(folder, ['proof', 'check', `altered-${file}`]);
    expect({ code, out }).toEqual({
      code: 1,
      out: `✗ altered-${file} does not hold together: its hashes do not make the head that it states\n`,
    });
    expect(routine(folder)(`altered-${file}`, await headIn(folder))).toBe('does not hold\n');
  });

  it('of an older head that is not this log’s there is none', async () => {
    const { code, err } = await tieout(folder, [...book, 'proof', 'growth', `21:${kept}`]);
    expect({ code, err }).toEqual({
      code: 4,
      err: expect.stringMatching(
        /^error\[E401\]: the log after 21 events has the head \w{64}, not /,
      ) as string,
    });
  });

  it('what is no proof, no entry or no head is refused', async () => {
    writeFileSync(join(folder, 'no.json'), '{"schema":"tieout.proof/1","kind":"entry"}');
    const codes = await Promise.all(
      [
        ['check', 'no.json'],
        ['check', 'missing.json'],
        ['entry', 'P-9'],
        ['growth', 'abc'],
        ['growth', `99:${kept}`],
      ].map(async (args) => {
        const { code, err } = await tieout(folder, [...book, 'proof', ...args]);
        return [code, /error\[(E\d+)\]/.exec(err)?.[1]];
      }),
    );
    expect(codes).toStrictEqual([
      [3, 'E107'],
      [3, 'E101'],
      [2, 'E601'],
      [2, 'E602'],
      [2, 'E602'],
    ]);
  });
});

describe('stores beside the store', () => {
  it('a backup is the same log', async () => {
    const folder = await loadedFolder(cornerShop);
    const head = await headIn(folder);
    expect(await tieout(folder, [...book, 'backup', 'copy.db'])).toEqual({
      code: 0,
      out: `20 events copied to ${join(folder, 'copy.db')} and verified\nhead ${head}\n`,
      err: '',
    });
    expect(await headIn(folder, '--store', 'sqlite:copy.db')).toBe(head);
    expect(await tieout(folder, [...book, 'backup', 'copy.db'])).toMatchObject({ code: 2 });
  });

  it('what stands before the damage is recovered, and the damaged store stays as it is', async () => {
    const folder = await loadedFolder(cornerShop);
    rewrite(store(folder), '"800000"', '"900000"'); // the fittings of CS-2024-2, at position 3
    const before = readFileSync(store(folder));
    const recover = (to: string) => tieout(folder, [...book, 'recover', '--to', to, '--out', 'sound.db']);
    const refused = await recover('20');
    expect(refused.code).toBe(4);
    expect(refused.err).toContain('AssetAcquired at position 3 is not what was appended');
    expect(refused.err).toContain('tieout recover --to 3 keeps what stands before it');
    expect(await recover('3')).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(store(folder)).equals(before)).toBe(true);
    const { code, out } = await tieout(folder, [...book, '--store', 'sqlite:sound.db', 'verify']);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^head \w{64} after 3 events$/m) as string,
    });
    expect(await recover('3')).toMatchObject({ code: 2 });
  });
});
