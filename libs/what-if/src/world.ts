/**
 * The hypothetical world: the base's legs with the overlay's, recorded facts as the scenario has them, and what cannot be
 * determined any more.
 *
 * Invariant: only the accounts that the overlay touches are summed again; the base is never touched.
 */
import { addCubes, type HypotheticalCube } from '@tieout/cube';
import { addMinor, type Minor } from '@tieout/money';
import type { HypotheticalWorld } from '@tieout/statements';
import type { Applied } from './applied';
import type { Base } from './base';
import { undeterminedFacts, type Facts } from './facts';
import type { Scenario } from './scenario';

export interface WorldParts {
  readonly base: Base;
  readonly facts: Facts;
  readonly scenario: Scenario;
  readonly overlay: HypotheticalCube;
  /** Whose recorded facts stand. */
  readonly replaced: readonly Applied[];
  /** Whose facts are undetermined. */
  readonly undetermining: readonly Applied[];
  /** What the whole scenario adds to linear facts. */
  readonly moved: ReadonlyMap<string, Minor>;
}

export function worldOf({
  base,
  facts,
  scenario,
  overlay,
  replaced,
  undetermining,
  moved,
}: WorldParts): HypotheticalWorld {
  const { chart, concepts } = base;
  const sum = addCubes(base.cube, overlay);
  const byAccount = new Map(facts.legs.byAccount);
  for (const account of overlay.cells.keys())
    byAccount.set(account, [...(sum.cells.get(account)?.values() ?? [])]);
  const recorded = new Map(base.recorded);
  for (const each of replaced) for (const [fact, value] of each.replaced) recorded.set(fact, value);
  const declared = [...scenario.undetermined, ...undetermining.flatMap(({ undetermined }) => undetermined)];
  const signs = base.driverBook.consequences.whenPositive;
  const world = { chart, concepts, legs: { ...facts.legs, byAccount }, recorded, scenario: scenario.id };
  const turned = turnedPositive(signs, facts, moved);
  const undetermined = undeterminedFacts([...declared, ...turned], base);
  return undetermined.size === 0 ? world : { ...world, undetermined };
}

/** Figures that are a profit only in the scenario. */
function turnedPositive(
  signs: Base['driverBook']['consequences']['whenPositive'],
  { figures }: Facts,
  moved: ReadonlyMap<string, Minor>,
) {
  return signs.filter(({ figure }) => {
    const before = figures.value(figure);
    return (
      before?.kind === 'money' && before.minor <= 0 && addMinor(before.minor, moved.get(figure) ?? 0) > 0
    );
  });
}

/** Has a fact another value, or none any more? */
export function touching(
  moved: ReadonlyMap<string, Minor>,
  applied: readonly Applied[],
  world: HypotheticalWorld,
  facts: Facts,
): (fact: string) => boolean {
  const replaced = new Set(applied.flatMap((each) => [...each.replaced.keys()]));
  const undetermined = world.undetermined ?? new Map<string, string>();
  return (fact) => {
    if (moved.has(fact)) return true;
    if (facts.isLinear(fact) && undetermined.size === 0) return false;
    for (const each of facts.standsOn(fact))
      if (moved.has(each) || replaced.has(each) || undetermined.has(each)) return true;
    return false;
  };
}

/** Clearing accounts that a driver declares to hold a balance. */
export const holdingAccounts = (applied: readonly Applied[]): ReadonlySet<string> =>
  new Set(
    applied.flatMap(({ moved }) =>
      moved?.driver.kind === 'scale' && moved.driver.held ? [moved.driver.held.account] : [],
    ),
  );
