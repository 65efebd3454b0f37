/**
 * A quotient that was taken on rounded amounts: 203.4% from 178.7 and 542.2 million, where the exact amounts give 203.49%.
 *
 * Tried are the coarser prints of the amounts that go in; then the amounts to a tenth of a million.
 */
import { parseUnit, ratio, roundDecimal, shiftDecimal } from '@tieout/money';
import { degreeOf, evaluate, printsIn, type Polynomial } from './polynomial';
import { couldSay, type Print, type Prints } from './prints';
import { decimalOf, grains, point } from './quantity';
import type { PrintTie } from './ties';

/** An amount as it may have gone in, in ones; undefined where it was not rounded. */
type Rounded = (print: Print) => string | undefined;

const inOnes = ({ figure }: Print): string =>
  shiftDecimal(figure.published, parseUnit(figure.unit)?.exponent ?? 0);

/** The coarsest further print of the fact. */
const asPrinted =
  (prints: Prints): Rounded =>
  (print) => {
    const coarse = prints.of(print.figure.fact).filter((each) => each !== print && !each.exact);
    const width = ({ quantity }: Print): bigint => quantity.high - quantity.low;
    const coarsest = coarse.reduce<Print | undefined>(
      (widest, each) => (widest === undefined || width(each) > width(widest) ? each : widest),
      undefined,
    );
    return coarsest && inOnes(coarsest);
  };

const toTenthOfMillion: Rounded = (print) =>
  parseUnit(print.figure.unit)?.kind === 'money' ? roundDecimal(inOnes(print), -5) : undefined;

/** What the print follows from, in words; undefined where rounding does not explain it. */
export function roundedInputs(
  print: Print,
  { right }: Pick<PrintTie, 'right'>,
  prints: Prints,
): string | undefined {
  const { of, over } = right;
  if (!over) return undefined;
  for (const rounded of [asPrinted(prints), toTenthOfMillion]) {
    const used = new Map<string, string>();
    for (const figure of printsIn([...of, ...over])) {
      const input = prints.get(figure);
      const value = input && rounded(input);
      if (value !== undefined) used.set(figure, value);
    }
    if (used.size === 0) continue;
    const valueOf = (polynomial: Polynomial): string => {
      const degree = degreeOf(polynomial);
      const read = (figure: string) => {
        const value = used.get(figure);
        const input = prints.get(figure);
        if (!input) throw new Error(`assertion failed: ${figure} is no print`);
        return value === undefined ? input.quantity : point(grains(value, prints.places));
      };
      return decimalOf(
        evaluate(polynomial, read, { places: prints.places, degree }).value,
        prints.places * degree,
      );
    };
    const quotient = ratio(valueOf(of), valueOf(over));
    const exponent = parseUnit(print.figure.unit)?.exponent ?? 0;
    if (quotient === undefined || !couldSay(print, shiftDecimal(quotient, -exponent))) continue;
    return [...used.values()].map((value) => shiftDecimal(value, -6)).join(' and ') + ' million';
  }
  return undefined;
}
