/**
 * From a question to entries: `--promote` writes what a scenario would post, `post` takes it, and then the statements are what
 * the what-if said they would be, figure by figure. Once for each kind of adjustment that has entries.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadedFolder, tieout, tieoutJson } from '../support/command';

interface Shown {
  readonly id: string;
  readonly fact: string;
  readonly unit: string;
  readonly replayed: string | null;
}
interface WhatIf {
  readonly changes: readonly { readonly id: string; readonly unit: string; readonly after: string | null }[];
}

/** Every published figure as the log has it now. `figures` ends with 1 where one does not tie: after a posting many do not. */
async function figuresIn(folder: string): Promise<readonly Shown[]> {
  const { code, out } = await tieout(folder, ['figures', '--json', '-q']);
  expect([0, 1]).toContain(code);
  return JSON.parse(out) as readonly Shown[];
}

const scenarioOf = (adjustment: string): string =>
  `schema: tieout.scenario/1\nid: mine\ntitle: Mine\nadjustments:\n${adjustment}\n`;

/** What the scenario says of the facts, and of every other fact what the log said before it. */
async function promised(
  folder: string,
  args: readonly string[],
  before: readonly Shown[],
): Promise<ReadonlyMap<string, string | null>> {
  const { changes } = await tieoutJson<WhatIf>(folder, ['whatif', ...args]);
  const changed = new Map(changes.map(({ id, unit, after }) => [`${id} ${unit}`, after]));
  const facts = new Set(changes.map(({ id }) => id));
  // A fact in another unit than the what-if's (RMB million of a discussion) is left to the fact itself.
  const kept = before.filter(({ fact, unit }) => !facts.has(fact) || changed.has(`${fact} ${unit}`));
  return new Map(
    kept.map(({ id, fact, unit, replayed }) => [id, changed.get(`${fact} ${unit}`) ?? replayed]),
  );
}

let before: readonly Shown[];
beforeAll(async () => {
  before = await figuresIn(await loadedFolder());
});

const donations = 'JE-2022H1-33';
const kinds: Readonly<Record<string, { readonly text: string; readonly first?: readonly string[] }>> = {
  set: { text: '  - { set: impairment, to: "+20%" }\nrules: { tax: "15%", nci: 1.57% }' },
  post: {
    text: `  - post:
      id: ACCRUAL
      event: ExpenseIncurred
      date: 2022-06-30
      description: Marketing not accrued
      postings:
        - { account: expenses.selling, movement: profit-or-loss, nature: marketing, dr: "1,250" }
        - { account: payables.other.third, movement: recognised, cr: "1,250" }`,
  },
  'leave-out': { text: `  - leave-out: { entries: [${donations}] }` },
  reverse: { text: `  - reverse: ${donations}` },
  scale: {
    text: '  - scale: { accounts: [other-gains.donations], movement: profit-or-loss }\n    by: x1.5\nrules: { cash: settled }',
  },
  // Recognised in the year before: what is posted there needs the period open.
  move: {
    text: `  - move: { entries: [${donations}] }\n    to: 2021-12-31\nreopens: [2021H2]`,
    first: ['reopen', '2021H2', '--reason', 'a donation of December'],
  },
  reclassify: {
    text: `  - reclassify: inventories to prepayments
    amount: "12,300"
    from: { account: inventories, movement: reclassification }
    to: { account: receivables.prepayments, movement: reclassification }
    date: 2022-06-30`,
  },
};

test.each(Object.entries(kinds))(
  'given %s: promoted, it passes a dry run; posted, every statement is what the what-if said',
  async (_kind, { text, first }) => {
    const folder = await loadedFolder();
    writeFileSync(join(folder, 'mine.yaml'), scenarioOf(text));
    const expected = await promised(folder, ['mine.yaml', '--promote', 'proposed.yaml'], before);
    const changed = before.filter(({ id, replayed }) => expected.get(id) !== replayed);
    // Something that is printed changes, or what follows compares nothing.
    expect(changed.length).toBeGreaterThan(1);
    if (first) expect((await tieout(folder, first)).code).toBe(0);
    const dry = await tieout(folder, ['post', 'proposed.yaml', '--dry-run']);
    expect({ code: dry.code, would: /^mine-WI-1 would be posted/m.test(dry.out) }).toEqual({
      code: 0,
      would: true,
    });
    expect((await tieout(folder, ['post', 'proposed.yaml'])).code).toBe(0);
    const after = (await figuresIn(folder)).filter(({ id }) => expected.has(id));
    expect(new Map(after.map(({ id, replayed }) => [id, replayed]))).toEqual(expected);
  },
);

test('what was promoted and posted stands in the log with the rule that made it', async () => {
  const folder = await loadedFolder();
  await tieout(folder, ['whatif', '--set', 'impairment=+20%', '--promote', 'proposed.yaml']);
  expect(readFileSync(join(folder, 'proposed.yaml'), 'utf8')).toContain(
    'reasoning: "scenario:unsaved: impairment × 1.2 (JE-2022H1-20)"',
  );
});

test('a scenario without entries has nothing to promote', async () => {
  const folder = await loadedFolder();
  const { code, err } = await tieout(folder, [
    ...['whatif', '--set', 'shares.weighted-average=x2', '--promote', 'nothing.yaml'],
  ]);
  expect({ code, said: err.includes('the scenario unsaved makes no entries') }).toEqual({
    code: 2,
    said: true,
  });
});

test('-o saves what is shown, whatever made it: a named scenario with levels on top, taxed; run again it is the same', async () => {
  const folder = await loadedFolder();
  writeFileSync(join(folder, 'mine.yaml'), scenarioOf(kinds.reclassify?.text ?? ''));
  const args = ['mine.yaml', '--set', 'selling=-5%', '--set', 'tax=15%'];
  const shown = await tieoutJson<WhatIf>(folder, ['whatif', ...args, '-o', 'saved.yaml']);
  const again = await tieoutJson<WhatIf>(folder, ['whatif', 'saved.yaml']);
  expect(shown.changes.length).toBeGreaterThan(10);
  expect(again.changes).toEqual(shown.changes);
  // On each other they are no one scenario: 1.2 × 1.2 is not 1.4.
  const twice = await tieout(folder, ['whatif', 'impairment-up-20', 'impairment-up-20', '-o', 'twice.yaml']);
  expect({ code: twice.code, said: twice.err.includes('build on each other') }).toEqual({
    code: 2,
    said: true,
  });
  const aside = await tieout(folder, ['whatif', 'impairment-up-20', '--compare', '-o', 'aside.yaml']);
  expect({ code: aside.code, said: aside.err.includes('side by side') }).toEqual({ code: 2, said: true });
});
