/**
 * Folding postings into a cube, and the algebra of cubes: add, negate, coarsen.
 *
 * Invariant: a cube is the sum of the postings at the positions that its coverage names, whatever the batches they
 * came in and their order. Cubes of disjoint coverage add; a cube and its negative are nothing. A cell vanishes where
 * no posting is left in it (count 0, amount nil), so a base with an overlay and the overlay's negative is the base
 * byte for byte; a cell whose postings cancel out stays, because postings are behind it.
 *
 *     0: 2022-06-30  ppe.cost additions 100, cash capex (100)     →  ppe.cost additions 2022-06-30  105  2
 *     1: 2022-06-30  ppe.cost additions   5, cash capex   (5)     →  cash     capex     2022-06-30 (105) 2
 */
import { addMinor, formatMinor, negateMinor, parseMinor, type Minor } from '@tieout/money';
import type { Cell, Leg } from './cell';
import { addCoverage, coverageOf, emptyCoverage, negateCoverage, type Coverage, type Span } from './coverage';
import { daysWithin, dayOn, orderedDays, type DayAxis } from './day';

/**
 * What cells are told apart by. The unit always is one of the axes: amounts of two currencies do not add. A dropped
 * axis is empty in every cell.
 */
export interface Axes {
  readonly account: boolean;
  readonly movement: boolean;
  /** A list is of boundary days: a leg stands at the first on or after its day, beyond the last at its day. */
  readonly day: DayAxis;
  readonly dimensions: 'all' | readonly string[];
}

export const everyAxis: Axes = { account: true, movement: true, day: true, dimensions: 'all' };

interface Folded {
  readonly axes: Axes;
  readonly coverage: Coverage;
  /** By account, then by the other axes. */
  readonly cells: ReadonlyMap<string, ReadonlyMap<string, Cell>>;
}

/** Postings of the log, and of nothing else: what statements are evaluated on, snapshots kept and batches added. */
export interface Cube extends Folded {
  readonly scenario?: never;
}

/** A cube with postings that nobody made: it says of which scenario, and can be no `Cube` until they are taken out. */
export interface HypotheticalCube extends Folded {
  readonly scenario: string;
}

export type AnyCube = Cube | HypotheticalCube;

/** The postings of one log position: none where the event is no entry, and the position is covered all the same. */
export interface PositionedLegs {
  readonly position: number;
  readonly legs: readonly Leg[];
}

/** One way through the axes of legs: account, movement, unit, then dimension and member in turn, then the day. */
interface Node {
  next?: Map<string, Node>;
  cell?: { -readonly [K in keyof Cell]: Cell[K] };
}

const isNothing = (cell: Cell): boolean => cell.count === 0 && cell.minor === 0;

/** Boundary days and dimensions once each and in order, so that the same axes are the same bytes. */
export const orderedAxes = ({ account, movement, day, dimensions }: Axes): Axes => ({
  account,
  movement,
  day: orderedDays(day),
  dimensions: dimensions === 'all' ? 'all' : [...new Set(dimensions)].sort(),
});

export const emptyCube = (axes: Axes = everyAxis): Cube => ({
  axes: orderedAxes(axes),
  coverage: emptyCoverage,
  cells: new Map(),
});

/** Where a name leads from here. */
function step(node: Node, name: string): Node {
  const names = (node.next ??= new Map<string, Node>());
  let next = names.get(name);
  if (!next) names.set(name, (next = {}));
  return next;
}

/** Its dimensions in order. */
function namesIn(leg: Leg): readonly string[] {
  const names = Object.keys(leg.dimensions);
  return names.length > 1 ? names.sort() : names;
}

/** NUL stands in no name, so two cells cannot share a key. */
const keyOf = ({ movement, day, unit, dimensions }: Omit<Cell, 'minor' | 'count'>): string =>
  [movement, day, unit, ...Object.entries(dimensions).flat()].join('\0');

/**
 * Sums legs by the axes: the one place that decides which cell a leg falls in. It walks from name to name and writes
 * a key only for a new cell, because joining names for each leg costs more than the rest of the fold.
 */
function gather(axes: Axes) {
  const root: Node = {};
  const standing = dayOn(axes.day);
  const cells = new Map<string, Map<string, Cell>>();

  function newCell(leg: Leg, names: readonly string[]) {
    const dimensions: Record<string, string> = {};
    for (const name of names) {
      const member = leg.dimensions[name];
      if (member !== undefined) dimensions[name] = member;
    }
    const cell = {
      account: axes.account ? leg.account : '',
      movement: axes.movement ? leg.movement : '',
      day: standing(leg.day),
      unit: leg.unit,
      dimensions,
      minor: 0 as Minor,
      count: 0,
    };
    let ofAccount = cells.get(cell.account);
    if (!ofAccount) cells.set(cell.account, (ofAccount = new Map<string, Cell>()));
    ofAccount.set(keyOf(cell), cell);
    return cell;
  }

  function add(leg: Leg, count: number): void {
    let node = root;
    if (axes.account) node = step(node, leg.account);
    if (axes.movement) node = step(node, leg.movement);
    node = step(node, leg.unit);
    const names = axes.dimensions === 'all' ? namesIn(leg) : axes.dimensions;
    for (const name of names) {
      const member = leg.dimensions[name];
      if (member !== undefined) node = step(step(node, name), member);
    }
    // Last, because days are many: every name before them is one node for all days.
    if (axes.day) node = step(node, standing(leg.day));
    node.cell ??= newCell(leg, names);
    node.cell.minor = addMinor(node.cell.minor, leg.minor);
    node.cell.count += count;
  }

  /** The sums, without what came to nothing. */
  function finish(): Cube['cells'] {
    for (const [account, ofAccount] of cells) {
      for (const [key, cell] of ofAccount) if (isNothing(cell)) ofAccount.delete(key);
      if (ofAccount.size === 0) cells.delete(account);
    }
    return cells;
  }

  return { add, finish };
}

/** A fold in progress, for a log that is read page by page. */
export interface CubeBuilder {
  add(position: number, legs: readonly Leg[]): void;
  /** Ends the fold. Throws CoverageError where a position came twice. */
  build(): Cube;
}

/** Starts the fold of one source's postings. */
export function cubeBuilder(source: string, axes: Axes = everyAxis): CubeBuilder {
  const grain = orderedAxes(axes);
  const gathered = gather(grain);
  const positions: number[] = [];
  let built = false;
  return {
    add(position, legs) {
      if (built) throw new Error('assertion failed: a built cube takes no more postings; add cubes instead');
      positions.push(position);
      for (const leg of legs) gathered.add(leg, 1);
    },
    build() {
      built = true;
      return { axes: grain, coverage: coverageOf(source, positions), cells: gathered.finish() };
    },
  };
}

/** The source of a scenario's postings. No log of a book is called so. */
const hypotheticalSource = (scenario: string): string => `scenario:${scenario}`;

/** The scenarios that a coverage speaks of, joined; undefined where it speaks of the log only. */
function scenarioIn(coverage: Coverage): string | undefined {
  const names = [...coverage.keys()].flatMap((source) => /^scenario:(.*)$/s.exec(source)?.[1] ?? []);
  return names.length === 0 ? undefined : names.sort().join('+');
}

/** Marked where something hypothetical is in it, and only there. */
function marked(folded: Folded): AnyCube {
  const scenario = scenarioIn(folded.coverage);
  return scenario === undefined ? folded : { ...folded, scenario };
}

/** The cube, if nothing hypothetical is in it; it is a bug to ask that of another. */
export function reported(cube: AnyCube): Cube {
  if (cube.scenario === undefined) return cube;
  throw new Error(
    `assertion failed: a cube with entries of the scenario ${cube.scenario} is hypothetical; it is not published, recorded or appended to`,
  );
}

/** A scenario's entries, numbered from 0, as a cube that is marked as hypothetical. */
export const foldHypothetical = (
  batch: Iterable<PositionedLegs>,
  scenario: string,
  axes: Axes = everyAxis,
): HypotheticalCube => ({ ...foldPostings(batch, hypotheticalSource(scenario), axes), scenario });

/** The cube of one batch from one source. Throws CoverageError where a position comes twice. */
export function foldPostings(batch: Iterable<PositionedLegs>, source: string, axes: Axes = everyAxis): Cube {
  const builder = cubeBuilder(source, axes);
  for (const { position, legs } of batch) builder.add(position, legs);
  return builder.build();
}

/**
 * Both cubes' postings. Throws CoverageError where the coverages overlap with one sign. Shares what the second does
 * not touch with the first, so adding a batch to a large cube costs what the batch touches.
 */
export function addCubes(a: Cube, b: Cube): Cube;
/** Marked until what is hypothetical has been taken out again. */
export function addCubes(a: AnyCube, b: AnyCube): AnyCube;
export function addCubes(a: AnyCube, b: AnyCube): AnyCube {
  if (JSON.stringify(a.axes) !== JSON.stringify(b.axes)) {
    throw new Error('assertion failed: cubes of different axes do not add; coarsen both to the same');
  }
  const coverage = addCoverage(a.coverage, b.coverage);
  const cells = new Map(a.cells);
  for (const [account, added] of b.cells) {
    const sum = new Map(a.cells.get(account));
    for (const [key, cell] of added) {
      const there = sum.get(key);
      const both = there
        ? { ...there, minor: addMinor(there.minor, cell.minor), count: there.count + cell.count }
        : cell;
      if (isNothing(both)) sum.delete(key);
      else sum.set(key, both);
    }
    if (sum.size === 0) cells.delete(account);
    else cells.set(account, sum);
  }
  return marked({ axes: a.axes, coverage, cells });
}

/** The cube with one more batch, folded at the cube's own axes. The given cube stays as it was. */
export const addBatch = (cube: Cube, batch: Iterable<PositionedLegs>, source: string): Cube =>
  addCubes(reported(cube), foldPostings(batch, source, cube.axes));

/** The same postings taken out: of an entry, what its reversal does; of an overlay, its end. */
export function negateCube<Of extends AnyCube>(cube: Of): Of {
  const negative = (cell: Cell): Cell => ({ ...cell, minor: negateMinor(cell.minor), count: 0 - cell.count });
  const cells = new Map(
    [...cube.cells].map(([account, ofAccount]) => [
      account,
      new Map([...ofAccount].map(([key, cell]) => [key, negative(cell)])),
    ]),
  );
  return { ...cube, coverage: negateCoverage(cube.coverage), cells };
}

/** Are all these axes among those? */
const within = (fewer: Axes, more: Axes): boolean =>
  (more.account || !fewer.account) &&
  (more.movement || !fewer.movement) &&
  daysWithin(fewer.day, more.day) &&
  (more.dimensions === 'all' ||
    (fewer.dimensions !== 'all' && fewer.dimensions.every((name) => more.dimensions.includes(name))));

/** Cells that were summed elsewhere, at these axes or more: the cube of the postings at the positions of the coverage. */
export function cubeOf(cells: Iterable<Cell>, kept: Axes, coverage: Coverage): Cube {
  const axes = orderedAxes(kept);
  const gathered = gather(axes);
  for (const cell of cells) gathered.add(cell, cell.count);
  return { axes, coverage, cells: gathered.finish() };
}

/** The same postings by fewer axes: those kept. */
export function coarsen(cube: Cube, kept: Axes): Cube {
  const axes = orderedAxes(kept);
  if (!within(axes, cube.axes))
    throw new Error('assertion failed: a cube has no axes beyond those it was folded by');
  const cells = [...cube.cells.values()].flatMap((ofAccount) => [...ofAccount.values()]);
  return cubeOf(cells, axes, cube.coverage);
}

const byCodeUnit = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** All cells in canonical order: by account, movement, day, unit, dimensions. */
export const cellsOf = (cube: Cube): readonly Cell[] =>
  [...reported(cube).cells]
    .sort(byCodeUnit)
    .flatMap(([, cells]) => [...cells].sort(byCodeUnit).map(([, cell]) => cell));

/** A cube as JSON: for snapshots and hashes. Equal cubes are equal bytes. */
export interface CubeJson {
  readonly axes: Axes;
  readonly coverage: readonly (readonly [source: string, spans: readonly Span[]])[];
  readonly cells: readonly (Omit<Cell, 'minor'> & { readonly minor: string })[];
}

export const cubeToJson = (cube: Cube): CubeJson => ({
  axes: cube.axes,
  coverage: [...cube.coverage].sort(byCodeUnit),
  cells: cellsOf(cube).map((cell) => ({ ...cell, minor: formatMinor(cell.minor) })),
});

/** The inverse of `cubeToJson`. */
export function cubeFromJson(json: CubeJson): Cube {
  const cells = json.cells.map((cell): Cell => ({ ...cell, minor: parseMinor(cell.minor) }));
  return cubeOf(cells, json.axes, new Map(json.coverage));
}
