/**
 * A scenario on a scenario. Within one scenario all adjustments look at the base; stacked, the second looks at the world
 * that the first made, so a tenth more on a fifth more is 1.32 times and not 1.3.
 *
 * Whether the order matters is tried out, not guessed: both orders are run and their worlds compared.
 */
import { LedgerError } from '@tieout/events';
import type { Entry, Provenance } from '@tieout/ledger';
import { valueText } from '@tieout/statements';
import { adjust } from './adjust';
import { type Adjusting, type Applied } from './applied';
import type { Books } from './base';
import type { HypotheticalEntry } from './entries';
import type { Scenario } from './scenario';
import type { Simulation, WhatIf } from './simulate';

/** A hypothetical entry in the shape of a posted one: to be scaled or left out by the next scenario, or promoted to a file. */
export function asEntry({
  id,
  event,
  date,
  description,
  postings,
  rule,
  hypothetical,
}: HypotheticalEntry): Entry {
  const provenance: Provenance = {
    amount: 'assumed',
    allocation: 'assumed',
    reasoning: `${hypothetical}: ${rule}`,
    source: [],
  };
  return {
    id,
    event: event === 'EntryReversed' ? 'EntryPosted' : event,
    date,
    dateBasis: 'period-end',
    description,
    postings,
    provenance,
  };
}

/** The world of a scenario as the base of the next; what it made of an entity's entries is the entity's, too. */
function stacked({ base, entries, applied, scenario, world }: Simulation): Books {
  const { consequences } = base.driverBook;
  const isOwn = ({ of, adjustment }: HypotheticalEntry, entity: string): boolean => {
    const { adjustment: { entity: named } = {}, stage } = applied[adjustment] ?? {};
    const { entities } = (stage?.books ?? base).driverBook.consequences;
    const own = entities.find(({ id }) => id === entity)?.entries ?? [];
    return named === undefined ? of !== undefined && own.includes(of) : named === entity;
  };
  const entities = consequences.entities.map((entity) => {
    const made = entries.filter((entry) => isOwn(entry, entity.id)).map(({ id }) => `${scenario.id}/${id}`);
    return { ...entity, entries: [...(entity.entries ?? []), ...made] };
  });
  return {
    ...base,
    driverBook: { ...base.driverBook, consequences: { ...consequences, entities } },
    name: `${base.name} + ${scenario.id}`,
    entries: [
      ...base.entries,
      ...entries.map((entry) => asEntry({ ...entry, id: `${scenario.id}/${entry.id}` })),
    ],
    recorded: world.recorded,
  };
}

/** Scenarios one on the other, as one what-if over the base; their rules stay their own. */
export function stack(asked: WhatIf, scenarios: readonly Scenario[]): Simulation {
  const [only] = scenarios;
  if (only && scenarios.length === 1) return asked.simulate(only);
  const all: Applied[] = [];
  let context: Adjusting = asked.adjusting;
  const joined = (): Scenario => ({
    id: scenarios.map(({ id }) => id).join('+'),
    title: scenarios.map(({ title }) => title).join('; then '),
    adjustments: all.map(({ adjustment }) => adjustment),
    rules: {},
    reopens: scenarios.flatMap(({ reopens }) => reopens),
    undetermined: scenarios.flatMap(({ undetermined }) => undetermined),
  });
  let made: Simulation | undefined;
  scenarios.forEach((scenario, number) => {
    const { base } = context;
    const outcomes = scenario.adjustments.map((adjustment) => adjust(adjustment, context));
    const problems = outcomes.flatMap((each) => ('problems' in each ? each.problems : []));
    if (problems.length > 0) throw new LedgerError(problems);
    for (const each of outcomes)
      if (!('problems' in each)) all.push({ ...each, stage: { ...scenario, number, books: base } });
    made = simulateApplied(asked, joined(), all);
    context = { base: stacked(made), figures: made.figures };
  });
  if (!made) throw new Error('assertion failed: nothing to stack');
  return made;
}

function simulateApplied(asked: WhatIf, scenario: Scenario, applied: readonly Applied[]): Simulation {
  const outcomes = applied.values();
  return asked.simulate(scenario, () => {
    const next = outcomes.next();
    if (next.done) throw new Error('assertion failed: an adjustment without its outcome');
    return next.value;
  });
}

/** The facts that come out otherwise when the scenarios are stacked the other way round: none when order does not matter. */
export function orderMatters(asked: WhatIf, scenarios: readonly Scenario[]): readonly string[] {
  const [there, back] = [stack(asked, scenarios), stack(asked, [...scenarios].reverse())];
  const facts = new Set([...there.changes, ...back.changes].map(({ fact }) => fact));
  const text = ({ figures }: Simulation, fact: string): string => {
    const value = figures.value(fact);
    return value ? valueText(value) : '';
  };
  return [...facts].filter((fact) => text(there, fact) !== text(back, fact));
}
