/**
 * The frame of a screen: its title, what can be done on it, and how to ask the same on the command line and over HTTP.
 * Whatever the workbench shows, the command prints and the API answers.
 */
import type { ReactNode } from 'react';
import { announce } from './announce';
import { urlOf, type Params } from './documents';
import { usePlace, type Place } from './place';

export interface ScreenFrame {
  readonly title: string;
  /** Right of the title. */
  readonly actions?: ReactNode;
  /** What asks for the same on the command line, after `tieout` and the axes: `is`, `explain is.revenue`. */
  readonly command?: string;
  /** What is shown is of the whole log, whatever day or position the address names: the command takes none. */
  readonly ofWholeLog?: boolean;
  /** The path of the same document under the book. */
  readonly request?: string;
  readonly params?: Params;
  readonly children: ReactNode;
}

export function Screen({ title, actions, command, ofWholeLog, request, params, children }: ScreenFrame) {
  const place = usePlace();
  const asked = ofWholeLog ? { ...place, search: {} } : place;
  return (
    <main id="screen" tabIndex={-1} className={`screen screen-${place.screen}`}>
      <title>{`${title} · Tieout`}</title>
      <header className="screen-head">
        <h1>{title}</h1>
        <div className="toolbar">
          {actions}
          {command !== undefined && (
            <Copy label="Copy as command" text={() => commandLine(asked, command)} what={command} />
          )}
          {request !== undefined && (
            <Copy label="Copy as curl" text={() => curlLine(place, request, params)} what={request} />
          )}
        </div>
      </header>
      {children}
    </main>
  );
}

function Copy({ label, text, what }: { label: string; text: () => string; what: string }) {
  return (
    <button
      type="button"
      className="button quiet"
      title={what}
      onClick={() =>
        void copy(text()).then((copied) => announce(copied ? 'Copied' : `Cannot copy here: ${text()}`))
      }
    >
      {label}
    </button>
  );
}

/** Whether it was copied: a page that is not on https or localhost may not. */
export const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

const quoted = (word: string): string =>
  /^[\w@.,:/=+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** `tieout -b BOOK --at DAY is` */
export function commandLine({ book, search }: Place, command: string): string {
  const flags = [
    ['-b', book],
    ['--at', search['at']],
    ['--known-at', search['knownAt']],
    ['-p', search['period']],
    ['-u', search['u']],
  ].flatMap(([flag = '', value]) => (value === undefined ? [] : [flag, quoted(value)]));
  return ['tieout', ...flags, command].join(' ');
}

function curlLine(place: Place, request: string, params: Params = {}): string {
  return `curl ${quoted(location.origin + urlOf(place, request, params))}`;
}
