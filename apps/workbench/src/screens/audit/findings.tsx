/**
 * Findings by their cause: a reader deals with one cause at a time, wherever its figures stand. What does not tie comes first,
 * then what waits for a person, then what a person has explained.
 */
import type { CheckDocument, FindingDocument, FindingSide, TiesDocument } from '@tieout/documents';
import { StateMark } from '@tieout/views';
import { useState } from 'react';
import { Loaded, selecting, SourceLines, useBook, useDocument, usePlace } from '../../shell';
import { Off, Shortly } from './amounts';
import { causes } from './causes';
import { Confirm, Propose } from './deciding';

const meanings: Readonly<Record<string, string>> = {
  ...causes,
  repair: 'Repaired readings that wait for a person',
  explanation: 'Explanations of what ties, or is not there any more',
};

const causeOf = ({ kind, cause, explanation }: FindingDocument): string =>
  kind === 'repair' || kind === 'explanation' ? kind : (explanation?.cause ?? cause ?? 'unknown');

/** Findings of each cause; those with one that blocks come first. */
function byCause(
  findings: readonly FindingDocument[],
): readonly (readonly [string, readonly FindingDocument[]])[] {
  const groups = new Map<string, FindingDocument[]>();
  for (const finding of findings) {
    const cause = causeOf(finding);
    groups.set(cause, [...(groups.get(cause) ?? []), finding]);
  }
  const rank = (group: readonly FindingDocument[]): number => {
    if (group.some(({ state }) => state === 'does-not-tie')) return 0;
    return group.some(({ kind }) => kind === 'repair' || kind === 'explanation') ? 1 : 2;
  };
  return [...groups].sort(([, a], [, b]) => rank(a) - rank(b));
}

export function Findings({ check }: { readonly check: CheckDocument }) {
  const groups = byCause(check.findings);
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">Findings</h2>
      {groups.length === 0 && <p>Nothing was found.</p>}
      {groups.map(([cause, findings], index) => (
        <Group key={cause} cause={cause} findings={findings} first={index === 0} />
      ))}
      <Repaired />
    </section>
  );
}

interface GroupView {
  readonly cause: string;
  readonly findings: readonly FindingDocument[];
  readonly first: boolean;
}

function Group({ cause, findings, first }: GroupView) {
  const subjects = new Map<string, FindingDocument[]>();
  for (const finding of findings)
    subjects.set(finding.subject, [...(subjects.get(finding.subject) ?? []), finding]);

  return (
    <details
      className="group panel"
      open={first || findings.some(({ state, kind }) => state === 'does-not-tie' || kind === 'repair')}
    >
      <summary>
        <h3>
          {cause.replaceAll('-', ' ')} <span className="muted">({subjects.size})</span>
        </h3>
        <span className="muted">{meanings[cause] ?? ''}</span>
      </summary>
      <ul className="plain">
        {[...subjects].map(([subject, own]) => (
          <Subject key={subject} subject={subject} findings={own} />
        ))}
      </ul>
    </details>
  );
}

/** One figure that is in question, with every tie that it breaks. */
function Subject({
  subject,
  findings,
}: {
  readonly subject: string;
  readonly findings: readonly FindingDocument[];
}) {
  const place = usePlace();
  const [first] = findings;
  const print = findings.flatMap(({ left }) => (left?.figure === subject ? [left] : []))[0];
  const explained = findings.flatMap(({ explanation }) => (explanation ? [explanation] : []))[0];
  if (!first) return null;
  const waits = first.kind === 'repair' || first.kind === 'explanation';
  return (
    <li className="finding">
      <p className="about">
        <StateMark state={waits ? 'untested' : first.state} />{' '}
        <a href={selecting(place, { figure: subject })}>
          {print?.source ? print.source.text || <Shortly value={print.value} /> : subject}
        </a>{' '}
        {print?.unit !== undefined && !(print.source?.text ?? '').endsWith(print.unit) && (
          <span className="muted" data-plain="">
            {print.unit}
          </span>
        )}{' '}
        <SourceLines lines={[print?.source?.line ?? 0]} />{' '}
        <code className="muted" data-plain="">
          {subject}
        </code>
      </p>
      <ul className="plain broken">
        {findings.map((finding) => (
          <li key={finding.tie}>
            <a href={waits ? selecting(place, { figure: subject }) : selecting(place, { tie: finding.tie })}>
              {finding.kind}
            </a>{' '}
            {finding.note ?? <Against finding={finding} />}
          </li>
        ))}
      </ul>
      {first.because !== undefined && <p className="because">{first.because}</p>}
      {explained && (
        <p className="reason">
          {explained.reason}{' '}
          <span className="muted" data-plain="">
            {explained.actor}, {explained.recordedAt.slice(0, 10)}
          </span>
        </p>
      )}
      <Decide finding={first} />
    </li>
  );
}

function Against({ finding: { right, difference, unit } }: { readonly finding: FindingDocument }) {
  return (
    <>
      {right && <Side side={right} />}
      {difference !== undefined && (
        <>
          , difference <Off value={difference} /> <span data-plain="">{unit}</span>
        </>
      )}
    </>
  );
}

function Side({ side: { value, replayed, figures, source } }: { readonly side: FindingSide }) {
  if (replayed)
    return (
      <>
        the entries give <Shortly value={value} />
      </>
    );
  return (
    <>
      against {source?.text ? source.text : <Shortly value={value} />}
      {figures && ` from ${figures.length} prints`}
      {source && (
        <>
          {' '}
          on <SourceLines lines={[source.line]} />
        </>
      )}
    </>
  );
}

/** What a person can do about it: nothing is edited, a reason is recorded. */
function Decide({ finding }: { readonly finding: FindingDocument }) {
  const book = useBook();
  const place = usePlace();
  const [open, setOpen] = useState(false);
  // What is decided is decided of the books as they are now.
  const past = place.search['knownAt'] !== undefined || place.search['at'] !== undefined;
  if (!book || book.readOnly || past) return null;
  const close = (): void => setOpen(false);
  if (finding.kind === 'repair')
    return (
      <>
        <button type="button" className="button" onClick={() => setOpen(true)}>
          Confirm this reading…
        </button>
        {open && <Confirm figure={finding.subject} close={close} />}
      </>
    );
  if (finding.state !== 'does-not-tie') return null;
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Explain…
      </button>
      {open && <Propose finding={finding} close={close} />}
    </>
  );
}

/** Readings that the scan lost or damaged and that equations give: no findings, and never unseen. */
function Repaired() {
  const place = usePlace();
  const asked = useDocument<TiesDocument>('ties', { kind: 'ledger', state: 'repaired', limit: 500 });
  return (
    <Loaded of={asked}>
      {({ items }) =>
        items.length === 0 ? null : (
          <details className="group panel">
            <summary>
              <h3>
                repaired readings <span className="muted">({items.length})</span>
              </h3>
              <span className="muted">
                Lost or damaged in the scan, and given by more equations than needed
              </span>
            </summary>
            <ul className="plain">
              {items.map(({ tie, about: [figure = ''], left, unit }) => (
                <li className="finding" key={tie}>
                  <p className="about">
                    <StateMark state="repaired" />{' '}
                    <a href={selecting(place, { figure })}>
                      ‹{left !== undefined && <Shortly value={left} />}›
                    </a>{' '}
                    <span className="muted" data-plain="">
                      {unit} <code>{figure}</code>
                    </span>
                  </p>
                </li>
              ))}
            </ul>
          </details>
        )
      }
    </Loaded>
  );
}
