/** An event as it stands in the log, whole: the bytes that the head's hash vouches for. */
import type { EventsDocument } from '@tieout/documents';
import { useDocument } from '../documents';
import { Loaded } from '../loaded';
import { hrefTo, selecting, usePlace } from '../place';

export function EventInspected({ id }: { readonly id: string }) {
  const position = Number(id);
  const place = usePlace();
  return (
    <Loaded of={useDocument<EventsDocument>('events', { after: position - 1, limit: 1 })}>
      {([event]) => {
        if (event?.position !== position) return <p>The log has no position {id}.</p>;
        const entry = event.payload['entry'];
        return (
          <>
            <h2 data-plain="">{event.name}</h2>
            <p className="muted" data-plain="">
              position {event.position} · {event.recordedAt} · {event.actor}
            </p>
            <p className="row">
              {typeof entry === 'string' && (
                <a className="button" href={selecting(place, { entry })}>
                  Entry {entry}
                </a>
              )}
              <a className="button" href={hrefTo(place, { search: { knownAt: String(position + 1) } })}>
                The books as known then
              </a>
            </p>
            <pre className="raw" tabIndex={0}>
              {JSON.stringify(event, undefined, 2)}
            </pre>
          </>
        );
      }}
    </Loaded>
  );
}
