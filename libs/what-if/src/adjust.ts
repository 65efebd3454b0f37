/**
 * From an adjustment to the entries it stands for: hypothetical, balanced, each with the rule that made it.
 *
 * Invariant: an entry is never changed. What an adjustment takes away of it is posted as the opposite, so base and
 * hypothetical entries are one journal.
 *
 *     set impairment +20%  →  dr impairment.trade-receivables 104,037.4 / cr receivables.trade.allowance 104,037.4 …
 *                             rule: impairment × 1.2 (JE-20)
 */
import { type Problem } from '@tieout/events';
import { matches, type Selection } from '@tieout/cube';
import { closest, inFamily, periodOf, type Entry, type Posting } from '@tieout/ledger';
import {
  formatAmount,
  minorToUnit,
  negateMinor,
  parseMinor,
  placesOf,
  sumMinor,
  type Minor,
} from '@tieout/money';
import { inUnit, type Evaluator } from '@tieout/statements';
import type { Base } from './base';
import { levelOf, outsideRange, unreadableLevel } from './level';
import { decimalOf, dividedBy, fraction, isNilRational, minus, one, partOf, whole, type Rational } from './rational';
import type { Adjustment, ChargeDriver, Driver, EntriesOf, LegTemplate, LegsOf, Rules, ScaleDriver, Undetermined } from './scenario';
import { shareBySign, shareNet } from './share';

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
  /** Of scenarios that are stacked: which one it belongs to, and that one's rules. */
  readonly stage?: { readonly number: number; readonly rules: Rules };
}

export type Outcome = Applied | { readonly problems: readonly Problem[] };

const plain = { replaced: new Map<string, string>(), undetermined: [], warnings: [], gone: [] } as const;

/** Everything that the adjusting of one base needs again and again. */
export interface Adjusting {
  readonly base: Base;
  readonly figures: Evaluator;
}

export const amountOf = (minor: Minor, { amounts }: Pick<Base, 'amounts'>): string =>
  formatAmount(minorToUnit(minor, { text: '', kind: 'count', exponent: amounts.scale }, 0), { nil: '0' });

/** A level for the eye: grouped, at most four places. */
export function levelText(level: Rational, { unit }: Pick<Driver, 'unit'>): string {
  const decimal = decimalOf(level);
  const shown = formatAmount(decimal, { nil: '0', negatives: 'minus', ...(placesOf(decimal) > 4 ? { decimals: 4 } : {}) });
  return unit === '%' ? `${shown}%` : shown;
}

export function adjust(adjustment: Adjustment, context: Adjusting): Outcome {
  switch (adjustment.kind) {
    case 'set':
      return setDriver(adjustment, context);
    case 'post':
      return { ...plain, adjustment, text: `post ${adjustment.entry.id}: ${adjustment.entry.description}`, drafts: [{ rule: 'posted by the scenario', ...partsOf(adjustment.entry) }] };
    case 'leave-out':
      return taken(adjustment, adjustment.what, context, (entry) => [opposite(entry, entry.date, `${entry.id} left out`)], 'leave out');
    case 'reverse':
      return taken(adjustment, { entries: [adjustment.entry] }, context, (entry) => [opposite(entry, adjustment.date ?? entry.date, `${entry.id} reversed`)], 'reverse');
    case 'move':
      return taken(
        adjustment,
        adjustment.what,
        context,
        (entry) => [
          opposite(entry, entry.date, `${entry.id} taken out of ${entry.date}`),
          { ...partsOf(entry), rule: `${entry.id} recognised on ${adjustment.to}`, of: entry.id, postings: entry.postings.map((leg) => withoutExpression({ ...leg, day: adjustment.to })) },
        ],
        `move to ${adjustment.to}`,
      );
    case 'scale': {
      const factor = levelOf(adjustment.by, one, 'times');
      if (!factor) return { problems: [placed(unreadableLevel(adjustment.by, 'a scale', 'times'), adjustment)] };
      const name = adjustment.what.legs.accounts.join(', ');
      const found = scaled(context, { what: adjustment.what, against: adjustment.against, change: minus(factor, one), rule: `${name} × ${decimalOf(factor)}` });
      if ('problems' in found) return { problems: found.problems.map((each) => placed(each, adjustment)) };
      return { ...plain, adjustment, text: `scale ${name} × ${decimalOf(factor)}`, drafts: found.drafts };
    }
    case 'replace': {
      const { fact, value } = adjustment;
      const before = context.base.recorded.get(fact);
      if (before === undefined) return { problems: [unknown('recorded fact', fact, context.base.recorded.keys(), adjustment)] };
      if (!fraction(value)) return { problems: [placed({ code: 'E107', message: `cannot read "${value}" as a number`, help: 'write it like 31898368165 or 0.81912' }, adjustment)] };
      return { ...plain, adjustment, text: `${fact} ${before} → ${value}`, drafts: [], replaced: new Map([[fact, value]]) };
    }
    case 'reclassify': {
      const { from, to, date } = adjustment;
      const minor = parseMinor(adjustment.minor);
      const leg = (template: LegTemplate, amount: Minor): Posting => ({ ...template, day: date, unit: context.base.chart.currency, minor: amount });
      const text = `reclassify ${amountOf(minor, context.base)} from ${from.account} to ${to.account}`;
      return { ...plain, adjustment, text, drafts: [{ rule: text, event: 'EntryPosted', description: text, postings: [leg(to, minor), leg(from, negateMinor(minor))] }] };
    }
  }
}

const placed = (problem: Problem, { at }: Adjustment): Problem => (at ? { at, ...problem } : problem);

function unknown(what: string, name: string, known: Iterable<string>, adjustment: Adjustment): Problem {
  const names = [...known];
  const near = closest(name, names);
  const help = near === undefined ? `tieout whatif drivers lists what there is` : `did you mean ${near}?`;
  return placed({ code: 'E601', message: `no ${what} "${name}"`, help }, adjustment);
}

const withoutExpression = ({ expression: _, ...leg }: Posting): Posting => leg;

const partsOf = ({ event, description, postings }: Entry): Pick<Draft, 'event' | 'description' | 'postings'> => ({
  event: event === 'EntryReversed' ? 'EntryPosted' : event,
  description,
  postings: postings.map(withoutExpression),
});

const opposite = (entry: Entry, day: string, rule: string): Draft => ({
  ...partsOf(entry),
  rule,
  of: entry.id,
  postings: entry.postings.map((leg) => withoutExpression({ ...leg, day, minor: negateMinor(leg.minor) })),
});

/** Whole entries: left out, reversed or moved. Refuses what other entries stand on. */
function taken(adjustment: Adjustment, what: EntriesOf, { base }: Adjusting, make: (entry: Entry) => readonly Draft[], verb: string): Outcome {
  const ids = new Set(base.entries.map(({ id }) => id));
  const missing = (what.entries ?? []).filter((id) => !ids.has(id));
  if (missing.length > 0) return { problems: missing.map((id) => unknown('entry', id, ids, adjustment)) };
  const test = what.legs && matches(what.legs);
  const entries = base.entries.filter(
    (entry) =>
      (what.entries === undefined || what.entries.includes(entry.id)) &&
      (what.events === undefined || what.events.includes(entry.event)) &&
      (test === undefined || entry.postings.some(test)),
  );
  const problems = entries.flatMap((entry) => dependents(entry, base)).map((each) => placed(each, adjustment));
  if (problems.length > 0) return { problems };
  if (entries.length === 0) return { problems: [placed({ code: 'E601', message: `${verb}: no entry is selected`, help: 'tieout log lists the entries' }, adjustment)] };
  const gone = entries.map(({ id }) => id);
  const names = gone.length > 4 ? `${gone.slice(0, 4).join(', ')} and ${gone.length - 4} more` : gone.join(', ');
  return { ...plain, adjustment, text: `${verb} ${names}`, drafts: entries.flatMap(make), gone };
}

function dependents(entry: Entry, { entries }: Base): Problem[] {
  const reversal = entries.find(({ reverses }) => reverses === entry.id);
  if (reversal)
    return [{ code: 'E704', message: `${reversal.id} reverses ${entry.id}, which would be gone`, help: `take ${reversal.id} out, too` }];
  if (entry.event === 'OpeningBalanceRecorded' || entry.event === 'NetMovementRecorded')
    return [{ code: 'E704', message: `${entry.id} holds balances that every later entry stands on`, help: 'post an entry that changes them instead' }];
  if (entry.event === 'ResultClosed')
    return [{ code: 'E704', message: `${entry.id} closes what other entries recognised`, help: 'leave out those; the closing follows' }];
  return [];
}

interface Scaling {
  readonly what: LegsOf;
  readonly against?: Selection | undefined;
  readonly held?: ScaleDriver['held'];
  /** In parts of the legs: 1/5 for +20%. */
  readonly change: Rational;
  readonly rule: string;
  readonly period?: string;
}

type FoundLegs = readonly { readonly entry: Entry; readonly leg: Posting }[];
const foundBefore = new WeakMap<readonly Entry[], WeakMap<LegsOf, FoundLegs>>();

/** The legs that a selection means, with their entries: looked for once a driver and base, because a driver is moved often. */
function legsOf(what: LegsOf, base: Base, period?: string): FoundLegs {
  const known = foundBefore.get(base.entries) ?? new WeakMap<LegsOf, FoundLegs>();
  foundBefore.set(base.entries, known);
  let found = known.get(what);
  if (!found) known.set(what, (found = findLegs(what, base, period)));
  return found;
}

/** Without a period, and without naming entries, those of periods that are open. */
function findLegs({ legs, events, entries: ids }: LegsOf, { entries, chart, closed }: Base, period?: string): FoundLegs {
  const test = matches(legs);
  const meant = (date: string): boolean => {
    const own = periodOf(date, chart)?.id;
    return period === undefined ? ids !== undefined || (own !== undefined && !closed.has(own)) : own === period;
  };
  return entries.flatMap((entry) => {
    if (entry.event === 'ResultClosed' || (events && !events.includes(entry.event)) || (ids && !ids.includes(entry.id))) return [];
    if (!meant(entry.date)) return [];
    return entry.postings.filter(test).map((leg) => ({ entry, leg }));
  });
}

/** Scaling: the legs, then what balances each entry again. */
function scaled({ base }: Adjusting, { what, against, held, change, rule, period }: Scaling): { drafts: Draft[] } | { problems: Problem[] } {
  const found = legsOf(what, base, period);
  if (found.length === 0)
    return { problems: [{ code: 'E302', message: `${rule}: no posting is selected`, help: 'look at the accounts, movements and events that it names' }] };
  const shares = shareBySign(found.map(({ leg }) => leg.minor), change);
  const byEntry = new Map<Entry, Posting[]>();
  found.forEach(({ entry, leg }, index) => {
    const known = byEntry.get(entry) ?? [];
    byEntry.set(entry, known);
    known.push(withoutExpression({ ...leg, minor: shares[index] ?? 0 }));
  });
  const own = new Set(found.map(({ leg }) => leg));
  const problems: Problem[] = [];
  const drafts = [...byEntry].flatMap(([entry, legs]): Draft[] => {
    const left = negateMinor(sumMinor(legs.map(({ minor }) => minor)));
    const otherSide = otherSideOf(legs, against, base);
    const others = entry.postings.filter((leg) => !own.has(leg) && otherSide(leg));
    const parts = left === 0 ? others.map(() => 0) : shareNet(left, others.map(({ minor }) => minor));
    if (!parts || (others.length === 0 && left !== 0)) {
      problems.push({ code: 'E201', message: `${rule}: in ${entry.id} no leg can take the other side, ${amountOf(left, base)}`, help: 'say which with "against"' });
      return [];
    }
    const holds = held && matches(held.legs);
    const counter = others.map((leg, index): Posting => {
      const minor = parts[index] ?? 0;
      const instead = held && holds?.(leg) ? { account: held.account, movement: held.movement, dimensions: {} } : {};
      return withoutExpression({ ...leg, ...instead, minor });
    });
    const postings = [...legs, ...counter].filter(({ minor }) => minor !== 0);
    const event = held && entry.postings.some((leg) => holds?.(leg)) ? 'EntryPosted' : partsOf(entry).event;
    return postings.length === 0 ? [] : [{ rule: `${rule} (${entry.id})`, event, description: entry.description, postings, of: entry.id }];
  });
  return problems.length > 0 ? { problems } : { drafts };
}

/** Profit or loss against the balance sheet, or the other way round, unless `against` says it. */
function otherSideOf(scaledLegs: readonly Posting[], against: Selection | undefined, { chart }: Base): (leg: Posting) => boolean {
  if (against) return matches(against);
  const typeOf = ({ account }: Posting) => chart.accounts.get(account)?.type;
  const isResult = (leg: Posting): boolean => ['income', 'expense', 'comprehensive-income'].includes(typeOf(leg) ?? '');
  if (scaledLegs.some((leg) => typeOf(leg) === 'clearing')) return () => true;
  const result = scaledLegs.some(isResult);
  return (leg) => isResult(leg) !== result;
}

/** The present level of a driver: its own, or the net amount of its legs, positive on the side where they stand. */
export function presentLevel(driver: Driver, { base }: Adjusting): Rational | undefined {
  switch (driver.kind) {
    case 'scale': {
      if (driver.level !== undefined) return fraction(driver.level);
      const net = sumMinor(legsOf(driver.scales, base, driver.period).map(({ leg }) => leg.minor));
      return fraction(minorToUnit(net < 0 ? negateMinor(net) : net, { text: '', kind: 'count', exponent: base.amounts.scale }, 0));
    }
    case 'charge':
      return fraction(driver.level);
    case 'fact': {
      const recorded = base.recorded.get(driver.fact);
      return recorded === undefined ? undefined : fraction(recorded);
    }
  }
}

export function driverOf(id: string, { base }: Adjusting): Driver | undefined {
  return base.driverBook.drivers.find((driver) => driver.id === id);
}

function setDriver(adjustment: Extract<Adjustment, { kind: 'set' }>, context: Adjusting): Outcome {
  const { base } = context;
  const driver = driverOf(adjustment.driver, context);
  if (!driver) return { problems: [unknown('driver', adjustment.driver, base.driverBook.drivers.map(({ id }) => id), adjustment)] };
  const before = presentLevel(driver, context);
  if (!before) return { problems: [placed({ code: 'E302', message: `driver ${driver.id} stands on nothing in these books`, help: 'tieout whatif drivers' }, adjustment)] };
  const after = levelOf(adjustment.to, before, driver.unit);
  if (!after) return { problems: [placed(unreadableLevel(adjustment.to, driver.id, driver.unit), adjustment)] };
  return moveDriver(adjustment, { driver, before, after }, context);
}

/** A driver at a level: the one way in, for scenarios, goal seek and sensitivities alike. */
export function moveDriver(adjustment: Adjustment, moved: Moved, context: Adjusting): Outcome {
  const { driver, before, after } = moved;
  const warnings: string[] = [];
  if (outsideRange(after, before, driver)) {
    const message = `${driver.id} at ${levelText(after, driver)} is outside its plausible range, ${driver.range?.from} to ${driver.range?.to}`;
    if (driver.range?.outside === 'refuse') return { problems: [placed({ code: 'E702', message, help: driver.note ?? 'choose a level inside it' }, adjustment)] };
    warnings.push(message);
  }
  if (driver.base === 'assumed') warnings.push(`${driver.id} stands on an assumed base: ${driver.note ?? 'the document does not disclose it'}`);
  const text = `${driver.id} ${levelText(before, driver)} → ${levelText(after, driver)}${driver.unit === '%' ? '' : ` ${driver.unit}`}`;
  const still = isNilRational(minus(after, before));
  const shared = { ...plain, adjustment, moved, text, warnings, undetermined: still ? [] : (driver.undetermined ?? []) };
  if (still) return { ...shared, drafts: [] };
  switch (driver.kind) {
    case 'scale': {
      const found = scaleDriver(driver, moved, context);
      return 'problems' in found ? { problems: found.problems.map((each) => placed(each, adjustment)) } : { ...shared, drafts: found.drafts };
    }
    case 'charge': {
      const found = charge(driver, moved, context);
      return 'problems' in found ? { problems: found.problems.map((each) => placed(each, adjustment)) } : { ...shared, drafts: found.drafts };
    }
    case 'fact':
      return { ...shared, drafts: [], replaced: new Map([[driver.fact, decimalOf(after)]]) };
  }
}

function scaleDriver(driver: ScaleDriver, { before, after }: Moved, context: Adjusting): { drafts: Draft[] } | { problems: Problem[] } {
  const factor = driver.inverse ? dividedBy(before, after) : dividedBy(after, before);
  if (!factor)
    return { problems: [{ code: 'E702', message: `${driver.id} cannot be scaled from or to nil`, help: 'post an entry instead' }] };
  const change = minus(factor, one);
  const shown = formatAmount(decimalOf(factor), { nil: '0', negatives: 'minus', ...(placesOf(decimalOf(factor)) > 4 ? { decimals: 4 } : {}) });
  const rule = `${driver.id} × ${shown}`;
  const first = scaled(context, { what: driver.scales, against: driver.against, held: driver.held, change, rule, period: driver.period });
  if ('problems' in first) return first;
  const drafts = [...first.drafts];
  for (const { scales, inProportionTo } of driver.follow ?? []) {
    const net = (what: LegsOf): Rational => whole(sumMinor(legsOf(what, context.base, driver.period).map(({ leg }) => leg.minor)));
    const moves = whole(partOf(sumMinor(legsOf(driver.scales, context.base, driver.period).map(({ leg }) => leg.minor)), change));
    const part = dividedBy(moves, net(inProportionTo));
    if (!part) continue;
    const next = scaled(context, { what: scales, change: part, rule: `${driver.id}: follows in proportion`, period: driver.period });
    if ('problems' in next) return next;
    drafts.push(...next.drafts);
  }
  return { drafts };
}

function charge(driver: ChargeDriver, { before, after }: Moved, { base, figures }: Adjusting): { drafts: Draft[] } | { problems: Problem[] } {
  const period = base.chart.periods.find(({ id }) => id === driver.period);
  const day = period?.to ?? '';
  const { chart } = base;
  let unitAmount: Minor = parseMinor(`1${'0'.repeat(base.amounts.scale)}`);
  if (driver.per !== undefined) {
    // A recorded fact need not be shown by any statement.
    const value = figures.value(driver.per);
    const whole = base.recorded.get(driver.per) ?? (value && inUnit(value, chart.currency, chart));
    const amount = whole === undefined ? undefined : fraction(whole);
    if (!amount) return { problems: [{ code: 'E302', message: `driver ${driver.id} stands on ${driver.per}, which these books cannot say`, help: 'tieout whatif drivers' }] };
    unitAmount = partOf(parseMinor(`1${'0'.repeat(chart.minorDigits)}`), amount);
  }
  const change = minus(after, before);
  const minor = partOf(unitAmount, driver.unit === '%' ? { over: change.over, under: change.under * 100n } : change);
  const leg = (template: LegTemplate, amount: Minor): Posting => ({
    account: template.account,
    movement: template.movement,
    dimensions: { ...chart.accounts.get(template.account)?.dimensions, ...template.dimensions },
    day,
    unit: chart.currency,
    minor: amount,
  });
  const postings = [leg(driver.debit, minor), leg(driver.credit, negateMinor(minor))];
  const rule = `${driver.id}: ${levelText(change, driver)}${driver.per === undefined ? '' : ` of ${driver.per}`}`;
  return { drafts: minor === 0 ? [] : [{ rule, event: driver.event, description: driver.name, postings }] };
}

/** Does the account stand in one of these families? */
export const inAny = (account: string, families: readonly string[]): boolean => families.some((family) => inFamily(account, family));
