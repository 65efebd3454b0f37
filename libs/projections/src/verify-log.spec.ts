/**
 * What only the whole of a log shows, on a store whose own index says nothing: an entry that stands twice. And where the
 * first doubt is.
 */
import { BytesRead, pageLength, type EventLog, type ReadBody } from '@tieout/event-log';
import { canonical, leafOf, merkleRoot, type StoredEvent } from '@tieout/events';
import { capital, chart, logOf, opened } from './small-log';
import { closedBefore, firstDoubt, headAt, joinRanges } from './verify-log';
import { rangeVerifier } from './verify-range';
import type { Control, Found } from './verify-findings';

/** The account of this book takes postings of any movement named. */
const by = {
  chart: { ...chart, movements: new Map([['paid', { id: 'paid', name: 'Paid', group: 'equity' as const }]]) },
  scale: 0,
};

/** A log whose bodies are these. */
const withBodies = (log: EventLog, bodies: readonly ReadBody[]): EventLog => ({
  ...log,
  readBodies: (position, limit) => Promise.resolve(bodies.slice(position, position + limit)),
  readPages: () => Promise.resolve([]),
});

async function verified(log: EventLog, cuts: readonly number[]) {
  const ranges = [];
  for (const [index, from] of cuts.entries())
    ranges.push(await rangeVerifier(log, by).verify(from, cuts[index + 1] ?? Infinity));
  return joinRanges(log, ranges.reverse());
}

it('an entry that stands twice is found across ranges, and the head is that of the leaves as computed', async () => {
  const log = await logOf([opened, ...Array.from({ length: pageLength + 9 }, (_, at) => capital(at + 1))]);
  const bodies = [...(await log.readBodies(0, pageLength + 10))];
  const sound = await verified(log, [0, pageLength]);
  expect(sound.found).toStrictEqual([]);
  expect(sound.head).toBe(merkleRoot(bodies.map(({ leaf }) => leaf)));
  for (const length of [0, 1, 7, pageLength - 1, pageLength, pageLength + 3, pageLength + 10])
    expect(await headAt(log, sound, length)).toBe(
      merkleRoot(bodies.slice(0, length).map(({ leaf }) => leaf)),
    );
  expect(await headAt(log, sound, pageLength + 11)).toBeUndefined();

  const at = pageLength + 5;
  const event = JSON.parse(bodies[at]?.body ?? '') as StoredEvent & { payload: object };
  const body = canonical({ ...event, payload: { ...event.payload, entry: 'JE-3' } });
  bodies[at] = new BytesRead(Buffer.from(`\0${body}`), Buffer.from(leafOf(body)), undefined);
  const twice = withBodies(log, bodies);
  const found = await verified(twice, [0, pageLength]);
  expect(found.found).toStrictEqual([
    {
      by: 'entries',
      position: at,
      problem: {
        code: 'E207',
        message: `entry JE-3 stands at events 3 and ${at}`,
        at: { file: `event ${at}` },
      },
    },
  ]);
  expect((await verified(twice, [0])).found).toStrictEqual(found.found);
});

it('the first doubt is at what was found, or after the assertion before one that is broken', () => {
  const control = (position: number, name: 'PeriodOpened' | 'PeriodClosed', period: string): Control => ({
    position,
    event:
      name === 'PeriodOpened'
        ? { name, payload: { period, from: '2022-01-01', to: '2022-06-30', opening: [] } }
        : { name, payload: { period, closing: [] } },
  });
  const controls = [
    control(0, 'PeriodOpened', 'A'),
    control(50, 'PeriodClosed', 'A'),
    control(51, 'PeriodOpened', 'B'),
    control(90, 'PeriodClosed', 'B'),
  ];
  const at = (position: number, by: Found['by'] = 'entries'): Found => ({
    position,
    by,
    problem: { code: 'E401', message: '' },
  });
  const broken = [{ event: 'PeriodClosed', period: 'B' }] as const;
  expect(firstDoubt({ found: [], controls }, [])).toBeUndefined();
  expect(firstDoubt({ found: [at(3, 'cache')], controls }, [])).toBeUndefined();
  expect(firstDoubt({ found: [at(70), at(60)], controls }, broken)).toBe(60);
  expect(firstDoubt({ found: [], controls }, broken)).toBe(52);
  expect(firstDoubt({ found: [at(95)], controls }, broken)).toBe(52);
  expect([closedBefore(controls, 50), closedBefore(controls, 51)]).toStrictEqual([[], ['A']]);
});
