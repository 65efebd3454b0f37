/**
 * The chart of accounts and the vocabularies of a book: what a posting may name.
 *
 * Accounts are the leaves that the reports disclose, in dotted families: `ppe` means every account under `ppe.`.
 * An account fixes members of dimensions for all its postings (ppe.cost.buildings is of class buildings).
 */
export const accountTypes = [
  'asset',
  'liability',
  'equity',
  'income',
  'expense',
  'comprehensive-income',
  'clearing',
] as const;
export type AccountType = (typeof accountTypes)[number];

/** What the posting rules need to know of an account. */
export const accountRoles = [
  'cash',
  'allowance', // provision for impairment: a credit balance among the assets
  'accumulated-depreciation', // likewise
  'receivable',
  'financial-asset',
  'fixed-asset', // property, plant and equipment, right of use, intangibles
  'other-asset',
  'payable',
  'borrowing',
  'financial-liability',
  'tax-balance', // current and deferred tax, asset or liability
  'other-liability',
  'reserve', // any equity account
  'revenue',
  'other-income',
  'operating-expense',
  'impairment',
  'fair-value',
  'foreign-exchange',
  'disposal-result',
  'other-result',
  'finance-income',
  'finance-cost',
  'share-of-result',
  'income-tax',
  'other-comprehensive-income',
  'clearing', // must come back to nil, or says what is not disclosed
] as const;
export type AccountRole = (typeof accountRoles)[number];

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly type: AccountType;
  readonly role: AccountRole;
  /** The side its balance must stand on; `either` where both are possible. */
  readonly normal: 'debit' | 'credit' | 'either';
  /** Members that every posting on this account has. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** opening, closing (of income to equity), profit-or-loss, comprehensive-income, equity, roll-forward, cash-flow, translation, bridge. */
export const movementGroups = [
  'opening',
  'closing',
  'profit-or-loss',
  'comprehensive-income',
  'equity',
  'roll-forward',
  'cash-flow',
  'translation',
  'bridge',
] as const;

export interface Movement {
  readonly id: string;
  readonly name: string;
  readonly group: (typeof movementGroups)[number];
}

export interface Dimension {
  readonly id: string;
  readonly name: string;
  /** Label by member id. */
  readonly members: Readonly<Record<string, string>>;
  /** Of a dimension in time (vintages of recognition): the last day of each member. */
  readonly ends?: Readonly<Record<string, string>>;
}

export interface Period {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Short label for a column: "2022". */
  readonly column: string;
  /** `unaudited`, `audited`: printed on the columns. */
  readonly audit: string;
  /** What is disclosed of balances within this period's span, as account families; absent: everything. */
  readonly disclosedBalances?: readonly string[];
  /** Only the net movements of this period are known: its flows are not disclosed. */
  readonly bridge?: boolean;
}

export interface Chart {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly movements: ReadonlyMap<string, Movement>;
  readonly dimensions: ReadonlyMap<string, Dimension>;
  /** In order, without gaps. */
  readonly periods: readonly Period[];
  readonly currency: string;
  /** Decimal places of the minor unit: 2 for fen. */
  readonly minorDigits: number;
}

/** Is `account` the family itself or a member of it? `ppe` covers ppe and ppe.cost.buildings, not ppex. */
export const inFamily = (account: string, family: string): boolean =>
  account === family || account.startsWith(`${family}.`);
