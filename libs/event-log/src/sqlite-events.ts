/**
 * Reading the events of an embedded store: by place, stream, id or entry, each hashed and found to be what was appended.
 *
 * No column is read as a text, because libsql ends the process where bytes on the disk are no UTF-8 any more: they are
 * read as bytes and become text here, where a damaged one does not hash to its leaf. A page of events is read as one
 * value, which costs half of reading it row by row; where anything in it is not as it should be, the rows are read one by
 * one to say which.
 */
import type { StoredEvent } from '@tieout/events';
import type { ReadBody } from './port';
import { BytesRead, storedFromRow } from './row';
import type { Connection } from './sqlite-format';

type Value = string | number | null;

/** Rows of a statement, prepared when it is first asked. `.all()`, never `.get()` or `.pluck()`: libsql adds a key to the one and miscounts in the other. */
export function rowsOf(db: Connection, sql: string): (...values: Value[]) => unknown[][] {
  let statement: { all(...values: Value[]): unknown[] } | undefined;
  return (...values) => (statement ??= db.prepare(sql).raw()).all(...values) as unknown[][];
}

/** The text that bytes say; of damaged ones not the text that they were. */
export const textOf = (bytes: unknown): string => bufferOf(bytes).toString();

/** The bytes in place. */
const bufferOf = (bytes: unknown): Buffer =>
  bytes instanceof Uint8Array
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : Buffer.alloc(0);

/** More of them, of any size, would not fit into one value of SQLite's. */
const together = 1000;
const leafLength = 64;

/** The events that a condition selects, in its order. */
function selection(db: Connection, where: string) {
  // What an event is found by comes last: the entry is not there for each.
  const asOne = rowsOf(
    db,
    `SELECT CAST(group_concat(concat_ws(x'00', leaf, body, id, stream, revision, entry), x'0a') AS BLOB)
     FROM (SELECT * FROM events WHERE ${where})`,
  );
  const each = rowsOf(
    db,
    `SELECT position, CAST(x'00' || body AS BLOB), CAST(leaf AS BLOB),
       CAST(concat_ws(x'00', id, stream, revision, entry) AS BLOB) FROM events WHERE ${where}`,
  );
  const rows = (...values: Value[]): { readonly position: number; readonly read: ReadBody }[] =>
    each(...values).map(([position, body, leaf, filed]) => ({
      position: position as number,
      read: new BytesRead(bufferOf(body), bufferOf(leaf), bufferOf(filed)),
    }));

  return {
    /** As they stand, unchecked. */
    bodies: (...values: Value[]): ReadBody[] =>
      quickly(() => parted(asOne(...values))) ?? rows(...values).map(({ read }) => read),
    /** Refuses (E401) at the first that is not what was appended. */
    events: (...values: Value[]): StoredEvent[] =>
      quickly(() => sound(parted(asOne(...values)))) ??
      rows(...values).map(({ position, read }) => storedFromRow(read, position)),
  };
}

const [zero, newLine, brace] = [0, 10, 125];

/** The bodies of a page that was read as one value; nothing where it does not fall into such parts. */
function parted(asOne: unknown[][]): ReadBody[] | undefined {
  const page = bufferOf(asOne[0]?.[0]);
  const bodies: ReadBody[] = [];
  for (let at = 0; at < page.length;) {
    // Canonical JSON has no line end in it, and no U+0000.
    const begin = at + leafLength;
    const end = page.indexOf(zero, begin + 1);
    if (page[begin] !== zero || page[end - 1] !== brace) return undefined;
    const due = page.indexOf(newLine, end);
    const next = due === -1 ? page.length : due;
    const [leaf, filed] = [page.subarray(at, begin), page.subarray(end + 1, next)];
    bodies.push(new BytesRead(page.subarray(begin, end), leaf, filed));
    at = next + 1;
  }
  return bodies;
}

/** The events where all of them are sound. */
function sound(bodies: readonly ReadBody[] | undefined): StoredEvent[] | undefined {
  const events: StoredEvent[] = [];
  for (const { body, leaf, hash } of bodies ?? []) {
    if (hash !== leaf) return undefined;
    const event = JSON.parse(body) as { leaf?: string };
    event.leaf = leaf;
    events.push(event as StoredEvent);
  }
  return bodies && events;
}

/** What is done with a page read as one value; nothing where SQLite or JSON refuses it. */
function quickly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined; // Read row by row, whatever it was comes up again, with its place.
  }
}

interface Lengths {
  readonly there: number;
  readonly stated: number | null;
}
interface Ahead {
  readonly revision: number;
  readonly some: boolean;
}

const lengthsIn = ([last, stated]: readonly unknown[] = []): Lengths => ({
  there: ((last as number | null | undefined) ?? -1) + 1,
  stated: (stated as number | null | undefined) ?? null,
});

export function eventsOf(db: Connection) {
  const byPosition = selection(db, 'position >= ? ORDER BY position LIMIT ?');
  const byStream = selection(db, 'stream = ? AND revision >= ? ORDER BY revision LIMIT ?');
  const byEntry = selection(db, 'entry = ?');
  const byIds = selection(db, 'id IN (SELECT value FROM json_each(?))');
  const positions = rowsOf(
    db,
    'SELECT CAST(entry AS BLOB), position FROM events WHERE entry IN (SELECT value FROM json_each(?))',
  );
  const some = rowsOf(
    db,
    `SELECT EXISTS (SELECT 1 FROM events WHERE id IN (SELECT value FROM json_each(?)))
       OR EXISTS (SELECT 1 FROM events WHERE entry IN (SELECT value FROM json_each(?)))`,
  );
  const lastRevision = rowsOf(db, 'SELECT CAST(max(revision) AS INTEGER) FROM events WHERE stream = ?');
  const bothLengths = `(SELECT max(position) FROM events), (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'length')`;
  const lengths = rowsOf(db, `SELECT ${bothLengths}`);
  // One statement costs a third of four, and json_each more than the rest.
  const ahead = rowsOf(
    db,
    `SELECT ${bothLengths}, (SELECT CAST(max(revision) AS INTEGER) FROM events WHERE stream = ?),
       EXISTS (SELECT 1 FROM events WHERE id = ?) OR EXISTS (SELECT 1 FROM events WHERE entry = ?)`,
  );

  /** In portions, each one value. */
  const inPortions = <T>(from: number, limit: number, read: (from: number, limit: number) => T[]): T[] => {
    if (limit <= together) return read(from, limit);
    const all: T[] = [];
    for (let left = limit; left > 0;) {
      const portion = read(from + all.length, Math.min(left, together));
      for (const event of portion) all.push(event);
      left = portion.length < together ? 0 : left - together;
    }
    return all;
  };

  return {
    /** From a position on. That none is missing is for the caller to see. */
    from: (position: number, limit: number): StoredEvent[] => inPortions(position, limit, byPosition.events),
    bodies: (position: number, limit: number): ReadBody[] => inPortions(position, limit, byPosition.bodies),
    ofStream: (stream: string, revision: number, limit: number): StoredEvent[] =>
      inPortions(revision, limit, (from, count) => byStream.events(stream, from, count)),
    withEntry: (entry: string): StoredEvent | undefined => byEntry.events(entry)[0],
    withIds: (ids: readonly string[]): StoredEvent[] => byIds.events(JSON.stringify(ids)),
    /** Is any event of these ids in the log, or any of these entries? */
    haveSome: (ids: readonly string[], entries: readonly string[]): boolean =>
      some(JSON.stringify(ids), JSON.stringify(entries))[0]?.[0] !== 0,
    /** By entry, those of them that are in the log. */
    entryPositions: (entries: readonly string[]): Map<string, number> =>
      new Map(
        positions(JSON.stringify(entries)).map(([entry, position]) => [textOf(entry), position as number]),
      ),
    /** -1 of a stream without events. */
    revisionOf: (stream: string): number => (lastRevision(stream)[0]?.[0] as number | null) ?? -1,
    /** Events by their last position, and as many as the store states, if it does. */
    lengths: (): Lengths => lengthsIn(lengths()[0]),
    /** What the append of one event asks: the lengths, the revision of its stream, and whether its id or its entry is here. */
    ahead(stream: string, id: string, entry: string | null): Lengths & Ahead {
      const [row = []] = ahead(stream, id, entry);
      return { ...lengthsIn(row), revision: (row[2] as number | null) ?? -1, some: row[3] !== 0 };
    },
  };
}
