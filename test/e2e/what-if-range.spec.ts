/**
 * `tieout whatif --resting` as a user runs it: parts, range, what holds it; and the solver in no other command.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder, loadedFolder, tieout, tieoutJson } from '../support/command';

interface Resting {
  readonly schema: string;
  readonly amount: Readonly<Record<string, string>>;
  readonly range: {
    readonly now: string;
    readonly low: { readonly minor: string | null; readonly how: string };
    readonly high: { readonly minor: string | null; readonly how: string };
    readonly freeEntries: readonly string[];
    readonly held: { readonly exact: number; readonly rounded: number };
  };
}

const resting = async (figure: string): Promise<string> => {
  const { code, out, err } = await tieout(await loadedFolder(), ['whatif', '--resting', figure]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
};

test('the range stands below the parts, with what holds each end', async () => {
  // 1,415,343 - 568,300 - 292,100 - 120,800 = 434,143, and 150 to either side
  const stream = await resting('mda-revenue-streams.smart-city@2022H1');
  expect(stream).toContain('  allocations given - · conditional - · assumed 434,113\n');
  expect(stream).toContain(
    '\nWhat the rest of the document leaves it: 433,993 to 434,293 (it is 434,113)\n  lowest   held by mda-revenue-streams.smart-business@2022H1, mda-revenue-streams.smart-life@2022H1,\n',
  );
  expect(stream).toMatch(/ within rounding; its own prints\s+left out; proved exactly\n$/);
  const loss = await resting('is.loss@2022H1');
  expect(loss).toContain('\nWhat the rest of the document leaves it: (3,207,988), nothing else\n  held by ');
  const pledged = await resting('note10a.pledged-buildings@2021-12-31');
  expect(pledged).toContain('leaves it: 832,363 or more (it is 854,796)\n');
  expect(pledged).toContain('\n  highest  nothing bounds it\n');
  expect(await resting('is.revenue@2022H1')).toContain(
    'leaves it: 1,415,343, nothing else\n  nothing that is assumed moves it\n',
  );
});

test('in JSON: minor units, how each end is known, and null where nothing bounds it', async () => {
  const folder = await loadedFolder();
  const ask = (figure: string): Promise<Resting> =>
    tieoutJson<Resting>(folder, ['whatif', '--resting', figure]);
  const loan = await ask('note14-security.deposit-loan@2022-06-30');
  expect({ schema: loan.schema, derived: loan.amount.derived }).toEqual({
    schema: 'tieout.whatif-resting/1',
    derived: '14200000000',
  });
  const heldBy = { facts: [], accounts: [] };
  expect(loan.range).toMatchObject({
    now: '14200000000',
    low: { minor: '0', how: 'proved', heldBy, why: null },
    high: { minor: '28080400000', how: 'proved', heldBy, why: null },
  });
  expect(loan.range.freeEntries).toContain('JE-2022H1-52');
  expect(loan.range.held.exact).toBeGreaterThan(300);
  const pledged = await ask('note10a.pledged-buildings@2021-12-31');
  expect(pledged.range.high).toEqual({ minor: null, how: 'unbounded', heldBy: null, why: null });
});

test('of what is no sum of postings, is not disclosed, or is nothing, there is no range, and it is said why', async () => {
  const folder = await loadedFolder();
  const refused = async (figure: string): Promise<string> => {
    const { code, out, err } = await tieout(folder, ['whatif', '--resting', figure]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    return err;
  };
  expect(await refused('highlights.gross-profit.percent@2022H1')).toMatch(
    /is no sum of postings, and only of those is there a range\n.*it is made of is\.gross-profit and is\.revenue/,
  );
  expect(await refused('bs.receivables@2021-06-30')).toContain(
    'is not disclosed: no balance sheet at 2021-06-30 is published',
  );
  expect(await refused('is.los@2022H1')).toMatch(
    /no figure "is\.los@2022H1"\n.*did you mean is\.loss@2022H1\?/,
  );
});

test('the solver is loaded for a range, and for nothing else', async () => {
  const folder = await loadedFolder();
  const hook = join(emptyFolder(), 'hook.cjs');
  writeFileSync(
    hook,
    "process.on('exit', () => console.error(Object.keys(require.cache).filter((file) => /[\\\\/]highs[\\\\/]/.test(file)).length));",
  );
  const loaded = async (...args: string[]): Promise<string | undefined> =>
    (await tieout(folder, args, { env: { NODE_OPTIONS: `--require=${hook}` } })).err
      .trim()
      .split('\n')
      .at(-1);
  expect(await loaded('whatif', '--resting', 'is.revenue@2022H1', '-q')).toBe('1');
  expect(await loaded('is', '-q')).toBe('0');
  expect(await loaded('whatif', 'impairment-up-20', '-q')).toBe('0');
});
