/**
 * A source document with a state beside every number: what it is tied to, or why it is not.
 *
 * Every run of digits of the text gets exactly one state. A number is tied to a figure because it stands in the figure's
 * cell (table-match.ts) or sentence (prose.ts), never because the digits agree; where it stands there and the digits do
 * not agree, that is said (`differs`). Line numbers of the book are not used, so blank lines, moved tables and lost tabs
 * change nothing. The text is the user's: it is read, and only what was found of it is given back.
 */
import type { Layout } from '@tieout/statements';
import type { StatedFigure } from '../coverage';
import { neverAmounts, referencesIn } from './labels';
import { keyOf, numbersOfLine, type NumberToken } from './numbers';
import { placeClaims, placeProseFigures, type ProseLines, type StatedClaim } from './prose';
import { placeTables, type PlacedTable } from './table-match';
import { tickTables } from './tick-tables';
import type { Found, RepairedRow, TickedDocument, TickedLine, TickedNumber } from './ticked';
import { isSentence, printedRows, tablesOf, type TextLine } from './tables';
import { wordsOf } from './words';

export interface TickInput {
  readonly text: string;
  readonly layouts: readonly Layout[];
  readonly figures: readonly StatedFigure[];
  readonly claims?: readonly StatedClaim[];
}

/** Words enough for a sentence, even one that was cut where its line ended. */
const isProse = (line: TextLine | undefined): boolean =>
  line !== undefined &&
  (isSentence(line) || (line.text.match(/[A-Za-z]{2,}/g) ?? []).length >= 6 * line.amounts.length);

/** What claims and figures of the prose say of its numbers. */
function tickProse(
  input: TickInput,
  lines: readonly TextLine[],
  placed: readonly PlacedTable[],
  found: Map<NumberToken, Found>,
  unplaced: readonly StatedFigure[],
): readonly StatedClaim[] {
  const words = new Map<number, readonly string[]>();
  const wordsOfLine = (line: number): readonly string[] => {
    const known = words.get(line) ?? wordsOf(lines[line]?.text ?? '');
    words.set(line, known);
    return known;
  };
  let order = 0;
  const orders = lines.map(({ text }) => (text.trim() === '' ? order : (order += 1)));
  const prose: ProseLines = { words: wordsOfLine, order: (line) => orders[line] ?? 0 };
  const ends = new Map<string, number>();
  for (const { table, rows } of placed) ends.set(table.statement, rows.at(-1)?.row.lines.at(-1)?.number ?? 0);
  const nearTable = (statement: string, line: number): boolean => {
    const end = ends.get(statement);
    if (end === undefined || line <= end) return false;
    return prose.order(line) - prose.order(end) <= 13;
  };
  const free = (): readonly NumberToken[] =>
    lines.flatMap(({ amounts }) => amounts.filter((token) => !found.has(token)));
  const inSentences = (): readonly NumberToken[] => free().filter(({ line }) => isProse(lines[line]));
  for (const [token, { stated, equal }] of placeProseFigures(unplaced, inSentences(), prose, nearTable)) {
    const { figure, state: figureState } = stated;
    const about = { figure: figure.id, figureState };
    if (equal)
      found.set(token, { state: 'tied', reason: `stands in the sentence of ${figure.id}`, ...about });
    else
      found.set(token, {
        state: 'differs',
        reason: `the book read ${figure.text} in this sentence`,
        ...about,
      });
  }
  const claims = input.claims ?? [];
  const said = placeClaims(claims, free(), prose);
  for (const [token, { stated, equal }] of said) {
    const { claim, state: figureState, note } = stated;
    const about = {
      claim: claim.id,
      ...(claim.fact === undefined ? {} : { figure: claim.fact, figureState }),
    };
    if (!equal) found.set(token, { state: 'differs', reason: `the book read ${claim.text} here`, ...about });
    else if (claim.fact === undefined)
      found.set(token, { state: 'claim-untied', reason: claim.why, ...about });
    else if (figureState === 'untested')
      found.set(token, { state: 'claim-untied', reason: note ?? claim.why, ...about });
    else
      found.set(token, {
        state: 'claim-tied',
        reason: `claims ${claim.fact}${claim.why === '' ? '' : `: ${claim.why}`}`,
        ...about,
      });
  }
  const placedClaims = new Set([...said.values()].map(({ stated }) => stated));
  return claims.filter((each) => !placedClaims.has(each));
}

/** Rows of the statements by the line that prints them; a row that was lost stands with the one before it. */
function repairs(placed: readonly PlacedTable[]): {
  readonly rows: ReadonlyMap<number, readonly RepairedRow[]>;
  readonly opens: ReadonlyMap<number, string>;
} {
  const rows = new Map<number, RepairedRow[]>();
  const opens = new Map<number, string>();
  for (const { table, rows: printed } of placed) {
    let line = printed[0]?.row.lines[0]?.number ?? 0;
    opens.set(line, table.id);
    table.rows.forEach((row, index) => {
      const here = printed.find(({ from, count }) => index >= from && index < from + count);
      line = here?.row.lines[0]?.number ?? line;
      rows.set(line, [...(rows.get(line) ?? []), { statement: table.statement, table: table.id, row }]);
    });
  }
  return { rows, opens };
}

/** The whole document. Pure: the same text and book, the same states. */
export function tickDocument(input: TickInput): TickedDocument {
  const texts = input.text.split(/\r?\n/);
  const found = new Map<NumberToken, Found>();
  const lines = texts.map((text, number): TextLine => {
    const tokens = numbersOfLine(text, number);
    const never = neverAmounts(text, tokens);
    for (const [token, reason] of never) found.set(token, { state: 'label', reason });
    return { number, text, tokens, amounts: tokens.filter((token) => !never.has(token)) };
  });
  const rows = printedRows(lines);
  const placed = placeTables(tablesOf(input.layouts, input.figures), rows, texts);
  const inCells = new Set(
    placed.flatMap((table) =>
      table.rows.flatMap(({ match }) => match.placed.map(({ cell }) => cell.figure.id)),
    ),
  );
  const rowLines = tickTables(placed, rows, inCells, found);
  const printed = input.figures.filter(({ figure }) => keyOf(figure.text) !== undefined);
  const claimsNotFound = tickProse(
    input,
    lines,
    placed,
    found,
    printed.filter(({ figure }) => !inCells.has(figure.id)),
  );
  const { rows: repaired, opens } = repairs(placed);
  const ticked = lines.map((line): TickedLine => {
    const { number, text, tokens } = line;
    const references = referencesIn(text, tokens);
    const numbers = tokens.map((token): TickedNumber => {
      const known = found.get(token);
      const reference = references.get(token);
      if (known && !(known.state === 'untested' && reference !== undefined)) return { token, ...known };
      if (reference !== undefined) return { token, state: 'label', reason: reference };
      return { token, state: 'untested', reason: 'no figure and no claim of the book is printed here' };
    });
    const [statement, opened] = [rowLines.get(number), opens.get(number)];
    return {
      number: number + 1,
      text,
      isRow: rowLines.has(number) || text.includes('\t'),
      numbers,
      repaired: repaired.get(number) ?? [],
      ...(statement === undefined ? {} : { statement }),
      ...(opened === undefined ? {} : { opens: opened }),
    };
  });
  const tied = new Set(
    ticked.flatMap(({ numbers }) =>
      numbers.flatMap(({ state, figure }) => (figure !== undefined && state === 'tied' ? [figure] : [])),
    ),
  );
  const restored = ticked.flatMap(({ number, repaired: here }) =>
    here.flatMap(({ row }) =>
      row.cells.flatMap((cell) =>
        cell &&
        cell.figure.reading !== 'nil' &&
        cell.figure.reading !== 'below-unit' &&
        !inCells.has(cell.figure.id) &&
        !tied.has(cell.figure.id)
          ? [{ stated: cell, line: number }]
          : [],
      ),
    ),
  );
  const back = new Set(restored.map(({ stated }) => stated.figure.id));
  const notFound = printed.filter(
    ({ figure }) => !tied.has(figure.id) && !inCells.has(figure.id) && !back.has(figure.id),
  );
  return { lines: ticked, restored, notFound, claimsNotFound };
}
