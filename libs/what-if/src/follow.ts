/**
 * What follows from an adjustment, by rules that the book declares and the scenario chooses: tax, cash, the closing of the
 * result to equity, the share of non-controlling interests.
 *
 * Every consequence is an entry of its own with its rule in words; where nothing follows (`hold`), nothing is posted. A
 * result is closed only in periods that the base has closed to equity itself, so an open ledger stays open.
 *
 *     WI-2  dr deferred-tax-assets 16,265.49 / cr income-tax.deferred 16,265.49      rule: tax at 15%, deferred
 *     WI-3  dr equity.accumulated-losses … / cr impairment.trade-receivables …       rule: result closed
 */
import type { Problem } from '@tieout/events';
import { periodOf, type Posting } from '@tieout/ledger';
import { addMinor, negateMinor, subtractMinor, sumMinor, type Minor } from '@tieout/money';
import { amountOf, inAny, type Draft } from './applied';
import type { Base } from './base';
import { fraction, partOf, type Rational } from './rational';
import type { ClosingRule, Rules, TaxRule } from './scenario';

/** The rules of a scenario, read. */
export interface Policy {
  readonly tax?: {
    readonly rate: Rational;
    readonly through: TaxRule;
    readonly recoverable: boolean;
    readonly words: string;
  };
  readonly nci?: { readonly share: Rational; readonly words: string };
  readonly settled: boolean;
}

const percent = (text: string): Rational | undefined => {
  const written = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  const part = written === undefined ? undefined : fraction(written);
  return part && { over: part.over, under: part.under * 100n };
};

/** The scenario's rules, or what is wrong with them. */
export function policyOf(
  { tax, nci, cash }: Rules,
  { driverBook: { consequences } }: Base,
): Policy | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  let taxed: Policy['tax'];
  if (tax !== undefined && tax !== 'hold') {
    const [, name = '', how] = /^(\S+)(?: (current|not recoverable))?$/.exec(tax.trim()) ?? [];
    const { rates = {}, deferred, current } = consequences.tax ?? {};
    const rate = percent(rates[name] ?? name);
    const through = how === 'current' ? current : deferred;
    if (!rate || !through) {
      const known = Object.entries(rates).map(([each, at]) => `${each} (${at})`);
      problems.push({
        code: 'E107',
        message: through
          ? `cannot read "${tax}" as a tax rule`
          : 'this book declares no account for tax on adjustments',
        help: `tax is hold, a rate (15%)${known.length > 0 ? `, or one of ${known.join(', ')}` : ''}; then "current" or "not recoverable" may follow`,
      });
    } else
      taxed = {
        rate,
        through,
        recoverable: how !== 'not recoverable',
        words: `tax at ${rates[name] ?? name}, ${how === 'current' ? 'current' : 'deferred'}`,
      };
  }
  const share = nci === undefined || nci === 'hold' ? undefined : percent(nci);
  if (nci !== undefined && nci !== 'hold' && !share)
    problems.push({
      code: 'E107',
      message: `cannot read "${nci}" as a share of non-controlling interests`,
      help: 'nci is hold, or a share like 1.5%',
    });
  if (cash !== undefined && cash !== 'non-cash' && cash !== 'settled')
    problems.push({
      code: 'E107',
      message: `cannot read "${cash}" as a cash rule`,
      help: 'cash is non-cash or settled',
    });
  if (cash === 'settled' && !consequences.cash)
    problems.push({
      code: 'E107',
      message: 'this book declares no account that settles adjustments in cash',
      help: 'declare consequences.cash in drivers.yaml',
    });
  if (problems.length > 0) return { problems };
  return {
    settled: cash === 'settled',
    ...(taxed ? { tax: taxed } : {}),
    ...(share ? { nci: { share, words: `non-controlling interests bear ${nci}` } } : {}),
  };
}

/** The entries that follow from an adjustment's own; and what was left out, in words. */
export function follow(
  drafts: readonly Draft[],
  policy: Policy,
  base: Base,
): { readonly drafts: readonly Draft[]; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const settled = policy.settled ? settlements(drafts, base) : [];
  const taxed = policy.tax ? taxes(drafts, policy.tax, base, notes) : [];
  const own = [...drafts, ...settled, ...taxed];
  return { drafts: [...settled, ...taxed, ...closings(own, policy, base)], notes };
}

/** Postings by the period that they fall in; those after the last period stay outside. */
function byPeriod(drafts: readonly Draft[], { chart }: Base): Map<string, Posting[]> {
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
  base: Base,
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
function settlements(drafts: readonly Draft[], base: Base): Draft[] {
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
function closingDay(period: string, { chart, entries }: Base): string | undefined {
  const days = chart.periods.find(({ id }) => id === period);
  return (
    days &&
    entries.find(({ event, date }) => event === 'ResultClosed' && days.from <= date && date <= days.to)?.date
  );
}

function closings(drafts: readonly Draft[], policy: Policy, base: Base): Draft[] {
  return [...byPeriod(drafts, base)].flatMap(([period, legs]) => {
    const day = closingDay(period, base);
    return day === undefined
      ? []
      : base.driverBook.consequences.close.flatMap((rule) => closing(rule, { legs, day, policy, base }));
  });
}

function closing(
  rule: ClosingRule,
  { legs, day, policy, base }: { legs: readonly Posting[]; day: string; policy: Policy; base: Base },
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
  const theirs = policy.nci && rule.nci ? partOf(total, policy.nci.share) : 0;
  const postings = [
    ...closed,
    leg(rule.to.account, rule.to.movement, subtractMinor(total, theirs)),
    ...(rule.nci && theirs !== 0 ? [leg(rule.nci.account, rule.nci.movement, theirs)] : []),
  ].filter(({ minor }) => minor !== 0);
  if (postings.length === 0) return [];
  const words =
    policy.nci && rule.nci
      ? `closed to ${rule.to.account}; ${policy.nci.words}`
      : `closed to ${rule.to.account}; non-controlling interests held`;
  return [{ rule: words, event: 'ResultClosed', description: `Effect ${words}`, postings }];
}
