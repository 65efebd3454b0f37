/**
 * An entry: its postings in debits and credits with the expression that gives each amount, where amount and allocation come
 * from, the pair that it is one of if it is reversed, and the figures that it feeds.
 *
 * Invariant: the debits are the credits.
 */
import type { EntryDocument, FeedsDocument } from '@tieout/documents';
import { Amount, StateMark, type AnyState } from '@tieout/views';
import { useDocument } from '../documents';
import { Loaded } from '../loaded';
import { selecting, usePlace, type Place } from '../place';
import { SourceLines } from './inspector';

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
  const debits = postings.filter(({ amount }) => !amount.startsWith('-'));
  const credits = postings.filter(({ amount }) => amount.startsWith('-'));
  return (
    <>
      <h2>{description}</h2>
      <p className="muted" data-plain="">
        {id} · {date}
        {dateBasis === 'period-end' && ' (end of the period; the day is not disclosed)'} · {event} ·{' '}
        <a href={selecting(place, { event: String(entry.position) })}>position {entry.position}</a>
      </p>
      <Reversal entry={entry} />
      <table className="table postings">
        <caption>
          <span data-plain="">{amounts}</span> · {basis}
        </caption>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col" className="value">
              Debit
            </th>
            <th scope="col" className="value">
              Credit
            </th>
          </tr>
        </thead>
        <tbody>
          {[...debits, ...credits].map((posting, index) => (
            <Posting key={index} posting={posting} />
          ))}
        </tbody>
      </table>
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

/** Debit or credit, and below it what gives the amount, where the entry says it. */
function Posting({ posting }: { readonly posting: EntryDocument['postings'][number] }) {
  const { amount, accountName, movementName, dimensions, expression } = posting;
  const credit = amount.startsWith('-');
  return (
    <>
      <tr>
        <th scope="row">
          {accountName}
          <span className="muted from">{[movementName, ...Object.values(dimensions)].join(' · ')}</span>
        </th>
        <td className="value">{!credit && <Amount value={amount} />}</td>
        <td className="value">{credit && <Amount value={amount.slice(1)} />}</td>
      </tr>
      {expression !== undefined && (
        <tr className="gives">
          <td colSpan={3}>
            <details>
              <summary>What gives the amount</summary>
              <Expression text={expression} />
            </details>
          </td>
        </tr>
      )}
    </>
  );
}

/** An expression over published facts: each of them a link. */
function Expression({ text }: { readonly text: string }) {
  const place = usePlace();
  return (
    <code className="expression" data-plain="">
      {text
        .split(/([^\s()]+@[^\s()]+)/)
        .map((part, index) => (index % 2 === 0 ? part : <FactLink key={index} fact={part} place={place} />))}
    </code>
  );
}

/** A fact with its sign before it. */
function FactLink({ fact, place }: { readonly fact: string; readonly place: Place }) {
  const [, sign = '', id = fact] = /^(-?)(.*)$/.exec(fact) ?? [];
  return (
    <>
      {sign}
      <a href={selecting(place, { figure: id })}>{id}</a>
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
