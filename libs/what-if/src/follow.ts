/**
 * What follows from an adjustment, by rules that the book declares and the scenario chooses: tax, cash, the closing of the
 * result to equity, the share of non-controlling interests, in all or by entity (entities.ts).
 *
 * Every consequence is an entry of its own with its rule in words; where nothing follows (`hold`), nothing is posted. A
 * result is closed only in periods that the base has closed to equity itself, so an open ledger stays open; what is booked
 * late in a period that has only net movements, equity's among them, is closed on the day that those are of.
 *
 *     WI-2  dr deferred-tax-assets 16,265.49 / cr income-tax.deferred 16,265.49      rule: tax at 15%, deferred
 *     WI-3  dr equity.accumulated-losses … / cr impairment.trade-receivables …       rule: result closed
 */
import { periodOf, type Posting } from '@tieout/ledger';
import { addMinor, negateMinor, subtractMinor, sumMinor, type Minor } from '@tieout/money';
import { amountOf, inAny, type Draft } from './applied';
import type { Books } from './base';
import { byEntity, shareIn, type Bearing } from './entities';
import type { Policy } from './policy';
import { partOf } from './rational';
import type { ClosingRule, TaxRule } from './scenario';

/** The entries that follow from an adjustment's own; and what was left out or assumed, in words. */
export function follow(
  drafts: readonly Draft[],
  policy: Policy,
  base: Books,
  entity?: string,
): { readonly drafts: readonly Draft[]; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const followers = (own: readonly Draft[], nci: Bearing | undefined): readonly Draft[] => {
    const settled = policy.settled ? settlements(own, base) : [];
    const taxed = policy.tax ? taxes(own, policy.tax, base, notes) : [];
    return [...settled, ...taxed, ...closings([...own, ...settled, ...taxed], nci, base)];
  };
  const { nci } = policy;
  if (nci !== 'entity') return { drafts: followers(drafts, nci), notes };
  const following = byEntity(drafts, base, entity).flatMap(({ entity: owner, drafts: own }) => {
    const bearing = owner && shareIn(owner);
    const made = followers(own, bearing);
    const shared = made.some(({ event }) => event === 'ResultClosed');
    if (bearing && shared)
      notes.push(`${bearing.words}${owner?.note === undefined ? '' : `: ${owner.note}`}`);
    return made;
  });
  return { drafts: following, notes };
}

/** Postings by the period that they fall in; those after the last period stay outside. */
function byPeriod(drafts: readonly Draft[], { chart }: Books): Map<string, Posting[]> {
  const periods = new Map<string, Posting[]>();
  for (const { postings } of drafts) {
    for (const leg of postings) {
      const id = periodOf(leg.day, chart)?.id;
      if (id === undefined) continue;
      const known = periods.get(id);
      if (known) known.push(leg);
      else periods.set(id, [leg]);
    }
  }
  return periods;
}

function taxes(
  drafts: readonly Draft[],
  { rate, through, recoverable, words }: NonNullable<Policy['tax']>,
  base: Books,
  notes: string[],
): Draft[] {
  const { chart } = base;
  return [...byPeriod(drafts, base)].flatMap(([, legs]): Draft[] => {
    const taxable = legs.filter(({ account, movement }) => {
      const { type, role } = chart.accounts.get(account) ?? {};
      return (
        (type === 'income' || type === 'expense') &&
        role !== 'income-tax' &&
        chart.movements.get(movement)?.group === 'profit-or-loss'
      );
    });
    // Debit positive: a higher loss is a tax credit.
    const credit = partOf(sumMinor(taxable.map(({ minor }) => minor)), rate);
    const [first] = taxable;
    if (!first || credit === 0) return [];
    if (credit > 0 && !recoverable) {
      notes.push(`${words}: ${amountOf(credit, base)} is not recoverable, so no asset is recognised`);
      return [];
    }
    const leg = ({ account, movement }: TaxRule['expense'], minor: Minor): Posting => ({
      ...{ account, movement, minor, day: first.day, unit: first.unit },
      dimensions: { ...chart.accounts.get(account)?.dimensions },
    });
    return [
      {
        rule: words,
        event: 'IncomeTaxRecognised',
        description: `Income tax on the adjustment, ${words}`,
        postings: [leg(through.balance, credit), leg(through.expense, negateMinor(credit))],
      },
    ];
  });
}

/** What the adjustment left on receivables and payables, paid or collected at once. */
function settlements(drafts: readonly Draft[], base: Books): Draft[] {
  const rule = base.driverBook.consequences.cash;
  if (!rule) return [];
  return drafts.flatMap((draft): Draft[] => {
    const open = draft.postings.filter(
      ({ account, movement }) =>
        inAny(account, rule.accounts) && base.chart.movements.get(movement)?.group === 'roll-forward',
    );
    const net = sumMinor(open.map(({ minor }) => minor));
    const [first] = open;
    if (!first) return [];
    const back = open.map((leg): Posting => ({
      ...leg,
      movement: rule.movement,
      minor: negateMinor(leg.minor),
    }));
    const cash: Posting = { ...rule.cash, day: first.day, unit: first.unit, minor: net, dimensions: {} };
    return [
      {
        rule: 'settled in cash at once',
        event: 'CashSettled',
        description: `Settled: ${draft.description}`,
        postings: [...back, cash].filter(({ minor }) => minor !== 0),
      },
    ];
  });
}

/** The day on which the base closes the result of a period to equity, if it does. */
function closingDay(period: string, { chart, entries }: Books): string | undefined {
  const days = chart.periods.find(({ id }) => id === period);
  const dayOf = (closing: Draft['event']): string | undefined =>
    days &&
    entries.find(({ event, date }) => event === closing && days.from <= date && date <= days.to)?.date;
  return dayOf('ResultClosed') ?? dayOf('NetMovementRecorded');
}

function closings(drafts: readonly Draft[], nci: Bearing | undefined, base: Books): Draft[] {
  return [...byPeriod(drafts, base)].flatMap(([period, legs]) => {
    const day = closingDay(period, base);
    return day === undefined
      ? []
      : base.driverBook.consequences.close.flatMap((rule) => closing(rule, { legs, day, nci, base }));
  });
}

function closing(
  rule: ClosingRule,
  {
    legs,
    day,
    nci,
    base,
  }: {
    legs: readonly Posting[];
    day: string;
    nci: Bearing | undefined;
    base: Books;
  },
): Draft[] {
  const { chart } = base;
  const sums = new Map<string, Minor>();
  for (const { account, movement, minor } of legs)
    if (movement === rule.movement && inAny(account, rule.accounts))
      sums.set(account, addMinor(sums.get(account) ?? 0, minor));
  const leg = (account: string, movement: string, minor: Minor): Posting => ({
    ...{ account, movement, minor, day, unit: chart.currency },
    dimensions: { ...chart.accounts.get(account)?.dimensions },
  });
  const closed = [...sums].map(([account, minor]) => leg(account, rule.closing, negateMinor(minor)));
  const total = sumMinor(sums.values());
  const theirs = nci && rule.nci ? partOf(total, nci.share) : 0;
  const postings = [
    ...closed,
    leg(rule.to.account, rule.to.movement, subtractMinor(total, theirs)),
    ...(rule.nci && theirs !== 0 ? [leg(rule.nci.account, rule.nci.movement, theirs)] : []),
  ].filter(({ minor }) => minor !== 0);
  if (postings.length === 0) return [];
  const words =
    nci && rule.nci
      ? `closed to ${rule.to.account}; ${nci.words}`
      : `closed to ${rule.to.account}; non-controlling interests held`;
  return [{ rule: words, event: 'ResultClosed', description: `Effect ${words}`, postings }];
}
