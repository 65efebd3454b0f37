/**
 * Coverage by statement and kind of tie: how many figures ties look at, how many they tick, and the worst that they say.
 */
import type { CoverageDocument } from '@tieout/documents';
import {
  figuresOf,
  prose,
  subjectsOf,
  tieKinds,
  tieStates,
  worstState,
  type CheckedTie,
} from '@tieout/proof';
import { checked, type Checked } from './checked';
import type { Session } from './session';

const worstOf = (ties: readonly CheckedTie[]): CheckedTie['state'] =>
  tieStates.find((state) => ties.some((each) => each.state === state)) ?? 'not-run';

/** Does the tie speak for what it looks at? */
const holds = ({ state }: CheckedTie): boolean =>
  state === 'ties' || state === 'within-rounding' || state === 'repaired';

/** Ties of each kind by the figures that they look at, claims of the prose included. */
function looking({ check }: Checked): ReadonlyMap<string, ReadonlyMap<string, readonly CheckedTie[]>> {
  const kinds = new Map<string, Map<string, CheckedTie[]>>(tieKinds.map((kind) => [kind, new Map()]));
  for (const each of check.ties) {
    const figures = kinds.get(each.tie.kind);
    for (const figure of new Set(figuresOf(each.tie))) {
      const known = figures?.get(figure);
      if (known) known.push(each);
      else figures?.set(figure, [each]);
    }
  }
  return kinds;
}

export async function coverageDocument(session: Session): Promise<CoverageDocument> {
  const run = await checked(session);
  const { check, layouts } = run;
  const { basis, ...counts } = run.coverage();
  const byKind = looking(run);
  const titles = new Map([
    ...layouts.map(({ id, title }): [string, string] => [id, title]),
    [prose, 'Prose'],
  ]);
  const statements = [...titles].flatMap(([id, title]) => {
    const own = check.figures.filter(({ figure }) => figure.statement === id);
    const unreached = id === prose ? check.unreached.length : 0;
    if (own.length + unreached === 0) return [];
    const kinds = tieKinds.flatMap((kind) => {
      const reached = own.flatMap(({ figure }) => {
        const ties = byKind.get(kind)?.get(figure.id);
        return ties ? [{ figure: figure.id, ties }] : [];
      });
      if (reached.length === 0) return [];
      // A print that contradicts another spoils its own tick, and not the tick of the print that it contradicts.
      const contradicted = ({ figure, ties }: (typeof reached)[number]): boolean =>
        ties.some(
          (each) => !holds(each) && each.state !== 'not-run' && subjectsOf(each.tie).includes(figure),
        );
      const ticked = reached.filter((each) => each.ties.some(holds) && !contradicted(each));
      const ties = [...new Set(reached.flatMap((each) => each.ties))];
      return [
        { kind, figures: reached.length, ticked: ticked.length, ties: ties.length, worst: worstOf(ties) },
      ];
    });
    return [
      {
        id,
        title,
        figures: own.length + unreached,
        tested: own.filter(({ state }) => state !== 'untested').length,
        crossChecked: own.filter(({ figure }) => basis.get(figure.id) === 'cross-checked').length,
        worst: worstState(own.map(({ state }) => state)),
        kinds,
      },
    ];
  });
  return {
    schema: 'tieout.coverage/1',
    book: session.book.id,
    revision: session.revision,
    counts,
    statements,
  };
}
