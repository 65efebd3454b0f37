/**
 * A log folded in parts by several processes at once, through the real command: the parts add to what one replay makes,
 * whatever the cut; what is covered twice is refused, what is not covered is named.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder, loadedFolder, cornerShop, senseTime, tieout, tieoutJson } from '../support/command';

const entries = 10_000;
const length = 10_052;
const store = ['--store', `sqlite:.tieout/${senseTime}.simulated-${entries}-3.db`];

let folder: string;
beforeAll(async () => {
  folder = emptyFolder();
  const simulate = [
    'simulate',
    '--entries',
    `${entries}`,
    '--seed',
    '3',
    '--late',
    '70',
    '--reversals',
    '50',
  ];
  expect(await tieout(folder, [...simulate, '--quiet'])).toMatchObject({ code: 0, err: '' });
}, 120_000);

/** Folds each share in a process of its own, all at once; returns their files. */
async function folded(...shares: readonly (readonly string[])[]): Promise<string[]> {
  const files = shares.map((share) => `part${share.join('').replace(/\W+/g, '-')}.json`);
  const ended = await Promise.all(
    shares.map((share, index) => tieout(folder, ['fold', ...share, '-o', files[index]!, '-q', ...store])),
  );
  expect(ended).toEqual(shares.map(() => ({ code: 0, out: '', err: '' })));
  return files;
}

const text = (file: string): string => readFileSync(join(folder, file), 'utf8');
const merge = (...args: readonly string[]) => tieout(folder, ['fold', 'merge', ...args]);

test('by ranges, by streams, one process each at once: the same file as one fold, and equal to the replay', async () => {
  const ranges = await folded(
    ['--until', '4096'],
    ['--from', '4096', '--until', '9001'],
    ['--from', '9001', '--until', '10050'],
    ['--from', '10050'],
  );
  const streams = await folded(
    ['--stream', `${senseTime}/2021H2`, senseTime],
    ['--stream', `${senseTime}/2021H1`],
    ['--stream', `${senseTime}/2022H1`],
  );
  const [whole = ''] = await folded([]);
  for (const parts of [ranges, [...ranges].reverse(), streams]) {
    const { code, out, err } = await merge(...parts, '-o', 'sum.json', '--against-log', '-q', ...store);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const first = `✓ ${senseTime}: ${parts.length} parts cover all 10,052 events: 26,975 postings in 650 cells`;
    expect(out.split('\n')[0]).toBe(first);
    expect(out).toContain('\n✓ equals the replay of the log, byte for byte\n');
    expect(text('sum.json')).toBe(text(whole));
  }
  // Sums are parts: some first, the rest elsewhere, with no store at hand.
  expect((await merge(ranges[1]!, ranges[3]!, '-o', 'some.json')).code).toBe(1);
  expect((await merge('some.json', ranges[2]!, ranges[0]!, '-o', 'all.json')).code).toBe(0);
  expect(text('all.json')).toBe(text(whole));
});

test('the totals are those of the trial balance, and the head is that of verify', async () => {
  await folded([]);
  const tb = await tieoutJson<{ debits: string; credits: string }>(folder, ['tb', ...store]);
  const sum = await tieoutJson<{ totals: unknown; log: { head: string } }>(folder, [
    'fold',
    'merge',
    'part.json',
  ]);
  const { debits, credits } = tb;
  expect(sum.totals).toEqual([{ unit: 'RMB minor units', debits, credits }]);
  const { out } = await tieout(folder, ['verify', '-q', ...store]);
  expect(out).toContain(`head ${sum.log.head} after ${length} events`);
});

test('a gap is reported (exit 1), an overlap refused with its positions and files (exit 3)', async () => {
  const [a = '', b = '', c = ''] = await folded(
    ['--until', '700'],
    ['--from', '701', '--until', '9000'],
    ['--from', '8999'],
  );
  const gaps = await merge(a, b, '--against-log', '-q', ...store);
  expect(gaps.code).toBe(1);
  expect(gaps.out.split('\n')[0]).toBe(
    `✗ ${senseTime}: 2 parts cover 8,999 of 10,052 events; missing are 700; 9,000 to 10,051`,
  );
  expect(gaps.out).toContain('\n○ not held against the log: not all of it is covered\n');
  const json = await tieout(folder, ['fold', 'merge', a, b, '--json']);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({
    covered: 8999,
    missing: [
      { from: 700, until: 701 },
      { from: 9000, until: length },
    ],
  });
  const overlap = await merge(a, b, c, '-o', 'never.json');
  expect({ code: overlap.code, out: overlap.out }).toEqual({ code: 3, out: '' });
  expect(overlap.err).toMatch(
    /^error\[E406\]: part-from701-until9000\.json and part-from8999\.json both cover position 8999\n/,
  );
  expect(() => text('never.json')).toThrow('ENOENT');
});

test('what does not belong together, or was changed, is refused', async () => {
  const [a = '', b = ''] = await folded(['--until', '700'], ['--from', '700']);
  const said = async (...args: readonly string[]): Promise<string> => {
    const { code, out, err } = await merge(...args);
    return `${code} ${out}${err
      .split('\n')[0]!
      .replace(/\/\S*\//, '')
      .replace(/[0-9a-f]{64}/g, 'H')}`;
  };
  const older = ['fold', '--from', '700', '--known-at', '9000', '-o', 'older.json', '-q'];
  expect(await tieout(folder, [...older, ...store])).toMatchObject({ code: 0 });
  expect(await said(a, 'older.json')).toBe(
    `3 error[E406]: older.json is of the log 9000:H, ${a} of the log ${length}:H`,
  );
  const shop = await loadedFolder(cornerShop);
  const theirs = ['-b', cornerShop, 'fold', '-o', join(folder, 'shop.json'), '-q'];
  expect(await tieout(shop, theirs)).toMatchObject({ code: 0 });
  expect(await said(a, 'shop.json')).toBe(
    `3 error[E406]: shop.json is of the book ${cornerShop}, ${a} of the book ${senseTime}`,
  );
  expect(await said('shop.json', '--against-log', '-q', ...store)).toBe(
    `3 error[E406]: the parts are of the book ${cornerShop}, not of ${senseTime}`,
  );
  // Another simulation of the same book has other entries, and so another head.
  const other = ['--store', 'sqlite:other.db', '-q'];
  await tieout(folder, ['simulate', '--entries', '2000', '--seed', '3', ...other]);
  expect(await said(a, b, '--against-log', ...other)).toBe(
    `3 error[E406]: the parts are not of the log sqlite:other.db, which has another head at ${length} events`,
  );
  const changed = text(a).replace(
    /"minor":"(\d)/,
    (_, digit: string) => `"minor":"${(Number(digit) % 9) + 1}`,
  );
  expect(changed).not.toBe(text(a));
  writeFileSync(join(folder, 'changed.json'), changed);
  expect(await said('changed.json', b)).toBe(
    '3 error[E107]: changed.json is not what was written: its hash, coverage or balance does not hold',
  );
  writeFileSync(join(folder, 'none.json'), '{}');
  expect(await said('none.json')).toMatch(/^3 error\[E107\]: none\.json is no part of a fold: /);
  expect(await said('nowhere.json')).toMatch(/^3 error\[E101\]: nowhere\.json cannot be read: /);
});

test.each<[readonly string[], string]>([
  [['--from', '5', '--until', '5'], 'error[E602]: no position is from 5 on and before 5'],
  [
    ['--until', '10053'],
    'error[E602]: --until takes a position up to 10052, where the log ends; not "10053"',
  ],
  [['--from', '-1'], 'error[E602]: --from takes a position up to 10052, where the log ends; not "-1"'],
  [['--stream', 'x'], 'error[E601]: no stream "x" in the log'],
  [['--stream', senseTime, '--from', '5'], 'error[E602]: a share is a range (--from, --until) or streams'],
])('fold %j: a usage error', async (share, says) => {
  const { code, out, err } = await tieout(folder, ['fold', ...share, '-q', ...store]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.startsWith(says)).toBe(true);
});
