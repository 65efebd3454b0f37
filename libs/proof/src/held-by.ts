/**
 * One equation that holds a cross-checked fact: a tie in print which the entries cannot absorb, so that the fact could not
 * be changed alone without breaking it.
 *
 * The entries cannot absorb a tie where every posting of an entry adds as much to what should be nil as every other:
 * then no balanced change of any entry moves it. Of several the shortest is said.
 */
import type { Entry } from '@tieout/ledger';
import { coefficientOf, linearForm, type World } from '@tieout/statements';
import type { Check } from './check';
import { degreeOf } from './polynomial';
import { figuresOf, residualOf, type PrintTie } from './ties';

export function heldBy(
  fact: string,
  check: Check,
  entries: readonly Entry[],
  world: World,
): PrintTie | undefined {
  const own = new Set(check.prints.of(fact).map(({ figure }) => figure.id));
  const candidates = check.ties
    .flatMap(({ tie, state }) =>
      tie.kind !== 'ledger' && tie.kind !== 'agree' && (state === 'ties' || state === 'repaired')
        ? [tie]
        : [],
    )
    .filter((tie) => figuresOf(tie).some((figure) => own.has(figure)))
    .sort((a, b) => figuresOf(a).length - figuresOf(b).length);
  return candidates.find((tie) => isRigid(tie, check, entries, world));
}

/** Exact, linear, and out of reach of any balanced change of the entries. */
function isRigid(tie: PrintTie, { prints }: Check, entries: readonly Entry[], world: World): boolean {
  const residual = residualOf(tie);
  if (degreeOf(residual) !== 1) return false;
  const terms = residual.map(({ times, of: [figure] }) => {
    const print = figure === undefined ? undefined : prints.get(figure);
    const form = print?.exact ? linearForm(print.figure.fact, world) : undefined;
    return form && { times, coefficient: coefficientOf(form) };
  });
  if (terms.some((term) => term === undefined)) return false;
  return entries.every(({ postings }) => {
    const effects = postings.map((leg) =>
      terms.reduce((sum, term) => sum + (term ? term.times * term.coefficient(leg) : 0), 0),
    );
    return effects.every((effect) => effect === effects[0]);
  });
}
