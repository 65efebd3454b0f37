/**
 * `replay --follow`: the projections of this process kept up to date with the log as others append to it.
 *
 * One line a batch: the position that was reached, the lag (events that the log already has beyond it), the time. Nothing
 * is stored; an event that cannot be taken stops it, as it stops every replay.
 */
import { follow } from '@tieout/event-log';
import { ExitCode, refuse } from '@tieout/events';
import type { Session } from '../session';
import type { ReplayFlags } from './replay';

export async function runFollow(
  session: Session,
  { candidate, acceptMoves }: ReplayFlags,
  signal: AbortSignal,
): Promise<number> {
  const { io, globals, log, replay } = session;
  if ((candidate ?? acceptMoves ?? globals.knownAt ?? globals.at) !== undefined)
    refuse('E602', '--follow stores nothing and has no end', {
      help: 'leave --candidate, --accept-moves, --known-at and --at out',
    });
  const say = (events: number, length: number, started: number): void => {
    const [position, lag] = [replay.revision, length - replay.revision];
    const [at, millis] = [new Date().toISOString(), Math.round(performance.now() - started)];
    if (globals.json) return io.print(JSON.stringify({ position, lag, events, at, millis }));
    io.print(`position ${position}  lag ${lag}  ${events} events in ${millis} ms  ${at}`);
  };
  const start = performance.now();
  await replay.run({ signal });
  say(replay.folded, await log.length(), start);
  for await (const { events, length } of follow(log, replay.revision, signal)) {
    const started = performance.now();
    const next = (events.at(-1)?.position ?? replay.revision) + 1;
    await replay.run({ from: 'here', knownAt: next, signal });
    say(events.length, length, started);
  }
  return ExitCode.interrupted;
}
