/**
 * A value that lives outside React and that components can read: where the reader is, their settings, what the server
 * last said. One small thing, so that there is no second way to hold such a value.
 */
import { useSyncExternalStore } from 'react';

export interface Source<T> {
  readonly get: () => T;
  readonly set: (next: T) => void;
  readonly subscribe: (heard: () => void) => () => void;
  /** The value, in a component that is drawn again when it changes. */
  readonly use: () => T;
}

export function source<T>(initial: T): Source<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const get = (): T => value;
  const subscribe = (heard: () => void): (() => void) => {
    listeners.add(heard);
    return () => listeners.delete(heard);
  };
  return {
    get,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const heard of [...listeners]) heard();
    },
    subscribe,
    use: () => useSyncExternalStore(subscribe, get),
  };
}
