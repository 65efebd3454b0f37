/**
 * `confirm` and `explained`: what the person at the keyboard decides about a figure, directly; and what was proposed over
 * the network, and waits for another person.
 */
import { confirmRepair, explainBreak, explainedDocument } from '@tieout/answers';
import type { DecisionDocument, ExplainedDocument } from '@tieout/documents';
import { ExitCode, refuse } from '@tieout/events';
import { causeNames } from '@tieout/proof';
import { forTerminal, wrap } from '../print/text';
import { actorOf } from '../actor';
import type { Session } from '../session';

function say({ io, globals }: Session, decision: DecisionDocument, text: string): number {
  io.print(globals.json ? JSON.stringify(decision, undefined, 2) : text);
  return ExitCode.done;
}

export async function runConfirm(session: Session, figure: string, reason: string): Promise<number> {
  const decision = await confirmRepair(session, figure, reason, { actor: actorOf(session) });
  return say(session, decision, `${figure} confirmed: ${reason}`);
}

/** All explanations in force and those that are proposed, or one more. */
export async function runExplained(
  session: Session,
  subject: string | undefined,
  { cause, reason }: { cause?: string; reason?: string },
): Promise<number> {
  if (subject === undefined) {
    const { io, globals } = session;
    const explained = explainedDocument(session);
    if (globals.json) io.print(JSON.stringify(explained, undefined, 2));
    else list(session, explained);
    return ExitCode.done;
  }
  if (cause === undefined || reason === undefined) {
    refuse('E602', 'an explanation needs a cause and a reason', {
      help: `--cause ${causeNames.join('|')} --reason TEXT`,
    });
  }
  const decision = await explainBreak(session, { subject, cause, reason }, { actor: actorOf(session) });
  return say(session, decision, `${subject} explained: ${cause}`);
}

function list({ io }: Session, { explanations, proposals }: ExplainedDocument): void {
  const print = (head: string, reason: string): void => {
    io.print(forTerminal(head, io.out));
    for (const line of wrap(reason, io.out.width - 4)) io.print(forTerminal(`    ${line}`, io.out));
  };
  for (const { subject, cause, actor, recordedAt, reason, proposedBy } of explanations) {
    const by = proposedBy === undefined ? actor : `${proposedBy}, approved by ${actor}`;
    print(`⊘ ${subject}  ${cause}, by ${by} at ${recordedAt}`, reason);
  }
  for (const { subject, cause, actor, recordedAt, reason, proposal } of proposals)
    print(`○ ${subject}  ${cause}, proposed by ${actor} at ${recordedAt}, waits (${proposal})`, reason);
}
