import fc from 'fast-check';
import {
  addCoverage,
  coverageOf,
  CoverageError,
  emptyCoverage,
  negateCoverage,
  signAt,
  type Coverage,
} from '@tieout/cube';

/** As `log +[0, 17) +[18, 500)`. */
const write = (coverage: Coverage): string =>
  [...coverage]
    .map(([source, spans]) =>
      [source, ...spans.map(({ from, until, sign }) => `${sign === 1 ? '+' : '−'}[${from}, ${until})`)].join(
        ' ',
      ),
    )
    .join('; ');

const span = (source: string, from: number, until: number): Coverage =>
  new Map([[source, [{ from, until, sign: 1 }]]]);

test('batches that touch are one span', () => {
  expect(write(addCoverage(span('log', 500, 1000), span('log', 0, 500)))).toBe('log +[0, 1000)');
  expect(write(coverageOf('log', [4, 0, 1, 2, 7]))).toBe('log +[0, 3) +[4, 5) +[7, 8)');
});

test('taking a position out of the log leaves a hole; putting it back closes it', () => {
  const without = addCoverage(span('log', 0, 500), negateCoverage(span('log', 17, 18)));
  expect(write(without)).toBe('log +[0, 17) +[18, 500)');
  expect(write(addCoverage(without, span('log', 17, 18)))).toBe('log +[0, 500)');
});

test('positive and negative stand side by side; sources do not meet', () => {
  const both = addCoverage(span('log', 0, 3), negateCoverage(span('log', 3, 5)));
  expect(write(both)).toBe('log +[0, 3) −[3, 5)');
  expect(write(addCoverage(both, span('scenario', 0, 3)))).toBe('log +[0, 3) −[3, 5); scenario +[0, 3)');
  expect([2, 3, 5].map((position) => signAt(both, 'log', position))).toStrictEqual([1, -1, 0]);
  expect(signAt(both, 'scenario', 2)).toBe(0);
});

test('an overlap is refused and says where', () => {
  const overlap = (a: Coverage, b: Coverage): string => {
    try {
      return write(addCoverage(a, b));
    } catch (error) {
      return error instanceof CoverageError ? error.message : 'another error';
    }
  };
  const end = 'the batch was delivered again, or overlaps another';
  expect(overlap(span('log', 0, 5), span('log', 3, 9))).toBe(
    `positions 3 to 4 of log would be covered twice: ${end}`,
  );
  expect(overlap(span('log', 0, 5), span('log', 4, 9))).toBe(
    `position 4 of log would be covered twice: ${end}`,
  );
  expect(overlap(negateCoverage(span('log', 0, 5)), negateCoverage(span('log', 0, 5)))).toBe(
    `positions 0 to 4 of log would be covered twice: ${end}`,
  );
  expect(() => coverageOf('log', [1, 2, 1])).toThrow(CoverageError);
});

/** The model: a sign by position. */
const signs = fc.dictionary(
  fc.constantFrom('log', 'scenario'),
  fc.array(fc.constantFrom(-1, 0, 1), { maxLength: 12 }),
);
type Signs = Record<string, readonly number[]>;

function fromSigns(model: Signs): Coverage {
  let coverage = emptyCoverage;
  for (const [source, list] of Object.entries(model)) {
    const at = (sign: number) => [...list.keys()].filter((position) => list[position] === sign);
    coverage = addCoverage(coverage, coverageOf(source, at(1)));
    coverage = addCoverage(coverage, negateCoverage(coverageOf(source, at(-1))));
  }
  return coverage;
}

const sources = ['log', 'scenario'];
const positions = Array.from({ length: 12 }, (_, position) => position);

describe('laws of coverage', () => {
  test('adding is adding the sign of each position, refused where one would be two', () => {
    fc.assert(
      fc.property(signs, signs, (a: Signs, b: Signs) => {
        const sum = (source: string, at: number) => (a[source]?.[at] ?? 0) + (b[source]?.[at] ?? 0);
        const twice = sources.some((source) => positions.some((at) => Math.abs(sum(source, at)) > 1));
        const add = () => addCoverage(fromSigns(a), fromSigns(b));
        if (twice) expect(add).toThrow(CoverageError);
        else
          for (const source of sources)
            for (const at of positions) expect(signAt(add(), source, at)).toBe(sum(source, at));
      }),
      { numRuns: 1000 },
    );
  });

  test('one form: spans in order, disjoint, touching ones merged, no source without spans', () => {
    fc.assert(
      fc.property(signs, (model: Signs) => {
        for (const spans of fromSigns(model).values()) {
          expect(spans.length).toBeGreaterThan(0);
          spans.forEach(({ from, until, sign }, index) => {
            expect(from).toBeLessThan(until);
            const before = spans[index - 1];
            if (before)
              expect(before.until < from || (before.until === from && before.sign !== sign)).toBe(true);
          });
        }
      }),
    );
  });

  test('a coverage and its negative are nothing', () => {
    fc.assert(
      fc.property(signs, (model: Signs) => {
        const coverage = fromSigns(model);
        expect(addCoverage(coverage, negateCoverage(coverage))).toStrictEqual(new Map());
        expect(negateCoverage(negateCoverage(coverage))).toStrictEqual(coverage);
      }),
    );
  });
});
