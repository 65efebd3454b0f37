/**
 * `replay`: all projections again from position 0, held against what is stored, then stored; pages are sealed anew on the
 * way. Ctrl-C leaves the stored projections untouched, and the pages that were sealed until then.
 */
import { ExitCode } from '@tieout/events';
import { sealer } from '@tieout/projections';
import { progressOn } from '../io';
import type { Session } from '../session';

/** Aborts on the first Ctrl-C. */
export function interruptible(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

export async function runReplay(session: Session): Promise<number> {
  const { io, globals, log, replay } = session;
  const stored = new Map(
    (await log.loadSnapshots()).map(({ projection, sha256, length }) => [projection, { sha256, length }]),
  );
  const progress = progressOn(io, 'Replaying', globals.quiet ?? false);
  const started = process.hrtime.bigint();
  await log.dropPages();
  const sealing = await sealer(log);
  const events = await replay.run({
    from: 'genesis',
    onRead: (read) => sealing.add(read),
    onProgress: progress.step,
    signal: interruptible(),
  });
  progress.done();
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const projections = replay.hashes().map(({ projection, sha256 }) => {
    const before = stored.get(projection);
    const against =
      !before || before.length !== events
        ? 'new'
        : before.sha256 === sha256
          ? 'same as stored'
          : 'differs from stored';
    return { projection, sha256, against };
  });
  await replay.saveSnapshots();
  const differs = projections.some(({ against }) => against === 'differs from stored');
  if (globals.json)
    io.print(JSON.stringify({ schema: 'tieout.replay/1', events, projections }, undefined, 2));
  else {
    io.print(`Replayed ${events} events into ${projections.length} projections`);
    for (const { projection, sha256, against } of projections)
      io.print(`  ${projection.padEnd(15)} sha256:${sha256.slice(0, 12)}  ${against}`);
    io.tell(`${seconds.toFixed(2)} s (${Math.round(events / seconds).toLocaleString('en')} events a second)`);
  }
  return differs ? ExitCode.findings : ExitCode.done;
}
