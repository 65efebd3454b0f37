/**
 * The states of a document on its way: asked for, refused, not reached, there. In one place, so that every screen says the
 * same of the same.
 */
import type { ReactNode } from 'react';
import type { Asked, Problem, Refusal } from './documents';

interface Loading<T> {
  readonly of: Asked<T>;
  readonly children: (document: T) => ReactNode;
}

export function Loaded<T>({ of: { data, problem, stale, again }, children }: Loading<T>) {
  if (problem) return <ProblemShown problem={problem} again={again} />;
  if (data === undefined)
    return (
      <p className="waiting" aria-busy="true">
        <span>Loading…</span>
      </p>
    );
  return (
    <div className={stale ? 'stale' : undefined} aria-busy={stale || undefined}>
      {children(data)}
    </div>
  );
}

/** A refusal as the command prints it: code and message, where, what is known, what to do. */
export function ProblemShown({
  problem,
  again,
}: {
  readonly problem: Problem;
  readonly again?: (() => void) | undefined;
}) {
  const { errors = [], title, detail, status, help } = problem;
  return (
    <div className="problem" role="alert">
      {errors.length === 0 && (
        <p>
          <strong>{title}</strong>
          {detail !== undefined && detail !== title && <> {detail}</>}
          {help !== undefined && <> {help}</>}
        </p>
      )}
      {errors.map((error, index) => (
        <RefusalShown key={index} error={error} />
      ))}
      {again && status !== 401 && (
        <button type="button" className="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

function RefusalShown({ error: { code, message, at, notes = [], help } }: { readonly error: Refusal }) {
  return (
    <div className="refusal">
      <p>
        <a href={`/api/docs/errors/${code}`} target="_blank" rel="noreferrer" data-plain="">
          {code}
        </a>{' '}
        {message}
      </p>
      {at && (
        <p className="muted" data-plain="">
          {[at.file, at.line, at.column].filter((part) => part !== undefined).join(':')}
        </p>
      )}
      {at?.frame !== undefined && <pre className="raw">{at.frame}</pre>}
      {notes.map((note) => (
        <p key={note} className="muted">
          {note}
        </p>
      ))}
      {help !== undefined && <p>{help}</p>}
    </div>
  );
}
