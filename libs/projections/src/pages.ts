/**
 * The pages of a log, read in order: each is what was sealed, by its hash, and follows the one before.
 *
 * Sealed pages are a cache beside the log. One that is damaged is never used, and that is said; it is made again, in
 * memory, from the events themselves, as one is that was not sealed or was dropped. So what is read here is what the
 * events say, sooner or later.
 */
import { PageError, pageReader, pageWriter, type Page, type PageNames } from '@tieout/cube';
import { pageLength, type EventLog, type SealedPage } from '@tieout/event-log';
import { decode } from '@tieout/events';
import { pageEvent } from './page-events';

export interface LogPages {
  /** Names of what was opened so far: it grows with the pages. */
  readonly names: PageNames;
  /**
   * Of the events before this position all that fill pages, a page at a time from the first on; the last page may go on
   * beyond. Read once.
   */
  open(until: number): AsyncGenerator<Page>;
}

/** Pages that are read at a time: a megabyte or two. */
const TOGETHER = 32;

/** `notice` is told where a page was damaged. */
export function pagesOf(log: EventLog, notice: (text: string) => void = () => undefined): LogPages {
  const reader = pageReader();

  async function made(number: number): Promise<Page> {
    const first = number * pageLength;
    const events = await log.readAll(first, pageLength);
    const page = pageWriter(reader.names).seal(
      first,
      events.map((each) => pageEvent(decode(each))),
    );
    return reader.open(page);
  }

  async function opened(page: SealedPage): Promise<Page> {
    try {
      return reader.open(page);
    } catch (error) {
      if (!(error instanceof PageError)) throw error;
      const first = page.number * pageLength;
      notice(
        `page ${page.number} (events ${first} to ${first + pageLength - 1}) is damaged: ${error.message}; its events are read instead, and tieout replay seals it again`,
      );
      return made(page.number);
    }
  }

  async function* open(until: number): AsyncGenerator<Page> {
    let unsealed = false;
    const whole = Math.floor((await log.length()) / pageLength);
    const due = Math.min(Math.ceil(until / pageLength), whole);
    for (let next = 0; next < due;) {
      const sealed = await log.readPages(next, Math.min(TOGETHER, due - next));
      if (sealed[0]?.number !== next) {
        if (!unsealed)
          notice(
            `page ${next} is not sealed, or not as it was; events are read instead, and tieout replay seals them`,
          );
        unsealed = true;
        yield made(next++);
      }
      for (const page of sealed) if (page.number === next) yield opened({ ...page, number: next++ });
    }
  }

  return { names: reader.names, open };
}
