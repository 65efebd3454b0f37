/**
 * What every account stands at on a day, in debit and credit that foot to the same; and the chart that postings name.
 */
import type { AccountsDocument, TrialBalanceDocument } from '@tieout/documents';
import { entryEventNames } from '@tieout/events';
import { addMinor, formatMinor, negateMinor, type Minor } from '@tieout/money';
import { Statements } from '@tieout/projections';
import type { Ledger, Session } from './session';
import { whenOf } from './when';

export interface TrialBalance {
  /** The last day that is asked for. */
  readonly day: string;
  /** Accounts that are not nil, in the order of the chart; debit positive. */
  readonly balances: readonly { readonly account: string; readonly name: string; readonly minor: Minor }[];
  /** Both sides without their sign: equal. */
  readonly debits: Minor;
  readonly credits: Minor;
}

/** `--at`, the end of `--period`, or the end of the book. */
function dayOf(session: Session): string {
  const when = whenOf(session);
  const { periods } = session.book.chart;
  if (when.kind === 'day') return when.day;
  const period = when.kind === 'period' ? periods.find(({ id }) => id === when.period) : periods.at(-1);
  return period?.to ?? '';
}

export function trialBalance(session: Session): TrialBalance {
  const { projections, book } = session;
  const day = dayOf(session);
  const { legs } = projections.get(Statements).books().world;
  const balances = [...book.chart.accounts.values()].flatMap(({ id, name }) => {
    let minor: Minor = 0;
    for (const leg of legs.byAccount.get(id) ?? [])
      if (leg.day <= day && leg.unit === book.chart.currency) minor = addMinor(minor, leg.minor);
    return minor === 0 ? [] : [{ account: id, name, minor }];
  });
  const side = (sign: 1 | -1): Minor =>
    balances.reduce<Minor>((sum, { minor }) => (minor > 0 === sign > 0 ? addMinor(sum, minor) : sum), 0);
  return { day, balances, debits: side(1), credits: negateMinor(side(-1)) };
}

/** The document of `tieout tb --json`. */
export function trialBalanceDocument(session: Session): TrialBalanceDocument {
  const { book, revision, basis } = session;
  const { day, balances, debits, credits } = trialBalance(session);
  return {
    schema: 'tieout.trial-balance/1',
    ...{ book: book.id, basis, at: day, revision, unit: `${book.chart.currency} minor units` },
    accounts: balances.map(({ account, name, minor }) => ({ account, name, minor: formatMinor(minor) })),
    debits: formatMinor(debits),
    credits: formatMinor(credits),
  };
}

/** What entries of the book may name. */
export function accountsDocument({ book }: Pick<Ledger, 'book'>): AccountsDocument {
  const { chart, amountUnit } = book;
  return {
    schema: 'tieout.accounts/1',
    ...{ book: book.id, currency: chart.currency, minorDigits: chart.minorDigits, amounts: amountUnit.text },
    events: [...entryEventNames],
    accounts: [...chart.accounts.values()].map(({ dimensions, ...account }) => ({
      ...account,
      dimensions: { ...dimensions },
    })),
    movements: [...chart.movements.values()].map(({ id, name, group }) => ({ id, name, group })),
    dimensions: [...chart.dimensions.values()].map(({ id, name, members }) => ({
      ...{ id, name, members: { ...members } },
    })),
  };
}
