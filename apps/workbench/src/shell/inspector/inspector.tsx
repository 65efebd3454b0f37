/**
 * The Inspector: the one selection, whatever the screen. A figure leads to its entries, an entry to its source lines and to
 * what it feeds, a tie to both its sides; every item is a link, and Back goes the way back.
 */
import { useKeys } from '../keys';
import { go, hrefTo, selecting, selectionOf, usePlace, type Place, type Selectable } from '../place';
import { EntryInspected } from './entry';
import { EventInspected } from './event';
import { FigureInspected } from './figure';
import { TieInspected } from './tie';

const shownBy = {
  figure: FigureInspected,
  tie: TieInspected,
  entry: EntryInspected,
  event: EventInspected,
} as const satisfies Record<Selectable, unknown>;

const names: Readonly<Record<Selectable, string>> = {
  figure: 'Figure',
  tie: 'Tie',
  entry: 'Entry',
  event: 'Event',
};

export function Inspector() {
  const place = usePlace();
  const selection = selectionOf(place);
  return (
    <>
      {/* Always there, so that a change of it is heard. */}
      <p className="vh" role="status" data-plain="">
        {selection && `Inspector: ${names[selection.kind]} ${selection.id}`}
      </p>
      {selection && <Inspected key={selection.kind} place={place} {...selection} />}
    </>
  );
}

/** Closes it; the focus goes back to the number that it was opened from. */
function close(place: Place): void {
  const opener = document.querySelector<HTMLElement>('#screen .selected a');
  go(selecting(place, {}));
  opener?.focus();
}

function Inspected({ place, kind, id }: { place: Place; kind: Selectable; id: string }) {
  const Shown = shownBy[kind];
  useKeys({
    Escape: ['close the inspector', () => close(place)],
    i: ['focus the inspector', () => document.getElementById('inspector')?.focus()],
  });
  return (
    <aside id="inspector" className="inspector panel" aria-label={`Inspector: ${names[kind]}`} tabIndex={-1}>
      <header className="row">
        <span className="kind muted">{names[kind]}</span>
        <span className="grow" />
        <a className="button quiet" href={selecting(place, {})} aria-label="Close the inspector">
          ✕
        </a>
      </header>
      <Shown id={id} />
    </aside>
  );
}

/** Lines of the source document; each leads to that line in the ticked report. */
export function SourceLines({ lines }: { readonly lines: readonly number[] }) {
  const place = usePlace();
  const known = lines.filter((line) => line > 0);
  if (known.length === 0) return null;
  return (
    <span className="lines" data-plain="">
      {known.length === 1 ? 'line' : 'lines'}{' '}
      {known.map((line, index) => (
        <span key={line}>
          {index > 0 && ', '}
          <a href={hrefTo(place, { screen: 'ticked', search: { line: String(line) } })}>{line}</a>
        </span>
      ))}
    </span>
  );
}
