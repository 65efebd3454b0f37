/**
 * What stands in the file of an embedded store, and the way there from the format before.
 *
 * An event is one row: its place, the text that its leaf hashes, the leaf, and what it is found by (id, stream and
 * revision, entry). These stand in the text, too; readers believe the text, and a verification holds them against it. (Columns
 * that SQLite computes from the text could not differ, but made its check of the file two and a half times as long.)
 * `meta` states how many events there are: a file that lost the end of its log contradicts itself.
 *
 * NOTE stored format: the statements below stand in files for ever. A change is a new format number with a migration.
 */
import Database from 'libsql';
import { bodyAndLeaf, canonical, LedgerError, refuse, type StoredEvent } from '@tieout/events';
import { entryOf } from './append';
import { damaged, type EventRow } from './row';
import { rowsOf, textOf } from './sqlite-events';

export type Connection = InstanceType<typeof Database>;

export const format = '2';

export const schema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  leaf TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  stream TEXT NOT NULL,
  revision INTEGER NOT NULL,
  entry TEXT UNIQUE,
  UNIQUE (stream, revision)
) STRICT;
CREATE TRIGGER events_are_dense BEFORE INSERT ON events
  WHEN NEW.position <> (SELECT coalesce(max(position) + 1, 0) FROM events)
  BEGIN SELECT RAISE(ABORT, 'events are appended, each at the next position'); END;
CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only: reverse the entry instead'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only: reverse the entry instead'); END;
CREATE TABLE snapshots (
  projection TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  basis TEXT NOT NULL,
  length INTEGER NOT NULL,
  state TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  seal TEXT NOT NULL
) STRICT;
CREATE TABLE pages (
  number INTEGER PRIMARY KEY,
  names TEXT NOT NULL,
  columns BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  root TEXT NOT NULL,
  seal TEXT NOT NULL
) STRICT;
INSERT INTO meta VALUES ('format', '${format}'), ('length', '0');
`;

/** Rows to a statement: a call into SQLite costs as much as some rows. */
const together = 16;

/** An event as it is written: with what it will be found by. */
export interface FiledEvent extends EventRow {
  readonly event: Pick<StoredEvent, 'id' | 'stream' | 'revision'>;
  readonly entry: string | undefined;
}

type Column = string | number | null;
const columns = ['position', 'body', 'leaf', 'id', 'stream', 'revision', 'entry'];

/** Writes events at the next positions. Inside a commit. Its statements are prepared when they are first needed. */
export function eventWriter(db: Connection): (rows: readonly FiledEvent[]) => void {
  const prepared = (sql: string) => {
    let statement: { run(values: readonly Column[]): unknown } | undefined;
    return (values: readonly Column[]): unknown => (statement ??= db.prepare(sql)).run(values);
  };
  const row = `(${columns.map(() => '?').join()})`;
  const insert = (rows: number) =>
    prepared(`INSERT INTO events (${columns.join()}) VALUES ${Array(rows).fill(row).join()}`);
  const [insertMany, insertOne] = [insert(together), insert(1)];
  const setLength = prepared(`UPDATE meta SET value = ? WHERE key = 'length'`);
  return (rows) => {
    const last = rows.at(-1);
    if (last === undefined) return;
    const whole = rows.length - (rows.length % together);
    let values: Column[] = [];
    for (const [at, { position, body, leaf, event, entry }] of rows.entries()) {
      values.push(position, body, leaf, event.id, event.stream, event.revision, entry ?? null);
      if (at < whole && values.length < columns.length * together) continue;
      (at < whole ? insertMany : insertOne)(values);
      values = [];
    }
    setLength([String(last.position + 1)]);
  };
}

type RowOfFormat1 = [number, string, string, number, string, number, string, string, string, string];

/**
 * From format 1, which kept the parts of an event in columns and its payload as text, to this one: the same events, the
 * same leaves, the same head; snapshots, a cache, go. Inside a commit. Refuses (E401) an event that is not what was
 * appended, because the new form would hide it, and (E207) an entry that stands twice.
 */
export function migrateFrom1(db: Connection): void {
  for (const trigger of ['events_are_dense', 'events_stay_as_they_are', 'events_stay'])
    db.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
  db.exec('ALTER TABLE events RENAME TO events_1; DROP TABLE snapshots; DROP TABLE meta');
  db.exec(schema);
  const entries = new Map<string, number>();
  const write = eventWriter(db);
  const select = db.prepare('SELECT * FROM events_1 WHERE position >= ? ORDER BY position LIMIT 1000').raw();
  for (let next = 0; ;) {
    const rows = (select.all(next) as RowOfFormat1[]).map((row, index) => rowOf(row, next + index, entries));
    if (rows.length === 0) break;
    write(rows);
    next += rows.length;
  }
  db.exec('DROP TABLE events_1');
}

function rowOf(row: RowOfFormat1, due: number, entries: Map<string, number>): FiledEvent {
  const [position, id, name, version, stream, revision, recordedAt, actor, text, leaf] = row;
  if (position !== due)
    throw new LedgerError([
      damaged(position, `position ${due} is missing: position ${position} stands in its place`),
    ]);
  const payload = payloadOf(text);
  const { body, leaf: computed } = bodyAndLeaf(
    { id, name, version, payload, recordedAt, actor, stream, revision, position },
    text,
  );
  if (payload === undefined || canonical(payload) !== text || computed !== leaf)
    throw new LedgerError([damaged(position, `${name} at position ${position} is not what was appended`)]);
  const entry = entryOf(payload);
  const there = entry === undefined ? undefined : entries.get(entry);
  if (entry !== undefined && there !== undefined)
    refuse('E207', `entry ${entry} stands at positions ${there} and ${position}`);
  if (entry !== undefined) entries.set(entry, position);
  return { position, body, leaf, event: { id, stream, revision }, entry };
}

function payloadOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether tables, indexes and triggers are those of the format: differences, or none. */
export function schemaProblems(db: Connection): string[] {
  const reference = new Database(':memory:');
  try {
    reference.exec(schema);
    const [present, due] = [definitions(db), definitions(reference)];
    return [
      ...due.filter((each) => !present.includes(each)).map((each) => `missing from the store: ${each}`),
      ...present.filter((each) => !due.includes(each)).map((each) => `foreign to the store: ${each}`),
    ];
  } finally {
    reference.close();
  }
}

function definitions(db: Connection): string[] {
  const rows = rowsOf(
    db,
    'SELECT CAST(type AS BLOB), CAST(name AS BLOB), CAST(sql AS BLOB) FROM sqlite_master ORDER BY name',
  )();
  return rows.map(([type, name, sql]) => {
    const text = textOf(sql).replace(/\s+/g, ' ');
    return `${textOf(type)} ${textOf(name)}${text === '' ? '' : `: ${text}`}`;
  });
}
