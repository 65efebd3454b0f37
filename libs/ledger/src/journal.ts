/**
 * Journal notation: entries as text, for tests, messages and reading.
 *
 *     2022-06-30 JE-0103 ExpenseIncurred  Depreciation of property, plant and equipment
 *       ; amount: disclosed
 *       ; source: 834, 859
 *       expenses.research-and-development  profit-or-loss   212,666   [nature=depreciation-ppe]  = note10b.rnd@2022H1
 *       ppe.depreciation.electronic        depreciation    (212,666)
 *
 * A header starts at the margin, everything of its entry is indented. Debits are plain, credits in parentheses. Lines
 * after `;` tell what is not the default: `date` (period-end), `amount` and `allocation` (assumed), `source`,
 * `reasoning`, `reverses`, `reason`. Words that need it stand in double quotes. A line that starts with `#` is a remark.
 *
 * Law: parseJournal(printJournal(entries)) gives the same entries, for every scale.
 */
import { entryEventNames, refuse } from '@tieout/events';
import {
  type Minor,
  formatAmount,
  formatMinor,
  negateMinor,
  parseMinor,
  placesOf,
  shiftDecimal,
} from '@tieout/money';
import type { Entry, Posting, Provenance } from './entry';

export interface JournalOptions {
  /** Powers of ten from the minor unit to the unit written: 0 (default) writes fen, 2 yuan, 5 RMB'000. */
  readonly scale?: number;
  /** The unit left unwritten: RMB by default. Another stands before its amount: `USD 40,000`. */
  readonly unit?: string;
}

const events: ReadonlySet<string> = new Set([...entryEventNames, 'EntryReversed']);
const isEntryEvent = (name: string): name is Entry['event'] => events.has(name);

// --- amounts ---------------------------------------------------------------------------------------------------------

/** Whole minor units as a number of the written unit: 21266600000 at scale 5 is "212,666", a credit in parentheses. */
export const printAmount = (minor: Minor, scale = 0): string =>
  formatAmount(shiftDecimal(formatMinor(minor), -scale), { nil: '0' });

const amountPattern = /^(\()?(\d[\d,]*(?:\.\d+)?)(\))?$/;

/** The inverse of `printAmount`; `undefined` when the text is no amount, or is finer than a minor unit. */
export function readAmount(text: string, scale = 0): Minor | undefined {
  const [, open, magnitude, close] = amountPattern.exec(text) ?? [];
  if (magnitude === undefined || (open === undefined) !== (close === undefined)) return undefined;
  const whole = shiftDecimal(magnitude.replaceAll(',', ''), scale);
  if (placesOf(whole) > 0) return undefined;
  const minor = parseMinor(whole);
  return open === undefined ? minor : negateMinor(minor);
}

// --- words -----------------------------------------------------------------------------------------------------------

const bareWord = /^[^\s",;#=[\]()]+$/;
const bareUnit = /^\p{L}[^\s",;#=[\]()]*$/u;
const bareText = /^[^\s"](?:.*\S)?$/;

const print = (text: string, bare: RegExp): string =>
  bare.test(text) && !/[\p{Cc}\u2028\u2029]/u.test(text) ? text : JSON.stringify(text);

/** A word at the front of a line and what follows it. */
function takeWord(line: string): readonly [string | undefined, string] {
  const match = /^\s*("(?:[^"\\]|\\.)*"|[^\s",;#=[\]()]+)/.exec(line);
  return match ? [readText(match[1]!), line.slice(match[0].length)] : [undefined, line];
}

function readText(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return refuse('E107', `not readable as quoted text: ${text}`);
  }
}

// --- printing --------------------------------------------------------------------------------------------------------

function printPosting(
  posting: Posting,
  { scale = 0, unit = 'RMB' }: JournalOptions,
): readonly [string, string, string, string] {
  const members = Object.entries(posting.dimensions).map(
    ([k, v]) => `${print(k, bareWord)}=${print(v, bareWord)}`,
  );
  const amount = printAmount(posting.minor, scale);
  const tail = [
    ...(members.length > 0 ? [`[${members.join(', ')}]`] : []),
    ...(posting.expression === undefined ? [] : [`= ${print(posting.expression, bareText)}`]),
  ];
  return [
    print(posting.account, bareWord),
    print(posting.movement, bareWord),
    posting.unit === unit ? amount : `${print(posting.unit, bareUnit)} ${amount}`,
    tail.join('  '),
  ];
}

function printEntry(entry: Entry, options: JournalOptions): string {
  const { provenance } = entry;
  const remarks: readonly (readonly [string, string])[] = [
    ...(entry.dateBasis === 'period-end' ? [] : [['date', entry.dateBasis] as const]),
    ...(provenance.amount === 'assumed' ? [] : [['amount', provenance.amount] as const]),
    ...(provenance.allocation === 'assumed' ? [] : [['allocation', provenance.allocation] as const]),
    ...(provenance.source.length === 0 ? [] : [['source', provenance.source.join(', ')] as const]),
    ...(provenance.reasoning === '' ? [] : [['reasoning', print(provenance.reasoning, bareText)] as const]),
    ...(entry.reverses === undefined ? [] : [['reverses', print(entry.reverses, bareText)] as const]),
    ...(entry.reason === undefined ? [] : [['reason', print(entry.reason, bareText)] as const]),
  ];
  const rows = entry.postings.map((posting) => printPosting(posting, options));
  const width = (column: 0 | 1 | 2): number =>
    Math.max(...rows.map((row) => row[column].replace(/\)$/, '').length));
  const [first, second, third] = [width(0), width(1), width(2)];
  const legs = rows.map(([account, movement, amount, tail]) => {
    // Digits stand under digits: the closing parenthesis hangs over, as in print.
    const hung = amount.endsWith(')') ? amount.padStart(third + 1) : `${amount.padStart(third)} `;
    return `  ${account.padEnd(first)}  ${movement.padEnd(second)}  ${hung}  ${tail}`.trimEnd();
  });
  const head = `${entry.date} ${print(entry.id, bareWord)} ${entry.event}  ${print(entry.description, bareText)}`;
  return [head, ...remarks.map(([key, value]) => `  ; ${key}: ${value}`), ...legs].join('\n') + '\n';
}

/** Entries as journal text, an empty line between them. */
export function printJournal(entries: readonly Entry[], options: JournalOptions = {}): string {
  return entries.map((entry) => printEntry(entry, options)).join('\n');
}

// --- reading ---------------------------------------------------------------------------------------------------------

type Draft = { -readonly [K in keyof Entry]: Entry[K] } & { postings: Posting[]; provenance: Provenance };

function readHeader(line: string): Draft | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})\s(.*)$/.exec(line);
  if (!match) return undefined;
  const [id, afterId] = takeWord(match[2]!);
  const [event, rest] = takeWord(afterId);
  if (id === undefined || event === undefined || !isEntryEvent(event)) return undefined;
  const provenance: Provenance = { amount: 'assumed', allocation: 'assumed', reasoning: '', source: [] };
  return {
    id,
    event,
    date: match[1]!,
    dateBasis: 'period-end',
    description: readText(rest.trim()),
    postings: [],
    provenance,
  };
}

const amountWords = ['disclosed', 'derived', 'assumed'] as const;
const allocationWords = ['given', 'conditional', 'assumed'] as const;
const dateWords = ['disclosed', 'period-end'] as const;

/** One of the words, or nothing. */
const oneOf = <T extends string>(words: readonly T[], text: string): T | undefined =>
  words.find((word) => word === text);

/** Takes a `; key: value` line into the entry; false when it says nothing known. */
function readRemark(entry: Draft, line: string): boolean {
  const [, key, value = ''] = /^\s+;\s*(\w+):\s*(.*)$/.exec(line) ?? [];
  const text = readText(value.trim());
  const put = (more: Partial<Provenance>): boolean =>
    Boolean((entry.provenance = { ...entry.provenance, ...more }));
  switch (key) {
    case 'date': {
      const dateBasis = oneOf(dateWords, text);
      if (dateBasis) entry.dateBasis = dateBasis;
      return dateBasis !== undefined;
    }
    case 'amount': {
      const amount = oneOf(amountWords, text);
      return amount !== undefined && put({ amount });
    }
    case 'allocation': {
      const allocation = oneOf(allocationWords, text);
      return allocation !== undefined && put({ allocation });
    }
    case 'source':
      return /^\d+(, *\d+)*$/.test(text) && put({ source: text.split(',').map(Number) });
    case 'reasoning':
      return put({ reasoning: text });
    case 'reverses':
      entry.reverses = text;
      return true;
    case 'reason':
      entry.reason = text;
      return true;
    default:
      return false;
  }
}

function readMembers(text: string): Record<string, string> | undefined {
  const members: (readonly [string, string])[] = [];
  let rest = text;
  do {
    const [dimension, afterDimension] = takeWord(rest);
    if (dimension === undefined || !afterDimension.startsWith('=')) return undefined;
    const [member, afterMember] = takeWord(afterDimension.slice(1));
    if (member === undefined) return undefined;
    members.push([dimension, member]);
    rest = afterMember.trim().replace(/^,/, '');
    if (rest === afterMember.trim() && rest !== '') return undefined;
  } while (rest !== '');
  return Object.fromEntries(members);
}

const tailPattern = /^\s*(?:\[((?:"(?:[^"\\]|\\.)*"|[^\]"])*)\])?\s*(?:=\s*(\S.*))?$/;

function readPosting(
  line: string,
  day: string,
  { scale = 0, unit = 'RMB' }: JournalOptions,
): Posting | undefined {
  const [account, afterAccount] = takeWord(line);
  const [movement, afterMovement] = takeWord(afterAccount);
  const [other, afterUnit] = /^\s*["\p{L}]/u.test(afterMovement)
    ? takeWord(afterMovement)
    : [unit, afterMovement];
  const [, amount = '', tail = ''] = /^\s*(\(?[\d,.]+\)?)(.*)$/.exec(afterUnit) ?? [];
  const minor = readAmount(amount, scale);
  const [, members, expression] = tailPattern.exec(tail) ?? ['', '', undefined];
  if (
    account === undefined ||
    movement === undefined ||
    other === undefined ||
    minor === undefined ||
    !tailPattern.test(tail)
  ) {
    return undefined;
  }
  const dimensions = members === undefined ? {} : readMembers(members);
  if (!dimensions) return undefined;
  const posting = { account, movement, day, unit: other, minor, dimensions };
  return expression === undefined ? posting : { ...posting, expression: readText(expression.trim()) };
}

/** Entries from journal text. Refuses (E107) a line that it cannot read, with its number. */
export function parseJournal(text: string, options: JournalOptions = {}): Entry[] {
  const entries: Draft[] = [];
  const lines = text.split('\n');
  // Text in a test stands indented as a whole: the first line sets the margin.
  const margin = /^\s*/.exec(lines.find((line) => line.trim() !== '') ?? '')![0].length;
  lines.forEach((full, index) => {
    const line = full.slice(0, margin).trim() === '' ? full.slice(margin) : full;
    if (line.trim() === '' || line.startsWith('#')) return;
    const entry = entries.at(-1);
    const at = { file: 'journal', line: index + 1 };
    if (!/^\s/.test(line)) {
      const header = readHeader(line);
      entries.push(
        header ??
          refuse('E107', `not an entry: ${line.trim()}`, { at, help: 'write DATE ID EVENT  description' }),
      );
    } else if (!entry) {
      refuse('E107', `a posting before the first entry: ${line.trim()}`, { at });
    } else if (line.trim().startsWith(';')) {
      if (!readRemark(entry, line)) refuse('E107', `not a remark on an entry: ${line.trim()}`, { at });
    } else {
      const posting = readPosting(line, entry.date, options);
      entry.postings.push(
        posting ??
          refuse('E107', `not a posting: ${line.trim()}`, {
            at,
            help: 'write ACCOUNT MOVEMENT AMOUNT [DIMENSION=MEMBER]',
          }),
      );
    }
  });
  return entries;
}
