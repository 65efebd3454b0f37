/**
 * The replay of a session as the base of what-ifs, and the scenarios that a command line names. Nothing here writes to the
 * log: a what-if has no way to.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readScenarioText, type ScenarioContext } from '@tieout/book';
import { refuse } from '@tieout/events';
import { JournalIndex, Periods, RecordedFacts, TrialBalance } from '@tieout/projections';
import { ruleNames, whatIf, type Adjustment, type Rules, type Scenario, type WhatIf } from '@tieout/what-if';
import type { Session } from './session';
import { suggestion } from './suggestion';

export function askedOf({ app, replay, book, revision }: Session): WhatIf {
  const { facts } = replay.stateOf(app.get(RecordedFacts));
  const { periods } = replay.stateOf(app.get(Periods));
  return whatIf({
    name: `rev ${revision}`,
    chart: book.chart,
    concepts: book.concepts,
    layouts: book.layouts,
    footings: book.footings,
    figures: book.figures,
    entries: replay.stateOf(app.get(JournalIndex)).lines.map(({ entry }) => entry),
    cube: replay.stateOf(app.get(TrialBalance)).cube,
    recorded: new Map(Object.entries(facts).map(([fact, { value }]) => [fact, value])),
    closed: new Set([...periods.values()].filter(({ open }) => !open).map(({ id }) => id)),
    driverBook: book.drivers,
    amounts: book.amountUnit,
  });
}

export const scenarioContext = ({ book }: Session): ScenarioContext => ({
  chart: book.chart,
  amountUnit: book.amountUnit,
  concepts: [...book.concepts.keys()],
});

/** A scenario of the book by its id, or of a file. */
export function scenarioOf(session: Session, asked: string): Scenario {
  const { scenarios, id } = session.book;
  const own = scenarios.find((scenario) => scenario.id === asked);
  if (own) return own;
  const file = resolve(session.io.cwd, asked);
  if (/\.ya?ml$/.test(asked) && existsSync(file))
    return readScenarioText(readFileSync(file, 'utf8'), asked, scenarioContext(session));
  const names = scenarios.map((each) => each.id);
  return refuse('E601', `the book ${id} has no scenario "${asked}"`, {
    help: suggestion(asked, names, 'tieout whatif list shows them; a file ends in .yaml'),
  });
}

/** `NAME=VALUE`, the name being all before the last sign. */
export function pairOf(text: string, option: string): readonly [string, string] {
  const at = text.lastIndexOf('=');
  if (at <= 0 || at === text.length - 1)
    return refuse('E602', `${option} takes NAME=VALUE, not "${text}"`, {
      help: `like ${option} impairment=+20%`,
    });
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Levels and rules from `--set`, as a scenario that no file has yet. */
export function scenarioFromFlags(sets: readonly string[]): {
  readonly adjustments: readonly Adjustment[];
  readonly rules: Rules;
} {
  const pairs = sets.map((text) => pairOf(text, '--set'));
  const isRule = (name: string): boolean => ruleNames.some((rule) => rule === name);
  return {
    adjustments: pairs.filter(([name]) => !isRule(name)).map(([driver, to]) => ({ kind: 'set', driver, to })),
    rules: Object.fromEntries(pairs.filter(([name]) => isRule(name))),
  };
}

export const unsaved = (more: Pick<Scenario, 'adjustments' | 'rules'>, id = 'unsaved'): Scenario => ({
  id,
  title: 'unsaved',
  reopens: [],
  undetermined: [],
  ...more,
});
