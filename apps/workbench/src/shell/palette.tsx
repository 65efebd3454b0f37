/**
 * Ctrl/⌘ K: go anywhere by typing. Screens and statements at once; figures, entries and ties as the server finds them.
 */
import { useDeferredValue, useState } from 'react';
import type { EntriesDocument, FiguresDocument, TiesDocument } from '@tieout/documents';
import { screens } from '../screens';
import { useBook } from './book';
import { Dialog } from './dialog';
import { useDocument } from './documents';
import { useKeys } from './keys';
import { go, hrefTo, selecting, usePlace } from './place';
import { source } from './source';

export const palette = source(false);

interface Found {
  readonly kind: string;
  readonly name: string;
  readonly id: string;
  readonly href: string;
}

export function Palette() {
  useKeys({ 'Mod+k': ['search: screens, statements, figures, entries, ties', () => palette.set(true)] });
  return palette.use() ? <Search /> : null;
}

/** How many of each kind are shown. */
const shown = 8;

function Search() {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = useFound(useDeferredValue(typed.trim()));
  const at = Math.min(chosen, Math.max(found.length - 1, 0));
  const close = (): void => palette.set(false);
  const follow = (each: Found | undefined): void => {
    if (!each) return;
    close();
    go(each.href);
  };
  return (
    <Dialog label="Search" close={close} className="palette">
      <input
        autoFocus
        type="search"
        role="combobox"
        aria-expanded="true"
        aria-controls="found"
        aria-activedescendant={found[at] ? `found-${at}` : undefined}
        aria-label="Search screens, statements, figures, entries and ties"
        placeholder="A statement, a figure, an entry, a tie…"
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setChosen(0);
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step !== undefined) {
            event.preventDefault();
            setChosen(Math.max(0, Math.min(found.length - 1, at + step)));
          } else if (event.key === 'Enter') {
            event.preventDefault();
            follow(found[at]);
          }
        }}
      />
      <ul id="found" role="listbox" aria-label="Found" className="found">
        {found.map((each, index) => (
          <li
            key={each.href}
            id={`found-${index}`}
            role="option"
            aria-selected={index === at}
            ref={index === at ? (item) => item?.scrollIntoView({ block: 'nearest' }) : undefined}
            onClick={() => follow(each)}
          >
            <span className="muted">{each.kind}</span> {each.name}
            {each.id !== each.name && (
              <small className="muted" data-plain="">
                {each.id}
              </small>
            )}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="muted">Nothing is called “{typed}”.</p>}
    </Dialog>
  );
}

/** What matches, screens first. The server is asked for entries and ties from two letters on. */
function useFound(text: string): readonly Found[] {
  const place = usePlace();
  const book = useBook();
  const asked = text.length < 2 ? undefined : text;
  const figures = useDocument<FiguresDocument>(asked && 'figures').data ?? [];
  const entries =
    useDocument<EntriesDocument>(asked && 'entries', { q: asked, limit: shown }).data?.entries ?? [];
  const ties = useDocument<TiesDocument>(asked && 'ties', { q: asked, limit: shown }).data?.items ?? [];
  const words = text.toLowerCase().split(/\s+/);
  const matches = (...names: readonly string[]): boolean => {
    const all = names.join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  };
  const goTo = Object.entries(screens).map(([screen, { title }]) => ({
    kind: 'screen',
    name: title,
    id: title,
    href: hrefTo(place, { screen }),
  }));
  const statements = (book?.statements ?? []).map(({ id, title }) => ({
    kind: 'statement',
    name: title,
    id,
    href: hrefTo(place, { screen: 'statements', rest: [id] }),
  }));
  const selected = (kind: 'figure' | 'entry' | 'tie', id: string, name: string): Found => ({
    kind,
    name,
    id,
    href: selecting(place, { [kind]: id }),
  });
  const perFact = new Map(figures.map((figure) => [figure.fact, figure]));
  return [
    ...goTo.filter(({ name }) => matches(name)),
    ...statements.filter(({ id, name }) => matches(id, name)).slice(0, asked ? shown : 60),
    ...(asked
      ? [
          ...[...perFact.values()]
            .filter(({ fact, label }) => matches(fact, label))
            .slice(0, shown)
            .map(({ fact, label }) => selected('figure', fact, label)),
          ...entries.map(({ id, description }) => selected('entry', id, description)),
          ...ties.map(({ tie, equation }) => selected('tie', tie, equation ?? tie)),
        ]
      : []),
  ];
}
