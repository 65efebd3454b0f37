/**
 * Errors planted in a copy of each bundled book: `check` ends with 1 and names the figure with its probable cause.
 * And the corner shop's counts, which anyone can work out from its two pages of journal.
 */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bookFolder, cornerShop, emptyFolder, senseTime, tieout, tieoutJson } from '../support/command';

interface Finding {
  readonly tie: string;
  readonly state: string;
  readonly cause?: string;
}
interface Checked {
  readonly counts: Record<string, number>;
  readonly coverage: Record<string, number>;
  readonly findings: readonly Finding[];
}

/** A copy of a book in which one file of a folder says something else. */
function planted(book: string, within: 'figures' | 'journal', change: (text: string) => string): string {
  const folder = emptyFolder();
  const copy = join(folder, book);
  cpSync(bookFolder(book), copy, { recursive: true });
  const changed = readdirSync(join(copy, within)).filter((name) => {
    const file = join(copy, within, name);
    const before = readFileSync(file, 'utf8');
    const after = change(before);
    writeFileSync(file, after);
    return after !== before;
  });
  expect(changed).toHaveLength(1);
  return copy;
}

/** Every kind of error in the small book; in the large one, whose check takes a second, every kind with TIEOUT_FULL=1. */
const full = process.env['TIEOUT_FULL'] === '1';

/** Causes of what does not tie, by the figure or entry that they are about. */
async function causes(copy: string): Promise<{ code: number | null; found: string[] }> {
  const { code, out } = await tieout(join(copy, '..'), [
    '-q',
    '-b',
    copy,
    '--store',
    'memory:',
    'check',
    '--json',
  ]);
  const { findings } = JSON.parse(out) as Checked;
  return {
    code,
    found: findings
      .filter(({ state }) => state === 'does-not-tie')
      .map(({ tie, cause }) => `${tie} ${cause}`),
  };
}

/** The published value (and its text) of a figure, replaced. */
const republish = (id: string, before: string, after: string) => (text: string) =>
  text
    .split('\n')
    .map((line) => (line.startsWith(`${id},`) ? line.replace(`,${before},`, `,${after},`) : line))
    .join('\n');
const both =
  (...changes: ((text: string) => string)[]) =>
  (text: string): string =>
    changes.reduce((said, change) => change(said), text);

/** An entry of a YAML journal, whole. */
function entryText(text: string, id: string): string | undefined {
  const start = text.indexOf(`- id: ${id}\n`);
  if (start < 0) return undefined;
  const next = text.slice(start + 1).search(/^(- id:|#)/m);
  return next < 0 ? text.slice(start) : text.slice(start, start + 1 + next);
}
const doubled = (id: string) => (text: string) => {
  const entry = entryText(text, id);
  return entry ? text.replace(entry, `${entry.trimEnd()}\n\n${entry.replace(id, `${id}-again`)}`) : text;
};
const left = (id: string) => (text: string) => text.replace(entryText(text, id) ?? '', '');

describe.each([
  [
    senseTime,
    {
      transposition: republish('is.selling-expenses@2022H1', '-402148', '-420148'),
      sign: republish('is.selling-expenses@2022H1', '-402148', '402148'),
      'unit-slip': republish('is.selling-expenses@2022H1', '-402148', '-402148000'),
      'wrong-period': republish('is.selling-expenses@2022H1', '-402148', '-292388'),
      'swapped-rows': both(
        republish('is.selling-expenses@2022H1', '-402148', '-768629'),
        republish('is.administrative-expenses@2022H1', '-768629', '-402148'),
      ),
      unknown: republish('is.selling-expenses@2022H1', '-402148', '-912345'),
    },
    { id: 'JE-2022H1-42', about: 'is.selling-expenses@2022H1' },
  ],
  [
    cornerShop,
    {
      transposition: republish('is.running-costs@2025', '-27500', '-72500'),
      sign: republish('is.running-costs@2025', '-27500', '27500'),
      'unit-slip': republish('is.running-costs@2025', '-27500', '-27500000'),
      'wrong-period': republish('is.running-costs@2025', '-27500', '-24000'),
      'swapped-rows': both(
        republish('is.running-costs@2025', '-27500', '-2000'),
        republish('is.depreciation@2025', '-2000', '-27500'),
      ),
      unknown: republish('is.running-costs@2025', '-27500', '-91234'),
    },
    { id: 'CS-2025-2', about: 'is.running-costs@2025' },
  ],
])('%s', (book, prints, { id, about }) => {
  const some = full || book === cornerShop ? Object.entries(prints) : Object.entries(prints).slice(-2);
  it.each(some)('a print with %s is found, with that cause', async (cause, change) => {
    const { code, found } = await causes(planted(book, 'figures', change));
    expect(code).toBe(1);
    expect(found).toContain(`ledger:${about} ${cause}`);
  });

  it('an entry posted twice, and one that is not there, are found and named so', async () => {
    const twice = await causes(planted(book, 'journal', doubled(id)));
    expect(twice.code).toBe(1);
    expect(new Set(twice.found.map((text) => text.split(' ').at(-1)))).toContain('doubled-entry');
    const missing = await causes(planted(book, 'journal', left(id)));
    expect(missing.code).toBe(1);
    expect(new Set(missing.found.map((text) => text.split(' ').at(-1)))).toContain('missing-entry');
  });
});

it('the corner shop has the counts that follow from its files', async () => {
  const { counts, coverage } = await tieoutJson<Checked>(emptyFolder(), [
    '-b',
    cornerShop,
    '--store',
    'memory:',
    'check',
  ]);
  // 98 cells are printed, 19 of them a second or third print of a fact that stands elsewhere: 79 facts.
  //
  // What the entries are free to say, as far as a printed fact can see it. 2024: capital paid in (1), fittings bought (1),
  // purchases between goods, cash and suppliers (three legs, 2), sales (1), goods sold (1), wages and rent (1), depreciation
  // (1); the closing entry moves nothing, because retained earnings include what is not closed: 8. 2025: the same without
  // capital, with the dividend; paying suppliers moves what the purchases' second direction moves: 8.
  // Fifteen dashes have no posting and each is free to have had one: profit, dividends, issue in the other column of equity (4),
  // capital, earnings and cash before the first year (3), shares issued in 2025 and dividends in 2024 in the cash flows (2),
  // and in note 1 additions of depreciation and depreciation of cost in both years (4), cost and depreciation before the
  // first year (2): 15 free legs. Totals that are nil of themselves, equity and fittings before the first year, add none.
  const rank = 8 + 8 + (4 + 3 + 2 + 4 + 2);
  expect(coverage).toMatchObject({
    figures: 98,
    facts: 79,
    crossChecked: 79,
    selfSupporting: 0,
    rank,
    redundancy: 79 - rank,
  });
  expect(counts).toMatchObject({ doesNotTie: 0, notRun: 0, withinRounding: 0, repaired: 0, explained: 0 });
});

it('the corner shop is explained, and its record verifies', async () => {
  const folder = emptyFolder();
  const said = await tieout(folder, ['-q', '-b', cornerShop, 'explain', 'bs.cash@2025-12-31']);
  expect({ code: said.code, closing: /^ +30,500 {2}closing/m.test(said.out) }).toEqual({
    code: 0,
    closing: true,
  });
  expect((await tieout(folder, ['-q', '-b', cornerShop, 'record', '-o', 'record.json'])).code).toBe(0);
  expect((await tieout(folder, ['-q', '-b', cornerShop, 'record', 'verify', 'record.json'])).code).toBe(0);
});
