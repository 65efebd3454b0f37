/**
 * The laws of what-ifs over the SenseTime book: its own drivers at random levels, several at once, under random rules.
 */
import { addCubes, cubeToJson, negateCube, reported } from '@tieout/cube';
import { LedgerError } from '@tieout/events';
import { addDecimals, sumMinor } from '@tieout/money';
import { orderMatters, seek, tornado, twoWay, type Scenario, type Simulation } from '@tieout/what-if';
import * as fc from 'fast-check';
import { baseOf, figure, setting, theBook, whatIf } from '../support/what-if';

const book = theBook();
const asked = whatIf(baseOf(book));
const bytes = JSON.stringify(cubeToJson(asked.base.cube));
const drivers = book.drivers.drivers.map(({ id }) => id);

const anySetting = fc
  .record({
    levels: fc.dictionary(
      fc.constantFrom(...drivers),
      fc.integer({ min: -400, max: 400 }).map((part) => `${part < 0 ? '' : '+'}${part / 10}%`),
      { minKeys: 1, maxKeys: 4, noNullPrototype: true },
    ),
    rules: fc.record({
      tax: fc.constantFrom('hold', 'prc', 'hong-kong', '15% current', '25% not recoverable'),
      nci: fc.constantFrom('hold', '1.57%'),
      cash: fc.constantFrom('non-cash', 'settled'),
    }),
  })
  .map(({ levels, rules }) => setting(levels, { rules }));

/** What a driver refuses (a level outside a hard range), or other entries depend on, is no case of these laws. */
function simulated(scenario: Scenario): Simulation | undefined {
  try {
    return asked.simulate(scenario);
  } catch (error) {
    if (
      error instanceof LedgerError &&
      error.problems.every(({ code }) => code === 'E702' || code === 'E704')
    )
      return undefined;
    throw error;
  }
}

test('invariants hold, entries balance, contributions add up, and taking the overlay away leaves the base byte for byte', () => {
  let seen = 0;
  fc.assert(
    fc.property(anySetting, (scenario) => {
      const simulation = simulated(scenario);
      if (!simulation) return;
      seen += 1;
      expect(simulation.invariants.broken).toEqual([]);
      for (const { postings } of simulation.entries)
        expect(sumMinor(postings.map(({ minor }) => minor))).toBe(0);
      for (const change of simulation.changes) {
        if (change.change === undefined) continue;
        expect(
          simulation.contributions(change).reduce((total, { change: by }) => addDecimals(total, by), '0'),
        ).toBe(change.change);
      }
      const back = addCubes(addCubes(asked.base.cube, simulation.overlay), negateCube(simulation.overlay));
      expect(JSON.stringify(cubeToJson(reported(back)))).toBe(bytes);
    }),
    { numRuns: 60 },
  );
  expect(seen).toBeGreaterThan(20);
  expect(JSON.stringify(cubeToJson(asked.base.cube))).toBe(bytes);
});

test('drivers of disjoint entries agree in either order; drivers of the same entries compound, and that is said', () => {
  expect(orderMatters(asked, [setting({ impairment: '+20%' }), setting({ 'rmb-hkd': '0' })])).toEqual([]);
  // A level that is set on top of a change takes the present level: +10% of 650,620, or 600,000 and then +10%.
  expect(
    orderMatters(asked, [setting({ impairment: '+10%' }), setting({ impairment: '600000' })]).length,
  ).toBeGreaterThan(10);
});

test('goal seek is exact where the figure is linear: the level, simulated, gives the value', () => {
  // 3,207,988 - 3,000,000 = 207,988 less, at 2,194,447 a whole: 30% - 9.478% = 20.522%
  const found = seek(asked, { figure: 'is.loss@2022H1', value: '-3000000', by: 'ecl.rate.1-2y' });
  expect({
    how: found.how,
    reached: found.reached,
    residual: found.residual,
    level: Number(found.level).toFixed(4),
  }).toEqual({ how: 'exact', reached: '-3000000', residual: '0', level: '20.5221' });
  fc.assert(
    fc.property(
      fc.constantFrom('impairment', 'research-and-development', 'fair-value.debt', 'rmb-hkd'),
      fc.integer({ min: -20, max: 40 }),
      (by, percent) => {
        const goal = figure(
          asked.simulate(setting({ [by]: `${percent < 0 ? '' : '+'}${percent}%` })),
          'is.loss@2022H1',
        )!;
        expect(seek(asked, { figure: 'is.loss@2022H1', value: goal, by })).toMatchObject({
          how: 'exact',
          residual: '0',
        });
      },
    ),
    { numRuns: 15 },
  );
});

test('break-even is the level at which a figure is nil', () => {
  // 542,183 of 2,194,447 is 24.7070%: 30% - 24.7070% = 5.2930%.
  const nil = seek(asked, { figure: 'is.impairment-losses@2022H1', value: '0', by: 'ecl.rate.1-2y' });
  expect({ ...nil, simulation: undefined, level: Number(nil.level).toFixed(4) }).toMatchObject({
    level: '5.2930',
    how: 'exact',
    reached: '0',
    residual: '0',
  });
});

test('goal seek is exact where the formula says that the figure is straight, whatever the rules', () => {
  const life = seek(asked, { figure: 'is.loss@2022H1', value: '-3150000', by: 'useful-life.electronic' });
  // 172,165 × (1 - 5/life) = 57,988 gives 5 / (1 - 0.33681...) = 7.5394 years
  expect({ how: life.how, residual: life.residual, level: Number(life.level).toFixed(4) }).toEqual({
    how: 'exact',
    residual: '0',
    level: '7.5394',
  });
  // A quotient: 7,747,367 / (23,355,469 + x) = 33% gives x = 121,400.70; 542,183 - 121,400.70 = 420,782.30.
  const gearing = seek(asked, { figure: 'prose.gearing@2022H1', value: '-33', by: 'impairment' });
  expect({ how: gearing.how, level: Number(gearing.level).toFixed(2) }).toEqual({
    how: 'exact',
    level: '420782.30',
  });
  expect(Math.abs(Number(gearing.residual))).toBeLessThan(1e-11);
  // A tax asset that is not recoverable bends the line at the present level: 108,000 less is taxed, 292,000 more is not.
  const taxed = (value: string) =>
    seek(asked, {
      figure: 'is.loss@2022H1',
      value,
      by: 'impairment',
      rules: { tax: '15% not recoverable' },
    }).level;
  expect(Number(taxed('-3100000')).toFixed(2)).toBe('415138.29'); // 542,183 - 107,988 / 0.85
  expect(taxed('-3500000')).toBe('834195'); // 542,183 + 292,012
});

test('goal seek finds again what any level gave, to what rounding to minor units leaves', () => {
  const figures = ['is.loss@2022H1', 'bs.equity@2022-06-30', 'prose.gearing@2022H1'];
  let seen = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...drivers),
      fc.integer({ min: -90, max: 90 }),
      fc.constantFrom(...figures),
      fc.record({ tax: fc.constantFrom('hold', '15%', '25% not recoverable') }),
      (by, part, fact, rules) => {
        const made = simulated(setting({ [by]: `${part < 0 ? '' : '+'}${part / 3}%` }, { rules }));
        const unit = fact.startsWith('prose') ? '%' : "RMB'000";
        const value = made && figure(made, fact, unit);
        if (!made || value === undefined || value === figure(asked, fact, unit)) return;
        if (made.warnings.some((warning) => warning.includes('outside its plausible range'))) return;
        seen += 1;
        const found = seek(asked, { figure: fact, value, by, rules });
        expect(found.how).toBe('exact');
        // Three fen of a loss, in thousands; of a gearing 1e-10 of a hundredth.
        expect(Math.abs(Number(found.residual))).toBeLessThanOrEqual(unit === '%' ? 1e-10 : 3e-5);
      },
    ),
    { numRuns: 60 },
  );
  expect(seen).toBeGreaterThan(15);
});

test('goal seek brackets what has corners, within the range, and says what is left', () => {
  const change = seek(asked, {
    figure: 'prose.impairment-losses.change@2022H1',
    value: '100',
    by: 'impairment',
  });
  // Twice 178,650, the charge of a year before.
  expect({ how: change.how, level: Number(change.level).toFixed(3) }).toEqual({
    how: 'bracketed',
    level: '357300.000',
  });
  expect(Math.abs(Number(change.residual))).toBeLessThan(1e-6);
});

test('a tornado is one driver at a time; the widest is on top, and a table agrees with it', () => {
  const found = tornado(asked, 'is.loss@2022H1', '10');
  expect(found.bars[0]).toMatchObject({
    driver: { id: 'research-and-development' },
    low: '203533',
    high: '-203533',
  });
  // 54,218.3 = 542,183 × 0.1; what cannot be moved by a tenth is named, not dropped.
  expect(found.bars.find(({ driver }) => driver.id === 'impairment')).toMatchObject({
    low: '54218.3',
    high: '-54218.3',
  });
  expect(found.left.map(({ driver }) => driver)).toEqual(
    expect.arrayContaining(['repurchase.rate', 'over-allotment']),
  );
  const table = twoWay(asked, 'is.loss@2022H1', {
    rows: { driver: 'impairment', levels: ['+0%', '+10%'] },
    columns: { driver: 'rmb-hkd', levels: ['0', '1'] },
  });
  expect(table).toEqual([
    ['-2760521', '-3207988'],
    ['-2814739.3', '-3262206.3'],
  ]);
});
