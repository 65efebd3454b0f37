/**
 * The built command as a process of its own, that may be killed at a moment of its life, and the store that it leaves.
 *
 * Moments that matter are few and short, so a kill waits for a sign: the start, growth of the store's write-ahead
 * log, or the first line that is said. SIGKILL gives the process no chance to tidy up.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openEventLog, verifyLog, type EventLog } from '@tieout/event-log';
import type { StoredEvent } from '@tieout/events';
import * as fc from 'fast-check';
import { inRoot, senseTime } from './command';

export const storeIn = (folder: string): string => join(folder, '.tieout', `${senseTime}.db`);

/** Milliseconds after a sign; of writing: after the write-ahead log has grown by more than so many bytes, by default none. */
export interface Moment {
  readonly sign: 'started' | 'writing' | 'speaking';
  readonly after: number;
  readonly grown?: number;
}

export interface Ended {
  /** None when it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly lasted: number;
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Runs `tieout ARGS…` in the folder, killed at the moment given, if it still lives then. */
export function tieout(args: readonly string[], folder: string, kill?: Moment): Promise<Ended> {
  const began = performance.now();
  const walFile = `${storeIn(folder)}-wal`;
  const before = sizeOf(walFile);
  const { PATH = '', HOME = '' } = process.env;
  const running = spawn(process.execPath, [inRoot('dist/tieout.cjs'), ...args], {
    cwd: folder,
    env: { PATH, HOME, TIEOUT_ACTOR: 'tester' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  const seen = (sign: Moment['sign']): void => {
    if (kill?.sign === sign) setTimeout(() => running.kill('SIGKILL'), kill.after);
  };
  const watch = setInterval(() => {
    if (sizeOf(walFile) <= before + (kill?.grown ?? 0)) return;
    clearInterval(watch);
    seen('writing');
  }, 1);
  running.stdout.on('data', (data: Buffer) => {
    if (stdout === '') seen('speaking');
    stdout += data.toString();
  });
  seen('started');
  return new Promise((done, fail) => {
    running.once('error', fail);
    running.once('close', (code) => {
      clearInterval(watch);
      done({ code, stdout, lasted: performance.now() - began });
    });
  });
}

/** Moments drawn from these spans by turns, each up to so many milliseconds after its sign; the same in every run. */
export function moments(count: number, seed: number, spans: readonly Moment[]): readonly Moment[] {
  // Thousandths, because doubles are drawn from their bits, and most of those are next to nil.
  const thousandths = fc.sample(fc.integer({ min: 0, max: 1000 }), { numRuns: count, seed });
  return thousandths.flatMap((thousandth, index): Moment[] => {
    const span = spans[index % spans.length];
    return span ? [{ ...span, after: (span.after * thousandth) / 1000 }] : [];
  });
}

/** The store as it lies there, in a folder of its own, so that looking at it does not tidy it up for the next start. */
export function copyStore(from: string, to: string): string {
  const [source, target] = [storeIn(from), storeIn(to)];
  mkdirSync(join(to, '.tieout'), { recursive: true });
  for (const part of ['', '-wal']) if (existsSync(source + part)) copyFileSync(source + part, target + part);
  return target;
}

export async function withStore<T>(file: string, work: (log: EventLog) => Promise<T>): Promise<T> {
  const log = await openEventLog(`sqlite:${file}`);
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

/** Every event of a store, after all that `verifyLog` can find was looked for and is not there. Nothing where no store is. */
export async function soundEvents(file: string): Promise<readonly StoredEvent[]> {
  if (!existsSync(file)) return [];
  return withStore(file, async (log) => {
    expect((await verifyLog(log)).problems).toStrictEqual([]);
    return log.readAll(0, await log.length());
  });
}
