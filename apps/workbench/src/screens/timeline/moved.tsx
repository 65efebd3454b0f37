/**
 * What one event changed: the cells of all statements that do not say the same after it, by statement.
 */
import type { DiffDocument } from '@tieout/documents';
import { Amount, Difference } from '@tieout/views';
import { hrefTo, Loaded, selecting, useDocument, usePlace } from '../../shell';
import { pinsOf } from './pinned';

type Move = DiffDocument['moved'][number];

export function Moved({ position }: { readonly position: number }) {
  const asked = useDocument<DiffDocument>('diff', {
    ...{ from: position - 1, to: position },
    knownAt: undefined,
    at: undefined,
  });
  return (
    <Loaded of={asked}>
      {({ moved }) =>
        moved.length === 0 ? (
          <p className="muted">No line of any statement moved.</p>
        ) : (
          <>
            <p className="muted">
              {moved.length} {moved.length === 1 ? 'cell' : 'cells'} moved between rev {position - 1} and rev{' '}
              {position}.
            </p>
            <div className="scroll" tabIndex={0}>
              {byStatement(moved).map(([title, some]) => (
                <Table key={title} title={title} moved={some} />
              ))}
            </div>
          </>
        )
      }
    </Loaded>
  );
}

function Table({ title, moved }: { readonly title: string; readonly moved: readonly Move[] }) {
  return (
    <table className="table moved">
      <caption>
        {title} <span className="muted">{moved[0]?.unit}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col" className="value">
            Before
          </th>
          <th scope="col" className="value">
            After
          </th>
          <th scope="col" className="value">
            Change
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {moved.map((move) => (
          <Row key={`${move.line} ${move.fact}`} move={move} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  move: { statement, label, column, table, fact, before, after, change },
}: {
  readonly move: Move;
}) {
  const place = usePlace();
  const pins = pinsOf(place.search['pin']);
  const pin = `${statement}|${fact}`;
  return (
    <tr>
      <th scope="row">
        <a href={selecting(place, { figure: fact })}>{label}</a>{' '}
        <span className="muted" data-plain="">
          {[table, column].filter((each) => each !== undefined).join(' · ')}
        </span>
      </th>
      <td className="value">
        <Amount value={before ?? null} />
      </td>
      <td className="value">
        <Amount value={after ?? null} />
      </td>
      <td className="value">
        <Difference value={change ?? null} />
      </td>
      <td>
        {!pins.includes(pin) && (
          <a className="button quiet" href={hrefTo(place, { search: { pin: [...pins, pin].join(',') } })}>
            Pin<span className="vh"> {label}</span>
          </a>
        )}
      </td>
    </tr>
  );
}

function byStatement(moved: readonly Move[]): readonly (readonly [string, readonly Move[]])[] {
  const tables = new Map<string, Move[]>();
  for (const move of moved) tables.set(move.title, [...(tables.get(move.title) ?? []), move]);
  return [...tables];
}
