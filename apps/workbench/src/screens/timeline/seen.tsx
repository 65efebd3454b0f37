/**
 * The event at the position, the books after it, and what it changed: three views of one step, with figures that are pinned
 * to be watched along the way.
 */
import type { BookDocument, EntryDocument, EventsDocument, StatementDocument } from '@tieout/documents';
import { StatementTables } from '@tieout/views';
import type { KeyboardEvent } from 'react';
import { go, hrefTo, Loaded, Postings, selecting, useDocument, usePlace } from '../../shell';
import { Moved } from './moved';
import { Pinned } from './pinned';

const tabs = { event: 'Event', state: 'State', diff: 'Diff' } as const;
type Tab = keyof typeof tabs;

interface Step {
  /** Events that are known: the last one is at the position before. */
  readonly position: number;
}

export function Seen({ position, book }: Step & { readonly book: BookDocument }) {
  const { search } = usePlace();
  const names = Object.keys(tabs) as Tab[];
  const tab = names.find((each) => each === search['tab']) ?? 'diff';
  const show = (next: Tab): void => go({ search: { tab: next } }, { replace: true });
  const byArrows = ({ key, currentTarget }: KeyboardEvent<HTMLElement>): void => {
    const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    const next = names[(names.indexOf(tab) + by + names.length) % names.length];
    if (by === 0 || next === undefined) return;
    show(next);
    currentTarget.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <section className="panel timeline-seen" aria-label={`After position ${position - 1}`}>
      <div role="tablist" className="toolbar" onKeyDown={byArrows}>
        {names.map((each) => (
          <button
            key={each}
            id={`tab-${each}`}
            type="button"
            role="tab"
            className="button"
            aria-selected={each === tab}
            aria-controls="timeline-tab"
            tabIndex={each === tab ? 0 : -1}
            onClick={() => show(each)}
          >
            {tabs[each]}
          </button>
        ))}
      </div>
      <Pinned position={position} />
      <div id="timeline-tab" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {position === 0 ? (
          <p className="muted">Nothing is known yet: the log is empty here.</p>
        ) : tab === 'event' ? (
          <EventAt position={position} />
        ) : tab === 'state' ? (
          <StateAt position={position} book={book} />
        ) : (
          <Moved position={position} />
        )}
      </div>
    </section>
  );
}

/** The event itself, and a way to the books without it. */
function EventAt({ position }: Step) {
  const place = usePlace();
  const here = position - 1;
  const asked = useDocument<EventsDocument>('events', {
    ...{ after: here === 0 ? undefined : here - 1, limit: 1 },
    ...{ knownAt: undefined, at: undefined, period: undefined },
  });
  return (
    <Loaded of={asked}>
      {([event]) => {
        const entry = event?.payload['entry'];
        return event === undefined ? (
          <p>The log has no position {here}.</p>
        ) : (
          <>
            <h2 data-plain="">
              {event.name} <span className="muted">#{event.position}</span>
            </h2>
            <p className="muted" data-plain="">
              {event.recordedAt} · {event.actor}
            </p>
            {typeof entry === 'string' && (
              <>
                <Legs id={entry} />
                <p className="toolbar">
                  <a className="button" href={selecting(place, { entry })}>
                    Inspect {entry}
                  </a>
                  <a
                    className="button"
                    href={hrefTo(place, {
                      screen: 'what-if',
                      search: { without: entry, knownAt: undefined },
                    })}
                  >
                    Skip this event: a scenario without it
                  </a>
                </p>
              </>
            )}
            <details>
              <summary>As it stands in the log</summary>
              <pre className="raw" tabIndex={0} data-plain="">
                {JSON.stringify(event, undefined, 2)}
              </pre>
            </details>
          </>
        );
      }}
    </Loaded>
  );
}

/** The postings of an entry. */
function Legs({ id }: { readonly id: string }) {
  const asked = useDocument<EntryDocument>(`entries/${encodeURIComponent(id)}`, { knownAt: undefined });
  return (
    <Loaded of={asked}>
      {({ description, postings, amounts, basis }) => (
        <Postings postings={postings}>
          {description}{' '}
          <span className="muted" data-plain="">
            {amounts} · {basis}
          </span>
        </Postings>
      )}
    </Loaded>
  );
}

/** A statement of the books as they were known. */
function StateAt({ position, book }: Step & { readonly book: BookDocument }) {
  const place = usePlace();
  const primary = book.statements.filter(({ command }) => command != null);
  const id = place.search['shown'] ?? primary[0]?.id ?? '';
  const asked = useDocument<StatementDocument>(`statements/${encodeURIComponent(id)}`, { knownAt: position });
  return (
    <>
      <label className="row">
        Statement
        <select value={id} onChange={({ target }) => go({ search: { shown: target.value } })}>
          {book.statements.map((each) => (
            <option key={each.id} value={each.id}>
              {each.title}
            </option>
          ))}
        </select>
      </label>
      <Loaded of={asked}>
        {(document) => (
          <StatementTables
            document={document}
            selected={place.search['figure']}
            hrefOf={(figure) => selecting(place, { figure })}
          />
        )}
      </Loaded>
    </>
  );
}
