/**
 * The entities of drivers.yaml: read, and what is wrong with them said at its place, all at once.
 */
import { changed, complaintsOf, folderOf, type Change } from '../fixtures/small-book';
import { readBook } from './folder';

const drivers: Change = [
  'drivers.yaml',
  '',
  `schema: tieout.drivers/1
period: Y24
drivers: []
consequences:
  entities:
    - { id: shop, name: The shop, nci: "25%", base: assumed, note: Not disclosed, legs: { accounts: [revenue] } }
    - { id: van-hire, name: Van hire, nci: "12.5%", base: disclosed, entries: [J-2] }
`,
];
const said = (...changes: readonly Change[]) =>
  complaintsOf(drivers, ...changes).map((text) => text.split('\n').slice(0, 2).join(''));

it('reads entities, with what is their own', () => {
  expect(readBook(folderOf(changed(drivers))).drivers.consequences.entities).toStrictEqual([
    {
      ...{ id: 'shop', name: 'The shop', nci: '25%', base: 'assumed', note: 'Not disclosed' },
      legs: { accounts: ['revenue'] },
    },
    { id: 'van-hire', name: 'Van hire', nci: '12.5%', base: 'disclosed', entries: ['J-2'] },
  ]);
});

it.each([
  ['nci: "25%"', 'nci: "125%"', 'E107', 'entity shop: "nci" is 125%, which is no share', '6:40'],
  ['nci: "25%"', 'nci: a quarter', 'E107', 'entity shop: "nci" is a quarter, which is no share', '6:40'],
  ['nci: "25%", ', '', 'E107', 'entity: "nci" is missing', '6:7'],
  [', entries: [J-2]', '', 'E107', 'entity van-hire owns nothing', '7:7'],
  ['[revenue]', '[cash]', 'E107', 'entity shop: its legs are none of profit or loss', '6:89'],
  ['[revenue]', '[revenu]', 'E202', 'unknown account "revenu"', '6:102'],
  ['id: van-hire', 'id: shop', 'E108', 'entity shop is declared twice', '7:13'],
  ['base: assumed', 'base: guessed', 'E107', 'entity: "base" cannot be guessed', '6:53'],
  ['base: disclosed', 'bse: disclosed', 'E102', 'entity: unknown key "bse"', '7:53'],
] as const)('%s as %s: %s %s, at %s', (from, to, code, message, place) => {
  expect(said(['drivers.yaml', from, to])).toContain(`error[${code}]: ${message}  --> drivers.yaml:${place}`);
});

it('of an account that is not declared, says that and no more', () => {
  expect(said(['drivers.yaml', '[revenue]', '[revenu]'])).toHaveLength(1);
});
