/**
 * Entries as a journal is written: a line that says what happened, and under it each leg, debits before credits, credits a
 * little in. A reversal and what it reverses name each other.
 */
import type { EntriesDocument } from '@tieout/documents';
import { Amount } from '@tieout/views';
import { hrefTo, selecting, SourceLines, usePlace } from '../../shell';
import { ReverseEntry } from './reverse';

type Entry = EntriesDocument['entries'][number];
type Leg = Entry['postings'][number];

const isCredit = ({ amount }: Leg): boolean => amount.startsWith('-');

export function Entries({
  document,
  mayPost,
}: {
  readonly document: EntriesDocument;
  readonly mayPost: boolean;
}) {
  const place = usePlace();
  const { entries, amounts, basis, revision, next } = document;
  const signed = place.search['sides'] === 'signed';
  const pages = (
    <nav className="toolbar" aria-label="Pages of entries">
      {place.search['after'] !== undefined && (
        <a href={hrefTo(place, { search: { after: undefined } })}>First page</a>
      )}
      {next !== undefined && <a href={hrefTo(place, { search: { after: String(next) } })}>Next page</a>}
    </nav>
  );
  if (entries.length === 0)
    return (
      <>
        <p className="muted">
          {next === undefined ? 'No entry is like that.' : 'None so far: the log goes on.'}
        </p>
        {pages}
      </>
    );
  return (
    <div className="panel journal">
      <div className="scroll" tabIndex={0}>
        <table className="table">
          <caption>
            {entries.length} {entries.length === 1 ? 'entry' : 'entries'}{' '}
            <span className="muted" data-plain="">
              {amounts} · {basis} · rev {revision}
            </span>
          </caption>
          <thead>
            <tr>
              <th scope="col">Date</th>
              <th scope="col">Entry</th>
              <th scope="col">Account</th>
              {signed ? (
                <th scope="col" className="value">
                  Amount
                </th>
              ) : (
                <>
                  <th scope="col" className="value">
                    Debit
                  </th>
                  <th scope="col" className="value">
                    Credit
                  </th>
                </>
              )}
              <th scope="col">Source</th>
            </tr>
          </thead>
          {entries.map((entry) => (
            <OneEntry key={entry.id} {...{ entry, signed, mayPost }} />
          ))}
        </table>
      </div>
      {pages}
    </div>
  );
}

function OneEntry({
  entry,
  signed,
  mayPost,
}: {
  readonly entry: Entry;
  readonly signed: boolean;
  readonly mayPost: boolean;
}) {
  const place = usePlace();
  const { id, date, description, event, postings, source, reversedBy } = entry;
  const selected = place.search['entry'] === id;
  const legs = [...postings.filter((leg) => !isCredit(leg)), ...postings.filter(isCredit)];
  return (
    <tbody className={selected ? 'selected' : undefined}>
      <tr className="says">
        <td data-plain="">{date}</td>
        <th scope="rowgroup" data-plain="">
          <a className="entry-link" href={selecting(place, { entry: id })}>
            {id}
          </a>
        </th>
        <td colSpan={signed ? 2 : 3}>
          {description} <Pair entry={entry} />
        </td>
        <td>{source.length > 0 && <SourceLines lines={source} />}</td>
      </tr>
      {legs.map((leg, index) => (
        <tr key={index} className="leg">
          <td />
          <td className="muted" data-plain="">
            {index === 0 && event}
          </td>
          <td className={isCredit(leg) ? 'credit' : undefined}>
            {leg.accountName} <span className="muted">{leg.movement}</span>
          </td>
          {signed ? (
            <td className="value">
              <Amount value={leg.amount} />
            </td>
          ) : (
            <>
              <td className="value">{!isCredit(leg) && <Amount value={leg.amount} />}</td>
              <td className="value">{isCredit(leg) && <Amount value={leg.amount.slice(1)} />}</td>
            </>
          )}
          <td />
        </tr>
      ))}
      {selected && (
        <tr>
          <td />
          <td colSpan={signed ? 4 : 5}>
            <div className="toolbar">
              <a
                className="button"
                href={hrefTo(place, {
                  screen: 'timeline',
                  search: { knownAt: String(entry.position + 1), tab: 'diff' },
                })}
              >
                What it changed
              </a>
              <a className="button" href={hrefTo(place, { screen: 'what-if', search: { without: id } })}>
                The books without it
              </a>
              {mayPost && reversedBy === undefined && <ReverseEntry id={id} />}
            </div>
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** The other entry of a reversal. */
function Pair({ entry: { reverses, reversedBy } }: { readonly entry: Entry }) {
  const place = usePlace();
  const other = reverses ?? reversedBy;
  if (other === undefined) return null;
  return (
    <a className="chip" href={selecting(place, { entry: other })} data-plain="">
      {reverses === undefined ? 'reversed by' : 'reverses'} {other}
    </a>
  );
}
