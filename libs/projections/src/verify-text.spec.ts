/**
 * The quick way of a verification takes only what the slow way finds nothing against, and reads it alike.
 */
import * as fc from 'fast-check';
import { BytesRead, lookAt } from '@tieout/event-log';
import { canonical, carriesEntry, decode, leafOfBytes, type StoredEvent } from '@tieout/events';
import { entryFromEvent, isCalendarDay } from '@tieout/ledger';
import { hashOfId } from './verify-findings';
import { entryReader } from './verify-text';

const word = fc.oneof(
  fc.constantFrom(
    'cash',
    'opex',
    'paid',
    'RMB',
    'a } b',
    '"minor":"',
    'é',
    '会计',
    '😀',
    'a\\b',
    'a"b',
    '\n',
    '',
  ),
  fc.string({ maxLength: 6 }),
);
const minor = fc.oneof(
  fc.integer({ min: -1e6, max: 1e6 }).map(String),
  fc.constantFrom('0', '-0', '007', '1e3', '-', '', '1.5', '999999999999999', '-9999999999999999', '12 '),
);
const leg = fc.record(
  {
    account: word,
    movement: word,
    minor,
    unit: word,
    dimensions: fc.dictionary(word, word, { maxKeys: 2 }),
    expression: word,
    strange: word,
  },
  { requiredKeys: ['account', 'movement', 'minor', 'unit'] },
);
const event = fc.record({
  actor: word,
  id: word,
  name: fc.constantFrom('ExpenseIncurred', 'EntryPosted', 'EntryReversed', 'PeriodClosed', 'Unknown'),
  payload: fc.record({
    date: fc.constantFrom('2022-06-30', '2022-02-30', '22-06-30'),
    dateBasis: fc.constantFrom('disclosed', 'guessed'),
    description: word,
    entry: word,
    postings: fc.array(leg, { minLength: 1, maxLength: 4 }),
    provenance: fc.record({
      allocation: fc.constantFrom('given', 'assumed', 'none'),
      amount: fc.constantFrom('disclosed', 'derived', 'none'),
      reasoning: word,
      source: fc.array(fc.integer({ min: -1, max: 900 }), { maxLength: 3 }),
    }),
  }),
  position: fc.constantFrom(0, 17, -1, 1.5),
  recordedAt: word,
  revision: fc.nat(),
  stream: word,
  version: fc.constantFrom(1, 1, 1, 2),
});

const known = fc.constantFrom('cash', 'opex', 'paid', 'RMB', 'minor', 'é', '会计', '{:,', 'a } b');
const plainLeg = fc.record(
  {
    ...{ account: known, movement: known, unit: known, expression: known },
    minor: fc.integer({ min: -1e6, max: 1e6 }).map(String),
    dimensions: fc.dictionary(known, known, { maxKeys: 2 }),
  },
  { requiredKeys: ['account', 'movement', 'minor', 'unit'] },
);

/** Most of these are plain. */
const plainLegs = fc.array(fc.oneof({ weight: 9, arbitrary: plainLeg }, { weight: 1, arbitrary: leg }), {
  minLength: 2,
  maxLength: 3,
});
const plain = fc.tuple(event, plainLegs).map(([each, postings]) => ({
  ...each,
  ...{
    actor: 'a',
    id: 'b',
    name: 'ExpenseIncurred',
    recordedAt: 'now',
    stream: 's',
    version: 1,
    position: 17,
  },
  payload: {
    ...each.payload,
    ...{ date: '2022-06-30', dateBasis: 'disclosed', description: 'd' },
    ...{ entry: 'JE-1', postings },
    provenance: { allocation: 'given', amount: 'derived', reasoning: '', source: [3] },
  },
}));

/** How often the quick way took one: a law that it meets by taking nothing would be none. */
let taken = 0;
const reader = entryReader();

function judge(body: string | Buffer, filed?: string): void {
  const bytes = Buffer.concat([Buffer.from([0]), Buffer.from(body)]);
  const leaf = Buffer.from(leafOfBytes(bytes));
  const there = new BytesRead(bytes, leaf, filed === undefined ? undefined : Buffer.from(filed));
  const read = reader.read(there);
  if (!read) return;
  taken += 1;
  expect(Buffer.from(there.body).equals(bytes.subarray(1))).toBe(true);
  const { event: stored, problems } = lookAt(there, read.position);
  expect(problems).toStrictEqual([]);
  // Whether it is a day at all is asked of the calendar, once for each day (verify-shape.ts).
  if (!isCalendarDay(read.date)) return;
  const decoded = decode(stored as StoredEvent);
  if (!carriesEntry(decoded)) throw new Error('the quick way takes entries only');
  const entry = entryFromEvent(decoded);
  const legs = read.legs.slice(0, read.count).map(({ account, movement, unit, dimensions }, index) => {
    return { account, movement, unit, dimensions, minor: read.minors[index] };
  });
  expect(legs).toStrictEqual(
    entry.postings.map(({ account, movement, unit, dimensions, minor: amount }) => {
      return { account, movement, unit, dimensions, minor: amount };
    }),
  );
  const { amount, allocation } = entry.provenance;
  expect({ ...read, legs: 0, minors: 0, count: 0 }).toStrictEqual({
    ...{ name: entry.event, entry: entry.id, date: entry.date, amount, allocation },
    hash: hashOfId(Buffer.from(entry.id)),
    ...{ stream: stored?.stream, revision: stored?.revision, position: stored?.position },
    ...{ legs: 0, minors: 0, count: 0 },
  });
}

it('what the quick way takes is canonical, keeps the schema, and is read as it is decoded', () => {
  fc.assert(
    fc.property(fc.oneof(plain, event), (each) => judge(canonical(each))),
    { numRuns: 2000 },
  );
  expect(taken).toBeGreaterThan(200);
});

it('takes an event only where it is found by what it says', () => {
  const { found, other } = {
    found: '1\0s\x007\0JE-1',
    other: fc.constantFrom('', '\0', '1', '7', 'JE-1', 's'),
  };
  const astray = fc.oneof(
    fc.tuple(other, other, other, other).map((parts) => parts.join('\0')),
    fc.tuple(fc.nat(found.length), other).map(([at, put]) => found.slice(0, at) + put + found.slice(at)),
    fc.nat(found.length).map((at) => found.slice(0, at) + found.slice(at + 1)),
  );
  const before = taken;
  fc.assert(
    fc.property(plain, fc.oneof(fc.constant(found), astray), (each, filed) => {
      const { payload } = each;
      judge(canonical({ ...each, id: '1', revision: 7, payload: { ...payload, entry: 'JE-1' } }), filed);
    }),
  );
  expect(taken - before).toBeGreaterThan(10);
});

it('nor does it take bytes that are no text', () => {
  const before = taken;
  const put = fc.constantFrom([0x78], [0xc3, 0xa9], [0xc3], [0xa9], [0xff], [0xf0, 0x90], [0xed, 0xa0, 0x80]);
  const some = fc.tuple(plain, fc.nat(600), put);
  fc.assert(
    fc.property(some, ([each, place, over]) => {
      const payload = { ...each.payload, description: 'd'.repeat(500) };
      const bytes = Buffer.from(canonical({ ...each, payload }));
      bytes.set(over, place % (bytes.length - 2));
      judge(bytes);
    }),
    { numRuns: 5000 },
  );
  expect(taken - before).toBeGreaterThan(100);
});

it('nor does it take a text of which a piece is another', () => {
  const before = taken;
  const some = fc.tuple(
    plain,
    fc.nat(),
    fc.constantFrom('"', ' ', '0', '\\', '}', ',', '-', '\u0001', 'x'),
    fc.boolean(),
  );
  fc.assert(
    fc.property(some, ([each, place, put, over]) => {
      const body = canonical(each);
      const at = place % body.length;
      judge(body.slice(0, at) + put + body.slice(over ? at + 1 : at));
    }),
    { numRuns: 5000 },
  );
  expect(taken - before).toBeGreaterThan(100);
});
