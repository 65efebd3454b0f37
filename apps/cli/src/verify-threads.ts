/**
 * A verification on several threads: this one and others, each with the store open by itself, sharing the ranges.
 *
 * A thread is the built command started again from its own file; `main.ts` asks `isVerifyThread` before anything else.
 * Which thread looked at which range makes no difference to what is found.
 */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { openEventLog, ownProblems, pageLength, type EventLog } from '@tieout/event-log';
import { LedgerError, refuse, type Problem } from '@tieout/events';
import {
  joinRanges,
  rangeVerifier,
  sharesOf,
  takeShares,
  type LogFindings,
  type RangeFindings,
  type Shares,
  type VerifyBy,
} from '@tieout/projections';

interface Task {
  readonly task: 'verify';
  readonly url: string;
  readonly by: VerifyBy;
  readonly shares: Shares;
}

const isTask = (data: unknown): data is Task => (data as Task | null)?.task === 'verify';

export const isVerifyThread = (): boolean => !isMainThread && isTask(workerData);

/** What a thread does: takes ranges, and hands over what it found. A log that it cannot open it leaves to the others. */
export async function verifyThread(): Promise<void> {
  if (!isTask(workerData)) throw new Error('assertion failed: a thread without a task');
  const { url, by, shares } = workerData;
  const log = await openEventLog(url);
  try {
    parentPort?.postMessage(await takeShares(rangeVerifier(log, by), shares));
  } finally {
    await log.close();
  }
}

/** Starting a thread takes as long as some pages, so by default few pages are not shared. */
const WORTH = 16 * pageLength;

/** How many threads to verify on. Refuses (E602) a number that is none. */
export function jobsOf(asked: string | undefined, log: EventLog, length: number): number {
  if (asked !== undefined && !/^[1-9]\d{0,2}$/.test(asked))
    refuse('E602', `--jobs takes a number of threads, not "${asked}"`);
  const apart = log.url.startsWith('sqlite:') && length >= 2 * pageLength;
  if (!apart || (asked === undefined && length < WORTH)) return 1;
  return Math.min(asked === undefined ? availableParallelism() : Number(asked), 64);
}

export interface VerifyOn {
  readonly jobs: number;
  /** Whether the store checks its own file, too. */
  readonly inspect: boolean;
  readonly step: (done: number, total: number) => void;
  /** What else is to be looked at: done here while the other threads take ranges. */
  readonly meanwhile: () => Promise<void>;
}

/** Everything that the log itself shows, and what its store says of itself. */
export async function verifyOn(
  log: EventLog,
  by: VerifyBy,
  { jobs, inspect, step, meanwhile }: VerifyOn,
): Promise<{ readonly log: LogFindings; readonly own: readonly Problem[] }> {
  const length = await lengthOf(log);
  const threads = length === undefined ? 1 : jobs;
  const shares = sharesOf(length ?? 0, threads);
  const task: Task = { task: 'verify', url: log.url, by, shares };
  const others = Promise.all(Array.from({ length: threads - 1 }, () => started(task)));
  const here = async () => {
    // The others have begun; what only one can do comes first.
    const own = await ownProblems(log, { inspect });
    await meanwhile();
    const mine = await takeShares(rangeVerifier(log, by), shares, (done) => step(done, shares.length));
    return { own, mine };
  };
  const [{ own, mine }, theirs] = await Promise.all([here(), others]);
  return { log: await joinRanges(log, [...mine, ...theirs.flat()]), own };
}

/** Events of the log; none where the store contradicts itself: then it is read to its end. */
async function lengthOf(log: EventLog): Promise<number | undefined> {
  try {
    return await log.length();
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}

function started(task: Task): Promise<readonly RangeFindings[]> {
  return new Promise((resolve, reject) => {
    let found: readonly RangeFindings[] | undefined;
    const thread = new Worker(__filename, { workerData: task });
    thread.on('message', (message: readonly RangeFindings[]) => (found = message));
    thread.on('error', reject);
    thread.on('exit', () =>
      found ? resolve(found) : reject(new Error('assertion failed: a thread of verify ended without a word')),
    );
  });
}
