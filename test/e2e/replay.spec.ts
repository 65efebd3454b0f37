/**
 * The rebuild beside what is stored: which lines of the statements would move, and that nothing published moves silently.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { bookFolder, cornerShop, emptyFolder, tieout } from '../support/command';

interface ReplayJson {
  readonly events: number;
  readonly stored: boolean;
  readonly accepted?: string;
  readonly compared?: number;
  readonly note?: string;
  readonly moves: readonly {
    readonly fact: string;
    readonly before?: string | null;
    readonly after?: string | null;
    readonly published: boolean;
  }[];
}

const shop = ['-b', 'shop'];

/** A folder with a copy of the corner shop's book, and its store. */
async function desk(): Promise<string> {
  const folder = emptyFolder();
  cpSync(bookFolder(cornerShop), join(folder, 'shop'), { recursive: true });
  expect((await tieout(folder, [...shop, '-q', 'replay'])).code).toBe(0);
  return folder;
}

function rewrite(folder: string, file: string, from: string, to: string): void {
  const path = join(folder, 'shop', file);
  const text = readFileSync(path, 'utf8');
  expect(text.split(from)).toHaveLength(2);
  writeFileSync(path, text.replace(from, to));
}

/** Every row of snapshots and pages, as they lie in the file. */
function kept(folder: string): unknown {
  const db = new Database(join(folder, '.tieout', `${cornerShop}.db`), { readonly: true });
  const rows = db.prepare('SELECT * FROM snapshots ORDER BY projection').all();
  db.close();
  expect(rows).toHaveLength(4);
  return rows;
}

async function replayed(folder: string, ...args: readonly string[]): Promise<[number | null, ReplayJson]> {
  const { code, out } = await tieout(folder, [...shop, 'replay', '--json', '-q', ...args]);
  return [code, JSON.parse(out) as ReplayJson];
}

const sale = `- id: JE-S
  event: EntryPosted
  date: 2025-12-31
  description: One more sale
  postings:
    - { account: cash, movement: from-customers, dr: "1" }
    - { account: revenue, movement: profit-or-loss, cr: "1" }
`;

/** Depreciation is taken from the wrong account: two years' figures move, and all that adds them up. */
const wrong = [
  'statements/income-statement.yaml',
  'expenses.depreciation }',
  'expenses.cost-of-sales }',
] as const;

it('nothing moves where program, chart and layouts are the same, or only words changed', async () => {
  const folder = await desk();
  expect(await replayed(folder, '--candidate')).toMatchObject([
    0,
    { stored: false, compared: 20, moves: [] },
  ]);
  rewrite(folder, 'statements/income-statement.yaml', 'label: Revenue', 'label: Turnover');
  rewrite(folder, 'book.yaml', 'label: Year ended 31 December 2025', 'label: Year to 31 December 2025');
  expect(await replayed(folder, '--candidate')).toMatchObject([0, { stored: false, moves: [] }]);
  expect(await replayed(folder)).toMatchObject([0, { stored: true, moves: [] }]);
});

it('--candidate shows the lines that a changed layout moves, and stores nothing', async () => {
  const folder = await desk();
  const before = kept(folder);
  rewrite(folder, ...wrong);
  const [code, { moves, stored }] = await replayed(folder, '--candidate');
  expect({ code, stored }).toEqual({ code: 1, stored: false });
  expect(moves).toContainEqual(
    expect.objectContaining({
      fact: 'is.depreciation@2025',
      before: '-2000',
      after: '-63000',
      published: true,
    }),
  );
  expect(moves.map(({ fact }) => fact)).toContain('is.profit@2024');
  expect(moves.map(({ fact }) => fact)).not.toContain('is.revenue@2025');
  expect(kept(folder)).toEqual(before);

  const { out } = await tieout(folder, [...shop, 'replay', '--candidate']);
  expect(out).toMatch(/^Income statement +Stored +Rebuilt +Change$/m);
  expect(out).toMatch(/^Depreciation · 2025 · GBP +\(2,000\) +\(63,000\) +\(61,000\)$/m);
});

it('a published figure does not move silently: refused, and with a reason it is cut over', async () => {
  const folder = await desk();
  const before = kept(folder);
  rewrite(folder, ...wrong);
  const refused = await tieout(folder, [...shop, 'replay', '-q']);
  expect({ code: refused.code, out: refused.out }).toEqual({ code: 1, out: '' });
  expect(refused.err).toMatch(/^error\[E405\]: \d+ published figures would move/);
  expect(refused.err).toContain('is.depreciation@2025 (2025): -2000 → -63000');
  expect(kept(folder)).toEqual(before);

  const both = await tieout(folder, [...shop, 'replay', '--candidate', '--accept-moves', 'x']);
  expect(both.code).toBe(2);
  const [code, said] = await replayed(folder, '--accept-moves', 'the mapping was wrong');
  expect([code, said.stored, said.accepted]).toEqual([0, true, 'the mapping was wrong']);
  expect(kept(folder)).not.toEqual(before);
  expect(await replayed(folder)).toMatchObject([0, { moves: [] }]);
});

it('an entry posted under a changed layout does not cut over either', async () => {
  const folder = await desk();
  const before = kept(folder);
  rewrite(folder, ...wrong);
  writeFileSync(join(folder, 'sale.yaml'), sale);
  const posted = await tieout(folder, [...shop, 'post', 'sale.yaml']);
  expect(posted.code).toBe(0);
  expect(posted.err).toContain(
    'the stored projections are of another version, or of another chart or layouts',
  );
  expect(kept(folder)).toEqual(before);
  // Held against as many events as what is stored: the sale is no move of the rebuild.
  const [, { compared, moves }] = await replayed(folder, '--candidate');
  expect(compared).toBe(20);
  expect(moves.map(({ fact }) => fact)).not.toContain('is.revenue@2025');
});

it('entries posted since are no moves of a rebuild, and a post stores no statements', async () => {
  const folder = await desk();
  const statements = (): unknown =>
    (kept(folder) as { projection: string }[]).find((row) => row.projection === 'statements');
  const before = statements();
  writeFileSync(join(folder, 'sale.yaml'), sale);
  expect((await tieout(folder, [...shop, 'post', 'sale.yaml'])).code).toBe(0);
  expect(statements()).toEqual(before);
  expect(await replayed(folder, '--candidate')).toMatchObject([0, { compared: 20, moves: [] }]);
  expect(await replayed(folder)).toMatchObject([0, { events: 21, compared: 20, moves: [] }]);
  expect(await replayed(folder, '--candidate')).toMatchObject([0, { compared: 21, moves: [] }]);
  // A period's end is published: its lines are kept.
  const open = statements();
  expect((await tieout(folder, [...shop, 'close', '2025'])).code).toBe(0);
  expect(statements()).not.toEqual(open);
});

it('where nothing is stored, or what is stored is of another log, it says that nothing was compared', async () => {
  const folder = await desk();
  const other = await desk();
  const into = new Database(join(folder, '.tieout', `${cornerShop}.db`));
  into.exec('DELETE FROM snapshots');
  into.close();
  expect(await replayed(folder)).toMatchObject([
    0,
    { moves: [], note: 'no statements are stored: there is nothing to compare' },
  ]);
  expect(kept(folder)).toEqual(kept(other));
});
