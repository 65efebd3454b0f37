import { entryEventNames } from '@tieout/events';
import { parseJournal } from './journal';
import { checkPostingRule, describePostingRule } from './posting-rule';
import { smallChart } from './small-chart';

/** The answer for one entry: an event and its legs, `ACCOUNT MOVEMENT AMOUNT` a line. */
function judge(event: string, ...legs: string[]): string | undefined {
  const [entry] = parseJournal(
    [`2022-06-30 JE-1 ${event}  What happened`, ...legs.map((leg) => `  ${leg}`)].join('\n'),
  );
  return checkPostingRule(entry!, smallChart);
}

/** Per event: entries that keep its rule, and entries that break it with what is said to be found. */
const cases: Record<string, { kept: string[][]; broken: [string[], string][] }> = {
  OpeningBalanceRecorded: {
    kept: [['cash opening 5', 'equity.share-capital opening (5)']],
    broken: [[['cash opening 5', 'revenue opening (5)'], 'revenue (revenue)']],
  },
  NetMovementRecorded: {
    kept: [['cash net-movement 5', 'undisclosed net-movement (5)']],
    broken: [
      [
        ['cash net-movement 5', 'oci.translation net-movement (5)'],
        'oci.translation (other-comprehensive-income)',
      ],
    ],
  },
  RevenueRecognised: {
    kept: [
      ['receivables.trade.gross recognised 5', 'revenue profit-or-loss (5)'],
      ['undisclosed recognised 5', 'revenue profit-or-loss (5)'],
    ],
    broken: [
      [['cash recognised 5', 'deferred-revenue recognised (5)'], 'no leg on a revenue account'],
      [
        ['expenses.selling profit-or-loss 5', 'revenue profit-or-loss (5)'],
        'expenses.selling (operating-expense)',
      ],
    ],
  },
  OtherIncomeRecognised: {
    kept: [
      ['cash recognised 5', 'other-income profit-or-loss (5)'],
      ['cash recognised 5', 'other-gains.donations profit-or-loss (5)'],
    ],
    broken: [
      [
        ['cash recognised 5', 'revenue profit-or-loss (5)'],
        'no leg on an other-income or other-result account; revenue (revenue)',
      ],
    ],
  },
  ExpenseIncurred: {
    kept: [
      ['expenses.selling profit-or-loss 5', 'payables.trade recognised (5)'],
      ['expenses.selling profit-or-loss 5', 'equity.share-capital share-based-compensation (5)'],
      ['other-gains.donations profit-or-loss 5', 'cash recognised (5)'],
    ],
    broken: [
      [
        ['expenses.selling profit-or-loss 5', 'impairment.trade profit-or-loss (5)'],
        'impairment.trade (impairment)',
      ],
    ],
  },
  ImpairmentRecognised: {
    kept: [
      ['impairment.trade profit-or-loss 5', 'receivables.trade.allowance recognised (5)'],
      ['receivables.trade.allowance recognised 5', 'impairment.trade profit-or-loss (5)'],
      ['impairment.trade profit-or-loss 5', 'inventories recognised (5)'],
      ['impairment.trade profit-or-loss 5', 'undisclosed recognised (5)'],
    ],
    broken: [
      [
        ['impairment.trade profit-or-loss 5', 'cash recognised (5)'],
        'no leg on an allowance, an asset other than cash, or a clearing account; cash (cash)',
      ],
      [
        ['expenses.selling profit-or-loss 5', 'receivables.trade.allowance recognised (5)'],
        'no leg on an impairment account; expenses.selling (operating-expense)',
      ],
    ],
  },
  FairValueRemeasured: {
    kept: [
      ['fvpl.equity recognised 5', 'other-gains.fair-value profit-or-loss (5)'],
      [
        'other-gains.fair-value profit-or-loss 5',
        'oci.credit-risk credit-risk 2',
        'preferred-liabilities recognised (7)',
      ],
      ['undisclosed recognised 5', 'other-gains.fair-value profit-or-loss (5)'],
    ],
    broken: [
      [
        ['inventories recognised 5', 'other-gains.fair-value profit-or-loss (5)'],
        'no leg on a financial asset or liability, or a clearing account; inventories (other-asset)',
      ],
      [
        ['fvpl.equity recognised 5', 'other-gains.foreign-exchange profit-or-loss (5)'],
        'no leg on a fair-value or other-comprehensive-income account; other-gains.foreign-exchange (foreign-exchange)',
      ],
    ],
  },
  ForeignExchangeRemeasured: {
    kept: [['other-gains.foreign-exchange profit-or-loss 5', 'fx-clearing translation (5)']],
    broken: [
      [
        ['other-gains.fair-value profit-or-loss 5', 'fx-clearing translation (5)'],
        'no leg on a foreign-exchange account; other-gains.fair-value (fair-value)',
      ],
    ],
  },
  TranslationDifferenceRecognised: {
    kept: [
      ['cash translation 5', 'fx-clearing translation (5)'],
      ['fx-clearing translation 5', 'oci.translation translation (5)'],
    ],
    broken: [
      [['cash translation 5', 'oci.translation translation (5)'], 'no leg on a clearing account'],
      [
        ['fx-clearing translation 5', 'other-gains.foreign-exchange profit-or-loss (5)'],
        'other-gains.foreign-exchange (foreign-exchange)',
      ],
    ],
  },
  FinanceIncomeEarned: {
    kept: [['cash recognised 5', 'finance-income profit-or-loss (5)']],
    broken: [
      [
        ['finance-costs profit-or-loss 5', 'finance-income profit-or-loss (5)'],
        'finance-costs (finance-cost)',
      ],
    ],
  },
  FinanceCostIncurred: {
    kept: [
      ['finance-costs profit-or-loss 4', 'ppe.cost.cip additions 1', 'borrowings.current recognised (5)'],
    ],
    broken: [
      [['ppe.cost.cip additions 5', 'borrowings.current recognised (5)'], 'no leg on a finance-cost account'],
    ],
  },
  ShareOfResultRecognised: {
    kept: [['share-of-result profit-or-loss 5', 'inventories recognised (5)']],
    broken: [
      [
        ['share-of-result profit-or-loss 5', 'equity.share-capital recognised (5)'],
        'equity.share-capital (reserve)',
      ],
    ],
  },
  IncomeTaxRecognised: {
    kept: [
      ['income-tax profit-or-loss 5', 'current-tax recognised (5)'],
      ['undisclosed recognised 5', 'income-tax profit-or-loss (5)'],
    ],
    broken: [[['income-tax profit-or-loss 5', 'cash recognised (5)'], 'cash (cash)']],
  },
  EquityTransactionRecorded: {
    kept: [
      ['cash capital-contribution 5', 'equity.share-capital capital-contribution (5)'],
      ['expenses.selling profit-or-loss 5', 'equity.share-capital share-based-compensation (5)'],
    ],
    broken: [
      [
        ['expenses.selling profit-or-loss 5', 'equity.share-capital capital-contribution (5)'],
        'expenses.selling (operating-expense) against equity.share-capital with movement capital-contribution',
      ],
      [['cash capital-contribution 5', 'payables.trade recognised (5)'], 'no leg on an equity account'],
      [
        ['oci.translation translation 5', 'equity.share-capital translation (5)'],
        'oci.translation (other-comprehensive-income)',
      ],
    ],
  },
  AssetAcquired: {
    kept: [['ppe.cost.electronic additions 5', 'payables.trade recognised (5)']],
    broken: [
      [
        ['cash purchase-of-ppe 5', 'ppe.cost.electronic additions (5)'],
        'no leg on a debit to an asset other than cash',
      ],
      [
        ['ppe.cost.electronic additions 5', 'expenses.selling profit-or-loss (5)'],
        'expenses.selling (operating-expense)',
      ],
    ],
  },
  AssetDisposed: {
    kept: [
      [
        'cash disposals 3',
        'ppe.depreciation.electronic disposals 1',
        'other-gains.disposal profit-or-loss 1',
        'ppe.cost.electronic disposals (5)',
      ],
    ],
    broken: [
      [
        ['ppe.cost.electronic disposals 5', 'other-gains.disposal profit-or-loss (5)'],
        'no leg on a credit to an asset other than cash',
      ],
      [
        ['expenses.selling profit-or-loss 5', 'ppe.cost.electronic disposals (5)'],
        'expenses.selling (operating-expense)',
      ],
    ],
  },
  AssetTransferred: {
    kept: [
      ['ppe.cost.electronic additions 5', 'ppe.cost.cip additions (5)'],
      ['borrowings.non-current recognised 5', 'borrowings.current recognised (5)'],
    ],
    broken: [
      [['cash recognised 5', 'inventories recognised (5)'], 'cash (cash)'],
      [
        ['inventories recognised 5', 'payables.trade recognised (5)'],
        'an asset (inventories) and a liability (payables.trade); a transfer stays within one of them',
      ],
    ],
  },
  CashSettled: {
    kept: [
      ['payables.trade recognised 5', 'cash recognised (5)'],
      ['cash recognised 5', 'undisclosed recognised (5)'],
    ],
    broken: [
      [['payables.trade recognised 5', 'receivables.trade.gross recognised (5)'], 'no leg on a cash account'],
      [
        ['cash capital-contribution 5', 'equity.share-capital capital-contribution (5)'],
        'equity.share-capital (reserve)',
      ],
      [['expenses.selling profit-or-loss 5', 'cash recognised (5)'], 'expenses.selling (operating-expense)'],
    ],
  },
  ResultClosed: {
    kept: [
      [
        'revenue closing 9',
        'expenses.selling closing (4)',
        'equity.accumulated-losses loss-for-the-period (5)',
      ],
      ['oci.translation closing 5', 'equity.share-capital translation (5)'],
    ],
    broken: [
      [['revenue closing 5', 'cash closing (5)'], 'no leg on an equity account; cash (cash)'],
      [
        ['equity.share-capital closing 5', 'equity.accumulated-losses closing (5)'],
        'no leg on income, expenses or other comprehensive income',
      ],
    ],
  },
};

for (const [event, { kept, broken }] of Object.entries(cases)) {
  describe(event, () => {
    test.each(kept.map((legs) => [legs]))('keeps its rule: %j', (legs) => {
      expect(judge(event, ...legs)).toBe(undefined);
    });
    test.each(broken)('breaks it: %j', (legs, found) => {
      expect(judge(event, ...legs)).toBe(`${describePostingRule(event as 'EntryPosted')}; found ${found}`);
    });
  });
}

test('every event that carries an entry has a rule that was seen kept and seen broken, but for the general journal', () => {
  expect([...Object.keys(cases), 'EntryPosted'].sort()).toStrictEqual([...entryEventNames].sort());
  for (const { kept, broken } of Object.values(cases)) expect(kept.length * broken.length).toBeGreaterThan(0);
});

test('the general journal and reversals take anything', () => {
  const legs = ['revenue profit-or-loss 5', 'cash recognised (5)'];
  expect(judge('EntryPosted', ...legs)).toBe(undefined);
  expect(judge('EntryReversed', ...legs)).toBe(undefined);
});

test('a rule reads as a sentence', () => {
  expect(describePostingRule('IncomeTaxRecognised')).toBe(
    'IncomeTaxRecognised touches an income-tax account, and beside only tax balances and clearing accounts',
  );
  expect(describePostingRule('AssetTransferred')).toBe(
    'AssetTransferred touches only liabilities and assets other than cash',
  );
});

test('a leg on an unknown account is not judged, and nothing is said to be missing', () => {
  expect(judge('RevenueRecognised', 'cash recognised 5', 'revenu profit-or-loss (5)')).toBe(undefined);
  expect(judge('RevenueRecognised', 'expenses.selling profit-or-loss 5', 'revenu profit-or-loss (5)')).toBe(
    `${describePostingRule('RevenueRecognised')}; found expenses.selling (operating-expense)`,
  );
});
