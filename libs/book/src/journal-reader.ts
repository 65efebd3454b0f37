/**
 * Journal files: entries as a person writes them, read into entries that balance and name what the book declares.
 *
 *     - id: JE-1
 *       event: CashSettled
 *       date: 2025-03-31
 *       description: Collected from customers
 *       postings:
 *         - { account: cash, movement: operating, dr: "1,200" }
 *         - { account: receivables, movement: collected, cr: "1,200" }
 *
 * Left out, `dateBasis` is period-end, `amount` and `allocation` are assumed: nobody claims more than they wrote. What
 * an entry must keep is the ledger's to say (`checkEntry`); here each of its problems gets its place in the file.
 */
import { entryEventNames, LedgerError, type Problem } from '@tieout/events';
import {
  checkEntry,
  periodOfEntry,
  withFixedDimensions,
  type Chart,
  type Entry,
  type EntryProblem,
  type Posting,
} from '@tieout/ledger';
import { compareMinor, negateMinor, subtractMinor, sumMinor, type Minor } from '@tieout/money';
import { amountUnit, readAmount, writeAmount, type AmountUnit } from './amounts';
import type { JournalEntry } from './book';
import { dayOf, once } from './ids';
import { lineAt, report, sourceOf, suggestion } from './source';
import {
  elements,
  fieldsOf,
  isList,
  parseYaml,
  problem,
  rootOf,
  scalarText,
  type At,
  type Fields,
  type YamlFile,
} from './yaml-fields';

/** What a journal is read against. A Book is one. */
export interface JournalContext {
  readonly chart: Chart;
  readonly amountUnit: AmountUnit;
}

interface FileRules extends JournalContext {
  /** The period that the file is for; any period of the book when absent. */
  readonly period?: string;
  /** Entry ids that are taken. */
  readonly seen: Set<string>;
}

const entryKeys = [
  ...['id', 'event', 'date', 'dateBasis', 'description', 'amount', 'allocation', 'reasoning', 'source'],
  ...['amounts', 'reverses', 'reason', 'postings'],
];
const postingKeys = ['account', 'movement', 'dr', 'cr', 'expression'];

/** A posting and where its parts stand. */
interface Leg {
  readonly posting: Posting;
  readonly fields: Fields;
  readonly amountAt: At;
  /** Could the amount be read? */
  readonly sound: boolean;
}

/** The entries of a file; problems are collected in its source. */
export function readJournal(yaml: YamlFile, rules: FileRules): readonly JournalEntry[] {
  const root = rootOf(yaml);
  if (root.node === null) return [];
  return (isList(root) ? elements(root) : [root]).flatMap((where) => readEntry(where, rules));
}

/**
 * The entries of a text: one entry or a list. For `post`: what depends on the log (period open, id new, reversed
 * entry there) is not checked here. Throws LedgerError with all problems.
 */
export function readEntries(text: string, file: string, context: JournalContext): readonly JournalEntry[] {
  const problems: Problem[] = [];
  const yaml = parseYaml(sourceOf(file, text, problems));
  const entries = yaml ? readJournal(yaml, { ...context, seen: new Set() }) : [];
  if (yaml && entries.length === 0 && problems.length === 0)
    problem(rootOf(yaml), 'E107', 'no entry in this file');
  if (problems.length > 0) throw new LedgerError(problems);
  return entries;
}

/** One entry inside another document (a scenario): problems are collected in its source. */
export const readEntryIn = (where: At, context: JournalContext): Entry | undefined =>
  readEntry(where, { ...context, seen: new Set() })[0]?.entry;

function readEntry(where: At, rules: FileRules): JournalEntry[] {
  const { chart, period, seen } = rules;
  const { source } = where.yaml;
  const fields = fieldsOf(where, { what: 'entry', keys: entryKeys });
  if (!fields) return [];
  const before = source.problems.length;

  const id = fields.text('id');
  once(seen, id, () => problem(fields.at('id'), 'E108', `entry ${id} is declared twice`));
  const event = fields.word('event', [...entryEventNames, 'EntryReversed']);
  const date = dayOf(fields, 'date');
  const unit = unitOf(fields, rules);
  const items = fields.list('postings');
  if (items.length === 1)
    problem(fields.at('postings'), 'E107', `entry ${id} has one posting; it needs two or more`);
  const legs = items.flatMap((item) => readLeg(item, { date, unit, chart }));
  const reversal =
    event === 'EntryReversed' || fields.has('reverses')
      ? { reverses: fields.text('reverses'), reason: fields.text('reason') }
      : {};
  if (event !== 'EntryReversed' && fields.has('reverses'))
    problem(fields.at('reverses'), 'E107', 'only an EntryReversed has "reverses"');

  const draft: Entry = {
    id,
    event: event ?? 'EntryPosted',
    date,
    dateBasis: fields.maybeWord('dateBasis', ['disclosed', 'period-end']) ?? 'period-end',
    description: fields.text('description'),
    postings: legs.map(({ posting }) => posting),
    provenance: {
      amount: fields.maybeWord('amount', ['disclosed', 'derived', 'assumed']) ?? 'assumed',
      allocation: fields.maybeWord('allocation', ['given', 'conditional', 'assumed']) ?? 'assumed',
      reasoning: fields.maybeText('reasoning') ?? '',
      source: readLineNumbers(fields),
    },
    ...reversal,
  };
  const entry = withFixedDimensions(draft, chart);
  const amountsSound = legs.length === items.length && legs.every((leg) => leg.sound);
  for (const found of checkEntry(entry, chart, { scale: unit.scale })) {
    // What stands in for an unreadable part has been reported where it was read.
    if (found.code === 'E201' && !amountsSound) continue;
    if (found.code === 'E204' && (event === undefined || !amountsSound)) continue;
    if (found.code === 'E205' && date === '') continue;
    placeProblem(found, { fields, legs, unit, chart });
  }
  const own = periodOfEntry(entry, chart);
  if (own && period !== undefined && own.id !== period && source.problems.length === before) {
    const { from, to } = chart.periods.find((each) => each.id === period) ?? own;
    problem(fields.at('date'), 'E205', `entry ${id} is dated ${date}, outside ${period}, ${from} to ${to}`, {
      help: `it belongs in the journal of ${own.id}`,
    });
  }
  const { line, column } = { line: lineAt(source, where.span.start), column: 1 };
  const postingLines = legs.map((leg) => lineAt(source, leg.fields.where.span.start));
  return [{ entry, at: { file: source.file, line, column }, postingLines }];
}

/** The unit of amounts: the book's, unless `amounts` says another. */
export function unitOf(fields: Fields, { chart, amountUnit: bookUnit }: JournalContext): AmountUnit {
  const text = fields.maybeText('amounts');
  if (text === undefined) return bookUnit;
  const unit = amountUnit(text, chart);
  if (!unit) problem(fields.at('amounts'), 'E107', `amounts "${text}" is no unit of ${chart.currency}`);
  return unit ?? bookUnit;
}

function readLineNumbers(fields: Fields): number[] {
  return (fields.maybeTexts('source') ?? []).flatMap(({ text, at }) => {
    if (/^[1-9]\d{0,8}$/.test(text)) return [Number(text)];
    problem(at, 'E107', `entry: "source" holds line numbers of the source document, not ${text}`);
    return [];
  });
}

function readLeg(item: At, { date, unit, chart }: { date: string; unit: AmountUnit; chart: Chart }): Leg[] {
  const fields = fieldsOf(item, { what: 'posting', keys: postingKeys, open: true });
  if (!fields) return [];
  const dimensions: Record<string, string> = {};
  for (const { key, keyAt, value } of fields.others) {
    const member = scalarText(value);
    if (!chart.dimensions.has(key)) {
      const misspelt = suggestion(key, postingKeys);
      const help =
        suggestion(key, [...postingKeys, ...chart.dimensions.keys()]) ??
        `dimensions are ${[...chart.dimensions.keys()].join(', ') || 'none'}`;
      if (misspelt !== undefined) problem(keyAt, 'E102', `posting: unknown key "${key}"`, { help });
      else problem(keyAt, 'E209', `unknown dimension "${key}"`, { help });
    } else if (member === undefined) problem(keyAt, 'E107', `posting: "${key}" has no member`);
    else dimensions[key] = member;
  }
  const side = fields.has('dr') ? 'dr' : 'cr';
  const amount = readSide(fields, unit);
  const minor = amount ?? 0;
  const expression = fields.maybeText('expression');
  const posting: Posting = {
    account: fields.text('account'),
    movement: fields.text('movement'),
    day: date,
    unit: chart.currency,
    minor: side === 'cr' ? negateMinor(minor) : minor,
    dimensions,
    ...(expression === undefined ? {} : { expression }),
  };
  return [{ posting, fields, amountAt: fields.at(side), sound: amount !== undefined }];
}

function readSide(fields: Fields, unit: AmountUnit): Minor | undefined {
  const [debit, credit] = [fields.has('dr'), fields.has('cr')];
  if (debit === credit) {
    problem(
      fields.where,
      'E107',
      debit ? 'a posting has dr or cr, not both' : 'posting: "dr" or "cr" is missing',
    );
    return undefined;
  }
  const key = debit ? 'dr' : 'cr';
  if (fields.cut(key)) return undefined;
  const text = fields.maybeText(key);
  if (text === undefined || text === '') return undefined;
  const amount = readAmount(text, unit);
  if ('minor' in amount) return amount.minor;
  problem(fields.at(key), 'E105', `cannot read ${text} as an amount in ${unit.text}`, {
    notes: [amount.why],
    help: `write it like ${key}: "1,234"`,
  });
  return undefined;
}

interface Surroundings {
  readonly fields: Fields;
  readonly legs: readonly Leg[];
  readonly unit: AmountUnit;
  readonly chart: Chart;
}

/** A problem that the ledger found, at the part of the entry that it is about. */
function placeProblem(found: EntryProblem, { fields, legs, unit, chart }: Surroundings): void {
  const leg = found.posting === undefined ? undefined : legs[found.posting];
  const { code, message } = found;
  const remarks = {
    ...(found.notes ? { notes: found.notes } : {}),
    ...(found.help === undefined ? {} : { help: found.help }),
  };
  switch (code) {
    case 'E201':
      return reportImbalance(found, { fields, legs, unit, chart });
    case 'E202':
    case 'E203': {
      const [key, table] = code === 'E202' ? ['account', 'accounts.csv'] : ['movement', 'movements.csv'];
      // Absent, it has been reported as missing.
      if (!leg?.fields.has(key)) return;
      const declared = `${code === 'E202' ? 'Accounts' : 'Movements'} are declared in ${table}`;
      return problem(leg.fields.at(key), code, message, {
        help: [found.help, declared].filter(Boolean).join(' '),
      });
    }
    case 'E205':
      return problem(fields.at('date'), code, message, remarks);
    case 'E209': {
      const named = leg?.fields.others.find(
        ({ key, value }) => message.includes(key) && message.includes(scalarText(value) ?? key),
      );
      return problem(named?.value ?? leg?.fields.where ?? fields.where, code, message, remarks);
    }
    default:
      return problem(fields.at('event'), code, message, remarks);
  }
}

/** Points at the leg that would mend the entry, where there is just one. */
function reportImbalance(found: EntryProblem, { fields, legs, unit }: Surroundings): void {
  const difference = sumMinor(legs.map(({ posting }) => posting.minor));
  const doubled = legs.filter(({ posting }) => compareMinor(posting.minor, difference) === 0);
  const missing = doubled.map(
    ({ posting }) =>
      `the difference equals the leg on ${posting.account}: it may stand twice, or its other leg may be missing`,
  );
  const notes = [...new Set([...(found.notes ?? []), ...missing])];
  const mends = legs.flatMap((leg): { leg: Leg; hint: string }[] => {
    const { minor } = leg.posting;
    const mended = subtractMinor(minor, difference);
    const [now, then] = [writeAmount(minor, unit), writeAmount(mended, unit)];
    if (now === undefined || then === undefined || compareMinor(minor, 0) === 0) return [];
    if (compareMinor(mended, negateMinor(minor)) === 0)
      return [{ leg, hint: 'on the other side it would balance' }];
    return compareMinor(minor, 0) === compareMinor(mended, 0) && transposed(now, then)
      ? [{ leg, hint: `${then} would balance` }]
      : [];
  });
  const [only] = mends;
  if (only && mends.length === 1) {
    report(only.leg.fields.where.yaml.source, only.leg.amountAt.span, found.code, found.message, {
      notes,
      hint: only.hint,
    });
  } else problem(fields.at('id'), found.code, found.message, { notes });
}

/** Do two amounts differ by two digits that have changed places? */
export function transposed(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const differing = [...a].flatMap((digit, index) => (digit === b[index] ? [] : [index]));
  const [first, second] = differing;
  return (
    differing.length === 2 &&
    first !== undefined &&
    second !== undefined &&
    a[first] === b[second] &&
    a[second] === b[first]
  );
}
