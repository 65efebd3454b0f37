/**
 * `check` and `explain` on the SenseTime book, as scripts and readers meet them: the document's own rounding plugs and
 * percentages on rounded amounts are found and explained, and nothing else is.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot, loadedFolder, tieout, type Ended } from '../support/command';

interface CheckJson {
  readonly schema: string;
  readonly result: string;
  readonly counts: Record<string, number>;
  readonly coverage: Record<string, number>;
  readonly findings: readonly {
    readonly tie: string;
    readonly kind: string;
    readonly state: string;
    readonly cause?: string;
  }[];
}

let folder: string;
let ended: Ended;
let check: CheckJson;
beforeAll(async () => {
  folder = await loadedFolder();
  ended = await tieout(folder, ['-q', 'check', '--json']);
  check = JSON.parse(ended.out) as CheckJson;
}, 60_000);

const run = (...args: string[]): Promise<Ended> => tieout(folder, ['-q', ...args]);

it('has the keys of the contract; counts and coverage add up', () => {
  expect(Object.keys(check)).toEqual(['schema', 'result', 'counts', 'coverage', 'findings']);
  const { total, ...states } = check.counts;
  expect(Object.keys(states)).toEqual([
    'ties',
    'withinRounding',
    'repaired',
    'doesNotTie',
    'explained',
    'notRun',
  ]);
  expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(total);
  const { facts, crossChecked = 0, selfSupporting = 0, rounded = 0, untested = 0 } = check.coverage;
  expect(crossChecked + selfSupporting + rounded + untested).toBe(facts);
});

it('finds what the document rounded otherwise, all of it explained, and nothing else', () => {
  expect([check.result, ended.code]).toEqual(['ties', 0]);
  expect([check.counts.doesNotTie, check.counts.notRun]).toEqual([0, 0]);
  const about = new Map(check.findings.map(({ tie, cause }) => [tie.slice(tie.indexOf(':') + 1), cause]));
  expect(Object.fromEntries(about)).toEqual({
    'mda-ebitda.adjusted-ebitda@2022H1': 'rounding-plug',
    'mda-ebitda.adjusted-ebitda@2021H1': 'rounding-plug',
    'mda-ebitda.ebitda@2021H1': 'rounding-plug',
    'mda-receivables-aging.note11-aging.more-than-3-years@2022-06-30': 'rounding-plug',
    'mda-cash-flows.cf.currency-translation@2021H1': 'rounding-plug',
    'prose.227.1': 'rounded-inputs',
    'prose.231.1': 'rounded-inputs',
  });
  expect(new Set(check.findings.map(({ state }) => state))).toEqual(new Set(['explained']));
});

it('repairs twelve readings: what one equation alone gives was confirmed by a person', () => {
  expect(check.counts.repaired).toBe(24);
});

it.each([
  [['check', '--strict'], 1],
  [['check', '--fail-on', 'explained'], 1],
  [['check', 'foot', 'cross-foot', 'roll-forward'], 0],
  [['check', '--min-coverage', '100'], 1],
  [['check', '--min-coverage', '90%'], 0],
  [['check', 'feet'], 2],
  [['check', '--fail-on', 'wrong'], 2],
  [['audit', 'articulate', '--csv'], 0],
])('%j ends with %i', async (args, code) => {
  expect((await run(...args)).code).toBe(code);
});

it('shows only what later entries moved', async () => {
  const { out } = await run('check', '--since', '999999', '--json');
  expect((JSON.parse(out) as CheckJson).counts.total).toBe(0);
});

it('prints what a reader needs: kinds, findings with both sides, repairs, coverage, result', async () => {
  const { out } = await run('check');
  for (const text of [
    'foot ',
    'roll-forward',
    '(2,322.546)',
    'rounding-plug',
    '◇ 12 readings are repaired',
    'Coverage',
    'Result: TIES',
  ]) {
    expect(out).toContain(text);
  }
});

it('explains a balance by its roll-forward, and the entries are the figure', async () => {
  const { out } = await run('explain', 'bs.ppe@2022-06-30', '--json');
  const said = JSON.parse(out) as {
    builtFrom: {
      opening: { amount: string };
      movements: { amount: string; entries: { amount: string }[] }[];
      total: string;
      equalsReplay: boolean;
    };
  };
  const { opening, movements, total, equalsReplay } = said.builtFrom;
  const sum = (amounts: readonly string[]): number =>
    amounts.reduce((left, amount) => left + Number(amount), 0);
  expect([total, equalsReplay]).toEqual(['3379279', true]);
  expect(sum([opening.amount, ...movements.map(({ amount }) => amount)])).toBe(3379279);
  for (const { amount, entries } of movements)
    expect(sum(entries.map((each) => each.amount))).toBe(Number(amount));
});

it('says what is near when a figure is not there', async () => {
  const near = await run('explain', 'bs.pppe@2022-06-30');
  expect([near.code, near.err]).toEqual([2, expect.stringContaining('did you mean bs.ppe@2022-06-30?')]);
  const label = await run('explain', 'trade receivables');
  expect([label.code, label.err]).toEqual([
    2,
    expect.stringContaining('note11.trade.gross@2022-06-30  Gross trade receivables'),
  ]);
});

describe('the self-test', () => {
  /** No kind may fall below this share of what is planted. */
  const floors = { figures: 0.95, prose: 0.9, pairs: 0.84, rectangles: 0.53, labels: 0.82, entries: 0.89 };
  const page = inRoot('docs', 'proof.md');
  const between = /(<!-- self-test -->\n```\n)([\s\S]*?)(```\n<!-- \/self-test -->)/;

  it('notices what it is known to notice, and says what it is blind to', async () => {
    const { out } = await run('check', '--self-test', '--json');
    const { selfTest } = JSON.parse(out) as {
      selfTest: { kind: keyof typeof floors; planted: number; noticed: number; blind: string[] }[];
    };
    for (const { kind, planted, noticed, blind } of selfTest) {
      expect(blind).toHaveLength(planted - noticed);
      expect([kind, noticed / planted >= floors[kind]]).toEqual([kind, true]);
    }
    expect(selfTest.map(({ kind }) => kind)).toEqual(Object.keys(floors));
  });

  it('is printed in docs/proof.md as the command prints it (UPDATE_DOCS=1 writes it)', async () => {
    const { out } = await run('check', '--self-test');
    const printed = `${out.slice(out.indexOf('Self-test: planted'), out.indexOf('\nResult:')).trimEnd()}\n`;
    const text = readFileSync(page, 'utf8');
    if (process.env.UPDATE_DOCS)
      writeFileSync(
        page,
        text.replace(between, (_, head: string, __, tail: string) => head + printed + tail),
      );
    expect(between.exec(readFileSync(page, 'utf8'))?.[2]).toBe(printed);
  });
});
