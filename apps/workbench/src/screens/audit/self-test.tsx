/**
 * The self-test: errors planted one at a time, and how many of them some tie notices. Long work, so it is a job of the
 * server's: nobody waits for it, and it says how far it is.
 */
import type { CheckDocument, JobDocument } from '@tieout/documents';
import { useEffect, useState } from 'react';
import { Dialog, ProblemShown, useDocument, usePost } from '../../shell';

const kinds: Readonly<Record<NonNullable<CheckDocument['selfTest']>[number]['kind'], string>> = {
  figures: 'A figure of a table, one unit of its last digit off',
  prose: 'A number of the prose, one unit of its last digit off',
  pairs: 'Two figures of a sum that make up for each other',
  rectangles: 'Four cells of a matrix that make up for each other',
  labels: 'Two lines next to each other, exchanged',
  entries: 'Two legs of an entry, one unit more each',
};

export function SelfTest() {
  const { send, data, problem, pending, reset } = usePost<JobDocument>();
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={pending}
        onClick={() => void send('jobs', { body: { job: 'self-test' } })}
      >
        Self-test
      </button>
      {(data ?? problem) && (
        <Dialog label="Self-test" close={reset}>
          <h2>Self-test</h2>
          <p>Errors are planted one at a time. What no tie notices, the document is taken at its word for.</p>
          {problem && <ProblemShown problem={problem} />}
          {data && <Running id={data.id} />}
          <button type="button" className="button" onClick={reset}>
            Close
          </button>
        </Dialog>
      )}
    </>
  );
}

const EVERY_MS = 700;

function Running({ id }: { readonly id: string }) {
  const { data, problem, again } = useDocument<JobDocument>(`jobs/${encodeURIComponent(id)}`);
  const running = data === undefined || data.state === 'running';
  useEffect(() => {
    if (!running || problem) return;
    const asking = setInterval(again, EVERY_MS);
    return () => clearInterval(asking);
  });
  if (problem) return <ProblemShown problem={problem} />;
  if (running)
    return (
      <p role="status">
        <progress aria-label="Self-test" /> running
      </p>
    );
  const planted = (data.document as Partial<CheckDocument> | undefined)?.selfTest;
  if (!planted) return <p role="alert">The job ended without a result.</p>;
  return <Noticed planted={planted} />;
}

function Noticed({ planted }: { readonly planted: NonNullable<CheckDocument['selfTest']> }) {
  const [shown, show] = useState<string>();
  return (
    <table className="table self-test">
      <caption className="vh">Planted errors, and those that some tie noticed</caption>
      <thead>
        <tr>
          <th scope="col">Planted</th>
          <th scope="col" className="value">
            Planted
          </th>
          <th scope="col" className="value">
            Noticed
          </th>
          <th scope="col" className="value">
            %
          </th>
        </tr>
      </thead>
      <tbody>
        {planted
          .filter((each) => each.planted > 0)
          .map(({ kind, planted: count, noticed, blind }) => (
            <tr key={kind}>
              <th scope="row">
                {kinds[kind]}
                {blind.length > 0 && (
                  <>
                    {' '}
                    <button
                      type="button"
                      className="button quiet"
                      aria-expanded={shown === kind}
                      onClick={() => show(shown === kind ? undefined : kind)}
                    >
                      {blind.length.toLocaleString('en')} unnoticed
                    </button>
                    {shown === kind && (
                      <ul className="plain blind">
                        {blind.slice(0, 200).map((each) => (
                          <li key={each}>{each}</li>
                        ))}
                        {blind.length > 200 && <li>and {(blind.length - 200).toLocaleString('en')} more</li>}
                      </ul>
                    )}
                  </>
                )}
              </th>
              <td className="value">{count.toLocaleString('en')}</td>
              <td className="value">{noticed.toLocaleString('en')}</td>
              <td className="value">{(Math.floor((noticed * 1000) / count) / 10).toFixed(1)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
