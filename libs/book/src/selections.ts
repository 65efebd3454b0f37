/**
 * Selections as a layout writes them: accounts, movements and members that the chart declares, and what two of them
 * leave together.
 *
 *     { debit: receivables.trade, movement: [additions, disposals], where: { class: [buildings, electronic] } }
 */
import type { Selection } from '@tieout/cube';
import { inFamily, type Chart } from '@tieout/ledger';
import { familiesOf } from './chart-reader';
import { suggestion } from './source';
import { fieldsOf, isMapping, problem, type At, type Fields } from './yaml-fields';

/** What narrows a selection; a line and a column of a matrix narrow together. */
export interface Narrowing {
  readonly accounts?: readonly string[];
  readonly movements?: readonly string[];
  readonly except?: readonly string[];
  readonly where?: Readonly<Record<string, readonly string[]>>;
  /** Further members, by the period of the column: what is up to six months old depends on when one looks. */
  readonly whereByPeriod?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** `accountsKey`: the key that names the accounts. */
export function narrowingIn(fields: Fields, accountsKey: string, chart: Chart): Narrowing {
  const families = familiesOf(chart.accounts.keys());
  const accounts = declared(fields, accountsKey, families, 'account');
  const movements = declared(fields, 'movement', chart.movements.keys(), 'movement');
  const except = declared(fields, 'except', chart.movements.keys(), 'movement');
  return {
    ...(accounts === undefined ? {} : { accounts }),
    ...(movements === undefined ? {} : { movements }),
    ...(except === undefined ? {} : { except }),
    ...(fields.has('where') ? whereIn(fields.at('where'), chart) : {}),
  };
}

/** `{ class: [a, b] }`, or by the period of the column: `{ vintage: { 2022H1: [a, b], 2021H2: c } }`. */
function whereIn(at: At, chart: Chart): Pick<Narrowing, 'where' | 'whereByPeriod'> {
  const fields = fieldsOf(at, { what: 'where', keys: [...chart.dimensions.keys()], open: true });
  const where: Record<string, readonly string[]> = {};
  const byPeriod: Record<string, Record<string, readonly string[]>> = {};
  for (const { key, keyAt } of fields?.others ?? []) {
    const help = suggestion(key, chart.dimensions.keys(), 'dimensions are declared in book.yaml');
    problem(keyAt, 'E302', `the book declares no dimension "${key}"`, { help });
  }
  for (const { id, members } of chart.dimensions.values()) {
    if (!fields?.has(id)) continue;
    const membersAt = (holder: Fields, key: string): readonly string[] =>
      declared(holder, key, Object.keys(members), `member of ${id}`) ?? [];
    if (!isMapping(fields.at(id))) {
      where[id] = membersAt(fields, id);
      continue;
    }
    const periods = chart.periods.map((period) => period.id);
    const each = fieldsOf(fields.at(id), { what: 'where', keys: periods });
    for (const period of periods)
      if (each?.has(period)) (byPeriod[period] ??= {})[id] = membersAt(each, period);
  }
  return {
    ...(Object.keys(where).length > 0 ? { where } : {}),
    ...(Object.keys(byPeriod).length > 0 ? { whereByPeriod: byPeriod } : {}),
  };
}

/** The narrowing as it is in the column of a period; undefined where it has none there. */
export function narrowedAt(
  { whereByPeriod, ...narrowing }: Narrowing,
  period: string,
): Narrowing | undefined {
  if (!whereByPeriod) return narrowing;
  const further = whereByPeriod[period];
  return further && { ...narrowing, where: { ...narrowing.where, ...further } };
}

/** Names under a key, each held against those declared (E302). */
export function declared(
  fields: Fields,
  key: string,
  known: Iterable<string>,
  what: string,
): readonly string[] | undefined {
  const names = new Set(known);
  const found = fields.maybeTexts(key);
  for (const { text, at } of found ?? []) {
    if (!names.has(text))
      problem(at, 'E302', `the book declares no ${what} "${text}"`, { help: suggestion(text, names) });
  }
  return found?.map(({ text }) => text);
}

const both = (
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
): readonly string[] | undefined => (a && b ? a.filter((each) => b.includes(each)) : (a ?? b));

/** What two narrowings leave together; undefined when it is nothing, or no accounts are named at all. */
export function cross(a: Narrowing, b: Narrowing): Selection | undefined {
  const accounts =
    a.accounts && b.accounts
      ? a.accounts.flatMap((x) =>
          b.accounts!.flatMap((y) => (inFamily(x, y) ? [x] : inFamily(y, x) ? [y] : [])),
        )
      : (a.accounts ?? b.accounts);
  const movements = both(a.movements, b.movements);
  const except = a.except && b.except ? [...new Set([...a.except, ...b.except])] : (a.except ?? b.except);
  const where: Record<string, readonly string[]> = { ...a.where, ...b.where };
  for (const dimension of Object.keys(where))
    where[dimension] = both(a.where?.[dimension], b.where?.[dimension]) ?? [];
  const nothing =
    !accounts ||
    accounts.length === 0 ||
    movements?.length === 0 ||
    Object.values(where).some((members) => members.length === 0);
  if (nothing) return undefined;
  return {
    accounts: [...new Set(accounts)],
    ...(movements ? { movements } : {}),
    ...(except ? { except } : {}),
    ...(Object.keys(where).length > 0 ? { where } : {}),
  };
}
