/**
 * What a what-if is made of: scenarios, their adjustments, and the drivers and rules that a book declares.
 *
 *     schema: tieout.scenario/1
 *     id: impairment-up-20
 *     title: Impairment a fifth higher
 *     adjustments:
 *       - { set: impairment, to: "+20%" }
 *     rules: { tax: "15%" }
 *
 * A scenario is data over a base (the books at a log position). All its adjustments look at the base, none at another, so
 * their order never matters and what each does to a figure adds up; a scenario on a scenario is stacked instead.
 */
import type { Place } from '@tieout/events';
import type { Selection } from '@tieout/cube';
import type { Entry } from '@tieout/ledger';

/** Which legs of which entries. Entries that close a period are never meant. */
export interface LegsOf {
  readonly legs: Selection;
  /** Only entries of these event types. */
  readonly events?: readonly string[];
  /** Only these entries. */
  readonly entries?: readonly string[];
}

/** Which whole entries. */
export interface EntriesOf {
  readonly entries?: readonly string[];
  readonly events?: readonly string[];
  /** Entries with a leg of this selection. */
  readonly legs?: Selection;
}

/** Facts that cannot be determined once something is changed: concept families at a time, and why. */
export interface Undetermined {
  readonly concepts: readonly string[];
  readonly time: string;
  readonly why: string;
}

interface DriverHead {
  readonly id: string;
  readonly name: string;
  /** Of the level: `RMB'000`, `%`, `times`, `years`, `RMB per HKD` … */
  readonly unit: string;
  /** Is what the driver stands on disclosed? `assumed` is said wherever its results appear. */
  readonly base: 'disclosed' | 'assumed';
  /** The effect is an illustration, not what standards would have one compute. */
  readonly illustrative?: boolean;
  readonly note?: string;
  /** Plausible levels or changes, like "-50%" to "+100%", and what happens outside. */
  readonly range?: { readonly from: string; readonly to: string; readonly outside: 'warn' | 'refuse' };
  readonly undetermined?: readonly Undetermined[];
  /** The period in which it acts. */
  readonly period: string;
}

/** Scales postings that are there; the other legs of their entries follow. */
export interface ScaleDriver extends DriverHead {
  readonly kind: 'scale';
  readonly scales: LegsOf;
  /** The legs of the same entries that take the other side; where absent, those on the other statement. */
  readonly against?: Selection;
  /** The present level, where it is not the net amount of the legs: 1 of `times`, 5 of `years`. */
  readonly level?: string;
  /** Twice the level is half the amount: a useful life. */
  readonly inverse?: boolean;
  /** Legs that move by the driver's change in proportion to a total: costs at a constant margin. */
  readonly follow?: readonly { readonly scales: LegsOf; readonly inProportionTo: LegsOf }[];
  /** Legs that are held: what would change them is posted elsewhere, and shown there. */
  readonly held?: { readonly legs: Selection; readonly account: string; readonly movement: string };
}

/** A leg without its amount. */
export interface LegTemplate {
  readonly account: string;
  readonly movement: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A further amount between two accounts: (level − present level) × a figure. */
export interface ChargeDriver extends DriverHead {
  readonly kind: 'charge';
  readonly event: Entry['event'];
  readonly debit: LegTemplate;
  readonly credit: LegTemplate;
  /** The fact that the level is multiplied by; none where the level is an amount. */
  readonly per?: string;
  /** The present level; absent where a scenario must give one. */
  readonly level: string;
}

/** Replaces a fact that is no money. */
export interface FactDriver extends DriverHead {
  readonly kind: 'fact';
  readonly fact: string;
}

export type Driver = ScaleDriver | ChargeDriver | FactDriver;

/** How what is closed at a period's end reaches equity. */
export interface ClosingRule {
  /** Families of accounts that close. */
  readonly accounts: readonly string[];
  /** The movement that is closed, and the one that closes it. */
  readonly movement: string;
  readonly closing: string;
  readonly to: { readonly account: string; readonly movement: string };
  /** Who takes the share of non-controlling interests, where a scenario gives one. */
  readonly nci?: { readonly account: string; readonly movement: string };
}

/**
 * A part of the group that others have a share in. What an adjustment does to its result is shared with them, by the rule
 * `nci: entity`; what belongs to no entity is the owners' alone. Groups rarely disclose shares by entity: see `base`.
 */
export interface Entity {
  readonly id: string;
  readonly name: string;
  /** The share of non-controlling interests in its result: "20%". */
  readonly nci: string;
  /** Is the share disclosed? `assumed` is said wherever it is used. */
  readonly base: 'disclosed' | 'assumed';
  readonly note?: string;
  /** The legs of profit or loss that are its own, in whatever entry they stand. */
  readonly legs?: Selection;
  /** The entries that are its own as a whole. */
  readonly entries?: readonly string[];
}

/** Where tax on an effect is posted. */
export interface TaxRule {
  readonly expense: { readonly account: string; readonly movement: string };
  readonly balance: { readonly account: string; readonly movement: string };
}

/** What follows from an adjustment, as the book declares it. */
export interface Consequences {
  readonly close: readonly ClosingRule[];
  readonly entities: readonly Entity[];
  readonly tax?: {
    readonly deferred: TaxRule;
    readonly current?: TaxRule;
    /** Rates by name: `prc` is "25%". */
    readonly rates: Readonly<Record<string, string>>;
  };
  readonly cash?: {
    /** Families of receivables and payables that are settled, the movement that settles them. */
    readonly accounts: readonly string[];
    readonly movement: string;
    readonly cash: { readonly account: string; readonly movement: string };
  };
  /** Facts that are equal in any world: assets, and equity and liabilities. */
  readonly equal: readonly { readonly left: string; readonly right: string }[];
  /** Facts that a change of sign makes undeterminable: diluted earnings once there are earnings. */
  readonly whenPositive: readonly (Undetermined & { readonly figure: string })[];
}

/** drivers.yaml: all that a book knows about what-ifs. */
export interface DriverBook {
  readonly drivers: readonly Driver[];
  readonly consequences: Consequences;
}

export const noDrivers: DriverBook = {
  drivers: [],
  consequences: { close: [], entities: [], equal: [], whenPositive: [] },
};

/**
 * Amounts are decimal strings in the currency's minor unit; levels as a person writes them (level.ts). `entity` says whose
 * result it changes, whatever accounts it touches.
 */
export type Adjustment = { readonly at?: Place; readonly entity?: string } & (
  | { readonly kind: 'set'; readonly driver: string; readonly to: string }
  | { readonly kind: 'post'; readonly entry: Entry }
  | { readonly kind: 'leave-out'; readonly what: EntriesOf }
  | { readonly kind: 'reverse'; readonly entry: string; readonly date?: string }
  | { readonly kind: 'scale'; readonly what: LegsOf; readonly against?: Selection; readonly by: string }
  | { readonly kind: 'replace'; readonly fact: string; readonly value: string }
  | { readonly kind: 'move'; readonly what: EntriesOf; readonly to: string }
  | {
      readonly kind: 'reclassify';
      readonly from: LegTemplate;
      readonly to: LegTemplate;
      /** Minor units that leave `from`, debit positive. */
      readonly minor: string;
      readonly date: string;
    }
);

/** How consequences are drawn: all `hold` where absent. */
export interface Rules {
  /** `hold`, a rate ("15%"), or a name of the book's rates; followed by `current` or `not recoverable`. */
  readonly tax?: string;
  /** `hold`; the share of every effect that non-controlling interests bear ("1.5%"); or `entity`: theirs in each entity. */
  readonly nci?: string;
  /** `non-cash` (as the entries have it) or `settled` at once. */
  readonly cash?: string;
}

export const ruleNames = ['tax', 'nci', 'cash'] as const;

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly adjustments: readonly Adjustment[];
  readonly rules: Rules;
  /** Where its rules stand, if not where its adjustments do. */
  readonly rulesAt?: Place;
  /** Closed periods in which it may post all the same. */
  readonly reopens: readonly string[];
  readonly undetermined: readonly Undetermined[];
}
