/**
 * The posting rule of each event type: what an event's name promises about its postings.
 *
 * Double entry alone lets anything balance against anything. The name of an event says what happened, so it limits the
 * accounts that may be touched: an impairment that credits cash is no impairment. Rules speak of types and roles of
 * accounts, never of accounts, so they hold for every book. Clearing accounts count as balance-sheet accounts: an
 * other leg that nobody disclosed stands there and says so.
 *
 *     2022-06-30 JE-1 ImpairmentRecognised  Loss allowance for trade receivables
 *       impairment.trade-receivables   profit-or-loss    520,187
 *       receivables.trade.allowance    impairment       (520,187)
 */
import type { Account, AccountRole, AccountType, Chart } from './chart';
import type { Entry, Posting } from './entry';

interface Leg {
  readonly account: Account;
  readonly posting: Posting;
}

/** A kind of leg, in words and as a test. */
interface Kind {
  readonly words: string;
  readonly test: (leg: Leg) => boolean;
}

interface PostingRule {
  /** Of each at least one leg is needed. */
  readonly needs: readonly Kind[];
  /** Legs beside the needed ones; a leg that is neither breaks the rule. */
  readonly beside: readonly Kind[];
  /** What only the legs together can show; a sentence when it is broken. */
  readonly together?: (legs: readonly Leg[]) => string | undefined;
}

const role = (words: string, ...roles: AccountRole[]): Kind => ({
  words,
  test: ({ account }) => roles.includes(account.role),
});
const type = (words: string, ...types: AccountType[]): Kind => ({
  words,
  test: ({ account }) => types.includes(account.type),
});

const nonCash: Kind = {
  words: 'assets other than cash',
  test: ({ account }) => account.type === 'asset' && account.role !== 'cash',
};

/** Cash and the contra accounts are assets by type, but nobody acquires or disposes of an allowance. */
const tradeable = (words: string, side: 1 | -1): Kind => ({
  words,
  test: ({ account, posting }) =>
    account.type === 'asset' &&
    !['cash', 'allowance', 'accumulated-depreciation'].includes(account.role) &&
    (side === 1 ? posting.minor > 0 : posting.minor < 0),
});

const balanceSheet = type('balance-sheet accounts', 'asset', 'liability', 'equity', 'clearing');
const clearing = role('clearing accounts', 'clearing');
const comprehensiveIncome = role('other comprehensive income', 'other-comprehensive-income');

const rules: Readonly<Record<Entry['event'], PostingRule | 'anything'>> = {
  OpeningBalanceRecorded: { needs: [], beside: [balanceSheet] },
  NetMovementRecorded: { needs: [], beside: [balanceSheet] },
  RevenueRecognised: { needs: [role('a revenue account', 'revenue')], beside: [balanceSheet] },
  OtherIncomeRecognised: {
    needs: [role('an other-income or other-result account', 'other-income', 'other-result')],
    beside: [balanceSheet],
  },
  ExpenseIncurred: {
    needs: [role('an operating-expense or other-result account', 'operating-expense', 'other-result')],
    beside: [balanceSheet],
  },
  // IFRS 9 5.5.8: a reversal of impairment is the same event with the sides exchanged.
  ImpairmentRecognised: {
    needs: [
      role('an impairment account', 'impairment'),
      {
        words: 'an allowance, an asset other than cash, or a clearing account',
        test: ({ account }) =>
          (account.type === 'asset' && account.role !== 'cash') || account.role === 'clearing',
      },
    ],
    beside: [],
  },
  // IFRS 9 5.7.7: of a liability at fair value, the part from own credit risk goes to other comprehensive income.
  FairValueRemeasured: {
    needs: [
      role('a fair-value or other-comprehensive-income account', 'fair-value', 'other-comprehensive-income'),
      role(
        'a financial asset or liability, or a clearing account',
        'financial-asset',
        'financial-liability',
        'clearing',
      ),
    ],
    beside: [],
  },
  ForeignExchangeRemeasured: {
    needs: [role('a foreign-exchange account', 'foreign-exchange')],
    beside: [balanceSheet],
  },
  // IAS 21.39: translation to the presentation currency never passes through profit or loss.
  TranslationDifferenceRecognised: {
    needs: [role('a clearing account', 'clearing')],
    beside: [balanceSheet, comprehensiveIncome],
  },
  FinanceIncomeEarned: {
    needs: [role('a finance-income account', 'finance-income')],
    beside: [balanceSheet],
  },
  // IAS 23.8: interest on a qualifying asset is capitalised; the asset is a balance-sheet account like any other.
  FinanceCostIncurred: { needs: [role('a finance-cost account', 'finance-cost')], beside: [balanceSheet] },
  ShareOfResultRecognised: {
    needs: [role('a share-of-result account', 'share-of-result')],
    beside: [type('balance-sheet accounts', 'asset', 'liability', 'clearing'), comprehensiveIncome],
  },
  IncomeTaxRecognised: {
    needs: [role('an income-tax account', 'income-tax')],
    beside: [role('tax balances', 'tax-balance'), clearing],
  },
  // IFRS 2.7: services received for equity are an expense with a credit to equity, the one way from profit or loss.
  EquityTransactionRecorded: {
    needs: [type('an equity account', 'equity')],
    beside: [
      balanceSheet,
      type('income and expenses, where the equity leg is share-based compensation', 'income', 'expense'),
    ],
    together: (legs) => {
      const result = legs.find(({ account }) => account.type === 'income' || account.type === 'expense');
      if (!result) return undefined;
      const other = legs.find(
        ({ account, posting }) =>
          account.type === 'equity' && posting.movement !== 'share-based-compensation',
      );
      return other && `${named(result)} against ${other.account.id} with movement ${other.posting.movement}`;
    },
  },
  AssetAcquired: { needs: [tradeable('a debit to an asset other than cash', 1)], beside: [balanceSheet] },
  AssetDisposed: {
    needs: [tradeable('a credit to an asset other than cash', -1)],
    beside: [balanceSheet, role('disposal results', 'disposal-result')],
  },
  AssetTransferred: {
    needs: [],
    beside: [type('liabilities', 'liability'), nonCash],
    together: (legs) => {
      const asset = legs.find(({ account }) => account.type === 'asset');
      const liability = legs.find(({ account }) => account.type === 'liability');
      return (
        asset &&
        liability &&
        `an asset (${asset.account.id}) and a liability (${liability.account.id}); a transfer stays within one of them`
      );
    },
  },
  CashSettled: {
    needs: [role('a cash account', 'cash')],
    beside: [type('assets', 'asset'), type('liabilities', 'liability'), clearing],
  },
  ResultClosed: {
    needs: [
      type('income, expenses or other comprehensive income', 'income', 'expense', 'comprehensive-income'),
      type('an equity account', 'equity'),
    ],
    beside: [],
  },
  EntryPosted: 'anything',
  EntryReversed: 'anything',
};

const named = ({ account }: Leg): string => `${account.id} (${account.role})`;

/** "a", "a and b", "a, b and c". */
function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** The rule in words: "ImpairmentRecognised touches an impairment account and …". */
export function describePostingRule(event: Entry['event']): string {
  const rule = rules[event];
  if (rule === 'anything') return `${event} takes any balanced postings`;
  const needs = listed(rule.needs.map((kind) => kind.words));
  const beside = listed(rule.beside.map((kind) => kind.words));
  if (needs === '') return `${event} touches only ${beside}`;
  return beside === ''
    ? `${event} touches ${needs}, and nothing else`
    : `${event} touches ${needs}, and beside only ${beside}`;
}

/**
 * Does the entry keep the rule of its event type? `undefined` when it does, else one sentence: what the rule wants and
 * what was found. Legs on accounts that the chart does not know are not judged (they are refused as E202), and while
 * there is one, nothing is said to be missing.
 */
export function checkPostingRule(entry: Entry, chart: Chart): string | undefined {
  const rule = rules[entry.event];
  if (rule === 'anything') return undefined;
  const legs = entry.postings.flatMap((posting): Leg[] => {
    const account = chart.accounts.get(posting.account);
    return account ? [{ account, posting }] : [];
  });
  const allKnown = legs.length === entry.postings.length;
  const allowed = [...rule.needs, ...rule.beside];
  const strangers = legs.filter((leg) => !allowed.some((kind) => kind.test(leg)));
  const missing = allKnown ? rule.needs.filter((kind) => !legs.some((leg) => kind.test(leg))) : [];
  const broken = rule.together?.(legs);
  const found = [
    ...(missing.length > 0 ? [`no leg on ${listed(missing.map((kind) => kind.words))}`] : []),
    ...(strangers.length > 0 ? [listed([...new Set(strangers.map(named))])] : []),
    ...(broken === undefined ? [] : [broken]),
  ];
  return found.length === 0 ? undefined : `${describePostingRule(entry.event)}; found ${found.join('; ')}`;
}
