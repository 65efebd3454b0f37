/**
 * A journal looked at once, entry by entry: what a file says of it before and between its entries.
 *
 * What the accounts stand at after each period, by our fold and as published; the units and keys in use, which some engines
 * want declared. Nothing is kept of an entry but sums, so a journal may be longer than what fits in memory.
 */
import { boundaryDays, boundaryOf, inFamily, type Balance, type Chart, type Entry } from '@tieout/ledger';
import { addMinor, negateMinor, parseUnit, placesOf, sumMinor, unitToMinor, type Minor } from '@tieout/money';
import { isDay, parseFactId, type Concept, type PublishedFigure } from '@tieout/statements';
import { entryTags, postingTags } from './tags';

/** What is said of a journal besides its entries. */
export interface AboutJournal {
  readonly entity: string;
  readonly title: string;
  readonly chart: Chart;
  /** The unit of the journal's amounts: a print that says less is no assertion. */
  readonly amounts: string;
  /** What the entries are: reconstructed, or simulated. */
  readonly basis: string;
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly figures: readonly PublishedFigure[];
}

export interface JournalToExport extends AboutJournal {
  /** In log order. */
  readonly entries: readonly Entry[];
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

/** What stands at the close of a day, behind the entries up to it. */
export interface Section {
  readonly day: string;
  /** "at the end of 2022H1" */
  readonly when: string;
  /** Every account posted to so far, those at nil included. */
  readonly balances: readonly Balance[];
  readonly published: readonly PublishedBalance[];
}

/** What a file says before and between its entries, learnt by looking at each of them once. */
export interface Survey extends AboutJournal {
  readonly count: number;
  /** Every unit that is posted in, the currency of the books first. */
  readonly units: readonly string[];
  /** Every key of a tag in use, for engines that want them declared. */
  readonly tagKeys: readonly string[];
  /** The day that nothing is before. */
  readonly firstDay: string;
  /** At the opening day and at the end of each period. */
  readonly sections: readonly Section[];
  readonly published: readonly PublishedBalance[];
}

export interface Surveyor {
  add(entry: Entry): void;
  done(): Survey;
}

/** A balance as printed, before it is known whether the entries give it. */
type Printed = Omit<PublishedBalance, 'holds'>;

/** Looks at entries in any order, and keeps no more of them than sums at the days that balances are asserted at. */
export function surveyor(about: AboutJournal): Surveyor {
  const { chart } = about;
  const printed = printedBalances(about);
  const days = boundaryDays(
    chart,
    printed.map(({ day }) => day),
  );
  const [opening] = boundaryDays({ periods: chart.periods.slice(0, 1) });
  const sums = new Map<string, Map<string, Balance>>();
  const units = new Set([chart.currency]);
  const keys = new Set<string>();
  let count = 0;
  let firstDay = opening;

  function add(entry: Entry): void {
    count += 1;
    if (firstDay === undefined || entry.date < firstDay) firstDay = entry.date;
    for (const [key] of entryTags(entry)) keys.add(key);
    for (const leg of entry.postings) {
      units.add(leg.unit);
      for (const [key] of postingTags(leg)) keys.add(key);
      const day = boundaryOf(leg.day, days);
      const ofDay = sums.get(day) ?? new Map<string, Balance>();
      sums.set(day, ofDay);
      addTo(ofDay, leg);
    }
  }

  /** Every account posted to up to the day, those that came back to nil included. */
  function standingAt(day: string): readonly Balance[] {
    const standing = new Map<string, Balance>();
    for (const [boundary, balances] of sums)
      if (boundary <= day) for (const balance of balances.values()) addTo(standing, balance);
    return [...standing.values()].sort(inOrder);
  }

  function done(): Survey {
    const published = onePrintAFact(
      printed.map((each): PublishedBalance => {
        const own = standingAt(each.day).filter(
          ({ account, unit }) => unit === chart.currency && inFamily(account, each.family),
        );
        return { ...each, holds: sumMinor(own.map(({ minor }) => minor)) === each.minor };
      }),
    );
    const ends = chart.periods.map(({ id, to }) => ({ day: to, when: `at the end of ${id}` }));
    const cuts = opening === undefined ? ends : [{ day: opening, when: 'at the opening' }, ...ends];
    const sections = cuts.map(({ day, when }): Section => {
      return {
        day,
        when,
        balances: standingAt(day),
        published: published.filter((each) => each.day === day),
      };
    });
    return {
      ...about,
      ...{
        count,
        units: [...units],
        tagKeys: [...keys].sort(),
        firstDay: firstDay ?? '',
        sections,
        published,
      },
    };
  }
  return { add, done };
}

function addTo(standing: Map<string, Balance>, { account, unit, minor }: Balance): void {
  const key = `${account} ${unit}`;
  standing.set(key, { account, unit, minor: addMinor(standing.get(key)?.minor ?? 0, minor) });
}

const inOrder = (a: Balance, b: Balance): number =>
  a.account < b.account ? -1 : a.account > b.account ? 1 : a.unit < b.unit ? -1 : 1;

/** The published balances that are the balance of one account family, printed to the unit of the journal. */
function printedBalances({ chart, amounts, concepts, figures }: AboutJournal): readonly Printed[] {
  const own = parseUnit(amounts)?.exponent ?? 0;
  return figures.flatMap(({ fact, unit, published, reading, sourceLine }): Printed[] => {
    const id = parseFactId(fact);
    const family = id && plainFamily(concepts.get(id.concept));
    const printed = parseUnit(unit);
    if (!id || !family || !isDay(id.time) || printed?.kind !== 'money' || printed.currency !== chart.currency)
      return [];
    if (reading !== 'printed' && reading !== 'nil') return [];
    if (printed.exponent - placesOf(published) > own) return [];
    const shown = unitToMinor(published, printed, chart.minorDigits);
    if (shown === undefined) return [];
    const minor = family.show === 'debit' ? shown : negateMinor(shown);
    return [{ fact, family: family.name, day: id.time, minor, sourceLine }];
  });
}

/** Another print of a fact says nothing new, unless it does not hold. */
function onePrintAFact(all: readonly PublishedBalance[]): readonly PublishedBalance[] {
  const found = new Map<string, PublishedBalance>();
  for (const balance of all) {
    const before = found.get(balance.fact);
    if (!before || before.holds) found.set(balance.fact, balance);
  }
  return [...found.values()];
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
