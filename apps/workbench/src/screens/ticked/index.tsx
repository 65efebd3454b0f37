/**
 * The ticked report: a document with a state beside every number, prose too. The document is the reader's own; without one,
 * the numbers that the book read stand by their lines, and the sentences around them do not.
 */
import type { SourceDocument } from '@tieout/documents';
import { useEffect, useMemo } from 'react';
import { go, hrefTo, Loaded, Screen, useBook, useDocument, useKeys, usePlace } from '../../shell';
import { Line, Tables } from './lines';
import { isAmount, isFinding, isHeld, markOf, marksInOrder } from './marks';
import { Minimap } from './minimap';
import {
  countMarks,
  factsOf,
  linesOfSource,
  linesOfText,
  numbersOf,
  type ShownLine,
  type ShownNumber,
} from './model';
import { opened } from './opened';
import { OpenDocument } from './open-document';
import './ticked.css';

export default function Ticked() {
  const document = opened.use();
  const asked = useDocument<SourceDocument>('source');
  return (
    <Screen
      title="Ticked report"
      {...(document ? { command: `tick ${document.name}` } : { request: 'source', command: 'figures' })}
      actions={<OpenDocument />}
    >
      {document && !document.ticks ? (
        <p className="waiting" role="status">
          <progress aria-label={`Ticking ${document.name}`} /> Ticking {document.name}…
        </p>
      ) : (
        <Loaded of={asked}>{(source) => <Report source={source} />}</Loaded>
      )}
    </Screen>
  );
}

/** Moves to the next link that matches, or the one before, from where the reader is. */
function move(selector: string, by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>(`.report ${selector}`)];
  const active = document.activeElement;
  const at = active === null ? -1 : links.findIndex((link) => link === active);
  const past = (link: HTMLElement): boolean =>
    active?.closest('.report') != null &&
    (link.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  const from =
    at >= 0
      ? at + by
      : by === 1
        ? links.findIndex((link) => past(link))
        : links.findLastIndex((link) => !past(link));
  links.at(from < 0 || from >= links.length ? (by === 1 ? 0 : -1) : from)?.focus();
}

/** The next print of the fact that the reader is at. */
function moveToOccurrence(): void {
  const at =
    document.activeElement?.closest<HTMLElement>('[data-fact]') ??
    document.querySelector<HTMLElement>('.report [aria-current]');
  const fact = at?.dataset['fact'];
  if (fact !== undefined) move(`a[data-fact="${CSS.escape(fact)}"]`, 1);
}

function Report({ source }: { readonly source: SourceDocument }) {
  const place = usePlace();
  const document = opened.use();
  const { text, ticks } = document ?? {};
  const repaired = ticks !== undefined && place.search['view'] === 'repaired';
  const factOf = useMemo(() => factsOf(source), [source]);
  const lines = useMemo(
    () => (text !== undefined && ticks ? linesOfText(text, ticks, factOf) : linesOfSource(source)),
    [text, ticks, factOf, source],
  );
  const { show, line: here } = place.search;
  const wanted = ({ mark }: ShownNumber): boolean =>
    show === undefined || (show === 'finding' ? isFinding(mark) : mark === show);
  useKeys({
    n: ['next finding', () => move('[data-finding]', 1)],
    p: ['finding before', () => move('[data-finding]', -1)],
    ']': ['next number', () => move('a.n', 1)],
    '[': ['number before', () => move('a.n', -1)],
    o: ['next print of the same fact', moveToOccurrence],
    v: [
      'as scanned, as repaired',
      () => go({ search: { view: repaired ? undefined : 'repaired' } }, { replace: true }),
    ],
  });
  useEffect(() => {
    if (here === undefined) return undefined;
    const run = ticks?.runs.find(({ from, to }) => from <= Number(here) && Number(here) <= to);
    const at =
      globalThis.document.getElementById(`L${here}`) ??
      (run && globalThis.document.querySelector(`[id^="T${run.from}-"]`));
    // Lines that were never in sight have a guessed height until they are: a second look finds the place.
    at?.scrollIntoView({ block: 'center' });
    const again = setTimeout(() => at?.scrollIntoView({ block: 'center' }), 60);
    return () => clearTimeout(again);
  }, [here, ticks, repaired, show]);
  return (
    <>
      <Bar lines={lines} repaired={repaired} />
      <div className="with-minimap">
        <ol className={`report panel${ticks ? '' : ' by-line'}`}>
          {shownOf(lines, repaired ? (ticks?.runs ?? []) : []).map((each) =>
            'run' in each ? (
              <Tables key={`run ${each.run.from}`} run={each.run} wanted={wanted} factOf={factOf} />
            ) : (
              (show === undefined || numbersOf(each.line).some(wanted)) && (
                <Line
                  key={`${each.line.line} ${each.index}`}
                  line={each.line}
                  here={String(each.line.line) === here}
                />
              )
            ),
          )}
        </ol>
        <Minimap lines={lines} />
      </div>
    </>
  );
}

type Run = Parameters<typeof Tables>[0]['run'];
type Shown = { readonly run: Run } | { readonly line: ShownLine; readonly index: number };

/** Lines, and in place of the lines of a run its tables. */
function shownOf(lines: readonly ShownLine[], runs: readonly Run[]): readonly Shown[] {
  const drawn = new Set<Run>();
  return lines.flatMap((line, index): readonly Shown[] => {
    const run = runs.find(({ from, to }) => from <= line.line && line.line <= to);
    if (!run) return [{ line, index }];
    if (drawn.has(run)) return [];
    drawn.add(run);
    return [{ run }];
  });
}

/** What is shown, by mark, and how much of it is held: the legend is the filter. */
function Bar({ lines, repaired }: { readonly lines: readonly ShownLine[]; readonly repaired: boolean }) {
  const place = usePlace();
  const book = useBook();
  const { name, ticks } = opened.use() ?? {};
  const all = lines.flatMap(numbersOf);
  const counts = countMarks(all);
  // What was put back is in no document, and is not counted with its amounts.
  const printed = ticks ? all.filter(({ inferred }) => !inferred) : all;
  const amounts = printed.filter(({ mark }) => isAmount(mark)).length;
  const held = printed.filter(({ mark }) => isHeld(mark)).length;
  const findings = all.filter(({ mark }) => isFinding(mark)).length;
  const tenths = amounts === 0 ? 0 : Math.floor((held * 1000) / amounts);
  const { show } = place.search;
  const showing = (name: string | undefined) => ({
    href: hrefTo(place, { search: { show: name, line: undefined } }),
    'aria-current': show === name || undefined,
  });
  return (
    <div className="ticked-bar">
      <p>
        {ticks ? (
          <>
            <strong>{name}</strong>: {held.toLocaleString('en')} of {amounts.toLocaleString('en')} amounts are
            held against {book?.basis} ({Math.floor(tenths / 10)}.{tenths % 10} %).
          </>
        ) : (
          <>
            The numbers that the book read, by line of the document, held against {book?.basis} (
            {Math.floor(tenths / 10)}.{tenths % 10} % of {amounts.toLocaleString('en')} held). Its sentences
            are not here: open your own text of it to see every number where it stands.
          </>
        )}
      </p>
      <div className="row">
        {ticks && (
          <fieldset>
            <legend className="vh">View</legend>
            {(['scanned', 'repaired'] as const).map((view) => (
              <label key={view}>
                <input
                  type="radio"
                  name="view"
                  checked={(view === 'repaired') === repaired}
                  onChange={() =>
                    go({ search: { view: view === 'repaired' ? view : undefined } }, { replace: true })
                  }
                />{' '}
                As {view}
              </label>
            ))}
          </fieldset>
        )}
        <button type="button" className="button" onClick={() => move('[data-finding]', -1)}>
          <span aria-hidden="true">◀</span>
          <span className="vh">Finding before</span> <kbd aria-hidden="true">p</kbd>
        </button>
        <button type="button" className="button" onClick={() => move('[data-finding]', 1)}>
          <kbd aria-hidden="true">n</kbd> <span aria-hidden="true">▶</span>
          <span className="vh">Next finding</span>
        </button>
      </div>
      <ul className="legend" aria-label="Numbers by mark: show only">
        <li>
          <a className="chip" {...showing(undefined)}>
            All
          </a>
        </li>
        <li>
          <a className="chip" {...showing('finding')}>
            Findings {findings.toLocaleString('en')}
          </a>
        </li>
        {marksInOrder.flatMap((mark) => {
          const count = counts.get(mark);
          if (count === undefined || mark === 'label') return [];
          const { glyph, word } = markOf(mark);
          return (
            <li key={mark}>
              <a className="chip" {...showing(mark)}>
                <span className={`mark-${mark}`}>
                  <span aria-hidden="true">{glyph}</span> {word}
                </span>{' '}
                {count.toLocaleString('en')}
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
