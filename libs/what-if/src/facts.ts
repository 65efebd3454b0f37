/**
 * Every fact that a book shows, made ready for many what-ifs: what it is before, and how a posting moves it.
 *
 * Linear facts move by their coefficient times the hypothetical legs, so a scenario costs what its legs touch and never a
 * replay. What is not linear (a ratio, a change, a recorded number) is evaluated again, and only where something that it
 * stands on has moved.
 */
import { cellsOf, matches, type Leg } from '@tieout/cube';
import { inFamily, type Chart } from '@tieout/ledger';
import { addMinor, multiplyMinor, type Minor } from '@tieout/money';
import {
  evaluator,
  factId,
  indexLegs,
  isStock,
  linearForm,
  parseFactId,
  timeOfCell,
  type Concept,
  type Evaluator,
  type Layout,
  type LegIndex,
} from '@tieout/statements';
import type { Base } from './base';
import type { Undetermined } from './scenario';

/** A fact as the statement that shows it first shows it. */
export interface ShownFact {
  readonly fact: string;
  readonly label: string;
  readonly statement: string;
  readonly title: string;
  readonly unit: string;
  readonly decimals: number;
}

export interface Facts {
  /** In order of the statements. */
  readonly shown: readonly ShownFact[];
  readonly figures: Evaluator;
  readonly legs: LegIndex;
  /** What these legs add to each linear fact that they touch. */
  movedBy(legs: Iterable<Leg>): ReadonlyMap<string, Minor>;
  readonly isLinear: (fact: string) => boolean;
  /** Every fact that the fact stands on, itself included; recorded facts by their own id. */
  standsOn(fact: string): ReadonlySet<string>;
}

/** One way in which a leg enters a fact. */
interface Way {
  readonly fact: string;
  readonly test: (leg: Leg) => boolean;
  readonly times: number;
  readonly from: string | undefined;
  readonly to: string;
}

export function factsOf(base: Base): Facts {
  const { chart, concepts } = base;
  const shown = shownFacts(base);
  const { day } = base.cube.axes;
  const legs = indexLegs(cellsOf(base.cube), typeof day === 'boolean' ? undefined : day);
  const figures = evaluator({ chart, concepts, legs, recorded: base.recorded });
  const linear = new Set<string>();
  const ways = new Map<string, Way[]>();
  const accounts = [...chart.accounts.keys()];
  const members = new Map<string, readonly string[]>();
  const membersOf = (family: string): readonly string[] => {
    const known = members.get(family) ?? accounts.filter((account) => inFamily(account, family));
    members.set(family, known);
    return known;
  };
  const known = new Map<string, ReadonlySet<string>>();
  const standsOn = (fact: string): ReadonlySet<string> => {
    const before = known.get(fact);
    if (before) return before;
    const found = new Set([fact]);
    for (const input of inputsOf(fact, concepts, chart)) for (const each of standsOn(input)) found.add(each);
    known.set(fact, found);
    return found;
  };
  // What a ratio stands on is watched, too, shown or not.
  const watched = new Set(
    shown.flatMap(({ fact }) => (linearForm(fact, { chart, concepts }) ? [fact] : [...standsOn(fact)])),
  );
  for (const fact of watched) {
    const form = linearForm(fact, { chart, concepts });
    if (!form) continue;
    linear.add(fact);
    for (const { selection, times } of form.terms) {
      const way: Way = { fact, test: matches(selection), times, from: form.from, to: form.to };
      for (const account of new Set(selection.accounts.flatMap(membersOf))) {
        const known = ways.get(account);
        if (known) known.push(way);
        else ways.set(account, [way]);
      }
    }
  }
  const movedBy = (some: Iterable<Leg>): ReadonlyMap<string, Minor> => {
    const moved = new Map<string, Minor>();
    for (const leg of some) {
      for (const { fact, test, times, from, to } of ways.get(leg.account) ?? []) {
        if (leg.day > to || (from !== undefined && leg.day < from) || !test(leg)) continue;
        moved.set(fact, addMinor(moved.get(fact) ?? 0, multiplyMinor(leg.minor, times)));
      }
    }
    for (const [fact, minor] of moved) if (minor === 0) moved.delete(fact);
    return moved;
  };
  return { shown, figures, legs, movedBy, isLinear: (fact) => linear.has(fact), standsOn };
}

/** The facts that a fact is made of, one step down. */
function inputsOf(
  fact: string,
  concepts: ReadonlyMap<string, Concept>,
  { periods }: Chart,
): readonly string[] {
  const id = parseFactId(fact);
  const formula = id && concepts.get(id.concept)?.formula;
  if (!id || !formula) return [];
  /** Balances that a ratio of a period stands on are those at its end. */
  const at = (concept: string, time = id.time): string => {
    const of = concepts.get(concept);
    const end = of && isStock(of.formula) ? periods.find((each) => each.id === time)?.to : undefined;
    return factId({ concept, time: end ?? time });
  };
  switch (formula.kind) {
    case 'selection':
      return [];
    case 'sum':
      return formula.of.map(({ concept }) => at(concept));
    case 'recorded':
      return formula.fact === id.concept ? [] : [factId({ concept: formula.fact, time: id.time })];
    case 'quotient':
      return [at(formula.numerator), at(formula.denominator)];
    case 'change':
      return [at(formula.of), at(formula.of, formula.since)];
  }
}

function shownFacts({ layouts, concepts, chart, footings, figures }: Base): readonly ShownFact[] {
  const shown = new Map<string, ShownFact>();
  for (const { id: statement, title, unit, decimals, blocks } of primaryFirst(layouts)) {
    for (const { columns, lines } of blocks) {
      for (const line of lines) {
        line.cells.forEach((cell, index) => {
          const concept = cell && concepts.get(cell.concept);
          const period = chart.periods.find(({ id }) => id === columns[index]?.period);
          if (!cell || !concept || !period) return;
          const fact = factId({ concept: cell.concept, time: timeOfCell(cell, concept, period) });
          const matrix = blocks.length > 1 || columns[index]?.period === undefined;
          const label = matrix && columns.length > 1 ? `${line.label}, ${columns[index]?.label}` : line.label;
          const own = {
            fact,
            label,
            statement,
            title,
            unit: line.unit ?? unit,
            decimals: line.decimals ?? decimals,
          };
          if (!shown.has(fact)) shown.set(fact, own);
        });
      }
    }
  }
  const also = (fact: string, statement: string, unit: string): void => {
    const id = parseFactId(fact);
    const label = id && concepts.get(id.concept)?.label;
    if (!shown.has(fact) && label !== undefined)
      shown.set(fact, { fact, label, statement, title: '', unit, decimals: 2 });
  };
  for (const { fact, statement, unit } of figures) also(fact, statement, unit);
  const unit = layouts[0]?.unit ?? chart.currency;
  for (const { statement, total, of } of footings)
    for (const fact of [total, ...of.map((part) => part.fact)]) also(fact, statement, unit);
  return [...shown.values()];
}

/** The primary statements first: a fact that they show is theirs, and a reader asks for profit, equity and cash first. */
function primaryFirst(layouts: readonly Layout[]): readonly Layout[] {
  const order = ['is', 'oci', 'bs', 'soce', 'cf'];
  const rank = ({ command }: Layout): number =>
    command === undefined ? order.length : order.indexOf(command);
  return [...layouts].sort((a, b) => rank(a) - rank(b));
}

/** The facts that are not determinable, by id, with the reason. */
export function undeterminedFacts(
  declared: readonly Undetermined[],
  { concepts }: Pick<Base, 'concepts'>,
): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  for (const { concepts: families, time, why } of declared) {
    for (const id of concepts.keys())
      if (families.some((family) => inFamily(id, family)))
        facts.set(`${id}@${time}`, `not determinable: ${why}`);
  }
  return facts;
}
