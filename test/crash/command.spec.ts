/**
 * The `tieout` command killed at any moment, and a store whose write-ahead log lost its end: what was acknowledged is
 * there, whole, once; of the rest all or nothing; and the next start simply works.
 *
 * The store by itself is crash-tested in its own room. Here it is the command that dies: while it makes the store and loads
 * the book, while it posts, between the entry and the snapshots that it stores after it, while it says what it did. Moments
 * and cuts are the same in every run; TIEOUT_FULL=1 tries many more.
 */
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entriesToYaml, periodStream, readEntries } from '@tieout/book';
import { bookOf } from '@tieout/event-log';
import { canonical, merkleRoot, newEventId, type NewEvent, type StoredEvent } from '@tieout/events';
import { eventFromEntry, parseJournal, type Entry } from '@tieout/ledger';
import { Replay, Statements } from '@tieout/projections';
import * as fc from 'fast-check';
import {
  copyStore,
  moments,
  soundEvents,
  storeIn,
  tieout,
  withStore,
  type Ended,
  type Moment,
} from '../support/crash-command';
import { emptyFolder, senseTime } from '../support/command';
import {
  allEvents,
  loadSeed,
  projectionsOver,
  readSenseTime,
  replayedOver,
  seededLog,
  structureOf,
} from '../support/law-replay';

const full = process.env['TIEOUT_FULL'] === '1';
const kills = full ? 100 : 4;
const cuts = full ? 200 : 12;
const book = readSenseTime();
const structure = structureOf(book);

/** A folder with the book loaded, and what the command said of it. */
let loaded: string;
let seed: readonly StoredEvent[];
let figures: Ended;

beforeAll(async () => {
  loaded = emptyFolder();
  figures = await tieout(['figures', '--json'], loaded);
  // 1 where a figure does not tie: whichever it is, it is the same after every crash.
  expect([0, 1]).toContain(figures.code);
  expect(JSON.parse(figures.stdout)).toHaveLength(book.figures.length);
  seed = await eventsLeft(loaded);
  expect(merkleRoot(seed.map(({ leaf }) => leaf))).toBe(
    merkleRoot((await allEvents(await seededLog(book))).map(({ leaf }) => leaf)),
  );
}, 120_000);

/** One round a moment, each in a folder of its own; how many commands died in it, so that a test can say what it tried. */
async function deaths(
  when: readonly Moment[],
  round: (moment: Moment, at: string) => Promise<Ended>,
): Promise<number> {
  let dead = 0;
  for (const [index, moment] of when.entries()) {
    const at = emptyFolder();
    const { code } = await round(moment, at);
    if (code === null) dead += 1;
    // Starting once more for it costs as much as the round: the log itself is verified in every round.
    if (index % 2 === 0) expect((await tieout(['verify'], at)).code).toBe(0);
    rmSync(at, { recursive: true });
  }
  return dead;
}

/** The events of the store in the folder as it lies there, sound; looking at it leaves it as it is for the next start. */
async function eventsLeft(at: string): Promise<readonly StoredEvent[]> {
  const left = emptyFolder();
  const events = await soundEvents(copyStore(at, left));
  rmSync(left, { recursive: true });
  return events;
}

test(`the first load, killed ${kills} times: nothing or the whole seed is there, and the next start does the rest`, async () => {
  const found = new Set<number>();
  const spans: readonly Moment[] = [
    { sign: 'started', after: figures.lasted },
    // The store's tables come first, of less than ten pages; then the seed in one append, then the snapshots.
    { sign: 'writing', grown: 40_000, after: 50 },
    { sign: 'writing', after: figures.lasted / 4 },
    { sign: 'speaking', after: 5 },
  ];
  const dead = await deaths(moments(kills, 20220630, spans), async (moment, at) => {
    const ended = await tieout(['figures', '--json'], at, moment);
    const events = await eventsLeft(at);
    found.add(events.length);
    expect([[], seed]).toContainEqual(events);
    if (ended.stdout !== '') expect(events).toStrictEqual(seed);

    const next = await tieout(['figures', '--json'], at);
    expect([next.code, next.stdout]).toStrictEqual([figures.code, figures.stdout]);
    expect(await soundEvents(storeIn(at))).toStrictEqual(seed);
    return ended;
  });
  expect(dead).toBeGreaterThanOrEqual(Math.floor(kills / 3));
  if (full) expect(found).toStrictEqual(new Set([0, seed.length]));
}, 1_800_000);

/** Entries for the open period, with ids of their own, in the journal's unit: each adds to administrative expenses. */
const invoices = (id: string, thousands: readonly number[]): readonly Entry[] =>
  parseJournal(
    thousands
      .map(
        (amount, index) => `
2022-06-30 ${id}-${index} ExpenseIncurred  An invoice received late
  expenses.administrative  profit-or-loss   ${amount}   [nature=utilities, function=administrative]
  payables.other.third     recognised      (${amount})`,
      )
      .join('\n'),
    { scale: book.amountUnit.scale },
  );

/** The entries of a log that the book's seed does not have: their ids, in log order. */
const added = (events: readonly StoredEvent[]): readonly string[] =>
  events.slice(seed.length).map(({ payload }) => (payload as { entry: string }).entry);

test(`a post of four entries, killed ${kills} times: none or all four are there, all four once they were said to be`, async () => {
  const found = new Set<number>();
  const unhurt = emptyFolder();
  cpSync(loaded, unhurt, { recursive: true });
  writeFileSync(join(unhurt, 'late.yaml'), entriesToYaml(invoices('JE-UNHURT', [1, 20, 300, 4000]), book));
  const life = await tieout(['post', 'late.yaml'], unhurt);
  expect(life.code).toBe(0);

  const spans: readonly Moment[] = [
    { sign: 'started', after: life.lasted },
    { sign: 'writing', after: 25 },
    { sign: 'speaking', after: 5 },
  ];
  const dead = await deaths(moments(kills, 20220825, spans), async (moment, at) => {
    cpSync(loaded, at, { recursive: true });
    const entries = invoices(`JE-${newEventId()}`, [1, 20, 300, 4000]);
    const ids = entries.map(({ id }) => id);
    writeFileSync(join(at, 'late.yaml'), entriesToYaml(entries, book));
    const ended = await tieout(['post', 'late.yaml'], at, moment);
    const events = await eventsLeft(at);
    found.add(events.length - seed.length);
    expect(events.slice(0, seed.length)).toStrictEqual(seed);
    expect([[], ids]).toContainEqual(added(events));
    if (ended.stdout.includes('posted')) expect(added(events)).toStrictEqual(ids);

    // The next start is the user's second try: what is there is known again, what is not is posted.
    const next = await tieout(['post', 'late.yaml'], at);
    const word = events.length === seed.length ? 'posted' : 'already there';
    expect([
      next.code,
      next.stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split(':')[0]),
    ]).toStrictEqual([0, ids.map((id) => `${id} ${word}`)]);
    expect(added(await soundEvents(storeIn(at)))).toStrictEqual(ids);
    return ended;
  });
  expect(dead).toBeGreaterThanOrEqual(Math.floor(kills / 3));
  if (full) expect(found).toStrictEqual(new Set([0, 4]));
}, 1_800_000);

/** Several posts, each with the snapshots that the command stores after it, and where in the write-ahead log each commit ends. */
async function posts(file: string) {
  await withStore(file, (log) => loadSeed(book, log));
  const commits: { readonly entries: readonly Entry[]; readonly end: number }[] = [];
  const copied = `${file}.whole`;
  await withStore(file, async (log) => {
    const context = await projectionsOver(log, structure);
    for (let post = 0; post < 8; post += 1) {
      // Powers of ten: which posts a sum holds can be read off its digits.
      const entries = invoices(`JE-CUT-${post}`, [10 ** post, 2 * 10 ** post]);
      const events = entries.map((entry): NewEvent => ({
        id: newEventId(),
        event: eventFromEntry(entry),
        recordedAt: '2022-08-26T00:00:00.000Z',
        actor: 'crash',
      }));
      await log.append([{ stream: periodStream(senseTime, '2022H1'), expected: 'any', events }]);
      commits.push({ entries, end: statSync(`${file}-wal`).size });
      // Not after each, because at a thousand pages SQLite moves the write-ahead log into the file.
      if (post % 3 === 1) {
        await context.get(Replay).run();
        await context.get(Replay).saveSnapshots();
      }
    }
    // While it is open, because closing moves all of it into the file.
    copyFileSync(file, copied);
    copyFileSync(`${file}-wal`, `${copied}-wal`);
  });
  return { commits, file: copied, wal: readFileSync(`${copied}-wal`) };
}

/** What the income statement says of administrative expenses, in thousands: as printed and the late invoices. */
const administrative = (entries: readonly Entry[]): string => {
  const late = entries.map(({ postings }) => Number(postings[0]?.minor) / 10 ** book.amountUnit.scale);
  return String(late.reduce((sum, each) => sum - each, -768629));
};

test(`a write-ahead log cut short, ${cuts} times: exactly the posts before the cut, and never a wrong statement`, async () => {
  const prepared = emptyFolder();
  const { commits, file, wal } = await posts(join(prepared, 'book.db'));
  expect(commits.map(({ end }) => end)).toStrictEqual(
    [...commits.map(({ end }) => end)].sort((a, b) => a - b),
  );
  expect(
    [commits[0]?.end, commits.at(-1)?.end].map((end) => (end ?? 0) > 0 && (end ?? 0) <= wal.length),
  ).toStrictEqual([true, true]);

  const anywhere = fc.sample(fc.integer({ min: 0, max: wal.length }), { numRuns: cuts, seed: 20211230 });
  const at = emptyFolder();
  const kept = new Set<number>();
  for (const [index, random] of anywhere.entries()) {
    // Anywhere, at the end of a commit, a byte before it.
    const { end } = commits[random % commits.length] ?? { end: 0 };
    const cut = [random, end, end - 1][index % 3] ?? 0;
    const store = storeIn(at);
    mkdirSync(join(at, '.tieout'), { recursive: true });
    rmSync(`${store}-shm`, { force: true });
    copyFileSync(file, store);
    writeFileSync(`${store}-wal`, wal.subarray(0, cut));

    const due = commits.filter((commit) => commit.end <= cut).flatMap(({ entries }) => entries);
    kept.add(due.length / 2);
    const whole = emptyFolder();
    const copy = copyStore(at, whole);
    expect(added(await soundEvents(copy))).toStrictEqual(due.map(({ id }) => id));
    await withStore(copy, async (log) => {
      expect((await bookOf(log))?.book).toBe(senseTime);
      // From whatever snapshots are left, and from the first event: the same states, and the sums of the entries present.
      const resumed = await projectionsOver(log, structure);
      await resumed.get(Replay).run();
      const replayed = await replayedOver(log, structure);
      expect(resumed.get(Replay).hashes()).toStrictEqual(replayed.get(Replay).hashes());
      for (const context of [resumed, replayed]) {
        const value = context.get(Statements).books().figures.value('is.administrative-expenses@2022H1');
        expect(canonical(value?.kind === 'money' ? String(value.minor) : 'none')).toBe(
          canonical(`${administrative(due)}00000`),
        );
      }
    });
    rmSync(whole, { recursive: true });

    if (index % 4 === 0) {
      const is = await tieout(['is', '--json'], at);
      const lines =
        is.code === 0 ? (JSON.parse(is.stdout) as { lines: { id: string; values: string[] }[] }).lines : [];
      const said = lines.find(({ id }) => id === 'is.administrative-expenses')?.values;
      // Right for the entries present, or refused as damaged: anything else would be a wrong statement.
      expect([
        { code: 0, said: [administrative(due), '-1443031'] },
        { code: 4, said: undefined },
      ]).toContainEqual({ code: is.code, said });
    }
  }
  // Cuts fell before, between and after the posts.
  expect(kept.size).toBeGreaterThan(4);
}, 1_800_000);

test('what the tests above post is what a file of it says', () => {
  const entries = invoices('JE-A', [1, 20]);
  expect(
    readEntries(entriesToYaml(entries, book), 'late.yaml', book).map(({ entry }) => entry),
  ).toStrictEqual(entries);
});
