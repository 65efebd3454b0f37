/**
 * For the specs: rank by textbook elimination over fractions, the slow and obvious way.
 */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const fraction = (over: bigint, under: bigint): Fraction => {
  let [a, b] = [over < 0n ? -over : over, under < 0n ? -under : under];
  while (b !== 0n) [a, b] = [b, a % b];
  const sign = under < 0n ? -1n : 1n;
  return a === 0n ? { over: 0n, under: 1n } : { over: (sign * over) / a, under: (sign * under) / a };
};
const times = (x: Fraction, y: Fraction): Fraction => fraction(x.over * y.over, x.under * y.under);
const minus = (x: Fraction, y: Fraction): Fraction =>
  fraction(x.over * y.under - y.over * x.under, x.under * y.under);

/** The rank of a dense integer matrix. */
export function rationalRank(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => row.map((value) => fraction(BigInt(value), 1n)));
  const width = matrix[0]?.length ?? 0;
  let rank = 0;
  for (let column = 0; column < width; column++) {
    const found = rows.findIndex((row, index) => index >= rank && row[column]!.over !== 0n);
    if (found === -1) continue;
    [rows[rank], rows[found]] = [rows[found]!, rows[rank]!];
    const pivot = rows[rank]!;
    for (let index = rank + 1; index < rows.length; index++) {
      const { over, under } = pivot[column]!;
      const factor = times(rows[index]![column]!, fraction(under, over));
      rows[index] = rows[index]!.map((value, at) => minus(value, times(factor, pivot[at]!)));
    }
    rank += 1;
  }
  return rank;
}

/** Is there a solution x of M x = values? By Rouché–Capelli. */
export const solvable = (matrix: readonly (readonly number[])[], values: readonly number[]): boolean =>
  rationalRank(matrix) === rationalRank(matrix.map((row, index) => [...row, values[index]!]));
