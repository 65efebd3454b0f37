/**
 * What is new: the revision of each book, told to whoever listens, whichever process wrote.
 *
 * A listener that comes late hears the present at once, and one that is slow hears the last and not all: a revision says
 * everything that those before it said.
 */
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { headOf, type EventLog } from '@tieout/event-log';
import { distinctUntilChanged, Observable, ReplaySubject, Subject, takeUntil } from 'rxjs';

/** Other processes' events are looked for this often, while anyone listens. */
const LOOK_MS = 300;

export interface Revision {
  readonly revision: number;
  readonly head: string;
}

interface Watched {
  readonly log: EventLog;
  readonly revisions: ReplaySubject<number>;
  listeners: number;
  timer: NodeJS.Timeout | undefined;
}

@Injectable()
export class Live implements BeforeApplicationShutdown {
  private readonly watched = new Map<string, Watched>();
  /** Streams end when it does. */
  readonly ended = new Subject<void>();

  watch(book: string, log: EventLog): void {
    this.watched.set(book, { log, revisions: new ReplaySubject(1), listeners: 0, timer: undefined });
  }

  /** This process appended. */
  moved(book: string, revision: number): void {
    this.watched.get(book)?.revisions.next(revision);
  }

  /** The revisions of a book from now on, the present one first; ends when the server does. */
  revisions(book: string): Observable<number> {
    return new Observable<number>((listener) => {
      const watched = this.watched.get(book);
      if (!watched) return listener.complete();
      watched.listeners += 1;
      watched.timer ??= setInterval(() => void look(watched), LOOK_MS);
      void look(watched);
      const heard = watched.revisions.pipe(distinctUntilChanged(), takeUntil(this.ended)).subscribe(listener);
      return () => {
        heard.unsubscribe();
        watched.listeners -= 1;
        if (watched.listeners > 0) return;
        clearInterval(watched.timer);
        watched.timer = undefined;
      };
    });
  }

  async at(book: string, revision: number): Promise<Revision> {
    const log = this.watched.get(book)?.log;
    return { revision, head: log ? (await headOf(log, revision)).head : '' };
  }

  beforeApplicationShutdown(): void {
    this.ended.next();
    this.ended.complete();
    for (const { timer } of this.watched.values()) clearInterval(timer);
  }
}

/** A store that is busy or gone for a moment is looked at again. */
async function look({ log, revisions }: Watched): Promise<void> {
  try {
    revisions.next(await log.length());
  } catch {
    return;
  }
}
