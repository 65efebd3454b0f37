/**
 * Expressions over prints: sums of products, the only form that a side of a tie has.
 *
 * There is no division: a side may stand over another (a margin, an amount per share), and two such sides agree where
 * their cross-products do. Over independent prints that is the same, and it is exact.
 *
 *     gross margin = gross profit / revenue      holds where  margin × revenue - gross profit  can be nil
 */
import { nil, plus, product, times, type Quantity } from './quantity';

/** A product of prints, by figure id, so many times; of none it is the whole number `times`. */
export interface Monomial {
  readonly times: number;
  readonly of: readonly string[];
}

export type Polynomial = readonly Monomial[];

export const one: Polynomial = [{ times: 1, of: [] }];
export const printed = (figure: string, times = 1): Polynomial => [{ times, of: [figure] }];

export const scale = (polynomial: Polynomial, factor: number): Polynomial =>
  polynomial.map(({ times: count, of }) => ({ times: count * factor, of }));

export const multiply = (a: Polynomial, b: Polynomial): Polynomial =>
  a.flatMap((left) =>
    b.map((right) => ({ times: left.times * right.times, of: [...left.of, ...right.of].sort() })),
  );

/** The sum, like products together and none with nil times. */
export function add(...polynomials: readonly Polynomial[]): Polynomial {
  const sums = new Map<string, Monomial>();
  for (const { times: count, of } of polynomials.flat()) {
    const key = of.join('\n');
    sums.set(key, { times: (sums.get(key)?.times ?? 0) + count, of });
  }
  return [...sums.values()].filter(({ times: count }) => count !== 0);
}

export const degreeOf = (polynomial: Polynomial): number =>
  Math.max(0, ...polynomial.map(({ of }) => of.length));

/** The prints in it, once each. */
export const printsIn = (polynomial: Polynomial): readonly string[] => [
  ...new Set(polynomial.flatMap(({ of }) => of)),
];

/**
 * What it can stand for, in grains of `places` × `degree` places: products of fewer prints are brought to the degree
 * asked for, at least their own.
 */
export function evaluate(
  polynomial: Polynomial,
  print: (figure: string) => Quantity,
  { places, degree }: { readonly places: number; readonly degree: number },
): Quantity {
  let sum = nil;
  for (const { times: count, of } of polynomial) {
    const raised = BigInt(count) * (of.length === degree ? 1n : 10n ** BigInt(places * (degree - of.length)));
    const [first, ...others] = of;
    if (first === undefined) {
      sum = plus(sum, { ...nil, value: raised, low: raised, high: raised });
      continue;
    }
    let term = print(first);
    for (const other of others) term = product(term, print(other));
    sum = plus(sum, times(term, raised));
  }
  return sum;
}
