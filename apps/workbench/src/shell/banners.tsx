/** What must not be missed: the books of another day or position, or a server that is gone. */
import { useBook } from './book';
import { useLive } from './live';
import { hrefTo, usePlace } from './place';

export function Banners() {
  const place = usePlace();
  const { revision, connected } = useLive();
  const book = useBook();
  const { at, knownAt, period } = place.search;
  const named = book?.periods.find(({ id }) => id === period)?.label ?? period;
  const now = hrefTo(place, { search: { at: undefined, knownAt: undefined, period: undefined } });
  if (knownAt === undefined && at === undefined && period === undefined && connected) return null;
  return (
    <aside aria-label="What is shown">
      {knownAt !== undefined && (
        <p className="banner past" data-plain="">
          <strong>Viewing the past.</strong> The books as they were known at revision {knownAt}
          {revision === undefined ? '' : ` of ${revision}`}: not current. <a href={now}>Return</a>
        </p>
      )}
      {knownAt === undefined && (at !== undefined || period !== undefined) && (
        <p className="banner" data-plain="">
          {at === undefined ? `One period: ${named}.` : `Balances at ${at}, flows up to it.`}{' '}
          <a href={now}>As published</a>
        </p>
      )}
      {!connected && (
        <p className="banner" role="status">
          <strong>The server cannot be reached.</strong> What is shown is of revision{' '}
          {book?.revision ?? 'unknown'}; it is asked again by itself.
        </p>
      )}
    </aside>
  );
}
