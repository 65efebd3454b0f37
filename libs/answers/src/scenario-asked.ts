/**
 * The scenarios that are asked for: those of the book by name, one that is written out, levels and rules that are set.
 *
 * What is refused stands at its option, as it is typed in the command: an asker over the network reads the same text.
 */
import { readScenarioText } from '@tieout/book';
import { LedgerError, refuse, type Place } from '@tieout/events';
import { ruleNames, type Scenario } from '@tieout/what-if';
import type { Session } from './session';
import { suggestion } from './suggestion';
import { scenarioContext } from './what-if';

/** A scenario of the book by its id. Refuses (E601) an id that it does not have. */
export function scenarioOfBook({ book }: Pick<Session, 'book'>, asked: string): Scenario {
  const { scenarios, id } = book;
  const own = scenarios.find((scenario) => scenario.id === asked);
  if (own) return own;
  const names = scenarios.map((each) => each.id);
  return refuse('E601', `the book ${id} has no scenario "${asked}"`, {
    help: suggestion(asked, names, 'tieout whatif list shows them; a file ends in .yaml'),
  });
}

/** `scenarios` in their order, what is written out after them, and what is set as one more. Refuses (E602) nothing at all. */
export function scenariosAsked(
  session: Pick<Session, 'book'>,
  asked: {
    readonly scenarios: readonly Scenario[];
    readonly yaml?: string | undefined;
    readonly set: readonly string[];
  },
): readonly Scenario[] {
  const flags = scenarioFromFlags(asked.set);
  const { yaml } = asked;
  const written =
    yaml === undefined ? [] : [readScenarioText(yaml, 'the scenario', scenarioContext(session))];
  const named = [...asked.scenarios, ...written];
  if (named.length === 0 && flags.adjustments.length === 0) {
    return refuse('E602', 'whatif needs a scenario, or levels to set', {
      help: 'tieout whatif list, tieout whatif drivers, tieout whatif --set impairment=+20%',
    });
  }
  // Rules alone are for the scenarios that are named.
  const ruled = named.map((scenario) => ({
    ...scenario,
    ...(flags.rulesAt ? { rulesAt: flags.rulesAt } : {}),
    rules: { ...scenario.rules, ...flags.rules },
  }));
  return flags.adjustments.length === 0 ? ruled : [...ruled, unsaved(flags)];
}

/** A flag as a place: as it was typed, quoted where it has spaces. */
export const flag = (option: string, value: string): Place => ({
  file: `${option} ${/\s/.test(value) ? JSON.stringify(value) : value}`,
});

/** What is refused, and has no place of its own, stands at these flags. */
export function atFlags<Made>(flags: readonly Place[], run: () => Made): Made {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const at = joined(flags);
    throw new LedgerError(error.problems.map((problem) => ({ at, ...problem })));
  }
}

const joined = (flags: readonly Place[]): Place => ({ file: flags.map(({ file }) => file).join(' ') });

/** `NAME=VALUE`, the name being all before the last sign. */
export function pairOf(text: string, option: string): readonly [string, string] {
  const at = text.lastIndexOf('=');
  if (at <= 0 || at === text.length - 1)
    return refuse('E602', `${option} takes NAME=VALUE, not "${text}"`, {
      at: flag(option, text),
      help: `like ${option} ${option === '--seek' ? 'is.loss@2022H1=-3000000' : 'impairment=+20%'}`,
    });
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Levels and rules from `--set`, each with its place, as a scenario that no file has yet. */
export function scenarioFromFlags(
  sets: readonly string[],
): Pick<Scenario, 'adjustments' | 'rules' | 'rulesAt'> {
  const pairs = sets.map((text) => ({ pair: pairOf(text, '--set'), at: flag('--set', text) }));
  const isRule = (name: string): boolean => ruleNames.some((rule) => rule === name);
  const rules = pairs.filter(({ pair: [name] }) => isRule(name));
  return {
    adjustments: pairs
      .filter(({ pair: [name] }) => !isRule(name))
      .map(({ pair: [driver, to], at }) => ({ kind: 'set', driver, to, at })),
    rules: Object.fromEntries(rules.map(({ pair }) => pair)),
    ...(rules.length === 0 ? {} : { rulesAt: joined(rules.map(({ at }) => at)) }),
  };
}

const unsaved = (more: Pick<Scenario, 'adjustments' | 'rules' | 'rulesAt'>, id = 'unsaved'): Scenario => ({
  id,
  title: 'unsaved',
  reopens: [],
  undetermined: [],
  ...more,
});
