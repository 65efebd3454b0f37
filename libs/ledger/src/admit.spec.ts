import type { LedgerEvent } from '@tieout/events';
import { admit, checkEntry, isRecorded, withFixedDimensions, type Known } from './admit';
import { eventFromEntry } from './entry';
import { parseJournal } from './journal';
import { reverseEntry } from './reverse';
import { smallChart } from './small-chart';
import { emptyLedger, fingerprint, foldLedger } from './state';

const entryOf = (text: string): ReturnType<typeof parseJournal>[number] => parseJournal(text)[0]!;

const opened = (period: string, from: string, to: string): LedgerEvent => ({
  name: 'PeriodOpened',
  payload: { period, from, to, opening: [] },
});
const first = opened('2021H2', '2021-07-01', '2021-12-31');
const second = opened('2022H1', '2022-01-01', '2022-06-30');

const sale = entryOf(`
  2022-06-30 JE-1 RevenueRecognised  Revenue
    receivables.trade.gross  recognised       5
    revenue                  profit-or-loss  (5)`);

/** A log that has these entries. */
const having =
  (...entries: readonly (typeof sale)[]): Known =>
  (id) => {
    const found = entries.find((entry) => entry.id === id);
    return found && fingerprint(found);
  };
const nothing = having();

/** Code, message, and the index of the leg, of each problem. */
const problemsOf = (text: string): unknown[] =>
  checkEntry(withFixedDimensions(entryOf(text), smallChart), smallChart).map(
    ({ code, message, notes, help, posting }) => ({
      code,
      message,
      ...(notes && { notes }),
      ...(help && { help }),
      ...(posting !== undefined && { posting }),
    }),
  );

test('a good entry has no problems', () => {
  expect(checkEntry(sale, smallChart)).toStrictEqual([]);
  expect(admit(foldLedger([first, second]), sale, smallChart, { known: nothing })).toStrictEqual([]);
});

test('E201: it does not balance', () => {
  const text = `
    2022-06-30 JE-0103 ExpenseIncurred  Depreciation
      expenses.selling             profit-or-loss   297,769
      ppe.depreciation.electronic  depreciation    (297,679)`;
  expect(problemsOf(text)).toStrictEqual([
    {
      code: 'E201',
      message: 'entry JE-0103 does not balance: debits 297,769, credits 297,679, difference 90',
      notes: ['the difference is divisible by 9: two digits may be transposed'],
    },
  ]);
  const thousands = { ...smallChart, minorDigits: 2 };
  const entry = withFixedDimensions(parseJournal(text, { scale: 5 })[0]!, thousands);
  expect(checkEntry(entry, thousands, { scale: 5 }).map(({ message }) => message)).toStrictEqual([
    'entry JE-0103 does not balance: debits 297,769, credits 297,679, difference 90',
  ]);
  expect(checkEntry(entry, thousands).map(({ message }) => message)).toStrictEqual([
    'entry JE-0103 does not balance: debits 297,769,000, credits 297,679,000, difference 90,000',
  ]);
});

test('E202, E203, E209: names that the book does not declare, all at once, each with its leg', () => {
  const text = `
    2022-06-30 JE-1 ExpenseIncurred  Depreciation
      expenses.seling      profit-or-loss   5  [natur=hardware]
      ppe.cost.electronic  depreciaton     (2) [nature=software]
      ppe.cost.electronic  depreciation    (3) [class=cip]`;
  expect(problemsOf(text)).toStrictEqual([
    {
      code: 'E202',
      message: 'unknown account "expenses.seling"',
      help: 'did you mean expenses.selling?',
      posting: 0,
    },
    { code: 'E209', message: 'unknown dimension "natur"', help: 'did you mean nature?', posting: 0 },
    {
      code: 'E203',
      message: 'unknown movement "depreciaton"',
      help: 'did you mean depreciation?',
      posting: 1,
    },
    { code: 'E209', message: 'unknown member "software" of dimension nature', posting: 1 },
    { code: 'E209', message: 'ppe.cost.electronic is of class electronic, not cip', posting: 2 },
  ]);
});

test('E209: a leg carries the members that its account fixes', () => {
  const entry = entryOf(`
    2022-06-30 JE-1 AssetTransferred  Transfer
      ppe.cost.electronic  additions   5
      ppe.cost.cip         additions  (5)`);
  expect(checkEntry(entry, smallChart).map(({ message }) => message)).toStrictEqual([
    'a leg on ppe.cost.electronic is of class electronic and must carry it',
    'a leg on ppe.cost.cip is of class cip and must carry it',
  ]);
  expect(checkEntry(withFixedDimensions(entry, smallChart), smallChart)).toStrictEqual([]);
});

test('E204: it breaks the rule of its event', () => {
  const text = `
    2022-06-30 JE-1 CashSettled  Paid
      payables.trade           recognised   5
      receivables.trade.gross  recognised  (5)`;
  expect(problemsOf(text)).toStrictEqual([
    {
      code: 'E204',
      message:
        'entry JE-1: CashSettled touches a cash account, and beside only assets, liabilities and clearing accounts; found no leg on a cash account',
    },
  ]);
});

test('E205: dated outside the book, or on no day at all', () => {
  const dated = (date: string): unknown[] =>
    checkEntry({ ...sale, date }, smallChart).map(({ code, message }) => `${code} ${message}`);
  expect(dated('2022-07-01')).toStrictEqual([
    'E205 entry JE-1 is dated 2022-07-01, outside the periods of the book, 2021-07-01 to 2022-06-30',
  ]);
  expect(dated('2022-02-30')).toStrictEqual([
    'E205 entry JE-1 is dated 2022-02-30, which is no day of the calendar',
  ]);
  expect(dated('2022-02-28')).toStrictEqual([]);
});

test('E205: opening balances stand at the close of the day before the first period', () => {
  const opening = entryOf(`
    2021-06-30 JE-0 OpeningBalanceRecorded  Opening balances
      cash                  opening   5
      equity.share-capital  opening  (5)`);
  expect(checkEntry(opening, smallChart)).toStrictEqual([]);
  expect(
    checkEntry({ ...opening, date: '2021-07-01' }, smallChart).map(({ message }) => message),
  ).toStrictEqual([
    'opening balances of entry JE-0 are dated 2021-07-01; they stand at 2021-06-30, the day before the first period',
  ]);
  expect(checkEntry({ ...opening, event: 'EntryPosted' }, smallChart).map(({ code }) => code)).toStrictEqual([
    'E205',
  ]);
});

test('E205, E206: a period takes entries only while it is open', () => {
  const closed: LedgerEvent = { name: 'PeriodClosed', payload: { period: '2022H1', closing: [] } };
  const reopened: LedgerEvent = {
    name: 'PeriodReopened',
    payload: { period: '2022H1', reason: 'late invoice' },
  };
  const say = (...events: LedgerEvent[]): unknown[] =>
    admit(foldLedger(events), sale, smallChart, { known: nothing }).map(
      ({ code, message }) => `${code} ${message}`,
    );
  expect(say(first)).toStrictEqual([
    'E205 entry JE-1 is dated 2022-06-30, and period 2022H1 has not been opened',
  ]);
  expect(say(first, second, closed)).toStrictEqual([
    'E206 period 2022H1 is closed; entry JE-1 is dated 2022-06-30',
  ]);
  expect(say(first, second, closed, reopened)).toStrictEqual([]);
  // Said again, an opening is an assertion: it does not open what is closed.
  expect(say(first, second, closed, second)).toHaveLength(1);
});

test('E207: an id says one thing only; the very same entry is there already', () => {
  const state = foldLedger([first, second, eventFromEntry(sale)]);
  const other = { ...sale, description: 'Revenue of another day' };
  const known = having(sale);
  expect(isRecorded(sale, known)).toBe(true);
  expect(isRecorded(other, known)).toBe(false);
  expect(isRecorded(sale, nothing)).toBe(false);
  expect(admit(state, sale, smallChart, { known })).toStrictEqual([]);
  expect(
    admit(state, other, smallChart, { known }).map(({ code, message }) => `${code} ${message}`),
  ).toStrictEqual(['E207 entry JE-1 is in the log and says something else']);
  const closed = foldLedger([{ name: 'PeriodClosed', payload: { period: '2022H1', closing: [] } }], state);
  expect(admit(closed, sale, smallChart, { known })).toStrictEqual([]);
});

test('E204, E210, E211: a reversal is of an entry that is there, its exact opposite, and the only one', () => {
  const reversal = reverseEntry(sale, { id: 'JE-2', date: '2022-06-30', reason: 'sold to nobody' });
  const state = foldLedger([first, second, eventFromEntry(sale)]);
  const say = (from: typeof state, entry: typeof sale): unknown[] =>
    admit(from, entry, smallChart, { known: having(sale) }).map(({ code, message }) => `${code} ${message}`);
  expect(say(state, reversal)).toStrictEqual([]);
  expect(say(state, { ...reversal, postings: [...reversal.postings].reverse() })).toStrictEqual([]);
  expect(say(state, { ...reversal, postings: sale.postings })).toStrictEqual([
    'E204 entry JE-2: EntryReversed posts the exact opposite of JE-1; found other postings',
  ]);
  expect(say(state, { ...reversal, reverses: 'JE-9' })).toStrictEqual(['E210 no entry JE-9 to reverse']);
  const { reverses: _, ...aimless } = reversal;
  expect(say(state, aimless)).toStrictEqual(['E210 entry JE-2 names no entry to reverse']);
  const twice = { ...reversal, id: 'JE-3' };
  expect(say(foldLedger([eventFromEntry(reversal)], state), twice)).toStrictEqual([
    'E211 entry JE-1 has been reversed by JE-2',
  ]);
});

test('a log that has said nothing has no open period', () => {
  expect(admit(emptyLedger, sale, smallChart, { known: nothing }).map(({ code }) => code)).toStrictEqual([
    'E205',
  ]);
});
