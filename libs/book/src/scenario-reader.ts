/**
 * scenarios/*.yaml and a user's own scenario files, read into scenarios of libs/what-if (scenario-writer.ts writes them).
 *
 *     schema: tieout.scenario/1
 *     id: impairment-up-20
 *     title: Impairment a fifth higher
 *     adjustments:
 *       - { set: impairment, to: "+20%" }
 *
 * What an adjustment names outside the chart (drivers, entries, recorded facts) is looked up when the scenario is run: it may
 * be about a log that has moved on.
 */
import { LedgerError, type Place, type Problem } from '@tieout/events';
import { formatMinor } from '@tieout/money';
import { ruleNames, type Adjustment, type EntriesOf, type Rules, type Scenario } from '@tieout/what-if';
import { readAmount } from './amounts';
import { readUndetermined } from './drivers-reader';
import { dayOf, idOf, once } from './ids';
import { readEntryIn, unitOf, type JournalContext } from './journal-reader';
import { readLegsOf, readTemplate, type WhatIfContext } from './legs-reader';
import { placeOf, sourceOf, suggestion } from './source';
import { fieldsOf, parseYaml, problem, rootOf, type At, type Fields, type YamlFile } from './yaml-fields';

/** What a scenario is read against. A Book is one. */
export type ScenarioContext = JournalContext & WhatIfContext;

const kinds = ['set', 'post', 'leave-out', 'reverse', 'scale', 'replace', 'move', 'reclassify'] as const;
const keysOf: Readonly<Record<(typeof kinds)[number], readonly string[]>> = {
  set: ['to'],
  post: [],
  'leave-out': [],
  reverse: ['date'],
  scale: ['by', 'against'],
  replace: ['of', 'with'],
  move: ['to'],
  reclassify: ['amount', 'amounts', 'from', 'to', 'date'],
};

export function readScenario(yaml: YamlFile, context: ScenarioContext): Scenario | undefined {
  const fields = fieldsOf(rootOf(yaml), {
    what: 'scenario',
    keys: ['schema', 'id', 'title', 'note', 'adjustments', 'rules', 'reopens', 'undetermined'],
  });
  if (!fields) return undefined;
  fields.word('schema', ['tieout.scenario/1']);
  const note = fields.maybeText('note');
  const periods = context.chart.periods.map(({ id }) => id);
  const reopens = (fields.maybeTexts('reopens') ?? []).map(({ text, at }) => {
    if (!periods.includes(text))
      problem(at, 'E601', `no period "${text}"`, {
        help: suggestion(text, periods, `periods are ${periods.join(', ')}`),
      });
    return text;
  });
  const rules = fields.has('rules') ? fields.at('rules') : undefined;
  return {
    id: idOf(fields, 'scenario'),
    title: fields.text('title'),
    ...(note === undefined ? {} : { note }),
    adjustments: fields.list('adjustments').flatMap((each) => readAdjustment(each, context)),
    rules: rules ? readRules(rules) : {},
    ...(rules ? { rulesAt: placeOf(rules.yaml.source, rules.span) } : {}),
    reopens,
    undetermined: fields.has('undetermined')
      ? fields.list('undetermined').flatMap((each) => readUndetermined(each, context))
      : [],
  };
}

/** The scenarios of a book, in order of their files. */
export function readScenarios(files: readonly YamlFile[], context: ScenarioContext): readonly Scenario[] {
  const seen = new Set<string>();
  return files.flatMap((yaml) => {
    const scenario = readScenario(yaml, context);
    if (scenario)
      once(seen, scenario.id, () =>
        problem(rootOf(yaml), 'E108', `scenario ${scenario.id} is declared twice`),
      );
    return scenario ?? [];
  });
}

/** A scenario of a text. Throws LedgerError with all problems. */
export function readScenarioText(text: string, file: string, context: ScenarioContext): Scenario {
  const problems: Problem[] = [];
  const yaml = parseYaml(sourceOf(file, text, problems));
  const scenario = yaml && readScenario(yaml, context);
  if (problems.length > 0 || !scenario) throw new LedgerError(problems);
  return scenario;
}

function readRules(where: At): Rules {
  const fields = fieldsOf(where, { what: 'rules', keys: ruleNames });
  const rules: Record<string, string> = {};
  for (const name of ruleNames) {
    const text = fields?.maybeText(name);
    if (text !== undefined) rules[name] = text;
  }
  return rules;
}

function readAdjustment(where: At, context: ScenarioContext): Adjustment[] {
  const open = fieldsOf(where, { what: 'adjustment', keys: kinds, open: true });
  if (!open) return [];
  const [kind, second] = kinds.filter((each) => open.has(each));
  if (kind === undefined || second !== undefined) {
    problem(where, 'E107', 'an adjustment does one thing', { help: `it has one of ${kinds.join(', ')}` });
    return [];
  }
  const fields = fieldsOf(where, { what: `adjustment (${kind})`, keys: [kind, 'entity', ...keysOf[kind]] });
  if (!fields) return [];
  const entity = fields.maybeText('entity');
  const at: { readonly at: Place } = { at: placeOf(where.yaml.source, where.span) };
  return read(kind, fields, context).map((adjustment) => ({
    ...adjustment,
    ...(entity === undefined ? {} : { entity }),
    ...at,
  }));
}

function read(kind: (typeof kinds)[number], fields: Fields, context: ScenarioContext): Adjustment[] {
  const { chart } = context;
  switch (kind) {
    case 'set':
      return [{ kind, driver: fields.text('set'), to: fields.text('to') }];
    case 'post': {
      const entry = readEntryIn(fields.at('post'), context);
      return entry ? [{ kind, entry }] : [];
    }
    case 'leave-out':
    case 'move': {
      const what = readEntriesOf(fields.at(kind), context);
      if (!what) return [];
      return kind === 'move' ? [{ kind, what, to: dayOf(fields, 'to') }] : [{ kind, what }];
    }
    case 'reverse':
      return [
        {
          kind,
          entry: fields.text('reverse'),
          ...(fields.has('date') ? { date: dayOf(fields, 'date') } : {}),
        },
      ];
    case 'scale': {
      const what = readLegsOf(fields.at('scale'), context);
      const against = fields.has('against') ? readLegsOf(fields.at('against'), context)?.legs : undefined;
      return what ? [{ kind, what, by: fields.text('by'), ...(against ? { against } : {}) }] : [];
    }
    case 'replace':
      return [{ kind, fact: `${fields.text('replace')}@${fields.text('of')}`, value: fields.text('with') }];
    case 'reclassify': {
      const [from, to] = [readTemplate(fields.at('from'), chart), readTemplate(fields.at('to'), chart)];
      const text = fields.text('amount');
      const unit = unitOf(fields, context);
      const amount = readAmount(text, unit);
      if (!('minor' in amount)) {
        if (text !== '')
          problem(fields.at('amount'), 'E105', `cannot read ${text} as an amount in ${unit.text}`, {
            notes: [amount.why],
            help: 'write it like "1,234"',
          });
        return [];
      }
      const fixed = (leg: NonNullable<typeof from>) => ({
        ...leg,
        dimensions: { ...chart.accounts.get(leg.account)?.dimensions, ...leg.dimensions },
      });
      return from && to
        ? [
            {
              kind,
              from: fixed(from),
              to: fixed(to),
              minor: formatMinor(amount.minor),
              date: dayOf(fields, 'date'),
            },
          ]
        : [];
    }
  }
}

function readEntriesOf(where: At, context: ScenarioContext): EntriesOf | undefined {
  const fields = fieldsOf(where, { what: 'entries', keys: ['entries', 'events', 'legs'] });
  if (!fields) return undefined;
  const [entries, events] = [fields.maybeTexts('entries'), fields.maybeTexts('events')];
  const legs = fields.has('legs') ? readLegsOf(fields.at('legs'), context)?.legs : undefined;
  if (!entries && !events && !legs)
    problem(where, 'E107', 'which entries is not said', { help: 'give entries, events or legs' });
  return {
    ...(entries ? { entries: entries.map(({ text }) => text) } : {}),
    ...(events ? { events: events.map(({ text }) => text) } : {}),
    ...(legs ? { legs } : {}),
  };
}
