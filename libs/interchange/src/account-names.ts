/**
 * Account names in plain-text engines: a root that says the type, then the dotted id as a tree.
 *
 *     ppe.cost.buildings    asset                   assets:ppe:cost:buildings      Assets:Ppe:Cost:Buildings
 *     oci.credit-risk       comprehensive-income    equity:oci:credit-risk         Equity:Oci:Credit-risk
 *
 * Invariant: one name an account and one account a name, so what an engine says of a name is said of an account. The
 * root always stands before the whole id (equity:equity:share-capital), because a root that is sometimes left out could
 * not be told from a family of that name.
 */
import type { AccountType, Chart } from '@tieout/ledger';
import { inFamily } from '@tieout/ledger';

/** `lower`: hledger and Ledger. `capital`: Beancount, where each component begins with a capital or a digit. */
export type NameStyle = 'lower' | 'capital';

export interface AccountNames {
  /** The engine's name by account id, one for every account of the chart. */
  readonly nameOf: ReadonlyMap<string, string>;
  /** The inverse. */
  readonly accountOf: ReadonlyMap<string, string>;
  /** The name under which exactly this family stands, or undefined where its accounts have several roots. */
  family(family: string): string | undefined;
}

/** The engines know five types. What is neither earned nor owed stands in equity: comprehensive income, clearing. */
const roots: Readonly<Record<AccountType, string>> = {
  asset: 'assets',
  liability: 'liabilities',
  equity: 'equity',
  income: 'income',
  expense: 'expenses',
  'comprehensive-income': 'equity',
  clearing: 'equity',
};

/** Letters, digits and hyphens only; a component that would begin otherwise than its engine wants gets an x before it. */
function component(text: string, style: NameStyle): string {
  const legal = text.replace(/[^\p{L}\p{Nd}-]+/gu, '-');
  if (style === 'lower') return /^[\p{L}\p{Nd}]/u.test(legal) ? legal : `x${legal}`;
  const capitalised = legal.slice(0, 1).toUpperCase() + legal.slice(1);
  return /^[\p{Lu}\p{Nd}]/u.test(capitalised) ? capitalised : `X${legal}`;
}

const path = (type: AccountType, id: string, style: NameStyle): string =>
  [roots[type], ...id.split('.')].map((part) => component(part, style)).join(':');

/** Names for all accounts of the chart. Two ids that an engine cannot tell apart get numbers, in order of the chart. */
export function accountNames(chart: Pick<Chart, 'accounts'>, style: NameStyle): AccountNames {
  const nameOf = new Map<string, string>();
  const accountOf = new Map<string, string>();
  for (const { id, type } of chart.accounts.values()) {
    const wanted = path(type, id, style);
    let name = wanted;
    for (let number = 2; accountOf.has(name); number += 1) name = `${wanted}-${number}`;
    nameOf.set(id, name);
    accountOf.set(name, id);
  }
  const family = (of: string): string | undefined => {
    const members = [...chart.accounts.values()].filter(({ id }) => inFamily(id, of));
    const [first] = members;
    if (!first) return undefined;
    const name = path(first.type, of, style);
    const under = [...accountOf.keys()].filter((each) => each === name || each.startsWith(`${name}:`));
    const same =
      under.length === members.length && members.every(({ id }) => under.includes(nameOf.get(id) ?? ''));
    return same ? name : undefined;
  };
  return { nameOf, accountOf, family };
}
