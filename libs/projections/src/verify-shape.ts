/**
 * Shapes of entries: what a posting rule, and the names of the book, are asked of, once for all entries alike.
 *
 * Whether an entry names what the book declares and keeps its posting rule depends on the event's name and on each leg's
 * account, movement, unit, dimensions and side, not on its amount. So a shape is found sound once, by `checkEntry` on a
 * whole entry, and then holds for every entry of it; whether one balances, and in which period its day is, is asked each
 * time.
 *
 *     ExpenseIncurred · opex debit · cash credit    one shape, whatever the amounts and the day
 */
import { checkBalance, isCalendarDay, periodOf, type Chart } from '@tieout/ledger';
import type { EntryText, LegText } from './verify-text';

export interface Shape {
  /** Nothing speaks against an entry of this shape that balances and is dated in a period. */
  readonly sound: boolean;
  /** Number of the event's name with the two bases of its provenance. */
  readonly kind: number;
  /** An entry of this shape was checked, and nothing was found. */
  learn(): void;
  /** Does it foot to zero in every unit? */
  balances(entry: EntryText): boolean;
}

/** A day: the period that it is in, where it is a day of the calendar and in one. */
export interface Day {
  readonly period: string | undefined;
}

/** Shapes that are remembered; more are asked about again. */
const MOST = 200_000;

class Node implements Shape {
  sound = false;
  readonly next = new Map<number, Node>();

  constructor(
    readonly kind: number,
    /** The unit of all legs so far; '' before the first; none where there are several. */
    readonly unit: string | undefined,
  ) {}

  learn(): void {
    this.sound = true;
  }

  balances({ count, legs, minors }: EntryText): boolean {
    if (this.unit !== undefined) {
      let sum = 0;
      for (let leg = 0; leg < count; leg += 1) sum += minors[leg] as number;
      // Where the amounts are below 2^50 and the legs few, no sum on the way was rounded; else it is asked exactly.
      if (count <= 8) return sum === 0;
    }
    const postings = legs.slice(0, count).map(({ account, movement, unit, dimensions }, index) => {
      return { account, movement, unit, dimensions, day: '', minor: minors[index] as number };
    });
    return checkBalance({ postings }) === undefined;
  }
}

export function shapes(chart: Chart) {
  let kinds = new Map<string, Map<string, Map<string, Node>>>();
  const days = new Map<string, Day>();
  let [numbers, nodes] = [0, 0];
  let [lastDate, lastDay] = ['', { period: undefined } as Day];

  function kindOf({ name, amount, allocation }: EntryText): Node {
    let ofName = kinds.get(name);
    if (!ofName) kinds.set(name, (ofName = new Map<string, Map<string, Node>>()));
    let ofAmount = ofName.get(amount);
    if (!ofAmount) ofName.set(amount, (ofAmount = new Map<string, Node>()));
    let node = ofAmount.get(allocation);
    if (!node) ofAmount.set(allocation, (node = new Node(numbers++, '')));
    return node;
  }

  function branch(node: Node, { unit }: LegText, key: number): Node {
    const made = new Node(node.kind, node.unit === '' || node.unit === unit ? unit : undefined);
    node.next.set(key, made);
    nodes += 1;
    return made;
  }

  return {
    shapeOf(entry: EntryText): Shape {
      if (nodes > MOST) [kinds, nodes] = [new Map(), 0];
      let node = kindOf(entry);
      for (let index = 0; index < entry.count; index += 1) {
        const leg = entry.legs[index] as LegText;
        const minor = entry.minors[index] as number;
        const key = leg.id * 3 + (minor > 0 ? 2 : minor < 0 ? 0 : 1);
        node = node.next.get(key) ?? branch(node, leg, key);
      }
      return node;
    },

    dayOf(date: string): Day {
      if (date === lastDate) return lastDay;
      let day = days.get(date);
      if (!day) {
        day = { period: isCalendarDay(date) ? periodOf(date, chart)?.id : undefined };
        // Copied, as a piece of a longer text keeps all of it.
        days.set(Buffer.from(date).toString(), day);
      }
      [lastDate, lastDay] = [date, day];
      return day;
    },
  };
}
