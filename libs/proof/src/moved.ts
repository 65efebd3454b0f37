/**
 * Which facts some entries moved: what has to be looked at again after them.
 *
 * An amount is moved when a posting enters it; a quotient or a change, when what it is made of is. What was recorded
 * and not posted is moved by no entry.
 */
import type { Entry } from '@tieout/ledger';
import { isStock, legsBehind, linearForm, parseFactId, type World } from '@tieout/statements';

export function movedFacts(
  facts: Iterable<string>,
  entries: readonly Pick<Entry, 'postings'>[],
  world: Pick<World, 'chart' | 'concepts'>,
): ReadonlySet<string> {
  const postings = entries.flatMap((entry) => entry.postings);
  const moved = (fact: string): boolean => {
    const form = linearForm(fact, world);
    if (form) return legsBehind(form, postings).length > 0;
    const id = parseFactId(fact);
    const formula = id && world.concepts.get(id.concept)?.formula;
    if (!id || !formula) return false;
    switch (formula.kind) {
      case 'quotient':
        return moved(`${formula.numerator}@${id.time}`) || moved(`${formula.denominator}@${id.time}`);
      case 'change': {
        const of = world.concepts.get(formula.of);
        const at = (period: string): string =>
          (of && isStock(of.formula) && world.chart.periods.find((each) => each.id === period)?.to) || period;
        return moved(`${formula.of}@${at(id.time)}`) || moved(`${formula.of}@${at(formula.since)}`);
      }
      default:
        return false;
    }
  };
  return new Set([...facts].filter(moved));
}
