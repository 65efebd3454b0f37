/**
 * `confirm` and `explained`: what a person decides about a figure, as an event with an actor and a reason.
 *
 * A confirmation accepts a reading that the equations determine but do not over-determine; it is refused where nothing
 * waits for one. An explanation records why a figure or tie does not tie, and of which difference; it mends nothing.
 */
import { append, checked, suggestion } from '@tieout/answers';
import { ExitCode, refuse, type LedgerEvent } from '@tieout/events';
import { causeNames, subjectsOf } from '@tieout/proof';
import { RecordedFacts } from '@tieout/projections';
import { forTerminal, wrap } from '../print/text';
import { actorOf } from '../actor';
import type { Session } from '../session';

/** Decisions stand in the stream of the last period: they are about the report as it stands. */
async function decide(session: Session, event: LedgerEvent): Promise<void> {
  const period = session.book.chart.periods.at(-1)?.id ?? '';
  await append(session, () => ({ said: [{ period, event }], problems: [] }), { actor: actorOf(session) });
}

export async function runConfirm(session: Session, figure: string, reason: string): Promise<number> {
  const { check } = await checked(session);
  const repair = check.repairs.find((each) => each.figure === figure);
  if (!repair) {
    const ids = check.repairs.map((each) => each.figure);
    refuse('E601', `no repaired reading "${figure}" to confirm`, {
      help: suggestion(figure, ids, 'tieout check lists the repairs'),
    });
  }
  if (!check.waiting.includes(repair)) {
    const why =
      repair.found === 'over-determined' ? 'more equations hold it than it needs' : 'it is confirmed already';
    refuse('E602', `${figure} waits for no confirmation: ${why}`);
  }
  if (repair.found === 'undetermined') {
    refuse('E602', `no equation gives the reading of ${figure}: a confirmation would be a guess`);
  }
  await decide(session, { name: 'RepairConfirmed', payload: { figure, reason } });
  session.io.print(`${figure} confirmed: ${reason}`);
  return ExitCode.done;
}

/** All explanations in force, or one more. */
export async function runExplained(
  session: Session,
  subject: string | undefined,
  options: { cause?: string; reason?: string },
): Promise<number> {
  const { io, globals, projections, replay } = session;
  if (subject === undefined) {
    const { explanations } = replay.stateOf(projections.get(RecordedFacts));
    const list = Object.entries(explanations).map(([about, each]) => ({ subject: about, ...each }));
    if (globals.json)
      io.print(JSON.stringify({ schema: 'tieout.explained/1', explanations: list }, undefined, 2));
    for (const each of globals.json ? [] : list) {
      io.print(
        forTerminal(`⊘ ${each.subject}  ${each.cause}, by ${each.actor} at ${each.recordedAt}`, io.out),
      );
      for (const line of wrap(each.reason, io.out.width - 4)) io.print(forTerminal(`    ${line}`, io.out));
    }
    return ExitCode.done;
  }
  const { cause, reason } = options;
  if (cause === undefined || reason === undefined) {
    refuse('E602', 'an explanation needs a cause and a reason', {
      help: `--cause ${causeNames.join('|')} --reason TEXT`,
    });
  }
  const { ties } = (await checked(session)).check;
  const about = ties.filter(({ tie }) => tie.id === subject || subjectsOf(tie).includes(subject));
  if (about.length === 0) {
    const known = ties.flatMap(({ tie }) => [tie.id, ...subjectsOf(tie)]);
    refuse('E601', `no figure or tie "${subject}"`, {
      help: suggestion(subject, known, 'tieout check names them'),
    });
  }
  const broken = about.find(({ state }) => state === 'does-not-tie' || state === 'explained');
  if (!broken) refuse('E602', `${subject} ties: there is nothing to explain`);
  const difference = broken.difference === undefined ? {} : { difference: broken.difference };
  await decide(session, { name: 'BreakExplained', payload: { subject, cause, reason, ...difference } });
  io.print(`${subject} explained: ${cause}`);
  return ExitCode.done;
}
