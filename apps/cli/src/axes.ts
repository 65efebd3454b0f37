/**
 * The two axes of every question: the accounting date (`--at`) and the log as it was known (`--known-at`).
 *
 * Invariant: a command honours an axis or refuses it; none takes it and answers as if it had not been asked.
 */
import { refuse } from '@tieout/events';
import type { Globals } from './session';

/** Commands that answer at a day. The main command, without a name, shows the statements. */
const atDay = new Set([
  ...['tieout', 'is', 'oci', 'bs', 'soce', 'cf', 'note', 'statement', 'tb', 'figures', 'check', 'explain'],
  ...['tick', 'fold'],
]);

/** Commands that look at the log as it stands, whole. */
const wholeLog = new Set([
  'replay',
  'verify',
  'proof',
  'backup',
  'recover',
  'simulate',
  'serve',
  'token',
  'doctor',
  'help',
]);

/** Commands with a refusal of their own, which says more. */
const refusing = new Set(['record', 'restated']);

/** Refuses (E602) an axis that the command would pass over. */
export function checkAxes(command: string, { at, knownAt }: Globals): void {
  if (refusing.has(command)) return;
  if (at !== undefined && !atDay.has(command))
    refuse('E602', `${command} answers for no day: --at changes nothing in it`, { help: 'leave --at out' });
  if (knownAt !== undefined && wholeLog.has(command))
    refuse('E602', `${command} is about the whole log: --known-at changes nothing in it`, {
      help: 'leave --known-at out',
    });
}
