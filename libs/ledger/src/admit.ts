/**
 * Admission: what an entry must keep to be taken into the log. All its problems are said at once.
 *
 * `checkEntry` needs only the chart: the entry balances, names what the book declares, keeps the posting rule of its
 * event and is dated in a period of the book. `admit` adds what depends on the log: the period is open, the id is
 * new, what it reverses is there and is reversed once, by its exact opposite. Which entries are there the log knows, so
 * whoever admits looks up the few that are named (the entry's own id, and what it reverses) beforehand.
 */
import type { Problem } from '@tieout/events';
import { absoluteMinor } from '@tieout/money';
import { type Imbalance, checkBalance, imbalanceHints } from './balance';
import { type Account, type Chart, type Period } from './chart';
import type { Entry, Posting } from './entry';
import { printAmount } from './journal';
import { closest } from './names';
import { dayBefore, isCalendarDay, periodOf } from './period';
import { checkPostingRule } from './posting-rule';
import { reverseEntry } from './reverse';
import { type KnownEntry, type LedgerState, fingerprint } from './state';

/** A problem of an entry; `posting` is the index of the leg that it is about, where it is about one. */
export interface EntryProblem extends Problem {
  readonly posting?: number;
}

/** The entries that the log has, by id. */
export type Known = (entry: string) => KnownEntry | undefined;

export interface CheckOptions {
  /** Powers of ten from the minor unit to the unit of amounts in messages: the currency's own unit by default. */
  readonly scale?: number;
}

/** The period of an entry. Opening balances stand at the close of the day before the first period. */
export function periodOfEntry(entry: Pick<Entry, 'event' | 'date'>, chart: Chart): Period | undefined {
  const [first] = chart.periods;
  if (entry.event !== 'OpeningBalanceRecorded') return periodOf(entry.date, chart);
  return first && entry.date === dayBefore(first.from) ? first : undefined;
}

/** The entry with the members that its accounts fix on every leg that does not name them. */
export function withFixedDimensions(entry: Entry, chart: Chart): Entry {
  const postings = entry.postings.map((leg) => ({
    ...leg,
    dimensions: { ...chart.accounts.get(leg.account)?.dimensions, ...leg.dimensions },
  }));
  return { ...entry, postings };
}

function suggest(name: string, declared: Iterable<string>): { help: string } | undefined {
  const near = closest(name, declared);
  return near === undefined ? undefined : { help: `did you mean ${near}?` };
}

function checkDimensions(leg: Posting, account: Account | undefined, chart: Chart): EntryProblem[] {
  const problems: EntryProblem[] = [];
  for (const [id, member] of Object.entries(leg.dimensions)) {
    const dimension = chart.dimensions.get(id);
    const fixed = account?.dimensions[id];
    if (!dimension) {
      problems.push({
        code: 'E209',
        message: `unknown dimension "${id}"`,
        ...suggest(id, chart.dimensions.keys()),
      });
    } else if (!Object.hasOwn(dimension.members, member)) {
      const help = suggest(member, Object.keys(dimension.members));
      problems.push({ code: 'E209', message: `unknown member "${member}" of dimension ${id}`, ...help });
    } else if (fixed !== undefined && fixed !== member) {
      problems.push({ code: 'E209', message: `${leg.account} is of ${id} ${fixed}, not ${member}` });
    }
  }
  for (const [id, member] of Object.entries(account?.dimensions ?? {})) {
    if (leg.dimensions[id] !== undefined) continue;
    problems.push({
      code: 'E209',
      message: `a leg on ${leg.account} is of ${id} ${member} and must carry it`,
    });
  }
  return problems;
}

function checkLeg(leg: Posting, chart: Chart): EntryProblem[] {
  const account = chart.accounts.get(leg.account);
  const problems: EntryProblem[] = [];
  if (!account) {
    const help = suggest(leg.account, chart.accounts.keys());
    problems.push({ code: 'E202', message: `unknown account "${leg.account}"`, ...help });
  }
  if (!chart.movements.has(leg.movement)) {
    const help = suggest(leg.movement, chart.movements.keys());
    problems.push({ code: 'E203', message: `unknown movement "${leg.movement}"`, ...help });
  }
  return [...problems, ...checkDimensions(leg, account, chart)];
}

function describeImbalance(entry: Entry, imbalance: Imbalance, chart: Chart, scale: number): EntryProblem {
  const { unit, debits, credits, difference } = imbalance;
  const print = (minor: typeof debits): string => printAmount(absoluteMinor(minor), scale);
  const where = unit === chart.currency ? '' : ` in ${unit}`;
  return {
    code: 'E201',
    message:
      `entry ${entry.id} does not balance${where}: ` +
      `debits ${print(debits)}, credits ${print(credits)}, difference ${print(difference)}`,
    notes: imbalanceHints(imbalance, entry.postings),
  };
}

/** Problems that the chart alone shows, in order of the catalogue's meaning: balance, names, rule, date. */
export function checkEntry(
  entry: Entry,
  chart: Chart,
  { scale = chart.minorDigits }: CheckOptions = {},
): EntryProblem[] {
  const problems = (checkBalance(entry) ?? []).map((imbalance) =>
    describeImbalance(entry, imbalance, chart, scale),
  );
  entry.postings.forEach((leg, posting) => {
    for (const problem of checkLeg(leg, chart)) problems.push({ ...problem, posting });
  });
  const broken = checkPostingRule(entry, chart);
  if (broken !== undefined) problems.push({ code: 'E204', message: `entry ${entry.id}: ${broken}` });
  const [first, last] = [chart.periods[0], chart.periods.at(-1)];
  if (!isCalendarDay(entry.date)) {
    problems.push({
      code: 'E205',
      message: `entry ${entry.id} is dated ${entry.date}, which is no day of the calendar`,
    });
  } else if (!periodOfEntry(entry, chart) && first && last) {
    const message =
      entry.event === 'OpeningBalanceRecorded'
        ? `opening balances of entry ${entry.id} are dated ${entry.date}; they stand at ${dayBefore(first.from)}, the day before the first period`
        : `entry ${entry.id} is dated ${entry.date}, outside the periods of the book, ${first.from} to ${last.to}`;
    problems.push({ code: 'E205', message });
  }
  return problems;
}

function checkReversal(state: LedgerState, entry: Entry, known: Known): EntryProblem[] {
  const { reverses } = entry;
  if (reverses === undefined) {
    return entry.event === 'EntryReversed'
      ? [{ code: 'E210', message: `entry ${entry.id} names no entry to reverse` }]
      : [];
  }
  const there = known(reverses);
  if (!there)
    return [
      {
        code: 'E210',
        message: `no entry ${reverses} to reverse`,
        help: 'tieout log lists the entries',
      },
    ];
  const by = state.reversed.get(reverses);
  if (by !== undefined) return [{ code: 'E211', message: `entry ${reverses} has been reversed by ${by}` }];
  const opposite = reverseEntry(entry, { id: entry.id, date: entry.date, reason: '' });
  if (fingerprint(opposite).legs === there.legs) return [];
  return [
    {
      code: 'E204',
      message: `entry ${entry.id}: EntryReversed posts the exact opposite of ${reverses}; found other postings`,
    },
  ];
}

/** Is this very entry in the log already? Then it may be sent again, and nothing is written. */
export function isRecorded(entry: Entry, known: Known): boolean {
  const there = known(entry.id);
  return there !== undefined && there.body === fingerprint(entry).body;
}

/** All that speaks against taking the entry into the log; nothing, and nothing to write, when it is there already. */
export function admit(
  state: LedgerState,
  entry: Entry,
  chart: Chart,
  { known, ...options }: CheckOptions & { readonly known: Known },
): EntryProblem[] {
  if (isRecorded(entry, known)) return [];
  const problems = checkEntry(entry, chart, options);
  const period = periodOfEntry(entry, chart);
  const now = period && state.periods.get(period.id);
  if (period && !now) {
    problems.push({
      code: 'E205',
      message: `entry ${entry.id} is dated ${entry.date}, and period ${period.id} has not been opened`,
    });
  } else if (period && !now?.open) {
    problems.push({
      code: 'E206',
      message: `period ${period.id} is closed; entry ${entry.id} is dated ${entry.date}`,
      help: `tieout reopen ${period.id} --reason TEXT, then post again`,
    });
  }
  if (known(entry.id)) {
    problems.push({
      code: 'E207',
      message: `entry ${entry.id} is in the log and says something else`,
      help: `tieout reverse ${entry.id}, and post the new entry under a new id`,
    });
  }
  return [...problems, ...checkReversal(state, entry, known)];
}
