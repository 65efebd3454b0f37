/**
 * Selections as a layout writes them: accounts, movements, members and ages that the chart declares, and what two of
 * them leave together.
 *
 *     { debit: receivables.trade, movement: [additions, disposals], where: { class: [buildings, electronic] } }
 *     { debit: receivables.trade, age: { vintage: [6, 12] } }      six months to a year old at the day asked for
 */
import { inFamily, type Chart } from '@tieout/ledger';
import type { Term } from '@tieout/statements';
import { familiesOf } from './chart-reader';
import { suggestion } from './source';
import { elements, fieldsOf, isList, pairs, problem, scalarText, type At, type Fields } from './yaml-fields';

/** What narrows a selection; a line and a column of a matrix narrow together. */
export interface Narrowing {
  readonly accounts?: readonly string[];
  readonly movements?: readonly string[];
  readonly except?: readonly string[];
  readonly where?: Readonly<Record<string, readonly string[]>>;
  readonly age?: NonNullable<Term['age']>;
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
    ...(fields.has('age') ? ageIn(fields.at('age'), chart) : {}),
  };
}

/** `{ class: [a, b], stream: c }`. */
function whereIn(at: At, chart: Chart): Pick<Narrowing, 'where'> {
  const fields = fieldsOf(at, { what: 'where', keys: [...chart.dimensions.keys()], open: true });
  const where: Record<string, readonly string[]> = {};
  for (const { key, keyAt } of fields?.others ?? []) unknownDimension(keyAt, key, chart);
  for (const { id, members } of chart.dimensions.values()) {
    if (fields?.has(id)) where[id] = declared(fields, id, Object.keys(members), `member of ${id}`) ?? [];
  }
  return Object.keys(where).length > 0 ? { where } : {};
}

function unknownDimension(keyAt: At, key: string, chart: Chart): void {
  const help = suggestion(key, chart.dimensions.keys(), 'dimensions are declared in book.yaml');
  problem(keyAt, 'E302', `the book declares no dimension "${key}"`, { help });
}

/**
 * `{ vintage: [6, 12] }`: members whose end lies at least 6 and less than 12 whole months before the day asked for;
 * `[36]` and `[36, null]`: 36 and more.
 */
function ageIn(at: At, chart: Chart): Pick<Narrowing, 'age'> {
  const [one, ...more] = pairs(at);
  if (!one) return {};
  const [dimension, { key, keyAt, value }] = [chart.dimensions.get(one.key), one];
  const months = elements(value).map((each) => scalarText(each) ?? '');
  const [from, to = ''] = months;
  const whole = (text: string | undefined): boolean => /^\d{1,4}$/.test(text ?? '');
  const sound = whole(from) && (to === '' || (whole(to) && Number(from) < Number(to)));
  if (more.length > 0) problem(at, 'E107', 'an age is of one dimension');
  if (!dimension) unknownDimension(keyAt, key, chart);
  else if (!dimension.ends)
    problem(keyAt, 'E107', `an age needs a dimension in time, and ${key} has no ends`, {
      help: 'say in book.yaml when its members end:  ends: { MEMBER: 2022-06-30 }',
    });
  if (!isList(value) || months.length > 2 || !sound) {
    const help = 'write [6, 12] for six months to less than twelve, [36] for 36 and more';
    problem(value, 'E107', 'an age is whole months: from, and less than', { help });
    return {};
  }
  return { age: { dimension: key, from: Number(from), ...(to === '' ? {} : { to: Number(to) }) } };
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
export function cross(a: Narrowing, b: Narrowing): Term | undefined {
  const accounts =
    a.accounts && b.accounts
      ? a.accounts.flatMap((x) =>
          b.accounts!.flatMap((y) => (inFamily(x, y) ? [x] : inFamily(y, x) ? [y] : [])),
        )
      : (a.accounts ?? b.accounts);
  const movements = both(a.movements, b.movements);
  const except = a.except && b.except ? [...new Set([...a.except, ...b.except])] : (a.except ?? b.except);
  const age = a.age ?? b.age;
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
    ...(age ? { age } : {}),
  };
}
