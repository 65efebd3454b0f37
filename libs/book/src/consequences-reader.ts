/**
 * The consequences of drivers.yaml: by which rules tax, cash, the closing of the result and non-controlling interests follow
 * an adjustment, and what must be equal in any world.
 *
 *     close:
 *       - { accounts: [revenue, expenses], movement: profit-or-loss, closing: closing, to: { ... }, nci: { ... } }
 *     entities:
 *       - { id: issuer, name: The issuer, nci: "20%", base: assumed, legs: { accounts: [preferred-fair-value] } }
 */
import { inFamily, type Chart } from '@tieout/ledger';
import { noDrivers, type ClosingRule, type Consequences, type Entity, type TaxRule } from '@tieout/what-if';
import { idOf, once } from './ids';
import { familiesOf, movementOf, readLegsOf, readTemplate, type WhatIfContext } from './legs-reader';
import { fieldsOf, pairs, problem, scalarText, type At } from './yaml-fields';

/** An account and a movement: where a rule posts. */
type End = TaxRule['expense'];

export function readConsequences(where: At, context: WhatIfContext): Consequences {
  const fields = fieldsOf(where, {
    what: 'consequences',
    keys: ['close', 'entities', 'tax', 'cash', 'equal', 'whenPositive'],
  });
  if (!fields) return noDrivers.consequences;
  const { chart } = context;
  const seen = new Set<string>();
  const each = <T>(key: string, read: (at: At) => T | undefined): readonly T[] =>
    (fields.has(key) ? fields.list(key) : []).flatMap((at) => read(at) ?? []);
  const tax = fields.has('tax') ? readTax(fields.at('tax'), chart) : undefined;
  const cash = fields.has('cash') ? readCash(fields.at('cash'), chart) : undefined;
  return {
    close: each('close', (at) => readClosing(at, chart)),
    entities: each('entities', (at) => readEntity(at, context, seen)),
    equal: each('equal', readEquality),
    whenPositive: each('whenPositive', readWhenPositive),
    ...(tax ? { tax } : {}),
    ...(cash ? { cash } : {}),
  };
}

function readEnd(at: At, chart: Chart): End {
  const { account, movement } = readTemplate(at, chart) ?? { account: '', movement: '' };
  return { account, movement };
}

function readClosing(at: At, chart: Chart): ClosingRule | undefined {
  const rule = fieldsOf(at, { what: 'closing', keys: ['accounts', 'movement', 'closing', 'to', 'nci'] });
  return (
    rule && {
      accounts: familiesOf(rule, 'accounts', chart),
      movement: movementOf(rule, 'movement', chart),
      closing: movementOf(rule, 'closing', chart),
      to: readEnd(rule.at('to'), chart),
      ...(rule.has('nci') ? { nci: readEnd(rule.at('nci'), chart) } : {}),
    }
  );
}

/** Who bears what, by entity: an entity without legs or entries of its own would own nothing, and is refused. */
function readEntity(at: At, context: WhatIfContext, seen: Set<string>): Entity | undefined {
  const fields = fieldsOf(at, {
    what: 'entity',
    keys: ['id', 'name', 'nci', 'base', 'note', 'legs', 'entries'],
  });
  if (!fields) return undefined;
  const id = idOf(fields, 'entity');
  once(seen, id, () => problem(fields.at('id'), 'E108', `entity ${id} is declared twice`));
  const nci = fields.text('nci');
  const part = /^(\d+(?:\.\d+)?)%$/.exec(nci)?.[1];
  if (nci !== '' && (part === undefined || Number(part) > 100))
    problem(fields.at('nci'), 'E107', `entity ${id}: "nci" is ${nci}, which is no share`, {
      help: 'write the part that others hold, from 0% to 100%, like "20%"',
    });
  const note = fields.maybeText('note');
  const legs = fields.has('legs')
    ? readLegsOf(fields.at('legs'), { ...context, anyAccount: true })
    : undefined;
  const owned = [...context.chart.accounts.values()].filter((account) =>
    legs?.legs.accounts.some((family) => inFamily(account.id, family)),
  );
  const ofResult = ['income', 'expense', 'comprehensive-income'];
  if (owned.length > 0 && !owned.some(({ type }) => ofResult.includes(type)))
    problem(fields.at('legs'), 'E107', `entity ${id}: its legs are none of profit or loss`, {
      help: 'name the income and expenses that are its own; of other accounts, give the entries',
    });
  const entries = fields.maybeTexts('entries')?.map(({ text }) => text);
  if (!fields.has('legs') && entries === undefined)
    problem(at, 'E107', `entity ${id} owns nothing`, {
      help: 'give the legs that are its own (legs: { accounts: [...] }) or its entries (entries: [...])',
    });
  return {
    id,
    name: fields.text('name'),
    nci,
    base: fields.word('base', ['disclosed', 'assumed']) ?? 'assumed',
    ...(note === undefined ? {} : { note }),
    ...(legs ? { legs: legs.legs } : {}),
    ...(entries ? { entries } : {}),
  };
}

function readTax(at: At, chart: Chart): Consequences['tax'] {
  const tax = fieldsOf(at, { what: 'tax', keys: ['deferred', 'current', 'rates'] });
  if (!tax) return undefined;
  const nowhere: End = { account: '', movement: '' };
  const rule = (key: string): TaxRule => {
    const ends = fieldsOf(tax.at(key), { what: 'tax rule', keys: ['expense', 'balance'] });
    return ends
      ? { expense: readEnd(ends.at('expense'), chart), balance: readEnd(ends.at('balance'), chart) }
      : { expense: nowhere, balance: nowhere };
  };
  const rates = tax.has('rates') ? pairs(tax.at('rates')) : [];
  return {
    deferred: rule('deferred'),
    ...(tax.has('current') ? { current: rule('current') } : {}),
    rates: Object.fromEntries(rates.map(({ key, value }) => [key, scalarText(value) ?? ''])),
  };
}

function readCash(at: At, chart: Chart): Consequences['cash'] {
  const cash = fieldsOf(at, { what: 'cash', keys: ['accounts', 'movement', 'cash'] });
  return (
    cash && {
      accounts: familiesOf(cash, 'accounts', chart),
      movement: movementOf(cash, 'movement', chart),
      cash: readEnd(cash.at('cash'), chart),
    }
  );
}

function readEquality(at: At): Consequences['equal'][number] | undefined {
  const rule = fieldsOf(at, { what: 'equality', keys: ['left', 'right'] });
  return rule && { left: rule.text('left'), right: rule.text('right') };
}

function readWhenPositive(at: At): Consequences['whenPositive'][number] | undefined {
  const rule = fieldsOf(at, { what: 'rule', keys: ['figure', 'figures', 'time', 'why'] });
  return (
    rule && {
      figure: rule.text('figure'),
      concepts: (rule.maybeTexts('figures') ?? []).map(({ text }) => text),
      time: rule.text('time'),
      why: rule.text('why'),
    }
  );
}
