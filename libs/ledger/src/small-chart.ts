/**
 * A small chart of accounts for the specs of this room: one account or more of every type and role.
 */
import type { Account, AccountRole, AccountType, Chart, Movement } from './chart';

const table: readonly (readonly [string, AccountType, AccountRole, Account['normal']])[] = [
  ['cash', 'asset', 'cash', 'debit'],
  ['receivables.trade.gross', 'asset', 'receivable', 'debit'],
  ['receivables.trade.allowance', 'asset', 'allowance', 'credit'],
  ['fvpl.equity', 'asset', 'financial-asset', 'debit'],
  ['ppe.cost.electronic', 'asset', 'fixed-asset', 'debit'],
  ['ppe.depreciation.electronic', 'asset', 'accumulated-depreciation', 'credit'],
  ['ppe.cost.cip', 'asset', 'fixed-asset', 'debit'],
  ['inventories', 'asset', 'other-asset', 'debit'],
  ['payables.trade', 'liability', 'payable', 'credit'],
  ['borrowings.non-current', 'liability', 'borrowing', 'credit'],
  ['borrowings.current', 'liability', 'borrowing', 'credit'],
  ['preferred-liabilities', 'liability', 'financial-liability', 'credit'],
  ['current-tax', 'liability', 'tax-balance', 'either'],
  ['deferred-revenue', 'liability', 'other-liability', 'credit'],
  ['equity.share-capital', 'equity', 'reserve', 'credit'],
  ['equity.accumulated-losses', 'equity', 'reserve', 'either'],
  ['revenue', 'income', 'revenue', 'credit'],
  ['other-income', 'income', 'other-income', 'credit'],
  ['expenses.selling', 'expense', 'operating-expense', 'debit'],
  ['impairment.trade', 'expense', 'impairment', 'either'],
  ['other-gains.fair-value', 'income', 'fair-value', 'either'],
  ['other-gains.foreign-exchange', 'income', 'foreign-exchange', 'either'],
  ['other-gains.disposal', 'income', 'disposal-result', 'either'],
  ['other-gains.donations', 'expense', 'other-result', 'debit'],
  ['finance-income', 'income', 'finance-income', 'credit'],
  ['finance-costs', 'expense', 'finance-cost', 'debit'],
  ['share-of-result', 'expense', 'share-of-result', 'either'],
  ['income-tax', 'expense', 'income-tax', 'either'],
  ['oci.credit-risk', 'comprehensive-income', 'other-comprehensive-income', 'either'],
  ['oci.translation', 'comprehensive-income', 'other-comprehensive-income', 'either'],
  ['fx-clearing', 'clearing', 'clearing', 'either'],
  ['undisclosed', 'clearing', 'clearing', 'either'],
];

const movements: readonly (readonly [string, Movement['group']])[] = [
  ['opening', 'opening'],
  ['closing', 'closing'],
  ['profit-or-loss', 'profit-or-loss'],
  ['credit-risk', 'comprehensive-income'],
  ['loss-for-the-period', 'equity'],
  ['share-based-compensation', 'equity'],
  ['capital-contribution', 'equity'],
  ['additions', 'roll-forward'],
  ['disposals', 'roll-forward'],
  ['depreciation', 'roll-forward'],
  ['recognised', 'roll-forward'],
  ['purchase-of-ppe', 'cash-flow'],
  ['translation', 'translation'],
  ['net-movement', 'bridge'],
];

const accounts = table.map(([id, type, role, normal]): Account => {
  const dimensions: Record<string, string> = id.startsWith('ppe.') ? { class: id.split('.')[2]! } : {};
  return { id, name: id, type, role, normal, dimensions };
});

export const smallChart: Chart = {
  accounts: new Map(accounts.map((account) => [account.id, account])),
  movements: new Map(movements.map(([id, group]) => [id, { id, name: id, group }])),
  dimensions: new Map([
    [
      'class',
      {
        id: 'class',
        name: 'Asset class',
        members: { electronic: 'Electronic equipment', cip: 'Construction in progress' },
      },
    ],
    [
      'nature',
      {
        id: 'nature',
        name: 'Nature of expense',
        members: { hardware: 'Hardware', 'depreciation-ppe': 'Depreciation' },
      },
    ],
  ]),
  periods: [
    {
      id: '2021H2',
      from: '2021-07-01',
      to: '2021-12-31',
      label: 'Six months ended 31 December 2021',
      column: '2021',
      audit: 'unaudited',
    },
    {
      id: '2022H1',
      from: '2022-01-01',
      to: '2022-06-30',
      label: 'Six months ended 30 June 2022',
      column: '2022',
      audit: 'unaudited',
    },
  ],
  currency: 'RMB',
  minorDigits: 0,
};
