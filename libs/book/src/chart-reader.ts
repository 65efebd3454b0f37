/**
 * accounts.csv and movements.csv: the names that postings and statements may use.
 *
 * A row with a mistake still declares its name, so that one mistake is reported once and not at every posting.
 */
import {
  accountRoles,
  accountTypes,
  inFamily,
  movementGroups,
  type Account,
  type Chart,
  type Dimension,
  type Movement,
} from '@tieout/ledger';
import { readTable, wordIn } from './csv-table';
import type { BookHead } from './head-reader';
import { report, suggestion, type Source } from './source';
import { problem } from './yaml-fields';

const accountColumns = ['account', 'name', 'type', 'role', 'normal'];

export function readAccounts(
  source: Source,
  dimensions: ReadonlyMap<string, Dimension>,
): ReadonlyMap<string, Account> | undefined {
  const rows = readTable(source, { needed: accountColumns, optional: [...dimensions.keys()] });
  if (!rows) return undefined;
  const accounts = new Map<string, Account>();
  for (const row of rows) {
    const word = <W extends string>(column: string, words: readonly W[]): W | undefined =>
      row.whole ? wordIn(source, row, { column, words, what: 'account' }) : undefined;
    const id = row.cell('account');
    if (id === '') {
      report(source, row.at('account'), 'E107', 'account: "account" is missing');
      continue;
    }
    if (accounts.has(id)) report(source, row.at('account'), 'E108', `account ${id} is declared twice`);
    const fixed: Record<string, string> = {};
    for (const dimension of dimensions.values()) {
      const member = row.cell(dimension.id);
      if (member === '' || !row.whole) continue;
      if (!Object.hasOwn(dimension.members, member)) {
        const help = suggestion(member, Object.keys(dimension.members), 'members are declared in book.yaml');
        report(
          source,
          row.at(dimension.id),
          'E209',
          `unknown member "${member}" of dimension ${dimension.id}`,
          { help },
        );
      }
      fixed[dimension.id] = member;
    }
    accounts.set(id, {
      id,
      name: row.cell('name') || id,
      type: word('type', accountTypes) ?? 'asset',
      role: word('role', accountRoles) ?? 'other-asset',
      normal: word('normal', ['debit', 'credit', 'either']) ?? 'either',
      dimensions: fixed,
    });
  }
  for (const row of rows) {
    const id = row.cell('account');
    const leaf = [...accounts.keys()].find((other) => other !== id && inFamily(other, id));
    if (id !== '' && leaf !== undefined) {
      report(source, row.at('account'), 'E107', `account ${id} is a family, because ${leaf} is in it`, {
        help: 'postings go to leaves: give it a name of its own inside the family',
      });
    }
  }
  return accounts;
}

export function readMovements(source: Source): ReadonlyMap<string, Movement> | undefined {
  const rows = readTable(source, { needed: ['movement', 'name', 'group'] });
  if (!rows) return undefined;
  const movements = new Map<string, Movement>();
  for (const row of rows) {
    const id = row.cell('movement');
    if (id === '') report(source, row.at('movement'), 'E107', 'movement: "movement" is missing');
    if (movements.has(id)) report(source, row.at('movement'), 'E108', `movement ${id} is declared twice`);
    const group = row.whole
      ? wordIn(source, row, { column: 'group', words: movementGroups, what: 'movement' })
      : undefined;
    movements.set(id, { id, name: row.cell('name') || id, group: group ?? 'bridge' });
  }
  return movements;
}

export function chartOf(
  head: BookHead,
  accounts: ReadonlyMap<string, Account>,
  movements: ReadonlyMap<string, Movement>,
): Chart {
  for (const { text, at } of head.disclosedFamilies) {
    if (![...accounts.keys()].some((account) => inFamily(account, text))) {
      problem(at, 'E302', `disclosedBalances: no account is in the family "${text}"`, {
        help: suggestion(text, familiesOf(accounts.keys())),
      });
    }
  }
  const periods = head.periods.map(({ journal: _journal, close: _close, ...period }) => period);
  const { dimensions, currency, minorDigits } = head;
  return { accounts, movements, dimensions, periods, currency, minorDigits };
}

/** Accounts and all families that they are in: ppe.cost.buildings, ppe.cost, ppe. */
export function familiesOf(accounts: Iterable<string>): ReadonlySet<string> {
  const families = new Set<string>();
  for (const account of accounts) {
    for (let end = account.length; end > 0; end = account.lastIndexOf('.', end - 1))
      families.add(account.slice(0, end));
  }
  return families;
}
