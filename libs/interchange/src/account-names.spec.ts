/** Account names in foreign engines: one a name, both ways, and a family's tree is the family. */
import fc from 'fast-check';
import { accountTypes, inFamily, type Account } from '@tieout/ledger';
import { accountNames, type NameStyle } from './account-names';

const chartOf = (ids: readonly (readonly [string, Account['type']])[]) => ({
  accounts: new Map(
    ids.map(([id, type]) => [
      id,
      { id, name: id, type, role: 'reserve', normal: 'either', dimensions: {} } as const,
    ]),
  ),
});

/** Ids near enough to each other that an engine which knows fewer signs takes some for the same. */
const id = fc
  .array(
    fc.string({ unit: fc.constantFrom('a', 'A', '_', '-', '2', 'é', '研'), minLength: 1, maxLength: 3 }),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join('.'));
const charts = fc
  .uniqueArray(fc.tuple(id, fc.constantFrom(...accountTypes)), { selector: ([each]) => each, maxLength: 12 })
  .map(chartOf);
const styles = fc.constantFrom<NameStyle>('lower', 'capital');

/** What Beancount takes for a component of an account. */
const legal = { lower: /^[\p{L}\p{Nd}][\p{L}\p{Nd}-]*$/u, capital: /^[\p{Lu}\p{Nd}][\p{L}\p{Nd}-]*$/u };

test('every account has a legal name, and the name leads back to it', () => {
  fc.assert(
    fc.property(charts, styles, (chart, style) => {
      const { nameOf, accountOf } = accountNames(chart, style);
      expect([...nameOf.keys()]).toEqual([...chart.accounts.keys()]);
      for (const [account, name] of nameOf) {
        expect(accountOf.get(name)).toBe(account);
        for (const part of name.split(':')) expect(part).toMatch(legal[style]);
      }
    }),
  );
});

test('where a family has a name, the names under it are those of its accounts and no others', () => {
  fc.assert(
    fc.property(charts, id, styles, (chart, family, style) => {
      const names = accountNames(chart, style);
      const name = names.family(family);
      if (name === undefined) return;
      const under = [...names.nameOf].filter(([, each]) => each === name || each.startsWith(`${name}:`));
      const members = [...chart.accounts.keys()].filter((account) => inFamily(account, family));
      expect(under.map(([account]) => account)).toEqual(members);
    }),
  );
});

test('names are the type and the tree of the id', () => {
  const chart = chartOf([
    ['ppe.cost.cip', 'asset'],
    ['oci.credit-risk', 'comprehensive-income'],
    ['other-gains.donations', 'expense'],
    ['other-gains.fair-value', 'income'],
    ['a_b', 'clearing'],
    ['a-b', 'clearing'],
  ]);
  const lower = accountNames(chart, 'lower');
  expect([...lower.nameOf.values()]).toEqual([
    'assets:ppe:cost:cip',
    'equity:oci:credit-risk',
    'expenses:other-gains:donations',
    'income:other-gains:fair-value',
    'equity:a-b',
    'equity:a-b-2',
  ]);
  expect([...accountNames(chart, 'capital').nameOf.values()].slice(0, 2)).toEqual([
    'Assets:Ppe:Cost:Cip',
    'Equity:Oci:Credit-risk',
  ]);
  expect(lower.family('ppe')).toBe('assets:ppe');
  expect(lower.family('other-gains')).toBeUndefined(); // half of it is income, half expense
  expect(lower.family('nothing')).toBeUndefined();
});
