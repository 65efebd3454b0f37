/**
 * `tieout tick` on a one-page report of the bundled corner shop: read from a file of the user's, never stored.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cornerShop, emptyFolder, tieout } from '../support/command';

const report = `The Corner Shop Ltd
Accounts for the year ended 31 December 2025

Income statement
Year ended 31 December\tNote\t2025\t2024
Revenue\t\t104,000\t90,000
Cost of sales\t\t(63,000)\t(54,000)
Gross profit\t\t41,000\t36,000
Wages and rent\t\t(27,500)\t(24,000)
Depreciation\t1\t(2,000)\t(1,600)
Profit for the year\t\t11,500\t10,400

Balance sheet
As at 31 December\tNote\t2025\t2024
Shop fittings\t1\t6,400\t6,400
Goods for sale\t\t9,000\t6,000
Cash\t\t30,500\t26,000
Total assets\t\t45,900\t38,400
`;

interface Ticks {
  readonly counts: { readonly tables: Readonly<Record<string, number>> };
  readonly numbers: readonly { readonly text: string; readonly state: string; readonly figure?: string }[];
}

async function tick(text: string, ...args: readonly string[]) {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'report.txt'), text);
  const ended = await tieout(folder, ['-b', cornerShop, 'tick', 'report.txt', '-q', ...args], {
    env: { COLUMNS: '200' },
  });
  return { ...ended, folder };
}

test('a report that ties ends with 0, and every number of its tables is tied or a label', async () => {
  const { code, out, err } = await tick(report, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const ticks = JSON.parse(out) as Ticks;
  expect(ticks.counts.tables).toMatchObject({ tied: 20, untested: 0, differs: 0 });
  expect(ticks.numbers.filter(({ text }) => text === '11,500')).toMatchObject([
    { state: 'tied', figure: 'is.profit@2025' },
  ]);
});

test('a digit that changed ends with 1, on the line where it stands', async () => {
  const { code, out } = await tick(report.replace('41,000', '41,900'), '--only', 'fails');
  expect(code).toBe(1);
  expect(out).toMatch(/^ {3}8 {2}Gross profit {3}41,900≠/);
  expect(out).toContain(
    '≠ 41,900  differs from the reading of the book; is.gross-profit@2025: the book read 41,000 in this cell',
  );
});

test('a row of another name is not tied to the digits that it shares', async () => {
  const { out } = await tick(
    report.replace('Cash\t', 'Prize draw\t\t45,900\t38,400\nCash\t'),
    '--only',
    'untested',
    '--csv',
  );
  expect(
    out
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(0, 2).join()),
  ).toEqual(['17,13', '17,20']);
});

test('the page needs no script, and its links lead somewhere', async () => {
  const { folder } = await tick(report, '-o', 'ticked.html');
  const page = readFileSync(join(folder, 'ticked.html'), 'utf8');
  expect(page).not.toMatch(/<script|https?:|javascript:/i);
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  expect([...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id).filter((id) => !ids.has(id))).toEqual([]);
});

test.each([
  ['a document that is not there', ['tick', 'none.txt'], 3, 'error[E101]: no document none.txt'],
  [
    'a state that is none',
    ['tick', 'report.txt', '--only', 'failing'],
    2,
    'error[E602]: --only takes states, and "failing" is none',
  ],
  [
    'a line that is not there',
    ['tick', 'report.txt', '--line', '99'],
    2,
    'error[E602]: --line takes a line of the document, 1 to 19, not "99"',
  ],
])('%s is refused', async (_name, args, expected, message) => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'report.txt'), report);
  const { code, err } = await tieout(folder, ['-b', cornerShop, ...args, '-q']);
  expect(code).toBe(expected);
  expect(err).toContain(message);
});

test('what is no text is refused', async () => {
  const { code, err } = await tick('%PDF-1.7\u0000');
  expect(code).toBe(3);
  expect(err).toContain('report.txt is no text');
});
