/**
 * A figure down to its entries, and up to what is made of it.
 */
import * as fc from 'fast-check';
import { checkFigures } from './check';
import { heldBy } from './held-by';
import { movedFacts } from './moved';
import { smallBook } from './small-book';
import { traceOf, usesOf } from './trace';

const shop = `
  income  RMB'000
    sales      8,123  7,456
    repairs    2,345  1,961
    wages     (6,120) (5,047)
    gross     = sales + repairs
    profit    = gross + wages
    margin    % profit / sales
  summary  RMB million 1
    profit'   : profit
  cash  RMB'000
    before    opening cash
    moved     moved cash
    after     closing cash
`;
const { input, entries } = smallBook(shop);
const { world } = input;
const check = checkFigures(input);

/** In thousands, by movement: entries with what they add. */
const traced = (fact: string) => {
  const trace = traceOf(fact, entries, world);
  const thousands = (minor: number | bigint): number => Number(minor) / 100_000;
  return (
    trace && {
      ...(trace.opening ? { opening: [trace.opening.fact, thousands(trace.opening.minor)] } : {}),
      movements: trace.movements.map((each) => [
        each.movement,
        thousands(each.minor),
        each.entries.map(({ entry, minor }) => `${entry.id} ${thousands(minor)}`).join(', '),
      ]),
      total: thousands(trace.minor),
    }
  );
};

test('a flow is all movement', () => {
  expect(traced('gross@2022')).toStrictEqual({
    movements: [['profit-or-loss', 10468, 'JE-sales-2022 8123, JE-repairs-2022 2345']],
    total: 10468,
  });
});

test('a stock rolls forward from the day before its period', () => {
  expect(traced('cash@2022-12-31')).toStrictEqual({
    opening: ['cash@2021-12-31', 4370],
    movements: [['profit-or-loss', 4348, 'JE-sales-2022 8123, JE-repairs-2022 2345, JE-wages-2022 -6120']],
    total: 8718,
  });
});

test('a quotient has no entries of its own', () => {
  expect(traced('margin@2022')).toBeUndefined();
});

test('what is made of a figure: sums and quotients that are published, and totals that foot', () => {
  expect(usesOf('sales@2022', check, entries, world)).toStrictEqual([
    { id: 'gross@2022', how: 'part of a sum' },
    { id: 'margin@2022', how: 'in a quotient' },
  ]);
  expect(usesOf('cash@2021-12-31', check, entries, world)).toStrictEqual([
    { id: 'cash@2022-12-31', how: 'part of a total' },
  ]);
});

test('the shortest tie that no entry can absorb holds a cross-checked figure', () => {
  const by = (fact: string) => heldBy(fact, check, entries, world)?.id;
  expect([by('sales@2022'), by('gross@2022'), by('margin@2022')]).toStrictEqual([
    'foot:gross@2022',
    'foot:gross@2022',
    undefined,
  ]);
  // Two entries that happen to be alike: either could change alone.
  const alike = smallBook(`
  table  RMB'000
    a      5  1
    b      5  2
    total  = a + b`);
  const declared = [{ id: 'AR', kind: 'articulate' as const, left: 'a@2022', right: 'b@2022', why: '' }];
  const tied = checkFigures({ ...alike.input, declared });
  expect(tied.ties.find(({ tie }) => tie.id === 'AR')?.state).toBe('ties');
  expect(heldBy('a@2022', tied, alike.entries, alike.input.world)?.id).toBe('foot:total@2022');
});

test('what an entry moved: its figures, and what is made of them', () => {
  const facts = check.prints.all.map(({ figure }) => figure.fact);
  const wages = entries.filter(({ id }) => id === 'JE-wages-2022');
  expect([...movedFacts(facts, wages, world)]).toStrictEqual([
    'wages@2022',
    'profit@2022',
    'margin@2022',
    'moved@2022',
    'cash@2022-12-31',
  ]);
  expect([...movedFacts(facts, [], world)]).toStrictEqual([]);
});

test('law: opening and movements are the figure', () => {
  const amount = fc.integer({ min: -9999, max: 9999 });
  const text = (value: number): string => (value < 0 ? `(${-value})` : String(value));
  fc.assert(
    fc.property(fc.array(fc.tuple(amount, amount), { minLength: 1, maxLength: 4 }), (rows) => {
      const lines = rows.map(([a, b], index) => `    line${index}  ${text(a)} ${text(b)}`).join('\n');
      const sum = rows.map((_, index) => `line${index}`).join(' + ');
      const small = smallBook(
        `  table  RMB'000\n${lines}\n    total  = ${sum}\n    before  opening cash\n    after  closing cash`,
      );
      for (const { fact } of small.input.figures) {
        expect({
          kind: 'money',
          minor: traceOf(fact, small.entries, small.input.world)?.minor,
        }).toStrictEqual(small.input.evaluator.value(fact));
      }
    }),
  );
});
