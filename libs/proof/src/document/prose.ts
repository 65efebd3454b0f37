/**
 * The numbers of sentences: figures that a note prints in words, and the claims of the text.
 *
 *     certain buildings with carrying amount of RMB832,363,000 (31 December 2021: RMB854,796,000) were pledged
 *
 * A figure is looked for where its label is said and where other figures of its statement are; equal digits alone are
 * not enough, since RMB832,363,000 stands in two notes. Claims come in the order of the text, so they are laid beside its
 * numbers as two texts are compared, whatever line they have come to stand on. Prose states size and not sign.
 */
import type { StatedFigure } from '../coverage';
import type { Claim } from '../declared';
import type { FigureState } from '../state';
import { isNear, numbersOfLine, unsigned, type NumberToken } from './numbers';
import { contained, wordsOf } from './words';

/** A claim, held against the replay. */
export interface StatedClaim {
  readonly claim: Claim;
  /** Of a claim that names a fact. */
  readonly state: FigureState;
  /** What the fact, or the table that shows it, is called: to tell two sentences apart. */
  readonly names: readonly string[];
  /** What limits the test, or why there is none. */
  readonly note?: string;
}

/** The lines of the text: what stands there, and the how manieth it is, blank ones aside. */
export interface ProseLines {
  readonly words: (line: number) => readonly string[];
  readonly order: (line: number) => number;
}

const isBeside = ({ order }: ProseLines, a: number, b: number): boolean => Math.abs(order(a) - order(b)) <= 2;

const sameUnit = (a: NumberToken, b: NumberToken): boolean =>
  (a.currency === undefined || b.currency === undefined || a.currency === b.currency) &&
  (a.scale ?? '').trim() === (b.scale ?? '').trim();

const sameNumber = (a: NumberToken, b: NumberToken): boolean =>
  sameUnit(a, b) && unsigned(a.key) === unsigned(b.key);

/** Marked as an amount of the same kind, and damaged or changed. */
const changed = (token: NumberToken, printed: NumberToken): boolean =>
  (printed.currency ?? printed.scale) !== undefined &&
  token.currency === printed.currency &&
  sameUnit(token, printed) &&
  isNear(token.key, printed.key);

export interface PlacedFigure {
  readonly stated: StatedFigure;
  readonly equal: boolean;
}

interface Offer extends PlacedFigure {
  readonly token: NumberToken;
  readonly worth: number;
}

/** The figures that sentences print. `nearTable`: does the line follow what was found of that statement's table? */
export function placeProseFigures(
  figures: readonly StatedFigure[],
  tokens: readonly NumberToken[],
  lines: ProseLines,
  nearTable: (statement: string, line: number) => boolean,
): ReadonlyMap<NumberToken, PlacedFigure> {
  const byStatement = new Map<string, { stated: StatedFigure; printed: NumberToken }[]>();
  for (const stated of figures) {
    const printed = numbersOfLine(stated.figure.text, 0)[0];
    if (!printed) continue;
    byStatement.set(stated.figure.statement, [
      ...(byStatement.get(stated.figure.statement) ?? []),
      { stated, printed },
    ]);
  }
  const offers = [...byStatement].map(([statement, all]): readonly Offer[] => {
    const found = all.map(({ printed }) =>
      tokens.filter((token) => sameNumber(token, printed)).map(({ line }) => line),
    );
    return all.flatMap(({ stated, printed }, own) => {
      const label = wordsOf(stated.figure.label);
      return tokens.flatMap((token): readonly Offer[] => {
        const equal = sameNumber(token, printed);
        if (!equal && !changed(token, printed)) return [];
        const said = contained(label, lines.words(token.line));
        const company = found.filter(
          (places, other) => other !== own && places.some((line) => isBeside(lines, line, token.line)),
        ).length;
        const worth = said + 0.3 * company + (nearTable(statement, token.line) ? 0.5 : 0) - (equal ? 0 : 1);
        // A number that is another one stands here only where the whole sentence speaks for it.
        const taken = equal ? said >= 0.3 && worth >= 0.6 : said >= 0.4 && worth >= -0.3;
        return taken ? [{ stated, equal, token, worth }] : [];
      });
    });
  });
  const placed = new Map<NumberToken, PlacedFigure>();
  const settled = new Set<string>();
  const best = (offer: readonly Offer[]): number =>
    offer.reduce((most, { worth }) => Math.max(most, worth), 0);
  const settle = (wanted: readonly Offer[]): void => {
    for (const { stated, equal, token } of [...wanted].sort((a, b) => b.worth - a.worth)) {
      if (placed.has(token) || settled.has(stated.figure.id)) continue;
      placed.set(token, { stated, equal });
      settled.add(stated.figure.id);
    }
  };
  for (const offer of offers.sort((a, b) => best(b) - best(a))) settle(offer.filter(({ equal }) => equal));
  settle(offers.flat().filter(({ equal }) => !equal));
  return placed;
}

export interface PlacedClaim {
  readonly stated: StatedClaim;
  /** The text prints another number than the claim was read from. */
  readonly equal: boolean;
}

interface Wanted {
  readonly stated: StatedClaim;
  readonly printed: NumberToken;
  readonly names: readonly (readonly string[])[];
}

interface Pair {
  readonly wanted: Wanted;
  readonly token: NumberToken;
}

/** How much of the best of its names a sentence says. */
const namedBy = ({ names }: Wanted, words: readonly string[]): number =>
  Math.max(0, ...names.map((name) => contained(name, words)));

/** Claims beside numbers, both in order; the pairs of the best way. */
function inOrder(
  claims: readonly Wanted[],
  tokens: readonly NumberToken[],
  lines: ProseLines,
  withChanged: boolean,
  refused: ReadonlyMap<Wanted, ReadonlySet<NumberToken>>,
): readonly Pair[] {
  const width = tokens.length + 1;
  const best = new Float32Array((claims.length + 1) * width);
  const gain = (wanted: Wanted, token: NumberToken): number => {
    const { printed } = wanted;
    if (refused.get(wanted)?.has(token)) return 0;
    if (sameNumber(token, printed)) return 2 + 0.5 * namedBy(wanted, lines.words(token.line));
    return withChanged && changed(token, printed) ? 0.6 : 0;
  };
  for (let i = 1; i <= claims.length; i += 1) {
    const wanted = claims[i - 1];
    for (let j = 1; wanted && j < width; j += 1) {
      const token = tokens[j - 1];
      const pair = token ? gain(wanted, token) : 0;
      const without = Math.max(best[(i - 1) * width + j] ?? 0, best[i * width + j - 1] ?? 0);
      best[i * width + j] =
        pair > 0 ? Math.max(without, (best[(i - 1) * width + j - 1] ?? 0) + pair) : without;
    }
  }
  const pairs: Pair[] = [];
  let [i, j] = [claims.length, width - 1];
  while (i > 0 && j > 0) {
    const here = best[i * width + j];
    if (here === best[(i - 1) * width + j]) i -= 1;
    else if (here === best[i * width + j - 1]) j -= 1;
    else {
      const [wanted, token] = [claims[i - 1], tokens[j - 1]];
      if (wanted && token) pairs.push({ wanted, token });
      i -= 1;
      j -= 1;
    }
  }
  return pairs.reverse();
}

/**
 * A claim about a fact is its sentence's: the sentence names the fact, or holds another claim that it held before.
 * `enough`: how much of one of the fact's names must be said.
 */
function isSupported(
  { wanted, token }: Pair,
  all: readonly Pair[],
  enough: number,
  lines: ProseLines,
): boolean {
  const { claim } = wanted.stated;
  if (claim.fact === undefined) return true;
  const company = all.some(
    (other) =>
      other.wanted !== wanted &&
      other.wanted.stated.claim.sourceLine === claim.sourceLine &&
      isBeside(lines, other.token.line, token.line),
  );
  return company || namedBy(wanted, lines.words(token.line)) >= enough;
}

/** Where the claims stand. Paragraphs that moved are out of order: they are looked for again among what is left. */
export function placeClaims(
  claims: readonly StatedClaim[],
  tokens: readonly NumberToken[],
  lines: ProseLines,
): ReadonlyMap<NumberToken, PlacedClaim> {
  const wanted = claims.flatMap((stated): Wanted[] => {
    const printed = numbersOfLine(stated.claim.text, 0)[0];
    const names = stated.names.map(wordsOf);
    return printed ? [{ stated, printed, names }] : [];
  });
  const ordered = [...wanted].sort((a, b) => a.stated.claim.sourceLine - b.stated.claim.sourceLine);
  const pairs: Pair[] = [];
  const refused = new Map<Wanted, Set<NumberToken>>();
  let [left, free] = [ordered, tokens];
  while (left.length > 0) {
    const first = pairs.length === 0;
    const found = inOrder(left, free, lines, first, refused);
    if (found.length === 0) break;
    const here = found.filter((pair) => isSupported(pair, found, first ? 0.01 : 0.75, lines));
    for (const { wanted: each, token } of found)
      refused.set(each, (refused.get(each) ?? new Set()).add(token));
    pairs.push(...here);
    const [done, taken] = [new Set(here.map((pair) => pair.wanted)), new Set(here.map((pair) => pair.token))];
    left = left.filter((each) => !done.has(each));
    free = free.filter((token) => !taken.has(token));
  }
  const placedClaims = new Map<NumberToken, PlacedClaim>();
  for (const { wanted: each, token } of pairs) {
    const said: PlacedClaim = { stated: each.stated, equal: sameNumber(token, each.printed) };
    placedClaims.set(token, said);
    // "1 to 2 years" and "1/500" are one claim of two numbers.
    const behind = tokens.filter(({ line, start }) => line === token.line && start >= token.end);
    numbersOfLine(each.stated.claim.text, 0)
      .slice(1)
      .forEach(({ key }, index) => {
        const next = behind[index];
        if (next?.key === key && !placedClaims.has(next)) placedClaims.set(next, said);
      });
  }
  return placedClaims;
}
