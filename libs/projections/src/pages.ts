/**
 * Sealed pages, read in order: each is what was sealed, by its hash, and follows the one before.
 *
 * Pages are a cache beside the log. One that is damaged is never used: its page is made again, in memory, from the
 * events themselves, and that is said. So what is read here is what the events say, or nothing is.
 */
import { PageError, pageReader, pageWriter, type Page, type PageNames } from '@tieout/cube';
import { pageLength, type EventLog, type SealedPage } from '@tieout/event-log';
import { decode } from '@tieout/events';
import { pageEvent } from './page-events';

export interface SealedPages {
  /** Names of what was opened so far: it grows with the pages. */
  readonly names: PageNames;
  /** The pages that are sealed, from the first to the one that holds the event before this position. Read once. */
  open(until: number): AsyncGenerator<Page>;
}

/** Pages that are read at a time: a megabyte or two. */
const TOGETHER = 32;

/** `notice` is told where a page was damaged. */
export function sealedPages(log: EventLog, notice: (text: string) => void = () => undefined): SealedPages {
  const reader = pageReader();

  async function mended({ number }: SealedPage, why: string): Promise<Page> {
    const first = number * pageLength;
    notice(
      `page ${number} (events ${first} to ${first + pageLength - 1}) is damaged: ${why}; its events are read instead, and tieout replay seals it again`,
    );
    const events = await log.readAll(first, pageLength);
    const made = pageWriter(reader.names).seal(
      first,
      events.map((each) => pageEvent(decode(each))),
    );
    return reader.open(made);
  }

  async function* open(until: number): AsyncGenerator<Page> {
    const due = Math.ceil(until / pageLength);
    for (let next = 0; next < due;) {
      const pages = await log.readPages(next, Math.min(TOGETHER, due - next));
      for (const page of pages) {
        // A hole: what comes after it cannot be read in order, and is folded from its events.
        if (page.number !== next) return;
        let opened: Page;
        try {
          opened = reader.open(page);
        } catch (error) {
          if (!(error instanceof PageError)) throw error;
          opened = await mended(page, error.message);
        }
        next += 1;
        yield opened;
      }
      if (pages.length === 0) return;
    }
  }

  return { names: reader.names, open };
}
