/**
 * A sealed page against its events: does it say exactly what they say?
 *
 * An event and its columns are compared by the numbers of their names: kind, number of legs, and class, day and amount
 * of each leg. Where that finds no match, the names themselves are compared, leg by leg, and only that is a finding.
 */
import type { Leg, LegClass, Page, PageBytes, PageNames, PageReader } from '@tieout/cube';
import { canonical, type LedgerEvent } from '@tieout/events';
import { pageEvent } from './page-events';
import type { Shape } from './verify-shape';
import type { EntryText, LegText } from './verify-text';

export interface PageText {
  readonly names: PageNames;
  /** The next page. Throws PageError. */
  open(page: PageBytes): Page;
  /** Does the open page surely say this of the event? False where it may, by other numbers for the same names. */
  says(ordinal: number, entry: EntryText, shape: Shape): boolean;
  /** Does the open page say of the event what it says? */
  holds(ordinal: number, event: LedgerEvent): boolean;
}

const classKey = ({ account, movement, unit, dimensions }: LegClass): string =>
  canonical([account, movement, unit, dimensions]);

const numbered = (): { readonly numbers: Map<string, number>; count: number } => ({
  numbers: new Map(),
  count: 0,
});

export function pageText(reader: PageReader): PageText {
  const { names } = reader;
  let page: Page | undefined;
  const [classes, days, kinds] = [numbered(), numbered(), numbered()];
  /** By the number of a leg's text, and of a shape's kind: numbers of the page's names; -1 where it has none. */
  let classOf: number[] = [];
  let kindOf: number[] = [];
  let [lastDate, lastDay] = ['', -1];

  /** Takes in the names that a page brought. */
  function learn(): void {
    for (; classes.count < names.classes.length; classes.count += 1)
      classes.numbers.set(classKey(names.classes[classes.count] as LegClass), classes.count);
    for (; days.count < names.days.length; days.count += 1)
      days.numbers.set(names.days[days.count] as string, days.count);
    for (; kinds.count < names.kinds.length; kinds.count += 1)
      kinds.numbers.set(names.kinds[kinds.count] as string, kinds.count);
    [classOf, kindOf, lastDate] = [[], [], ''];
  }

  const numberOfClass = (leg: LegText): number =>
    (classOf[leg.id] ??= classes.numbers.get(classKey(leg)) ?? -1);
  const numberOfKind = ({ kind }: Shape, { name, amount, allocation }: EntryText): number =>
    (kindOf[kind] ??= kinds.numbers.get(`${name} ${amount} ${allocation}`) ?? -1);
  function numberOfDay(date: string): number {
    if (date !== lastDate) [lastDate, lastDay] = [date, days.numbers.get(date) ?? -1];
    return lastDay;
  }

  return {
    names,
    open(bytes) {
      const opened = reader.open(bytes);
      learn();
      page = opened;
      return opened;
    },
    says(ordinal, entry, shape) {
      if (!page) return false;
      const { columns } = page;
      if (columns.legs[ordinal] !== entry.count || columns.kinds[ordinal] !== numberOfKind(shape, entry))
        return false;
      const day = numberOfDay(entry.date);
      let leg = page.legsFrom(ordinal);
      for (let index = 0; index < entry.count; index += 1, leg += 1) {
        if (
          columns.amounts[leg] !== entry.minors[index] ||
          columns.days[leg] !== day ||
          columns.classes[leg] !== numberOfClass(entry.legs[index] as LegText)
        )
          return false;
      }
      return columns.beyond.size === 0;
    },
    holds(ordinal, event) {
      if (!page || ordinal >= page.count) return false;
      const { kind, legs } = pageEvent(event);
      return page.kindOf(ordinal) === kind && sameLegs(page.legsOf(ordinal), legs);
    },
  };
}

/** The same legs, in the same order? */
const sameLegs = (a: readonly Leg[], b: readonly Leg[]): boolean =>
  a.length === b.length &&
  a.every((leg, index) => {
    const other = b[index];
    return (
      other !== undefined &&
      leg.day === other.day &&
      leg.minor === other.minor &&
      classKey(leg) === classKey(other)
    );
  });
