/**
 * A what-if writes nothing: random scenarios over random ledgers that stand in a real log, asked in every way there is. The
 * log has the same events afterwards, and a log in a file the same bytes.
 */
import { foldPostings } from '@tieout/cube';
import { decode, LedgerError, seedEventId, sha256, type NewEvent, type StoredEvent } from '@tieout/events';
import { openEventLog, type EventLog } from '@tieout/event-log';
import { entryFromEvent, eventFromEntry, type Entry } from '@tieout/ledger';
import { seek, stack, tornado, twoWay, whatIf, type Base, type Scenario, type WhatIf } from '@tieout/what-if';
import * as fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyBase, anyScenario } from '../support/any-books';

const actor = 'any';
const recordedAt = '2022-08-31T00:00:00.000Z';

async function filled(url: string, entries: readonly Entry[]): Promise<EventLog> {
  const log = await openEventLog(url);
  const events = entries.map((entry): NewEvent => {
    const event = eventFromEntry(entry);
    return { id: seedEventId('any', event, recordedAt), event, recordedAt, actor };
  });
  await log.append([{ stream: 'any/P2', expected: -1, events }]);
  return log;
}

/** The base as the log has it. */
function replayed(events: readonly StoredEvent[], base: Base): Base {
  const entries = events
    .map((event) => decode(event))
    .flatMap((event) =>
      event.name === 'EntryPosted' || event.name === 'ResultClosed' ? [entryFromEvent(event)] : [],
    );
  const batch = entries.map(({ postings }, position) => ({ position, legs: postings }));
  return { ...base, entries, cube: foldPostings(batch, 'log') };
}

/** What is refused wrote nothing either. */
function tried<Made>(ask: () => Made): Made | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}

/** Every way to ask; how many answers there were. */
function askEverything(asked: WhatIf, scenario: Scenario): number {
  const figure = 'profit@P2';
  const axis = { driver: 'expenses.a', levels: ['+0%', '+10%'] };
  const simulation = tried(() => asked.simulate(scenario));
  const answers = [
    simulation,
    simulation?.changes,
    simulation?.published,
    ...(simulation?.changes ?? []).map((change) => simulation?.contributions(change)),
    tried(() => stack(asked, [scenario, { ...scenario, id: 'again' }])),
    tried(() => seek(asked, { figure, value: '0', by: 'expenses.a', rules: scenario.rules })),
    tried(() => tornado(asked, figure, '10', scenario.rules)),
    tried(() => twoWay(asked, figure, { rows: axis, columns: { ...axis, driver: 'rate' } })),
  ];
  for (const entry of simulation?.entries ?? [])
    // @ts-expect-error and what it makes cannot be written
    expect(() => eventFromEntry(entry)).toThrow('never appended');
  return answers.filter((each) => each !== undefined).length;
}

test.each(['memory:', 'sqlite:'] as const)(
  '%s the same events before and after, and the same bytes',
  async (store) => {
    const folder = mkdtempSync(join(tmpdir(), 'tieout-nothing-'));
    const bytes = (of: string): readonly string[] =>
      readdirSync(folder)
        .filter((name) => name.startsWith(of))
        .sort()
        .map((name) => `${name} ${sha256(readFileSync(join(folder, name)))}`);
    let [run, answers, files] = [0, 0, 0];
    try {
      await fc.assert(
        fc.asyncProperty(anyBase, anyScenario, async (base, scenario) => {
          const name = `run-${(run += 1)}.db`;
          const url = store === 'memory:' ? store : `sqlite:${join(folder, name)}`;
          let log = await filled(url, base.entries);
          if (store === 'sqlite:') {
            // Closed and opened again, so that the bytes are those at rest.
            await log.close();
            log = await openEventLog(url);
          }
          const [before, file] = [await log.readAll(0, 1000), bytes(name)];
          expect(before.length).toBe(base.entries.length);
          answers += askEverything(whatIf(replayed(before, base)), scenario);
          files += file.length;
          expect(bytes(name)).toStrictEqual(file);
          expect(await log.readAll(0, 1000)).toStrictEqual(before);
          await log.close();
        }),
        { numRuns: 30 },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    expect(answers).toBeGreaterThan(100);
    expect(files > 0).toBe(store === 'sqlite:');
  },
);
