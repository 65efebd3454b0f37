/**
 * Who is at the keyboard.
 */
import { userInfo } from 'node:os';
import type { Session } from './session';

/** Who is at the keyboard: stands in every event. */
export const actorOf = (session: Session): string => personAt(session.io.env);

export function personAt(env: NodeJS.ProcessEnv): string {
  if (env.TIEOUT_ACTOR) return env.TIEOUT_ACTOR;
  try {
    return userInfo().username;
  } catch {
    return 'unknown'; // A container may run under a number without a name.
  }
}
