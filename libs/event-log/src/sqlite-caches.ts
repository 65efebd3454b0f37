/**
 * The caches beside an embedded log: snapshots of projections and sealed pages of postings.
 *
 * They can be made again from the events at any time, so one that is damaged is as none. What a reader checks by their
 * own hash (a snapshot's state; a page's names and columns) is his to check; the rest of a row stands under a seal of
 * its own, because a snapshot that gives itself for longer than it is would leave out events without a sign.
 */
import { canonical, sha256 } from '@tieout/events';
import type { SealedPage, Snapshot } from './port';
import { rowsOf, textOf } from './sqlite-events';
import type { Connection } from './sqlite-format';

const sealOfSnapshot = ({ projection, version, basis, length, sha256: hash }: Snapshot): string =>
  sha256(canonical({ projection, version, basis, length, hash }));
const sealOfPage = ({ number, sha256: hash, root }: Omit<SealedPage, 'names' | 'columns'>): string =>
  sha256(canonical({ number, hash, root }));

export function cachesOf(db: Connection) {
  const rows = (sql: string, ...values: number[]) => rowsOf(db, sql)(...values);

  const snapshots = (): { readonly snapshot: Snapshot; readonly sound: boolean }[] => {
    const found = rows(
      `SELECT CAST(projection AS BLOB), CAST(version AS INTEGER), CAST(basis AS BLOB), CAST(length AS INTEGER),
         CAST(state AS BLOB), CAST(sha256 AS BLOB), CAST(seal AS BLOB) FROM snapshots ORDER BY projection`,
    );
    return found.map(([projection, version, basis, length, state, hash, seal]) => {
      const snapshot = {
        projection: textOf(projection),
        version: version as number,
        basis: textOf(basis),
        length: length as number,
        state: textOf(state),
        sha256: textOf(hash),
      };
      return { snapshot, sound: sealOfSnapshot(snapshot) === textOf(seal) };
    });
  };
  const pageCount = (): number =>
    ((rows('SELECT max(number) FROM pages')[0]?.[0] as number | null) ?? -1) + 1;

  return {
    saveSnapshots(saved: readonly Snapshot[]): void {
      const insert = db.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?, ?, ?)');
      for (const s of saved)
        insert.run([s.projection, s.version, s.basis, s.length, s.state, s.sha256, sealOfSnapshot(s)]);
    },

    loadSnapshots: (): Snapshot[] => snapshots().flatMap(({ snapshot, sound }) => (sound ? [snapshot] : [])),

    savePages(saved: readonly SealedPage[]): void {
      const first = saved[0]?.number ?? Infinity;
      if (first > pageCount()) return;
      db.prepare('DELETE FROM pages WHERE number >= ?').run([first]);
      const insert = db.prepare('INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?)');
      for (const p of saved)
        insert.run([p.number, p.names, Buffer.from(p.columns), p.sha256, p.root, sealOfPage(p)]);
    },

    /** Up to the first that is missing or does not bear its seal. */
    readPages(from: number, limit: number): SealedPage[] {
      const found = rows(
        `SELECT number, CAST(names AS BLOB), CAST(columns AS BLOB), CAST(sha256 AS BLOB), CAST(root AS BLOB),
           CAST(seal AS BLOB) FROM pages WHERE number >= ? ORDER BY number LIMIT ?`,
        from,
        limit,
      );
      const pages: SealedPage[] = [];
      for (const [number, names, columns, sha256, root, seal] of found) {
        const page = {
          number: number as number,
          names: textOf(names),
          columns: aligned(columns as Uint8Array),
          sha256: textOf(sha256),
          root: textOf(root),
        };
        if (number !== from + pages.length || sealOfPage(page) !== textOf(seal)) break;
        pages.push(page);
      }
      return pages;
    },

    dropPages: (): void => void db.exec('DELETE FROM pages'),

    /** What is damaged, as far as it shows here. */
    problems(): string[] {
      const states = snapshots().flatMap(({ snapshot: { projection, state, sha256: hash }, sound }) =>
        sound && sha256(state) === hash
          ? []
          : [`the snapshot of ${projection} is not what was saved; tieout replay makes it again`],
      );
      const sealed = rows(
        'SELECT number, CAST(sha256 AS BLOB), CAST(root AS BLOB), CAST(seal AS BLOB) FROM pages ORDER BY number',
      );
      const pages = sealed.flatMap(([number, sha256, root, seal], due) =>
        number === due &&
        sealOfPage({ number: due, sha256: textOf(sha256), root: textOf(root) }) === textOf(seal)
          ? []
          : [`page ${due} of postings is not what was saved; tieout replay makes it again`],
      );
      return [...states, ...pages];
    },
  };
}

/** The bytes as typed arrays want them: in place where libsql put them at a multiple of eight, else copied. */
const aligned = (bytes: Uint8Array): Uint8Array =>
  bytes.byteOffset % 8 === 0
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : Uint8Array.from(bytes);
