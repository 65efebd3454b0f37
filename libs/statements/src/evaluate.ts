/**
 * Figures evaluated on legs: cells of a cube or postings, it makes no difference.
 *
 * Opening + movement = closing because a stock sums all legs up to a day and a flow those within the period. What a
 * period does not disclose evaluates to "not disclosed", never to a number that happens to be in the ledger.
 */
import { matches, type Leg, type Selection } from '@tieout/cube';
import { inFamily, periodOf, speaksFor, type Chart, type Period } from '@tieout/ledger';
import { addMinor, multiplyMinor, type Minor } from '@tieout/money';
import type { Concept, Term } from './layout';
import { isDay, isStock, monthsBetween, parseFactId } from './time';
import { addValues, inUnit, money, notDisclosed, sizeOf, type Value } from './value';

/** What figures are evaluated on: the books as they are, or as a scenario has them. */
export interface EvaluatedWorld {
  readonly chart: Chart;
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly legs: LegIndex;
  /** Facts that are no money, by `fact@time`, as decimal strings. */
  readonly recorded: ReadonlyMap<string, string>;
  /** Nothing after this day is seen. */
  readonly asOf?: string;
  /** Facts that cannot be determined in this world, by id, and why. */
  readonly undetermined?: ReadonlyMap<string, string>;
}

/** The books as they are: what may be held against print, recorded and exported. */
export interface World extends EvaluatedWorld {
  readonly scenario?: never;
}

/** The books with the entries of a scenario: marked, so that nothing takes it for the books as they are. */
export interface HypotheticalWorld extends EvaluatedWorld {
  readonly scenario: string;
}

/** Legs by account, and the accounts of each family: what makes hundreds of figures cheap. */
export interface LegIndex {
  readonly byAccount: ReadonlyMap<string, readonly Leg[]>;
  /** Days by which legs are summed, where they are: what stood at another day they cannot tell. */
  readonly boundaries?: readonly string[];
}

export function indexLegs(legs: Iterable<Leg>, boundaries?: readonly string[]): LegIndex {
  const byAccount = new Map<string, Leg[]>();
  for (const leg of legs) {
    const known = byAccount.get(leg.account);
    if (known) known.push(leg);
    else byAccount.set(leg.account, [leg]);
  }
  return boundaries === undefined ? { byAccount } : { byAccount, boundaries };
}

/** The integer coefficient with which a leg enters a figure, and over which days. */
export interface LinearForm {
  readonly terms: readonly { readonly selection: Selection; readonly times: number }[];
  /** First and last day of the legs that count; no first day for a stock. */
  readonly from?: string;
  readonly to: string;
  /** The currency of the books: legs in another one are no part of a figure in it. Any, where absent. */
  readonly unit?: string;
}

/** Days that a time covers: a stock at a day has no first day; a period's stock stands at its last. */
function span(
  time: string,
  stock: boolean,
  periods: readonly Period[],
): { from?: string; to: string } | undefined {
  if (isDay(time)) return stock ? { to: time } : undefined;
  const period = periods.find(({ id }) => id === time);
  if (!period) return undefined;
  return stock ? { to: period.to } : { from: period.from, to: period.to };
}

/** The term at a day: an age becomes the members that have it then. */
function selectionAt({ age, ...selection }: Term, day: string, chart: Chart): Selection {
  if (!age) return selection;
  const ends = Object.entries(chart.dimensions.get(age.dimension)?.ends ?? {});
  const of = ends.filter(([, end]) => {
    // A half-year still running is of age nil.
    const months = Math.max(0, monthsBetween(end, day));
    return months >= age.from && (age.to === undefined || months < age.to);
  });
  return { ...selection, where: { ...selection.where, [age.dimension]: of.map(([member]) => member) } };
}

/** A figure as a linear form over legs; undefined for what is not linear (recorded facts, quotients). */
export function linearForm(
  fact: string,
  world: Pick<EvaluatedWorld, 'chart' | 'concepts'>,
): LinearForm | undefined {
  const id = parseFactId(fact);
  const concept = id && world.concepts.get(id.concept);
  if (!id || !concept) return undefined;
  const days = span(id.time, isStock(concept.formula), world.chart.periods);
  if (!days) return undefined;
  const terms: { selection: Selection; times: number }[] = [];
  const collect = (conceptId: string, times: number): boolean => {
    const formula = world.concepts.get(conceptId)?.formula;
    if (formula?.kind === 'selection') {
      const sign = formula.show === 'credit' ? -times : times;
      for (const term of formula.terms)
        terms.push({ selection: selectionAt(term, days.to, world.chart), times: sign });
      return true;
    }
    if (formula?.kind === 'sum') return formula.of.every((part) => collect(part.concept, times * part.times));
    return false;
  };
  return collect(id.concept, 1) ? { terms, ...days, unit: world.chart.currency } : undefined;
}

/** Does the leg count, and how often? */
export function coefficientOf(form: LinearForm): (leg: Leg) => number {
  const tests = form.terms.map(({ selection, times }) => ({ test: matches(selection), times }));
  return (leg) => {
    if (form.unit !== undefined && leg.unit !== form.unit) return 0;
    if (leg.day > form.to || (form.from !== undefined && leg.day < form.from)) return 0;
    let sum = 0;
    for (const { test, times } of tests) if (test(leg)) sum += times;
    return sum;
  };
}

/** The legs that a figure is built from, with their coefficient. */
export function legsBehind<L extends Leg>(form: LinearForm, legs: Iterable<L>): { leg: L; times: number }[] {
  const coefficient = coefficientOf(form);
  const behind: { leg: L; times: number }[] = [];
  for (const leg of legs) {
    const times = coefficient(leg);
    if (times !== 0) behind.push({ leg, times });
  }
  return behind;
}

/** A quotient as one number, to 40 significant digits, so that another can be taken from it; anything else as it is. */
function comparable(value: Value, chart: Chart): Value {
  if (value.kind !== 'quotient') return value;
  const number = inUnit(value, chart.currency, chart);
  return number === undefined ? notDisclosed('divided by nil') : { kind: 'number', value: number };
}

/** Evaluates figures; remembers what it has evaluated, so make one per world. */
export interface Evaluator {
  /** The value of a fact; `undefined` when it names no concept or no time of this book. */
  value(fact: string): Value | undefined;
}

const familiesOf = new WeakMap<Chart['accounts'], Map<string, readonly string[]>>();

/** The accounts of a family. Kept with the chart: what-ifs make a world each, all of one chart. */
function familiesIn({ accounts }: Chart): (family: string) => readonly string[] {
  const families = familiesOf.get(accounts) ?? new Map<string, readonly string[]>();
  familiesOf.set(accounts, families);
  return (family) => {
    let members = families.get(family);
    if (!members)
      families.set(family, (members = [...accounts.keys()].filter((account) => inFamily(account, family))));
    return members;
  };
}

export function evaluator(world: EvaluatedWorld): Evaluator {
  const { chart, concepts, legs, asOf } = world;
  const known = new Map<string, Value>();
  const accountsOf = familiesIn(chart);

  const sumOf = (selection: Selection, from: string | undefined, to: string): Minor => {
    const test = matches(selection);
    let sum: Minor = 0;
    for (const account of new Set(selection.accounts.flatMap(accountsOf))) {
      for (const leg of legs.byAccount.get(account) ?? []) {
        if (leg.unit !== chart.currency || leg.day > to || (from !== undefined && leg.day < from)) continue;
        if (test(leg)) sum = addMinor(sum, leg.minor);
      }
    }
    return sum;
  };

  /** Why a balance of these accounts at this day is not known, if it is not. */
  const undisclosedStock = (selection: Selection, day: string): string | undefined => {
    const first = chart.periods[0];
    const period = periodOf(day, chart) ?? (first && day < first.from ? first : undefined);
    if (!period) return undefined;
    if (period.bridge && day !== period.to) return `no balance sheet between ${period.from} and ${period.to}`;
    const disclosed = period.disclosedBalances;
    if (!disclosed) return undefined;
    for (const account of selection.accounts.flatMap(accountsOf)) {
      const type = chart.accounts.get(account)?.type;
      // Income is known with its flows; a clearing account says itself what is not disclosed.
      const balance = type === 'asset' || type === 'liability' || type === 'equity';
      if (balance && !disclosed.some((family) => inFamily(account, family))) {
        return `no balance sheet at ${day} is published`;
      }
    }
    return undefined;
  };

  const evaluate = (conceptId: string, time: string): Value | undefined => {
    const formula = concepts.get(conceptId)?.formula;
    if (!formula) return undefined;
    const why = world.undetermined?.get(`${conceptId}@${time}`);
    if (why !== undefined) return notDisclosed(why);
    switch (formula.kind) {
      case 'selection': {
        const stock = formula.measure === 'stock';
        const days = span(time, stock, chart.periods);
        if (!days) return undefined;
        const to = asOf !== undefined && asOf < days.to ? asOf : days.to;
        if (!stock && chart.periods.some(({ id, bridge }) => id === time && bridge)) {
          return notDisclosed(`only the net movements of ${time} are known`);
        }
        if (stock && legs.boundaries && !speaksFor(to, legs.boundaries))
          return notDisclosed(`the books are summed at the ends of periods; --at ${to} sums them then`);
        let sum: Minor = 0;
        for (const term of formula.terms) {
          const why = stock ? undisclosedStock(term, to) : undefined;
          if (why !== undefined) return notDisclosed(why);
          sum = addMinor(sum, sumOf(selectionAt(term, to, chart), days.from, to));
        }
        return money(multiplyMinor(sum, formula.show === 'credit' ? -1 : 1));
      }
      case 'sum': {
        const parts = formula.of.map((part) => ({
          value: value(`${part.concept}@${time}`),
          times: part.times,
        }));
        if (parts.some((part) => part.value === undefined)) return undefined;
        return addValues(parts as { value: Value; times: 1 | -1 }[]);
      }
      case 'recorded': {
        const recorded = world.recorded.get(`${formula.fact}@${time}`);
        return recorded === undefined
          ? notDisclosed(`${formula.fact} is not recorded for ${time}`)
          : { kind: 'number', value: recorded };
      }
      case 'quotient': {
        const numerator = value(`${formula.numerator}@${time}`);
        const denominator = value(`${formula.denominator}@${time}`);
        if (!numerator || !denominator) return undefined;
        if (numerator.kind === 'not-disclosed') return numerator;
        if (denominator.kind === 'not-disclosed') return denominator;
        return { kind: 'quotient', numerator, denominator };
      }
      case 'change': {
        const of = concepts.get(formula.of);
        const stock = of !== undefined && isStock(of.formula);
        const at = (id: string): string | undefined =>
          stock ? chart.periods.find((period) => period.id === id)?.to : id;
        const [now, before] = [
          value(`${formula.of}@${at(time)}`),
          value(`${formula.of}@${at(formula.since)}`),
        ];
        if (!now || !before) return undefined;
        if (now.kind === 'not-disclosed') return now;
        if (before.kind === 'not-disclosed') return before;
        const denominator = sizeOf(comparable(before, chart));
        const grown = addValues([
          { value: sizeOf(comparable(now, chart)), times: 1 },
          { value: denominator, times: -1 },
        ]);
        return { kind: 'quotient', numerator: grown, denominator };
      }
    }
  };

  function value(fact: string): Value | undefined {
    const before = known.get(fact);
    if (before) return before;
    const id = parseFactId(fact);
    const found = id && evaluate(id.concept, id.time);
    if (found) known.set(fact, found);
    return found;
  }

  return { value };
}
