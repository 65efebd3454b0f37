/**
 * The statements and notes of the book, one at a time: both columns, notes, change, ticks, and every number a link to what
 * is behind it.
 */
import type { StatementDocument } from '@tieout/documents';
import { moneyScales, StateMark, StatementTables, statesInOrder, type LinePlace } from '@tieout/views';
import { go, hrefTo, Loaded, Screen, selecting, useBook, useDocument, useKeys, usePlace } from '../../shell';
import { StatementChart } from './chart';
import { moveBetweenNumbers } from './numbers';
import { StatementChoice } from './choice';
import { LineDetail } from './detail';
import { linesWith } from './filter';
import './statements.css';

export default function Statements() {
  const place = usePlace();
  const book = useBook();
  const primary = book?.statements.filter(({ command }) => command !== null) ?? [];
  const id = place.rest[0] ?? primary[0]?.id ?? book?.statements[0]?.id;
  const named = book?.statements.find((each) => each.id === id);
  const path = id === undefined ? undefined : `statements/${encodeURIComponent(id)}`;
  const asked = useDocument<StatementDocument>(path);
  useKeys({
    j: ['next line', () => moveBetweenNumbers('down')],
    k: ['line before', () => moveBetweenNumbers('up')],
    ']': ['next number', () => moveBetweenNumbers('next')],
    '[': ['number before', () => moveBetweenNumbers('before')],
    '/': ['filter the lines', () => document.getElementById('lines-with')?.focus()],
    n: ['next finding', () => moveBetweenNumbers('next', '.state:not(.state-ties)')],
    p: ['finding before', () => moveBetweenNumbers('before', '.state:not(.state-ties)')],
  });
  return (
    <Screen
      title={named?.title ?? asked.data?.title ?? 'Statements'}
      command={named?.command ?? `statement ${id ?? ''}`}
      {...(path === undefined ? {} : { request: path })}
    >
      {book && <StatementChoice book={book} shown={id} />}
      <Loaded of={asked}>{(document) => <Shown document={document} />}</Loaded>
    </Screen>
  );
}

function Shown({ document }: { readonly document: StatementDocument }) {
  const place = usePlace();
  const book = useBook();
  const scale = moneyScales.find((each) => each === place.search['u']);
  const statements = new Set(book?.statements.map(({ id }) => id));
  const noteHref = (note: string): string | undefined => {
    const id = `note-${note.replace(/[()\s]/g, '')}`;
    return statements.has(id) ? hrefTo(place, { rest: [id] }) : undefined;
  };
  // Which lines are open is in the URL, as everything is: `open=0:is.revenue`, the table and the line.
  const open = new Set(place.search['open']?.split(' '));
  const nameOf = ({ table, line }: LinePlace): string => `${table}:${line.id}`;
  const toggled = (name: string): string =>
    [...(open.has(name) ? [...open].filter((each) => each !== name) : [...open, name])].join(' ');
  const words = place.search['lines'] ?? '';
  const view = { document, scale, noteHref, selected: place.search['figure'] };
  return (
    <article className="statement-sheet panel">
      <header>
        <p className="entity">{document.entity}</p>
        <p className="muted" data-plain="">
          {document.basis} · rev {document.revision}
        </p>
      </header>
      <StatementChart document={document} scale={scale} />
      <label className="row lines-with">
        <span className="muted">Lines with</span>
        <input
          id="lines-with"
          type="search"
          size={18}
          placeholder=" "
          value={words}
          onChange={({ target: { value } }) =>
            go({ search: { lines: value === '' ? undefined : value } }, { replace: true })
          }
        />
      </label>
      <StatementTables
        {...view}
        document={linesWith(document, words)}
        hrefOf={(figure) => selecting(place, { figure })}
        beside={(at) => (
          <button
            type="button"
            className="opens"
            aria-expanded={open.has(nameOf(at))}
            aria-label={`Accounts behind ${at.line.label}`}
            onClick={() => go({ search: { open: toggled(nameOf(at)) } }, { replace: true })}
          />
        )}
        below={(at) => open.has(nameOf(at)) && <LineDetail at={at} scale={scale} statement={document.id} />}
      />
      {document.undisclosed !== undefined && (
        <p className="muted">
          <abbr title="not disclosed">n.d.</abbr> not disclosed: {document.undisclosed}
        </p>
      )}
      <Legend document={document} />
    </article>
  );
}

/** What the signs of this statement mean, on paper too. */
function Legend({ document }: { readonly document: StatementDocument }) {
  const seen = new Set(document.lines.flatMap(({ states }) => states));
  const shown = statesInOrder.filter((state) => seen.has(state));
  if (shown.length === 0) return null;
  return (
    <p className="legend muted">
      Held against the entries:{' '}
      {shown.map((state) => (
        <StateMark key={state} state={state} word />
      ))}
    </p>
  );
}
