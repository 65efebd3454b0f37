/**
 * `close` and `reopen`: a closed period takes no more entries; a late one is a reopening with a reason, the entry, and
 * the close again. What was known before does not change (--known-at).
 */
import { closePeriod, reopenPeriod } from '@tieout/answers';
import { ExitCode } from '@tieout/events';
import { actorOf } from '../actor';
import type { Session } from '../session';

export async function runClose(session: Session, id: string): Promise<number> {
  const { io, globals } = session;
  const closing = await closePeriod(session, id, { actor: actorOf(session) });
  if (globals.json) io.print(JSON.stringify(closing, undefined, 2));
  else {
    io.print(`${id} closed`);
    const anew = closing.asserted.map(({ period, side }) => `the ${side} of ${period}`);
    if (anew.length > 0) io.print(`asserted anew: ${anew.join(', ')}`);
  }
  return ExitCode.done;
}

export async function runReopen(session: Session, id: string, reason: string): Promise<number> {
  const { io, globals } = session;
  const reopened = await reopenPeriod(session, id, reason, { actor: actorOf(session) });
  io.print(globals.json ? JSON.stringify(reopened, undefined, 2) : `${id} reopened: ${reason}`);
  return ExitCode.done;
}
