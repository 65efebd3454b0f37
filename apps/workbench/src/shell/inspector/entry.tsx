/**
 * An entry: its postings, where amount and allocation come from, the pair that it is one of if it is reversed, and the
 * figures that it feeds.
 */
import type { EntryDocument, FeedsDocument } from '@tieout/documents';
import { StateMark, type AnyState } from '@tieout/views';
import { useDocument } from '../documents';
import { Loaded } from '../loaded';
import { selecting, usePlace } from '../place';
import { SourceLines } from './inspector';
import { Postings } from './postings';

export function EntryInspected({ id }: { readonly id: string }) {
  const path = `entries/${encodeURIComponent(id)}`;
  return (
    <>
      <Loaded of={useDocument<EntryDocument>(path)}>{(entry) => <EntryShown entry={entry} />}</Loaded>
      <Loaded of={useDocument<FeedsDocument>(`${path}/feeds`)}>{(feeds) => <Feeds feeds={feeds} />}</Loaded>
    </>
  );
}

function EntryShown({ entry }: { readonly entry: EntryDocument }) {
  const { id, description, date, dateBasis, event, postings, provenance, amounts, basis } = entry;
  const place = usePlace();
  return (
    <>
      <h2>{description}</h2>
      <p className="muted" data-plain="">
        {id} · {date}
        {dateBasis === 'period-end' && ' (end of the period; the day is not disclosed)'} · {event} ·{' '}
        <a href={selecting(place, { event: String(entry.position) })}>position {entry.position}</a>
      </p>
      <Reversal entry={entry} />
      <Postings postings={postings}>
        <span data-plain="">{amounts}</span> · {basis}
      </Postings>
      <section>
        <h3>Where it comes from</h3>
        <p>
          The amount is <strong>{provenance.amount}</strong>, the allocation{' '}
          <strong>{provenance.allocation}</strong>: <SourceLines lines={provenance.source} />
        </p>
        <p className="reasoning">{provenance.reasoning}</p>
        <p className="muted" data-plain="">
          {entry.actor} · {entry.recordedAt.slice(0, 10)}
        </p>
      </section>
    </>
  );
}

function Reversal({ entry: { reverses, reversedBy, reason } }: { readonly entry: EntryDocument }) {
  const place = usePlace();
  return (
    <>
      {reverses !== undefined && (
        <p className="note-line">
          Reverses <a href={selecting(place, { entry: reverses })}>{reverses}</a>
          {reason !== undefined && `: ${reason}`}
        </p>
      )}
      {reversedBy !== undefined && (
        <p className="note-line">
          Reversed by <a href={selecting(place, { entry: reversedBy })}>{reversedBy}</a>
        </p>
      )}
    </>
  );
}

function Feeds({ feeds: { figures, ties } }: { readonly feeds: FeedsDocument }) {
  const place = usePlace();
  return (
    <>
      <section>
        <h3>Feeds ({figures.length} figures)</h3>
        <ul className="items">
          {figures.map(({ id, label, statement, state }) => (
            <li key={id}>
              <StateMark state={state as AnyState} />
              <a href={selecting(place, { figure: id })}>{label}</a>
              <span className="where muted" data-plain="">
                {statement}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {ties.length > 0 && (
        <section>
          <h3>Held by ({ties.length} ties)</h3>
          <ul className="items" data-plain="">
            {ties.map(({ id, kind, state }) => (
              <li key={id}>
                <StateMark state={state as AnyState} />
                <a href={selecting(place, { tie: id })}>{id.replace(`${kind}:`, '')}</a>
                <span className="where muted">{kind}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
