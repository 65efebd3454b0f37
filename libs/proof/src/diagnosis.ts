/**
 * The probable cause of a tie that does not tie: what a reader would try first, tried.
 *
 * Suspected is the print whose own tie to the replay does not tie either; where none is, every print of the tie, each
 * with the amount that the others leave for it. A cause is a guess that fits the digits, and says what it rests on.
 *
 *     printed 297,679, should be 297,769     transposition: 7 and 6 exchanged
 *     printed (481,300), should be 481,300   sign
 *     printed 247.1, exact 247.017           rounding-plug: the column foots as printed only with 247.1
 */
import type { CollectiveEntry, Entry } from '@tieout/ledger';
import {
  compareDecimals,
  parseUnit,
  placesOf as decimalPlaces,
  shiftDecimal,
  subtractDecimals,
} from '@tieout/money';
import type { Layout, World } from '@tieout/statements';
import type { Check, CheckedTie } from './check';
import { entryCauses } from './entry-causes';
import { degreeOf, evaluate, printed } from './polynomial';
import { placesOf, type Places } from './places';
import { couldSay, type Print, type Prints } from './prints';
import { decimalOf } from './quantity';
import { roundedInputs } from './rounded-inputs';
import { plugOf } from './rounding-plug';
import { figuresOf, residualOf, subjectsOf, type Tie } from './ties';

export const causeNames = [
  'rounding-plug',
  'rounded-inputs',
  'lost-cell',
  'sign',
  'unit-slip',
  'transposition',
  'wrong-period',
  'swapped-rows',
  'doubled-entry',
  'missing-entry',
  'unknown',
] as const;
export type CauseName = (typeof causeNames)[number];

export interface Cause {
  readonly name: CauseName;
  /** A sentence that says what fits. */
  readonly text: string;
  /** The print that is suspected. */
  readonly figure?: string;
  /** The entry that is suspected. */
  readonly entry?: string;
}

/** A print and what it should say, in its unit. */
export interface Suspect {
  readonly print: Print;
  readonly should: string;
}

export interface Diagnosing {
  readonly check: Check;
  readonly layouts: readonly Layout[];
  readonly world: World;
  readonly entries: readonly CollectiveEntry[];
  /** Entries that may be behind a break and are in `entries` only in a sum. */
  readonly suspects?: readonly Entry[];
}

/** Candidates by tie, the most probable first; never empty. */
export function diagnosis(context: Diagnosing): (broken: CheckedTie) => readonly Cause[] {
  const { check, layouts } = context;
  const places = placesOf(check.prints, layouts);
  const checked = new Map(check.figures.map((each) => [each.figure.id, each]));
  const ties = new Map<string, CheckedTie[]>();
  for (const each of check.ties) {
    for (const figure of figuresOf(each.tie)) {
      const known = ties.get(figure);
      if (known) known.push(each);
      else ties.set(figure, [each]);
    }
  }
  /** How many ties it breaks: the print that breaks most is suspected first. */
  const breaks = ({ figure }: Print): number =>
    (ties.get(figure.id) ?? []).filter(({ difference }) => difference !== undefined).length;
  const replayed = ({ figure }: Print): string | undefined => checked.get(figure.id)?.replayed;
  const offLedger = ({ figure }: Print): boolean => checked.get(figure.id)?.difference !== undefined;
  const entriesFor = entryCauses(context);

  const causesOf = (suspect: Suspect): readonly Cause[] => {
    const { print } = suspect;
    return [
      ...(print.exact ? [] : rounding(suspect, (figure) => ties.get(figure) ?? [], check.prints)),
      ...digits(suspect),
      ...elsewhere(suspect, places, replayed),
      ...(offLedger(print) ? entriesFor(print) : []),
    ];
  };

  return ({ tie }) => {
    const looked = figuresOf(tie)
      .flatMap((figure) => check.prints.get(figure) ?? [])
      .sort((a, b) => breaks(b) - breaks(a));
    const wrong = looked.filter(offLedger).flatMap((print): Suspect[] => {
      const should = replayed(print);
      return should === undefined ? [] : [{ print, should }];
    });
    const suspects =
      wrong.length > 0 ? wrong : looked.flatMap((print) => leftFor(print, tie, check.prints) ?? []);
    const causes = suspects.flatMap(causesOf);
    const ranked = [...causes].sort((a, b) => causeNames.indexOf(a.name) - causeNames.indexOf(b.name));
    const distinct = ranked.filter(
      ({ text }, index) => ranked.findIndex((each) => each.text === text) === index,
    );
    return distinct.length > 0
      ? distinct
      : [{ name: 'unknown', text: 'nothing that was tried fits the difference' }];
  };
}

/** A coarse print: forced so that its table adds up, or taken on rounded amounts. */
function rounding(
  { print, should }: Suspect,
  tiesOf: (figure: string) => readonly CheckedTie[],
  prints: Prints,
): Cause[] {
  const { id, fact, text } = print.figure;
  const around = tiesOf(id);
  const sums = prints.of(fact).flatMap((each) => tiesOf(each.figure.id));
  const plug = plugOf({ print, should }, sums, prints);
  const computed = around.flatMap(({ tie }) =>
    tie.kind === 'recompute' && subjectsOf(tie).includes(id) ? [tie] : [],
  )[0];
  const inputs = computed && roundedInputs(print, computed, prints);
  return [
    ...(plug
      ? [
          {
            name: 'rounding-plug' as const,
            text: `${plug} adds up as printed only with ${text}; the exact amount is ${shown(should)}`,
            figure: id,
          },
        ]
      : []),
    ...(inputs
      ? [
          {
            name: 'rounded-inputs' as const,
            text: `${text} follows from ${inputs}, and not from the exact amounts`,
            figure: id,
          },
        ]
      : []),
  ];
}

/** What fits the digits of the print by themselves. */
function digits({ print, should }: Suspect): Cause[] {
  const { id: figure, text, published } = print.figure;
  if (compareDecimals(published, '0') === 0) {
    return /\d/.test(text)
      ? []
      : [{ name: 'lost-cell', text: `nothing is printed where ${shown(should)} is due`, figure }];
  }
  const slips = (
    [
      [3, '1,000 times'],
      [-3, 'a thousandth of'],
      [6, 'a million times'],
      [-6, 'a millionth of'],
    ] as const
  ).filter(([exponent]) => couldSay(print, shiftDecimal(should, exponent)));
  const exchanged = transposed(print, should);
  return [
    ...(couldSay(print, subtractDecimals('0', should))
      ? [{ name: 'sign' as const, text: `${text} stands on the other side`, figure }]
      : []),
    ...slips.map(([, times]) => ({
      name: 'unit-slip' as const,
      text: `${text} is ${times} ${shown(should)}`,
      figure,
    })),
    ...(exchanged
      ? [{ name: 'transposition' as const, text: `${exchanged} are exchanged in ${text}`, figure }]
      : []),
  ];
}

/** Is it what another place of the table should say? */
function elsewhere(
  { print, should }: Suspect,
  places: Places,
  replayed: (print: Print) => string | undefined,
): Cause[] {
  const { id: figure, text, unit, published } = print.figure;
  if (compareDecimals(published, '0') === 0) return [];
  const from = (others: readonly Print[]): Print | undefined =>
    others.find((other) => {
      const value = replayed(other) ?? other.figure.published;
      return other.figure.unit === unit && compareDecimals(value, should) !== 0 && couldSay(print, value);
    });
  const [period, row] = [from(places.otherPeriods(print)), from(places.neighbours(print))];
  return [
    ...(period
      ? [{ name: 'wrong-period' as const, text: `${text} is the amount of ${period.figure.id}`, figure }]
      : []),
    ...(row
      ? [
          {
            name: 'swapped-rows' as const,
            text: `${text} is the amount of ${row.figure.id}, which stands next to it`,
            figure,
          },
        ]
      : []),
  ];
}

/** For a sentence: a quotient, which has no end, to six places. */
const shown = (decimal: string): string =>
  decimalPlaces(decimal) > 6 ? decimal.slice(0, decimal.indexOf('.') + 7) : decimal;

/** What the other prints of an equation leave for one that stands in it by itself. */
function leftFor(print: Print, tie: Tie, prints: Prints): Suspect | undefined {
  if (tie.kind === 'ledger') return undefined;
  const residual = residualOf(tie);
  const own = residual.filter(({ of }) => of.includes(print.figure.id));
  const times = own[0]?.times ?? 0;
  if (degreeOf(residual) !== 1 || own.length !== 1 || Math.abs(times) !== 1) return undefined;
  const { places } = prints;
  const read = (figure: string) => {
    const found = prints.get(figure);
    if (!found) throw new Error(`assertion failed: ${figure} is no print`);
    return found.quantity;
  };
  const off = evaluate(residual, read, { places, degree: 1 }).value * BigInt(times);
  const value = evaluate(printed(print.figure.id), read, { places, degree: 1 }).value - off;
  const exponent = parseUnit(print.figure.unit)?.exponent ?? 0;
  return { print, should: shiftDecimal(decimalOf(value, places), -exponent) };
}

/** Two digits that stand side by side, exchanged: their names, where that gives the amount. */
function transposed(print: Print, should: string): string | undefined {
  const { published } = print.figure;
  for (let index = 0; index < published.length - 1; index++) {
    // A decimal point may stand between two digits.
    const next = published[index + 1] === '.' ? index + 2 : index + 1;
    const [a, b] = [published[index] ?? '', published[next] ?? ''];
    if (!/^\d\d$/.test(a + b) || a === b) continue;
    const digits = [...published];
    [digits[index], digits[next]] = [b, a];
    if (couldSay({ ...print, figure: { ...print.figure, published: digits.join('') } }, should))
      return `${a} and ${b}`;
  }
  return undefined;
}
