/** Reversing an entry: its exact opposite, with a reason. What was posted stays where it is. */
import type { PostDocument } from '@tieout/documents';
import { useState } from 'react';
import { announce, Dialog, go, ProblemShown, useWrite } from '../../shell';

export function ReverseEntry({ id }: { readonly id: string }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const { send, problem, pending } = useWrite<PostDocument>();
  const reverse = async (): Promise<void> => {
    const { document } = await send(`entries/${encodeURIComponent(id)}/reversal`, { body: { reason } });
    const reversal = document?.entries[0]?.entry;
    if (reversal === undefined) return;
    setAsking(false);
    announce(`${id} is reversed by ${reversal}`);
    go({ search: { entry: reversal, after: undefined } });
  };
  return (
    <>
      <button type="button" className="button" onClick={() => setAsking(true)}>
        Reverse…
      </button>
      {asking && (
        <Dialog label={`Reverse ${id}`} close={() => setAsking(false)}>
          <h2 data-plain="">Reverse {id}</h2>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              void reverse();
            }}
          >
            <p>Its exact opposite is posted on the same day; the entry itself stays in the log.</p>
            <label className="stack">
              Why
              <textarea required rows={3} value={reason} onChange={({ target }) => setReason(target.value)} />
            </label>
            {problem && <ProblemShown problem={problem} />}
            <div className="toolbar">
              <button type="submit" className="button primary" disabled={pending || reason.trim() === ''}>
                Post the reversal
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
