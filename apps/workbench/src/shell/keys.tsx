/**
 * Keys: every one of them is a second way to something that a pointer can do too. A screen declares its keys while it is
 * shown, so that `?` lists exactly those that act.
 *
 * Single keys are ignored where text is typed, can be switched off, and never take a key that the browser or a screen
 * reader uses with Ctrl, Alt or Meta. Two keys one after the other (`g b`) are written with a space.
 */
import { useEffect, useRef } from 'react';
import { settingsNow } from './settings';
import { source } from './source';

export type Keys = Readonly<Record<string, readonly [what: string, act: () => void]>>;

/** The key sets of what is mounted; the one that was declared last is asked first. */
const declared = source<readonly { readonly current: Keys }[]>([]);

/** Keys that act while the component is shown. `Mod+k` is Ctrl+K, and ⌘K on a Mac. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    declared.set([...declared.get(), latest]);
    return () => declared.set(declared.get().filter((each) => each !== latest));
  }, []);
}

/** What acts now, in the order of declaration, one of each key. */
export function useKeysShown(): readonly (readonly [key: string, what: string])[] {
  const shown = new Map<string, string>();
  for (const { current } of declared.use())
    for (const [key, [what]] of Object.entries(current)) shown.set(key, what);
  return [...shown];
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** How long the second key of two may take, in ms. */
const patience = 1200;

/** Hears the keyboard from now on. */
export function hearKeys(): void {
  let first = '';
  let forget: ReturnType<typeof setTimeout> | undefined;
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const withModifier = event.ctrlKey || event.metaKey;
    if (event.altKey) return;
    // Esc leaves a field as it leaves everything; a modal dialog closes itself.
    if (typing(event.target) && !withModifier && event.key !== 'Escape') return;
    if (document.querySelector('dialog:modal') && !withModifier) return;
    const key = withModifier ? `Mod+${event.key.toLowerCase()}` : event.key === ' ' ? 'Space' : event.key;
    const single = !withModifier && key.length === 1;
    if (single && !settingsNow().singleKeys) return;
    const act = first === '' ? find(key) : find(`${first} ${key}`);
    clearTimeout(forget);
    if (!act && first === '' && single && beginsTwo(key)) {
      first = key;
      forget = setTimeout(() => (first = ''), patience);
      return;
    }
    first = '';
    if (!act) return;
    event.preventDefault();
    act();
  });
}

const find = (key: string): (() => void) | undefined =>
  declared
    .get()
    .map(({ current }) => current[key]?.[1])
    .findLast((act) => act !== undefined);

const beginsTwo = (key: string): boolean =>
  declared.get().some(({ current }) => Object.keys(current).some((each) => each.startsWith(`${key} `)));
