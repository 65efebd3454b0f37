/**
 * Which facts some entries moved: what has to be looked at again after them.
 *
 * An amount is moved when a posting enters it; a quotient or a change, when what it is made of is. What was recorded
 * and not posted is moved by no entry.
 */
import type { Entry } from '@tieout/ledger';
import { legsBehind, linearForm, type World } from '@tieout/statements';
import { inputsOf } from './inputs';

export function movedFacts(
  facts: Iterable<string>,
  entries: readonly Pick<Entry, 'postings'>[],
  world: Pick<World, 'chart' | 'concepts'>,
): ReadonlySet<string> {
  const postings = entries.flatMap((entry) => entry.postings);
  const moved = (fact: string): boolean => {
    const form = linearForm(fact, world);
    if (form) return legsBehind(form, postings).length > 0;
    return inputsOf(fact, world).some((input) => moved(input.fact));
  };
  return new Set([...facts].filter(moved));
}
