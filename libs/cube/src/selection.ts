/**
 * Selections: which legs a figure is made of. The same selection works on cells and on postings, so the amount of a
 * figure and the entries behind it cannot disagree.
 *
 *     accounts: [ppe.cost], movements: [additions], where: { class: [electronic] }
 *
 * A range of days makes the three measures: opening is up to the day before, movement from first to last day,
 * closing up to the last.
 */
import { inFamily } from '@tieout/ledger';
import { addMinor, type Minor } from '@tieout/money';
import type { Cell, Leg, Selection } from './cell';
import { cellsOf, type Axes, type Cube } from './cube';
import { closesAt, opensAt } from './day';

/** Days inclusive, ISO; open where absent. `unit`: legs of this currency only. */
export interface LegRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly unit?: string | undefined;
}

const onAccount =
  ({ accounts }: Selection) =>
  (account: string): boolean =>
    accounts.some((family) => inFamily(account, family));

/** Everything but the account. */
function besides(
  { movements, except, where }: Selection,
  { from, to, unit }: LegRange,
): (leg: Leg) => boolean {
  const members = Object.entries(where ?? {});
  return (leg) =>
    (movements === undefined || movements.includes(leg.movement)) &&
    (except === undefined || !except.includes(leg.movement)) &&
    (from === undefined || leg.day >= from) &&
    (to === undefined || leg.day <= to) &&
    (unit === undefined || leg.unit === unit) &&
    members.every(([dimension, listed]) => {
      const member = leg.dimensions[dimension];
      return member !== undefined && listed.includes(member);
    });
}

/** The selection as a predicate, on postings and cells alike. */
export function matches(selection: Selection, range: LegRange = {}): (leg: Leg) => boolean {
  const account = onAccount(selection);
  const rest = besides(selection, range);
  return (leg) => account(leg.account) && rest(leg);
}

/** The axes that these selections, over ranges of days, look at: the coarsest cube that answers them all. */
export function axesOf(selections: Iterable<Selection>): Axes {
  const dimensions = new Set([...selections].flatMap(({ where }) => Object.keys(where ?? {})));
  return { account: true, movement: true, day: true, dimensions: [...dimensions].sort() };
}

/** A question that the cells cannot answer is a bug: unanswered it would be a silent nil. */
function assertAnswers(
  { axes }: Cube,
  { movements, except, where }: Selection,
  { from, to }: LegRange,
): void {
  const missing = [
    ...(axes.account ? [] : ['account']),
    ...(axes.movement || (movements === undefined && except === undefined) ? [] : ['movement']),
    ...(from === undefined || opensAt(from, axes.day) ? [] : [`day from ${from}`]),
    ...(to === undefined || closesAt(to, axes.day) ? [] : [`day to ${to}`]),
    ...Object.keys(where ?? {}).filter(
      (name) => axes.dimensions !== 'all' && !axes.dimensions.includes(name),
    ),
  ];
  if (missing.length > 0)
    throw new Error(`assertion failed: the cube is not told apart by ${missing.join(', ')}`);
}

const familyIndex = new WeakMap<Cube['cells'], ReadonlyMap<string, readonly string[]>>();

/** Accounts by family, as `inFamily` has it: made once a cube, because a statement asks hundreds of times. */
function accountsByFamily(cells: Cube['cells']): ReadonlyMap<string, readonly string[]> {
  const known = familyIndex.get(cells);
  if (known) return known;
  const index = new Map<string, string[]>();
  for (const account of cells.keys()) {
    for (let end = account.length; end !== -1; end = account.lastIndexOf('.', end - 1)) {
      const family = account.slice(0, end);
      const members = index.get(family);
      if (members) members.push(account);
      else index.set(family, [account]);
    }
  }
  familyIndex.set(cells, index);
  return index;
}

/** The accounts of the selection, once each where its families overlap. */
function accountsIn(cells: Cube['cells'], { accounts }: Selection): Iterable<string> {
  const index = accountsByFamily(cells);
  const [only] = accounts;
  if (accounts.length === 1 && only !== undefined) return index.get(only) ?? [];
  return new Set(accounts.flatMap((family) => index.get(family) ?? []));
}

const isCube = (legs: Cube | Iterable<Leg>): legs is Cube => 'cells' in legs;

/** The legs of a selection, in their order; cells of a cube in canonical order. */
export function selectLegs(legs: Cube, selection: Selection, range?: LegRange): readonly Cell[];
export function selectLegs<T extends Leg>(
  legs: Iterable<T>,
  selection: Selection,
  range?: LegRange,
): readonly T[];
export function selectLegs(
  legs: Cube | Iterable<Leg>,
  selection: Selection,
  range: LegRange = {},
): readonly Leg[] {
  if (isCube(legs)) assertAnswers(legs, selection, range);
  return [...(isCube(legs) ? cellsOf(legs) : legs)].filter(matches(selection, range));
}

/**
 * The sum of a selection, debit positive. Throws where legs of two currencies would be added: name the unit in the
 * range. Over a cube it looks only at the accounts of the selection.
 */
export function total(legs: Cube | Iterable<Leg>, selection: Selection, range: LegRange = {}): Minor {
  const rest = besides(selection, range);
  let sum: Minor = 0;
  let unit: string | undefined;
  const add = (leg: Leg): void => {
    if (!rest(leg)) return;
    unit ??= leg.unit;
    if (leg.unit !== unit)
      throw new Error(`a total of ${unit} and ${leg.unit}: amounts of two currencies do not add`);
    sum = addMinor(sum, leg.minor);
  };
  if (isCube(legs)) {
    assertAnswers(legs, selection, range);
    for (const account of accountsIn(legs.cells, selection)) legs.cells.get(account)?.forEach(add);
  } else {
    const account = onAccount(selection);
    for (const leg of legs) if (account(leg.account)) add(leg);
  }
  return sum;
}
