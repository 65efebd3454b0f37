/**
 * Sealing: the postings of each 4,096 events become a page, once all of them are in the log.
 *
 * A page carries the Merkle root of its events' leaves, a complete subtree of the log's own tree, so that it can be held
 * against a head without the events. Whoever seals twice writes the same bytes; whoever is cut off leaves fewer pages,
 * never a wrong one.
 */
import { pageWriter, readNames } from '@tieout/cube';
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

/** Where pages are kept. */
type SealedIn = Pick<EventLog, 'readPages' | 'savePages'>;

/** Pages that are saved at a time. */
const TOGETHER = 16;

const isPage = (page: SealedPage, there: SealedPage | undefined): boolean =>
  page.number === there?.number &&
  page.sha256 === there.sha256 &&
  page.root === there.root &&
  page.names === there.names &&
  Buffer.compare(page.columns, there.columns) === 0;

/** The names of all pages that are there, and how many there are. A hole ends them: what follows is sealed anew. */
async function namesOf(log: SealedIn): Promise<string[]> {
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

/**
 * Seals on from the pages that a log has; it is given the events that follow the last page. Or from the first: it is given
 * all events, and pages stay as they are up to the first that they would not give.
 */
export async function sealer(log: SealedIn, from: 'first' | 'last' = 'last'): Promise<Sealer> {
  const before = from === 'first' ? [] : await namesOf(log);
  const writer = pageWriter(readNames(before));
  let number = before.length;
  let leaves: string[] = [];

  function sealOne(): SealedPage {
    const sealed = writer.seal(number * pageLength);
    const page = { number, ...sealed, root: merkleRoot(leaves) };
    number += 1;
    leaves = [];
    return page;
  }

  let same = from === 'first';
  const save = async (pages: readonly SealedPage[]): Promise<void> => {
    const first = pages[0]?.number ?? 0;
    const there = same ? await log.readPages(first, pages.length) : [];
    const kept = pages.findIndex((page, index) => !isPage(page, there[index]));
    if (same && kept < 0) return;
    same = false;
    await log.savePages(pages.slice(Math.max(0, kept)));
  };

  return {
    get next() {
      return number * pageLength + leaves.length;
    },
    async add(more) {
      const pages: SealedPage[] = [];
      for (const { event, leaf } of more) {
        writer.take([pageEvent(event)]);
        leaves.push(leaf);
        if (leaves.length < pageLength) continue;
        pages.push(sealOne());
        if (pages.length === TOGETHER) await save(pages.splice(0));
      }
      if (pages.length > 0) await save(pages);
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
