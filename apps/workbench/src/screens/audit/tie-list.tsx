/** Ties that match the filters of the address: kind, state, statement and words; a page at a time. */
import type { TiesDocument } from '@tieout/documents';
import { StateMark } from '@tieout/views';
import { go, hrefTo, Loaded, selecting, useDocument, usePlace } from '../../shell';
import { Off } from './amounts';

const filters = ['kind', 'state', 'statement', 'q', 'after'] as const;
const none = Object.fromEntries(filters.map((name) => [name, undefined]));

export function TieList() {
  const place = usePlace();
  const { kind, state, statement, q, after } = place.search;
  const asked = useDocument<TiesDocument>('ties', { kind, state, statement, q, after });
  const said = [kind, state?.replaceAll('-', ' '), statement].filter(Boolean).join(' · ');
  return (
    <section className="tie-list panel" aria-label="Ties that match">
      <header className="row">
        <h2>Ties{said === '' ? '' : `: ${said}`}</h2>
        <span className="grow" />
        <input
          type="search"
          aria-label="Words in the tie or its figures"
          placeholder="Filter"
          defaultValue={q}
          onChange={({ target }) =>
            go({ search: { q: target.value || undefined, after: undefined } }, { replace: true })
          }
        />
        <a className="button quiet" href={hrefTo(place, { search: none })}>
          Close
        </a>
      </header>
      <Loaded of={asked}>
        {({ items, page }) => (
          <>
            <p className="muted" role="status">
              {page.total.toLocaleString('en')} {page.total === 1 ? 'tie' : 'ties'}
            </p>
            <ul className="plain">
              {items.map(({ tie, state: found, equation, difference, unit, why, note }) => (
                <li key={tie}>
                  <StateMark state={found} />{' '}
                  <a href={selecting(place, { tie })} data-plain="">
                    {tie}
                  </a>
                  {difference !== undefined && (
                    <>
                      {' '}
                      difference <Off value={difference} /> <span data-plain="">{unit}</span>
                    </>
                  )}
                  {(why ?? note ?? equation) !== undefined && (
                    <span className="muted equation" data-plain="">
                      {why ?? note ?? equation}
                    </span>
                  )}
                </li>
              ))}
            </ul>
            <p className="row">
              {after !== undefined && (
                <a href={hrefTo(place, { search: { after: undefined } })}>First page</a>
              )}
              {page.next !== null && <a href={hrefTo(place, { search: { after: page.next } })}>Next page</a>}
            </p>
          </>
        )}
      </Loaded>
    </section>
  );
}
