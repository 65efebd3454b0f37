/**
 * Sessions on one ledger: each is the books at one revision and along one set of axes, folded once, and never changed while
 * anyone reads it.
 *
 * A log that grew, through this process or another, is another revision and so another session. It goes on from the one
 * before, where nobody reads that any more, which costs the events between; else it is opened beside it. A few are kept, and
 * with each the documents that were made of it.
 */
import { knownAtOf, replayed, type Axes, type Ledger, type Session } from '@tieout/answers';

/** Sessions kept: the head, and some of the past that people look at. */
const KEPT = 12;

/** Bytes of documents kept with one session. */
const KEPT_BYTES = 32_000_000;

interface Kept {
  readonly key: string;
  readonly session: Promise<Session>;
  readonly documents: Map<string, Promise<Buffer>>;
  bytes: number;
  /** How many read it now. Infinite for one that was handed out: nobody says when they are done with it. */
  readers: number;
}

/** A document of the session in use, as bytes: made where it has not been made before. */
export type MakeDocument = (key: string, make: (session: Session) => Promise<Buffer>) => Promise<Buffer>;

export class Sessions {
  private readonly kept = new Map<string, Kept>();
  private readonly values = new WeakMap<Session, Map<string, unknown>>();
  /** The last session without axes. */
  private head: Kept | undefined;

  constructor(private readonly ledger: Ledger) {}

  /** The books along these axes, as they are now, for as long as `work` takes. Refuses (E602) a position that the log does not have. */
  async use<Result>(
    axes: Axes,
    work: (session: Session, document: MakeDocument) => Promise<Result>,
  ): Promise<Result> {
    const kept = await this.keptFor(axes, 1);
    try {
      return await work(await kept.session, (key, make) => this.document(kept, key, make));
    } finally {
      kept.readers -= 1;
    }
  }

  /** The same, to be read for however long. */
  async session(axes: Axes): Promise<Session> {
    return (await this.keptFor(axes, Infinity)).session;
  }

  /** A value of a session that several documents need: made once. */
  value<Value>(session: Session, name: string, make: () => Value): Value {
    const values = this.values.get(session) ?? new Map<string, unknown>();
    this.values.set(session, values);
    if (!values.has(name)) values.set(name, make());
    return values.get(name) as Value;
  }

  private async document(kept: Kept, ...[key, make]: Parameters<MakeDocument>): Promise<Buffer> {
    const found = kept.documents.get(key);
    if (found) return found;
    const made = kept.session.then(make);
    kept.documents.set(key, made);
    try {
      kept.bytes += (await made).length;
    } catch (error) {
      kept.documents.delete(key);
      throw error;
    }
    for (const oldest of kept.documents.keys()) {
      if (kept.bytes <= KEPT_BYTES) break;
      const bytes = await kept.documents.get(oldest);
      if (kept.documents.delete(oldest)) kept.bytes -= bytes?.length ?? 0;
    }
    return made;
  }

  /** Counted as read from the moment that it is found. */
  private async keptFor(axes: Axes, readers: number): Promise<Kept> {
    const length = await this.ledger.log.length();
    const revision = knownAtOf(axes, length) ?? length;
    const key = JSON.stringify([revision, axes.knownAt !== undefined, axes.at ?? '', axes.period ?? '']);
    const found = this.kept.get(key);
    // Found again, it is the last to go. What goes is left to whoever still reads it.
    if (found) this.kept.delete(key);
    const kept = found ?? { key, session: this.open(axes), documents: new Map(), bytes: 0, readers: 0 };
    this.kept.set(key, kept);
    kept.readers += readers;
    if (found) return kept;
    if (isPlain(axes)) this.head = kept;
    kept.session.catch(() => {
      this.kept.delete(key);
      if (this.head === kept) this.head = undefined;
    });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(oldest);
    }
    return kept;
  }

  /** From here on nobody finds the head that is gone on from. */
  private open(axes: Axes): Promise<Session> {
    const { head } = this;
    if (!isPlain(axes) || head?.readers !== 0) return replayed(this.ledger, axes);
    this.kept.delete(head.key);
    return head.session.then(async (session) => {
      const revision = await session.replay.run({ from: 'here' });
      return { ...session, revision };
    });
  }
}

const isPlain = ({ at, knownAt, period }: Axes): boolean =>
  at === undefined && knownAt === undefined && period === undefined;
