/**
 * The verification of a log: is it what was appended?
 *
 * Every leaf hash is computed again from the event's content; positions are dense in the log and revisions in each
 * stream; the store's own check finds nothing. The head is the Merkle root over the leaves as computed, so two logs
 * with one head say the same, whatever their stores. Findings are collected, the first damaged position first.
 */
import { LedgerError, leafHash, merkleRoot, type Problem, type StoredEvent } from '@tieout/events';
import type { EventLog } from './port';
import { damaged } from './row';

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
      const events = await log.readAll(leaves.length, limit);
      for (const event of events) {
        const leaf = leafHash(event);
        problems.push(...misplaced(event, next), ...altered(event, leaf));
        leaves.push(leaf);
      }
      if (events.length < limit) break;
    } catch (error) {
      // A hole or an unreadable payload. Come up to it one by one, so that damage before it is named first; then stop,
      // because what follows cannot be read in order.
      if (!(error instanceof LedgerError)) throw error;
      if (limit === 1) problems.push(...error.problems);
      limit = limit === 1 ? 0 : 1;
    }
  }
  return {
    length: leaves.length,
    head: merkleRoot(leaves),
    problems: [...problems, ...(await inspected(log))],
  };
}

function misplaced({ position, stream, revision }: StoredEvent, next: Map<string, number>): Problem[] {
  const due = next.get(stream) ?? 0;
  next.set(stream, revision + 1);
  if (revision === due) return [];
  return [
    damaged(
      position,
      `position ${position} is revision ${revision} of stream ${stream}, where ${due} is due`,
    ),
  ];
}

function altered({ name, position, leaf }: StoredEvent, computed: string): Problem[] {
  if (computed === leaf) return [];
  return [
    damaged(
      position,
      `${name} at position ${position} is not what was appended: it hashes to ${computed}, not to ${leaf}`,
    ),
  ];
}

async function inspected(log: EventLog): Promise<Problem[]> {
  try {
    return (await log.inspect()).map((message) => ({ code: 'E401', message, at: { file: log.url } }));
  } catch (error) {
    if (error instanceof LedgerError) return [...error.problems];
    throw error;
  }
}
