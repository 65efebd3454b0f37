/**
 * One driver at one level, and the figure that is asked for: what goal seek and sensitivities are made of.
 */
import { refuse } from '@tieout/events';
import { closest } from '@tieout/ledger';
import { levelText } from './applied';
import { moveDriver, presentLevel } from './drive';
import { decimalOf, nil, type Rational } from './rational';
import type { Adjustment, Driver, Rules, Scenario } from './scenario';
import type { Simulation, WhatIf } from './simulate';

/** One driver at one level, as a scenario. */
export function atLevel(asked: WhatIf, driver: Driver, after: Rational, rules: Rules = {}): Simulation {
  const before = presentLevel(driver, asked.adjusting) ?? nil;
  const adjustment: Adjustment = { kind: 'set', driver: driver.id, to: decimalOf(after) };
  const scenario: Scenario = {
    id: `${driver.id}=${levelText(after, driver)}`,
    title: driver.name,
    adjustments: [adjustment],
    rules,
    reopens: [],
    undetermined: [],
  };
  return asked.simulate(scenario, () => moveDriver(adjustment, { driver, before, after }, asked.adjusting));
}

/** The shown fact that a name means; refuses (E601) one that the book cannot say. */
export function shownFact({ facts }: WhatIf, figure: string) {
  const near = (): string | undefined =>
    closest(
      figure,
      facts.shown.map(({ fact }) => fact),
    );
  return (
    facts.shown.find(({ fact }) => fact === figure) ??
    refuse('E601', `no figure "${figure}"`, {
      help: `did you mean ${near() ?? 'one like is.loss@2022H1'}? tieout figures lists them`,
    })
  );
}
