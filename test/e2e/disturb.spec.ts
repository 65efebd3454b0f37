/**
 * The check that matters: a journal with one thing wrong turns something red, or cannot be told from the right one by
 * anything that was published, for a reason that is computed.
 *
 * Drawn with a fixed seed: four of each kind, thirty with TIEOUT_FULL=1. Judged in this process by the same code as the
 * command; two kinds of them, or all, through the command itself.
 */
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entriesToYaml, readBook, type Book } from '@tieout/book';
import type { HeldFigure } from '@tieout/proof';
import * as fc from 'fast-check';
import { disturb, disturbances, kinds, type Disturbance, type Draw, type Kind } from '../support/disturbance';
import { entriesBehind, held, judge, movesOf, reasonForSilence, type Verdict } from '../support/judgement';
import { bookFolder, emptyFolder, senseTime, tieout } from '../support/command';

const full = process.env.TIEOUT_FULL === '1';
const drawn = full ? 30 : 4;
const draws: readonly Draw[] = fc.sample(
  fc.noBias(fc.record({ entry: fc.nat(), pair: fc.nat(), up: fc.boolean() })),
  { seed: 20220630, numRuns: drawn },
);

let book: Book;
let before: readonly HeldFigure[];
beforeAll(() => {
  book = readBook(bookFolder(senseTime));
  before = held(book);
});

const ids = (figures: readonly { readonly figure: { readonly id: string } }[]): string[] =>
  figures.map(({ figure }) => figure.id);
const isSilent = ({ refused, broken, verify }: Verdict): boolean =>
  refused.length + broken.length + verify.length === 0;

describe.each(kinds)('an entry: %s', (kind) => {
  it.each(draws.map((draw, index) => [index + 1, draw] as const))(
    'draw %i turns something red, or has a reason',
    (_, draw) => {
      const disturbance = disturb(book, kind, draw);
      const verdict = judge(book, before, disturbance);
      const moves = movesOf(book, before, disturbance);
      // What algebra says must move is what the statements show, figure by figure.
      if (verdict.refused.length === 0)
        expect(ids(verdict.broken)).toEqual(ids(moves.filter(({ covered }) => !covered)));
      const reason = isSilent(verdict) ? reasonForSilence(moves) : 'red';
      expect({ entry: disturbance.entry, says: disturbance.says, reason }).toEqual({
        entry: disturbance.entry,
        says: disturbance.says,
        reason: expect.any(String) as string,
      });
    },
  );
});

describe('what nothing published can tell apart', () => {
  const silentOf = (kind: Kind, entry: string): Disturbance | undefined =>
    disturbances(book, kind, entry).find((each) => isSilent(judge(book, before, each)));
  const reasonOf = (each: Disturbance | undefined): string | undefined =>
    each && reasonForSilence(movesOf(book, before, each));

  it('legs that stand in the same line: impairment of trade and of other receivables', () => {
    const silent = silentOf('accounts swapped', 'JE-2022H1-20');
    expect(silent?.says).toMatch(/^impairment\.trade-receivables .* and impairment\.other-receivables /);
    expect(reasonOf(silent)).toBe('every published fact moves by nil');
  });

  it('revenue of one stream for another by a thousand: streams are printed to a hundred thousand', () => {
    const silent = silentOf('two legs by 1', 'JE-2021H1-08');
    expect(silent?.says).toMatch(/^1 to revenue .* and revenue /);
    expect(reasonOf(silent)).toMatch(
      /^what moves is printed rounded, and stays within its rounding: mda-revenue-/,
    );
  });

  it('is no excuse where an exact print moves', () => {
    const visible = disturbances(book, 'two legs by 1', 'JE-2022H1-02').find(({ says }) =>
      says.startsWith('1 to receivables.trade.third '),
    );
    expect(visible).toBeDefined();
    expect(reasonOf(visible)).toBeUndefined();
  });
});

describe('through the command', () => {
  /** The book with the disturbed journal, in a folder of its own. */
  function written({ journal }: Disturbance): string {
    const folder = emptyFolder();
    cpSync(bookFolder(senseTime), join(folder, 'book'), { recursive: true });
    journal.forEach(({ file, entries }, index) => {
      if (file === undefined || entries.every((each, at) => each === book.journal[index]?.entries[at]))
        return;
      writeFileSync(
        join(folder, 'book', file),
        entriesToYaml(
          entries.map(({ entry }) => entry),
          book,
        ),
      );
    });
    return folder;
  }
  const run = (folder: string, ...args: readonly string[]) =>
    tieout(folder, ['-q', '-b', 'book', ...args], { env: { COLUMNS: '1000' } });

  /** What the text says of the figures that do not tie. */
  function findingsIn(
    text: string,
  ): readonly { id: string; difference: string; count: number; named: string[] }[] {
    const pattern =
      /^✗ does not tie {2}(\S+): .* difference (\S+) .*\n {2}(?:built from (\d+) entr(?:y|ies): (.*))?/gm;
    return [...text.matchAll(pattern)].map(([, id = '', difference = '', count = '0', named = '']) => {
      const list = named.replace(/ and \d+ more$/, '');
      return { id, difference, count: Number(count), named: list === '' ? [] : list.split(', ') };
    });
  }

  it.each(full ? kinds : (['two legs by 1', 'posted twice'] as const))(
    'an entry: %s: exits 1, names the figures that moved and entries behind them',
    async (kind) => {
      const disturbance = draws
        .map((draw) => disturb(book, kind, draw))
        .find((each) => judge(book, before, each).broken.length > 0);
      if (!disturbance) throw new Error('no draw breaks a figure');
      const verdict = judge(book, before, disturbance);
      const folder = written(disturbance);
      const { code, out, err } = await run(folder, 'figures');
      expect({ code, err }).toEqual({ code: 1, err: '' });

      const found = findingsIn(out);
      const now: Book = { ...book, journal: disturbance.journal };
      const broken = held(now).filter(({ state }) => state === 'does-not-tie');
      expect(found.map(({ id }) => id)).toEqual(ids(broken));
      expect(ids(broken)).toEqual(expect.arrayContaining(ids(verdict.broken)) as string[]);
      found.forEach(({ count, named }, index) => {
        const behind = entriesBehind(broken[index]?.figure.fact ?? '', now);
        expect(count).toBe(behind.length);
        expect(named).toHaveLength(Math.min(5, behind.length));
        expect(behind).toEqual(expect.arrayContaining(named) as string[]);
      });
      // What is there twice, or on the wrong side, is the difference or half of it: it is named first.
      if (kind === 'posted twice' || kind === 'sign flipped')
        expect(found.map(({ named: [first] }) => first)).toContain(disturbance.entry);

      // An amount that its expression does not give is a finding of verify as well.
      if (kind === 'two legs by 1')
        expect((await run(folder, 'verify')).code).toBe(verdict.verify.length > 0 ? 4 : 0);
    },
  );

  it('an entry that breaks the posting rule of its event is refused with its place, and nothing is loaded', async () => {
    const [disturbance] = disturbances(book, 'sign flipped', 'JE-2022H1-06');
    if (!disturbance) throw new Error('no such entry');
    const { refused } = judge(book, before, disturbance);
    expect(refused.map(({ code }) => code)).toEqual(['E204']);
    const folder = written(disturbance);
    const { code, out, err } = await run(folder, 'figures');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/^error\[E204\]: entry JE-2022H1-06: /);
    expect(err).toMatch(/^ {2}--> .*book\/journal\/2022-h1\.yaml:\d+:\d+$/m);
    expect(readdirSync(folder)).toEqual(['book']);
  });

  it('a disturbance that nothing published can see leaves the command as content as before', async () => {
    const silent = disturbances(book, 'accounts swapped', 'JE-2022H1-20').find((each) =>
      isSilent(judge(book, before, each)),
    );
    if (!silent) throw new Error('none is silent');
    const [ended, undisturbed] = await Promise.all([
      run(written(silent), 'figures', '--csv'),
      tieout(emptyFolder(), ['-q', 'figures', '--csv']),
    ]);
    expect(ended).toEqual(undisturbed);
  });
});
