/**
 * `tieout whatif` as a user runs it: every command of docs/what-if.md, what scripts read, and that nothing is ever written.
 */
import { sha256 } from '@tieout/events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, loadedFolder, tieout, tieoutJson } from '../support/command';

const page = readFileSync(inRoot('docs/what-if.md'), 'utf8');
const commands = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
);
const files = [...page.matchAll(/^```yaml file=(\S+)\n([\s\S]*?)^```$/gm)].map(
  ([, name = '', text = '']) => ({ name, text }),
);

/** The files of the store with the hash of their bytes; what other processes share of its memory is none of them. */
const stored = (folder: string): readonly (readonly [string, string])[] => {
  const names = readdirSync(join(folder, '.tieout')).filter((name) => !name.endsWith('-shm'));
  expect(names.length).toBeGreaterThan(0);
  return names.sort().map((name) => [name, sha256(readFileSync(join(folder, '.tieout', name)))]);
};

interface WhatIf {
  readonly schema: string;
  readonly adjustments: readonly {
    readonly driver: string;
    readonly before: string;
    readonly after: string;
  }[];
  readonly entries: readonly {
    readonly id: string;
    readonly postings: readonly { readonly minor: string }[];
  }[];
  readonly changes: readonly {
    readonly id: string;
    readonly before: string | null;
    readonly after: string | null;
    readonly change: string | null;
  }[];
  readonly contributions: readonly {
    readonly id: string;
    readonly by: readonly { readonly adjustment: number; readonly change: string }[];
  }[];
  readonly invariants: { readonly held: number; readonly broken: number };
  readonly publishedTies: { readonly agree: number; readonly differ: number };
}

test('every command of the page runs, in its order, and leaves the log as it was', async () => {
  expect(commands.length).toBeGreaterThan(12);
  const folder = await loadedFolder();
  const head = async (): Promise<unknown> =>
    tieoutJson(folder, ['verify']).then((each) => (each as { head: string }).head);
  const before = await head();
  const rest = stored(folder);
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  for (const command of commands) {
    expect(command).toMatch(/^tieout /);
    const { code, out, err } = await tieout(folder, command.split(' ').slice(1));
    expect({ command, code, said: out === '' ? err : 'something' }).toEqual({
      command,
      code: 0,
      said: 'something',
    });
  }
  expect(await head()).toBe(before);
  expect(stored(folder)).toStrictEqual(rest);
  for (const file of ['taxed.yaml', 'tornado.svg', 'waterfall.svg', 'proposed.yaml'])
    expect({ file, there: existsSync(join(folder, file)) }).toEqual({ file, there: true });
  expect(readFileSync(join(folder, 'waterfall.svg'), 'utf8')).toMatch(
    /^<svg [\s\S]*\(3,207,988\)[\s\S]*<\/svg>\n$/,
  );
  // What was saved is a scenario again.
  const again = await tieout(folder, [
    'whatif',
    'taxed.yaml',
    '--bridge',
    'bs.deferred-tax-assets@2022-06-30',
  ]);
  expect(again.out).toContain('16,265.49');
});

test('one JSON document: adjustments, entries, changes, contributions, and two groups of checks', async () => {
  const folder = await loadedFolder();
  const { schema, adjustments, entries, changes, contributions, invariants, publishedTies } =
    await tieoutJson<WhatIf>(folder, ['whatif', 'impairment-up-20']);
  expect({
    schema,
    adjustments: adjustments.map(({ driver, before, after }) => [driver, before, after]),
  }).toEqual({ schema: 'tieout.whatif/1', adjustments: [['impairment', '542183', '650619.6']] });
  expect(entries.map(({ id }) => id)).toEqual(['WI-1', 'WI-2']);
  for (const { postings } of entries)
    expect(postings.reduce((sum, { minor }) => sum + BigInt(minor), 0n)).toBe(0n);
  expect(changes.find(({ id }) => id === 'bs.equity@2022-06-30')).toMatchObject({
    before: '31102836',
    after: '30994399.4',
    change: '-108436.6',
  });
  expect(contributions.find(({ id }) => id === 'bs.equity@2022-06-30')?.by).toEqual([
    { adjustment: 0, change: '-108436.6' },
  ]);
  expect(invariants.broken).toBe(0);
  expect(invariants.held).toBeGreaterThan(200);
  expect(publishedTies.differ).toBeGreaterThan(20);
});

test('a plan for the eye, its exit codes, and refusals with one next step', async () => {
  const folder = await loadedFolder();
  const plan = await tieout(folder, ['whatif', '--set', 'impairment=+20%', '--exit-code']);
  expect(plan.code).toBe(1);
  expect(plan.out).toContain("~ impairment 542,183 → 650,619.6 RMB'000");
  expect(plan.out).toMatch(/~ Loss for the period +\(3,207,988\) +\(3,316,425\) +\(108,437\) +3\.4/);
  expect(plan.out).toMatch(/= Loss per share .* +\(0\.10\) +\(0\.10\)/);
  expect(plan.out).toContain('= no cash flow changes: non-cash');
  const unknown = await tieout(folder, ['whatif', 'impairment-up-21']);
  expect({
    code: unknown.code,
    out: unknown.out,
    help: unknown.err.includes('did you mean impairment-up-20?'),
  }).toEqual({ code: 2, out: '', help: true });
  const nothing = await tieout(folder, ['whatif']);
  expect(nothing.code).toBe(2);
  const far = await tieout(folder, ['whatif', '--set', 'ecl.rate.1-2y=140%', '--json', '-q']);
  expect({
    code: far.code,
    said: (JSON.parse(far.err) as { errors: { code: string }[] }).errors[0]?.code,
  }).toEqual({ code: 3, said: 'E702' });
});

test('what is wrong with a flag is said at the flag, with one next step', async () => {
  const folder = await loadedFolder();
  const loss = 'is.loss@2022H1';
  const cases: readonly (readonly [args: readonly string[], code: string, place: string])[] = [
    [['--set', 'impairment=+abc'], 'E107', '--set impairment=+abc'],
    [['--set', 'impairmnt=+20%'], 'E601', '--set impairmnt=+20%'],
    [['--set', 'impairment'], 'E602', '--set impairment'],
    [['--set', 'impairment=+20%', '--set', 'tax=15 percent'], 'E107', '--set "tax=15 percent"'],
    [['--set', 'research-and-development=-40%'], 'E704', '--set research-and-development=-40%'],
    [['impairment-up-20', '--set', 'tax=abc'], 'E107', '--set tax=abc'],
    [['--seek', `${loss}=0`, '--by', 'impairment'], 'E705', `--seek ${loss}=0 --by impairment`],
    [['--seek', `${loss}=abc`, '--by', 'impairment'], 'E107', `--seek ${loss}=abc --by impairment`],
    [['--seek', `${loss}=0`, '--by', 'impairmnt'], 'E601', `--seek ${loss}=0 --by impairmnt`],
    [['--break-even', loss], 'E602', `--break-even ${loss}`],
    [['--tornado', 'is.los@2022H1'], 'E601', '--tornado is.los@2022H1'],
    [['--tornado', loss, '--percent', 'ten'], 'E107', `--tornado ${loss} --percent ten`],
    [['--table', loss, '--over', 'impairment=1'], 'E602', `--table ${loss}`],
  ];
  for (const [args, code, place] of cases) {
    const { err } = await tieout(folder, ['whatif', ...args, '--json', '-q']);
    const { errors } = JSON.parse(err) as {
      errors: { code: string; at?: { file: string }; help?: string }[];
    };
    const [first] = errors;
    expect({ args, code: first?.code, place: first?.at?.file, help: typeof first?.help }).toEqual({
      ...{ args, code, place, help: 'string' },
    });
  }
});

test('an unadjusted difference above materiality is a finding', async () => {
  const folder = await loadedFolder();
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  const { code, out } = await tieout(folder, [
    'whatif',
    'sud',
    'differences.yaml',
    '--materiality',
    '40000',
    '--trivial',
    '2500',
    '--json',
  ]);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    // -41,000 of this period and +9,000 of 2021, that turned around; 1,200 is clearly trivial.
    total: { opening: '-9000', profit: '-32000', ironCurtain: '-41000', equity: '-41000', assets: '-41000' },
    priorYears: { opening: '-9000', profit: '9000', ironCurtain: '0', equity: '0', assets: '0' },
    thisPeriod: { opening: '0', profit: '-41000', ironCurtain: '-41000' },
    material: ['ironCurtain', 'equity', 'assets'],
    verdict: 'material',
    differences: [
      { priorYear: false, trivial: false },
      { trivial: true, effects: { profit: '1200', assets: '0' } },
      { priorYear: true, turnedAround: true, trivial: false },
    ],
  });
  const table = await tieout(folder, [
    ...['whatif', 'sud', 'differences.yaml', '--materiality', '40000', '--set', 'tax=15%'],
  ]);
  expect(table.code).toBe(0);
  // Taxed at 15%: 7,650 of 9,000, 34,850 of 41,000 and 1,020 of 1,200, now counted: below materiality together.
  const rows = [
    /SUD-3 Marketing of 2021 .* +\(7,650\) +7,650 +- +- +-$/m,
    /Of prior years +\(7,650\) +7,650 +- +- +-$/m,
    /Of this period +- +\(33,830\) +\(33,830\) +\(33,830\) +\(35,030\)$/m,
    /Uncorrected in total +\(7,650\) +\(26,180\) +\(33,830\) +\(33,830\) +\(35,030\)$/m,
    /immaterial together\.$/m,
  ];
  for (const row of rows) expect(table.out).toMatch(row);
});

test('the entities that others have a share in are listed, and an answer that uses one says that it is assumed', async () => {
  const folder = await loadedFolder();
  const { out } = await tieout(folder, ['whatif', 'drivers']);
  expect(out).toMatch(/nci=entity:\npreferred-issuer .*\n    others hold 20% · base assumed\n/);
  const shared = await tieout(folder, ['whatif', 'preferred-shares-up', '--set', 'nci=entity']);
  expect(shared.out).toMatch(
    /^note: non-controlling interests bear 20% in preferred-issuer \[assumed base\]/m,
  );
});
