/**
 * Parties: whom a simulated part is with. The numbers are invented, and stand for nobody.
 *
 * An entry is with employees where a leg speaks of employees, staff or share-based pay; with customers where it touches
 * revenue or what customers owe; with suppliers where it touches expenses, payables or assets bought; and else with some
 * party.
 */
import type { AccountRole, Chart, Entry } from '@tieout/ledger';
import { placeOf } from './draws';

const employeeWords = /employee|staff|payroll|share-based/;
const ofCustomers: readonly AccountRole[] = ['revenue', 'receivable', 'allowance'];
const ofSuppliers: readonly AccountRole[] = ['operating-expense', 'payable', 'fixed-asset', 'other-asset'];

/** So many of each kind. */
const parties = 20_000;

/** What a description says of the party of a part: "customer C-00123". */
export function partyOf({ postings }: Entry, chart: Chart): (draw: number) => string {
  const roles = new Set(postings.map(({ account }) => chart.accounts.get(account)?.role));
  const touches = (some: readonly AccountRole[]): boolean => some.some((role) => roles.has(role));
  const ofEmployees = postings.some(({ account, movement, dimensions }) =>
    [account, movement, ...Object.values(dimensions)].some((word) => employeeWords.test(word)),
  );
  const [name, letter] = ofEmployees
    ? ['employee', 'E']
    : touches(ofCustomers)
      ? ['customer', 'C']
      : touches(ofSuppliers)
        ? ['supplier', 'S']
        : ['party', 'P'];
  return (draw) => `${name} ${letter}-${String(1 + placeOf(draw, parties)).padStart(5, '0')}`;
}
