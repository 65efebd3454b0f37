/**
 * What would be: the figure that is looked at, before and after, by what moved it; every other figure that changes; and what
 * still holds. Invariants of the books must hold in any world; published figures that differ are what a scenario is for.
 */
import type { WhatIfDocument } from '@tieout/documents';
import {
  Amount,
  Difference,
  moneyScales,
  movedSaid,
  scaledTo,
  StateMark,
  WaterfallFigure,
} from '@tieout/views';
import { selecting, useBook, usePlace } from '../../shell';
import { grouped } from './grouped';

interface OutcomeView {
  readonly outcome: WhatIfDocument;
  /** The figure that is looked at. */
  readonly figure: string | undefined;
}

type Change = WhatIfDocument['changes'][number];

export function Outcome({ outcome, figure }: OutcomeView) {
  const change = outcome.changes.find(({ id }) => id === figure);
  return (
    <>
      <section className="panel sheet" aria-label="What changes">
        {change ? (
          <Headline {...{ outcome, change }} />
        ) : (
          <p>
            {outcome.changes.length === 0
              ? 'No figure changes.'
              : 'This changes other figures, not the one above.'}
          </p>
        )}
        <Standing outcome={outcome} />
      </section>
      <Changes outcome={outcome} />
      <Entries outcome={outcome} />
    </>
  );
}

function Headline({ outcome, change }: { readonly outcome: WhatIfDocument; readonly change: Change }) {
  const place = usePlace();
  const scale = moneyScales.find((each) => each === place.search['u']);
  const { id, label, unit, before, after, decimals } = change;
  if (before === null || after === null)
    return <p>{change.notDeterminable ?? `${label} is there on one side only.`}</p>;
  const by = outcome.contributions.find((each) => each.id === id)?.by ?? [];
  return (
    <WaterfallFigure
      message={movedSaid(scaledTo(scale, unit, decimals), label, before, after)}
      name={`${label}, from what is reported to the scenario`}
      {...{ unit, scale, decimals }}
      from={{ label: 'Reported', value: before, href: selecting(place, { figure: id }) }}
      to={{ label: 'Scenario, not reported', value: after, hypothetical: true }}
      steps={by.map(({ adjustment, change: moved }) => ({
        label: outcome.adjustments[adjustment]?.text ?? `Adjustment ${adjustment + 1}`,
        change: moved,
      }))}
    />
  );
}

/** What holds whatever one supposes, and what is supposed to differ: never one number. */
function Standing({ outcome: { invariants, publishedTies, warnings, notes } }: Pick<OutcomeView, 'outcome'>) {
  const place = usePlace();
  return (
    <div className="standings">
      <p>
        <StateMark state={invariants.broken === 0 ? 'ties' : 'does-not-tie'} />{' '}
        {invariants.held.toLocaleString('en')} invariants of the books hold
        {invariants.broken > 0 && <strong>, {invariants.broken.toLocaleString('en')} do not</strong>}
      </p>
      <details>
        <summary>
          {publishedTies.differ.toLocaleString('en')} published figures differ, as they must;{' '}
          {publishedTies.agree.toLocaleString('en')} agree
        </summary>
        <ul className="plain ids">
          {publishedTies.differing.map((id) => (
            <li key={id}>
              <a href={selecting(place, { figure: id })} data-plain="">
                {id}
              </a>
            </li>
          ))}
        </ul>
      </details>
      {warnings.map((warning) => (
        <p key={warning} className="warning">
          <strong>Warning:</strong> {warning}
        </p>
      ))}
      {notes.map((note) => (
        <p key={note} className="muted">
          {note}
        </p>
      ))}
    </div>
  );
}

/** Statements first; what notes and discussion say follows from them. */
function Changes({ outcome: { changes } }: Pick<OutcomeView, 'outcome'>) {
  const book = useBook();
  const statements = book?.statements ?? [];
  const primary = new Set(statements.filter(({ command }) => command !== null).map(({ id }) => id));
  const titles = new Map(statements.map(({ id, title }) => [id, title]));
  const groups = grouped(changes, ({ statement }) => statement);
  const table = (shown: typeof groups, caption: string) => (
    <div className="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="table changes">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <td />
            {['Reported', 'Scenario', 'Change', '%'].map((head) => (
              <th key={head} scope="col" className="value">
                {head}
              </th>
            ))}
            <th scope="col">Unit</th>
          </tr>
        </thead>
        {shown.map(([statement, own]) => (
          <tbody key={statement}>
            <tr className="heading">
              <th scope="rowgroup" colSpan={6}>
                {titles.get(statement) ?? statement}
              </th>
            </tr>
            {own.map((change) => (
              <ChangeRow key={change.id} change={change} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
  const first = groups.filter(([statement]) => primary.has(statement));
  const rest = groups.filter(([statement]) => !primary.has(statement));
  const count = rest.reduce((sum, [, own]) => sum + own.length, 0);
  return (
    <section className="panel sheet" aria-label="Before and after">
      {first.length > 0 && table(first, 'Before and after, what changes')}
      {count > 0 && (
        <details>
          <summary>{count.toLocaleString('en')} more in notes and discussion</summary>
          {table(rest, 'Before and after, notes and discussion')}
        </details>
      )}
    </section>
  );
}

function ChangeRow({
  change: { id, label, unit, before, after, change, percent, decimals, notDeterminable },
}: {
  readonly change: Change;
}) {
  const place = usePlace();
  const scaled = scaledTo(
    moneyScales.find((each) => each === place.search['u']),
    unit,
    decimals,
  );
  const shown = (value: string | null) => (value === null ? null : scaled.value(value));
  return (
    <tr>
      <th scope="row">
        <a href={selecting(place, { figure: id })}>{label}</a>
        {notDeterminable !== undefined && <small className="muted"> {notDeterminable}</small>}
      </th>
      <td className="value">
        <Amount value={shown(before)} decimals={scaled.decimals} />
      </td>
      <td className="value">
        <Amount value={shown(after)} decimals={scaled.decimals} />
      </td>
      <td className="value">
        <Difference value={shown(change)} decimals={scaled.decimals} />
      </td>
      <td className="value">
        <Difference value={percent} decimals={2} />
      </td>
      <td className="muted">{scaled.unit}</td>
    </tr>
  );
}

/** What the scenario posts beside the books: never to the log. */
function Entries({ outcome: { entries } }: Pick<OutcomeView, 'outcome'>) {
  const place = usePlace();
  const book = useBook();
  return (
    <details className="panel sheet">
      <summary>
        {entries.length.toLocaleString('en')} entries that the scenario supposes, {book?.amountUnit}; none is
        posted
      </summary>
      <ol className="plain supposed">
        {entries.map(({ id, event, date, description, rule, of, postings }) => (
          <li key={id}>
            <p data-plain="">
              <strong>{id}</strong> {event} <span className="muted">{date}</span>
              {of !== null && (
                <>
                  {' '}
                  of <a href={selecting(place, { entry: of })}>{of}</a>
                </>
              )}
            </p>
            <p className="muted">
              {description}
              {rule !== description && `; ${rule}`}
            </p>
            <ul className="plain">
              {postings.map(({ account, movement, amount }, index) => (
                <li key={index} className="muted">
                  {amount.startsWith('-') ? 'Cr' : 'Dr'} {account} · {movement}{' '}
                  <span className="figures">
                    <Amount value={amount.replace('-', '')} />
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </details>
  );
}
