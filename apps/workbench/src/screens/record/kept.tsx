/** What a record gives in full: a figure or a tie that does not tie, is explained, or rests on a repaired reading. */
import type { RecordDocument } from '@tieout/documents';
import { Amount, StateMark } from '@tieout/views';
import { selecting, SourceLines, usePlace } from '../../shell';

type Figure = RecordDocument['figures']['remarkable'][number];
type Tie = RecordDocument['ties']['remarkable'][number];

const decimals = (value: string): number | undefined =>
  (value.split('.')[1]?.length ?? 0) > 6 ? 6 : undefined;

export function FigureKept({ figure }: { readonly figure: Figure }) {
  const place = usePlace();
  const { id, state, label, unit, published, text, replayed, difference, sourceLine, reading, confirmation } =
    figure;
  return (
    <li>
      <p>
        <StateMark state={state} word /> <strong>{label}</strong>{' '}
        <a href={selecting(place, { figure: id })} data-plain="">
          {id}
        </a>
      </p>
      <p className="small">
        {reading === 'repaired' ? (
          <>
            read as ‹<Amount value={published} />›
            {text === '' ? ', lost in the scan' : `, the scan has ${text}`}
          </>
        ) : (
          <>printed {text}</>
        )}{' '}
        <span data-plain="">{unit}</span>
        {replayed !== undefined && (
          <>
            , the entries give <Amount value={replayed} decimals={decimals(replayed)} />
          </>
        )}
        {difference !== undefined && (
          <>
            , difference <Amount value={difference} decimals={decimals(difference)} />
          </>
        )}
        ; {figure.basis} <SourceLines lines={[sourceLine]} />
      </p>
      {figure.because !== undefined && (
        <p className="small muted">
          because <code data-plain="">{figure.because}</code>
        </p>
      )}
      {confirmation && (
        <p className="small">
          Confirmed: {confirmation.reason}{' '}
          <span className="muted" data-plain="">
            {confirmation.actor}, {confirmation.recordedAt.slice(0, 10)}
          </span>
        </p>
      )}
    </li>
  );
}

export function TieKept({ tie }: { readonly tie: Tie }) {
  const place = usePlace();
  const { id, kind, state, equation, difference, unit, why, explanation, causes = [] } = tie;
  return (
    <li>
      <p>
        <StateMark state={state} word /> {kind}{' '}
        <a href={selecting(place, { tie: id })} data-plain="">
          {id}
        </a>
        {difference !== undefined && (
          <>
            , difference <Amount value={difference} decimals={decimals(difference)} />{' '}
            <span data-plain="">{unit}</span>
          </>
        )}
      </p>
      {why !== undefined && <p className="small">{why}</p>}
      {equation !== undefined && (
        <p className="small muted">
          <code data-plain="">{equation}</code>
        </p>
      )}
      {causes.map(({ name, text }) => (
        <p className="small" key={text}>
          {name.replaceAll('-', ' ')}: {text}
        </p>
      ))}
      {explanation && (
        <p className="small">
          {explanation.cause.replaceAll('-', ' ')}: {explanation.reason}{' '}
          <span className="muted" data-plain="">
            {explanation.actor}, {explanation.recordedAt.slice(0, 10)}
          </span>
        </p>
      )}
    </li>
  );
}
