/**
 * Two axes, `--at` and `--known-at`: each command answers as of then, or refuses; none passes an axis over.
 *
 * A book to which an entry of today came late: known before it, every command says what it said then; at a day before it,
 * what stands at that day.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadedFolder, tieout, type Ended } from '../support/command';

const late = `- id: JE-LATE
  event: ExpenseIncurred
  date: 2022-06-30
  description: Utilities invoice received late
  postings:
    - { account: expenses.administrative, movement: profit-or-loss, nature: utilities, dr: "1,200" }
    - { account: payables.other.third, movement: recognised, cr: "1,200" }
`;

/** Moved by the late entry; each honours both axes, where it is not said otherwise. */
const moving: readonly (readonly [string, { readonly at: boolean }])[] = [
  ['is', { at: true }],
  ['oci', { at: true }],
  ['bs', { at: true }],
  ['soce', { at: true }],
  ['note 5', { at: true }],
  ['statement mda-income-statement', { at: true }],
  ['tb', { at: true }],
  ['figures', { at: true }],
  ['check', { at: true }],
  ['explain mda.is.administrative-expenses@2022H1', { at: false }],
  ['log', { at: false }],
  ['whatif impairment-up-20', { at: false }],
  ['export ledger', { at: false }],
];

let before: string;
let after: string;
let length: number;
beforeAll(async () => {
  before = await loadedFolder();
  after = await loadedFolder();
  writeFileSync(join(after, 'late.yaml'), late);
  length = (await tieout(before, ['log', '--csv', '-q'])).out.trimEnd().split('\n').length - 1;
  expect((await tieout(after, ['post', 'late.yaml'])).code).toBe(0);
});

const run = (folder: string, command: string, ...more: readonly string[]): Promise<Ended> =>
  tieout(folder, ['-q', ...command.split(' '), ...more]);

it.each(moving)(
  '%s: known before the entry, as it was then; at the day before it, as of that day',
  async (command, { at }) => {
    const [was, is, known] = [
      await run(before, command),
      await run(after, command),
      await run(after, command, '--known-at', `${length}`),
    ];
    expect([0, 1]).toContain(was.code);
    expect(is.out).not.toBe(was.out);
    expect(known).toEqual(was);

    const day = await run(after, command, '--at', '2022-06-29');
    if (!at) return expect({ code: day.code, out: day.out }).toEqual({ code: 2, out: '' });
    expect(day.out).not.toBe(is.out);
    // But for the revision, which each names: the entry is not of that day.
    const unnamed = (text: string): string => text.replace(/rev \d+/, 'rev');
    const then = await run(before, command, '--at', '2022-06-29');
    expect([day.code, unnamed(day.out)]).toEqual([then.code, unnamed(then.out)]);
  },
);

const wholeLog = [
  'replay',
  'verify',
  'doctor',
  'help',
  'backup x.db',
  'proof entry JE-LATE',
  'restated',
  'record',
];

it.each(wholeLog)('%s: an axis that would be passed over is refused', async (command) => {
  const day = await run(before, command, '--at', '2022-06-29');
  expect({ code: day.code, out: day.out }).toEqual({ code: 2, out: '' });
  expect(day.err).toContain('error[E602]');
  if (command === 'restated') return;
  const known = await run(before, command, '--known-at', '3');
  expect({ code: known.code, out: known.out }).toEqual({ code: 2, out: '' });
  expect(known.err).toContain('--known-at');
});

it.each(['post late.yaml', 'reverse JE-LATE --reason x', 'close 2022H1', 'reopen 2021H1 --reason x'])(
  '%s appends now: neither a day nor an earlier log',
  async (command) => {
    for (const axis of [
      ['--at', '2022-06-29'],
      ['--known-at', '3'],
    ])
      expect(await run(after, command, ...axis)).toMatchObject({ code: 2, out: '' });
  },
);
