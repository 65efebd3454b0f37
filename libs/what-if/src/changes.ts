/**
 * What a scenario changes: figures before and after, what each adjustment adds to them, and the published figures that no
 * longer agree.
 */
import { foldHypothetical, type HypotheticalCube, type Leg } from '@tieout/cube';
import { addMinor, ratio, roundDecimal, shiftDecimal, subtractDecimals, type Minor } from '@tieout/money';
import { stateOf, type FigureState } from '@tieout/proof';
import {
  evaluator,
  inUnit,
  money,
  valueText,
  type Evaluator,
  type HypotheticalWorld,
  type PublishedFigure,
  type Value,
} from '@tieout/statements';
import type { Applied } from './applied';
import type { Base } from './base';
import type { Facts, ShownFact } from './facts';

export interface Change extends ShownFact {
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  /** In the unit, unrounded; absent where a side cannot be said. */
  readonly beforeText?: string;
  readonly afterText?: string;
  readonly change?: string;
  /** In percent of what it was, to six places: a loss that grows is positive. Absent where it was nil. */
  readonly percent?: string;
  /** Why it cannot be determined any more. */
  readonly notDeterminable?: string;
}

/** What an adjustment adds to a changed figure, in the figure's unit. */
export interface Contribution {
  readonly adjustment: number;
  readonly change: string;
}

export interface DifferingTie {
  readonly figure: PublishedFigure;
  readonly replayed?: string;
  readonly state: FigureState;
}

/** Two worlds side by side. */
export interface Changing {
  readonly facts: Facts;
  readonly moved: ReadonlyMap<string, Minor>;
  readonly figures: Evaluator;
  readonly world: HypotheticalWorld;
  readonly base: Base;
}

export function changeOf(shown: ShownFact, { facts, moved, figures, world, base }: Changing): Change[] {
  const before = facts.figures.value(shown.fact);
  const delta = moved.get(shown.fact);
  const after =
    world.undetermined === undefined && before?.kind === 'money' && delta !== undefined
      ? money(addMinor(before.minor, delta))
      : figures.value(shown.fact);
  if (before && after && valueText(before) === valueText(after)) return [];
  const text = (value: Value | undefined): string | undefined =>
    value && inUnit(value, shown.unit, base.chart);
  const [beforeText, afterText] = [text(before), text(after)];
  if (beforeText === afterText && after?.kind !== 'not-disclosed') return [];
  const change =
    beforeText === undefined || afterText === undefined ? undefined : subtractDecimals(afterText, beforeText);
  const part = change === undefined || beforeText === undefined ? undefined : ratio(change, beforeText);
  return [
    {
      ...shown,
      before,
      after,
      ...(beforeText === undefined ? {} : { beforeText }),
      ...(afterText === undefined ? {} : { afterText }),
      ...(change === undefined ? {} : { change }),
      ...(part === undefined ? {} : { percent: roundDecimal(shiftDecimal(part, 2), 6) }),
      ...(after?.kind === 'not-disclosed' && before?.kind !== 'not-disclosed'
        ? { notDeterminable: after.why }
        : {}),
    },
  ];
}

interface Contributing {
  readonly applied: readonly Applied[];
  readonly facts: Facts;
  readonly ofAdjustment: (index: number) => readonly Leg[];
  readonly base: Base;
  readonly scenario: string;
  readonly makeWorld: (
    overlay: HypotheticalCube,
    upTo: readonly Applied[],
    fixed: readonly Applied[],
  ) => HypotheticalWorld;
}

export function contributions({
  applied,
  facts,
  ofAdjustment,
  base,
  scenario,
  makeWorld,
}: Contributing): (change: Change) => readonly Contribution[] {
  let linear: readonly ReadonlyMap<string, Minor>[] | undefined;
  let steps: readonly Evaluator[] | undefined;
  /** The world after the first adjustment, after the first two, and so on. */
  const worlds = (): readonly Evaluator[] =>
    (steps ??= applied.map((_, index) => {
      const batch = applied
        .slice(0, index + 1)
        .map((_each, position) => ({ position, legs: ofAdjustment(position) }));
      return evaluator(
        makeWorld(foldHypothetical(batch, scenario, base.cube.axes), applied.slice(0, index + 1), applied),
      );
    }));
  return ({ fact, unit, change, beforeText }) => {
    if (change === undefined || beforeText === undefined) return [];
    if (facts.isLinear(fact)) {
      linear ??= applied.map((_, index) => facts.movedBy(ofAdjustment(index)));
      return linear.flatMap((moved, adjustment): Contribution[] => {
        const minor = moved.get(fact);
        const text = minor === undefined ? undefined : inUnit(money(minor), unit, base.chart);
        return text === undefined ? [] : [{ adjustment, change: text }];
      });
    }
    let last = beforeText;
    return worlds().flatMap((figures, adjustment): Contribution[] => {
      const value = figures.value(fact);
      const now = value && inUnit(value, unit, base.chart);
      if (now === undefined || now === last) return [];
      const step = subtractDecimals(now, last);
      last = now;
      return [{ adjustment, change: step }];
    });
  };
}

function heldAgainst(
  figure: PublishedFigure,
  value: Value | undefined,
  { chart }: Base,
): { readonly state: FigureState; readonly replayed?: string } {
  const replayed = value && inUnit(value, figure.unit, chart);
  // Who confirmed a reading is not the question here.
  return {
    state: stateOf(figure, replayed, { confirmed: true }).state,
    ...(replayed === undefined ? {} : { replayed }),
  };
}

const agrees = (state: FigureState): boolean => state !== 'does-not-tie' && state !== 'untested';

export const agreeingIn = (base: Base, figures: Evaluator): readonly PublishedFigure[] =>
  base.figures.filter((figure) => agrees(heldAgainst(figure, figures.value(figure.fact), base).state));

export function publishedTies(
  agreeing: readonly PublishedFigure[],
  changes: readonly Change[],
  base: Base,
): { readonly agreeing: number; readonly differing: readonly DifferingTie[] } {
  const changed = new Map(changes.map((change) => [change.fact, change]));
  const differing = agreeing.flatMap((figure): DifferingTie[] => {
    const change = changed.get(figure.fact);
    if (!change) return [];
    const held = heldAgainst(figure, change.after, base);
    return agrees(held.state) ? [] : [{ figure, ...held }];
  });
  return { agreeing: agreeing.length - differing.length, differing };
}
