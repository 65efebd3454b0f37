/**
 * The self-test: what would the ties have noticed? Errors are planted one at a time, and counted is how many some tie sees.
 *
 *     figures      a print one unit of its last digit higher, or lower
 *     pairs        two prints of a sum, one higher and one lower, so that this sum still adds up
 *     rectangles   four cells of a matrix, so that every line and every column still adds up
 *     labels       two lines that stand next to each other, their amounts exchanged
 *     entries      a balanced pair of legs of an entry one unit higher
 *
 * In the first four the ledger is not asked: it was made from the prints, and would only repeat them. An entry is changed
 * with the prints as they are, so there the ledger ties are what notices. What nothing notices is listed: there the
 * document, or the reconstruction, is taken at its word.
 */
import type { Entry } from '@tieout/ledger';
import { includes, parseUnit, unitToMinor } from '@tieout/money';
import { inUnit, linearForm, type Layout } from '@tieout/statements';
import type { Check, CheckInput } from './check';
import { difference, effects } from './design-matrix';
import { equationOf, outcome, readingFor, type Equation } from './hold';
import { lastUnit, prose, type Print } from './prints';
import { grains, moved } from './quantity';
import { intervalOf } from './state';
import { subjectsOf } from './ties';

export const plantedKinds = ['figures', 'prose', 'pairs', 'rectangles', 'labels', 'entries'] as const;
export type PlantedKind = (typeof plantedKinds)[number];

export interface Planted {
  readonly kind: PlantedKind;
  readonly planted: number;
  readonly noticed: number;
  /** What nothing noticed, said, in the order planted. */
  readonly blind: readonly string[];
}

/** By figure: how many grains it is printed higher. */
type Shifts = ReadonlyMap<string, bigint>;

export function selfTest(check: Check, input: CheckInput, entries: readonly Entry[]): readonly Planted[] {
  const notices = noticing(check);
  const run = (kind: PlantedKind, planted: Iterable<readonly [string, Shifts]>): Planted => {
    let [count, noticed] = [0, 0];
    const blind: string[] = [];
    for (const [said, shifts] of planted) {
      count += 1;
      if (notices(shifts)) noticed += 1;
      else blind.push(said);
    }
    return { kind, planted: count, noticed, blind };
  };
  const inTables = check.prints.all.filter(({ figure }) => figure.statement !== prose);
  const inProse = check.prints.all.filter(({ figure }) => figure.statement === prose);
  return [
    run('figures', singles(inTables, check)),
    run('prose', singles(inProse, check)),
    run('pairs', pairs(check)),
    run('rectangles', rectangles(check, input.layouts)),
    run('labels', labels(check, input.layouts)),
    changedEntries(check, input, entries),
  ];
}

/** Does a tie between prints that held before hold no more? Only those that look at what is shifted are run. */
function noticing({ ties, prints }: Check): (shifts: Shifts) => boolean {
  const about = new Map<string, { equation: Equation; read: ReturnType<typeof readingFor> }[]>();
  for (const { tie, state } of ties) {
    if (tie.kind === 'ledger' || (state !== 'ties' && state !== 'within-rounding' && state !== 'repaired'))
      continue;
    const held = { equation: equationOf(tie), read: readingFor(tie, prints) };
    for (const figure of held.equation.figures) {
      const known = about.get(figure);
      if (known) known.push(held);
      else about.set(figure, [held]);
    }
  }
  return (shifts) => {
    const touched = new Set([...shifts.keys()].flatMap((figure) => about.get(figure) ?? []));
    for (const { equation, read } of touched) {
      const shifted = (figure: string) => {
        const by = shifts.get(figure);
        return by === undefined ? read(figure) : moved(read(figure), by);
      };
      if (outcome(equation, shifted, prints.places) === 'does-not-tie') return true;
    }
    return false;
  };
}

const unitOf = ({ figure }: Print, { prints }: Check): bigint => grains(lastUnit(figure), prints.places);

function* singles(prints: readonly Print[], check: Check): Iterable<readonly [string, Shifts]> {
  for (const print of prints) {
    const { id } = print.figure;
    for (const [sign, word] of [
      [1n, 'higher'],
      [-1n, 'lower'],
    ] as const) {
      yield [`${id} one unit ${word}`, new Map([[id, sign * unitOf(print, check)]])];
    }
  }
}

/** Every two prints of a sum: what the one gains the sum loses by the other. */
function* pairs(check: Check): Iterable<readonly [string, Shifts]> {
  for (const { tie, state } of check.ties) {
    if (tie.kind !== 'foot' && tie.kind !== 'cross-foot' && tie.kind !== 'roll-forward') continue;
    if (state === 'not-run' || state === 'does-not-tie' || state === 'explained') continue;
    const terms = equationOf(tie).residual.flatMap(({ times, of: [figure] }) => {
      const print = figure === undefined ? undefined : check.prints.get(figure);
      return print ? [{ times: BigInt(times), print }] : [];
    });
    for (const [index, a] of terms.entries()) {
      for (const b of terms.slice(index + 1)) {
        const unit = unitOf(a.print, check);
        if (unit !== unitOf(b.print, check)) continue;
        const shifts = new Map([
          [a.print.figure.id, unit * b.times],
          [b.print.figure.id, -unit * a.times],
        ]);
        yield [`${a.print.figure.id} and ${b.print.figure.id}`, shifts];
      }
    }
  }
}

/** The prints of each block of a statement, by line. */
function* printedBlocks(
  { prints }: Check,
  layouts: readonly Layout[],
): Iterable<{
  readonly layout: Layout;
  readonly lines: readonly {
    readonly id: string;
    readonly label: string;
    readonly cells: readonly (Print | undefined)[];
  }[];
}> {
  const at = new Map(
    prints.all.map((print) => [
      [print.figure.statement, print.figure.line, print.figure.period, print.figure.column].join('\n'),
      print,
    ]),
  );
  for (const layout of layouts) {
    for (const block of layout.blocks) {
      const lines = block.lines.map(({ id, label }) => ({
        id,
        label,
        cells: block.columns.map((column) => at.get([layout.id, id, column.period, column.id].join('\n'))),
      }));
      yield { layout, lines: lines.filter(({ cells }) => cells.some((cell) => cell !== undefined)) };
    }
  }
}

/** Every four cells of a matrix that are no totals, where two lines and two columns meet. */
function* rectangles(check: Check, layouts: readonly Layout[]): Iterable<readonly [string, Shifts]> {
  const totals = new Set(
    check.ties.flatMap(({ tie }) =>
      tie.kind === 'foot' || tie.kind === 'cross-foot' || tie.kind === 'roll-forward' ? subjectsOf(tie) : [],
    ),
  );
  const matrices = layouts.filter(({ shape }) => shape === 'matrix');
  for (const { lines } of printedBlocks(check, matrices)) {
    const cells = lines.map((line) =>
      line.cells.map((print) => (print && !totals.has(print.figure.id) ? print : undefined)),
    );
    for (const [index, upper] of cells.entries()) {
      for (const lower of cells.slice(index + 1)) {
        for (const [left, a] of upper.entries()) {
          for (let right = left + 1; right < upper.length; right++) {
            const [b, c, d] = [upper[right], lower[left], lower[right]];
            if (!a || !b || !c || !d) continue;
            const unit = unitOf(a, check);
            if ([b, c, d].some((print) => unitOf(print, check) !== unit)) continue;
            const shifts = new Map([
              [a.figure.id, unit],
              [b.figure.id, -unit],
              [c.figure.id, -unit],
              [d.figure.id, unit],
            ]);
            if (shifts.size === 4)
              yield [`${a.figure.id}, ${b.figure.id}, ${c.figure.id}, ${d.figure.id}`, shifts];
          }
        }
      }
    }
  }
}

/** Two lines that stand next to each other, with their amounts exchanged in every column that prints both. */
function* labels(check: Check, layouts: readonly Layout[]): Iterable<readonly [string, Shifts]> {
  for (const { layout, lines } of printedBlocks(check, layouts)) {
    for (const [index, upper] of lines.entries()) {
      const lower = lines[index + 1];
      if (!lower) continue;
      const shifts = new Map<string, bigint>();
      for (const [column, a] of upper.cells.entries()) {
        const b = lower.cells[column];
        if (!a || !b || a.figure.unit !== b.figure.unit) continue;
        const by = b.quantity.value - a.quantity.value;
        if (by === 0n) continue;
        shifts.set(a.figure.id, by);
        shifts.set(b.figure.id, -by);
      }
      if (shifts.size > 0) yield [`${layout.id}: "${upper.label}" and "${lower.label}"`, shifts];
    }
  }
}

/**
 * Each entry with two of its legs one unit of the journal higher: the first and each other. Noticed where the replay of
 * an amount leaves the interval of a print that held it. What is divided is not asked, so this counts too few.
 */
function changedEntries(
  { prints, ties }: Check,
  { world, evaluator, amounts }: CheckInput,
  entries: readonly Entry[],
): Planted {
  const { chart } = world;
  const held = new Set(
    ties.flatMap(({ tie, state }) =>
      tie.kind === 'ledger' && (state === 'ties' || state === 'within-rounding' || state === 'repaired')
        ? [tie.figure]
        : [],
    ),
  );
  const forms = [...new Set(prints.all.map(({ figure }) => figure.fact))].flatMap((fact) => {
    const form = linearForm(fact, world);
    return form ? [{ fact, form, prints: prints.of(fact).filter(({ figure }) => held.has(figure.id)) }] : [];
  });
  const own = parseUnit(amounts);
  const unit = own && unitToMinor('1', own, chart.minorDigits);
  if (unit === undefined) return { kind: 'entries', planted: 0, noticed: 0, blind: [] };
  const effectOf = effects(forms);
  const leaves = (index: number, times: number): boolean => {
    const of = forms[index];
    const value = of && evaluator.value(of.fact);
    if (!of || value?.kind !== 'money') return false;
    const shifted = { kind: 'money' as const, minor: BigInt(value.minor) + BigInt(unit) * BigInt(times) };
    return of.prints.some(({ figure }) => {
      const shown = inUnit(shifted, figure.unit, chart);
      return shown !== undefined && !includes(intervalOf(figure), shown);
    });
  };
  let [planted, noticed] = [0, 0];
  const blind: string[] = [];
  for (const { id, postings } of entries) {
    const [first, ...others] = postings;
    for (const other of others) {
      if (!first || first.unit !== other.unit) continue;
      planted += 1;
      // One gains a debit and the other a credit.
      const effect = difference(effectOf(first), effectOf(other));
      if ([...effect].some(([index, times]) => leaves(index, times))) noticed += 1;
      else blind.push(`${id}: ${legText(first)} and ${legText(other)}`);
    }
  }
  return { kind: 'entries', planted, noticed, blind };
}

const legText = ({ account, movement, dimensions }: Entry['postings'][number]): string =>
  [
    account,
    movement,
    ...Object.entries(dimensions).map(([dimension, member]) => `${dimension} ${member}`),
  ].join(' ');
