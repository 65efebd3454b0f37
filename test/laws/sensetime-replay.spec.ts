/**
 * Same log and book, same bytes: replays of the SenseTime book agree to the byte, whatever the batches that its log is
 * read in, and two readings of the book are one log.
 */
import { seedEvents } from '@tieout/book';
import { addBatch, cubeToJson, emptyCube, type PositionedLegs } from '@tieout/cube';
import { verifyLog } from '@tieout/event-log';
import { canonical, carriesEntry } from '@tieout/events';
import { entryFromEvent } from '@tieout/ledger';
import { Replay, Statements, TrialBalance } from '@tieout/projections';
import * as fc from 'fast-check';
import {
  allEvents,
  decoded,
  projectionsOver,
  readSenseTime,
  replayedOver,
  seededLog,
  structureOf,
} from '../support/law-replay';

const book = readSenseTime();
const structure = structureOf(book);

test('replayed twice: every projection and every statement has the same bytes', async () => {
  const log = await seededLog(book);
  const [first, second] = [await replayedOver(log, structure), await replayedOver(log, structure)];
  expect(second.get(Replay).snapshots()).toStrictEqual(first.get(Replay).snapshots());
  await first.get(Replay).run({ from: 'genesis' });
  expect(first.get(Replay).hashes()).toStrictEqual(second.get(Replay).hashes());
  const printed = (context: typeof first): string[] =>
    book.layouts.map((layout) =>
      canonicalText(context.get(Statements).statement(layout, { kind: 'as-laid-out' })),
    );
  expect(printed(second)).toStrictEqual(printed(first));
  expect(book.layouts.length).toBeGreaterThan(40);
});

test('two readings of the book: the same event ids, and logs with the same Merkle head', async () => {
  const again = readSenseTime();
  const ids = (of: typeof book): string[] =>
    seedEvents(of).flatMap(({ events }) => events.map(({ id }) => id));
  expect(ids(again)).toStrictEqual(ids(book));
  expect(new Set(ids(book)).size).toBe(ids(book).length);
  const [one, two] = [await verifyLog(await seededLog(book)), await verifyLog(await seededLog(again))];
  expect(one.problems).toStrictEqual([]);
  expect(two).toStrictEqual(one);
  expect(one.length).toBe(ids(book).length);
  expect(structureOf(again).basis).toBe(structure.basis);
});

test('a load that is sent again changes nothing', async () => {
  const log = await seededLog(book);
  const before = await allEvents(log);
  const again = await log.append(seedEvents(book).map((segment) => ({ ...segment, expected: -1 })));
  expect([again.repeated, again.appended]).toStrictEqual([before.length, []]);
  expect(await allEvents(log)).toStrictEqual(before);
});

describe('any prefix, any batches', () => {
  /** The places where a log of this length is cut, at random. */
  const cutsOf = (length: number): fc.Arbitrary<number[]> =>
    fc
      .uniqueArray(fc.integer({ min: 1, max: length - 1 }), { maxLength: 12 })
      .map((cuts) => [0, ...cuts.sort((a, b) => a - b), length]);

  test('in any order, fold to the same cube', async () => {
    const batch = (await decoded(await seededLog(book))).map((event, position): PositionedLegs => ({
      position,
      legs: carriesEntry(event) ? entryFromEvent(event).postings : [],
    }));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: batch.length }),
        cutsOf(batch.length),
        fc.infiniteStream(fc.nat()),
        (end, cuts, places) => {
          const whole = addBatch(emptyCube(), batch.slice(0, end), 'log');
          const parts = cuts.slice(1).map((until, index) => batch.slice(cuts[index], until));
          // In any order: what was delivered late lands where it belongs.
          const order = parts
            .map((part) => ({ part, place: places.next().value }))
            .sort((a, b) => a.place - b.place);
          const folded = order.reduce(
            (cube, { part }) =>
              addBatch(
                cube,
                part.filter(({ position }) => position < end),
                'log',
              ),
            emptyCube(),
          );
          expect(canonicalText(cubeToJson(folded))).toBe(canonicalText(cubeToJson(whole)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('bring the projections to the same states, through stored snapshots too', async () => {
    const log = await seededLog(book);
    const whole = (await replayedOver(log, structure)).get(Replay).snapshots();
    await fc.assert(
      fc.asyncProperty(cutsOf(await log.length()), async (cuts) => {
        const stored = await seededLog(book);
        for (const knownAt of cuts.slice(1)) {
          const context = await projectionsOver(stored, structure);
          expect(await context.get(Replay).run({ knownAt })).toBe(knownAt);
          await context.get(Replay).saveSnapshots();
        }
        expect(await stored.loadSnapshots()).toStrictEqual(whole);
      }),
      { numRuns: 8 },
    );
  });

  test('a position delivered twice is refused, and the cube stays as it was', async () => {
    const context = await replayedOver(await seededLog(book), structure);
    const { cube } = context.get(Replay).stateOf(context.get(TrialBalance));
    const before = canonicalText(cubeToJson(cube));
    expect(() => addBatch(cube, [{ position: 17, legs: [] }], 'log')).toThrow(
      'position 17 of log would be covered twice',
    );
    expect(canonicalText(cubeToJson(cube))).toBe(before);
  });
});

/** Canonical JSON of plain data with amounts beyond safe integers in it. */
function canonicalText(value: unknown): string {
  return canonical(
    JSON.parse(JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each))),
  );
}
