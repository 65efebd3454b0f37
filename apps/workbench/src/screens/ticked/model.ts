/**
 * A document in lines, each with its numbers and their marks: of a text that the reader opened, or, without one, of what the
 * book read on each line. Both are shown, filtered and walked through alike.
 */
import type { MarkName, SourceDocument, TickDocument } from '@tieout/documents';

export interface ShownNumber {
  readonly text: string;
  readonly mark: MarkName;
  /** The figure or claim that it is held against. */
  readonly about?: string | undefined;
  /** What that figure says: its other prints have the same. */
  readonly fact?: string | undefined;
  /** Why it is marked as it is. */
  readonly said: string;
  /** Not in the document: put back. */
  readonly inferred?: boolean;
}

export interface ShownLine {
  readonly line: number;
  readonly parts: readonly (string | ShownNumber)[];
  /** Cells that the scan lost here. */
  readonly restored: readonly ShownNumber[];
}

/** By figure and claim, the fact that it says. */
export type FactOf = (about: string) => string | undefined;

export const factsOf = ({ lines }: SourceDocument): FactOf => {
  const facts = new Map(
    lines.flatMap(({ numbers }) => numbers.map(({ figure, fact }) => [figure, fact ?? undefined] as const)),
  );
  return (about) => facts.get(about);
};

function byLine<Each extends { readonly line: number }>(
  all: readonly Each[],
): ReadonlyMap<number, readonly Each[]> {
  const lines = new Map<number, Each[]>();
  for (const each of all) {
    const own = lines.get(each.line);
    if (own) own.push(each);
    else lines.set(each.line, [each]);
  }
  return lines;
}

/** The text with its numbers marked where they stand. Lines that are blank are left out. */
export function linesOfText(text: string, ticks: TickDocument, factOf: FactOf): readonly ShownLine[] {
  const numbers = byLine(ticks.numbers);
  const restored = byLine(ticks.restored);
  return text.split(/\r?\n/).flatMap((own, index): ShownLine[] => {
    const line = index + 1;
    if (own.trim() === '') return [];
    const parts: (string | ShownNumber)[] = [];
    let at = 0;
    for (const { column, text: print, mark, claim, figure, reason, why } of numbers.get(line) ?? []) {
      const about = claim ?? figure;
      if (column - 1 > at) parts.push(own.slice(at, column - 1));
      parts.push({ text: print, mark, about, fact: about && factOf(about), said: why ?? reason });
      at = column - 1 + print.length;
    }
    if (at < own.length) parts.push(own.slice(at));
    return [
      {
        line,
        parts,
        restored: (restored.get(line) ?? []).map(({ figure, published, because }) => ({
          text: published,
          mark: 'repaired',
          about: figure,
          fact: factOf(figure),
          said: because ?? 'read from a smeared copy',
          inferred: true,
        })),
      },
    ];
  });
}

/** What the book read on each line: labels and numbers, and no sentence. */
export function linesOfSource({ lines }: SourceDocument): readonly ShownLine[] {
  return lines.map(({ line, title, numbers }): ShownLine => {
    const parts: (string | ShownNumber)[] = [];
    let label: string | undefined;
    for (const number of numbers) {
      if (number.label !== label && number.label !== number.text)
        parts.push(`${parts.length === 0 ? '' : '  '}${number.label} `);
      else if (parts.length > 0) parts.push('  ');
      label = number.label;
      const inferred = number.reading === 'repaired';
      parts.push({
        text: inferred || number.text === '' ? number.published : number.text,
        mark: number.fact === null ? 'claim-untied' : number.state,
        about: number.fact === null ? undefined : number.figure,
        fact: number.fact ?? undefined,
        said: number.note ?? `${title}${number.column === '' ? '' : `, ${number.column}`}`,
        inferred,
      });
    }
    return { line, parts, restored: [] };
  });
}

export const numbersOf = ({ parts, restored }: ShownLine): readonly ShownNumber[] => [
  ...parts.filter((part) => typeof part !== 'string'),
  ...restored,
];

/** How many numbers carry each mark. */
export function countMarks(numbers: readonly ShownNumber[]): ReadonlyMap<MarkName, number> {
  const counts = new Map<MarkName, number>();
  for (const { mark } of numbers) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return counts;
}
