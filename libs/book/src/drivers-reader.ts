/**
 * drivers.yaml: what a book can be asked about "what if", read into the drivers and rules of libs/what-if.
 *
 *     - id: impairment
 *       name: Net impairment losses
 *       unit: RMB'000
 *       base: disclosed
 *       range: { from: "-50%", to: "+100%", outside: warn }
 *       scale: { accounts: [impairment], movement: profit-or-loss }
 *
 * Every account, movement and member is one that the book declares, so a driver that moves nothing is refused here.
 */
import { entryEventNames } from '@tieout/events';
import type { Selection } from '@tieout/cube';
import { inFamily, type Chart } from '@tieout/ledger';
import {
  noDrivers,
  type ClosingRule,
  type Consequences,
  type Driver,
  type DriverBook,
  type LegsOf,
  type LegTemplate,
  type ScaleDriver,
  type TaxRule,
  type Undetermined,
} from '@tieout/what-if';
import { idOf, once } from './ids';
import { suggestion } from './source';
import {
  fieldsOf,
  pairs,
  problem,
  rootOf,
  scalarText,
  type At,
  type Fields,
  type YamlFile,
} from './yaml-fields';

const headKeys = ['id', 'name', 'unit', 'base', 'illustrative', 'note', 'range', 'undetermined', 'period'];
const selectionKeys = ['accounts', 'movement', 'except', 'where'];
const driverKeys = [...headKeys, 'scale', 'against', 'level', 'inverse', 'follow', 'held', 'charge', 'fact'];

/** What scenarios and drivers are read against. */
export interface WhatIfContext {
  readonly chart: Chart;
  /** Concept ids, for what becomes undeterminable. */
  readonly concepts: Iterable<string>;
}

export function readDrivers(yaml: YamlFile, context: WhatIfContext): DriverBook {
  const fields = fieldsOf(rootOf(yaml), {
    what: 'drivers',
    keys: ['schema', 'period', 'drivers', 'consequences'],
  });
  if (!fields) return noDrivers;
  fields.word('schema', ['tieout.drivers/1']);
  const period = periodOf(fields, 'period', context.chart);
  const seen = new Set<string>();
  const drivers = fields.list('drivers').flatMap((where) => readDriver(where, { ...context, period, seen }));
  const consequences = fields.has('consequences')
    ? readConsequences(fields.at('consequences'), context)
    : noDrivers.consequences;
  return { drivers, consequences };
}

function periodOf(fields: Fields, key: string, { periods }: Chart): string {
  const id = fields.text(key);
  const ids = periods.map((each) => each.id);
  if (id !== '' && !ids.includes(id))
    problem(fields.at(key), 'E601', `no period "${id}"`, {
      help: suggestion(id, ids, `periods are ${ids.join(', ')}`),
    });
  return id;
}

interface DriverRules extends WhatIfContext {
  readonly period: string;
  readonly seen: Set<string>;
}

function readDriver(where: At, { period, seen, ...context }: DriverRules): Driver[] {
  const fields = fieldsOf(where, { what: 'driver', keys: driverKeys });
  if (!fields) return [];
  const id = idOf(fields, 'driver');
  once(seen, id, () => problem(fields.at('id'), 'E108', `driver ${id} is declared twice`));
  const note = fields.maybeText('note');
  const range = readRange(fields);
  const undetermined = fields.has('undetermined')
    ? fields.list('undetermined').flatMap((each) => readUndetermined(each, context))
    : [];
  const head = {
    id,
    name: fields.text('name'),
    unit: fields.text('unit'),
    base: fields.word('base', ['disclosed', 'assumed']) ?? 'assumed',
    ...(fields.flag('illustrative') ? { illustrative: true } : {}),
    ...(note === undefined ? {} : { note }),
    ...(range ? { range } : {}),
    ...(undetermined.length > 0 ? { undetermined } : {}),
    period: fields.has('period') ? periodOf(fields, 'period', context.chart) : period,
  };
  const kinds = (['scale', 'charge', 'fact'] as const).filter((kind) => fields.has(kind));
  if (kinds.length !== 1) {
    problem(fields.where, 'E107', `driver ${id} needs one of scale, charge and fact`, {
      help: 'scale what is posted, charge something more, or replace a fact',
    });
    return [];
  }
  if (fields.has('fact')) return [{ ...head, kind: 'fact', fact: fields.text('fact') }];
  if (fields.has('charge')) return readCharge(fields, head, context);
  return readScale(fields, head, context);
}

type Head = Omit<Extract<Driver, { kind: 'fact' }>, 'kind' | 'fact'>;

function readScale(fields: Fields, head: Head, context: WhatIfContext): Driver[] {
  const scales = readLegsOf(fields.at('scale'), context);
  if (!scales) return [];
  const against = fields.has('against') ? readLegsOf(fields.at('against'), context)?.legs : undefined;
  const level = fields.maybeText('level');
  const follow = fields.has('follow')
    ? fields.list('follow').flatMap((each) => readFollow(each, context))
    : [];
  const held = fields.has('held') ? readHeld(fields.at('held'), context) : undefined;
  return [
    {
      ...head,
      kind: 'scale',
      scales,
      ...(against ? { against } : {}),
      ...(level === undefined ? {} : { level }),
      ...(fields.flag('inverse') ? { inverse: true } : {}),
      ...(follow.length > 0 ? { follow } : {}),
      ...(held ? { held } : {}),
    },
  ];
}

function readFollow(where: At, context: WhatIfContext): NonNullable<ScaleDriver['follow']>[number][] {
  const fields = fieldsOf(where, { what: 'follower', keys: ['scale', 'inProportionTo'] });
  const scales = fields && readLegsOf(fields.at('scale'), context);
  const inProportionTo = fields && readLegsOf(fields.at('inProportionTo'), context);
  return scales && inProportionTo ? [{ scales, inProportionTo }] : [];
}

function readHeld(where: At, context: WhatIfContext): ScaleDriver['held'] {
  const fields = fieldsOf(where, { what: 'held', keys: ['legs', 'account', 'movement'] });
  const legs = fields && readLegsOf(fields.at('legs'), { ...context, anyAccount: true });
  return (
    legs && {
      legs: legs.legs,
      account: accountOf(fields, 'account', context.chart),
      movement: movementOf(fields, 'movement', context.chart),
    }
  );
}

function readCharge(fields: Fields, head: Head, context: WhatIfContext): Driver[] {
  const own = fieldsOf(fields.at('charge'), { what: 'charge', keys: ['event', 'debit', 'credit', 'per'] });
  if (!own) return [];
  const event = own.word('event', entryEventNames) ?? 'EntryPosted';
  const per = own.maybeText('per');
  const [debit, credit] = [
    readTemplate(own.at('debit'), context.chart),
    readTemplate(own.at('credit'), context.chart),
  ];
  if (!debit || !credit) return [];
  return [
    {
      ...head,
      kind: 'charge',
      event,
      debit,
      credit,
      ...(per === undefined ? {} : { per }),
      level: fields.maybeText('level') ?? '0',
    },
  ];
}

/** An account, a movement and members: a leg without its amount. */
export function readTemplate(where: At, chart: Chart): LegTemplate | undefined {
  const fields = fieldsOf(where, { what: 'leg', keys: ['account', 'movement'], open: true });
  if (!fields) return undefined;
  const dimensions: Record<string, string> = {};
  for (const { key, keyAt, value } of fields.others) {
    const member = scalarText(value) ?? '';
    const dimension = chart.dimensions.get(key);
    if (!dimension)
      problem(keyAt, 'E209', `unknown dimension "${key}"`, {
        help: suggestion(key, ['account', 'movement', ...chart.dimensions.keys()]),
      });
    else if (!Object.hasOwn(dimension.members, member))
      problem(value, 'E209', `unknown member "${member}" of dimension ${key}`, {
        help: suggestion(member, Object.keys(dimension.members)),
      });
    else dimensions[key] = member;
  }
  return {
    account: accountOf(fields, 'account', chart),
    movement: movementOf(fields, 'movement', chart),
    dimensions,
  };
}

function accountOf(fields: Fields, key: string, { accounts }: Chart): string {
  const id = fields.text(key);
  if (id !== '' && !accounts.has(id))
    problem(fields.at(key), 'E202', `unknown account "${id}"`, { help: suggestion(id, accounts.keys()) });
  return id;
}

function movementOf(fields: Fields, key: string, { movements }: Chart): string {
  const id = fields.text(key);
  if (id !== '' && !movements.has(id))
    problem(fields.at(key), 'E203', `unknown movement "${id}"`, { help: suggestion(id, movements.keys()) });
  return id;
}

/** Account families that are declared; each that is not is reported. */
function familiesOf(fields: Fields, key: string, { accounts }: Chart): readonly string[] {
  return (fields.maybeTexts(key) ?? []).map(({ text, at }) => {
    if (![...accounts.keys()].some((account) => inFamily(account, text)))
      problem(at, 'E202', `unknown account "${text}"`, { help: suggestion(text, accounts.keys()) });
    return text;
  });
}

/** A selection of legs, and of which entries. */
export function readLegsOf(
  where: At,
  context: WhatIfContext & { readonly anyAccount?: boolean },
): LegsOf | undefined {
  const { chart } = context;
  const fields = fieldsOf(where, { what: 'selection', keys: [...selectionKeys, 'events', 'entries'] });
  if (!fields) return undefined;
  // Families without a name: every account.
  const every = [...new Set([...chart.accounts.keys()].map((account) => account.split('.')[0] ?? account))];
  const accounts =
    context.anyAccount && !fields.has('accounts') ? every : familiesOf(fields, 'accounts', chart);
  if (accounts.length === 0) problem(fields.at('accounts'), 'E107', 'selection: "accounts" is missing');
  const movements = (key: string): readonly string[] | undefined =>
    fields.maybeTexts(key)?.map(({ text, at }) => {
      if (!chart.movements.has(text))
        problem(at, 'E203', `unknown movement "${text}"`, { help: suggestion(text, chart.movements.keys()) });
      return text;
    });
  const [of, except] = [movements('movement'), movements('except')];
  const members = fields.has('where') ? readWhere(fields.at('where'), chart) : undefined;
  const legs: Selection = {
    accounts,
    ...(of ? { movements: of } : {}),
    ...(except ? { except } : {}),
    ...(members ? { where: members } : {}),
  };
  const [events, entries] = [fields.maybeTexts('events'), fields.maybeTexts('entries')];
  for (const { text, at } of events ?? [])
    if (!entryEventNames.some((name) => name === text))
      problem(at, 'E208', `unknown event "${text}"`, { help: suggestion(text, entryEventNames) });
  return {
    legs,
    ...(events ? { events: events.map(({ text }) => text) } : {}),
    ...(entries ? { entries: entries.map(({ text }) => text) } : {}),
  };
}

function readWhere(where: At, { dimensions }: Chart): Record<string, readonly string[]> {
  const members: Record<string, readonly string[]> = {};
  for (const { key, keyAt, value } of pairs(where)) {
    const dimension = dimensions.get(key);
    if (!dimension) {
      problem(keyAt, 'E209', `unknown dimension "${key}"`, { help: suggestion(key, dimensions.keys()) });
      continue;
    }
    const listed = fieldsOf(where, { what: 'where', keys: [key], open: true })?.maybeTexts(key) ?? [];
    for (const { text, at } of listed)
      if (!Object.hasOwn(dimension.members, text))
        problem(at, 'E209', `unknown member "${text}" of dimension ${key}`, {
          help: suggestion(text, Object.keys(dimension.members)),
        });
    if (listed.length === 0) problem(value, 'E107', `"${key}" names no member`);
    members[key] = listed.map(({ text }) => text);
  }
  return members;
}

function readRange(fields: Fields): { from: string; to: string; outside: 'warn' | 'refuse' } | undefined {
  if (!fields.has('range')) return undefined;
  const range = fieldsOf(fields.at('range'), { what: 'range', keys: ['from', 'to', 'outside'] });
  return (
    range && {
      from: range.text('from'),
      to: range.text('to'),
      outside: range.maybeWord('outside', ['warn', 'refuse']) ?? 'warn',
    }
  );
}

export function readUndetermined(where: At, { concepts }: WhatIfContext): Undetermined[] {
  const fields = fieldsOf(where, { what: 'undetermined', keys: ['figures', 'time', 'why'] });
  if (!fields) return [];
  const known = [...concepts];
  const families = (fields.maybeTexts('figures') ?? []).map(({ text, at }) => {
    if (!known.some((concept) => inFamily(concept, text)))
      problem(at, 'E301', `no figure "${text}"`, { help: suggestion(text, known) });
    return text;
  });
  return [{ concepts: families, time: fields.text('time'), why: fields.text('why') }];
}

function readConsequences(where: At, context: WhatIfContext): Consequences {
  const { chart } = context;
  const fields = fieldsOf(where, {
    what: 'consequences',
    keys: ['close', 'tax', 'cash', 'equal', 'whenPositive'],
  });
  if (!fields) return noDrivers.consequences;
  const end = (at: At): { account: string; movement: string } => {
    const { account, movement } = readTemplate(at, chart) ?? { account: '', movement: '' };
    return { account, movement };
  };
  const close = (fields.has('close') ? fields.list('close') : []).flatMap((each): ClosingRule[] => {
    const rule = fieldsOf(each, { what: 'closing', keys: ['accounts', 'movement', 'closing', 'to', 'nci'] });
    if (!rule) return [];
    const nci = rule.has('nci') ? { nci: end(rule.at('nci')) } : {};
    return [
      {
        accounts: familiesOf(rule, 'accounts', chart),
        movement: movementOf(rule, 'movement', chart),
        closing: movementOf(rule, 'closing', chart),
        to: end(rule.at('to')),
        ...nci,
      },
    ];
  });
  const tax = fields.has('tax')
    ? fieldsOf(fields.at('tax'), { what: 'tax', keys: ['deferred', 'current', 'rates'] })
    : undefined;
  const taxRule = (at: At): TaxRule => {
    const rule = fieldsOf(at, { what: 'tax rule', keys: ['expense', 'balance'] });
    return rule
      ? { expense: end(rule.at('expense')), balance: end(rule.at('balance')) }
      : { expense: { account: '', movement: '' }, balance: { account: '', movement: '' } };
  };
  const cash = fields.has('cash')
    ? fieldsOf(fields.at('cash'), { what: 'cash', keys: ['accounts', 'movement', 'cash'] })
    : undefined;
  const equal = (fields.has('equal') ? fields.list('equal') : []).flatMap((each) => {
    const rule = fieldsOf(each, { what: 'equality', keys: ['left', 'right'] });
    return rule ? [{ left: rule.text('left'), right: rule.text('right') }] : [];
  });
  const whenPositive = (fields.has('whenPositive') ? fields.list('whenPositive') : []).flatMap((each) => {
    const rule = fieldsOf(each, { what: 'rule', keys: ['figure', 'figures', 'time', 'why'] });
    return rule
      ? [
          {
            figure: rule.text('figure'),
            concepts: (rule.maybeTexts('figures') ?? []).map(({ text }) => text),
            time: rule.text('time'),
            why: rule.text('why'),
          },
        ]
      : [];
  });
  return {
    close,
    equal,
    whenPositive,
    ...(tax
      ? {
          tax: {
            deferred: taxRule(tax.at('deferred')),
            ...(tax.has('current') ? { current: taxRule(tax.at('current')) } : {}),
            rates: tax.has('rates')
              ? Object.fromEntries(
                  pairs(tax.at('rates')).map(({ key, value }) => [key, scalarText(value) ?? '']),
                )
              : {},
          },
        }
      : {}),
    ...(cash
      ? {
          cash: {
            accounts: familiesOf(cash, 'accounts', chart),
            movement: movementOf(cash, 'movement', chart),
            cash: end(cash.at('cash')),
          },
        }
      : {}),
  };
}
