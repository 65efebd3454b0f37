/**
 * The names of sealed pages: what columns of numbers stand for.
 *
 * A class is what a leg is besides its day and amount: account, movement, unit, dimensions. Classes, days and kinds of
 * entries are numbered in order of first appearance, and each page carries the names that it is the first to use, so
 * pages are read in order. Invariant: the names after a page have a hash that is chained over the names of all pages up
 * to it, and each page's own hash includes it; a page cannot be read with the names of another log.
 *
 *     page 0  {"kinds":["ExpenseIncurred"],"days":["2022-06-30"],"classes":[["cash","opex","RMB"]]}
 *     page 1  {"kinds":[],"days":["2022-07-01"],"classes":[["ppe.cost","additions","RMB","class","electronic"]]}
 */
import { createHash } from 'node:crypto';
import type { Leg } from './cell';

/** What a leg is besides its day and amount. */
export type LegClass = Omit<Leg, 'day' | 'minor'>;

/** By number. Grows as pages are opened or sealed. */
export interface PageNames {
  readonly classes: readonly LegClass[];
  readonly days: readonly string[];
  /** The first is '': of an event that carries no entry. */
  readonly kinds: readonly string[];
  /** Of the names so far, page by page. */
  readonly sha256: string;
  /** The same hash after each page, and before the first. */
  readonly stages: ReadonlySet<string>;
}

/** A cached page that must not be used: its bytes are damaged, or it does not follow the pages that were read. */
export class PageError extends Error {
  constructor(
    readonly reason: 'form' | 'version' | 'endianness' | 'hash' | 'names' | 'order',
    message: string,
  ) {
    super(message);
    this.name = 'PageError';
  }
}

/** NOTE stored format: the names that a page is the first to use. A class is account, movement, unit, then dimensions and members in turn. */
export interface NewNames {
  readonly kinds: readonly string[];
  readonly days: readonly string[];
  readonly classes: readonly (readonly string[])[];
}

export interface GrowingNames extends PageNames {
  readonly classes: LegClass[];
  readonly days: string[];
  readonly kinds: string[];
  sha256: string;
  readonly stages: Set<string>;
}

/** NOTE stored format: where every chain of names starts. */
const START = createHash('sha256').update('tieout.page/1').digest('hex');

/** The names before the first page, or as they stand in `after`. */
export const growingNames = (after?: PageNames): GrowingNames => ({
  classes: [...(after?.classes ?? [])],
  days: [...(after?.days ?? [])],
  kinds: [...(after?.kinds ?? [''])],
  sha256: after?.sha256 ?? START,
  stages: new Set(after?.stages ?? [START]),
});

/** The hash of the names once those of one more page are in. */
export const nextStage = (names: PageNames, text: string): string =>
  createHash('sha256').update(names.sha256).update(text).digest('hex');

const isNames = (value: unknown, least: number): value is readonly string[] =>
  Array.isArray(value) && value.length >= least && value.every((name) => typeof name === 'string');

/** Throws PageError where the text is not what a page writes. */
export function parseNames(text: string): NewNames {
  let parsed: Partial<Record<keyof NewNames, unknown>>;
  try {
    parsed = Object(JSON.parse(text)) as typeof parsed;
  } catch {
    throw new PageError('names', 'the names of a page are not JSON');
  }
  const { kinds, days, classes } = parsed;
  const isClass = (each: unknown): each is readonly string[] => isNames(each, 3) && each.length % 2 === 1;
  if (!isNames(kinds, 0) || !isNames(days, 0) || !Array.isArray(classes) || !classes.every(isClass))
    throw new PageError('names', 'the names of a page are not lists of kinds, days and classes');
  return { kinds, days, classes };
}

function classOf([account = '', movement = '', unit = '', ...members]: readonly string[]): LegClass {
  const pairs = members.flatMap((name, index) => (index % 2 ? [] : [[name, members[index + 1] ?? '']]));
  return { account, movement, unit, dimensions: Object.fromEntries(pairs) as Record<string, string> };
}

/** Takes in the names of the next page. */
export function learn(names: GrowingNames, { kinds, days, classes }: NewNames, stage: string): void {
  for (const kind of kinds) names.kinds.push(kind);
  for (const day of days) names.days.push(day);
  for (const each of classes) names.classes.push(classOf(each));
  names.sha256 = stage;
  names.stages.add(stage);
}

/** The names of earlier pages, in their order from page 0. Throws PageError where one cannot be read. */
export function readNames(texts: Iterable<string>): PageNames {
  const names = growingNames();
  for (const text of texts) learn(names, parseNames(text), nextStage(names, text));
  return names;
}

/** Numbers names, and hands over those that are new. */
export function nameWriter(names: GrowingNames) {
  interface Node {
    readonly next: Map<string, Node>;
    id: number;
  }
  const node = (): Node => ({ next: new Map(), id: -1 });
  const step = ({ next }: Node, name: string): Node => {
    let there = next.get(name);
    if (!there) next.set(name, (there = node()));
    return there;
  };
  const byClass = node();
  const byDay = new Map(names.days.map((day, id) => [day, id]));
  const byKind = new Map(names.kinds.map((kind, id) => [kind, id]));
  let fresh: { kinds: string[]; days: string[]; classes: string[][] } = { kinds: [], days: [], classes: [] };
  let classes = names.classes.length;

  /** It walks from name to name: joining names to a key for each leg would cost more than the rest of the sealing. */
  function find({ account, movement, unit, dimensions }: LegClass): Node {
    let at = step(step(step(byClass, account), movement), unit);
    for (const name in dimensions) at = step(step(at, name), dimensions[name] ?? '');
    return at;
  }
  names.classes.forEach((each, id) => (find(each).id = id));

  function numberIn(known: Map<string, number>, name: string, added: string[]): number {
    let id = known.get(name);
    if (id === undefined) {
      known.set(name, (id = known.size));
      added.push(name);
    }
    return id;
  }

  return {
    kind: (kind: string): number => numberIn(byKind, kind, fresh.kinds),
    day: (day: string): number => numberIn(byDay, day, fresh.days),
    leg(leg: LegClass): number {
      const found = find(leg);
      if (found.id === -1) {
        found.id = classes++;
        const { account, movement, unit, dimensions } = leg;
        fresh.classes.push([account, movement, unit, ...Object.entries(dimensions).flat()]);
      }
      return found.id;
    },
    /** Ends a page: what it is the first to use, as it is stored. */
    take(): string {
      const text = JSON.stringify(fresh);
      learn(names, fresh, nextStage(names, text));
      fresh = { kinds: [], days: [], classes: [] };
      return text;
    },
  };
}
