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
import { inFamily, type Chart } from '@tieout/ledger';
import {
  noDrivers,
  type Driver,
  type DriverBook,
  type ScaleDriver,
  type Undetermined,
} from '@tieout/what-if';
import { readConsequences } from './consequences-reader';
import { idOf, once } from './ids';
import { accountOf, movementOf, readLegsOf, readTemplate, type WhatIfContext } from './legs-reader';
import { suggestion } from './source';
import { fieldsOf, problem, rootOf, type At, type Fields, type YamlFile } from './yaml-fields';

const headKeys = ['id', 'name', 'unit', 'base', 'illustrative', 'note', 'range', 'undetermined', 'period'];
const driverKeys = [...headKeys, 'scale', 'against', 'level', 'inverse', 'follow', 'held', 'charge', 'fact'];

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
