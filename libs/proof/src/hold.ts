/**
 * A tie held against print: does what it says to be nil come out at nil?
 *
 * Between exact prints a difference of one unit does not tie. A coarse print is an interval: equal as printed ties, and
 * where the intervals of the two sides meet they agree within rounding (XBRL Calculations 1.1). Duplicates of one
 * precision must be equal as printed. A tie of which a side is not published is not run, and is never a pass.
 */
import { parseUnit, printedInterval, ratio, shiftDecimal } from '@tieout/money';
import { degreeOf, evaluate, printsIn, type Polynomial } from './polynomial';
import type { Prints } from './prints';
import { canBeNil, decimalOf, quantityOf, type Quantity } from './quantity';
import type { Side } from './expression';
import type { FigureState } from './state';
import { residualOf, type PrintTie } from './ties';

export type TieState = Exclude<FigureState, 'untested'> | 'not-run';

/** A tie made ready to be run often: what should be nil, and how it is read. */
export interface Equation {
  readonly tie: PrintTie;
  readonly residual: Polynomial;
  readonly degree: number;
  /** The prints that enter it: one that cancels out is not looked at. */
  readonly figures: readonly string[];
}

export function equationOf(tie: PrintTie): Equation {
  const residual = residualOf(tie);
  return { tie, residual, degree: degreeOf(residual), figures: printsIn(residual) };
}

/** How a tie reads the prints: by their intervals, those on the left of a truncated one as cut off. */
export function readingFor(tie: PrintTie, prints: Prints): (figure: string) => Quantity {
  const cut = new Set(tie.truncated ? printsIn(tie.left.of) : []);
  return (figure) => {
    const print = prints.get(figure);
    if (!print) throw new Error(`assertion failed: ${tie.id} looks at ${figure}, which is no print`);
    if (!cut.has(figure) || print.exact) return print.quantity;
    const exponent = parseUnit(print.figure.unit)?.exponent ?? 0;
    const { low, high, ...ends } = printedInterval(print.figure.published, 'truncated');
    const interval = { ...ends, low: shiftDecimal(low, exponent), high: shiftDecimal(high, exponent) };
    return quantityOf(shiftDecimal(print.figure.published, exponent), interval, prints.places);
  };
}

/** How the equation comes out, with the prints read as `read` says. */
export function outcome(
  { tie, residual, degree }: Equation,
  read: (figure: string) => Quantity,
  places: number,
): 'ties' | 'within-rounding' | 'does-not-tie' {
  const left = evaluate(residual, read, { places, degree });
  if (left.value === 0n) return 'ties';
  return tie.strict !== true && canBeNil(left) ? 'within-rounding' : 'does-not-tie';
}

/** A side as a decimal in a unit, unrounded (a quotient to 40 digits); undefined where it is divided by nil. */
export function sideIn(side: Side, unit: string, prints: Prints): string | undefined {
  const { places } = prints;
  const valueOf = (polynomial: Polynomial): string => {
    const degree = degreeOf(polynomial);
    const read = (figure: string): Quantity => readExactly(figure, prints);
    return decimalOf(evaluate(polynomial, read, { places, degree }).value, places * degree);
  };
  const value = side.over ? ratio(valueOf(side.of), valueOf(side.over)) : valueOf(side.of);
  return value === undefined ? undefined : shiftDecimal(value, -(parseUnit(unit)?.exponent ?? 0));
}

function readExactly(figure: string, prints: Prints): Quantity {
  const print = prints.get(figure);
  if (!print) throw new Error(`assertion failed: ${figure} is no print`);
  return print.quantity;
}
