/**
 * What a reader sets for this browser: the theme, whether single keys act, whether digits are masked. None of it belongs
 * in a link, so none of it is in the URL.
 */
import { source } from './source';

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  /** Keys without Ctrl, Alt or Meta act (WCAG 2.1.4: they can be switched off). */
  readonly singleKeys: boolean;
  /** Digits are masked wherever they could be read or heard. */
  readonly incognito: boolean;
}

const name = 'tieout.settings';
const initial: Settings = { theme: 'system', singleKeys: true, incognito: false };

/** Storage may be forbidden, or hold what another version wrote: the settings are then the initial ones. */
function stored(): Settings {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(name) ?? '{}');
    return typeof read === 'object' && read !== null ? { ...initial, ...read } : initial;
  } catch {
    return initial;
  }
}

const settings = source(stored());

export const useSettings = settings.use;
export const settingsNow = settings.get;

export function set(change: Partial<Settings>): void {
  settings.set({ ...settings.get(), ...change });
  try {
    localStorage.setItem(name, JSON.stringify(settings.get()));
  } catch {
    // They hold as long as this page does.
  }
}

/** The theme is an attribute of the root, from now on: the stylesheet does the rest. */
export function showTheme(): void {
  const show = (): void => {
    const { theme } = settings.get();
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  };
  show();
  settings.subscribe(show);
}
