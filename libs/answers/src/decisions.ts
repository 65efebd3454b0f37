/**
 * What a person decides about a figure, as an event with an actor and a reason.
 *
 * A confirmation accepts a reading that the equations determine but do not over-determine; it is refused where nothing
 * waits for one. An explanation records why a figure or tie does not tie, and of which difference; it mends nothing.
 * Invariant: what one person proposed explains a break only when another person approved it, and of the same difference.
 */
import type { DecisionDocument, ExplainedDocument } from '@tieout/documents';
import { LedgerError, refuse, type LedgerEvent, type Payload, type Problem } from '@tieout/events';
import { causeNames, subjectsOf } from '@tieout/proof';
import { RecordedFacts, type Recorded } from '@tieout/projections';
import { append, type AppendOptions } from './append';
import { checked } from './checked';
import { isSamePerson } from './person';
import type { Session } from './session';
import { suggestion } from './suggestion';

export interface ExplanationAsked {
  /** A figure or a tie. */
  readonly subject: string;
  readonly cause: string;
  readonly reason: string;
}

/** Decisions stand in the stream of the last period: they are about the report as it stands. */
async function decide(
  session: Session,
  event: LedgerEvent,
  options: AppendOptions,
  speaksAgainst: (recorded: Recorded) => readonly Problem[] = () => [],
): Promise<void> {
  const period = session.book.chart.periods.at(-1)?.id ?? '';
  await append(
    session,
    () => {
      const problems = speaksAgainst(recordedOf(session));
      return { said: problems.length > 0 ? [] : [{ period, event }], problems };
    },
    options,
  );
}

const recordedOf = ({ replay, projections }: Session): Recorded =>
  replay.stateOf(projections.get(RecordedFacts));

const decided = ({ actor, dryRun = false }: AppendOptions) =>
  ({ schema: 'tieout.decision/1', actor, dryRun }) as const;

/** Accept a repaired reading. Refuses (E601) where there is none of this figure, and (E602) one that waits for nobody. */
export async function confirmRepair(
  session: Session,
  figure: string,
  reason: string,
  options: AppendOptions,
): Promise<DecisionDocument> {
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
  await decide(session, { name: 'RepairConfirmed', payload: { figure, reason } }, options);
  return { ...decided(options), decision: 'confirmed', subject: figure, reason };
}

/** The difference of a break. Refuses (E601) what is no figure or tie, and (E602) what ties. */
async function differenceOf(session: Session, subject: string): Promise<string | undefined> {
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
  return broken.difference;
}

/** What is said of a break, with the difference that it has now. */
async function explanationOf(
  session: Session,
  { subject, cause, reason }: ExplanationAsked,
): Promise<Payload<'ExplanationProposed'>> {
  if (!causeNames.some((name) => name === cause))
    refuse('E602', `no cause is called "${cause}"`, {
      help: suggestion(cause, causeNames, `causes are ${causeNames.join(', ')}`),
    });
  const difference = await differenceOf(session, subject);
  return { subject, cause, reason, ...(difference === undefined ? {} : { difference }) };
}

/** One person decides alone, as who keeps the book may. */
export async function explainBreak(
  session: Session,
  asked: ExplanationAsked,
  options: AppendOptions,
): Promise<DecisionDocument> {
  const payload = await explanationOf(session, asked);
  await decide(session, { name: 'BreakExplained', payload }, options);
  return { ...decided(options), decision: 'explained', ...payload };
}

/** A proposal, which explains nothing before another person approves it. Its id is that of its event. */
export async function proposeExplanation(
  session: Session,
  asked: ExplanationAsked,
  options: AppendOptions,
): Promise<DecisionDocument> {
  const payload = await explanationOf(session, asked);
  await decide(session, { name: 'ExplanationProposed', payload }, options);
  const last = Object.entries(recordedOf(session).proposals)
    .filter(([, { subject, actor }]) => subject === asked.subject && actor === options.actor)
    .sort(([, a], [, b]) => b.position - a.position)[0];
  return {
    ...{ ...decided(options), decision: 'proposed', ...payload },
    ...(last && !options.dryRun ? { proposal: last[0] } : {}),
  };
}

/** By its id, as someone wrote it: `constructor` is no proposal. */
const openIn = (proposals: Recorded['proposals'], id: string): Recorded['proposals'][string] | undefined =>
  Object.hasOwn(proposals, id) ? proposals[id] : undefined;

/**
 * Approve what another person proposed. Refuses one's own (E213), what is not open (E601), and what explains another
 * difference than the break has now (E602).
 */
export async function approveExplanation(
  session: Session,
  proposal: string,
  options: AppendOptions,
): Promise<DecisionDocument> {
  const speaksAgainst = ({ proposals }: Recorded): readonly Problem[] => {
    const open = openIn(proposals, proposal);
    if (!open)
      return [
        {
          code: 'E601',
          message: `no proposal "${proposal}" is open`,
          help: suggestion(proposal, Object.keys(proposals), 'tieout explained lists those that are'),
        },
      ];
    if (!isSamePerson(open.actor, options.actor)) return [];
    return [
      {
        code: 'E213',
        message: `${options.actor} proposed this explanation, and cannot approve it`,
        help: 'another person, who is an approver, may',
      },
    ];
  };
  const before = recordedOf(session);
  const open = openIn(before.proposals, proposal);
  const problems = speaksAgainst(before);
  if (!open || problems.length > 0) throw new LedgerError(problems);
  const { subject, cause, reason, difference } = open;
  const now = await differenceOf(session, subject);
  if (now !== difference)
    refuse(
      'E602',
      `${subject} differs by ${now ?? 'nothing'} now; the proposal explains ${difference ?? 'nothing'}`,
      {
        help: 'propose an explanation of what it differs by now',
      },
    );
  const payload = { subject, cause, reason, ...(difference === undefined ? {} : { difference }), proposal };
  await decide(session, { name: 'BreakExplained', payload }, options, speaksAgainst);
  return { ...decided(options), decision: 'approved', ...payload, proposedBy: open.actor };
}

/** The document of `tieout explained --json`. */
export function explainedDocument(session: Session): ExplainedDocument {
  const { explanations, proposals } = recordedOf(session);
  return {
    schema: 'tieout.explained/1',
    explanations: Object.entries(explanations).map(([subject, each]) => ({ subject, ...each })),
    proposals: Object.entries(proposals).map(([proposal, each]) => ({ ...each, proposal })),
  };
}
