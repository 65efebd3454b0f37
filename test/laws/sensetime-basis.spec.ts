/**
 * Cross-checked means what it says, fact by fact on the real book: change one published fact by one unit, leave every
 * other fact as it is, let all postings of all entries move as they like as long as each entry balances, and solve. For a
 * cross-checked fact there is no solution; for a self-supporting one there is.
 *
 * Solved apart from libs/proof, from the raw postings with the balance of each entry as an equation of its own, in the
 * integers modulo a prime: another matrix, another arithmetic. Facts without a posting (dashes) have no amount to move
 * here; libs/proof gives them a free leg and its own specs hold that.
 */
import type { Leg } from '@tieout/cube';
import { figureCoverage, holdFigures } from '@tieout/proof';
import { coefficientOf, evaluator, indexLegs, legsBehind, linearForm, type World } from '@tieout/statements';
import { readSenseTime } from '../support/law-replay';

/** Below 2^26, so that products of two remainders are exact doubles. */
const PRIME = 67_108_859;

function inverse(value: number): number {
  let [a, b, x, y] = [value, PRIME, 1, 0];
  while (b !== 0) {
    const quotient = Math.floor(a / b);
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % PRIME) + PRIME) % PRIME;
}

/** A space of vectors by reduced pivots: takes vectors in, and says whether one lies in it. */
function vectorSpace(size: number) {
  const pivots: { readonly row: number; readonly vector: Float64Array }[] = [];
  const reduce = (vector: Float64Array): Float64Array => {
    for (const pivot of pivots) {
      const times = vector[pivot.row]!;
      if (times === 0) continue;
      for (let row = 0; row < size; row += 1) {
        vector[row] = (vector[row]! + (PRIME - times) * pivot.vector[row]!) % PRIME;
      }
    }
    return vector;
  };
  return {
    take(vector: Float64Array): void {
      const rest = reduce(vector);
      const row = rest.findIndex((value) => value !== 0);
      if (row < 0) return;
      const scale = inverse(rest[row]!);
      pivots.push({ row, vector: rest.map((value) => (value * scale) % PRIME) });
    },
    holds: (vector: Float64Array): boolean => reduce(vector).every((value) => value === 0),
  };
}

const book = readSenseTime();
const { chart, concepts } = book;
const entries = book.journal.flatMap((period) => period.entries.map(({ entry }) => entry));
const recorded = new Map(book.facts.map(({ fact, of, value }) => [`${fact}@${of}`, value]));
const world: World = {
  chart,
  concepts,
  recorded,
  legs: indexLegs(entries.flatMap((entry) => entry.postings)),
};
const confirmed = new Set(book.confirmations.map(({ figure }) => figure));
const held = holdFigures({
  figures: book.figures,
  world,
  evaluator: evaluator(world),
  recorded: (figure) => ({ confirmed: confirmed.has(figure) }),
});
const { basis } = figureCoverage(held, entries, { chart, concepts, amounts: book.amountUnit.text });

/** Facts that are read exactly and made of postings, with what libs/proof says of them. */
const facts = new Map(
  held.flatMap(({ figure }) => {
    const form = linearForm(figure.fact, world);
    const said = basis.get(figure.id);
    const read =
      figure.unit === book.amountUnit.text &&
      figure.reading !== 'repaired' &&
      figure.reading !== 'below-unit';
    return form && said && said !== 'rounded' && read
      ? [[figure.fact, { coefficient: coefficientOf(form), said }]]
      : [];
  }),
);
const moved = [...facts].filter(([, { coefficient }]) =>
  entries.some(({ postings }) => postings.some((leg) => coefficient(leg) !== 0)),
);

/** For each repaired figure without a posting, a leg that it would be made of. */
const lostLegs = book.figures.flatMap(({ fact, reading }): Leg[] => {
  const form = reading === 'repaired' ? linearForm(fact, world) : undefined;
  const [term] = form?.terms ?? [];
  if (
    !form ||
    !term ||
    legsBehind(
      form,
      entries.flatMap(({ postings }) => postings),
    ).length > 0
  )
    return [];
  const [movement = ''] = term.selection.movements ?? [];
  const legs = [...chart.accounts.values()].map(({ id, dimensions }): Leg => ({
    account: id,
    movement,
    day: form.to,
    unit: chart.currency,
    dimensions,
    minor: 0,
  }));
  return legs.filter((leg) => coefficientOf(form)(leg) !== 0).slice(0, 1);
});

test('every cross-checked fact changed by one has no solution, every self-supporting one has', () => {
  const size = moved.length + entries.length;
  const space = vectorSpace(size);
  entries.forEach(({ postings }, index) => {
    for (const leg of postings) {
      const column = new Float64Array(size);
      moved.forEach(([, { coefficient }], row) => {
        column[row] = (coefficient(leg) + PRIME) % PRIME;
      });
      column[moved.length + index] = 1;
      space.take(column);
    }
  });
  // A cell that the scan lost and that no posting stands in could have said anything: one leg of its kind is free too.
  for (const leg of lostLegs) {
    const column = new Float64Array(size);
    moved.forEach(([, { coefficient }], row) => {
      column[row] = (coefficient(leg) + PRIME) % PRIME;
    });
    space.take(column);
  }
  const solvable = moved.map(([fact], row) => {
    const change = new Float64Array(size);
    change[row] = 1;
    return `${fact} ${space.holds(change) ? 'self-supporting' : 'cross-checked'}`;
  });
  expect(moved.length).toBeGreaterThan(500);
  expect(solvable).toStrictEqual(moved.map(([fact, { said }]) => `${fact} ${said}`));
  expect(new Set(moved.map(([, { said }]) => said))).toStrictEqual(
    new Set(['cross-checked', 'self-supporting']),
  );
});
