/** Which statement: the primary ones as tabs, notes and the rest in a list beside them. */
import type { BookDocument } from '@tieout/documents';
import { hrefTo, usePlace } from '../../shell';

interface Choice {
  readonly book: BookDocument;
  readonly shown: string | undefined;
}

export function StatementChoice({ book, shown }: Choice) {
  const place = usePlace();
  const primary = book.statements.filter(({ command }) => command !== null);
  const others = book.statements.filter(({ command }) => command === null);
  const notes = others.filter(({ id }) => id.startsWith('note-'));
  const rest = others.filter(({ id }) => !id.startsWith('note-'));
  const hrefOf = (id: string): string => hrefTo(place, { rest: [id] });
  return (
    <nav className="statements" aria-label="Statements" data-plain="">
      {primary.map(({ id }) => (
        <a key={id} href={hrefOf(id)} aria-current={id === shown ? 'page' : undefined}>
          {nameOf(id)}
        </a>
      ))}
      <Menu label="Notes" of={notes} {...{ shown, hrefOf }} />
      <Menu label="Elsewhere in the report" of={rest} {...{ shown, hrefOf }} />
    </nav>
  );
}

const nameOf = (id: string): string => {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

interface MenuView {
  readonly label: string;
  readonly of: BookDocument['statements'];
  readonly shown: string | undefined;
  readonly hrefOf: (id: string) => string;
}

function Menu({ label, of, shown, hrefOf }: MenuView) {
  if (of.length === 0) return null;
  const current = of.some(({ id }) => id === shown);
  return (
    // The key closes it when another statement is shown; the name closes it when another menu opens.
    <details
      key={shown}
      className="menu"
      name="menu"
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.open = false;
      }}
    >
      <summary aria-current={current ? 'page' : undefined}>{label}</summary>
      <ul className="menu-body panel">
        {of.map(({ id, title }) => (
          <li key={id}>
            <a href={hrefOf(id)} aria-current={id === shown ? 'page' : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
