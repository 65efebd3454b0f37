/**
 * The mark that a number of a ticked document carries, and why: a number that is tied carries the state of its figure, so
 * that "does not tie" is the same everywhere; what the scan did to the rest has marks of its own.
 */
import type { MarkName } from '@tieout/documents';
import { formatAmount, placesOf } from '@tieout/money';
import type { CheckedFigure, TickedNumber } from '@tieout/proof';

/** In the order of a legend: what is well first. */
export const markNames: readonly MarkName[] = [
  'ties',
  'within-rounding',
  'repaired',
  'explained',
  'does-not-tie',
  'differs',
  'ghost',
  'smeared',
  'claim-untied',
  'label',
  'untested',
];

export function markNameOf({ state, figureState }: TickedNumber): MarkName {
  switch (state) {
    case 'tied':
    case 'claim-tied':
      return figureState ?? 'untested';
    case 'differs':
    case 'repaired':
    case 'ghost':
    case 'smeared':
    case 'claim-untied':
    case 'label':
    case 'untested':
      return state;
  }
}

/** How many numbers carry each mark; those that none carries are left out. */
export function countMarkNames(numbers: Iterable<TickedNumber>): ReadonlyMap<MarkName, number> {
  const counts = new Map<MarkName, number>();
  for (const number of numbers) {
    const name = markNameOf(number);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Map(markNames.flatMap((name) => (counts.has(name) ? [[name, counts.get(name) ?? 0]] : [])));
}

/** A quotient has forty places; six tell. */
const shortly = (decimal: string): string =>
  formatAmount(decimal, placesOf(decimal) > 6 ? { decimals: 6 } : {});

/** The tie that makes a figure not tie, and what a person recorded about it; undefined of a figure that ties. */
export function whyBroken({ state, ties, figure }: CheckedFigure): string | undefined {
  if (state !== 'does-not-tie' && state !== 'explained') return undefined;
  const decides = ties.find((each) => each.state === state);
  if (!decides) return undefined;
  const { tie, difference, explanation } = decides;
  const by = difference === undefined ? '' : ` by ${shortly(difference)} ${figure.unit}`;
  const told = explanation === undefined ? '' : `; ${explanation.actor} recorded why: ${explanation.reason}`;
  return `${tie.id} does not hold${by}${told}`;
}

/** Of a tied number that does not tie, why; of others, why they are not tied. */
export function whyOf(number: TickedNumber, held: CheckedFigure | undefined): string {
  const isTied = number.state === 'tied' || number.state === 'claim-tied';
  return (isTied && held ? whyBroken(held) : undefined) ?? number.reason;
}
