/**
 * Readings that were lost or damaged, and the equations in print that give them.
 *
 * The unknowns are the repaired readings, the equations all ties between exact prints that touch one. A reading is
 *
 *     over-determined   whichever one of the independent equations were left out, the others still give it
 *     determined        the equations give it, but one of them alone: a person has to confirm it
 *     undetermined      they do not give it
 *
 * An equation that is needed to give a reading is spent: it cannot confirm it as well. What is left over can.
 */
import { reducedEchelon, type SparseVector } from './elimination';
import type { Equation } from './hold';
import type { Prints } from './prints';

export interface Repair {
  readonly figure: string;
  readonly found: 'over-determined' | 'determined' | 'undetermined';
  /** The ties that touch it. */
  readonly equations: readonly string[];
  /** The other prints that, misread alone, would have given another reading unnoticed: of an over-determined one mostly none. */
  readonly restsOn: readonly string[];
}

export interface Repairs {
  readonly repairs: readonly Repair[];
  /** Ties that were needed to give a reading. */
  readonly spent: ReadonlySet<string>;
}

interface Row {
  readonly tie: string;
  /** Coefficient by figure. */
  readonly terms: ReadonlyMap<string, number>;
}

/** A linear equation between exact prints; undefined for any other. */
function rowOf({ tie, residual, degree, figures }: Equation, prints: Prints): Row | undefined {
  if (degree !== 1 || tie.missing !== undefined) return undefined;
  if (!figures.every((figure) => prints.get(figure)?.exact)) return undefined;
  return {
    tie: tie.id,
    terms: new Map(
      residual.flatMap(({ of: [figure], times }) => (figure === undefined ? [] : [[figure, times] as const])),
    ),
  };
}

/** Columns of a system: the readings that it is to give. */
function echelonOf(rows: readonly Row[], unknowns: readonly string[]): ReadonlyMap<number, SparseVector> {
  const column = new Map(unknowns.map((figure, index) => [figure, index]));
  return reducedEchelon(
    rows.map(({ terms }) => {
      const own = [...terms].flatMap(([figure, times]) => {
        const index = column.get(figure);
        return index === undefined ? [] : [[index, times] as const];
      });
      return new Map(own);
    }),
  );
}

/** Do the rows give the first of the unknowns, the others being unknown too? */
const gives = (rows: readonly Row[], unknowns: readonly string[]): boolean =>
  echelonOf(rows, unknowns).get(0)?.size === 1;

/** Unknowns and the rows that touch them, apart from those that they have no row in common with. */
function components(
  unknowns: readonly string[],
  rows: readonly Row[],
): { unknowns: string[]; rows: Row[] }[] {
  let groups: { unknowns: string[]; rows: Row[] }[] = unknowns.map((figure) => ({
    unknowns: [figure],
    rows: [],
  }));
  for (const row of rows) {
    const touched = groups.filter((group) => group.unknowns.some((figure) => row.terms.has(figure)));
    const merged = {
      unknowns: touched.flatMap((group) => group.unknowns),
      rows: [...touched.flatMap((group) => group.rows), row],
    };
    groups = [...groups.filter((group) => !touched.includes(group)), merged];
  }
  return groups;
}

/** Rows that are no sum of the rows before them: the same equation twice is one. */
function independent(rows: readonly Row[]): readonly Row[] {
  const figures = [...new Set(rows.flatMap(({ terms }) => [...terms.keys()]))];
  const kept: Row[] = [];
  for (const row of rows) {
    if (echelonOf([...kept, row], figures).size > kept.length) kept.push(row);
  }
  return kept;
}

/** The equations, in their order, without which the rank would be less. */
function needed(rows: readonly Row[], unknowns: readonly string[]): readonly string[] {
  const kept: Row[] = [];
  for (const row of rows) {
    if (echelonOf([...kept, row], unknowns).size > kept.length) kept.push(row);
  }
  return kept.map(({ tie }) => tie);
}

export function repairsOf(prints: Prints, equations: readonly Equation[]): Repairs {
  const unknowns = prints.all
    .filter(({ figure }) => figure.reading === 'repaired')
    .map(({ figure }) => figure.id);
  if (unknowns.length === 0) return { repairs: [], spent: new Set() };
  const sought = new Set(unknowns);
  const rows = equations
    .filter(({ figures }) => figures.some((figure) => sought.has(figure)))
    .flatMap((equation) => rowOf(equation, prints) ?? []);
  const repairs = new Map<string, Repair>();
  const spent = new Set<string>();
  for (const group of components(unknowns, rows)) {
    const distinct = independent(group.rows);
    for (const tie of needed(group.rows, group.unknowns)) spent.add(tie);
    const others = new Set(
      group.rows.flatMap(({ terms }) => [...terms.keys()]).filter((figure) => !sought.has(figure)),
    );
    for (const figure of group.unknowns) {
      const system = [figure, ...group.unknowns.filter((each) => each !== figure)];
      const equationsOf = group.rows.filter(({ terms }) => terms.has(figure)).map(({ tie }) => tie);
      const given = gives(group.rows, system);
      const held =
        given &&
        distinct.every((row) =>
          gives(
            distinct.filter((each) => each !== row),
            system,
          ),
        );
      const restsOn = given ? [...others].filter((other) => !gives(group.rows, [...system, other])) : [];
      const found = !given ? 'undetermined' : held ? 'over-determined' : 'determined';
      repairs.set(figure, { figure, found, equations: equationsOf, restsOn });
    }
  }
  return { repairs: unknowns.flatMap((figure) => repairs.get(figure) ?? []), spent };
}
