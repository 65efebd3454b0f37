/**
 * What the test double stores: records in streams and in one commit order, as a KurrentDB node does.
 *
 * The marks A1, A2 ... are the assumptions about the server that this encodes; the table in docs/kurrentdb.md says each
 * in words. Nothing is ever taken away, except by `forget`, which stands for a database that was replaced.
 */

export interface NewRecord {
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Recorded extends NewRecord {
  readonly stream: string;
  readonly revision: number;
  readonly commit: bigint;
  readonly prepare: bigint;
  /** Whole seconds, in ticks of 100 ns (A10). */
  readonly created: bigint;
}

/** A stream's last revision; 'none' where it must not exist. */
export type Expected = number | 'any' | 'none' | 'exists';

export interface StreamWrite {
  readonly stream: string;
  readonly expected: Expected;
  readonly records: readonly NewRecord[];
}

export type Outcome =
  | { readonly done: true; readonly revisions: readonly number[]; readonly commit: bigint }
  /** `actual`: last revision of the stream, -1 when it has none. */
  | {
      readonly done: false;
      readonly stream: string;
      readonly expected: Expected;
      readonly actual: number;
    };

export interface Records {
  /** All or nothing over all the streams (A3). */
  write(writes: readonly StreamWrite[]): Outcome;
  /** In commit order, from a position on, that position included (A5, A6). */
  all(from?: { readonly commit: bigint; readonly prepare: bigint }): readonly Recorded[];
  stream(name: string): readonly Recorded[];
  /** Calls back after each write, with what it added. Returns how to stop that. */
  onWrite(listener: (added: readonly Recorded[]) => void): () => void;
  /** Drop the last `count` records: not what a server does, but what a restored backup looks like. */
  forget(count: number): void;
}

export function records(): Records {
  let log: Recorded[] = [];
  const listeners = new Set<(added: readonly Recorded[]) => void>();
  let end = 0n;
  const stream = (name: string): readonly Recorded[] => log.filter((r) => r.stream === name);

  /** A1: the expectation holds where the stream ends there. */
  const holds = (expected: Expected, last: number): boolean =>
    expected === 'any' ||
    (expected === 'none' && last < 0) ||
    (expected === 'exists' && last >= 0) ||
    expected === last;

  /** A2: a write that was made before, by ids and place, is acknowledged again and changes nothing. */
  const madeBefore = ({ stream: name, expected, records: said }: StreamWrite): boolean => {
    const first = expected === 'none' ? 0 : typeof expected === 'number' ? expected + 1 : -1;
    const there = first < 0 ? [] : stream(name).slice(first, first + said.length);
    return said.length > 0 && there.length === said.length && there.every((r, i) => r.id === said[i]?.id);
  };

  return {
    write(writes) {
      if (writes.every(madeBefore)) {
        const revisions = writes.map(
          (w) => (w.expected === 'none' ? -1 : Number(w.expected)) + w.records.length,
        );
        return { done: true, revisions, commit: end };
      }
      for (const { stream: name, expected } of writes) {
        const actual = stream(name).length - 1;
        if (!holds(expected, actual)) return { done: false, stream: name, expected, actual };
      }
      const added: Recorded[] = [];
      const created = BigInt(Math.floor(Date.now() / 1000)) * 10_000_000n;
      for (const { stream: name, records: said } of writes) {
        const before = stream(name).length;
        said.forEach((record, i) => {
          // Positions are places in a file: they grow, and not by one (A5).
          end += BigInt(100 + record.data.length + record.metadata.length);
          added.push({ ...record, stream: name, revision: before + i, prepare: end, commit: end, created });
        });
      }
      // Over several streams one commit record ends the write and all its records are committed there (A4).
      end += 50n;
      log = [...log, ...(writes.length > 1 ? added.map((r) => ({ ...r, commit: end })) : added)];
      const written = log.slice(log.length - added.length);
      for (const listener of listeners) listener(written);
      return {
        done: true,
        revisions: writes.map((w) => stream(w.stream).length - 1),
        commit: written.at(-1)?.commit ?? end,
      };
    },
    all: (from) =>
      from === undefined
        ? log
        : log.filter(
            (r) => r.commit > from.commit || (r.commit === from.commit && r.prepare >= from.prepare),
          ),
    stream,
    onWrite(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    forget(count) {
      log = log.slice(0, log.length - count);
    },
  };
}
