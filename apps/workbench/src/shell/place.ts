/**
 * Where the reader is, and it is all in the URL: a pasted link is a citation, and Back undoes a step.
 *
 *     /b/sensetime-2022-interim/statements/income-statement?figure=is.revenue%402022H1&u=m
 *
 * Every link of the workbench is a plain `<a href>`: one listener turns a click on it into a step of the history, so that
 * opening it in a new tab, copying it and following it without a mouse work as everywhere.
 */
import { source } from './source';

export interface Place {
  /** The book's id; '' where none is named yet. */
  readonly book: string;
  readonly screen: string;
  /** The path after the screen, decoded: the statement that is shown. */
  readonly rest: readonly string[];
  readonly search: Readonly<Record<string, string>>;
}

export interface Step {
  readonly book?: string;
  readonly screen?: string;
  readonly rest?: readonly string[];
  /** What changes of the search; undefined takes a name out. */
  readonly search?: Readonly<Record<string, string | undefined>>;
}

/** What the Inspector shows: one thing at a time. */
export const selectable = ['figure', 'tie', 'entry', 'event'] as const;
export type Selectable = (typeof selectable)[number];
export type Selection = { readonly [kind in Selectable]?: string };

/** What stays when the reader goes to another screen: the axes of every question, the units, and the selection. */
const lasting = ['at', 'knownAt', 'period', 'u', ...selectable];

export function placeOf({ pathname, search }: Pick<URL, 'pathname' | 'search'>): Place {
  const parts = pathname.split('/').flatMap((part) => (part === '' ? [] : [decoded(part)]));
  const [base, book = '', screen = '', ...rest] = parts;
  const asked = Object.fromEntries(new URLSearchParams(search));
  return base === 'b'
    ? { book, screen, rest, search: asked }
    : { book: '', screen: '', rest: [], search: asked };
}

/** A part that was typed by hand may be no encoding of anything; it then stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a step from a place. Going to another screen leaves that screen's own filters behind. */
export function hrefTo(place: Place, step: Step): string {
  const sameBook = step.book === undefined || step.book === place.book;
  const sameScreen = sameBook && (step.screen === undefined || step.screen === place.screen);
  const book = step.book ?? place.book;
  const screen = step.screen ?? (sameBook ? place.screen : '');
  const rest = step.rest ?? (sameScreen ? place.rest : []);
  const kept = Object.entries(place.search).filter(
    ([name]) => sameScreen || (sameBook && lasting.includes(name)),
  );
  const search = new URLSearchParams();
  const asked = { ...Object.fromEntries(kept), ...step.search };
  for (const name of Object.keys(asked).sort()) {
    const value = asked[name];
    if (value !== undefined && value !== '') search.set(name, value);
  }
  const path = ['b', book, screen, ...rest].filter((part) => part !== '').map(encodeURIComponent);
  const query = search.toString();
  return `/${path.join('/')}${query === '' ? '' : `?${query}`}`;
}

/** The address with one thing selected, and nothing else; with `{}` nothing is. */
export const selecting = (place: Place, selection: Selection): string =>
  hrefTo(place, {
    search: Object.fromEntries(selectable.map((kind) => [kind, selection[kind]])),
  });

export const selectionOf = ({ search }: Place): { kind: Selectable; id: string } | undefined => {
  for (const kind of selectable) {
    const id = search[kind];
    if (id !== undefined) return { kind, id };
  }
  return undefined;
};

const here = source<Place>({ book: '', screen: '', rest: [], search: {} });

export const usePlace = here.use;
export const placeNow = here.get;

/** Goes on from where the reader is. `replace`: the step is none of its own in the history (a slider, a search as typed). */
export function go(step: Step | string, { replace = false }: { readonly replace?: boolean } = {}): void {
  const href = typeof step === 'string' ? step : hrefTo(here.get(), step);
  if (replace) history.replaceState(null, '', href);
  else history.pushState(null, '', href);
  here.set(placeOf(location));
}

/** Follows the address from now on: Back, Forward, and every click on a link of ours. */
export function followAddress(): void {
  here.set(placeOf(location));
  addEventListener('popstate', () => here.set(placeOf(location)));
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!link || link.hasAttribute('download') || link.getAttribute('target') === '_blank') return;
    const url = new URL(link.getAttribute('href') ?? '', location.href);
    if (url.origin !== location.origin || !/^\/(b\/|$)/.test(url.pathname)) return;
    if (url.hash !== '' && url.pathname === location.pathname && url.search === location.search) return;
    event.preventDefault();
    go(url.pathname + url.search);
  });
}
