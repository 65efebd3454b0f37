/**
 * Noise: what happens to entries on their way into a real log, and changes no total.
 *
 * - A **late** entry is dated earlier than those posted before it, in a period that is still open.
 * - A **reversal**: an entry is posted twice, and the second one is reversed.
 * - A **correction**: an entry is posted with a zero too many, that one is reversed, and the right one follows.
 *
 *     JE-103/000007, JE-103/000007-twice, JE-103/000007-twice-R
 *     JE-103/000008-wrong, JE-103/000008-wrong-R, JE-103/000008
 */
import { entryFromEvent, eventFromEntry, reverseEntry, type Entry } from '@tieout/ledger';
import { multiplyMinor } from '@tieout/money';
import type { EntryEvent } from './parts';

/** An entry that should not be there, and its reversal on the same day. */
function undone(mistake: Entry, reason: string): readonly EntryEvent[] {
  const reversal = reverseEntry(mistake, { id: `${mistake.id}-R`, date: mistake.date, reason });
  return [eventFromEntry(mistake), eventFromEntry(reversal)];
}

/** The entry a second time, and that one reversed: the first one is due before them. */
export function postedTwice(event: EntryEvent): readonly EntryEvent[] {
  const entry = entryFromEvent(event);
  return undone({ ...entry, id: `${entry.id}-twice` }, `${entry.id} was posted twice`);
}

/** The entry with every amount ten times too large, and that one reversed: the right one is due after them. */
export function postedWrong(event: EntryEvent): readonly EntryEvent[] {
  const entry = entryFromEvent(event);
  const postings = entry.postings.map((leg) => ({ ...leg, minor: multiplyMinor(leg.minor, 10) }));
  const wrong = { ...entry, id: `${entry.id}-wrong`, postings };
  return undone(wrong, 'a zero too many; the right entry follows');
}

/** `count` places of `among`, evenly spread, each asked for in order. */
export const everyNth =
  (count: number, among: number) =>
  (place: number): boolean =>
    Math.floor(((place + 1) * count) / among) > Math.floor((place * count) / among);

/** Holds back what is late, until so many days later, and until the end at most. */
export function holdingBack<T>(days: number): {
  hold(item: T, today: number): void;
  due(today: number): readonly T[];
} {
  const held: { readonly item: T; readonly until: number }[] = [];
  return {
    hold: (item, today) => void held.push({ item, until: today + days }),
    due(today) {
      const waiting = held.findIndex(({ until }) => until > today);
      return held.splice(0, waiting < 0 ? held.length : waiting).map(({ item }) => item);
    },
  };
}
