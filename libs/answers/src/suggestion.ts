/** The help line for a name that is not known: the closest one there is, or another next step. */
import { closest } from '@tieout/ledger';

export function suggestion(name: string, candidates: Iterable<string>, otherwise: string): string {
  const near = closest(name, candidates);
  return near === undefined ? otherwise : `did you mean ${near}?`;
}
