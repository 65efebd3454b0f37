/** Explanations that wait for another person: nobody approves their own. */
import type { DecisionDocument, ExplainedDocument } from '@tieout/documents';
import { announce, ProblemShown, selecting, useBook, useDocument, usePlace, useWrite } from '../../shell';

export function Proposals() {
  const { data } = useDocument<ExplainedDocument>('explanations');
  if (!data || data.proposals.length === 0) return null;
  return (
    <section aria-labelledby="proposals">
      <h2 id="proposals">Waiting for approval</h2>
      <ul className="plain panel group">
        {data.proposals.map((proposal) => (
          <Proposal key={proposal.proposal} {...proposal} />
        ))}
      </ul>
    </section>
  );
}

function Proposal({
  proposal,
  subject,
  cause,
  reason,
  actor,
  recordedAt,
}: ExplainedDocument['proposals'][number]) {
  const place = usePlace();
  const book = useBook();
  const { send, problem, pending } = useWrite<DecisionDocument>();
  const approve = async (): Promise<void> => {
    const { document } = await send(`explanations/${encodeURIComponent(proposal)}/approval`);
    if (document) announce('Approved: the break is explained');
  };
  const mine = book?.who.name === actor;
  return (
    <li className="finding">
      <p className="about">
        <a href={selecting(place, { figure: subject })}>
          <code data-plain="">{subject}</code>
        </a>{' '}
        {cause.replaceAll('-', ' ')}
      </p>
      <p className="reason">
        {reason}{' '}
        <span className="muted" data-plain="">
          {actor}, {recordedAt.slice(0, 10)}
        </span>
      </p>
      {problem && <ProblemShown problem={problem} />}
      {mine ? (
        <p className="muted">You proposed it: another approver decides.</p>
      ) : (
        book?.who.roles.includes('approver') === true &&
        !book.readOnly && (
          <button type="button" className="button" disabled={pending} onClick={() => void approve()}>
            Approve
          </button>
        )
      )}
    </li>
  );
}
