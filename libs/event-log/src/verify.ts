/**
 * The verification of a log: is it what was appended?
 *
 * Every leaf hash is computed again from the event's text, which is in canonical form; positions are dense in the log
 * and revisions in each stream; the store has as many as it states, and its own check finds nothing. The head is the
 * Merkle root over the leaves as computed, so two logs with one head say the same, whatever their stores. Findings are
 * collected, the first damaged position first.
 */
import { canonical, LedgerError, leafOf, merkleRoot, type Problem, type StoredEvent } from '@tieout/events';
import type { EventBody, EventLog } from './port';
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
        problems.push(...problemsOf(each, leaves.length, next));
        leaves.push(leafOf(each.body));
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
  const own = [
    ...(await said(log, async () => void (await log.length()))),
    ...(await said(log, () => log.inspect())),
  ];
  return { length: leaves.length, head: merkleRoot(leaves), problems: [...problems, ...own] };
}

/** What is wrong with the event that stands at `position`. Throws (E401) at a hole. */
function problemsOf({ body, leaf }: EventBody, position: number, next: Map<string, number>): Problem[] {
  const computed = leafOf(body);
  let event: Omit<StoredEvent, 'leaf'>;
  try {
    event = parsedBody(body, position);
  } catch (error) {
    if (error instanceof LedgerError) return [...error.problems];
    throw error;
  }
  const name = namedAt(event, position);
  if (computed !== leaf) {
    const message = `${name} is not what was appended: it hashes to ${computed}, not to ${leaf}`;
    return [...misplaced(event, position, next), damaged(position, message)];
  }
  if (event.position !== position) {
    const message = `position ${position} is missing: position ${event.position} stands in its place`;
    throw new LedgerError([damaged(event.position, message)]);
  }
  const spelt = canonical(event) === body ? [] : [damaged(position, `${name} is not canonical JSON`)];
  return [...misplaced(event, position, next), ...spelt];
}

function misplaced(
  { stream, revision }: Omit<StoredEvent, 'leaf'>,
  position: number,
  next: Map<string, number>,
): Problem[] {
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
