/**
 * The source document, ticked: every number of it has one state, and where its lines stand changes none.
 *
 * The document is its publisher's and is not part of this repository. Where it lies on the machine (beside the project,
 * or where TIEOUT_SOURCE_DOCUMENT says) it is read; where it does not, this says on stderr that nothing was ticked, and
 * under CI it fails, so that its absence never passes for agreement.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  claimNames,
  countTokens,
  tickDocument,
  type StatedClaim,
  type TickedDocument,
  type TickedNumber,
} from '@tieout/proof';
import { emptyFolder, tieout } from '../support/command';
import { projectRoot, readSenseTime } from '../support/law-replay';

const source = resolve(projectRoot, process.env['TIEOUT_SOURCE_DOCUMENT'] ?? '../shared/announcement.txt');
const isThere = existsSync(source);
const book = readSenseTime();

test('the source document is at hand, or its absence is said', () => {
  if (isThere) return;
  process.stderr.write(
    `\nNOT RUN: no number of the source document was ticked, because it is not at\n  ${source}\n` +
      `Its publisher has it; put it there, or name it in TIEOUT_SOURCE_DOCUMENT.\n\n`,
  );
  // In CI there is nobody to read the lines above.
  expect(process.env['CI'] === 'true' ? source : 'not CI').toBe('not CI');
});

const figures = book.figures.map((figure) => ({ figure, state: 'ties' as const }));
const namesOf = claimNames(book);
const claims = book.claims.map((claim): StatedClaim => ({
  claim,
  state: claim.fact === undefined ? 'untested' : 'ties',
  names: namesOf(claim),
}));
const tick = (text: string): TickedDocument => tickDocument({ text, layouts: book.layouts, figures, claims });
const numbersOf = ({ lines }: TickedDocument): readonly TickedNumber[] =>
  lines.flatMap(({ numbers }) => numbers);
const statesOf = (document: TickedDocument): readonly string[] =>
  numbersOf(document).map(({ token, state, figure, claim }) =>
    [token.text, state, claim ?? figure ?? ''].join(' '),
  );

if (isThere) {
  const text = readFileSync(source, 'utf8');
  const document = tick(text);

  test('no number is without a state, and the states are counted', () => {
    const rows = Object.fromEntries(countTokens(document, ({ isRow }) => isRow));
    const prose = Object.fromEntries(countTokens(document, ({ isRow }) => !isRow));
    process.stderr.write(`tables ${JSON.stringify(rows)}\nprose  ${JSON.stringify(prose)}\n`);
    expect(rows).toMatchObject({ untested: 0, differs: 0, tied: 915, ghost: 18 });
    expect(prose).toMatchObject({ untested: 0, differs: 0, ghost: 0, smeared: 0 });
    expect(prose['claim-tied']).toBe(book.claims.filter(({ fact }) => fact !== undefined).length);
    expect(numbersOf(document).filter(({ reason }) => reason === '')).toEqual([]);
  });

  test('every printed figure of the book is tied on the line that it was typed from', () => {
    const lineOf = new Map(book.figures.map(({ id, sourceLine }) => [id, sourceLine]));
    const tied = numbersOf(document).filter(({ state }) => state === 'tied');
    expect(tied.filter(({ token, figure = '' }) => lineOf.get(figure) !== token.line + 1)).toEqual([]);
    expect(new Set(tied.map(({ figure }) => figure)).size).toBe(tied.length);
    expect(document.notFound).toEqual([]);
  });

  test('every claim with a number is found on its line', () => {
    const lineOf = new Map(book.claims.map(({ id, sourceLine }) => [id, sourceLine]));
    const said = numbersOf(document).filter(({ claim }) => claim !== undefined);
    expect(said.filter(({ token, claim = '' }) => lineOf.get(claim) !== token.line + 1)).toEqual([]);
    expect(document.claimsNotFound.filter(({ claim }) => /\d/.test(claim.text))).toEqual([]);
  });

  test.each([
    ['2,007', '590', 'ghost'],
    ['202,333', '589', 'ghost'],
    ['(10,703)', '587', 'ghost'],
    ['(3,320,7988)', '416', 'ghost'],
    ['(22.070)', '844', 'ghost'],
  ])('%s on line %s is a %s', (print, line, state) => {
    const numbers = document.lines[Number(line) - 1]?.numbers ?? [];
    expect(numbers.filter(({ token }) => token.text.includes(print)).map((each) => each.state)).toEqual([
      state,
    ]);
  });

  describe('where lines stand changes no state', () => {
    const expected = statesOf(document);
    const lines = text.split('\n');
    // From one heading to the next, so that no table is cut in two.
    const part = (from: number, to: number): readonly string[] => lines.slice(from - 1, to);
    const moved = [...part(1022, lines.length), ...part(605, 1021), ...part(410, 604), ...part(1, 409)].join(
      '\n',
    );

    test.each([
      [
        'blank lines between all lines, a tab is one space',
        text.replace(/\t+/g, ' ').replaceAll('\n', '\n\n\n'),
      ],
      [
        'lines end as on Windows, a tab is three spaces',
        text.replaceAll('\t', '   ').replaceAll('\n', '\r\n'),
      ],
    ])('%s', (_name, changed) => expect(statesOf(tick(changed))).toEqual(expected));

    test('statements, notes and the discussion in another order', () => {
      expect([...statesOf(tick(moved))].sort()).toEqual([...expected].sort());
    });
  });

  describe('a planted error is noticed', () => {
    /** Another digit in every `step`th number of these states, in one copy of the text. */
    function planted(states: readonly string[], step: number): { text: string; at: readonly TickedNumber[] } {
      const lines = text.split('\n');
      const at = numbersOf(document).filter(
        ({ state }, index) => states.includes(state) && index % step === 3,
      );
      for (const { token } of at) {
        const line = lines[token.line] ?? '';
        const place = token.start + token.text.search(/\d/);
        lines[token.line] = `${line.slice(0, place)}${(Number(line[place]) % 9) + 1}${line.slice(place + 1)}`;
      }
      return { text: lines.join('\n'), at };
    }

    test.each([
      ['tied', 23],
      ['claim-tied', 29],
    ])('in a %s number', (state, step) => {
      const { text: changed, at } = planted([state], step);
      const after = tick(changed);
      const now = at.map(({ token }) =>
        after.lines[token.line]?.numbers.find(({ token: each }) => each.end > token.start),
      );
      expect(at.length).toBeGreaterThan(3);
      expect(now.filter((each) => each?.state === 'tied' || each?.state === 'claim-tied')).toEqual([]);
      expect(now.filter((each) => each?.state === 'differs').length).toBeGreaterThanOrEqual(
        at.length * (state === 'tied' ? 0.9 : 0.5),
      );
    });

    test('equal digits under another name are not tied', () => {
      const changed = text.replace(
        '\nOther income\t193,347\t123,565\n',
        '\nOther income\t193,347\t123,565\nLottery prizes\t193,347\t123,565\n',
      );
      expect(changed).not.toBe(text);
      const line = tick(changed).lines.find(({ text: each }) => each.startsWith('Lottery'));
      expect(line?.numbers.map(({ state }) => state)).toEqual(['untested', 'untested']);
    });
  });

  describe('the command', () => {
    test('gives every number once, as JSON, and a page without script that says the same', async () => {
      const folder = emptyFolder();
      const { code, out } = await tieout(folder, ['tick', source, '--json', '-q', '-o', 'ticked.html']);
      const ticks = JSON.parse(out) as { schema: string; findings: number; numbers: { state: string }[] };
      expect(ticks.schema).toBe('tieout.tick/1');
      expect(ticks.numbers).toHaveLength(numbersOf(document).length);
      expect(code).toBe(ticks.findings === 0 ? 0 : 1);
      const page = readFileSync(join(folder, 'ticked.html'), 'utf8');
      expect(page).not.toMatch(/<script|https?:|javascript:/i);
      const anchors = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
      expect(
        [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id).filter((id) => !anchors.has(id)),
      ).toEqual([]);
    });

    test('ends with 1 where a digit of the document changed, and names the reading of the book', async () => {
      const folder = emptyFolder();
      const changed = join(folder, 'changed.txt');
      writeFileSync(changed, text.replace('Total assets\t\t36,666,655', 'Total assets\t\t36,666,656'));
      const { code, out } = await tieout(folder, ['tick', changed, '--only', 'differs', '-q'], {
        env: { COLUMNS: '200' },
      });
      expect(code).toBe(1);
      expect(out).toContain('≠ 36,666,656');
      expect(out).toContain('the book read 36,666,655 in this cell');
    });
  });
}
