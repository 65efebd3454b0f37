/**
 * Sessions on one ledger: each is the books at one revision and along one set of axes, folded once, and never changed.
 *
 * A log that grew, through this process or another, is another revision and so another session; whoever still reads an
 * older one reads on undisturbed. A few are kept, and with each the documents that were made of it.
 */
import { knownAtOf, replayed, type Axes, type Ledger, type Session } from '@tieout/answers';

/** Sessions kept: the head, and some of the past that people look at. */
const KEPT = 12;

/** Bytes of documents kept with one session. */
const KEPT_BYTES = 32_000_000;

interface Kept {
  readonly session: Promise<Session>;
  readonly documents: Map<string, Promise<Buffer>>;
  bytes: number;
}

export class Sessions {
  private readonly kept = new Map<string, Kept>();
  private readonly values = new WeakMap<Session, Map<string, unknown>>();

  constructor(private readonly ledger: Ledger) {}

  /** The books along these axes, as they are now. Refuses (E602) a position that the log does not have. */
  session(axes: Axes): Promise<Session> {
    return this.keptFor(axes).then(({ session }) => session);
  }

  /** A document of a session, as bytes: made where it has not been made before. */
  async document(axes: Axes, key: string, make: (session: Session) => Promise<Buffer>): Promise<Buffer> {
    const kept = await this.keptFor(axes);
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

  /** A value of a session that several documents need: made once. */
  value<Value>(session: Session, name: string, make: () => Value): Value {
    const values = this.values.get(session) ?? new Map<string, unknown>();
    this.values.set(session, values);
    if (!values.has(name)) values.set(name, make());
    return values.get(name) as Value;
  }

  private async keptFor(axes: Axes): Promise<Kept> {
    const length = await this.ledger.log.length();
    const revision = knownAtOf(axes, length) ?? length;
    const key = JSON.stringify([revision, axes.knownAt !== undefined, axes.at ?? '', axes.period ?? '']);
    const found = this.kept.get(key);
    // Found again, it is the last to go. What goes is left to whoever still reads it.
    if (found) this.kept.delete(key);
    const kept = found ?? { session: replayed(this.ledger, axes), documents: new Map(), bytes: 0 };
    this.kept.set(key, kept);
    if (found) return kept;
    kept.session.catch(() => this.kept.delete(key));
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(oldest);
    }
    return kept;
  }
}
