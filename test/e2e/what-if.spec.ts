/**
 * `tieout whatif` as a user runs it: every command of docs/what-if.md, what scripts read, and that nothing is ever written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, loadedFolder, tieout, tieoutJson } from '../support/command';

const page = readFileSync(inRoot('docs/what-if.md'), 'utf8');
const commands = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
);
const files = [...page.matchAll(/^```yaml file=(\S+)\n([\s\S]*?)^```$/gm)].map(
  ([, name = '', text = '']) => ({ name, text }),
);

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
  const far = await tieout(folder, ['whatif', '--set', 'ecl.rate.1-2y=140%', '--json']);
  expect({
    code: far.code,
    said: (JSON.parse(far.err) as { errors: { code: string }[] }).errors[0]?.code,
  }).toEqual({ code: 3, said: 'E702' });
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
    total: { profit: '-41000', equity: '-41000', assets: '-41000' },
    verdict: 'material',
    differences: [{ trivial: false }, { trivial: true, effects: { profit: '1200', assets: '0' } }],
  });
});
