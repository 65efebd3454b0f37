/**
 * The condensed journal: entries that are alike, summed.
 *
 * Entries of one kind whose legs fall in the same classes and boundary days enter every figure in the same way, so a
 * proof or a what-if that reads them as one finds what it would find of each. A group keeps the position of its first
 * entry and how many there are. Invariant: the cells of all groups sum to the cube of the entries at the boundary days.
 *
 *     17  ExpenseIncurred  2022-06-02  opex 100, cash (100)
 *     41  ExpenseIncurred  2022-06-19  opex  25, cash  (25)     →  17  ×2  2022-06-30  opex 125 ×2, cash (125) ×2
 */
import { addMinor, type Minor } from '@tieout/money';
import type { Cell } from './cell';
import { orderedDays, type DayAxis } from './day';
import type { Page } from './page';
import { minorAt } from './page-columns';
import type { LegClass, PageNames } from './page-names';
import { standingDays } from './page-sums';

/** Entries of one kind that touch the same classes on the same boundary days. */
export interface CondensedEntry {
  readonly kind: string;
  /** Log position of the first. */
  readonly first: number;
  /** How many entries. */
  readonly count: number;
  /** Their legs summed, each at its boundary day, in the order of the first entry's. */
  readonly cells: readonly Cell[];
}

export interface CondensedEntries {
  /** Adds the entries of a page, or those from one ordinal until, not including, another. Pages come in order, each once. */
  add(page: Page, from?: number, until?: number): void;
  /** In order of their first entries. */
  groups(): readonly CondensedEntry[];
}

interface Group {
  readonly kind: number;
  readonly first: number;
  count: number;
  readonly classes: readonly number[];
  readonly days: readonly number[];
  readonly minors: Minor[];
  readonly postings: number[];
}

/** The legs of an entry in one order: which cell of the group each goes to. */
interface Pattern {
  readonly group: Group;
  readonly cells: readonly number[];
}

/**
 * A tree of which every branch has two numbers, flat in one hash table: a million entries walk it leg by leg, and a
 * Map per node would cost more than all the rest.
 */
function branches() {
  const slots = (size: number) => ({ keys: new Int32Array(size * 3), to: new Int32Array(size) });
  let [size, nodes] = [1 << 12, 1];
  let table = slots(size);

  /** The slot of a branch, or the free one where it belongs. Node 0 is the root, and no branch leads there. */
  function slotOf({ keys, to }: typeof table, node: number, a: number, b: number): number {
    let hash = Math.imul(node, 0x9e3779b1) ^ Math.imul(a, 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35);
    hash ^= hash >>> 15;
    for (let slot = hash & (size - 1); ; slot = (slot + 1) & (size - 1)) {
      if (to[slot] === 0) return slot;
      if (keys[slot * 3] === node && keys[slot * 3 + 1] === a && keys[slot * 3 + 2] === b) return slot;
    }
  }

  function grow(): void {
    const { keys, to } = table;
    const larger = slots((size *= 2));
    to.forEach((next, slot) => {
      if (next === 0) return;
      const key = keys.subarray(slot * 3, slot * 3 + 3);
      const at = slotOf(larger, key[0] as number, key[1] as number, key[2] as number);
      larger.keys.set(key, at * 3);
      larger.to[at] = next;
    });
    table = larger;
  }

  /** Where the branch leads; it grows where there is none. */
  return function follow(node: number, a: number, b: number): number {
    const slot = slotOf(table, node, a, b);
    const next = table.to[slot] as number;
    if (next !== 0) return next;
    table.keys.set([node, a, b], slot * 3);
    table.to[slot] = nodes;
    if (nodes * 2 > size) grow();
    return nodes++;
  };
}

/** Starts to condense pages that are read with these names. */
export function condensedEntries(names: PageNames, axis: DayAxis): CondensedEntries {
  const standing = standingDays(names, orderedDays(axis));
  const follow = branches();
  const patterns = new Map<number, Pattern>();
  const groupAt = new Map<number, Group>();
  const groups: Group[] = [];

  /** The first entry whose legs come in this order: its group is that of their set, whatever the order. */
  function newPattern(kind: number, first: number, classes: readonly number[], days: readonly number[]) {
    const cells: number[] = [];
    const [ofClass, ofDay]: [number[], number[]] = [[], []];
    classes.forEach((each, leg) => {
      let cell = ofClass.findIndex((there, index) => there === each && ofDay[index] === days[leg]);
      if (cell === -1) {
        cell = ofClass.push(each) - 1;
        ofDay.push(days[leg] as number);
      }
      cells.push(cell);
    });
    const inOrder = [...ofClass.keys()].sort(
      (a, b) =>
        (ofClass[a] as number) - (ofClass[b] as number) || (ofDay[a] as number) - (ofDay[b] as number),
    );
    // Of sets, apart from the orders in which legs come: -2 is the number of no day.
    const node = inOrder.reduce(
      (node, cell) => follow(node, ofClass[cell] as number, ofDay[cell] as number),
      follow(0, kind, -2),
    );
    let group = groupAt.get(node);
    if (!group) {
      const nil = () => ofClass.map(() => 0);
      group = { kind, first, count: 0, classes: ofClass, days: ofDay, minors: nil(), postings: nil() };
      groupAt.set(node, group);
      groups.push(group);
      return { group, cells };
    }
    const { classes: there, days: thereDays } = group;
    const moved = cells.map((cell) =>
      there.findIndex((each, index) => each === ofClass[cell] && thereDays[index] === ofDay[cell]),
    );
    return { group, cells: moved };
  }

  function add(page: Page, from = 0, until = page.count): void {
    const { columns } = page;
    const { kinds, classes, days, amounts } = columns;
    const ofDay = standing.ofNames();
    const dayOf = (leg: number): number => ofDay[days[leg] as number] as number;
    let leg = page.legsFrom(from);
    for (let ordinal = from; ordinal < until; ordinal++) {
      const start = leg;
      const end = page.legsUntil(ordinal);
      const kind = kinds[ordinal] as number;
      if (kind === 0) continue;
      let node = follow(0, kind, -1);
      for (; leg < end; leg++) node = follow(node, classes[leg] as number, dayOf(leg));
      let pattern = patterns.get(node);
      if (!pattern) {
        const legs = Array.from({ length: end - start }, (_, index) => start + index);
        const ofClass = legs.map((each) => classes[each] as number);
        pattern = newPattern(kind, page.first + ordinal, ofClass, legs.map(dayOf));
        patterns.set(node, pattern);
      }
      const { group, cells } = pattern;
      group.count++;
      for (let each = start; each < end; each++) {
        const cell = cells[each - start] as number;
        const minor = columns.beyond.size === 0 ? (amounts[each] as number) : minorAt(columns, each);
        group.minors[cell] = addMinor(group.minors[cell] as Minor, minor);
        group.postings[cell] = (group.postings[cell] as number) + 1;
      }
    }
  }

  const cellsOf = ({ classes, days, minors, postings }: Group): readonly Cell[] =>
    classes.map((each, index) => ({
      ...(names.classes[each] as LegClass),
      day: standing.days[days[index] as number] as string,
      minor: minors[index] as Minor,
      count: postings[index] as number,
    }));

  return {
    add,
    groups: () =>
      groups.map((group) => ({
        kind: names.kinds[group.kind] as string,
        first: group.first,
        count: group.count,
        cells: cellsOf(group),
      })),
  };
}
