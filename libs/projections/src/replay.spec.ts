/**
 * The replay: in order, nothing skipped, nothing stored before it is whole.
 */
import 'reflect-metadata';
import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { cellsOf } from '@tieout/cube';
import { Journal } from './journal';
import { Projection, type LogEvent, type ProjectionHandler } from './projection';
import { Replay } from './replay';
import { append, capital, contextOver, logOf, opened, structure } from './small-log';
import { Statements } from './statements';
import { TrialBalance } from './trial-balance';

const cashOf = (context: INestApplicationContext): number => {
  const { cube } = context.get(Replay).stateOf(context.get(TrialBalance));
  return cellsOf(cube)
    .filter((cell) => cell.account === 'cash')
    .reduce((sum, cell) => sum + Number(cell.minor), 0);
};

test('every projection sees every event, once, in order, across batches', async () => {
  const count = 1200;
  const context = await contextOver(
    await logOf([opened, ...Array.from({ length: count }, (_, index) => capital(index + 1))]),
  );
  const replay = context.get(Replay);
  expect(await replay.run()).toBe(count + 1);
  expect(cashOf(context)).toBe((count * (count + 1)) / 2);
  const positions: number[] = [];
  for await (const lines of context.get(Journal).entries())
    positions.push(...lines.map(({ position }) => position));
  expect(positions).toStrictEqual(Array.from({ length: count }, (_, index) => index + 1));
});

test('replayed twice, and in parts: identical bytes', async () => {
  const log = await logOf([opened, ...Array.from({ length: 40 }, (_, index) => capital(index + 1))]);
  const whole = await contextOver(log);
  await whole.get(Replay).run({ from: 'genesis' });
  const parts = await contextOver(log);
  await parts.get(Replay).run({ knownAt: 17 });
  await parts.get(Replay).saveSnapshots();
  await parts.get(Replay).run();
  expect(parts.get(Replay).snapshots()).toStrictEqual(whole.get(Replay).snapshots());
  await whole.get(Replay).run({ from: 'genesis' });
  expect(parts.get(Replay).hashes()).toStrictEqual(whole.get(Replay).hashes());
});

test('taken as they were appended, one by one: the same states as read from the log, asked for or not', async () => {
  const log = await logOf([opened]);
  const context = await contextOver(log);
  const replay = context.get(Replay);
  await replay.run();
  const cash: number[] = [];
  for (let number = 1; number <= 600; number += 1) {
    await replay.take(await append(log, [capital(number)]));
    if (number % 250 === 1) cash.push(cashOf(context));
  }
  expect(cash).toStrictEqual([1, (251 * 252) / 2, (501 * 502) / 2]);
  expect([replay.revision, replay.unsaved]).toStrictEqual([601, Infinity]);
  const whole = await contextOver(log);
  await whole.get(Replay).run({ from: 'genesis' });
  expect(replay.snapshots()).toStrictEqual(whole.get(Replay).snapshots());
  await replay.saveSnapshots();
  await replay.take(await append(log, [capital(601)]));
  expect([replay.unsaved, cashOf(context)]).toStrictEqual([1, (601 * 602) / 2]);
  const later = await contextOver(log);
  await later.get(Replay).run();
  expect([later.get(Replay).unsaved, later.get(Replay).folded]).toStrictEqual([1, 1]);
});

test('the books are made once while nothing comes, and anew when something has', async () => {
  const log = await logOf([opened, capital(5)]);
  const context = await contextOver(log);
  const [replay, statements] = [context.get(Replay), context.get(Statements)];
  await replay.run();
  const cash = () =>
    statements
      .books()
      .world.legs.byAccount.get('cash')
      ?.map(({ minor }) => minor);
  const books = statements.books();
  await replay.run({ from: 'here' });
  expect(statements.books()).toBe(books);
  expect(statements.books('2022-06-30')).not.toBe(books);
  expect(cash()).toStrictEqual([5]);
  await replay.take(await append(log, [capital(7)]));
  expect(cash()).toStrictEqual([12]);
});

test('taken where another wrote before: what came before is read', async () => {
  const log = await logOf([opened, capital(1)]);
  const context = await contextOver(log);
  const replay = context.get(Replay);
  await replay.run();
  await replay.take(await append(log, [capital(10)]));
  await append(log, [capital(100)]);
  await replay.take(await append(log, [capital(1000)]));
  expect([replay.revision, cashOf(context)]).toStrictEqual([5, 1111]);
  await replay.take([]);
  await append(log, [capital(10_000)]);
  await replay.run({ from: 'here' });
  await replay.run({ from: 'here' });
  expect([replay.revision, cashOf(context)]).toStrictEqual([6, 11_111]);
  const whole = await contextOver(log);
  await whole.get(Replay).run({ from: 'genesis' });
  expect(replay.snapshots()).toStrictEqual(whole.get(Replay).snapshots());
});

test('knownAt: the state as it was before that position', async () => {
  const context = await contextOver(await logOf([opened, capital(5), capital(7)]));
  await context.get(Replay).run({ knownAt: 2 });
  expect(cashOf(context)).toBe(5);
});

test('a snapshot is used only for the structure and version that it was made under, and when whole', async () => {
  const log = await logOf([opened, capital(5)]);
  const first = await contextOver(log);
  await first.get(Replay).run();
  const honest = first.get(Replay).snapshots();
  // A snapshot that says 500: taken when it fits, so that the cases below show that it is not taken.
  const lie = honest.map((snapshot) => ({ ...snapshot, state: snapshot.state.replaceAll('"5"', '"500"') }));
  const hashed = await Promise.all(
    lie.map(async (snapshot) => ({
      ...snapshot,
      sha256: (await import('@tieout/events')).sha256(snapshot.state),
    })),
  );
  const cashUnder = async (snapshots: typeof honest, basis?: string): Promise<number> => {
    await log.saveSnapshots(snapshots);
    const context = await contextOver(log, structure(basis));
    await context.get(Replay).run();
    return cashOf(context);
  };
  expect(await cashUnder(hashed)).toBe(500);
  expect(await cashUnder(lie)).toBe(5);
  expect(await cashUnder(hashed, 'another structure')).toBe(5);
  expect(await cashUnder(hashed.map((snapshot) => ({ ...snapshot, version: 99 })))).toBe(5);
  expect(await cashUnder(hashed.map((snapshot) => ({ ...snapshot, length: 99 })))).toBe(5);
});

test('a snapshot of another log, as long as this one, is not used', async () => {
  const [log, other] = [await logOf([opened, capital(5)]), await logOf([opened, capital(500)])];
  const context = await contextOver(other);
  await context.get(Replay).run();
  await log.saveSnapshots(context.get(Replay).snapshots());
  const here = await contextOver(log);
  await here.get(Replay).run();
  expect(cashOf(here)).toBe(5);
  expect(here.get(Replay).folded).toBe(2);
});

@Projection({ name: 'poisoned', version: 1 })
@Injectable()
class Poisoned implements ProjectionHandler<{ seen: number }> {
  initial() {
    return { seen: 0 };
  }
  apply(draft: { seen: number }, events: Iterable<LogEvent>): void {
    for (const { position } of events) {
      if (position === 2) throw new Error('cannot take this');
      draft.seen += 1;
    }
  }
  toJson(state: { seen: number }): unknown {
    return state;
  }
  fromJson(json: unknown): { seen: number } {
    return json as { seen: number };
  }
}

test('a failure stops the replay and names event, position and projection; what is stored stays', async () => {
  const log = await logOf([opened, capital(5), capital(7), capital(9)]);
  const good = await contextOver(log);
  await good.get(Replay).run({ knownAt: 2 });
  await good.get(Replay).saveSnapshots();
  const before = await log.loadSnapshots();
  const context = await contextOver(log, structure(), [Poisoned]);
  await expect(context.get(Replay).run()).rejects.toMatchObject({
    problems: [
      { code: 'E404', message: 'projection poisoned failed at event 2 (EntryPosted): cannot take this' },
    ],
  });
  expect(await log.loadSnapshots()).toStrictEqual(before);
});

test('a cancelled replay stops between batches', async () => {
  const log = await logOf([opened, ...Array.from({ length: 1100 }, (_, index) => capital(index + 1))]);
  const context = await contextOver(log);
  const controller = new AbortController();
  const progress: number[] = [];
  const run = context.get(Replay).run({
    signal: controller.signal,
    onProgress: (done) => {
      progress.push(done);
      if (progress.length === 2) controller.abort();
    },
  });
  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  expect(progress).toStrictEqual([512, 1024]);
  expect(await log.loadSnapshots()).toStrictEqual([]);
});
