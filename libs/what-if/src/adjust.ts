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
import { matches } from '@tieout/cube';
import { type Entry, type Posting } from '@tieout/ledger';
import { negateMinor, parseMinor, type Minor } from '@tieout/money';
import {
  amountOf,
  partsOf,
  placed,
  plain,
  unknown,
  withoutExpression,
  type Adjusting,
  type Draft,
  type Outcome,
} from './applied';
import type { Books } from './base';
import { setDriver } from './drive';
import { levelOf, unreadableLevel } from './level';
import { decimalOf, fraction, minus, one } from './rational';
import { scaled } from './scaling';
import type { Adjustment, EntriesOf, LegTemplate } from './scenario';

export function adjust(adjustment: Adjustment, context: Adjusting): Outcome {
  const { entity } = adjustment;
  const entities = context.base.driverBook.consequences.entities.map(({ id }) => id);
  if (entity !== undefined && !entities.includes(entity))
    return { problems: [unknown('entity', entity, entities, adjustment)] };
  switch (adjustment.kind) {
    case 'set':
      return setDriver(adjustment, context);
    case 'post':
      return {
        ...plain,
        adjustment,
        text: `post ${adjustment.entry.id}: ${adjustment.entry.description}`,
        drafts: [{ rule: 'posted by the scenario', ...partsOf(adjustment.entry) }],
      };
    case 'leave-out':
      return taken(
        adjustment,
        adjustment.what,
        context,
        (entry) => [opposite(entry, entry.date, `${entry.id} left out`)],
        'leave out',
      );
    case 'reverse':
      return taken(
        adjustment,
        { entries: [adjustment.entry] },
        context,
        (entry) => [opposite(entry, adjustment.date ?? entry.date, `${entry.id} reversed`)],
        'reverse',
      );
    case 'move':
      return taken(
        adjustment,
        adjustment.what,
        context,
        (entry) => [
          opposite(entry, entry.date, `${entry.id} taken out of ${entry.date}`),
          {
            ...partsOf(entry),
            rule: `${entry.id} recognised on ${adjustment.to}`,
            of: entry.id,
            postings: entry.postings.map((leg) => withoutExpression({ ...leg, day: adjustment.to })),
          },
        ],
        `move to ${adjustment.to}`,
      );
    case 'scale': {
      const factor = levelOf(adjustment.by, one, 'times');
      if (!factor)
        return { problems: [placed(unreadableLevel(adjustment.by, 'a scale', 'times'), adjustment)] };
      const name = adjustment.what.legs.accounts.join(', ');
      const found = scaled(context, {
        what: adjustment.what,
        against: adjustment.against,
        change: minus(factor, one),
        rule: `${name} × ${decimalOf(factor)}`,
      });
      if ('problems' in found) return { problems: found.problems.map((each) => placed(each, adjustment)) };
      return { ...plain, adjustment, text: `scale ${name} × ${decimalOf(factor)}`, drafts: found.drafts };
    }
    case 'replace': {
      const { fact, value } = adjustment;
      const before = context.base.recorded.get(fact);
      if (before === undefined)
        return { problems: [unknown('recorded fact', fact, context.base.recorded.keys(), adjustment)] };
      if (!fraction(value))
        return {
          problems: [
            placed(
              {
                code: 'E107',
                message: `cannot read "${value}" as a number`,
                help: 'write it like 31898368165 or 0.81912',
              },
              adjustment,
            ),
          ],
        };
      return {
        ...plain,
        adjustment,
        text: `${fact} ${before} → ${value}`,
        drafts: [],
        replaced: new Map([[fact, value]]),
      };
    }
    case 'reclassify': {
      const { from, to, date } = adjustment;
      const minor = parseMinor(adjustment.minor);
      const leg = (template: LegTemplate, amount: Minor): Posting => ({
        ...template,
        day: date,
        unit: context.base.chart.currency,
        minor: amount,
      });
      const text = `reclassify ${amountOf(minor, context.base)} from ${from.account} to ${to.account}`;
      return {
        ...plain,
        adjustment,
        text,
        drafts: [
          {
            rule: text,
            event: 'EntryPosted',
            description: text,
            postings: [leg(to, minor), leg(from, negateMinor(minor))],
          },
        ],
      };
    }
  }
}

const opposite = (entry: Entry, day: string, rule: string): Draft => ({
  ...partsOf(entry),
  rule,
  of: entry.id,
  postings: entry.postings.map((leg) => withoutExpression({ ...leg, day, minor: negateMinor(leg.minor) })),
});

/** Whole entries: left out, reversed or moved. Refuses what other entries stand on. */
function taken(
  adjustment: Adjustment,
  what: EntriesOf,
  { base }: Adjusting,
  make: (entry: Entry) => readonly Draft[],
  verb: string,
): Outcome {
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
  const problems = entries
    .flatMap((entry) => dependents(entry, base))
    .map((each) => placed(each, adjustment));
  if (problems.length > 0) return { problems };
  if (entries.length === 0)
    return {
      problems: [
        placed(
          { code: 'E601', message: `${verb}: no entry is selected`, help: 'tieout log lists the entries' },
          adjustment,
        ),
      ],
    };
  const gone = entries.map(({ id }) => id);
  const names =
    gone.length > 4 ? `${gone.slice(0, 4).join(', ')} and ${gone.length - 4} more` : gone.join(', ');
  return { ...plain, adjustment, text: `${verb} ${names}`, drafts: entries.flatMap(make), gone };
}

function dependents(entry: Entry, { entries }: Books): Problem[] {
  const reversal = entries.find(({ reverses }) => reverses === entry.id);
  if (reversal)
    return [
      {
        code: 'E704',
        message: `${reversal.id} reverses ${entry.id}, which would be gone`,
        help: `take ${reversal.id} out, too`,
      },
    ];
  if (entry.event === 'OpeningBalanceRecorded' || entry.event === 'NetMovementRecorded')
    return [
      {
        code: 'E704',
        message: `${entry.id} holds balances that every later entry stands on`,
        help: 'post an entry that changes them instead',
      },
    ];
  if (entry.event === 'ResultClosed')
    return [
      {
        code: 'E704',
        message: `${entry.id} closes what other entries recognised`,
        help: 'leave out those; the closing follows',
      },
    ];
  return [];
}
