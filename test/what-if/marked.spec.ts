/**
 * What a scenario makes is marked in its type: it can be published, recorded or appended nowhere. It does not compile, and
 * where the compiler is not asked it is refused when it runs.
 */
import { addBatch, addCubes, cellsOf, cubeToJson, negateCube, reported, type Cube } from '@tieout/cube';
import { eventFromEntry, type Entry } from '@tieout/ledger';
import { checkFigures, holdFigures } from '@tieout/proof';
import { indexLegs, type World } from '@tieout/statements';
import { asEntry, type HypotheticalEntry } from '@tieout/what-if';
import { baseOf, setting, theBook, whatIf } from '../support/what-if';

const book = theBook();
const base = baseOf(book);
const {
  world,
  figures: evaluator,
  overlay,
  entries,
} = whatIf(base).simulate(setting({ impairment: '+20%' }));
const sum = addCubes(base.cube, overlay);
const held = { figures: book.figures, evaluator, recorded: () => ({}) };

test('a cube with an overlay is marked with its scenario, until the overlay is taken out', () => {
  expect([overlay.scenario, sum.scenario]).toEqual(['test', 'test']);
  expect(reported(addCubes(sum, negateCube(overlay))).scenario).toBeUndefined();
  expect(() => reported(sum)).toThrow('of the scenario test is hypothetical');
  // @ts-expect-error an overlay is no cube of the log
  const never: Cube = overlay;
  expect(never).toBe(overlay);
});

test('it is not published: statements are evaluated on cells of the log, and held against print on no other world', () => {
  // @ts-expect-error nor is the sum
  expect(() => indexLegs(cellsOf(sum))).toThrow('it is not published, recorded or appended to');
  // @ts-expect-error a hypothetical world is not the books as they are
  expect(() => holdFigures({ ...held, world })).toThrow('a scenario is no replay');
  // @ts-expect-error nor may it stand for them
  const as: World = world;
  expect(as).toBe(world);
});

test('it is not recorded: a record is made of a check, and a check of the books as they are; a snapshot is of the log', () => {
  const { layouts, footings, amountUnit } = book;
  const input = { ...held, layouts, footings, declared: [], claims: [], explanations: [] };
  // @ts-expect-error a hypothetical world is not the books as they are
  expect(() => checkFigures({ ...input, amounts: amountUnit.text, world })).toThrow(
    'a scenario is no replay',
  );
  // @ts-expect-error a snapshot is of the log
  expect(() => cubeToJson(sum)).toThrow('it is not published, recorded or appended to');
});

test('it is not appended: neither a hypothetical entry, whatever is added to it, nor a batch to its cube', () => {
  const [entry] = entries as readonly [HypotheticalEntry];
  // @ts-expect-error a hypothetical entry has no provenance and is no entry
  expect(() => eventFromEntry(entry)).toThrow(
    'WI-1 is an entry of a scenario, and is never appended to the log',
  );
  const { provenance, dateBasis } = asEntry(entry);
  // @ts-expect-error nor with a provenance
  const dressed: Entry = { ...entry, provenance, dateBasis };
  expect(() => eventFromEntry(dressed)).toThrow('never appended to the log');
  // @ts-expect-error the log's next batch does not stand on a scenario
  expect(() => addBatch(sum, [], 'log')).toThrow('it is not published, recorded or appended to');
});
