/**
 * Recording a decision: a break is explained by a proposal that another person approves, a determined reading is confirmed.
 * Nothing is edited by either: both are events, with who said it and why.
 */
import type { DecisionDocument, FindingDocument } from '@tieout/documents';
import { useId, type FormEvent, type ReactNode } from 'react';
import { announce, Dialog, ProblemShown, useWrite } from '../../shell';
import { causes } from './causes';

interface Deciding {
  readonly title: string;
  readonly path: string;
  readonly body: (form: FormData) => unknown;
  readonly said: string;
  readonly action: string;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** A form that is sent once, and whose refusal is said beside it. */
function Deciding({ title, path, body, said, action, close, children }: Deciding) {
  const { send, problem, pending } = useWrite<DecisionDocument>();
  const decide = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const { document } = await send(path, { body: body(new FormData(event.currentTarget)) });
    if (!document) return;
    announce(said);
    close();
  };
  return (
    <Dialog label={title} close={close}>
      <h2>{title}</h2>
      <form className="stack" onSubmit={(event) => void decide(event)}>
        {children}
        {problem && <ProblemShown problem={problem} />}
        <div className="row">
          <button type="submit" className="button primary" disabled={pending}>
            {action}
          </button>
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

function Reason() {
  const id = useId();
  return (
    <label htmlFor={id} className="stack">
      Why, so that another person can follow it
      <textarea id={id} name="reason" rows={4} required maxLength={10_000} />
    </label>
  );
}

export function Propose({
  finding,
  close,
}: {
  readonly finding: FindingDocument;
  readonly close: () => void;
}) {
  const names = Object.keys(causes);
  const probable = names.find((each) => each === finding.cause) ?? 'unknown';
  return (
    <Deciding
      title="Explain this break"
      path="explanations"
      body={(form) => ({
        subject: finding.subject,
        cause: textOf(form, 'cause'),
        reason: textOf(form, 'reason'),
      })}
      said="Proposed: another person approves it"
      action="Propose"
      close={close}
    >
      <p>
        <code data-plain="">{finding.subject}</code> does not tie. An explanation records why; the break stays
        what it is, and a difference that changes is a new break. Another person approves it.
      </p>
      <label className="stack">
        Cause
        <select name="cause" defaultValue={probable}>
          {names.map((cause) => (
            <option key={cause} value={cause}>
              {cause.replaceAll('-', ' ')}
            </option>
          ))}
        </select>
      </label>
      <Reason />
    </Deciding>
  );
}

export function Confirm({ figure, close }: { readonly figure: string; readonly close: () => void }) {
  return (
    <Deciding
      title="Confirm this reading"
      path={`repairs/${encodeURIComponent(figure)}/confirmation`}
      body={(form) => ({ reason: textOf(form, 'reason') })}
      said="Confirmed"
      action="Confirm"
      close={close}
    >
      <p>
        As many equations give <code data-plain="">{figure}</code> as it has unknowns, and none more: a person
        says that the reading is right, and why.
      </p>
      <Reason />
    </Deciding>
  );
}
