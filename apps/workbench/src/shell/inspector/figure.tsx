/**
 * A figure, down and up: where it is printed, which entries it is built from, how one knows, the ties that hold it, and
 * what is made of it.
 *
 * Invariant: opening and movements add up to the total, and the total is what the replay gives, or it says that it is not.
 */
import type { ExplainDocument } from '@tieout/documents';
import { Amount, StateMark } from '@tieout/views';
import { useDocument } from '../documents';
import { useKeys } from '../keys';
import { Loaded } from '../loaded';
import { go, hrefTo, selecting, usePlace } from '../place';
import { SourceLines } from './inspector';

export function FigureInspected({ id }: { readonly id: string }) {
  const path = `figures/${encodeURIComponent(id)}/explain`;
  return (
    <Loaded of={useDocument<ExplainDocument>(path)}>{(said) => <Explained said={said} id={id} />}</Loaded>
  );
}

function Explained({ said, id }: { readonly said: ExplainDocument; readonly id: string }) {
  const { fact, label, unit, value, state, printed, basis, heldBy } = said;
  const place = usePlace();
  const printedIn = (statement: string): string =>
    hrefTo(place, { screen: 'statements', rest: [statement], search: { figure: fact } });
  const statements = [...new Set(printed.map(({ statement }) => statement))].filter(
    (each) => each !== 'prose',
  );
  const entries = said.builtFrom?.movements.flatMap((movement) => movement.entries) ?? [];
  useKeys({
    // The ticked report has its own way to the next print, in the document.
    ...(place.screen === 'ticked'
      ? {}
      : {
          o: [
            'next statement that prints this figure',
            () => {
              const next = statements[(statements.indexOf(place.rest[0] ?? '') + 1) % statements.length];
              if (next !== undefined) go(printedIn(next));
            },
          ] as const,
        }),
    h: [
      'to the first entry behind this figure',
      () => entries[0] && go(selecting(place, { entry: entries[0].entry })),
    ],
    l: [
      'to the first use of this figure',
      () => said.usedBy[0] && go(selecting(place, usedAs(said.usedBy[0]))),
    ],
  });
  return (
    <>
      <h2>{label}</h2>
      <p className="headline">
        {value === null ? 'not disclosed' : <Amount value={value} decimals={placesFor(unit)} />}{' '}
        <span className="muted" data-plain="">
          {unit}
        </span>{' '}
        <StateMark state={state} word />
      </p>
      <p className="muted id" data-plain="">
        {fact}
        {id !== fact && ` · ${id}`}
      </p>

      <section>
        <h3>Where printed ({printed.length})</h3>
        <ul className="items">
          {printed.map((each) => (
            <li key={each.figure} className={each.figure === id ? 'selected' : undefined}>
              <StateMark state={each.state} />
              <span className="what">
                {each.source.text || '(lost in the scan)'}{' '}
                {each.statement !== 'prose' && (
                  <span className="muted" data-plain="">
                    {each.unit}
                  </span>
                )}
              </span>
              <span className="where">
                {each.statement === 'prose' ? (
                  'prose'
                ) : (
                  <a href={printedIn(each.statement)} data-plain="">
                    {each.statement}
                  </a>
                )}
                {' · '}
                <SourceLines lines={[each.source.line]} />
              </span>
              {each.because !== undefined && <p className="muted because">{each.because}</p>}
            </li>
          ))}
        </ul>
      </section>

      <BuiltFrom said={said} />

      <section>
        <h3>How do I know</h3>
        <p>{basisSaid(said)}</p>
        {heldBy && (
          <p className="equation" data-plain="">
            <a href={selecting(place, { tie: heldBy.tie })}>{heldBy.equation}</a>
          </p>
        )}
        {basis === 'cross-checked' && !heldBy && <p className="muted">Held by the other figures together.</p>}
      </section>

      <section>
        <h3>Ties ({said.ties.length})</h3>
        {said.ties.length === 0 && <p className="muted">None but the ledger.</p>}
        <ul className="items">
          {said.ties.map(({ tie, kind, state: held, difference, note }) => (
            <li key={tie}>
              <StateMark state={held} />
              <a href={selecting(place, { tie })} data-plain="">
                {tie.replace(`${kind}:`, '')}
              </a>
              <span className="where muted">
                {kind}
                {note !== undefined && ` · ${note}`}
              </span>
              {difference !== undefined && (
                <span className="amounts">
                  difference <Amount value={difference} />
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>

      <section>
        <h3>Used by ({said.usedBy.length})</h3>
        {said.usedBy.length === 0 && <p className="muted">Nothing that is published.</p>}
        <ul className="items" data-plain="">
          {said.usedBy.map((use) => (
            <li key={`${use.how} ${use.id}`}>
              <span className="state" aria-hidden="true">
                →
              </span>
              <a href={selecting(place, usedAs(use))}>{use.id}</a>
              <span className="where muted">{use.how}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

const usedAs = ({
  id,
  how,
}: ExplainDocument['usedBy'][number]): { figure?: string; entry?: string; tie?: string } => {
  if (how === 'amount of an entry') return { entry: id };
  return how === 'in a declared tie' ? { tie: id } : { figure: id };
};

/** A quotient has as many places as one asks for; four are read. Amounts are shown whole. */
const placesFor = (unit: string): number | undefined =>
  unit === '%' ? 2 : unit.endsWith('per share') ? 4 : undefined;

function basisSaid({ basis, builtFrom, inputs }: ExplainDocument): string {
  switch (basis) {
    case 'cross-checked':
      return 'Cross-checked: it could not be changed alone without contradicting the other figures, whatever the entries are.';
    case 'rounded':
      return 'Rounded: it is printed coarser than the entries, or is a quotient, and notices only what its rounding does not hide.';
    case 'self-supporting':
      return !builtFrom && inputs.length === 0
        ? 'Self-supporting: it is recorded as it is printed, so that it agrees repeats its input.'
        : 'Self-supporting: the entries could absorb any change of it, so that it ties to the ledger repeats its input.';
  }
}

/** Opening, movements with their entries, total; or what it is divided from. */
function BuiltFrom({ said: { builtFrom, inputs } }: { readonly said: ExplainDocument }) {
  const place = usePlace();
  if (!builtFrom)
    return inputs.length === 0 ? null : (
      <section>
        <h3>Made of</h3>
        <ul className="items">
          {inputs.map(({ fact, as, value }) => (
            <li key={`${as} ${fact}`}>
              <span className="muted">{as}</span>
              <a href={selecting(place, { figure: fact })} data-plain="">
                {fact}
              </a>
              <span className="amounts">{value === null ? 'not disclosed' : <Amount value={value} />}</span>
            </li>
          ))}
        </ul>
      </section>
    );
  const { opening, movements, total, equalsReplay, unit } = builtFrom;
  const count = movements.reduce(
    (sum, { entries, entriesInAll }) => sum + (entriesInAll ?? entries.length),
    0,
  );
  return (
    <section>
      <h3>
        Built from {count} reconstructed {count === 1 ? 'entry' : 'entries'}
      </h3>
      <table className="table trace">
        <caption className="vh">
          Opening, movements with their entries, and total, in <span data-plain="">{unit}</span>
        </caption>
        <tbody>
          {opening && (
            <tr className="subtotal">
              <th scope="row">
                <a href={selecting(place, { figure: opening.fact })}>Opening</a>
              </th>
              <td className="value">
                <Amount value={opening.amount} />
              </td>
            </tr>
          )}
          {movements.map(({ movement, name, amount, entries, entriesInAll }) => [
            <tr key={movement} className="movement">
              <th scope="row">{name}</th>
              <td className="value">
                <Amount value={amount} />
              </td>
            </tr>,
            ...entries.map(({ entry, description, amount: part, provenance }) => (
              <tr key={`${movement} ${entry}`} className="entry">
                <th scope="row">
                  <a href={selecting(place, { entry })} data-plain="">
                    {entry}
                  </a>{' '}
                  {description}
                  <span className="muted from">
                    {provenance.amount} · {provenance.allocation} · <SourceLines lines={provenance.source} />
                  </span>
                </th>
                <td className="value">
                  <Amount value={part} />
                </td>
              </tr>
            )),
            entriesInAll !== undefined && (
              <tr key={`${movement} more`} className="entry">
                <th scope="row" className="muted">
                  and {(entriesInAll - entries.length).toLocaleString('en')} smaller entries
                </th>
                <td />
              </tr>
            ),
          ])}
          <tr className="total">
            <th scope="row">
              {opening ? 'Closing' : 'Total'}
              <span className={equalsReplay ? 'muted from' : 'from problem-text'}>
                <span data-plain="">{unit}</span>,{' '}
                {equalsReplay ? 'equal to the replay' : 'NOT equal to the replay'}
              </span>
            </th>
            <td className="value">
              <span className="cell">
                <Amount value={total} />
              </span>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
