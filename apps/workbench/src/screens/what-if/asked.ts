/**
 * What the reader asks: scenarios of the book in their order, levels on top of them, entries left out, and the rules by
 * which consequences are drawn. All of it stands in the URL, and it is what the body of the question and the command say.
 *
 *     ?scenario=impairment-up-20&set=revenue=-10%25&tax=15%25&without=JE-2022H1-20
 */
import type { WhatIfBody } from '@tieout/documents';

export const rules = ['tax', 'nci', 'cash'] as const;
export type Rule = (typeof rules)[number];

export interface Asked {
  readonly scenarios: readonly string[];
  readonly levels: ReadonlyMap<string, string>;
  readonly without: readonly string[];
  readonly rules: Readonly<Partial<Record<Rule, string>>>;
}

type Search = Readonly<Record<string, string | undefined>>;

const listed = (text: string | undefined): readonly string[] =>
  (text ?? '').split(',').filter((part) => part !== '');

export function askedIn(search: Search): Asked {
  const levels = listed(search['set']).flatMap((pair) => {
    const at = pair.lastIndexOf('=');
    return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)] as const] : [];
  });
  return {
    scenarios: listed(search['scenario']),
    levels: new Map(levels),
    without: listed(search['without']),
    rules: Object.fromEntries(rules.flatMap((rule) => (search[rule] ? [[rule, search[rule]]] : []))),
  };
}

/** What the search must be for a driver to stand at a level; undefined: where it stood. */
export function withLevel({ levels }: Asked, driver: string, level: string | undefined): Search {
  const next = new Map(levels);
  // A comma separates drivers here, and only groups digits there.
  if (level === undefined) next.delete(driver);
  else next.set(driver, level.replaceAll(',', ''));
  const pairs = [...next].map(([name, value]) => `${name}=${value}`);
  return { set: pairs.length === 0 ? undefined : pairs.join(',') };
}

export const nothingAsked: Search = {
  ...{ scenario: undefined, set: undefined, without: undefined },
  ...Object.fromEntries(rules.map((rule) => [rule, undefined])),
};

export const ruleSets = ({ rules: ruled }: Asked): readonly string[] =>
  Object.entries(ruled).map(([rule, value]) => `${rule}=${value}`);

const sets = (asked: Asked): string[] => [
  ...[...asked.levels].map(([driver, level]) => `${driver}=${level}`),
  ...ruleSets(asked),
];

/** The body of the question; undefined where nothing would change: rules alone ask for nothing. */
export function bodyOf(asked: Asked): WhatIfBody | undefined {
  const { scenarios, levels, without } = asked;
  if (scenarios.length + levels.size + without.length === 0) return undefined;
  const body = { scenarios: [...scenarios], set: sets(asked) };
  return without.length === 0 ? body : { ...body, yaml: leavingOut(without) };
}

/** JSON is YAML: the scenario as its file could have it. */
const leavingOut = (entries: readonly string[]): string =>
  JSON.stringify({
    schema: 'tieout.scenario/1',
    id: 'without',
    title: `Without ${entries.join(', ')}`,
    adjustments: entries.map((entry) => ({ 'leave-out': { entries: [entry] } })),
  });

/** The same on the command line; entries that are left out need a file, which Save gives. */
export function commandOf(asked: Asked): string {
  const named = asked.without.length === 0 ? asked.scenarios : [...asked.scenarios, 'without.yaml'];
  return ['whatif', ...named, ...sets(asked).flatMap((set) => ['--set', set])].join(' ');
}
