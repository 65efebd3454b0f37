import { saying } from './contract';
import { follow, type Followed } from './follow';
import { memoryStore } from './memory';

/** Takes batches until so many events were seen. */
async function take(batches: AsyncGenerator<Followed>, count: number): Promise<Followed[]> {
  const taken: Followed[] = [];
  let seen = 0;
  while (seen < count) {
    const { value, done } = await batches.next();
    if (done) break;
    const batch = value as Followed;
    taken.push(batch);
    seen += batch.events.length;
  }
  return taken;
}

it('gives what is there, then what comes, each once and in order, with the length it is held against', async () => {
  const open = memoryStore();
  const [log, writer] = [open(), open()];
  const said = Array.from({ length: 1500 }, (_, i) => saying(`${i}`));
  await writer.append([{ stream: 'B', expected: -1, events: said.slice(0, 1499) }]);
  const stop = new AbortController();
  const batches = follow(log, 0, stop.signal);
  const first = await take(batches, 1499);
  expect(first.map(({ events, length }) => [events.length, length])).toEqual([
    [1000, 1499],
    [499, 1499],
  ]);
  const coming = take(batches, 1);
  await writer.append([{ stream: 'B', expected: 'any', events: said.slice(1499) }]);
  const [last] = await coming;
  expect(last?.length).toBe(1500);
  expect([...first, ...(last ? [last] : [])].flatMap(({ events }) => events.map((e) => e.id))).toEqual(
    said.map((e) => e.id),
  );
  stop.abort();
  expect((await batches.next()).done).toBe(true);
});

it('ends at the signal while it waits', async () => {
  const stop = new AbortController();
  const batches = follow(memoryStore()(), 0, stop.signal);
  setTimeout(() => stop.abort(), 20);
  expect((await batches.next()).done).toBe(true);
});
