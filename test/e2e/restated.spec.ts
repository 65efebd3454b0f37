/**
 * Restatement: a period as published stays as it was known, beside as restated, and the late entries between add up to
 * every change.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDecimals } from '@tieout/money';
import { loadedFolder, tieout, tieoutJson } from '../support/command';

interface RestatedJson {
  readonly revision: number;
  readonly standard: string;
  readonly periods: readonly {
    readonly period: string;
    readonly published: { readonly knownAt: number; readonly closed?: { readonly position: number } };
    readonly entries: readonly {
      readonly id: string;
      readonly date: string;
      readonly position: number;
      readonly actor: string;
      readonly reopening?: { readonly reason: string };
    }[];
    readonly figures: readonly {
      readonly fact: string;
      readonly statement: string;
      readonly line: string;
      readonly before: string | null;
      readonly after: string | null;
      readonly change: string;
      readonly bridge?: readonly { readonly entry: string; readonly amount: string }[];
    }[];
  }[];
}

const late = (id: string, date: string, amount: string): string => `- id: ${id}
  event: ExpenseIncurred
  date: ${date}
  description: Utilities invoice received late
  postings:
    - { account: expenses.administrative, movement: profit-or-loss, nature: utilities, dr: "${amount}" }
    - { account: payables.other.third, movement: recognised, cr: "${amount}" }
`;

async function ran(folder: string, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await tieout(folder, args);
  expect({ args, code, err }).toEqual({ args, code: 0, err: '' });
  return out;
}

const restated = (folder: string, ...args: readonly string[]): Promise<RestatedJson> =>
  tieoutJson<RestatedJson>(folder, ['restated', ...args]);

async function twoLate(): Promise<{ folder: string; seed: number }> {
  const folder = await loadedFolder();
  const { revision: seed } = await restated(folder);
  writeFileSync(join(folder, 'a.yaml'), late('JE-A', '2021-03-31', '1,200'));
  writeFileSync(join(folder, 'b.yaml'), late('JE-B', '2021-05-31', '34'));
  await ran(folder, 'reopen', '2021H1', '--reason', 'an invoice received late');
  await ran(folder, 'post', 'a.yaml');
  await ran(folder, 'close', '2021H1');
  await ran(folder, 'reopen', '2021H1', '--reason', 'and one more');
  await ran(folder, 'post', 'b.yaml');
  await ran(folder, 'close', '2021H1');
  return { folder, seed };
}

it('nothing came late: nothing is restated', async () => {
  const folder = await loadedFolder();
  expect((await restated(folder)).periods.map(({ period, figures }) => [period, figures])).toEqual([
    ['2021H1', []],
    ['2021H2', []],
  ]);
  expect(await ran(folder, 'restated', '2021H1')).toContain('Nothing is restated.');
});

it('two late entries: as published beside as restated, and they add up to every change', async () => {
  const { folder, seed } = await twoLate();
  const { periods, standard } = await restated(folder);
  expect(standard).toMatch(/^IAS 8\.42/);
  const [h1, h2] = periods;
  expect(h1?.entries).toMatchObject([
    { id: 'JE-A', date: '2021-03-31', actor: 'tester', reopening: { reason: 'an invoice received late' } },
    { id: 'JE-B', date: '2021-05-31', position: seed + 7, reopening: { reason: 'and one more' } },
  ]);
  expect(
    h1?.figures.find(({ fact, statement }) => fact === 'is.loss@2021H1' && statement === 'income-statement'),
  ).toMatchObject({
    before: '-3712873',
    after: '-3714107',
    change: '-1234',
    bridge: [
      { entry: 'JE-A', amount: '-1200' },
      { entry: 'JE-B', amount: '-34' },
    ],
  });
  // The flows of the second half are as they were; what stands at its end is not.
  expect(h2?.figures.map(({ fact }) => fact)).toContain('bs.payables@2021-12-31');
  expect(h2?.figures.map(({ fact }) => fact)).not.toContain('is.loss@2021H2');

  const bridged = periods.flatMap(({ figures }) => figures.filter(({ bridge }) => bridge !== undefined));
  expect(bridged.length).toBeGreaterThan(20);
  for (const { fact, change, bridge = [] } of bridged) {
    expect({ fact, sum: bridge.map(({ amount }) => amount).reduce(addDecimals, '0') }).toEqual({
      fact,
      sum: change,
    });
  }
});

it('as published is what --known-at says, and stays so when more comes late', async () => {
  const { folder } = await twoLate();
  const { periods } = await restated(folder, '2021H1');
  const [h1] = periods;
  const { lines } = await tieoutJson<{
    lines: readonly { figures: readonly string[]; values: readonly string[] }[];
  }>(folder, ['is', '-p', '2021H1', '--known-at', `${h1?.published.knownAt}`]);
  const known = new Map(
    lines.flatMap(({ figures, values }) => figures.map((fact, at) => [fact, values[at]])),
  );
  const shown = (h1?.figures ?? []).filter(({ statement }) => statement === 'income-statement');
  expect(shown.length).toBeGreaterThan(2);
  for (const { fact, before } of shown) expect([fact, known.get(fact)]).toEqual([fact, before]);
  // Seen from before the second late entry, only the first is there.
  const then = await restated(folder, '2021H1', '--known-at', `${h1?.entries[1]?.position}`);
  expect(then.periods[0]?.entries.map(({ id }) => id)).toEqual(['JE-A']);
});

it('in words: both columns, the entries with the reason, and the paragraph', async () => {
  const { folder, seed } = await twoLate();
  const out = await ran(folder, 'restated', '2021H1');
  expect(out).toMatch(/^As published: closed by .* on .*, known at 79\. As restated: known at \d+\.$/m);
  expect(out).toMatch(
    new RegExp(
      `^JE-A {2}2021-03-31 {2}Utilities invoice received late: posted at ${seed + 1} by tester on `,
      'm',
    ),
  );
  expect(out).toMatch(/^ {4}reopened at \d+ by tester: an invoice received late$/m);
  expect(out).toMatch(/^Interim condensed consolidated income statement +Published +Restated +Change$/m);
  expect(out).toMatch(
    /^Loss for the period .*\(3,712,873\) +\(3,714,107\) +\(1,234\)\n +\(1,200\) {2}JE-A\n +\(34\) {2}JE-B$/m,
  );
  expect(out).toMatch(/IAS 8\.42/);
});

it('a period that was never closed says so, and is compared from a position that is named', async () => {
  const folder = await loadedFolder();
  const { revision } = await restated(folder);
  writeFileSync(join(folder, 'late.yaml'), late('JE-C', '2022-06-30', '5'));
  await ran(folder, 'post', 'late.yaml');
  const refused = await tieout(folder, ['restated', '2022H1']);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain('period 2022H1 was never closed: what was published of it is not recorded');
  const { periods } = await restated(folder, '2022H1', '--since', `${revision}`);
  expect(periods[0]?.entries).toMatchObject([{ id: 'JE-C', position: revision }]);
  expect(periods[0]?.entries[0]).not.toHaveProperty('reopening');
  for (const args of [
    ['2022H1', '--since', '9999'],
    ['2022H1', '--since', 'x'],
    ['--since', '3'],
    ['2030'],
    ['--at', '2022-06-30'],
  ])
    expect((await tieout(folder, ['restated', ...args])).code).toBe(2);
});
