/**
 * What must hold in any world, reported or not: a scenario that breaks one is no accounting and is refused.
 *
 *     trial balance foots · assets equal equity and liabilities · every table foots and cross-foots · opening and movements
 *     are closing, cash included · clearing accounts come back to nil · no account stands on a side that it cannot have
 *
 * Only what holds in the base is asked of a scenario.
 */
import type { Leg } from '@tieout/cube';
import { inFamily, signBreaches, type Balance } from '@tieout/ledger';
import { addMinor, multiplyMinor, subtractMinor, type Minor } from '@tieout/money';
import type { FootingInPrint } from '@tieout/proof';
import { addValues, valueText, type Evaluator, type Value } from '@tieout/statements';
import { amountOf } from './applied';
import type { Base } from './base';
import type { Facts } from './facts';

export interface Invariant {
  readonly id: string;
  readonly kind: 'trial-balance' | 'equation' | 'footing' | 'clearing' | 'side';
  readonly words: string;
}

export interface BrokenInvariant extends Invariant {
  readonly reason: string;
}

export interface Invariants {
  readonly held: number;
  readonly broken: readonly BrokenInvariant[];
}

/** The hypothetical world as the checks see it. */
export interface Seen {
  readonly legs: readonly Leg[];
  readonly moved: ReadonlyMap<string, Minor>;
  readonly figures: Evaluator;
  /** Is the fact another one now, for any reason? */
  readonly touched: (fact: string) => boolean;
  /** Clearing accounts that the scenario declares to hold a balance. */
  readonly holding: ReadonlySet<string>;
}

/** The checks of a base, made once. */
export function invariantsOf(base: Base, facts: Facts): (seen: Seen) => Invariants {
  const footings = base.footings.filter((footing) => holdsIn(footing, facts.figures));
  const linear = new Set(
    footings.filter(({ total, of }) => [total, ...of.map(({ fact }) => fact)].every(facts.isLinear)),
  );
  const ends = base.chart.periods.map(({ to }) => to);
  const clearing = [...base.chart.accounts.values()]
    .filter(({ type }) => type === 'clearing')
    .map(({ id }) => id);
  return (seen) => {
    const broken: BrokenInvariant[] = [];
    const equation = {
      id: 'trial-balance',
      kind: 'trial-balance',
      words: 'debits are credits, every day and unit',
    } as const;
    const off = outOfBalance(seen.legs);
    if (off !== undefined) broken.push({ ...equation, reason: `${off} does not foot to nil` });
    for (const footing of footings) {
      const reason = linear.has(footing) ? movesApart(footing, seen, base) : breaks(footing, seen);
      if (reason !== undefined)
        broken.push({
          id: `foot:${footing.total}`,
          kind: 'footing',
          words: `${footing.statement}: ${footing.total} is the sum of its parts`,
          reason,
        });
    }
    let held = 1 + footings.length;
    for (const { left, right } of base.driverBook.consequences.equal) {
      held += 1;
      const [a, b] = [seen.figures.value(left), seen.figures.value(right)];
      if (a && b && a.kind === 'money' && b.kind === 'money' && a.minor !== b.minor)
        broken.push({
          id: `equal:${left}`,
          kind: 'equation',
          words: `${left} equals ${right}`,
          reason: `${left} is ${amountOf(a.minor, base)}, ${right} ${amountOf(b.minor, base)}`,
        });
    }
    for (const end of ends) {
      for (const account of clearing) {
        if (seen.holding.has(account)) continue;
        held += 1;
        const moved = stockOf(seen.legs, account, end);
        if (moved !== 0)
          broken.push({
            id: `clearing:${account}@${end}`,
            kind: 'clearing',
            words: `${account} is nil at ${end}`,
            reason: `${account} would stand ${amountOf(moved, base)} off at ${end}`,
          });
      }
      const sides = newBreaches(seen.legs, end, base, facts);
      held += 1;
      broken.push(...sides);
    }
    return { held: held - broken.length, broken };
  };
}

function holdsIn({ total, of }: FootingInPrint, figures: Evaluator): boolean {
  const value = figures.value(total);
  const sum = sumIn(of, figures);
  return value !== undefined && sum !== undefined && valueText(value) === valueText(sum);
}

function sumIn(of: FootingInPrint['of'], figures: Evaluator): Value | undefined {
  const parts = of.map(({ fact, times }) => ({ value: figures.value(fact), times }));
  return parts.some(({ value }) => value === undefined)
    ? undefined
    : addValues(parts as { value: Value; times: 1 | -1 }[]);
}

/** Of sums of postings: the change of the total is that of its parts. */
function movesApart({ total, of }: FootingInPrint, { moved }: Seen, base: Base): string | undefined {
  const own = moved.get(total) ?? 0;
  const parts = of.reduce<Minor>(
    (sum, { fact, times }) => addMinor(sum, multiplyMinor(moved.get(fact) ?? 0, times)),
    0,
  );
  return own === parts
    ? undefined
    : `${total} changes by ${amountOf(own, base)}, its parts by ${amountOf(parts, base)}`;
}

/** Of other numbers, where one is touched: the total again, and its parts. What is undeterminable contradicts nothing. */
function breaks({ total, of }: FootingInPrint, { touched, figures }: Seen): string | undefined {
  if (![total, ...of.map(({ fact }) => fact)].some(touched)) return undefined;
  const [whole, parts] = [figures.value(total), sumIn(of, figures)];
  if (!whole || !parts || whole.kind === 'not-disclosed' || parts.kind === 'not-disclosed') return undefined;
  return valueText(whole) === valueText(parts) ? undefined : `${total} is not the sum of its parts`;
}

function outOfBalance(legs: readonly Leg[]): string | undefined {
  const sums = new Map<string, Minor>();
  for (const { day, unit, minor } of legs)
    sums.set(`${unit} ${day}`, addMinor(sums.get(`${unit} ${day}`) ?? 0, minor));
  return [...sums].find(([, sum]) => sum !== 0)?.[0];
}

function stockOf(legs: Iterable<Leg>, account: string, day: string): Minor {
  let sum: Minor = 0;
  for (const leg of legs) if (leg.account === account && leg.day <= day) sum = addMinor(sum, leg.minor);
  return sum;
}

/** Accounts that only the scenario brings to a side that they cannot have. */
function newBreaches(legs: readonly Leg[], day: string, base: Base, facts: Facts): BrokenInvariant[] {
  const touched = [...new Set(legs.filter((leg) => leg.day <= day).map(({ account }) => account))];
  return touched.flatMap((account): BrokenInvariant[] => {
    const moved = stockOf(legs, account, day);
    const before = stockOf(facts.legs.byAccount.get(account) ?? [], account, day);
    const balance = (minor: Minor): Balance => ({ account, unit: base.chart.currency, minor });
    if (signBreaches([balance(before)], base.chart).length > 0) return [];
    const [breach] = signBreaches([balance(addMinor(before, moved))], base.chart);
    if (!breach) return [];
    const users = base.entries.filter(
      ({ postings, date }) =>
        date <= day &&
        postings.some(
          (leg) => inFamily(leg.account, account) && leg.minor > 0 === subtractMinor(0, moved) < 0,
        ),
    );
    const others = users
      .slice(0, 3)
      .map(({ id }) => id)
      .join(', ');
    return [
      {
        id: `side:${account}@${day}`,
        kind: 'side',
        words: `${account} stands on its ${breach.normal} side`,
        reason: `${account} would stand at ${amountOf(breach.minor, base)} at ${day}, on the side that a ${breach.normal} account cannot have${others === '' ? '' : `: other entries stand on what was taken out (${others})`}`,
      },
    ];
  });
}
