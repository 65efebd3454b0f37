/**
 * Sealing: the postings of each 4,096 events become a page, once all of them are in the log.
 *
 * A page carries the Merkle root of its events' leaves, a complete subtree of the log's own tree, so that it can be held
 * against a head without the events. Whoever seals twice writes the same bytes; whoever is cut off leaves fewer pages,
 * never a wrong one.
 */
import { pageWriter, readNames, type PageEvent } from '@tieout/cube';
import { pageLength, type EventLog, type SealedPage } from '@tieout/event-log';
import { decode, merkleRoot, type LedgerEvent, type StoredEvent } from '@tieout/events';
import { pageEvent } from './page-events';

/** An event of the log and the hash of its leaf. */
export interface Sealable {
  readonly event: LedgerEvent;
  readonly leaf: string;
}

export interface Sealer {
  /** The log position that is next to be given. */
  readonly next: number;
  /** Takes the events that follow, which are in the log already, and seals every page that they fill. */
  add(events: Iterable<Sealable>): Promise<void>;
}

/** Pages that are saved at a time. */
const TOGETHER = 16;

/** The names of all pages that are there, and how many there are. A hole ends them: what follows is sealed anew. */
async function namesOf(log: EventLog): Promise<string[]> {
  const names: string[] = [];
  for (;;) {
    const pages = await log.readPages(names.length, TOGETHER);
    for (const page of pages) {
      if (page.number !== names.length) return names;
      names.push(page.names);
    }
    if (pages.length === 0) return names;
  }
}

/** Seals on from the pages that a log has. It is given the events that follow the last page. */
export async function sealer(log: EventLog): Promise<Sealer> {
  const before = await namesOf(log);
  const writer = pageWriter(readNames(before));
  let number = before.length;
  let events: PageEvent[] = [];
  let leaves: string[] = [];

  function sealOne(): SealedPage {
    const sealed = writer.seal(number * pageLength, events);
    const page = { number, ...sealed, root: merkleRoot(leaves) };
    number += 1;
    [events, leaves] = [[], []];
    return page;
  }

  return {
    get next() {
      return number * pageLength + events.length;
    },
    async add(more) {
      const pages: SealedPage[] = [];
      for (const { event, leaf } of more) {
        events.push(pageEvent(event));
        leaves.push(leaf);
        if (events.length < pageLength) continue;
        pages.push(sealOne());
        if (pages.length === TOGETHER) await log.savePages(pages.splice(0));
      }
      if (pages.length > 0) await log.savePages(pages);
    },
  };
}

/** Seals every whole page of the log that is not sealed yet, from its events. Returns how many. */
export async function sealPages(log: EventLog): Promise<number> {
  const length = await log.length();
  const due = Math.floor(length / pageLength);
  const [last] = due === 0 ? [undefined] : await log.readPages(due - 1, 1);
  if (due === 0 || last) return 0;
  const sealing = await sealer(log);
  const first = sealing.next / pageLength;
  while (sealing.next < due * pageLength) {
    const stored = await log.readAll(sealing.next, pageLength);
    await sealing.add(stored.map((each: StoredEvent) => ({ event: decode(each), leaf: each.leaf })));
  }
  return due - first;
}
