/**
 * What a claim's fact is called wherever it is shown: by the line that defines it, by the lines that print it, and by
 * the titles of their tables. A sentence that makes the claim says one of them.
 */
import { parseFactId, type Concept, type Layout, type PublishedFigure } from '@tieout/statements';
import type { Claim } from '../declared';

export interface Naming {
  readonly figures: readonly PublishedFigure[];
  readonly layouts: readonly Layout[];
  readonly concepts: ReadonlyMap<string, Concept>;
}

/** The names of a claim's fact; none where it has no fact. */
export function claimNames({ figures, layouts, concepts }: Naming): (claim: Claim) => readonly string[] {
  // "Management discussion: Use of proceeds" is called by what follows the colon.
  const titles = new Map(layouts.map(({ id, title }) => [id, title.replace(/^[^:]*: /, '')]));
  const shown = new Map<string, string[]>();
  for (const { fact, label, statement } of figures) {
    shown.set(fact, [...(shown.get(fact) ?? []), label, titles.get(statement) ?? '']);
  }
  return ({ fact }) => {
    if (fact === undefined) return [];
    const concept = parseFactId(fact)?.concept;
    const label = concept === undefined ? undefined : concepts.get(concept)?.label;
    return [...new Set([...(label === undefined ? [] : [label]), ...(shown.get(fact) ?? [])])];
  };
}
