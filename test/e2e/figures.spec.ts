/**
 * `figures`: the contract that scripts rely on, and what it says of the SenseTime book. Every figure of the five primary
 * statements equals its replay; what the agreement is worth is said beside it.
 */
import { readBook } from '@tieout/book';
import { linearForm } from '@tieout/statements';
import { csvRows, printedIn } from '../support/published';
import { bookFolder, loadedFolder, senseTime, tieout, type Ended } from '../support/command';

interface FigureJson {
  readonly id: string;
  readonly fact: string;
  readonly statement: string;
  readonly label: string;
  readonly column: string;
  readonly period: string;
  readonly unit: string;
  readonly published: string;
  readonly replayed: string;
  readonly state: string;
  readonly basis: string;
  readonly source: { readonly line: number; readonly text: string };
  readonly entries: number;
}

const keys = [
  ...['id', 'fact', 'statement', 'label', 'column', 'period', 'unit'],
  ...['published', 'replayed', 'state', 'basis', 'source', 'entries'],
];
const units = [
  ...["RMB'000", 'RMB million', 'RMB', 'RMB per share', 'HKD', 'HKD million', 'HKD per share'],
  ...['USD', '%', 'shares', 'count'],
];
const states = ['ties', 'within-rounding', 'repaired', 'does-not-tie', 'explained', 'untested'];
const bases = ['cross-checked', 'self-supporting', 'rounded'];
const primary = {
  'income-statement': 44,
  'comprehensive-income': 18,
  'balance-sheet': 96,
  'changes-in-equity': 161,
  'cash-flows': 72,
};

let folder: string;
let ended: Ended;
let figures: readonly FigureJson[];
beforeAll(async () => {
  folder = await loadedFolder();
  ended = await tieout(folder, ['-q', 'figures', '--json']);
  figures = JSON.parse(ended.out) as FigureJson[];
}, 60_000);

const inPrimary = ({ statement }: FigureJson): boolean => Object.hasOwn(primary, statement);

it('has exactly the keys of the contract, and its values', () => {
  const wrong = figures.filter(
    (each) =>
      Object.keys(each).join() !== keys.join() ||
      Object.keys(each.source).join() !== 'line,text' ||
      !units.includes(each.unit) ||
      !states.includes(each.state) ||
      !bases.includes(each.basis) ||
      ![each.published, each.replayed].every((text) => /^-?\d+(\.\d+)?$/.test(text)) ||
      !Number.isSafeInteger(each.entries) ||
      !(each.source.line > 0),
  );
  expect(wrong).toEqual([]);
  expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length);
});

it('has every print of the book, in its order, as it was typed in', () => {
  const shown = figures.map(({ id, unit, published, source }) => [id, unit, published, source.text]);
  const statements = [...new Set(figures.map(({ statement }) => statement))];
  const typed = statements.flatMap((id) => printedIn(id));
  expect(shown).toEqual(typed.map(({ id, unit, published, text }) => [id, unit, published, text]));
  expect(statements).toHaveLength(41);
});

it.each(Object.entries(primary))('%s: %i figures, each equal to its replay', (statement, count) => {
  const own = figures.filter((each) => each.statement === statement);
  expect(own).toHaveLength(count);
  // A quotient has no end; a print of "less than one unit" says only that.
  const rounded = own.filter(({ unit, source }) => unit === 'RMB per share' || source.text === '*');
  const exact = own.filter((each) => !rounded.includes(each));
  expect(exact.filter(({ published, replayed }) => published !== replayed)).toEqual([]);
  expect(exact.filter(({ state }) => state !== 'ties' && state !== 'repaired')).toEqual([]);
  expect(rounded.map(({ id, state }) => [id, state])).toEqual(
    rounded.map(({ id }) => [id, 'within-rounding']),
  );
});

it('replays the loss per share to what rounds to the print', () => {
  const perShare = figures.filter(({ id }) => id.startsWith('is.loss-per-share@'));
  expect(perShare.map(({ published }) => published)).toEqual(['-0.10', '-0.39']);
  for (const { published, replayed } of perShare) {
    expect(replayed.length).toBeGreaterThan(20);
    expect(Number(replayed).toFixed(2)).toBe(published);
  }
});

it('traces every sum of postings that is not nil to entries', () => {
  const book = readBook(bookFolder(senseTime));
  const world = { chart: book.chart, concepts: book.concepts };
  const linear = figures.filter(({ fact }) => linearForm(fact, world) !== undefined);
  expect(linear.filter(({ replayed, entries }) => replayed !== '0' && entries === 0)).toEqual([]);
  expect(linear.length).toBeGreaterThan(900);
});

it('says what the agreement is worth: some figures are cross-checked, some only repeat their input', () => {
  const counts = new Map(
    bases.map((basis) => [basis, figures.filter((each) => each.basis === basis).length]),
  );
  expect([...counts.values()].every((count) => count > 0)).toBe(true);
  const perShare = figures.filter(({ unit }) => unit === 'RMB per share');
  expect(new Set(perShare.map(({ basis }) => basis))).toEqual(new Set(['rounded']));
  // What another statement or note states again cannot change alone.
  const revenue = figures.find(({ id }) => id === 'is.revenue@2022H1');
  expect(revenue).toMatchObject({ published: '1415343', state: 'ties', basis: 'cross-checked' });
});

it('exits 1 where a figure does not tie, and only there; none of the primary statements does', () => {
  const broken = figures.filter(({ state }) => state === 'does-not-tie');
  expect(ended).toMatchObject({ code: broken.length > 0 ? 1 : 0, err: '' });
  expect(broken.filter(inPrimary)).toEqual([]);
});

it('counts repaired figures as findings under --strict', async () => {
  const [plain, strict] = await Promise.all([tieout(folder, ['-q']), tieout(folder, ['-q', '--strict'])]);
  expect([plain.code, strict.code]).toEqual([0, 1]);
});

it('says the same as CSV and as text, and names each figure that does not tie', async () => {
  const [csv, text] = await Promise.all([
    tieout(folder, ['-q', 'figures', '--csv']),
    tieout(folder, ['-q', 'figures'], { env: { COLUMNS: '160' } }),
  ]);
  expect([csv.code, text.code]).toEqual([ended.code, ended.code]);
  const rows = csvRows(csv.out).map(({ id, published, replayed, state, basis }) => ({
    id,
    published,
    replayed,
    state,
    basis,
  }));
  expect(rows).toEqual(
    figures.map(({ id, published, replayed, state, basis }) => ({ id, published, replayed, state, basis })),
  );
  const named = [...text.out.matchAll(/^✗ does not tie {2}(.+?): published /gm)].map(([, id]) => id);
  expect(named).toEqual(figures.flatMap(({ id, state }) => (state === 'does-not-tie' ? [id] : [])));
  expect(text.out).toMatch(new RegExp(`^${figures.length} figures: \\d+ ties, `, 'm'));
});
