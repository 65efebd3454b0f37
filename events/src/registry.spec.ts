/**
 * What was ever stored is read for ever: one example payload stands for each event name and version.
 *
 * An example is never edited. A payload that must change is a new version: a step in `upcasters`, a new example, and
 * the old one still here, still decoding.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { carriesEntry, eventNames, type EventName, type LedgerEvent, type Payload } from './payloads';
import { currentVersion, decode, isEventName, type Upcasters } from './registry';
import { LedgerError } from './refusal';
import type { StoredEvent } from './stored';

const folder = join(__dirname, '../examples');
const files = readdirSync(folder).sort();

/** NAME.vVERSION.json, as it would stand in a log. */
function example(file: string): StoredEvent {
  const [, name = '', version = ''] = /^(\w+)\.v(\d+)\.json$/.exec(file) ?? [];
  return stored(name, Number(version), JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

function stored(name: string, version: number, payload: unknown): StoredEvent {
  const place = { stream: 'B', revision: 4, position: 17, leaf: '' };
  return {
    id: 'id',
    name,
    version,
    payload,
    recordedAt: '2022-08-25T00:00:00.000Z',
    actor: 'tester',
    ...place,
  };
}

function refusalOf(work: () => unknown): LedgerError {
  try {
    work();
  } catch (error) {
    if (error instanceof LedgerError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

const said = (refusal: LedgerError): string[] => refusal.problems.map((p) => `${p.code}: ${p.message}`);

describe('the examples', () => {
  it('are one for each name and version', () => {
    const due = eventNames.flatMap((name) =>
      Array.from({ length: currentVersion(name) }, (_, i) => `${name}.v${i + 1}.json`),
    );
    expect(files).toEqual(due.sort());
    expect(files.length).toBeGreaterThanOrEqual(28);
  });

  it('BookOpened may say that its ledger is simulated', () => {
    const { payload } = example('BookOpened.v1.json');
    const simulated = { entries: 1_000_000, events: 1_000_005, seed: '7', late: 3 };
    const event = stored('BookOpened', 1, { ...(payload as object), simulated });
    expect(decode(event).payload).toStrictEqual({ ...(payload as object), simulated });
  });

  it('BreakExplained may approve a proposal', () => {
    const { payload } = example('BreakExplained.v1.json');
    const approving = { ...(payload as object), proposal: '019b2f0a-2a00-7b11-8c22-1d2e3f405162' };
    expect(decode(stored('BreakExplained', 1, approving)).payload).toStrictEqual(approving);
    expect(() => decode(stored('ExplanationProposed', 1, approving))).toThrow(/Unrecognized key/);
  });

  it.each(files)('%s decodes, with nothing lost and nothing added', (file) => {
    const event = example(file);
    expect(decode(event)).toStrictEqual({ name: event.name, payload: event.payload });
  });

  it.each(files)('%s foots to zero in each unit, if it carries an entry', (file) => {
    const event = decode(example(file));
    const sums = new Map<string, bigint>();
    for (const leg of carriesEntry(event) ? event.payload.postings : []) {
      sums.set(leg.unit, (sums.get(leg.unit) ?? 0n) + BigInt(leg.minor));
    }
    expect([...sums.values()].every((sum) => sum === 0n)).toBe(true);
    expect(sums.size > 0).toBe(carriesEntry(event));
  });
});

describe('decode', () => {
  const [file = ''] = files.filter((f) => f.startsWith('ExpenseIncurred.'));
  const expense = example(file).payload as Record<string, unknown>;

  it.each(['ExpenseIncured', 'expenseIncurred', 'toString', '__proto__', ''])(
    'refuses the name "%s"',
    (name) => {
      expect(isEventName(name)).toBe(false);
      const refusal = refusalOf(() => decode(stored(name, 1, expense)));
      expect(said(refusal)).toEqual([`E208: unknown event name "${name}" at position 17`]);
      expect(refusal.problems[0]?.at).toEqual({ file: 'event 17' });
    },
  );

  it.each([0, 2, 99, -1])('refuses the version %i of an event that is at 1', (version) => {
    expect(said(refusalOf(() => decode(stored('ExpenseIncurred', version, expense))))).toEqual([
      `E208: ExpenseIncurred version ${version} at position 17 is not known`,
    ]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown key', { ...expense, note: 'x' }, ': Unrecognized key: "note"'],
    ['a missing key', { ...expense, date: undefined }, 'date: '],
    ['a day that is not in the calendar', { ...expense, date: '2022-02-30' }, 'date: a day of the calendar'],
    ['one leg only', { ...expense, postings: [] }, 'postings: '],
    ['an amount as a number', { ...expense, postings: legs({ minor: 5 }) }, 'postings.0.minor: '],
    [
      'an amount with a decimal mark',
      { ...expense, postings: legs({ minor: '5.00' }) },
      'postings.0.minor: whole minor',
    ],
    [
      'an amount of minus nil',
      { ...expense, postings: legs({ minor: '-0' }) },
      'postings.0.minor: whole minor',
    ],
  ])('refuses %s', (_what, payload, where) => {
    const [problem = ''] = said(refusalOf(() => decode(stored('ExpenseIncurred', 1, payload))));
    expect(problem).toContain('E401: ExpenseIncurred at position 17 breaks its schema: ');
    expect(problem).toContain(where);
  });

  function legs(first: object): unknown[] {
    const [a, ...rest] = expense['postings'] as object[];
    return [{ ...a, ...first }, ...rest];
  }
});

describe('upcasters', () => {
  // As if FactRecorded had once had a number as value, then the same under another key.
  const steps: Upcasters = {
    FactRecorded: {
      1: (payload) => {
        const { number, ...rest } = payload as { number: number };
        return { ...rest, amount: String(number) };
      },
      2: (payload) => {
        const { amount, ...rest } = payload as { amount: string };
        return { ...rest, value: amount };
      },
    },
  };
  const rest: Omit<Payload<'FactRecorded'>, 'value'> = {
    fact: 'customers',
    unit: 'count',
    of: '2022H1',
    provenance: { amount: 'disclosed', allocation: 'given', reasoning: '', source: [] },
  };
  const due: LedgerEvent = { name: 'FactRecorded', payload: { ...rest, value: '1012' } };

  it.each<[number, object]>([
    [1, { ...rest, number: 1012 }],
    [2, { ...rest, amount: '1012' }],
    [3, { ...rest, value: '1012' }],
  ])('bring version %i up to date, step by step', (version, payload) => {
    expect(decode(stored('FactRecorded', version, payload), steps)).toStrictEqual(due);
  });

  it('set the current version, of their own event only', () => {
    const versions = (name: EventName): number[] => [currentVersion(name), currentVersion(name, steps)];
    expect(versions('FactRecorded')).toEqual([1, 3]);
    expect(versions('EntryPosted')).toEqual([1, 1]);
  });

  it('leave a version beyond the last unknown, and what a step gives is checked', () => {
    expect(said(refusalOf(() => decode(stored('FactRecorded', 4, {}), steps)))).toEqual([
      'E208: FactRecorded version 4 at position 17 is not known',
    ]);
    const [problem] = said(
      refusalOf(() => decode(stored('FactRecorded', 2, { ...rest, amount: 'many' }), steps)),
    );
    expect(problem).toContain('E401: FactRecorded at position 17 breaks its schema: value: ');
  });

  it('with a step missing refuse what it would have read', () => {
    const second = { FactRecorded: { 2: (payload: unknown) => payload } };
    expect(said(refusalOf(() => decode(stored('FactRecorded', 1, {}), second)))).toEqual([
      'E208: FactRecorded version 1 at position 17 is not known',
    ]);
  });
});
