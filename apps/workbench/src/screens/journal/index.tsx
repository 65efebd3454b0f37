/**
 * Journal: the entries of the log, newest first, in debits and credits; filtered by the address, a page at a time.
 *
 * Nothing is edited here: an entry is reversed by its exact opposite, with a reason, and what was posted is posted.
 */
import type { EntriesDocument } from '@tieout/documents';
import { go, hrefTo, Loaded, Screen, useBook, useDocument, useKeys, usePlace } from '../../shell';
import { Entries } from './entries';
import { Filters, filterNames } from './filters';
import { PeriodsMenu } from './periods';
import { Post } from './post';
import './journal.css';

export default function Journal() {
  const place = usePlace();
  const book = useBook();
  const { search } = place;
  const filters = Object.fromEntries(filterNames.map((name) => [name, search[name]]));
  const asked = useDocument<EntriesDocument>('entries', {
    ...filters,
    order: search['order'] ?? 'newest',
    after: search['after'],
    limit: 50,
  });
  const mayPost = book !== undefined && !book.readOnly && book.who.roles.includes('preparer');
  const posting = mayPost && search['post'] !== undefined;
  useKeys({
    '/': ['filter the entries', () => document.getElementById('journal-q')?.focus()],
    'f t': ['filter by day', () => document.getElementById('journal-from')?.focus()],
    'f a': ['filter by account', () => document.getElementById('journal-account')?.focus()],
    'f f': ['filter by text', () => document.getElementById('journal-q')?.focus()],
    j: ['next entry', () => moveBy(1)],
    k: ['entry before', () => moveBy(-1)],
  });
  return (
    <Screen
      title="Journal"
      command={commandOf(search)}
      request="entries"
      params={{ ...filters, order: search['order'] }}
      actions={
        <>
          {book && <PeriodsMenu book={book} />}
          {mayPost && (
            <a
              className="button primary"
              href={hrefTo(place, { search: { post: posting ? undefined : '1' } })}
            >
              {posting ? 'Close the form' : 'Post an entry'}
            </a>
          )}
        </>
      }
    >
      {posting && book && (
        <Post book={book} posted={(id) => go({ search: { post: undefined, entry: id } })} />
      )}
      <Filters />
      <Loaded of={asked}>{(document) => <Entries document={document} mayPost={mayPost} />}</Loaded>
    </Screen>
  );
}

/** What the command can filter by, too. */
function commandOf({ account, event }: Readonly<Record<string, string>>): string {
  const flags = [account && `--account ${account}`, event && `--event ${event}`];
  return ['log', ...flags.filter((flag) => flag !== undefined)].join(' ');
}

/** To the link of the next entry, or the one before. */
function moveBy(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.journal a.entry-link')];
  const at = links.findIndex((link) => link === document.activeElement);
  links[Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
}
