/**
 * What follows from amounts in print: a percentage, an amount per share, a change, a total that is only printed coarser
 * than its parts.
 *
 * An amount is taken from its most precise print; one that is not printed, from what it is made of.
 */
import { parseFactId, type World } from '@tieout/statements';
import type { Side } from './expression';
import { inputsOf } from './inputs';
import { add, degreeOf, evaluate, multiply, one, printed, scale, type Polynomial } from './polynomial';
import type { Print, Prints } from './prints';
import type { PrintTie } from './ties';

interface Sources extends Pick<World, 'chart' | 'concepts'> {
  readonly prints: Prints;
}

/** The ties that hold a print against what it follows from: one, or none. */
export function recomputed({ figure }: Print, sources: Sources): PrintTie[] {
  const { prints, concepts } = sources;
  const kind = concepts.get(parseFactId(figure.fact)?.concept ?? '')?.formula.kind;
  const tie = {
    id: `recompute:${figure.id}`,
    kind: 'recompute',
    unit: figure.unit,
    left: { of: printed(figure.id) },
  } as const;
  switch (kind) {
    case 'quotient':
    case 'change': {
      const right = combined(figure.fact, sources, () => true);
      if (right) return [{ ...tie, right }];
      const missing = inputsOf(figure.fact, sources).filter(({ fact }) => !sideOf(fact, sources, () => true));
      return [
        { ...tie, right: { of: [] }, missing: `${missing.map(({ fact }) => fact).join(', ')} not published` },
      ];
    }
    case 'sum': {
      // Where the total is printed exactly somewhere, prints agree or do not; else its parts may say it.
      if (prints.reference(figure.fact)?.exact !== false) return [];
      const right = combined(figure.fact, sources, ({ exact }) => exact);
      return right ? [{ ...tie, right }] : [];
    }
    default:
      return [];
  }
}

/** A fact as printed, or else combined; undefined where something in it is not published as wanted. */
function sideOf(fact: string, sources: Sources, wanted: (print: Print) => boolean): Side | undefined {
  const print = sources.prints.reference(fact);
  return print && wanted(print) ? { of: printed(print.figure.id) } : combined(fact, sources, wanted);
}

function combined(fact: string, sources: Sources, wanted: (print: Print) => boolean): Side | undefined {
  const inputs = inputsOf(fact, sources).map(({ fact: input, as }) => ({
    as,
    side: sideOf(input, sources, wanted),
  }));
  if (inputs.length === 0) return undefined;
  let sum: Polynomial = [];
  let [top, bottom]: [Side | undefined, Side | undefined] = [undefined, undefined];
  for (const { as, side } of inputs) {
    if (!side) return undefined;
    if (as === 'divided' || as === 'now') top = side;
    else if (as === 'by' || as === 'then') bottom = side;
    else if (side.over) return undefined;
    else sum = add(sum, scale(side.of, as === 'plus' ? 1 : -1));
  }
  if (!top || !bottom) return { of: sum };
  // (a / b) / (c / d) is a × d over c × b.
  const [of, over] = [multiply(top.of, bottom.over ?? one), multiply(bottom.of, top.over ?? one)];
  if (inputs[0]?.as === 'divided') return { of, over };
  // A change is of sizes: a loss that grows changes by more than nil.
  const [now, then] = [sized(of, sources.prints), sized(over, sources.prints)];
  return { of: add(now, scale(then, -1)), over: then };
}

/** With the sign that makes it positive as printed. */
function sized(polynomial: Polynomial, prints: Prints): Polynomial {
  const read = (figure: string) => {
    const print = prints.get(figure);
    if (!print) throw new Error(`assertion failed: ${figure} is no print`);
    return print.quantity;
  };
  const { value } = evaluate(polynomial, read, { places: prints.places, degree: degreeOf(polynomial) });
  return value < 0n ? scale(polynomial, -1) : polynomial;
}
