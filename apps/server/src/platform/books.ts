/**
 * The books that the server serves, and the only way to them: what is asked is answered from a session, what is written
 * goes through one queue a book.
 *
 * Invariants: a document is made once for a revision, its axes and its address; a write is admitted against the log as its
 * sender saw it, one after the other, and once.
 */
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import {
  openLedger,
  replayed,
  suggestion,
  type AppendOptions,
  type Axes,
  type Ledger,
  type Session,
  type Source,
} from '@tieout/answers';
import { carriesEntry, decode, refuse, sha256, type StoredEvent } from '@tieout/events';
import { bytesOf, etagOf, formAsked, fromEtag, hasAlready, headersOf, type Answer } from './answer';
import { Live } from './live';
import { Refused } from './problem';
import type { AskedOf, WriteOf } from './question';
import { SERVING, type Serving } from './serving';
import { Sessions } from './sessions';
import { undertakingOf, Undertakings, type Undertaking } from './undertakings';

/** A book that is open. */
interface Opened {
  readonly source: Source;
  readonly ledger: Ledger;
  /** Of the book's files and the program: what documents depend on besides the log. */
  readonly basis: string;
  readonly sessions: Sessions;
  readonly undertakings: Undertakings;
  /** The session that appends: brought up to date before each write, and made anew after one that failed. */
  writer: Session | undefined;
  /** The last write that is under way. */
  queue: Promise<unknown>;
}

@Injectable()
export class Books implements OnModuleInit, OnApplicationShutdown {
  private readonly opened = new Map<string, Opened>();

  constructor(
    @Inject(SERVING) private readonly serving: Serving,
    @Inject(Live) private readonly live: Live,
  ) {}

  async onModuleInit(): Promise<void> {
    const { sources, cwd, bundledBooks, version, tell } = this.serving;
    const host = { cwd, books: bundledBooks, tell, progress: () => ({ step: () => {}, done: () => {} }) };
    for (const source of sources) {
      const ledger = await openLedger(source, host);
      const { book, log } = ledger;
      const basis = sha256(JSON.stringify([version, book.files])).slice(0, 8);
      this.opened.set(book.id, {
        source,
        ledger,
        basis,
        sessions: new Sessions(ledger),
        undertakings: new Undertakings(log),
        writer: undefined,
        queue: Promise.resolve(),
      });
      this.live.watch(book.id, log);
    }
  }

  /** Nobody asks any more: what is being written is written, then the logs are closed. */
  async onApplicationShutdown(): Promise<void> {
    for (const { queue, ledger, writer } of this.opened.values()) {
      await queue.catch(() => undefined);
      await writer?.projections.close();
      await ledger.log.close();
    }
  }

  /** In the order that they were named in. */
  get ledgers(): readonly Ledger[] {
    return [...this.opened.values()].map(({ ledger }) => ledger);
  }

  /** Refuses (E601) a book that is not served. */
  ledger(id: string): Ledger {
    return this.openedAs(id).ledger;
  }

  /** What the book was opened from. */
  source(id: string): Source {
    return this.openedAs(id).source;
  }

  /** A session for as long as `work` takes. */
  reading<Result>(id: string, axes: Axes, work: (session: Session) => Promise<Result>): Promise<Result> {
    return this.openedAs(id).sessions.use(axes, work);
  }

  /** A session that is kept as it is for whoever has it. */
  session(id: string, axes: Axes = {}): Promise<Session> {
    return this.openedAs(id).sessions.session(axes);
  }

  /** A value that several documents of a session need: made once a session. */
  kept<Value>(session: Session, name: string, make: () => Value): Value {
    return this.openedAs(session.book.id).sessions.value(session, name, make);
  }

  /** The ETag of a book as it is now. */
  async etag(id: string): Promise<string> {
    const { ledger, basis } = this.openedAs(id);
    return etagOf(await ledger.log.length(), basis);
  }

  /** The answer to a question or preview: `make`'s document in the form that is asked for, or a text of another type. */
  async answer(
    asked: AskedOf<unknown, unknown>,
    make: (session: Session) => unknown,
    { type, file }: { readonly type?: string; readonly file?: string } = {},
  ): Promise<Answer> {
    const { sessions, basis } = this.openedAs(asked.book);
    const form = type === undefined ? formAsked(asked, asked.declaration) : 'json';
    return sessions.use(asked.axes, async ({ revision }, document) => {
      const etag = etagOf(revision, basis, form);
      const headers = headersOf({ revision, etag, form, type, file });
      if (hasAlready(asked, etag)) return { status: 304, headers, body: Buffer.alloc(0) };
      const body = await document(`${form} ${asked.key}`, async (session) => {
        const made = await make(session);
        if (type === undefined) return bytesOf(made, form, asked.declaration);
        if (typeof made !== 'string')
          throw new Error('assertion failed: an answer that is no JSON is a text');
        return Buffer.from(made);
      });
      return { status: 200, headers, body };
    });
  }

  /** Carries out a write, after those before it: `work` appends with the options given, and returns the document. */
  write(
    asked: WriteOf<unknown, unknown>,
    work: (session: Session, options: AppendOptions) => Promise<unknown>,
  ): Promise<Answer> {
    const opened = this.openedAs(asked.book);
    const result = opened.queue.then(() => this.carryOut(opened, asked, work));
    opened.queue = result.catch(() => undefined);
    return result;
  }

  private async carryOut(
    opened: Opened,
    asked: WriteOf<unknown, unknown>,
    work: (session: Session, options: AppendOptions) => Promise<unknown>,
  ): Promise<Answer> {
    const { book, who, dryRun, idempotencyKey } = asked;
    const undertaking =
      idempotencyKey === undefined
        ? undefined
        : undertakingOf({ book, actor: who.name, key: idempotencyKey, request: asked.key });
    const before = undertaking && (await opened.undertakings.before(undertaking));
    if (undertaking && before) {
      const answer = 'answer' in before ? before.answer : this.found(opened, before.events);
      opened.undertakings.keep(undertaking, answer);
      return { ...answer, headers: { ...answer.headers, 'Idempotency-Hit': 'true' } };
    }
    const session = await this.writerOf(opened);
    const expectRev = this.expected(opened, asked, session.revision);
    const options: AppendOptions = {
      actor: who.name,
      dryRun,
      ...(undertaking ? { undertaking } : {}),
      ...(expectRev === undefined ? {} : { expectRev }),
    };
    const document = await work(session, options).catch((error: unknown) => {
      opened.writer = undefined;
      throw error;
    });
    const revision = await opened.ledger.log.length();
    const answer = answered(document, revision, opened.basis, revision > session.revision);
    if (undertaking) this.remember(opened, undertaking, answer, revision);
    return answer;
  }

  private remember(opened: Opened, undertaking: Undertaking, answer: Answer, revision: number): void {
    opened.undertakings.keep(undertaking, answer);
    this.live.moved(opened.ledger.book.id, revision);
  }

  /** What stands in the log of a request whose answer is not known any more. */
  private found(opened: Opened, events: readonly StoredEvent[]): Answer {
    const revision = (events.at(-1)?.position ?? 0) + 1;
    const document = {
      schema: 'tieout.written/1',
      written: events.length,
      events: events.map((stored) => {
        const event = decode(stored);
        const { position, name } = stored;
        return { position, event: name, ...(carriesEntry(event) ? { entry: event.payload.entry } : {}) };
      }),
    };
    return answered(document, revision, opened.basis, false);
  }

  private async writerOf(opened: Opened): Promise<Session> {
    const writer = (opened.writer ??= await replayed(opened.ledger, {}));
    const revision = await writer.replay.run({ from: 'here' });
    return { ...writer, revision };
  }

  /** The revision that the sender saw, where they name one; refuses (412) another than is there. */
  private expected(
    { basis }: Opened,
    { ifMatch }: WriteOf<unknown, unknown>,
    revision: number,
  ): string | undefined {
    if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
    const saw = fromEtag(ifMatch);
    if (!saw || saw.basis !== basis || saw.revision !== revision)
      throw new Refused(
        412,
        saw && saw.basis === basis
          ? `the log moved on: you saw rev ${saw.revision}, it is at rev ${revision}`
          : `${ifMatch} is no ETag of these books`,
        'look at what was added, then send it again with the new ETag and a new key',
        { ETag: etagOf(revision, basis) },
      );
    return String(saw.revision);
  }

  private openedAs(id: string): Opened {
    const found = this.opened.get(id);
    if (found) return found;
    const ids = [...this.opened.keys()];
    return refuse('E601', `no book "${id}" is served`, {
      help: suggestion(id, ids, `there are ${ids.join(', ')}`),
    });
  }
}

const answered = (document: unknown, revision: number, basis: string, written: boolean): Answer => ({
  status: written ? 201 : 200,
  headers: headersOf({ revision, etag: etagOf(revision, basis) }),
  body: Buffer.from(JSON.stringify(document)),
});
