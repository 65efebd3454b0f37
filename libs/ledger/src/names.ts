/**
 * Did you mean: the declared name closest to one that is not known.
 *
 * Distance counts inserted, deleted, replaced and swapped neighbouring characters (optimal string alignment). A
 * suggestion is made only when it is near: at most a third of the name's length away, so that nothing silly is said.
 */

/** Edits between two names; `limit + 1` as soon as it is known to exceed `limit`. */
export function editDistance(a: string, b: string, limit = Math.max(a.length, b.length)): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let edits = Math.min(
        previous[column]! + 1,
        current[column - 1]! + 1,
        previous[column - 1]! + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) edits = Math.min(edits, before[column - 2]! + 1);
      current.push(edits);
    }
    if (Math.min(...current) > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[b.length]!;
}

/** The candidate nearest to `name`, the first of equals; none when all are too far to be a slip of the hand. */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  let limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | undefined;
  const wanted = name.toLowerCase();
  for (const candidate of candidates) {
    const edits = editDistance(wanted, candidate.toLowerCase(), limit);
    if (edits > limit) continue;
    best = candidate;
    // From here on only a strictly nearer one is better.
    limit = edits - 1;
    if (limit < 0) break;
  }
  return best;
}
