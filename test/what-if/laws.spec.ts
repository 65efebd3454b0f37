/**
 * The laws of what-ifs, over random ledgers and random scenarios.
 */
import { addCubes, cubeToJson, negateCube, reported } from '@tieout/cube';
import { LedgerError } from '@tieout/events';
import { addDecimals, sumMinor } from '@tieout/money';
import { valueText } from '@tieout/statements';
import { orderMatters, stack, whatIf, type Scenario, type Simulation, type WhatIf } from '@tieout/what-if';
import * as fc from 'fast-check';
import { anyBase, anyScenario } from '../support/any-books';

/** A ledger without the legs that a driver wants refuses the scenario: nothing to say then. */
function simulated(asked: WhatIf, scenario: Scenario): Simulation | undefined {
  try {
    return asked.simulate(scenario);
  } catch (error) {
    if (
      error instanceof LedgerError &&
      error.problems.every(({ code }) => code === 'E302' || code === 'E702')
    )
      return undefined;
    throw error;
  }
}

const check = (law: (asked: WhatIf, scenario: Scenario) => void): void =>
  void fc.assert(
    fc.property(anyBase, anyScenario, (base, scenario) => law(whatIf(base), scenario)),
    { numRuns: 200 },
  );

test('every hypothetical entry balances, and every invariant holds', () => {
  let seen = 0;
  check((asked, scenario) => {
    const simulation = simulated(asked, scenario);
    if (!simulation) return;
    seen += 1;
    for (const { postings } of simulation.entries)
      expect(sumMinor(postings.map(({ minor }) => minor))).toBe(0);
    expect(simulation.invariants.broken).toEqual([]);
  });
  expect(seen).toBeGreaterThan(100);
});

test('overlay then its negative is the base, byte for byte, and the base is never touched', () => {
  check((asked, scenario) => {
    const before = JSON.stringify(cubeToJson(asked.base.cube));
    const simulation = simulated(asked, scenario);
    if (!simulation) return;
    const back = addCubes(addCubes(asked.base.cube, simulation.overlay), negateCube(simulation.overlay));
    expect(JSON.stringify(cubeToJson(reported(back)))).toBe(before);
    expect(JSON.stringify(cubeToJson(asked.base.cube))).toBe(before);
  });
});

test('contributions add up to the change, exactly, ratios included', () => {
  check((asked, scenario) => {
    const simulation = simulated(asked, scenario);
    for (const change of simulation?.changes ?? []) {
      if (change.change === undefined) continue;
      const sum = simulation!
        .contributions(change)
        .reduce((total, { change: by }) => addDecimals(total, by), '0');
      expect(sum).toBe(change.change);
    }
  });
});

test('the order of the adjustments of a scenario changes no figure', () => {
  check((asked, scenario) => {
    const simulation = simulated(asked, scenario);
    const turned = simulated(asked, { ...scenario, adjustments: [...scenario.adjustments].reverse() });
    const figures = (of: Simulation | undefined) =>
      of?.changes.map(({ fact, after }) => [fact, after && valueText(after)]);
    expect(figures(turned)).toEqual(figures(simulation));
  });
});

test('scenarios that touch disjoint entries agree in either order; one on another compounds', () => {
  const scenario = (id: string, driver: string, to: string): Scenario => ({
    id,
    title: id,
    adjustments: [{ kind: 'set', driver, to }],
    rules: {},
    reopens: [],
    undetermined: [],
  });
  fc.assert(
    fc.property(anyBase, (base) => {
      const asked = whatIf(base);
      const [one, two] = [scenario('one', 'revenue', '+20%'), scenario('two', 'expenses.a', '-10%')];
      if (!simulated(asked, one) || !simulated(asked, two)) return;
      expect(orderMatters(asked, [one, two])).toEqual([]);
      const twice = stack(asked, [one, { ...one, id: 'again' }]);
      const alone = simulated(asked, scenario('both', 'revenue', '+44%'));
      const revenue = (of: Simulation | undefined) =>
        of?.changes.find(({ fact }) => fact === 'revenue@P2')?.after;
      const [a, b] = [revenue(twice), revenue(alone)];
      // 1.2 × 1.2 = 1.44; each step rounds to minor units.
      if (a?.kind === 'money' && b?.kind === 'money')
        expect(Math.abs(Number(a.minor) - Number(b.minor))).toBeLessThanOrEqual(1);
    }),
    { numRuns: 100 },
  );
});
