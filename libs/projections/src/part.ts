/**
 * A part of a fold: the postings at some positions of a log as a cube, made wherever that is convenient and added later.
 *
 * Cubes of disjoint coverage add, so a log can be folded by several processes, each its range of positions or its
 * streams (part-fold.ts). Invariant: parts whose coverages make up the whole log add to the cube that one replay makes,
 * byte for byte, whatever the cut, the order and the tree of adding; a position in two parts is refused, one in none is
 * named.
 *
 *     [0, 10000) of corner-shop   +   [10000, 20052) of corner-shop   =   the trial balance of 20,052 events
 *
 * Sums know no order, so a part judges nothing that depends on one: whether an opening meets the entries before it, or a
 * reversal what it reverses. It counts such events by name; `verify` judges them.
 */
import {
  addCoverage,
  addCubes,
  cellsOf,
  CoverageError,
  cubeFromJson,
  cubeToJson,
  type Cube,
  type CubeJson,
  type Span,
} from '@tieout/cube';
import type { Head } from '@tieout/event-log';
import { canonical, refuse, sha256 } from '@tieout/events';
import { balancesOf } from '@tieout/ledger';
import { negateMinor, sumMinor, type Minor } from '@tieout/money';

/** The source that the coverage of a part speaks of. */
export const LOG = 'log';

export interface Part {
  readonly book: string;
  /** Of structure and boundary days: cubes of others do not add. */
  readonly basis: string;
  /** The log that positions are of, as long as it was then. */
  readonly log: Head;
  /** Events covered that sums say nothing of, by name: those without an entry, and reversals. */
  readonly unjudged: Readonly<Record<string, number>>;
  readonly cube: Cube;
}

/** Counts by name, summed and in order of the names. */
export function countsOf(counts: Iterable<readonly [name: string, count: number]>): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [name, count] of counts) sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A part and what to call it in messages: its file. */
export interface Named {
  readonly name: string;
  readonly part: Part;
}

/** Refuses (E406) parts that are not of the same book, at the same days, in the same log at the same length. */
function refuseOthers(first: Named, other: Named): void {
  const [a, b] = [first.part, other.part];
  const differ = (what: string, ofA: string, ofB: string, help: string): void => {
    if (ofA !== ofB)
      refuse('E406', `${other.name} is of ${what} ${ofB}, ${first.name} of ${what} ${ofA}`, { help });
  };
  differ('the book', a.book, b.book, 'parts of one book add');
  differ('the basis', a.basis, b.basis, 'fold both with the same book folder, and the same --at');
  differ(
    'the log',
    `${a.log.length}:${a.log.head}`,
    `${b.log.length}:${b.log.head}`,
    'fold all parts of one log, and with the same --known-at where it grows meanwhile',
  );
}

/** The sum of parts, in any order. Refuses (E406) what does not belong together, and positions that two of them cover. */
export function mergeParts(parts: readonly [Named, ...Named[]]): Part {
  const [first, ...others] = parts;
  for (const other of others) refuseOthers(first, other);
  parts.forEach((later, index) => {
    for (const earlier of parts.slice(0, index)) {
      try {
        addCoverage(earlier.part.cube.coverage, later.part.cube.coverage);
      } catch (error) {
        if (!(error instanceof CoverageError)) throw error;
        const { from, until } = error;
        const both = until === from + 1 ? `position ${from}` : `positions ${from} to ${until - 1}`;
        refuse('E406', `${earlier.name} and ${later.name} both cover ${both}`, {
          notes: ['added twice, the books would foot all the same'],
          help: 'leave one of them out, or fold the shares again without the overlap',
        });
      }
    }
  });
  return {
    ...first.part,
    unjudged: countsOf(parts.flatMap(({ part }) => Object.entries(part.unjudged))),
    cube: others.reduce((sum, { part }) => addCubes(sum, part.cube), first.part.cube),
  };
}

/** The positions of the log that a part does not cover, in order. */
export function missingFrom({ cube, log }: Part): readonly Omit<Span, 'sign'>[] {
  const missing: { from: number; until: number }[] = [];
  let next = 0;
  for (const { from, until } of cube.coverage.get(LOG) ?? []) {
    if (from > next) missing.push({ from: next, until: from });
    next = until;
  }
  if (next < log.length) missing.push({ from: next, until: log.length });
  return missing;
}

/** NOTE stored format: what is in the file of a part. `sha256` is over the canonical JSON of all else. */
export interface PartJson extends Omit<Part, 'cube'> {
  readonly schema: 'tieout.fold/1';
  readonly cube: CubeJson;
  readonly sha256: string;
}

export function partToJson({ cube, book, basis, log, unjudged }: Part): PartJson {
  const said = { schema: 'tieout.fold/1', book, basis, log, unjudged, cube: cubeToJson(cube) } as const;
  return { ...said, sha256: sha256(canonical(said)) };
}

/** The inverse; undefined where the file is not what was written: changed, or one that no fold makes. */
export function partFromJson({ sha256: hash, ...said }: PartJson): Part | undefined {
  const { schema: _, cube: json, ...rest } = said;
  const part = { ...rest, cube: cubeFromJson(json) };
  const spans = part.cube.coverage.get(LOG) ?? [];
  const sound =
    canonical(partToJson(part)) === canonical({ ...said, sha256: hash }) &&
    [...part.cube.coverage.keys()].every((source) => source === LOG) &&
    spans.every(
      ({ from, until, sign }, index) =>
        sign === 1 && from < until && until <= part.log.length && from > (spans[index - 1]?.until ?? -1),
    ) &&
    isBalanced(part);
  return sound ? part : undefined;
}

/** Do its postings foot to nil in every unit? Each entry does, and lies in one part. */
const isBalanced = ({ cube }: Part): boolean =>
  balancesOf(cellsOf(cube).map(({ unit, minor }) => ({ account: '', unit, minor }))).length === 0;

/** What all accounts of the covered positions stand at, in debit and in credit, by unit: the totals of a trial balance. */
export function totalsOf({ cube }: Part): readonly { unit: string; debits: Minor; credits: Minor }[] {
  const balances = balancesOf(cellsOf(cube));
  return [...new Set(balances.map(({ unit }) => unit))].sort().map((unit) => {
    const amounts = balances.filter((balance) => balance.unit === unit).map(({ minor }) => minor);
    return {
      unit,
      debits: sumMinor(amounts.filter((minor) => minor > 0)),
      credits: negateMinor(sumMinor(amounts.filter((minor) => minor < 0))),
    };
  });
}
