/**
 * Drivers: where they stand, and what moving one to another level comes to.
 */
import type { Problem } from '@tieout/events';
import type { Posting } from '@tieout/ledger';
import {
  formatAmount,
  minorToUnit,
  negateMinor,
  parseMinor,
  placesOf,
  sumMinor,
  type Minor,
} from '@tieout/money';
import { inUnit } from '@tieout/statements';
import {
  levelText,
  placed,
  plain,
  unknown,
  type Adjusting,
  type Draft,
  type Moved,
  type Outcome,
} from './applied';
import { levelOf, outsideRange, unreadableLevel } from './level';
import {
  decimalOf,
  dividedBy,
  fraction,
  isNilRational,
  minus,
  one,
  partOf,
  whole,
  type Rational,
} from './rational';
import { legsOf, scaled } from './scaling';
import type { Adjustment, ChargeDriver, Driver, LegTemplate, LegsOf, ScaleDriver } from './scenario';

/** The present level of a driver: its own, or the net amount of its legs, positive on the side where they stand. */
export function presentLevel(driver: Driver, { base }: Adjusting): Rational | undefined {
  switch (driver.kind) {
    case 'scale': {
      if (driver.level !== undefined) return fraction(driver.level);
      const net = sumMinor(legsOf(driver.scales, base, driver.period).map(({ leg }) => leg.minor));
      return fraction(
        minorToUnit(
          net < 0 ? negateMinor(net) : net,
          { text: '', kind: 'count', exponent: base.amounts.scale },
          0,
        ),
      );
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

export function setDriver(adjustment: Extract<Adjustment, { kind: 'set' }>, context: Adjusting): Outcome {
  const { base } = context;
  const driver = driverOf(adjustment.driver, context);
  if (!driver)
    return {
      problems: [
        unknown(
          'driver',
          adjustment.driver,
          base.driverBook.drivers.map(({ id }) => id),
          adjustment,
        ),
      ],
    };
  const before = presentLevel(driver, context);
  if (!before)
    return {
      problems: [
        placed(
          {
            code: 'E302',
            message: `driver ${driver.id} stands on nothing in these books`,
            help: 'tieout whatif drivers',
          },
          adjustment,
        ),
      ],
    };
  const after = levelOf(adjustment.to, before, driver.unit);
  if (!after)
    return { problems: [placed(unreadableLevel(adjustment.to, driver.id, driver.unit), adjustment)] };
  return moveDriver(adjustment, { driver, before, after }, context);
}

/** A driver at a level: the one way in, for scenarios, goal seek and sensitivities alike. */
export function moveDriver(adjustment: Adjustment, moved: Moved, context: Adjusting): Outcome {
  const { driver, before, after } = moved;
  const warnings: string[] = [];
  if (outsideRange(after, before, driver)) {
    const message = `${driver.id} at ${levelText(after, driver)} is outside its plausible range, ${driver.range?.from} to ${driver.range?.to}`;
    if (driver.range?.outside === 'refuse')
      return {
        problems: [
          placed({ code: 'E702', message, help: driver.note ?? 'choose a level inside it' }, adjustment),
        ],
      };
    warnings.push(message);
  }
  if (driver.base === 'assumed')
    warnings.push(
      `${driver.id} stands on an assumed base: ${driver.note ?? 'the document does not disclose it'}`,
    );
  const text = `${driver.id} ${levelText(before, driver)} → ${levelText(after, driver)}${driver.unit === '%' ? '' : ` ${driver.unit}`}`;
  const still = isNilRational(minus(after, before));
  const shared = {
    ...plain,
    adjustment,
    moved,
    text,
    warnings,
    undetermined: still ? [] : (driver.undetermined ?? []),
  };
  if (still) return { ...shared, drafts: [] };
  switch (driver.kind) {
    case 'scale': {
      const found = scaleDriver(driver, moved, context);
      return 'problems' in found
        ? { problems: found.problems.map((each) => placed(each, adjustment)) }
        : { ...shared, drafts: found.drafts };
    }
    case 'charge': {
      const found = charge(driver, moved, context);
      return 'problems' in found
        ? { problems: found.problems.map((each) => placed(each, adjustment)) }
        : { ...shared, drafts: found.drafts };
    }
    case 'fact':
      return { ...shared, drafts: [], replaced: new Map([[driver.fact, decimalOf(after)]]) };
  }
}

function scaleDriver(
  driver: ScaleDriver,
  { before, after }: Moved,
  context: Adjusting,
): { drafts: Draft[] } | { problems: Problem[] } {
  const factor = driver.inverse ? dividedBy(before, after) : dividedBy(after, before);
  if (!factor)
    return {
      problems: [
        {
          code: 'E702',
          message: `${driver.id} cannot be scaled from or to nil`,
          help: 'post an entry instead',
        },
      ],
    };
  const change = minus(factor, one);
  const shown = formatAmount(decimalOf(factor), {
    nil: '0',
    negatives: 'minus',
    ...(placesOf(decimalOf(factor)) > 4 ? { decimals: 4 } : {}),
  });
  const rule = `${driver.id} × ${shown}`;
  const first = scaled(context, {
    what: driver.scales,
    against: driver.against,
    held: driver.held,
    change,
    rule,
    period: driver.period,
  });
  if ('problems' in first) return first;
  const drafts = [...first.drafts];
  for (const { scales, inProportionTo } of driver.follow ?? []) {
    const net = (what: LegsOf): Rational =>
      whole(sumMinor(legsOf(what, context.base, driver.period).map(({ leg }) => leg.minor)));
    const moves = whole(
      partOf(
        sumMinor(legsOf(driver.scales, context.base, driver.period).map(({ leg }) => leg.minor)),
        change,
      ),
    );
    const part = dividedBy(moves, net(inProportionTo));
    if (!part) continue;
    const next = scaled(context, {
      what: scales,
      change: part,
      rule: `${driver.id}: follows in proportion`,
      period: driver.period,
    });
    if ('problems' in next) return next;
    drafts.push(...next.drafts);
  }
  return { drafts };
}

function charge(
  driver: ChargeDriver,
  { before, after }: Moved,
  { base, figures }: Adjusting,
): { drafts: Draft[] } | { problems: Problem[] } {
  const period = base.chart.periods.find(({ id }) => id === driver.period);
  const day = period?.to ?? '';
  const { chart } = base;
  let unitAmount: Minor = parseMinor(`1${'0'.repeat(base.amounts.scale)}`);
  if (driver.per !== undefined) {
    // A recorded fact need not be shown by any statement.
    const value = figures.value(driver.per);
    const whole = base.recorded.get(driver.per) ?? (value && inUnit(value, chart.currency, chart));
    const amount = whole === undefined ? undefined : fraction(whole);
    if (!amount)
      return {
        problems: [
          {
            code: 'E302',
            message: `driver ${driver.id} stands on ${driver.per}, which these books cannot say`,
            help: 'tieout whatif drivers',
          },
        ],
      };
    unitAmount = partOf(parseMinor(`1${'0'.repeat(chart.minorDigits)}`), amount);
  }
  const change = minus(after, before);
  const minor = partOf(
    unitAmount,
    driver.unit === '%' ? { over: change.over, under: change.under * 100n } : change,
  );
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
