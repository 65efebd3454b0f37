/**
 * book.yaml, accounts.csv and movements.csv: who the book is about, and the names that everything else may use.
 *
 * A row with a mistake still declares its name, so that one mistake is reported once and not at every posting.
 */
import {
  accountRoles,
  accountTypes,
  dayBefore,
  inFamily,
  isCalendarDay,
  movementGroups,
  type Account,
  type Chart,
  type Dimension,
  type Movement,
  type Period,
} from '@tieout/ledger';
import { amountUnit, type AmountUnit } from './amounts';
import { readTable } from './csv-table';
import { report, suggestion, type Source } from './source';
import { fieldsOf, pairs, problem, scalarText, type At, type Fields, rootOf, type YamlFile } from './yaml-fields';

/** A period as book.yaml declares it. */
export interface DeclaredPeriod extends Period {
  readonly journal: { readonly file: string; readonly at: At } | undefined;
  readonly close: boolean;
}

/** book.yaml: the head of the book and the files that it names. */
export interface BookHead {
  readonly id: string;
  readonly entity: string;
  readonly title: string;
  readonly currency: string;
  readonly minorDigits: number;
  readonly amountUnit: AmountUnit;
  readonly recordedAt: string;
  readonly actor: string;
  readonly source?: { readonly title: string; readonly sha256?: string };
  readonly periods: readonly DeclaredPeriod[];
  readonly dimensions: ReadonlyMap<string, Dimension>;
  /** In the order named. */
  readonly statements: readonly NamedFile[];
  readonly figures: readonly NamedFile[];
  readonly facts: NamedFile | undefined;
  readonly confirmations: NamedFile | undefined;
  /** Account families of `disclosedBalances`, to be held against the accounts. */
  readonly disclosedFamilies: readonly { readonly text: string; readonly at: At }[];
}

/** A file that book.yaml names, and where it does. */
export interface NamedFile {
  readonly file: string;
  readonly at: At;
}

const schema = 'tieout.book/1';
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/** A name that ids are built from: it must not hold what separates them. */
export function idOf(fields: Fields, what: string, key = 'id'): string {
  const id = fields.text(key);
  if (/[\s@()+,]/.test(id)) problem(fields.at(key), 'E107', `${what} "${id}": an id has no spaces and none of @ ( ) + ,`);
  return id;
}

/** Reports (E108) the second and later of equal names. */
export function once(seen: Set<string>, name: string, tell: () => void): void {
  if (name === '') return;
  if (seen.has(name)) tell();
  seen.add(name);
}

const filesOf = (fields: Fields, key: string): NamedFile[] =>
  (fields.maybeTexts(key) ?? []).map(({ text, at }) => ({ file: text, at }));

const fileOf = (fields: Fields, key: string): NamedFile | undefined => filesOf(fields, key)[0];

export function readHead(yaml: YamlFile): BookHead | undefined {
  const fields = fieldsOf(rootOf(yaml), {
    what: 'book',
    keys: [
      ...['schema', 'id', 'entity', 'title', 'currency', 'minorDigits', 'amounts', 'recordedAt', 'actor', 'source'],
      ...['periods', 'dimensions', 'statements', 'figures', 'facts', 'confirmations'],
    ],
  });
  if (!fields) return undefined;
  fields.word('schema', [schema]);
  const currency = fields.text('currency');
  if (currency !== '' && !/^[A-Z]{3}$/.test(currency)) problem(fields.at('currency'), 'E107', `currency "${currency}" is not three capital letters`);
  const minorDigits = fields.maybeCount('minorDigits') ?? 2;
  if (minorDigits > 6) problem(fields.at('minorDigits'), 'E107', 'minorDigits is at most 6');
  const amounts = fields.text('amounts');
  const unit = amountUnit(amounts, { currency, minorDigits });
  if (amounts !== '' && !unit) {
    problem(fields.at('amounts'), 'E107', `amounts "${amounts}" is not ${currency}, ${currency}'000 or ${currency} million`);
  }
  const recordedAt = fields.text('recordedAt');
  if (recordedAt !== '' && (!timestamp.test(recordedAt) || Number.isNaN(Date.parse(recordedAt)))) {
    problem(fields.at('recordedAt'), 'E107', `recordedAt "${recordedAt}" is not a time like 2022-08-25T00:00:00.000Z`);
  }
  const sourceFields = fields.has('source') ? fieldsOf(fields.at('source'), { what: 'source', keys: ['title', 'sha256'] }) : undefined;
  const hash = sourceFields?.maybeText('sha256');
  if (sourceFields && hash !== undefined && !/^[0-9a-f]{64}$/.test(hash)) {
    problem(sourceFields.at('sha256'), 'E107', 'source: "sha256" is 64 hexadecimal digits in lower case');
  }
  const disclosedFamilies: { text: string; at: At }[] = [];
  return {
    id: idOf(fields, 'book'),
    entity: fields.text('entity'),
    title: fields.text('title'),
    currency,
    minorDigits,
    amountUnit: unit ?? { text: amounts, scale: minorDigits },
    recordedAt,
    actor: fields.text('actor'),
    ...(sourceFields ? { source: { title: sourceFields.text('title'), ...(hash === undefined ? {} : { sha256: hash }) } } : {}),
    periods: readPeriods(fields.list('periods'), disclosedFamilies),
    dimensions: fields.has('dimensions') ? readDimensions(fields.at('dimensions')) : new Map(),
    statements: filesOf(fields, 'statements'),
    figures: filesOf(fields, 'figures'),
    facts: fileOf(fields, 'facts'),
    confirmations: fileOf(fields, 'confirmations'),
    disclosedFamilies,
  };
}

function readPeriods(items: readonly At[], families: { text: string; at: At }[]): readonly DeclaredPeriod[] {
  const seen = new Set<string>();
  const periods: DeclaredPeriod[] = [];
  for (const item of items) {
    const fields = fieldsOf(item, {
      what: 'period',
      keys: ['id', 'from', 'to', 'label', 'column', 'audit', 'disclosedBalances', 'bridge', 'journal', 'close'],
    });
    if (!fields) continue;
    const id = idOf(fields, 'period');
    once(seen, id, () => problem(fields.at('id'), 'E108', `period ${id} is declared twice`));
    const [from, to] = [dayOf(fields, 'from'), dayOf(fields, 'to')];
    if (from !== '' && to !== '' && from > to) problem(fields.at('to'), 'E107', `period ${id} ends before it starts`);
    const before = periods.at(-1);
    if (before && before.to !== '' && from !== '' && dayBefore(from) !== before.to) {
      problem(fields.at('from'), 'E107', `period ${id} starts on ${from}, but ${before.id} ends on ${before.to}`, {
        help: 'periods follow each other without gaps',
      });
    }
    const disclosed = fields.maybeTexts('disclosedBalances');
    families.push(...(disclosed ?? []));
    periods.push({
      id,
      from,
      to,
      label: fields.text('label'),
      column: fields.maybeText('column') ?? id,
      audit: fields.maybeText('audit') ?? '',
      ...(disclosed === undefined ? {} : { disclosedBalances: disclosed.map(({ text }) => text) }),
      ...(fields.flag('bridge') ? { bridge: true } : {}),
      journal: fileOf(fields, 'journal'),
      close: fields.flag('close'),
    });
  }
  return periods;
}

/** An ISO day that must be there; '' when it is not, or is none. */
export function dayOf(fields: Fields, key: string): string {
  const day = fields.text(key);
  if (day === '' || (/^\d{4}-\d\d-\d\d$/.test(day) && isCalendarDay(day))) return day;
  problem(fields.at(key), 'E107', `"${key}" is ${day}, which is no day of the calendar`, { help: 'write days like 2022-06-30' });
  return '';
}

function readDimensions(where: At): ReadonlyMap<string, Dimension> {
  const dimensions = new Map<string, Dimension>();
  for (const { key: id, keyAt, value } of pairs(where)) {
    if (dimensions.has(id)) problem(keyAt, 'E108', `dimension ${id} is declared twice`);
    const fields = fieldsOf(value, { what: 'dimension', keys: ['name', 'members'] });
    const members: Record<string, string> = {};
    for (const member of fields ? pairs(fields.at('members')) : []) {
      if (Object.hasOwn(members, member.key)) problem(member.keyAt, 'E108', `member ${member.key} of ${id} is declared twice`);
      members[member.key] = scalarText(member.value) ?? member.key;
    }
    dimensions.set(id, { id, name: fields?.maybeText('name') ?? id, members });
  }
  return dimensions;
}

const accountColumns = ['account', 'name', 'type', 'role', 'normal'];

export function readAccounts(source: Source, dimensions: ReadonlyMap<string, Dimension>): ReadonlyMap<string, Account> | undefined {
  const rows = readTable(source, { needed: accountColumns, optional: [...dimensions.keys()] });
  if (!rows) return undefined;
  const accounts = new Map<string, Account>();
  for (const row of rows) {
    const word = <W extends string>(column: string, words: readonly W[], standIn: W): W => {
      const text = row.cell(column);
      const found = words.find((each) => each === text);
      if (found !== undefined) return found;
      report(source, row.at(column), 'E107', `account: "${column}" is "${text}", but must be one of ${words.join(', ')}`, {
        help: suggestion(text, words),
      });
      return standIn;
    };
    const id = row.cell('account');
    if (id === '') {
      report(source, row.at('account'), 'E107', 'account: "account" is missing');
      continue;
    }
    if (accounts.has(id)) report(source, row.at('account'), 'E108', `account ${id} is declared twice`);
    const fixed: Record<string, string> = {};
    for (const dimension of dimensions.values()) {
      const member = row.cell(dimension.id);
      if (member === '') continue;
      if (!Object.hasOwn(dimension.members, member)) {
        const help = suggestion(member, Object.keys(dimension.members), 'members are declared in book.yaml');
        report(source, row.at(dimension.id), 'E209', `unknown member "${member}" of dimension ${dimension.id}`, { help });
      }
      fixed[dimension.id] = member;
    }
    accounts.set(id, {
      id,
      name: row.cell('name') || id,
      type: word('type', accountTypes, 'asset'),
      role: word('role', accountRoles, 'other-asset'),
      normal: word('normal', ['debit', 'credit', 'either'], 'either'),
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
    const group = movementGroups.find((each) => each === row.cell('group'));
    if (group === undefined) {
      const message = `movement: "group" is "${row.cell('group')}", but must be one of ${movementGroups.join(', ')}`;
      report(source, row.at('group'), 'E107', message, { help: suggestion(row.cell('group'), movementGroups) });
    }
    movements.set(id, { id, name: row.cell('name') || id, group: group ?? 'bridge' });
  }
  return movements;
}

export function chartOf(head: BookHead, accounts: ReadonlyMap<string, Account>, movements: ReadonlyMap<string, Movement>): Chart {
  for (const { text, at } of head.disclosedFamilies) {
    if (![...accounts.keys()].some((account) => inFamily(account, text))) {
      problem(at, 'E302', `disclosedBalances: no account is in the family "${text}"`, { help: suggestion(text, familiesOf(accounts.keys())) });
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
    for (let end = account.length; end > 0; end = account.lastIndexOf('.', end - 1)) families.add(account.slice(0, end));
  }
  return families;
}
