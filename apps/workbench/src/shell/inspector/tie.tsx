/** A tie in full: both sides with the prints that they are made of, what came of it, and why one should agree with the other. */
import type { TieDocument, TieTerm } from '@tieout/documents';
import { Amount, Difference, StateMark } from '@tieout/views';
import { useDocument } from '../documents';
import { Loaded } from '../loaded';
import { selecting, usePlace } from '../place';
import { SourceLines } from './inspector';

export function TieInspected({ id }: { readonly id: string }) {
  return (
    <Loaded of={useDocument<TieDocument>(`ties/${encodeURIComponent(id)}`)}>
      {(tie) => <TieShown tie={tie} />}
    </Loaded>
  );
}

function TieShown({ tie }: { readonly tie: TieDocument }) {
  const { kind, state, unit, sides, left, right, difference, why, note, causes, explanation } = tie;
  const [title, leftSaid, rightSaid] = said[kind];
  return (
    <>
      <h2>{title}</h2>
      <p className="headline">
        <StateMark state={state} word />
      </p>
      <p className="muted id" data-plain="">
        {tie.tie}
      </p>
      {why !== undefined && <p>{why}</p>}
      {note !== undefined && <p className="muted">{note}</p>}
      <Side name={leftSaid} side={sides.left} value={left} unit={unit} />
      <Side name={rightSaid} side={sides.right} value={right} unit={unit} />
      {difference !== undefined && (
        <p className="difference">
          Difference <Difference value={difference} /> <span data-plain="">{unit}</span>
        </p>
      )}
      {causes.length > 0 && (
        <section>
          <h3>Probable cause</h3>
          <ul className="plain">
            {causes.map(({ cause, because, entry }) => (
              <li key={cause + because}>
                <strong>{cause.replaceAll('-', ' ')}</strong> {because}
                {entry !== undefined && <EntryLink entry={entry} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      {explanation && (
        <section>
          <h3>Explained</h3>
          <p>{explanation.reason}</p>
          <p className="muted" data-plain="">
            {explanation.cause.replaceAll('-', ' ')} · {explanation.actor} ·{' '}
            {explanation.recordedAt.slice(0, 10)}
          </p>
        </section>
      )}
    </>
  );
}

/** What a tie says, and what its two sides are called. */
const said: Readonly<Record<TieDocument['kind'], readonly [title: string, left: string, right: string]>> = {
  foot: ['Footing: the column adds up', 'The total', 'The parts'],
  'cross-foot': ['Cross-footing: the row adds up', 'The total', 'The parts'],
  'roll-forward': ['Roll-forward', 'The closing', 'Opening and movements'],
  agree: ['Agreement: two prints of one fact', 'This print', 'The other print'],
  recompute: ['Recomputed from what is printed', 'As printed', 'Recomputed from'],
  articulate: ['Articulation: across statements', 'One side', 'The other side'],
  ledger: ['Ledger: published is what is replayed', 'Published', 'Replayed'],
};

function EntryLink({ entry }: { readonly entry: string }) {
  const place = usePlace();
  return (
    <>
      {' '}
      <a href={selecting(place, { entry })} data-plain="">
        {entry}
      </a>
    </>
  );
}

interface SideView {
  readonly name: string;
  readonly side: TieDocument['sides']['left'];
  readonly value: string | undefined;
  readonly unit: string | undefined;
}

function Side({ name, side: { terms, over, replayed }, value, unit }: SideView) {
  return (
    <section>
      <h3>{name}</h3>
      <Terms terms={terms} />
      {over && (
        <>
          <p className="muted">divided by</p>
          <Terms terms={over} />
        </>
      )}
      {replayed !== undefined && (
        <p>
          The entries give <Amount value={replayed} />
        </p>
      )}
      {value !== undefined && replayed === undefined && (
        <p className="sum">
          = <Amount value={value} /> <span data-plain="">{unit}</span>
        </p>
      )}
    </section>
  );
}

function Terms({ terms }: { readonly terms: readonly TieTerm[] }) {
  const place = usePlace();
  return (
    <ul className="items">
      {terms.map(({ times, figures }, index) => (
        <li key={index}>
          {figures.map(({ figure, label, statement, unit, state, source, published }, factor) => (
            <span key={figure} className="term">
              {factor > 0 && '× '}
              <StateMark state={state} />{' '}
              <span className="what">
                {sign(times)}
                <a href={selecting(place, { figure })}>
                  {source.text === '' ? <Amount value={published} /> : source.text}
                </a>{' '}
                <span className="muted" data-plain="">
                  {unit}
                </span>
              </span>
              <span className="where">
                {label} · <span data-plain="">{statement}</span> · <SourceLines lines={[source.line]} />
              </span>
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

const sign = (times: number): string => {
  if (times === 1) return '';
  return times === -1 ? '− ' : `${times} × `;
};
