/** The periods of the book: which take entries, and closing or reopening one. */
import type { BookDocument, ClosingDocument, PeriodsDocument } from '@tieout/documents';
import { useState } from 'react';
import { announce, Dialog, Loaded, ProblemShown, useDocument, useWrite } from '../../shell';

type Period = PeriodsDocument['periods'][number];

export function PeriodsMenu({ book }: { readonly book: BookDocument }) {
  const [asking, setAsking] = useState<Period>();
  const mayDecide = !book.readOnly && book.who.roles.includes('approver');
  return (
    <>
      <details className="menu">
        <summary className="button">Periods</summary>
        <div className="menu-body panel">
          <Loaded of={useDocument<PeriodsDocument>('periods')}>
            {({ periods }) => (
              <table className="table">
                <caption className="vh">Periods of the book</caption>
                <tbody>
                  {periods.map((period) => (
                    <tr key={period.id}>
                      <th scope="row" data-plain="">
                        {period.label} <span className="muted">{period.audit}</span>
                      </th>
                      <td data-plain="">
                        {period.state}
                        {period.reopened && period.state === 'open' && (
                          <span className="muted"> again: {period.reopened.reason}</span>
                        )}
                      </td>
                      <td>
                        {mayDecide && period.state !== 'not opened' && (
                          <button type="button" className="button" onClick={() => setAsking(period)}>
                            {period.state === 'open' ? 'Close…' : 'Reopen…'}
                          </button>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Loaded>
        </div>
      </details>
      {asking && <Decide period={asking} close={() => setAsking(undefined)} />}
    </>
  );
}

function Decide({ period, close }: { readonly period: Period; readonly close: () => void }) {
  const [reason, setReason] = useState('');
  const { send, problem, pending } = useWrite<ClosingDocument>();
  const closes = period.state === 'open';
  const decide = async (): Promise<void> => {
    const path = `periods/${encodeURIComponent(period.id)}/${closes ? 'closing' : 'reopening'}`;
    const { document } = await send(path, closes ? {} : { body: { reason } });
    if (!document) return;
    announce(`${period.id} is ${document.result}`);
    close();
  };
  return (
    <Dialog label={`${closes ? 'Close' : 'Reopen'} ${period.label}`} close={close}>
      <h2 data-plain="">
        {closes ? 'Close' : 'Reopen'} {period.label}
      </h2>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void decide();
        }}
      >
        {closes ? (
          <p>
            It takes no more entries. What the accounts stand at is asserted in the log, here and in every
            later period.
          </p>
        ) : (
          <label className="stack">
            Why it is reopened
            <textarea required rows={3} value={reason} onChange={({ target }) => setReason(target.value)} />
          </label>
        )}
        {problem && <ProblemShown problem={problem} />}
        <div className="toolbar">
          <button
            type="submit"
            className="button primary"
            disabled={pending || (!closes && reason.trim() === '')}
          >
            {closes ? 'Close the period' : 'Reopen the period'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
