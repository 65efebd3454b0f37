/**
 * The filter bar: what is filtered stands in the address, so that a filtered journal can be cited. Text is asked for when
 * the reader stops typing.
 */
import type { AccountsDocument } from '@tieout/documents';
import { useEffect, useRef } from 'react';
import { go, hrefTo, useDocument, usePlace } from '../../shell';

/** As the API calls them. The period is an axis of every question, and stands in the header. */
export const filterNames = ['q', 'account', 'event', 'from', 'to', 'actor'] as const;
type FilterName = (typeof filterNames)[number];

/** How long a reader who stopped typing is given, in ms. */
const PAUSE_MS = 300;

const set = (name: FilterName, value: string): void =>
  go({ search: { [name]: value === '' ? undefined : value, after: undefined } }, { replace: true });

export function Filters() {
  const place = usePlace();
  const { search } = place;
  const chart = useDocument<AccountsDocument>('accounts').data;
  const active = filterNames.some((name) => search[name] !== undefined);
  return (
    <form className="toolbar journal-filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <Typed name="q" label="Text" type="search" size={18} />
      <Typed name="account" label="Account" type="search" size={24} list="journal-accounts" />
      <datalist id="journal-accounts">
        {familiesOf(chart).map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </datalist>
      <label>
        <span>Records</span>
        <select value={search['event'] ?? ''} onChange={({ target }) => set('event', target.value)}>
          <option value="">anything</option>
          {[...(chart?.events ?? []), 'EntryReversed'].map((event) => (
            <option key={event}>{event}</option>
          ))}
        </select>
      </label>
      <Typed name="from" label="From" type="date" size={10} />
      <Typed name="to" label="To" type="date" size={10} />
      <Typed name="actor" label="By" type="search" size={10} />
      <label>
        <span>Order</span>
        <select
          value={search['order'] ?? 'newest'}
          onChange={({ target }) =>
            go({ search: { order: target.value, after: undefined } }, { replace: true })
          }
        >
          <option value="newest">newest first</option>
          <option value="oldest">oldest first</option>
        </select>
      </label>
      <label>
        <span>Amounts</span>
        <select
          value={search['sides'] ?? 'two'}
          onChange={({ target }) => go({ search: { sides: target.value } }, { replace: true })}
        >
          <option value="two">Dr and Cr</option>
          <option value="signed">signed</option>
        </select>
      </label>
      {active && (
        <a
          className="button quiet"
          href={hrefTo(place, {
            search: { ...Object.fromEntries(filterNames.map((name) => [name, undefined])), after: undefined },
          })}
        >
          Clear filters
        </a>
      )}
    </form>
  );
}

interface TypedFilter {
  readonly name: FilterName;
  readonly label: string;
  readonly type: 'search' | 'date';
  readonly size: number;
  readonly list?: string;
}

/** A field that keeps what is typed, and follows the address when that changes by itself. */
function Typed({ name, label, ...input }: TypedFilter) {
  const value = usePlace().search[name] ?? '';
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (field.current && field.current !== document.activeElement) field.current.value = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <label>
      <span>{label}</span>
      <input
        ref={field}
        id={`journal-${name}`}
        defaultValue={value}
        {...input}
        onChange={({ target }) => {
          clearTimeout(timer.current);
          timer.current = setTimeout(() => set(name, target.value.trim()), PAUSE_MS);
        }}
      />
    </label>
  );
}

/** Accounts, and the families above them. */
function familiesOf(chart: AccountsDocument | undefined): readonly (readonly [string, string])[] {
  const families = new Map<string, string>();
  for (const { id, name } of chart?.accounts ?? []) {
    const parts = id.split('.');
    for (let length = 1; length < parts.length; length += 1) {
      const family = parts.slice(0, length).join('.');
      if (!families.has(family)) families.set(family, `all under ${family}`);
    }
    families.set(id, name);
  }
  return [...families];
}
