/**
 * An adjustment applied to a base: the drafts of its entries, and what it does besides. What follows by rule comes later.
 */
import { type Problem } from '@tieout/events';
import { closest, inFamily, type Entry, type Posting } from '@tieout/ledger';
import { formatAmount, minorToUnit, placesOf, type Minor } from '@tieout/money';
import type { Evaluator } from '@tieout/statements';
import type { Books } from './base';
import { decimalOf, type Rational } from './rational';
import type { Adjustment, Driver, Scenario, Undetermined } from './scenario';

/** An entry to come: without its id. */
export interface Draft {
  readonly rule: string;
  readonly event: Entry['event'];
  readonly description: string;
  readonly postings: readonly Posting[];
  /** The entry that it takes from, or adds to. */
  readonly of?: string;
}

/** A driver's level before and after. */
export interface Moved {
  readonly driver: Driver;
  readonly before: Rational;
  readonly after: Rational;
}

/** An adjustment with what it comes to, before its consequences. */
export interface Applied {
  readonly adjustment: Adjustment;
  /** One line: `impairment 542,183 → 650,619.6 RMB'000`. */
  readonly text: string;
  readonly moved?: Moved;
  readonly drafts: readonly Draft[];
  /** Recorded facts with their new value. */
  readonly replaced: ReadonlyMap<string, string>;
  readonly undetermined: readonly Undetermined[];
  readonly warnings: readonly string[];
  /** Entries that are taken out or moved as a whole. */
  readonly gone: readonly string[];
  /** Of scenarios that are stacked: which one it belongs to, that one's rules, and the books that it looks at. */
  readonly stage?: Pick<Scenario, 'rules' | 'rulesAt'> & { readonly number: number; readonly books: Books };
}

export type Outcome = Applied | { readonly problems: readonly Problem[] };

export const plain = {
  replaced: new Map<string, string>(),
  undetermined: [],
  warnings: [],
  gone: [],
} as const;

/** Everything that the adjusting of one base needs again and again. */
export interface Adjusting {
  readonly base: Books;
  readonly figures: Evaluator;
}

export const amountOf = (minor: Minor, { amounts }: Pick<Books, 'amounts'>): string =>
  formatAmount(minorToUnit(minor, { text: '', kind: 'count', exponent: amounts.scale }, 0), { nil: '0' });

/** A level for the eye: grouped, at most four places. */
export function levelText(level: Rational, { unit }: Pick<Driver, 'unit'>): string {
  const decimal = decimalOf(level);
  const shown = formatAmount(decimal, {
    nil: '0',
    negatives: 'minus',
    ...(placesOf(decimal) > 4 ? { decimals: 4 } : {}),
  });
  return unit === '%' ? `${shown}%` : shown;
}

export const withoutExpression = ({ expression: _, ...leg }: Posting): Posting => leg;

/** An entry again, as a draft: without the expressions that speak of published facts. */
export const partsOf = ({
  event,
  description,
  postings,
}: Entry): Pick<Draft, 'event' | 'description' | 'postings'> => ({
  event: event === 'EntryReversed' ? 'EntryPosted' : event,
  description,
  postings: postings.map(withoutExpression),
});

/** At the adjustment, where the problem has no place of its own. */
export const placed = (problem: Problem, { at }: Adjustment): Problem => (at ? { at, ...problem } : problem);

export function unknown(
  what: string,
  name: string,
  known: Iterable<string>,
  adjustment: Adjustment,
): Problem {
  const names = [...known];
  const near = closest(name, names);
  const help = near === undefined ? `tieout whatif drivers lists what there is` : `did you mean ${near}?`;
  return placed({ code: 'E601', message: `no ${what} "${name}"`, help }, adjustment);
}

/** Does the account stand in one of these families? */
export const inAny = (account: string, families: readonly string[]): boolean =>
  families.some((family) => inFamily(account, family));
