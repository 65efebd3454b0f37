/**
 * The header: which book, along which axes, in which units, how the ties stand, and what the reader has set.
 *
 * Invariant: everything here that changes what is shown changes the URL.
 */
import type { BookDocument, CheckDocument } from '@tieout/documents';
import { moneyScales, StateMark, type AnyState } from '@tieout/views';
import { useBook, useBooks } from './book';
import { signOut, useDocument } from './documents';
import { keysHelp } from './help';
import { useKeys } from './keys';
import { useLive } from './live';
import { palette } from './palette';
import { go, hrefTo, usePlace } from './place';
import { set, useSettings } from './settings';

export function Header() {
  const book = useBook();
  return (
    <header className="top">
      <a className="brand" href="/">
        <span aria-hidden="true">≡</span> Tieout
      </a>
      {book && <BookChoice book={book} />}
      {book && <AxesChoice book={book} />}
      <span className="grow" />
      {book && <Standing />}
      <button
        type="button"
        className="button"
        onClick={() => palette.set(true)}
        aria-keyshortcuts="Control+K Meta+K"
      >
        Search <kbd aria-hidden="true">⌘K</kbd>
      </button>
      {book?.readOnly === true && <span className="chip">read only</span>}
      <SettingsMenu who={book?.who} />
    </header>
  );
}

function BookChoice({ book }: { readonly book: BookDocument }) {
  const { data } = useBooks();
  const books = data?.books ?? [];
  if (books.length < 2) return <strong className="entity">{book.entity}</strong>;
  return (
    <label className="field">
      <span className="vh">Book</span>
      <select value={book.id} onChange={({ target }) => go({ book: target.value })}>
        {books.map(({ id, entity }) => (
          <option key={id} value={id}>
            {entity}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Period or day, the revision that was known, and units. */
function AxesChoice({ book }: { readonly book: BookDocument }) {
  const place = usePlace();
  const { revision } = useLive();
  const { at, period, knownAt, u } = place.search;
  const units = [undefined, ...moneyScales];
  useKeys({
    u: [
      'next unit: as published, 1, thousands, millions, billions',
      () => {
        const index = units.findIndex((each) => each === u);
        go({ search: { u: units[(index + 1) % units.length] } });
      },
    ],
    'f t': ['focus the period', () => document.getElementById('period')?.focus()],
  });
  return (
    <div className="axes">
      <label className="field">
        <span className="vh">Period</span>
        <select
          id="period"
          data-plain=""
          value={at ?? period ?? ''}
          onChange={({ target: { value } }) => {
            const isDay = /^\d{4}-\d\d-\d\d$/.test(value);
            go({ search: { at: isDay ? value : undefined, period: isDay ? undefined : value } });
          }}
        >
          <option value="">As published</option>
          <optgroup label="One period">
            {book.periods.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </optgroup>
          <optgroup label="Balances at a day">
            {at !== undefined && !book.periods.some(({ to }) => to === at) && (
              <option value={at}>{at}</option>
            )}
            {book.periods.map(({ to }) => (
              <option key={to} value={to}>
                {to}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <a
        className="chip"
        data-plain=""
        href={hrefTo(place, { screen: 'timeline' })}
        title="The revision of the books as shown; the timeline goes to another"
      >
        rev {knownAt ?? revision ?? book.revision}
      </a>
      <label className="field">
        <span className="vh">Units</span>
        <select
          data-plain=""
          value={u ?? ''}
          onChange={({ target }) => go({ search: { u: target.value || undefined } })}
        >
          <option value="">{book.amountUnit}</option>
          <option value="1">{book.currency}</option>
          <option value="k">{book.currency}&apos;000</option>
          <option value="m">{book.currency} million</option>
          <option value="bn">{book.currency} billion</option>
        </select>
      </label>
    </div>
  );
}

/** How the ties stand: what needs a look, by state. */
function Standing() {
  const place = usePlace();
  const { data } = useDocument<CheckDocument>('check');
  if (!data) return null;
  const { counts } = data;
  const shown: readonly (readonly [AnyState, number])[] = [
    ['does-not-tie', counts.doesNotTie],
    ['explained', counts.explained],
    ['repaired', counts.repaired],
    ['within-rounding', counts.withinRounding],
    ['ties', counts.ties],
  ];
  return (
    <a className="standing" href={hrefTo(place, { screen: 'audit' })} title="Ties by state: the audit board">
      <span className="vh">Ties: </span>
      {shown.map(([state, count]) => (
        <span key={state} className={count === 0 ? 'none' : undefined}>
          <StateMark state={state} /> {count.toLocaleString('en')}
        </span>
      ))}
    </a>
  );
}

function SettingsMenu({ who }: { readonly who: BookDocument['who'] | undefined }) {
  const { theme, singleKeys, incognito } = useSettings();
  return (
    <details
      className="menu"
      name="menu"
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.open = false;
      }}
    >
      <summary className="button">Settings</summary>
      <div className="menu-body panel stack">
        <fieldset>
          <legend>Theme</legend>
          {(['system', 'light', 'dark'] as const).map((each) => (
            <label key={each}>
              <input
                type="radio"
                name="theme"
                checked={theme === each}
                onChange={() => set({ theme: each })}
              />{' '}
              {each}
            </label>
          ))}
        </fieldset>
        <label>
          <input
            type="checkbox"
            checked={incognito}
            onChange={({ target }) => set({ incognito: target.checked })}
          />{' '}
          Incognito: mask every amount
        </label>
        <label>
          <input
            type="checkbox"
            checked={singleKeys}
            onChange={({ target }) => set({ singleKeys: target.checked })}
          />{' '}
          Single keys act
        </label>
        <button type="button" className="button" onClick={() => keysHelp.set(true)}>
          Keys <kbd aria-hidden="true">?</kbd>
        </button>
        <a href="/api/docs">API</a>
        {who && (
          <p className="muted">
            {who.name}: {who.roles.join(', ')}
          </p>
        )}
        {who?.local === false && (
          <button type="button" className="button" onClick={() => void signOut()}>
            Sign out
          </button>
        )}
      </div>
    </details>
  );
}
