/** Verifying a record that somebody kept: it is derived again from the book and the log here, and every difference is named. */
import type { RecordVerificationDocument } from '@tieout/documents';
import { useState } from 'react';
import { Dialog, ProblemShown, usePost } from '../../shell';

export function VerifyRecord() {
  const { send, data, problem, pending, reset } = usePost<RecordVerificationDocument>();
  const [name, setName] = useState('');
  const [refused, refuse] = useState<string>();
  const verify = async (file: File): Promise<void> => {
    setName(file.name);
    let record: unknown;
    try {
      record = JSON.parse(await file.text());
    } catch {
      return refuse(`${file.name} is no JSON`);
    }
    await send('record/verification', {
      body: record,
      params: { at: undefined, knownAt: undefined, period: undefined },
    });
  };
  const close = (): void => {
    reset();
    refuse(undefined);
  };
  return (
    <>
      <label className="button" aria-busy={pending}>
        {pending ? 'Verifying…' : 'Verify a record…'}
        <input
          className="vh"
          type="file"
          accept=".json,application/json"
          disabled={pending}
          onChange={({ target }) => {
            const file = target.files?.[0];
            target.value = '';
            if (file) void verify(file);
          }}
        />
      </label>
      {(data ?? problem ?? refused) !== undefined && (
        <Dialog label={`Verification of ${name}`} close={close}>
          <h2>{name}</h2>
          {refused !== undefined && <p role="alert">{refused}</p>}
          {problem && <ProblemShown problem={problem} />}
          {data && <Verified {...data} />}
          <div>
            <button type="button" className="button" onClick={close}>
              Close
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function Verified({ result, differences, notes }: RecordVerificationDocument) {
  if (result === 'equal')
    return (
      <p role="status">
        <span className="state-ties" aria-hidden="true">
          ✓
        </span>{' '}
        The record is what this book and this log give.
      </p>
    );
  return (
    <>
      <p role="status">
        <span className="state-does-not-tie" aria-hidden="true">
          ✗
        </span>{' '}
        {differences.length} {differences.length === 1 ? 'place differs' : 'places differ'}.
      </p>
      <ul className="plain kept differences" data-plain="">
        {differences.map(({ path, recorded, found }) => (
          <li key={path}>
            <code>{path === '' ? '/' : path}</code>
            <p className="small">recorded {recorded ?? 'nothing'}</p>
            <p className="small">found {found ?? 'nothing'}</p>
          </li>
        ))}
      </ul>
      {notes.map((note) => (
        <p key={note} className="muted">
          {note}
        </p>
      ))}
    </>
  );
}
