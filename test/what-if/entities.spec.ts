/**
 * Non-controlling interests by entity, on the SenseTime book: one subsidiary is declared, the issuer of the preferred shares,
 * of which others are assumed to hold 20%. By hand, in RMB'000.
 */
import { readScenarioText } from '@tieout/book';
import { type LedgerError } from '@tieout/events';
import { stack, type Base, type Entity, type Simulation } from '@tieout/what-if';
import { baseOf, figure, setting, theBook, whatIf } from '../support/what-if';

const book = theBook();
const asked = whatIf(baseOf(book));
const byEntity = { rules: { nci: 'entity' } };
const losses = (of: Simulation) =>
  ['is.loss@2022H1', 'is.loss.owners@2022H1', 'is.loss.nci@2022H1', 'bs.nci@2022-06-30'].map((fact) =>
    figure(of, fact),
  );
/** The same books with other entities declared. */
const owned = (entities: readonly Entity[]) => {
  const base: Base = baseOf(book);
  const { driverBook } = base;
  const consequences = { ...driverBook.consequences, entities };
  return whatIf({ ...base, driverBook: { ...driverBook, consequences } });
};
const entity = (id: string, nci: string, more: Partial<Entity>): Entity => ({
  ...{ id, name: id, nci, base: 'assumed' },
  ...more,
});

test('given losses ten times as high in the subsidiary, others bear 20% of what is more; and that is said to be assumed', () => {
  const more = asked.simulate(setting({ 'preferred-fair-value': 'x10' }, byEntity));
  // 9 × 5,134 = 46,206 more; 46,206 × 20% = 9,241.2 and 46,206 - 9,241.2 = 36,964.8
  expect(losses(more)).toEqual([
    '-3254194', // 3,207,988 + 46,206
    '-3194617.8', // 3,157,653 + 36,964.8
    '-59576.2', // 50,335 + 9,241.2
    '19065.8', // 28,307 - 9,241.2
  ]);
  expect(more.notes).toEqual([
    'non-controlling interests bear 20% in preferred-issuer [assumed base]: What others hold in the subsidiary is not disclosed; 20% is assumed.',
  ]);
  expect(more.entries.at(-1)?.rule).toBe(
    'closed to equity.accumulated-losses; non-controlling interests bear 20% in preferred-issuer [assumed base]',
  );
});

test('given what belongs to no entity, non-controlling interests are held', () => {
  const up = asked.simulate(setting({ impairment: '+20%' }, byEntity));
  expect(losses(up)).toEqual(['-3316424.6', '-3266089.6', '-50335', '28307']); // all 108,436.6 is the owners'
  expect(up.notes).toEqual([]);
});

test('given both, each follows its own; tax is shared as the effect is', () => {
  const both = setting(
    { impairment: '+20%', 'preferred-fair-value': 'x10' },
    { rules: { nci: 'entity', tax: '15%' } },
  );
  expect(losses(asked.simulate(both))).toEqual([
    '-3339434.21', // 3,207,988 + (108,436.6 + 46,206) × 0.85 = 3,207,988 + 131,446.21
    '-3281244.19', // 3,157,653 + 108,436.6 × 0.85 + 46,206 × 0.85 × 0.8 = 3,157,653 + 92,171.11 + 31,420.08
    '-58190.02', // 50,335 + 46,206 × 0.85 × 0.2 = 50,335 + 7,855.02
    '20451.98', // 28,307 - 7,855.02
  ]);
});

test('given an adjustment that names the entity, its whole effect is the entity’s', () => {
  const text = (named: string): string =>
    `schema: tieout.scenario/1\nid: mine\ntitle: Mine\nadjustments:\n  - { set: impairment, to: "+20%", entity: ${named} }\nrules: { nci: entity }\n`;
  const context = { ...book, concepts: [...book.concepts.keys()] };
  const scenario = readScenarioText(text('preferred-issuer'), 'mine.yaml', context);
  // 108,436.6 × 20% = 21,687.32
  expect(losses(asked.simulate(scenario)).slice(1, 3)).toEqual(['-3244402.28', '-72022.32']);
  expect(() => asked.simulate(readScenarioText(text('preferred-isuer'), 'mine.yaml', context))).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({
          code: 'E601',
          message: 'no entity "preferred-isuer"',
          help: 'did you mean preferred-issuer?',
          at: expect.objectContaining({ file: 'mine.yaml', line: 5, column: 5 }) as unknown,
        }),
      ],
    }) as LedgerError,
  );
});

test('given an entity with entries of its own, also what a scenario made of them is its own, for the next scenario', () => {
  // The impairment entry is its own as a whole: 30% of everything in it.
  const entry = asked.simulate(setting({ impairment: '+20%' })).entries[0]?.of ?? '';
  const impaired = owned([entity('lender', '30%', { entries: [entry] })]);
  const up = setting({ impairment: '+20%' }, byEntity);
  // 108,436.6 × 30% = 32,530.98; on top of that 650,619.6 × 0.2 × 30% = 39,037.176; and 780,743.52 × 0.2 × 30% = 46,844.6112
  expect(losses(impaired.simulate(up)).slice(2, 3)).toEqual(['-82865.98']); // 50,335 + 32,530.98
  const twice = stack(impaired, [up, { ...up, id: 'again' }]);
  expect(losses(twice)[2]).toBe('-121903.156'); // 82,865.98 + 39,037.176
  const thrice = stack(impaired, [up, { ...up, id: 'again' }, { ...up, id: 'once more' }]);
  expect(losses(thrice)[2]).toBe('-168747.7672'); // + 46,844.6112
});

test('what two entities own is refused, and the adjustment may say whose it is', () => {
  const legs = { accounts: ['impairment'] };
  const two = owned([entity('a', '10%', { legs }), entity('b', '40%', { legs })]);
  const up = setting({ impairment: '+20%' }, byEntity);
  expect(() => two.simulate(up)).toThrow(/a and b both own impairment/);
  const named = { ...up, adjustments: up.adjustments.map((each) => ({ ...each, entity: 'b' })) };
  // 108,436.6 × 40% = 43,374.64
  expect(losses(two.simulate(named))[2]).toBe('-93709.64'); // 50,335 + 43,374.64
});

test('a book without entities says so, at the rule', () => {
  const scenario = readScenarioText(
    'schema: tieout.scenario/1\nid: mine\ntitle: Mine\nadjustments:\n  - { set: impairment, to: "+20%" }\nrules: { nci: entity }\n',
    'mine.yaml',
    { ...book, concepts: [...book.concepts.keys()] },
  );
  expect(() => owned([]).simulate(scenario)).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({
          code: 'E107',
          message: 'this book declares no entities that others have a share in',
          at: expect.objectContaining({ file: 'mine.yaml', line: 6 }) as unknown,
        }),
      ],
    }) as LedgerError,
  );
});
