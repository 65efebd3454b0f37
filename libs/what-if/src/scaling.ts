/**
 * Scaling what is posted: the legs that are meant get their part, and the other legs of their entries balance them again.
 *
 *     research and development × 0.9  →  cr expenses.research-and-development, dr payables, depreciation, reserves
 */
import type { Problem } from '@tieout/events';
import { matches, type Selection } from '@tieout/cube';
import { periodOf, type Entry, type Posting } from '@tieout/ledger';
import { negateMinor, sumMinor } from '@tieout/money';
import { amountOf, partsOf, withoutExpression, type Adjusting, type Draft } from './applied';
import type { Books } from './base';
import type { Rational } from './rational';
import type { LegsOf, ScaleDriver } from './scenario';
import { shareBySign, shareNet } from './share';

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
export function legsOf(what: LegsOf, base: Books, period?: string): FoundLegs {
  const known = foundBefore.get(base.entries) ?? new WeakMap<LegsOf, FoundLegs>();
  foundBefore.set(base.entries, known);
  let found = known.get(what);
  if (!found) known.set(what, (found = findLegs(what, base, period)));
  return found;
}

/** Without a period, and without naming entries, those of periods that are open. */
function findLegs(
  { legs, events, entries: ids }: LegsOf,
  { entries, chart, closed }: Books,
  period?: string,
): FoundLegs {
  const test = matches(legs);
  const meant = (date: string): boolean => {
    const own = periodOf(date, chart)?.id;
    return period === undefined
      ? ids !== undefined || (own !== undefined && !closed.has(own))
      : own === period;
  };
  return entries.flatMap((entry) => {
    if (
      entry.event === 'ResultClosed' ||
      (events && !events.includes(entry.event)) ||
      (ids && !ids.includes(entry.id))
    )
      return [];
    if (!meant(entry.date)) return [];
    return entry.postings.filter(test).map((leg) => ({ entry, leg }));
  });
}

/** Scaling: the legs, then what balances each entry again. */
export function scaled(
  { base }: Adjusting,
  { what, against, held, change, rule, period }: Scaling,
): { drafts: Draft[] } | { problems: Problem[] } {
  const found = legsOf(what, base, period);
  if (found.length === 0)
    return {
      problems: [
        {
          code: 'E302',
          message: `${rule}: no posting is selected`,
          help: 'look at the accounts, movements and events that it names',
        },
      ],
    };
  const shares = shareBySign(
    found.map(({ leg }) => leg.minor),
    change,
  );
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
    const parts =
      left === 0
        ? others.map(() => 0)
        : shareNet(
            left,
            others.map(({ minor }) => minor),
          );
    if (!parts || (others.length === 0 && left !== 0)) {
      problems.push({
        code: 'E201',
        message: `${rule}: in ${entry.id} no leg can take the other side, ${amountOf(left, base)}`,
        help: 'say which with "against"',
      });
      return [];
    }
    const holds = held && matches(held.legs);
    const counter = others.map((leg, index): Posting => {
      const minor = parts[index] ?? 0;
      const instead =
        held && holds?.(leg) ? { account: held.account, movement: held.movement, dimensions: {} } : {};
      return withoutExpression({ ...leg, ...instead, minor });
    });
    const postings = [...legs, ...counter].filter(({ minor }) => minor !== 0);
    const event = held && entry.postings.some((leg) => holds?.(leg)) ? 'EntryPosted' : partsOf(entry).event;
    return postings.length === 0
      ? []
      : [{ rule: `${rule} (${entry.id})`, event, description: entry.description, postings, of: entry.id }];
  });
  return problems.length > 0 ? { problems } : { drafts };
}

/** Profit or loss against the balance sheet, or the other way round, unless `against` says it. */
function otherSideOf(
  scaledLegs: readonly Posting[],
  against: Selection | undefined,
  { chart }: Books,
): (leg: Posting) => boolean {
  if (against) return matches(against);
  const typeOf = ({ account }: Posting) => chart.accounts.get(account)?.type;
  const isResult = (leg: Posting): boolean =>
    ['income', 'expense', 'comprehensive-income'].includes(typeOf(leg) ?? '');
  if (scaledLegs.some((leg) => typeOf(leg) === 'clearing')) return () => true;
  const result = scaledLegs.some(isResult);
  return (leg) => isResult(leg) !== result;
}
