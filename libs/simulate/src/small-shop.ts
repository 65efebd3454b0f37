/**
 * A shop for the specs of this room: a chart of few accounts, and entries in journal notation.
 */
import { parseJournal, type Account, type Chart, type Entry } from '@tieout/ledger';

const accounts: readonly (readonly [string, Account['type'], Account['role']])[] = [
  ['cash', 'asset', 'cash'],
  ['receivables', 'asset', 'receivable'],
  ['receivables.allowance', 'asset', 'allowance'],
  ['payables', 'liability', 'payable'],
  ['retained', 'equity', 'reserve'],
  ['revenue', 'income', 'revenue'],
  ['wages', 'expense', 'operating-expense'],
  ['impairment', 'expense', 'impairment'],
];

export const shop: Chart = {
  accounts: new Map(
    accounts.map(([id, type, role]) => [id, { id, name: id, type, role, normal: 'either', dimensions: {} }]),
  ),
  movements: new Map(
    ['recognised', 'profit-or-loss', 'staff-paid', 'closing'].map((id) => [
      id,
      { id, name: id, group: 'roll-forward' },
    ]),
  ),
  dimensions: new Map(),
  periods: [
    { id: 'H1', from: '2022-01-01', to: '2022-06-30', label: 'H1', column: 'H1', audit: 'unaudited' },
    { id: 'H2', from: '2022-07-01', to: '2022-12-31', label: 'H2', column: 'H2', audit: 'unaudited' },
  ],
  currency: 'RMB',
  minorDigits: 2,
};

/** Entries; the document names the period alone where none says `date: disclosed`. */
export const written = (journal: string): readonly Entry[] => parseJournal(journal);
