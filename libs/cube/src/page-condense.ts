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

/** Where a leg falls: the numbers of its class and of its day on the axis. */
interface Place {
  readonly class: number;
  readonly day: number;
}

interface Group {
  readonly kind: number;
  readonly first: number;
  count: number;
  readonly places: readonly Place[];
  /** The number of the sum of the first place; the others follow. */
  readonly sums: number;
}

/** The legs of an entry in one order: the sum that each goes to. */
interface Pattern {
  readonly group: Group;
  readonly sums: readonly number[];
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
    const { keys } = table;
    [keys[slot * 3], keys[slot * 3 + 1], keys[slot * 3 + 2]] = [node, a, b];
    table.to[slot] = nodes;
    if (nodes * 2 > size) grow();
    return nodes++;
  };
}

/** Sums by number, in columns: an amount in an object would be a new double each time it grows. */
function exactSums() {
  let [minors, counts] = [new Float64Array(64), new Float64Array(64)];
  const beyond = new Map<number, bigint>();
  let used = 0;
  return {
    /** So many new sums; the number of the first. */
    reserve(sums: number): number {
      while (used + sums > minors.length) {
        const [oldMinors, oldCounts] = [minors, counts];
        [minors, counts] = [new Float64Array(minors.length * 2), new Float64Array(minors.length * 2)];
        minors.set(oldMinors);
        counts.set(oldCounts);
      }
      used += sums;
      return used - sums;
    },
    add(at: number, minor: Minor): void {
      counts[at] = (counts[at] as number) + 1;
      const sum = typeof minor === 'number' ? (minors[at] as number) + minor : NaN;
      if (sum <= Number.MAX_SAFE_INTEGER && sum >= Number.MIN_SAFE_INTEGER) minors[at] = sum;
      else beyond.set(at, (beyond.get(at) ?? 0n) + BigInt(minor));
    },
    at(at: number): { readonly minor: Minor; readonly count: number } {
      return { minor: addMinor(minors[at] as number, beyond.get(at) ?? 0n), count: counts[at] as number };
    },
  };
}

/** Starts to condense pages that are read with these names. */
export function condensedEntries(names: PageNames, axis: DayAxis): CondensedEntries {
  const standing = standingDays(names, orderedDays(axis));
  const follow = branches();
  const patterns = new Map<number, Pattern>();
  /** By the node of their set; in order of their first entries. */
  const groupAt = new Map<number, Group>();
  const sums = exactSums();

  /** The first entry whose legs come in this order: its group is that of their set, whatever the order. */
  function newPattern(page: Page, ordinal: number): Pattern {
    const { kinds, classes, days } = page.columns;
    const ofDay = standing.ofNames();
    const keyOf = (place: Place): number => place.class * standing.days.length + place.day;
    const places = new Map<number, Place>();
    const ofLegs: Place[] = [];
    for (let leg = page.legsFrom(ordinal); leg < page.legsUntil(ordinal); leg++) {
      const place = { class: classes[leg] as number, day: ofDay[days[leg] as number] as number };
      places.set(keyOf(place), place);
      ofLegs.push(place);
    }
    // Of sets, apart from the orders in which legs come: -2 is the number of no day.
    let node = follow(0, kinds[ordinal] as number, -2);
    for (const place of [...places.values()].sort((a, b) => keyOf(a) - keyOf(b)))
      node = follow(node, place.class, place.day);
    let group = groupAt.get(node);
    if (!group) {
      const [kind, first] = [kinds[ordinal] as number, page.first + ordinal];
      group = { kind, first, count: 0, places: [...places.values()], sums: sums.reserve(places.size) };
      groupAt.set(node, group);
    }
    const { sums: firstSum } = group;
    const sumOf = new Map(group.places.map((place, index) => [keyOf(place), firstSum + index]));
    return { group, sums: ofLegs.map((place) => sumOf.get(keyOf(place)) as number) };
  }

  function add(page: Page, from = 0, until = page.count): void {
    const { columns } = page;
    const { kinds, classes, days, amounts } = columns;
    const small = columns.beyond.size === 0;
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
      if (!pattern) patterns.set(node, (pattern = newPattern(page, ordinal)));
      pattern.group.count++;
      for (let each = start; each < end; each++)
        sums.add(
          pattern.sums[each - start] as number,
          small ? (amounts[each] as number) : minorAt(columns, each),
        );
    }
  }

  const groupOf = ({ kind, first, count, places, sums: firstSum }: Group): CondensedEntry => {
    const cells = places.map((place, index): Cell => {
      const { account, movement, unit, dimensions } = names.classes[place.class] as LegClass;
      const day = standing.days[place.day] as string;
      return { account, movement, day, unit, dimensions, ...sums.at(firstSum + index) };
    });
    return { kind: names.kinds[kind] as string, first, count, cells };
  };

  return { add, groups: () => [...groupAt.values()].map(groupOf) };
}
