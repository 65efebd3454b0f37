/**
 * A scenario that is saved and read again is the same scenario, and changes the same figures: over every scenario of the book,
 * and over random ones of each kind of adjustment.
 */
import { readScenarioText, scenarioToYaml } from '@tieout/book';
import { LedgerError } from '@tieout/events';
import { patchOf, type Adjustment, type Scenario } from '@tieout/what-if';
import * as fc from 'fast-check';
import { baseOf, theBook, whatIf } from '../support/what-if';

const book = theBook();
const base = baseOf(book);
const asked = whatIf(base);
const context = { ...book, concepts: [...book.concepts.keys()] };

const again = (scenario: Scenario): Scenario =>
  readScenarioText(scenarioToYaml(scenario, book), 'saved.yaml', context);
/** Where it stands in a file is no part of a scenario. */
const withoutPlaces = ({ rulesAt: _, ...scenario }: Scenario): Scenario => ({
  ...scenario,
  adjustments: scenario.adjustments.map(({ at: __, ...adjustment }): Adjustment => adjustment),
});
/** What a scenario comes to: changed figures, or the codes it is refused with. */
function outcome(scenario: Scenario): { readonly refused: boolean; readonly says: string } {
  try {
    const { changes, entries } = asked.simulate(scenario);
    return { refused: false, says: JSON.stringify([patchOf(changes), entries.length]) };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { refused: true, says: error.problems.map(({ code, message }) => `${code} ${message}`).join() };
  }
}

test.each(book.scenarios)('$id, saved, is itself', (scenario) => {
  const read = again(scenario);
  expect(withoutPlaces(read)).toStrictEqual(withoutPlaces(scenario));
  expect(outcome(read)).toStrictEqual(outcome(scenario));
});

const entries = base.entries.filter(
  ({ date, event }) => date > '2022-01-01' && !['ResultClosed', 'OpeningBalanceRecorded'].includes(event),
);
/** Scenarios are plain objects. */
const plain = { noNullPrototype: true } as const;
const day = fc.constantFrom('2022-06-30', '2022-07-01', '2022-03-31');
const anEntry = fc.constantFrom(...entries);
const which = fc.oneof(
  fc.record(
    {
      entries: fc.uniqueArray(
        anEntry.map(({ id }) => id),
        { minLength: 1, maxLength: 2 },
      ),
    },
    plain,
  ),
  fc.record({ events: fc.constant(['FinanceIncomeEarned']) }, plain),
  fc.record(
    { legs: fc.constant({ accounts: ['other-gains.donations'], movements: ['profit-or-loss'] }) },
    plain,
  ),
);
const legs = fc.constantFrom(
  { accounts: ['revenue'], movements: ['profit-or-loss'], where: { stream: ['smart-city', 'smart-life'] } },
  { accounts: ['expenses.selling', 'expenses.administrative'], except: ['closing'] },
  { accounts: ['finance-income'], movements: ['profit-or-loss'] },
);
const kinds: { readonly [Kind in Adjustment['kind']]: fc.Arbitrary<Extract<Adjustment, { kind: Kind }>> } = {
  set: fc.record(
    {
      kind: fc.constant('set'),
      driver: fc.constantFrom(...book.drivers.drivers.map(({ id }) => id)),
      to: fc.constantFrom('+7.5%', '-12%', 'x1.25', '0.5', '1'),
    },
    plain,
  ),
  // An entry of the book once more, so many times: whole in RMB'000, or not.
  post: fc
    .record({ entry: anEntry, times: fc.constantFrom(1, 3), fen: fc.nat({ max: 1 }) })
    .map(({ entry: { reverses: _, ...entry }, times, fen }) => ({
      kind: 'post',
      entry: {
        ...entry,
        id: 'MINE-1',
        postings: entry.postings
          .map((leg, index) => ({
            ...leg,
            minor: BigInt(leg.minor) * BigInt(times) + BigInt(index > 1 ? 0 : index === 0 ? fen : -fen),
          }))
          .map((leg) => ({ ...leg, minor: Number(leg.minor) })),
      },
    })),
  'leave-out': fc.record({ kind: fc.constant('leave-out'), what: which }, plain),
  reverse: fc.record(
    { kind: fc.constant('reverse'), entry: anEntry.map(({ id }) => id), date: day },
    { ...plain, requiredKeys: ['kind', 'entry'] },
  ),
  scale: fc.record(
    {
      kind: fc.constant('scale'),
      what: fc.record(
        { legs, events: fc.constant(['RevenueRecognised', 'ExpenseIncurred']) },
        { ...plain, requiredKeys: ['legs'] },
      ),
      by: fc.constantFrom('+10%', 'x0.75', '2'),
      against: fc.constant({ accounts: ['receivables', 'payables', 'cash'] }),
    },
    { ...plain, requiredKeys: ['kind', 'what', 'by'] },
  ),
  replace: fc.record(
    {
      kind: fc.constant('replace'),
      fact: fc.constantFrom(...base.recorded.keys()),
      value: fc.constantFrom('31898368165', '12.5', '0.81912'),
    },
    plain,
  ),
  move: fc.record({ kind: fc.constant('move'), what: which, to: day }, plain),
  reclassify: fc.record(
    {
      kind: fc.constant('reclassify'),
      from: fc.constantFrom(
        { account: 'inventories', movement: 'reclassification', dimensions: {} },
        { account: 'ppe.cost.cip', movement: 'internal-transfer', dimensions: { class: 'cip' } },
      ),
      to: fc.constantFrom(
        { account: 'receivables.prepayments', movement: 'reclassification', dimensions: {} },
        { account: 'intangibles', movement: 'reclassification', dimensions: { location: 'mainland-china' } },
      ),
      minor: fc.constantFrom('12300000', '12345'),
      date: fc.constantFrom('2022-06-30', '2021-12-31'),
    },
    plain,
  ),
};
const around = fc.record(
  {
    rules: fc.record(
      {
        tax: fc.constantFrom('hold', '15%', 'prc current'),
        nci: fc.constantFrom('hold', '1.57%', 'entity'),
        cash: fc.constantFrom('non-cash', 'settled'),
      },
      { ...plain, requiredKeys: [] },
    ),
    reopens: fc.constantFrom([], ['2021H2']),
    note: fc.constantFrom(undefined, 'what: "why", and - a dash'),
    entity: fc.constantFrom(undefined, 'preferred-issuer'),
    undetermined: fc.constantFrom(
      [],
      [{ concepts: ['is.loss-per-share'], time: '2022H1', why: 'nobody said' }],
    ),
  },
  plain,
);

test.each(Object.keys(kinds) as Adjustment['kind'][])(
  'random scenarios that %s, saved, are themselves',
  (kind) => {
    let stood = 0;
    fc.assert(
      fc.property(
        kinds[kind] as fc.Arbitrary<Adjustment>,
        around,
        (adjustment, { note, entity, ...more }) => {
          const scenario: Scenario = {
            id: 'any',
            title: 'Any',
            ...(note === undefined ? {} : { note }),
            adjustments: [{ ...adjustment, ...(entity === undefined ? {} : { entity }) }],
            ...more,
          };
          const read = again(scenario);
          expect(withoutPlaces(read)).toStrictEqual(scenario);
          const found = outcome(scenario);
          expect(outcome(read)).toStrictEqual(found);
          if (!found.refused) stood += 1;
        },
      ),
      { numRuns: 40 },
    );
    // Refusals (a leave-out that others stand on) are compared, too, but the law is about what stands.
    expect(stood).toBeGreaterThan(4);
  },
);
