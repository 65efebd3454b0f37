/**
 * Legs as drivers and scenarios name them: selections of what is posted, and templates of what would be.
 *
 *     { accounts: [impairment], movement: profit-or-loss, events: [ImpairmentRecognised] }     legs that are there
 *     { account: cash, movement: purchase-of-investments }                                   a leg without its amount
 *
 * Every account, movement, member and event is one that the book declares: what would select nothing is refused here.
 */
import { entryEventNames } from '@tieout/events';
import type { Selection } from '@tieout/cube';
import { inFamily, type Chart } from '@tieout/ledger';
import type { LegsOf, LegTemplate } from '@tieout/what-if';
import { suggestion } from './source';
import { fieldsOf, pairs, problem, scalarText, type At, type Fields } from './yaml-fields';

const selectionKeys = ['accounts', 'movement', 'except', 'where'];

/** What scenarios and drivers are read against. */
export interface WhatIfContext {
  readonly chart: Chart;
  /** Concept ids, for what becomes undeterminable. */
  readonly concepts: Iterable<string>;
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

export function accountOf(fields: Fields, key: string, { accounts }: Chart): string {
  const id = fields.text(key);
  if (id !== '' && !accounts.has(id))
    problem(fields.at(key), 'E202', `unknown account "${id}"`, { help: suggestion(id, accounts.keys()) });
  return id;
}

export function movementOf(fields: Fields, key: string, { movements }: Chart): string {
  const id = fields.text(key);
  if (id !== '' && !movements.has(id))
    problem(fields.at(key), 'E203', `unknown movement "${id}"`, { help: suggestion(id, movements.keys()) });
  return id;
}

/** Account families that are declared; each that is not is reported. */
export function familiesOf(fields: Fields, key: string, { accounts }: Chart): readonly string[] {
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
