/**
 * Coverage: which log positions a cube speaks for, and with which sign.
 *
 * Per source (the log of a book, or a scenario) a sorted list of disjoint spans of positions, each positive (its
 * entries are in) or negative (they are taken out). Adding a batch twice would still foot to zero, so no balance
 * notices it: coverage does. A position is covered once at most: the same sign again is refused, the opposite sign
 * cancels, and nothing is left of a source that is wholly cancelled.
 *
 *     log +[0, 500)   and   log +[500, 1000)   are   log +[0, 1000)
 *     log +[0, 500)   and   log −[17, 18)      are   log +[0, 17) +[18, 500)
 */

/** From the first position to, not including, the last. */
export interface Span {
  readonly from: number;
  readonly until: number;
  readonly sign: 1 | -1;
}

/** Spans by source, in order, touching spans of one sign made one; no source without spans. */
export type Coverage = ReadonlyMap<string, readonly Span[]>;

export const emptyCoverage: Coverage = new Map();

/** A batch was delivered again, or overlaps what is there. */
export class CoverageError extends Error {
  constructor(
    readonly source: string,
    readonly from: number,
    readonly until: number,
  ) {
    const which = until === from + 1 ? `position ${from}` : `positions ${from} to ${until - 1}`;
    super(`${which} of ${source} would be covered twice: the batch was delivered again, or overlaps another`);
    this.name = 'CoverageError';
  }
}

/** Sums the signs from one edge to the next. */
function addSpans(source: string, spans: readonly Span[]): readonly Span[] {
  const changes = new Map<number, number>();
  const change = (at: number, by: number) => changes.set(at, (changes.get(at) ?? 0) + by);
  for (const { from, until, sign } of spans) {
    change(from, sign);
    change(until, -sign);
  }
  const edges = [...changes].filter(([, by]) => by !== 0).sort(([a], [b]) => a - b);
  const sum: Span[] = [];
  let covered = 0;
  edges.forEach(([from, by], index) => {
    covered += by;
    const until = edges[index + 1]?.[0] ?? from;
    if (covered === 1 || covered === -1) sum.push({ from, until, sign: covered });
    else if (covered !== 0) throw new CoverageError(source, from, until);
  });
  return sum;
}

/** Throws CoverageError where a position would be covered twice with one sign. */
export function addCoverage(a: Coverage, b: Coverage): Coverage {
  const sum = new Map(a);
  for (const [source, spans] of b) {
    const added = addSpans(source, [...(a.get(source) ?? []), ...spans]);
    if (added.length === 0) sum.delete(source);
    else sum.set(source, added);
  }
  return sum;
}

export function negateCoverage(coverage: Coverage): Coverage {
  const negative = (span: Span): Span => ({ ...span, sign: span.sign === 1 ? -1 : 1 });
  return new Map([...coverage].map(([source, spans]) => [source, spans.map(negative)]));
}

/** The coverage of these positions, in any order. Throws CoverageError where one comes twice. */
export function coverageOf(source: string, positions: Iterable<number>): Coverage {
  const spans: { from: number; until: number; sign: 1 }[] = [];
  for (const position of positions) {
    const last = spans[spans.length - 1];
    if (last?.until === position) last.until += 1;
    else spans.push({ from: position, until: position + 1, sign: 1 });
  }
  return addCoverage(emptyCoverage, new Map([[source, spans]]));
}

/** 1 where the position is in, -1 where it is taken out, 0 where the coverage does not speak for it. */
export function signAt(coverage: Coverage, source: string, position: number): 1 | 0 | -1 {
  return coverage.get(source)?.find(({ from, until }) => from <= position && position < until)?.sign ?? 0;
}
