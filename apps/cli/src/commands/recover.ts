/**
 * `backup` and `recover`: a store beside the store. Neither changes the one that is there.
 *
 * A backup is all of the log, taken while others write. A recovery is the log up to a position, of a store that is
 * damaged beyond it: event by event, each held against its hash, and nothing from the first that does not hold.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { backupLog, headOf, openMirror, type EventLog } from '@tieout/event-log';
import { assert, ExitCode, LedgerError, refuse } from '@tieout/events';
import { progressOn } from '../io';
import type { Session } from '../session';

const page = 1000;

export async function runBackup(session: Session, to: string): Promise<number> {
  const { io, log } = session;
  const file = resolve(io.cwd, to);
  const { length, head } = await backupLog(log.url, file);
  io.print(`${length} events copied to ${file} and verified\nhead ${head}`);
  return ExitCode.done;
}

function upTo(text: string, length: number): number {
  const position = Number(text);
  if (!/^\d+$/.test(text) || position < 1 || position > length)
    refuse('E602', `--to takes a position from 1 to ${length}, not "${text}"`, {
      help: 'tieout verify names the first damaged position; what stands before it can be kept',
    });
  return position;
}

/** Copies the events before `end`; refuses (E401) at the first that is not what was appended. */
async function copySound(
  log: EventLog,
  to: string,
  end: number,
  step: (done: number, total: number) => void,
): Promise<string> {
  const copy = await openMirror(`sqlite:${to}`);
  try {
    for (let position = 0; position < end;) {
      const events = await log.readAll(position, Math.min(page, end - position));
      assert(events.length > 0, 'a log that is as long as it says');
      // The copy takes nothing that does not hash to its leaf.
      await copy.copy(events);
      position += events.length;
      step(position, end);
    }
    return (await headOf(copy)).head;
  } finally {
    await copy.close();
  }
}

export async function runRecover(session: Session, options: { to: string; out: string }): Promise<number> {
  const { io, log, globals } = session;
  const file = resolve(io.cwd, options.out);
  if (existsSync(file))
    refuse('E602', `the file ${file} exists; a recovery overwrites nothing`, { help: 'name a new file' });
  const end = upTo(options.to, await log.length());
  const progress = progressOn(io, 'Recovering', globals.quiet ?? false);
  const partial = `${file}.partial-${process.pid}`;
  try {
    const head = await copySound(log, partial, end, progress.step);
    renameSync(partial, file);
    progress.done();
    io.print(
      `${end} events recovered to ${file}\nhead ${head}\nthe store ${log.url} is as it was; tieout --store sqlite:${file} verify looks at the new one`,
    );
    return ExitCode.done;
  } catch (error) {
    progress.done();
    throw error instanceof LedgerError ? withNote(error) : error;
  } finally {
    for (const part of ['', '-wal', '-shm']) rmSync(`${partial}${part}`, { force: true });
  }
}

/** What is refused names the event: what stands before it can be kept. */
const withNote = (error: LedgerError): LedgerError =>
  new LedgerError(
    error.problems.map((problem) => {
      const position = /^event (\d+)$/.exec(problem.at?.file ?? '')?.[1];
      const notes = [...(problem.notes ?? []), 'no new store was made; the one that is there is as it was'];
      const help = `tieout recover --to ${position} keeps what stands before it`;
      return { ...problem, notes, ...(Number(position) > 0 ? { help } : {}) };
    }),
  );
