/**
 * Balance: debits equal credits in every unit of an entry; what accounts stand at; on which side they may stand.
 *
 * A balance here is a stock: the sum of all legs up to a day. Debit positive, nil left out.
 */
import { type Minor, addMinor, subtractMinor } from '@tieout/money';
import type { Chart } from './chart';
import type { Entry, Posting } from './entry';

/** A unit in which an entry does not foot to zero. Debits and credits are both positive. */
export interface Imbalance {
  readonly unit: string;
  readonly debits: Minor;
  readonly credits: Minor;
  /** Debits less credits: never nil. */
  readonly difference: Minor;
}

/** Units that do not foot, in order of first posting; `undefined` when the entry balances. */
export function checkBalance(entry: {
  readonly postings: Entry['postings'];
}): readonly Imbalance[] | undefined {
  const sides = new Map<string, { debits: Minor; credits: Minor }>();
  for (const { unit, minor } of entry.postings) {
    const sum = sides.get(unit) ?? { debits: 0, credits: 0 };
    sides.set(unit, sum);
    if (minor > 0) sum.debits = addMinor(sum.debits, minor);
    else sum.credits = subtractMinor(sum.credits, minor);
  }
  const off = [...sides].flatMap(([unit, { debits, credits }]): Imbalance[] => {
    const difference = subtractMinor(debits, credits);
    return difference === 0 ? [] : [{ unit, debits, credits, difference }];
  });
  return off.length === 0 ? undefined : off;
}

/**
 * What the difference itself suggests: digits exchanged leave a multiple of nine (whatever the power of ten), a leg on
 * the wrong side leaves twice its amount.
 */
export function imbalanceHints(imbalance: Imbalance, postings: readonly Posting[]): readonly string[] {
  const difference = BigInt(imbalance.difference);
  const wrongSide = postings.filter(
    (leg) => leg.unit === imbalance.unit && BigInt(leg.minor) * 2n === difference,
  );
  return [
    ...wrongSide.map(
      (leg) => `the difference is twice the leg on ${leg.account}: it may be on the wrong side`,
    ),
    ...(difference % 9n === 0n ? ['the difference is divisible by 9: two digits may be transposed'] : []),
  ];
}

/** What an account stands at in one unit. */
export interface Balance {
  readonly account: string;
  readonly unit: string;
  readonly minor: Minor;
}

const byAccount = (a: Balance, b: Balance): number =>
  a.account < b.account ? -1 : a.account > b.account ? 1 : a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0;

/** Folds legs to balances per account and unit: nil left out, in order of account and unit. */
export function balancesOf(legs: Iterable<Balance>): readonly Balance[] {
  const accounts = new Map<string, Map<string, Minor>>();
  for (const { account, unit, minor } of legs) {
    const units = accounts.get(account) ?? new Map<string, Minor>();
    accounts.set(account, units);
    units.set(unit, addMinor(units.get(unit) ?? 0, minor));
  }
  const balances: Balance[] = [];
  for (const [account, units] of accounts) {
    for (const [unit, minor] of units) if (minor !== 0) balances.push({ account, unit, minor });
  }
  return balances.sort(byAccount);
}

/** A balance on a side that its account's nature forbids: cash overdrawn, a payable in debit. */
export interface SignBreach extends Balance {
  readonly normal: 'debit' | 'credit';
}

/** Accounts that stand on the side that their `normal` forbids. */
export function signBreaches(balances: readonly Balance[], chart: Chart): readonly SignBreach[] {
  return balances.flatMap(({ account, unit, minor }): SignBreach[] => {
    const normal = chart.accounts.get(account)?.normal ?? 'either';
    const breached = (normal === 'debit' && minor < 0) || (normal === 'credit' && minor > 0);
    return breached ? [{ account, unit, minor, normal }] : [];
  });
}
