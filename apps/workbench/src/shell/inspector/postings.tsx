/**
 * The postings of an entry in debits and credits, debits first, each with the expression that gives its amount.
 *
 * Invariant: the debits are the credits.
 */
import type { EntryDocument } from '@tieout/documents';
import { Amount } from '@tieout/views';
import type { ReactNode } from 'react';
import { selecting, usePlace, type Place } from '../place';

interface Postings {
  readonly postings: EntryDocument['postings'];
  /** The caption. */
  readonly children: ReactNode;
}

export function Postings({ postings, children }: Postings) {
  const debits = postings.filter(({ amount }) => !amount.startsWith('-'));
  const credits = postings.filter(({ amount }) => amount.startsWith('-'));
  return (
    <table className="table postings">
      <caption>{children}</caption>
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
