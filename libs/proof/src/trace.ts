/**
 * A figure followed down to the entries behind it, and the figures that are made of it.
 *
 *     2,909,263  opening, 31 December 2021
 *       771,383  additions            JE-2022H1-24
 *        (1,302) disposals            JE-2022H1-16
 *     ---------
 *     3,679,344  closing              equal to the figure
 *
 * A stock rolls forward over the period that its day closes; a flow is all movement. What is divided or recorded has no
 * entries of its own: its inputs have. Invariant: opening and movements are the figure.
 */
import { dayBefore, type CollectiveEntry, type Entry } from '@tieout/ledger';
import { addMinor, multiplyMinor, sumMinor, type Minor } from '@tieout/money';
import { factId, legsBehind, linearForm, parseFactId, type LinearForm, type World } from '@tieout/statements';
import type { Check } from './check';
import { inputsOf } from './inputs';

export interface TracedEntry {
  readonly entry: CollectiveEntry;
  /** What its postings of this movement add to the figure. */
  readonly minor: Minor;
  readonly postings: number;
}

export interface TracedMovement {
  readonly movement: string;
  readonly minor: Minor;
  readonly entries: readonly TracedEntry[];
}

export interface Trace {
  /** Of a stock: what stood the day before the period. */
  readonly opening?: { readonly fact: string; readonly minor: Minor };
  /** In the order of their first entry. */
  readonly movements: readonly TracedMovement[];
  /** Opening and movements together. */
  readonly minor: Minor;
}

/** What the postings of a fact add up to; undefined for what is no sum of postings. */
export function traceOf(fact: string, entries: readonly CollectiveEntry[], world: World): Trace | undefined {
  const form = linearForm(fact, world);
  const id = parseFactId(fact);
  if (!form || !id) return undefined;
  const { asOf } = world;
  const seen = asOf === undefined ? entries : entries.filter(({ date }) => date <= asOf);
  const period = world.chart.periods.find(({ to }) => to === form.to);
  const rolls = form.from === undefined && period !== undefined;
  const eve = period && dayBefore(period.from);
  const before: LinearForm | undefined = rolls && eve !== undefined ? { ...form, to: eve } : undefined;
  const opening = before && sumMinor(seen.flatMap(({ postings }) => amountsIn(before, postings)));
  const movements = movementsIn(rolls ? { ...form, from: period.from } : form, seen);
  const minor = addMinor(opening ?? 0, sumMinor(movements.map((each) => each.minor)));
  return {
    ...(opening === undefined || eve === undefined
      ? {}
      : { opening: { fact: factId({ concept: id.concept, time: eve }), minor: opening } }),
    movements,
    minor,
  };
}

const amountsIn = (form: LinearForm, postings: Entry['postings']): readonly Minor[] =>
  legsBehind(form, postings).map(({ leg, times }) => multiplyMinor(leg.minor, times));

function movementsIn(form: LinearForm, entries: readonly CollectiveEntry[]): TracedMovement[] {
  const byMovement = new Map<string, TracedEntry[]>();
  for (const entry of entries) {
    const own = new Map<string, { minor: Minor; postings: number }>();
    for (const { leg, times } of legsBehind(form, entry.postings)) {
      const known = own.get(leg.movement) ?? { minor: 0, postings: 0 };
      own.set(leg.movement, {
        minor: addMinor(known.minor, multiplyMinor(leg.minor, times)),
        postings: known.postings + 1,
      });
    }
    for (const [movement, { minor, postings }] of own) {
      const traced = byMovement.get(movement) ?? [];
      traced.push({ entry, minor, postings });
      byMovement.set(movement, traced);
    }
  }
  return [...byMovement].map(([movement, traced]) => ({
    movement,
    minor: sumMinor(traced.map((each) => each.minor)),
    entries: traced,
  }));
}

export interface Use {
  /** A figure, an entry, or a tie. */
  readonly id: string;
  readonly how:
    | 'part of a sum'
    | 'in a quotient'
    | 'in a change'
    | 'part of a total'
    | 'amount of an entry'
    | 'in a declared tie';
}

/** What is made of a fact: published figures, totals in print, declared ties, and the entries whose amounts it gives. */
export function usesOf(
  fact: string,
  check: Check,
  entries: readonly Entry[],
  world: Pick<World, 'chart' | 'concepts'>,
): readonly Use[] {
  const uses: Use[] = [];
  const hows = { sum: 'part of a sum', quotient: 'in a quotient', change: 'in a change' } as const;
  for (const { figure } of check.prints.all) {
    if (check.prints.reference(figure.fact)?.figure.id !== figure.id) continue;
    if (!inputsOf(figure.fact, world).some((input) => input.fact === fact)) continue;
    const kind = world.concepts.get(parseFactId(figure.fact)?.concept ?? '')?.formula.kind;
    if (kind === 'sum' || kind === 'quotient' || kind === 'change')
      uses.push({ id: figure.id, how: hows[kind] });
  }
  const own = new Set(check.prints.of(fact).map(({ figure }) => figure.id));
  for (const { tie } of check.ties) {
    if (tie.kind === 'ledger' || !tie.right.of.some(({ of }) => of.some((figure) => own.has(figure))))
      continue;
    const [total] = tie.left.of[0]?.of ?? [];
    if (tie.kind === 'articulate') uses.push({ id: tie.id, how: 'in a declared tie' });
    else if (total !== undefined && tie.kind !== 'agree' && !uses.some(({ id }) => id === total))
      uses.push({ id: total, how: 'part of a total' });
  }
  for (const { id, postings } of entries) {
    if (
      postings.some(({ expression }) =>
        expression?.match(/[^\s()]+/g)?.some((token) => token.replace(/^-/, '') === fact),
      )
    ) {
      uses.push({ id, how: 'amount of an entry' });
    }
  }
  return uses;
}
