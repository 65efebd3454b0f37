/**
 * Explanations over four eyes: what one person proposes explains nothing until another approves it, and then the
 * difference that it has now.
 */
import {
  approveExplanation,
  checked,
  explainBreak,
  explainedDocument,
  postEntries,
  proposeExplanation,
  type Session,
} from '@tieout/answers';
import { decisionDocument, explainedDocument as explainedSchema } from '@tieout/documents';
import { LedgerError } from '@tieout/events';
import { asOf, sessionOn } from '../support/answering';

const subject = 'is.running-costs@2025';
const asked = { subject, cause: 'unknown', reason: 'printed a hundred too high' };
const ann = { actor: 'ann' };
const bob = { actor: 'bob' };

/** The corner shop with one print that is a hundred too high. */
const broken = (): Promise<Session> =>
  sessionOn('corner-shop', {
    file: 'figures/primary-statements.csv',
    from: /^(is\.running-costs@2025,.*),-27500,/m,
    to: '$1,-27600,',
  });

async function refusalOf(work: Promise<unknown>): Promise<readonly (readonly [string, string])[]> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LedgerError)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error.problems.map(({ code, message }) => [code, message]);
}

const stateOf = async (session: Session): Promise<string | undefined> =>
  (await checked(session)).check.ties.find(({ tie }) => tie.id === `ledger:${subject}`)?.state;

it('proposed by one and approved by another, it is explained; the log says by whom', async () => {
  const session = await broken();
  const proposed = await proposeExplanation(session, asked, ann);
  expect(decisionDocument.parse(proposed)).toStrictEqual(proposed);
  const { proposal = '' } = proposed;
  expect(proposed).toStrictEqual({
    ...{ schema: 'tieout.decision/1', decision: 'proposed', dryRun: false, proposal },
    ...{ ...asked, ...ann, difference: '-100' },
  });
  expect(await stateOf(session)).toBe('does-not-tie');
  const { proposals, explanations } = explainedDocument(session);
  expect([proposals, explanations]).toMatchObject([[{ proposal, subject, actor: 'ann' }], []]);

  expect(await approveExplanation(session, proposal, bob)).toStrictEqual({
    ...{ schema: 'tieout.decision/1', decision: 'approved', dryRun: false, proposal, proposedBy: 'ann' },
    ...{ ...asked, ...bob, difference: '-100' },
  });
  expect(await stateOf(session)).toBe('explained');
  const after = explainedDocument(await asOf(session));
  expect(explainedSchema.parse(after)).toStrictEqual(after);
  expect(after).toMatchObject({
    explanations: [{ subject, actor: 'bob', proposedBy: 'ann' }],
    proposals: [],
  });
});

it('E213 nobody approves their own, and nothing is written', async () => {
  const session = await broken();
  const { proposal = '' } = await proposeExplanation(session, asked, ann);
  const length = await session.log.length();
  expect(await refusalOf(approveExplanation(session, proposal, ann))).toStrictEqual([
    ['E213', 'ann proposed this explanation, and cannot approve it'],
  ]);
  expect(await session.log.length()).toBe(length);
});

it('a proposal is approved once, and not where the subject was explained meanwhile', async () => {
  const session = await broken();
  const first = await proposeExplanation(session, asked, ann);
  const second = await proposeExplanation(session, { ...asked, cause: 'sign' }, ann);
  await explainBreak(session, asked, { actor: 'owner' });
  for (const { proposal = '' } of [first, second])
    expect(await refusalOf(approveExplanation(session, proposal, bob))).toStrictEqual([
      ['E601', `no proposal "${proposal}" is open`],
    ]);
});

it('a difference that moved since is not the one that was proposed', async () => {
  const session = await broken();
  const { proposal = '' } = await proposeExplanation(session, asked, ann);
  const running = `
id: CS-LATE
event: ExpenseIncurred
date: 2025-12-31
description: An invoice that came late
postings:
  - { account: expenses.running-costs, movement: profit-or-loss, dr: 40 }
  - { account: payables, movement: purchases, cr: 40 }
`;
  await postEntries(session, { text: running, file: 'late' }, ann);
  expect(await refusalOf(approveExplanation(session, proposal, bob))).toStrictEqual([
    ['E602', `${subject} differs by -60 now; the proposal explains -100`],
  ]);
});

it('what ties, is not there, or has no such cause is refused', async () => {
  const session = await sessionOn('corner-shop');
  const propose = (change: Partial<typeof asked>): Promise<unknown> =>
    proposeExplanation(session, { ...asked, ...change }, ann);
  expect(await refusalOf(propose({}))).toStrictEqual([
    ['E602', `${subject} ties: there is nothing to explain`],
  ]);
  expect(await refusalOf(propose({ subject: 'nothing' }))).toStrictEqual([
    ['E601', 'no figure or tie "nothing"'],
  ]);
  expect(await refusalOf(propose({ cause: 'bad luck' }))).toStrictEqual([
    ['E602', 'no cause is called "bad luck"'],
  ]);
});

it('a dry run proposes nothing', async () => {
  const session = await broken();
  const length = await session.log.length();
  const dry = await proposeExplanation(session, asked, { ...ann, dryRun: true });
  expect([dry.dryRun, dry.proposal, await session.log.length()]).toStrictEqual([true, undefined, length]);
});
