/**
 * The verification of a log: is it what was appended?
 *
 * Every leaf hash is computed again from the event's text, which is in canonical form; positions are dense in the log
 * and revisions in each stream; the store has as many as it states, and its own check finds nothing. The head is the
 * Merkle root over the leaves as computed, so two logs with one head say the same, whatever their stores. Findings are
 * collected, the first damaged position first.
 */
import { canonical, LedgerError, merkleRoot, type Problem, type StoredEvent } from '@tieout/events';
import { entryOf } from './append';
import type { EventLog, ReadBody } from './port';
import { damaged, namedAt, parsedBody } from './row';

export interface LogVerification {
  /** Number of events read. Less than the log's length when reading had to stop at damage. */
  readonly length: number;
  /** RFC 6962 Merkle root over the leaves of those events, hex. */
  readonly head: string;
  /** None when the log is sound; in log order, then what the store itself says. */
  readonly problems: readonly Problem[];
}

const page = 1000;

export async function verifyLog(log: EventLog): Promise<LogVerification> {
  const problems: Problem[] = [];
  const leaves: string[] = [];
  const next = new Map<string, number>();
  let limit = page;
  while (limit > 0) {
    try {
      const bodies = await log.readBodies(leaves.length, limit);
      for (const each of bodies) {
        const position = leaves.length;
        const looked = lookAt(each, position);
        if (looked.event) {
          const { stream, revision } = looked.event;
          problems.push(...misplaced({ stream, revision, position }, next.get(stream) ?? 0));
          next.set(stream, revision + 1);
        }
        problems.push(...looked.problems);
        leaves.push(each.hash);
      }
      if (bodies.length < limit) break;
    } catch (error) {
      // A hole or a page of the file that cannot be read. Come up to it one by one, so that damage before it is named first; then stop,
      // because what follows cannot be read in order.
      if (!(error instanceof LedgerError)) throw error;
      if (limit === 1) problems.push(...error.problems);
      limit = limit === 1 ? 0 : 1;
    }
  }
  return {
    length: leaves.length,
    head: merkleRoot(leaves),
    problems: [...problems, ...(await ownProblems(log))],
  };
}

/**
 * What the store itself says: whether it has as many events as it states, and what its own check finds, unless that is
 * left out: of a long log it costs as much as half of everything else.
 */
export async function ownProblems(
  log: EventLog,
  { inspect = true }: { readonly inspect?: boolean } = {},
): Promise<readonly Problem[]> {
  return [
    ...(await said(log, async () => void (await log.length()))),
    ...(inspect ? await said(log, () => log.inspect()) : []),
  ];
}

/** An event by itself: what it says, where that can be read, and what is wrong with it. */
export interface LookedAt {
  readonly event: Omit<StoredEvent, 'leaf'> | undefined;
  readonly problems: readonly Problem[];
}

/** What is wrong with the event that stands at `position`, its stream apart. Throws (E401) at a hole. */
export function lookAt({ body, leaf, hash, filed }: ReadBody, position: number): LookedAt {
  let event: Omit<StoredEvent, 'leaf'>;
  try {
    event = parsedBody(body, position);
  } catch (error) {
    if (error instanceof LedgerError) return { event: undefined, problems: error.problems };
    throw error;
  }
  const name = namedAt(event, position);
  if (hash !== leaf) {
    const message = `${name} is not what was appended: it hashes to ${hash}, not to ${leaf}`;
    return { event, problems: [damaged(position, message)] };
  }
  if (event.position !== position) {
    const message = `position ${position} is missing: position ${event.position} stands in its place`;
    throw new LedgerError([damaged(event.position, message)]);
  }
  const problems: Problem[] = [];
  if (canonical(event) !== body) problems.push(damaged(position, `${name} is not canonical JSON`));
  if (filed !== undefined && Buffer.compare(filed, Buffer.from(filedAs(event))) !== 0)
    problems.push(damaged(position, `the store finds ${name} by something else than it says`));
  return { event, problems };
}

/** By what a store finds an event: its id, stream and revision, and the entry that it carries, if it carries one. */
export function filedAs(event: Omit<StoredEvent, 'leaf'>): string {
  const { id, stream, revision } = event;
  const entry = entryOf(event.payload);
  return `${id}\0${stream}\0${revision}${entry === undefined ? '' : `\0${entry}`}`;
}

/** What is wrong with the place of an event in its stream, where revision `due` is next. */
export function misplaced(
  { stream, revision, position }: Pick<StoredEvent, 'stream' | 'revision' | 'position'>,
  due: number,
): readonly Problem[] {
  if (revision === due) return [];
  const message = `position ${position} is revision ${revision} of stream ${stream}, where ${due} is due`;
  return [damaged(position, message)];
}

/** What the store itself says, by this look at it. */
async function said(log: EventLog, look: () => Promise<readonly string[] | void>): Promise<Problem[]> {
  try {
    const messages = (await look()) ?? [];
    return messages.map((message) => ({ code: 'E401', message, at: { file: log.url } }));
  } catch (error) {
    if (error instanceof LedgerError) return [...error.problems];
    throw error;
  }
}
