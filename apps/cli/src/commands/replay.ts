/**
 * `replay`: all projections again from position 0 (green), held against what is stored (blue), then stored in its place.
 *
 * `--candidate` stores nothing and shows every line of the statements that would move. Without it a move of a published
 * figure, or of one of a closed period, is refused (E405) unless a reason is given. Ctrl-C leaves all that is stored as it
 * is; a sealed page is written again only where it is not what its events give.
 */
import { ExitCode, refuse } from '@tieout/events';
import { dayBefore, type LedgerState } from '@tieout/ledger';
import { movesBetween, Periods, sealer, Stated, type Move } from '@tieout/projections';
import { parseFactId } from '@tieout/statements';
import { progressOn } from '../io';
import { runFollow } from './follow';
import { movesText } from '../print/moves';
import { forTerminal } from '../print/text';
import type { Session } from '../session';

export interface ReplayFlags {
  readonly candidate?: boolean;
  readonly acceptMoves?: string;
  readonly follow?: boolean;
}

/** Aborts on the first Ctrl-C. */
export function interruptible(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

/** Was the fact printed by the book, or is it of a period that the log closed? */
function isPublished({ book }: Session, { periods }: LedgerState): (move: Move) => boolean {
  const printed = new Set(book.figures.map(({ fact }) => fact));
  const closed = [...periods.values()].filter(({ open }) => !open);
  return ({ fact }) => {
    const time = parseFactId(fact)?.time ?? '';
    const ofClosed = closed.some(
      ({ id, from, to }) =>
        time === id || (time >= dayBefore(from) && time <= to && time.length === to.length),
    );
    return printed.has(fact) || ofClosed;
  };
}

export async function runReplay(session: Session, flags: ReplayFlags = {}): Promise<number> {
  const { io, globals, log, replay, projections } = session;
  if (flags.candidate && flags.acceptMoves !== undefined)
    refuse('E602', '--candidate stores nothing, so no move can be accepted', { help: 'give one of them' });
  if (flags.follow) return runFollow(session, flags, interruptible());
  const stored = new Map((await log.loadSnapshots()).map((snapshot) => [snapshot.projection, snapshot]));
  const progress = progressOn(io, 'Replaying', globals.quiet ?? false);
  const signal = interruptible();
  const options = { from: 'genesis', onProgress: progress.step, signal } as const;
  const started = process.hrtime.bigint();

  const stated = projections.get(Stated);
  const blue = await stated.stored();
  const length = await log.length();
  const compared = 'none' in blue ? undefined : blue.length;
  let moves: readonly Move[] = [];
  const compare = (): void => {
    if (!('none' in blue)) moves = movesBetween(blue.cells, stated.cells());
  };
  // What was stored of fewer events is held against as many: what came since moved figures rightly.
  if (compared !== undefined && compared < length) {
    await replay.run({ ...options, knownAt: compared });
    compare();
  }
  let events = compared ?? length;
  if (!flags.candidate || compared === undefined || compared === length) {
    const sealing = flags.candidate ? undefined : await sealer(log, 'first');
    events = await replay.run({ ...options, ...(sealing ? { onRead: (read) => sealing.add(read) } : {}) });
    if (compared === events) compare();
  }
  progress.done();
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;

  const hashes = replay.hashes().map(({ projection, sha256 }) => {
    const before = stored.get(projection);
    const alike = before?.length === events && replay.isOfThisStructure(before);
    const same = before?.sha256 === sha256 ? 'same as stored' : 'differs from stored';
    return { projection, sha256, against: alike ? same : 'new' };
  });
  const published = isPublished(session, replay.stateOf(projections.get(Periods)));
  const shown = moves.map((move) => ({ ...move, published: published(move) }));
  const held = shown.filter((move) => move.published);
  if (!flags.candidate && flags.acceptMoves === undefined && held.length > 0) refuseMoves(held);
  if (!flags.candidate) await stated.save();

  const note = 'none' in blue ? `${blue.none}: there is nothing to compare` : undefined;
  const accepted = flags.acceptMoves === undefined ? {} : { accepted: flags.acceptMoves };
  if (globals.json) {
    const comparison = note === undefined ? { compared, moves: shown } : { note, moves: shown };
    const head = { schema: 'tieout.replay/1', events, stored: !flags.candidate, ...accepted };
    io.print(JSON.stringify({ ...head, projections: hashes, ...comparison }, undefined, 2));
  } else {
    io.print(`Replayed ${events} events into ${hashes.length} projections`);
    for (const { projection, sha256, against } of hashes)
      io.print(`  ${projection.padEnd(15)} sha256:${sha256.slice(0, 12)}  ${against}`);
    if (note === undefined) io.print(forTerminal(movesText(shown, io.out), io.out));
    else io.tell(note);
    if (flags.candidate) io.tell('a candidate: nothing was stored');
    else if (flags.acceptMoves !== undefined) io.print(`moves accepted: ${flags.acceptMoves}`);
    io.tell(`${seconds.toFixed(2)} s (${Math.round(events / seconds).toLocaleString('en')} events a second)`);
  }
  if (flags.acceptMoves !== undefined) return ExitCode.done;
  const differs = hashes.some(({ against }) => against === 'differs from stored');
  return shown.length > 0 || differs ? ExitCode.findings : ExitCode.done;
}

function refuseMoves(held: readonly Move[]): never {
  const shown = held.slice(0, 12).map(({ fact, column, before, after }) => {
    const said = (value: string | null | undefined): string =>
      value === undefined ? 'no such line' : (value ?? 'not disclosed');
    return `${fact} (${column}): ${said(before)} → ${said(after)}`;
  });
  const more = held.length > shown.length ? [`and ${held.length - shown.length} more`] : [];
  const what = held.length === 1 ? '1 published figure' : `${held.length} published figures`;
  return refuse('E405', `${what} would move; the stored projections stay as they are`, {
    notes: [...shown, ...more],
    help: 'tieout replay --candidate shows every line; tieout replay --accept-moves REASON cuts over',
  });
}
