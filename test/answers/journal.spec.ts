/**
 * The journal asked a page at a time: going on with `next` shows every entry that was asked for, once, in order.
 */
import {
  accountsDocument,
  checked,
  diffDocument,
  entriesDocument,
  entryDocument,
  eventsDocument,
  feedsDocument,
  logDocument,
  periodsDocument,
  postDocument,
  postEntries,
  restatedDocument,
  reverse,
  trialBalanceDocument,
  type EntriesAsked,
  type Session,
} from '@tieout/answers';
import * as documents from '@tieout/documents';
import { carriesEntry, decode, LedgerError } from '@tieout/events';
import fc from 'fast-check';
import { asOf, sessionOn } from '../support/answering';

let session: Session;
beforeAll(async () => {
  session = await sessionOn('sensetime-2022-interim');
});

type Row = documents.EntriesDocument['entries'][number];

async function allPages(asked: EntriesAsked): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let after = asked.after, more = true; more;) {
    const { entries, next } = await entriesDocument(session, { ...asked, after });
    expect(entries.length).toBeLessThanOrEqual(asked.limit);
    rows.push(...entries);
    [after, more] = [next, next !== undefined];
  }
  return rows;
}

it('pages of any length, of any question, are all entries that are asked for', async () => {
  const whole = await allPages({ limit: 10_000, order: 'oldest' });
  expect(whole.length).toBeGreaterThan(100);
  const some = (values: readonly string[]) =>
    fc.option(fc.constantFrom(...values), { nil: undefined, freq: 1 });
  const asked = fc.record({
    limit: fc.integer({ min: 1, max: 200 }),
    together: fc.integer({ min: 1, max: 4 }),
    order: fc.constantFrom('oldest' as const, 'newest' as const),
    account: some(['ppe', 'expenses', 'cash']),
    event: some(['AssetAcquired', 'ExpenseIncurred']),
    period: some(['2022H1', '2021H1']),
    from: some(['2021-06-30', '2022-01-01']),
    to: some(['2021-12-31', '2022-06-30']),
    q: some(['REVENUE', 'je-2022h1', 'no such words']),
  });
  const property = fc.asyncProperty(asked, async ({ limit, order, together, ...filters }) => {
    const { account, event, period, from, to, q } = filters;
    const [first, last] = period === '2022H1' ? ['2022-01-01', '2022-06-30'] : ['2021-01-01', '2021-06-30'];
    const wanted = whole.filter(
      (row) =>
        (account === undefined ||
          row.postings.some((leg) => leg.account === account || leg.account.startsWith(`${account}.`))) &&
        (event === undefined || row.event === event) &&
        (period === undefined || (row.date >= first && row.date <= last)) &&
        (from === undefined || row.date >= from) &&
        (to === undefined || row.date <= to) &&
        (q === undefined || `${row.id} ${row.description}`.toLowerCase().includes(q.toLowerCase())),
    );
    const due = order === 'oldest' ? wanted : wanted.toReversed();
    expect(await allPages({ ...filters, limit, order, together })).toStrictEqual(due);
  });
  await fc.assert(property, { numRuns: 60 });
});

it('events by position, raw: what the log has', async () => {
  const page = await eventsDocument(session, { after: 3, limit: 5 });
  expect(page).toStrictEqual(await session.log.readAll(4, 5));
  expect(await eventsDocument(session, { after: session.revision - 2, limit: 5 })).toHaveLength(1);
});

it('each document says what its schema says, and nothing else', async () => {
  const id = 'JE-2022H1-01';
  const whole = (schema: { parse: (document: unknown) => unknown }, document: unknown): void =>
    expect(schema.parse(JSON.parse(JSON.stringify(document)))).toStrictEqual(
      JSON.parse(JSON.stringify(document)),
    );
  whole(documents.entriesDocument, await entriesDocument(session, { limit: 30, order: 'newest' }));
  whole(documents.eventsDocument, await eventsDocument(session, { limit: 30 }));
  whole(documents.logDocument, await logDocument(session, { limit: 300 }));
  whole(documents.entryDocument, await entryDocument(session, id));
  whole(documents.feedsDocument, await feedsDocument(session, id, await checked(session)));
  whole(documents.periodsDocument, await periodsDocument(session));
  whole(
    documents.restatedDocument,
    await restatedDocument(session, { period: '2022H1', since: `${session.revision - 60}` }),
  );
  whole(documents.trialBalanceDocument, trialBalanceDocument(session));
  whole(documents.accountsDocument, accountsDocument(session));
});

it('an entry feeds the figures that its amounts are in', async () => {
  const { figures, ties } = await feedsDocument(session, 'JE-2022H1-01', await checked(session));
  const ids = figures.map(({ id }) => id);
  expect(ids).toContain('is.revenue@2022H1');
  expect(ids).toContain('is.loss@2022H1');
  expect(ids).not.toContain('is.revenue@2021H1');
  expect(ids).not.toContain('is.selling-expenses@2022H1');
  expect(ties.map(({ id }) => id)).toContain('ledger:is.revenue@2022H1');
});

describe('posted over what was there', () => {
  const entry = `
- id: JE-LATE
  event: ExpenseIncurred
  date: 2022-06-30
  description: Utilities invoice received late
  postings:
    - { account: expenses.administrative, movement: profit-or-loss, nature: utilities, dr: "1,200" }
    - { account: payables.other.third, movement: recognised, cr: "1,200" }
`;
  const json = JSON.stringify({
    id: 'JE-JSON',
    event: 'ExpenseIncurred',
    date: '2022-06-30',
    description: 'The same as JSON',
    postings: [
      { account: 'expenses.administrative', movement: 'profit-or-loss', nature: 'utilities', dr: '7' },
      { account: 'payables.other.third', movement: 'recognised', cr: 7 },
    ],
  });
  let written: Session;
  beforeAll(async () => {
    written = await sessionOn('sensetime-2022-interim');
  });
  const options = { actor: 'tester' };

  it('YAML and JSON are read alike; the diff of before and after is what they moved, and back', async () => {
    const before = await asOf(written);
    const dry = await postEntries(written, { text: entry, file: 'body' }, { ...options, dryRun: true });
    expect(postDocument(dry)).toMatchObject({ written: 0, entries: [{ result: 'would be posted' }] });
    const posted = await postEntries(written, { text: entry, file: 'body' }, options);
    expect(postDocument(posted)).toStrictEqual({
      schema: 'tieout.post/1',
      dryRun: false,
      written: 1,
      entries: [{ entry: 'JE-LATE', event: 'ExpenseIncurred', date: '2022-06-30', result: 'posted' }],
    });
    await postEntries(written, { text: json, file: 'body' }, options);
    const after = await asOf(written);
    const { moved, from, to } = diffDocument(before, after);
    expect([from.revision, to.revision]).toStrictEqual([before.revision, before.revision + 2]);
    const loss = moved.find(
      ({ fact, statement }) => fact === 'is.loss@2022H1' && statement === 'income-statement',
    );
    expect(loss).toMatchObject({ before: '-3207988', after: '-3209195', change: '-1207' });
    const back = diffDocument(after, before).moved;
    const key = ({ statement, line, fact }: (typeof moved)[number]): string => `${statement} ${line} ${fact}`;
    expect(back.map(key).sort()).toStrictEqual(moved.map(key).sort());
    expect(diffDocument(after, after).moved).toStrictEqual([]);
    const [newest] = (await entriesDocument(after, { limit: 1, order: 'newest' })).entries;
    expect(newest).toMatchObject({ id: 'JE-JSON', actor: 'tester', debits: '7' });
  });

  it('a reversal and its entry name each other', async () => {
    await reverse(written, 'JE-LATE', { reason: 'posted twice' }, options);
    const after = await asOf(written);
    expect(await entryDocument(after, 'JE-LATE')).toMatchObject({ reversedBy: 'JE-LATE-R' });
    const { entries } = await entriesDocument(after, { limit: 5, order: 'newest', q: 'JE-LATE' });
    expect(entries.map(({ id, reverses, reversedBy }) => [id, reverses, reversedBy])).toStrictEqual([
      ['JE-LATE-R', 'JE-LATE', undefined],
      ['JE-LATE', undefined, 'JE-LATE-R'],
    ]);
  });

  it('everything that speaks against a post is said at once, with its line, and nothing is written', async () => {
    const length = await written.log.length();
    const bad =
      entry.replace('cr: "1,200"', 'cr: "1,300"') +
      entry.replace('JE-LATE', 'JE-B').replace('payables.', 'payable.');
    const refused = await postEntries(written, { text: bad, file: 'body' }, options).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(LedgerError);
    const { problems } = refused as LedgerError;
    expect(problems.map(({ code, at }) => [code, at?.file, at?.line])).toStrictEqual([
      ['E201', 'body', 2],
      ['E202', 'body', 16],
    ]);
    expect(await written.log.length()).toBe(length);
  });
});

it('every entry of the log is on the pages', async () => {
  const events = await session.log.readAll(0, await session.log.length());
  const ids = events.flatMap((stored) => {
    const event = decode(stored);
    return carriesEntry(event) ? [event.payload.entry] : [];
  });
  const rows = await allPages({ limit: 33, order: 'oldest' });
  expect(rows.map(({ id }) => id)).toStrictEqual(ids);
});
