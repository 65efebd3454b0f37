/**
 * What every plain-text engine is told: the entries in order of date, and after each period what the accounts must
 * stand at, first by our fold and then as published.
 *
 * The engines read amounts in whole units of the currency, with all minor digits and no separators (hledger 1.25 reads
 * `481,300` as 481.3). Invariant: an assertion stands behind every entry that is dated up to its day.
 */
import { dayBefore, inFamily, type Balance, type Chart, type Entry, type Posting } from '@tieout/ledger';
import {
  addMinor,
  formatMinor,
  negateMinor,
  parseUnit,
  placesOf,
  roundDecimal,
  shiftDecimal,
  unitToMinor,
  type Minor,
} from '@tieout/money';
import { isDay, parseFactId, type Concept, type PublishedFigure } from '@tieout/statements';

export interface JournalToExport {
  readonly entity: string;
  readonly title: string;
  readonly chart: Chart;
  /** The unit of the journal's amounts: a print that says less is no assertion. */
  readonly amounts: string;
  /** What the entries are: reconstructed, or simulated. */
  readonly basis: string;
  /** In log order. */
  readonly entries: readonly Entry[];
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly figures: readonly PublishedFigure[];
}

/** A published balance of one whole account family. */
export interface PublishedBalance {
  readonly fact: string;
  readonly family: string;
  readonly day: string;
  /** Debit positive, whatever the side that it is printed on. */
  readonly minor: Minor;
  /** Line of the source document. */
  readonly sourceLine: number;
  /** Do the entries give it? */
  readonly holds: boolean;
}

/** The entries up to a day that are not in an earlier section, and what stands at its close. */
export interface Section {
  readonly day: string;
  /** "at the end of 2022H1" */
  readonly when: string;
  readonly entries: readonly Entry[];
  /** Every account posted to so far, those at nil included. */
  readonly balances: readonly Balance[];
  readonly published: readonly PublishedBalance[];
}

/** The published balances that are the balance of one account family, printed to the unit of the journal; once a fact. */
export function publishedBalances(journal: JournalToExport): readonly PublishedBalance[] {
  const { chart, amounts, entries, concepts, figures } = journal;
  const own = parseUnit(amounts)?.exponent ?? 0;
  const posted = dailySums(entries);
  const standing = (family: string, day: string): Minor => {
    let sum: Minor = 0;
    for (const [account, days] of posted) {
      if (!inFamily(account, family)) continue;
      for (const [date, minor] of days) if (date <= day) sum = addMinor(sum, minor);
    }
    return sum;
  };
  const found = new Map<string, PublishedBalance>();
  for (const { fact, unit, published, reading, sourceLine } of figures) {
    const id = parseFactId(fact);
    const family = id && plainFamily(concepts.get(id.concept));
    const printed = parseUnit(unit);
    if (!id || !family || !isDay(id.time) || printed?.kind !== 'money' || printed.currency !== chart.currency)
      continue;
    if (reading !== 'printed' && reading !== 'nil') continue;
    if (printed.exponent - placesOf(published) > own) continue;
    const shown = unitToMinor(published, printed, chart.minorDigits);
    if (shown === undefined) continue;
    const minor = family.show === 'debit' ? shown : negateMinor(shown);
    const balance = { fact, family: family.name, day: id.time, minor, sourceLine };
    const before = found.get(fact);
    // Another print of the fact says nothing new, unless it does not hold.
    if (!before || before.holds)
      found.set(fact, { ...balance, holds: standing(family.name, id.time) === minor });
  }
  return [...found.values()];
}

/** What is posted on each account, by day: few sums of many legs. */
function dailySums(entries: readonly Entry[]): ReadonlyMap<string, ReadonlyMap<string, Minor>> {
  const sums = new Map<string, Map<string, Minor>>();
  for (const { postings } of entries) {
    for (const { account, day, minor } of postings) {
      const days = sums.get(account) ?? new Map<string, Minor>();
      sums.set(account, days);
      days.set(day, addMinor(days.get(day) ?? 0, minor));
    }
  }
  return sums;
}

/** The family whose whole balance a concept is, and the side that it is shown on. */
function plainFamily(concept: Concept | undefined): { name: string; show: 'debit' | 'credit' } | undefined {
  const formula = concept?.formula;
  if (formula?.kind !== 'selection' || formula.measure !== 'stock' || formula.terms.length !== 1)
    return undefined;
  const [term] = formula.terms;
  const [name, ...others] = term?.accounts ?? [];
  if (!term || name === undefined || others.length > 0) return undefined;
  return term.movements || term.except || term.where || term.age ? undefined : { name, show: formula.show };
}

/** Entries by date, cut at the opening day and at the end of each period. */
export function sections(journal: JournalToExport): readonly Section[] {
  const { chart, entries } = journal;
  const [first] = chart.periods;
  const opening = first ? [{ day: dayBefore(first.from), when: 'at the opening' }] : [];
  const days = [...opening, ...chart.periods.map(({ id, to }) => ({ day: to, when: `at the end of ${id}` }))];
  // A stable sort: of one day, the order of the log.
  const dated = [...entries].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const published = publishedBalances(journal);
  const standing = new Map<string, Balance>();
  let next = 0;
  return days.map(({ day, when }): Section => {
    const first = next;
    while (next < dated.length && dated[next]!.date <= day) addTo(standing, dated[next++]!);
    return {
      day,
      when,
      entries: dated.slice(first, next),
      balances: [...standing.values()].sort(inOrder),
      published: published.filter((each) => each.day === day),
    };
  });
}

/** Balances with those that came back to nil. */
function addTo(standing: Map<string, Balance>, { postings }: Entry): void {
  for (const { account, unit, minor } of postings) {
    const key = `${account} ${unit}`;
    standing.set(key, { account, unit, minor: addMinor(standing.get(key)?.minor ?? 0, minor) });
  }
}

const inOrder = (a: Balance, b: Balance): number =>
  a.account < b.account ? -1 : a.account > b.account ? 1 : a.unit < b.unit ? -1 : 1;

/** The day that nothing is before. */
export function firstDay({ chart, entries }: JournalToExport): string {
  const opening = chart.periods.slice(0, 1).map(({ from }) => dayBefore(from));
  const days = [...entries.map(({ date }) => date), ...opening];
  return days.reduce((earliest, day) => (day < earliest ? day : earliest));
}

/** Whole units of the currency, all minor digits, no separators: -481300.00 */
export const plainAmount = (minor: Minor, { minorDigits }: Pick<Chart, 'minorDigits'>): string =>
  roundDecimal(shiftDecimal(formatMinor(minor), -minorDigits), minorDigits);

/** Text on one line. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Keys that say something else here or to an engine: a dimension of such a name is written `dimension-NAME`. */
const taken = new Set(
  'account allocation amount code date date2 date-basis entry event expression figure filename lineno'
    .split(' ')
    .concat('movement name note payee reason reasoning reverses src type value uuid'.split(' ')),
);

const dimensionKey = (id: string): string =>
  /^[a-z][a-z0-9-]+$/.test(id) && !taken.has(id) ? id : `dimension-${id.replace(/[^A-Za-z0-9-]+/g, '-')}`;

/** What an entry says besides date, description and postings; its provenance included. */
export function entryTags({
  id,
  event,
  dateBasis,
  provenance,
  reverses,
  reason,
}: Entry): readonly (readonly [string, string])[] {
  const { amount, allocation, reasoning, source } = provenance;
  const tags: readonly (readonly [string, string | undefined])[] = [
    ['entry', id],
    ['event', event],
    ['reverses', reverses],
    ['reason', reason],
    ['date-basis', dateBasis],
    ['amount', amount],
    ['allocation', allocation],
    ['reasoning', reasoning],
    ['src', source.join(' ')],
  ];
  return tags.flatMap(([key, value]) => (value ? [[key, oneLine(value)] as const] : []));
}

/** What a posting says besides account and amount. */
export function postingTags({
  movement,
  dimensions,
  expression,
}: Posting): readonly (readonly [string, string])[] {
  const members = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ['movement', movement],
    ...members.map(([dimension, member]) => [dimensionKey(dimension), oneLine(member)] as const),
    ...(expression === undefined ? [] : [['expression', oneLine(expression)] as const]),
  ];
}

/** Every key in use, for engines that want them declared. */
export function tagKeys({ entries }: JournalToExport): readonly string[] {
  const keys = new Set<string>();
  for (const entry of entries) {
    for (const [key] of entryTags(entry)) keys.add(key);
    for (const leg of entry.postings) for (const [key] of postingTags(leg)) keys.add(key);
  }
  return [...keys].sort();
}

/** The head of a file: what it is, and what it is not. */
export const headOf = ({ entity, title, basis, entries }: JournalToExport): readonly string[] => [
  `${oneLine(entity)}: ${oneLine(title)}`,
  `${basis} (${entries.length} in all): nobody outside the company has its ledger, and infinitely many others would`,
  'give the same statements. Written by tieout export; entries are in order of date, amounts in whole units.',
];

/** A published balance that the entries do not give: told as a comment, so that the journal can still be read. */
export const brokenText = ({ fact, minor, sourceLine }: PublishedBalance, chart: Chart): string =>
  `does not tie: ${fact} is published as ${plainAmount(minor, chart)} ${chart.currency} (line ${sourceLine}, debit positive)`;
