/**
 * A scenario written as a file: the inverse of scenario-reader.ts.
 *
 * Law: reading what was written gives the same scenario, places apart, whatever its adjustments: entries in full, with their
 * provenance; selections as they are; amounts in the book's unit where they are whole in it, else in minor units.
 *
 *     - { leave-out: { entries: [JE-2022H1-33] } }
 */
import type { Selection } from '@tieout/cube';
import type { Chart } from '@tieout/ledger';
import { parseMinor } from '@tieout/money';
import type { Adjustment, EntriesOf, LegTemplate, Scenario, Undetermined } from '@tieout/what-if';
import { Document } from 'yaml';
import { minorUnits, writeAmount } from './amounts';
import type { JournalContext } from './journal-reader';
import { entryNode } from './journal-writer';

type Node = Readonly<Record<string, unknown>>;

export function scenarioToYaml(scenario: Scenario, context: JournalContext): string {
  const { id, title, note, adjustments, rules, reopens, undetermined } = scenario;
  return new Document({
    schema: 'tieout.scenario/1',
    id,
    title,
    ...(note === undefined ? {} : { note }),
    adjustments: adjustments.map((each) => adjustmentNode(each, context)),
    ...(Object.keys(rules).length === 0 ? {} : { rules }),
    ...(reopens.length === 0 ? {} : { reopens }),
    ...(undetermined.length === 0 ? {} : { undetermined: undetermined.map(undeterminedNode) }),
  }).toString({ lineWidth: 0 });
}

function adjustmentNode(adjustment: Adjustment, context: JournalContext): Node {
  const { entity } = adjustment;
  return { ...kindNode(adjustment, context), ...(entity === undefined ? {} : { entity }) };
}

function kindNode(adjustment: Adjustment, { chart, amountUnit }: JournalContext): Node {
  switch (adjustment.kind) {
    case 'set':
      return { set: adjustment.driver, to: adjustment.to };
    case 'post':
      return { post: entryNode(adjustment.entry, chart, amountUnit) };
    case 'leave-out':
      return { 'leave-out': entriesNode(adjustment.what) };
    case 'reverse': {
      const { entry, date } = adjustment;
      return { reverse: entry, ...(date === undefined ? {} : { date }) };
    }
    case 'scale': {
      const { what, against, by } = adjustment;
      const { legs, events, entries } = what;
      return {
        scale: { ...selectionNode(legs), ...(events ? { events } : {}), ...(entries ? { entries } : {}) },
        by,
        ...(against ? { against: selectionNode(against) } : {}),
      };
    }
    case 'replace': {
      const [, concept = '', time = ''] = /^(.*)@([^@]*)$/.exec(adjustment.fact) ?? [];
      return { replace: concept, of: time, with: adjustment.value };
    }
    case 'move':
      return { move: entriesNode(adjustment.what), to: adjustment.to };
    case 'reclassify': {
      const { date } = adjustment;
      const minor = parseMinor(adjustment.minor);
      // A file's amounts have no sign: what would leave one account below nil leaves the other.
      const [from, to] = minor < 0 ? [adjustment.to, adjustment.from] : [adjustment.from, adjustment.to];
      const unit = writeAmount(minor, amountUnit) === undefined ? minorUnits : amountUnit;
      return {
        reclassify: `${from.account} to ${to.account}`,
        amount: writeAmount(minor, unit),
        ...(unit === amountUnit ? {} : { amounts: unit.text }),
        from: legNode(from, chart),
        to: legNode(to, chart),
        date,
      };
    }
  }
}

const selectionNode = ({ accounts, movements, except, where }: Selection): Node => ({
  accounts,
  ...(movements ? { movement: movements } : {}),
  ...(except ? { except } : {}),
  ...(where ? { where } : {}),
});

const entriesNode = ({ entries, events, legs }: EntriesOf): Node => ({
  ...(entries ? { entries } : {}),
  ...(events ? { events } : {}),
  ...(legs ? { legs: selectionNode(legs) } : {}),
});

/** Members that the account fixes are left out, as a person would. */
function legNode({ account, movement, dimensions }: LegTemplate, { accounts }: Chart): Node {
  const fixed = accounts.get(account)?.dimensions ?? {};
  const own = Object.entries(dimensions).filter(([dimension, member]) => fixed[dimension] !== member);
  return { account, movement, ...Object.fromEntries(own) };
}

const undeterminedNode = ({ concepts, time, why }: Undetermined): Node => ({ figures: concepts, time, why });
