/**
 * A rounding plug: a part forced, or a total of rounded parts, so that a table adds up as printed.
 *
 * The sum may be one of its own table, or one of another table that prints the same facts exactly. Then of those facts
 * the prints beside the suspect are taken, and for one that is not printed there (a total, mostly) its rounded amount.
 *
 *     1,033.9 + 2,246.2 + 2,194.4 + 715.5 + 247.1 = 6,437.1     the exact parts make 6,437,081, the last is 247,017
 */
import {
  compareDecimals,
  parseUnit,
  placesOf,
  roundDecimal,
  shiftDecimal,
  subtractDecimals,
} from '@tieout/money';
import type { CheckedTie } from './check';
import { evaluate, printsIn } from './polynomial';
import type { Print, Prints } from './prints';
import { grains, point, type Quantity } from './quantity';
import { residualOf, type PrintTie } from './ties';

const sums = new Set<string>(['foot', 'cross-foot', 'roll-forward']);

/** The sum that the print is forced for, of those that its fact enters; undefined where there is none. */
export function plugOf(
  { print, should }: { readonly print: Print; readonly should: string },
  around: readonly CheckedTie[],
  prints: Prints,
): string | undefined {
  const decimals = placesOf(print.figure.published);
  for (const { tie } of around) {
    if (tie.kind === 'ledger' || !sums.has(tie.kind) || tie.missing !== undefined) continue;
    // Each print may be off by half of its last digit; a plug cannot take more than all of them together.
    const off = subtractDecimals(print.figure.published, should).replace('-', '');
    const most = shiftDecimal(String(printsIn(residualOf(tie)).length * 5), -decimals - 1);
    if (compareDecimals(off, most) <= 0 && addsUpBeside(print, tie, prints)) return tie.id;
  }
  return undefined;
}

/** Does the equation hold as printed beside this print? */
function addsUpBeside({ figure }: Print, tie: PrintTie, prints: Prints): boolean {
  const exponent = parseUnit(figure.unit)?.exponent ?? 0;
  const decimals = placesOf(figure.published) - exponent;
  let rounded = 0;
  const read = (id: string): Quantity => {
    const own = prints.get(id);
    if (!own) throw new Error(`assertion failed: ${id} is no print`);
    const beside = prints
      .of(own.figure.fact)
      .find((each) => each.figure.statement === figure.statement && each.figure.unit === figure.unit);
    if (beside) return beside.quantity;
    rounded += 1;
    const inOnes = shiftDecimal(own.figure.published, parseUnit(own.figure.unit)?.exponent ?? 0);
    return point(grains(roundDecimal(inOnes, decimals), prints.places));
  };
  const left = evaluate(residualOf(tie), read, { places: prints.places, degree: 1 });
  return left.value === 0n && rounded <= 1;
}
