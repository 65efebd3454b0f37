/**
 * What if: drivers on the left, what the statements would be on the right. Each preview is asked of the server, which
 * replays the books with the scenario beside them; nothing is ever posted, and no figure here is a reported one.
 */
import type {
  DriversDocument,
  ScenariosDocument,
  StatementDocument,
  WhatIfDocument,
} from '@tieout/documents';
import {
  go,
  hrefTo,
  Loaded,
  ProblemShown,
  Screen,
  useAnswer,
  useBook,
  useDocument,
  usePlace,
} from '../../shell';
import { askedIn, bodyOf, commandOf, nothingAsked } from './asked';
import { Drivers } from './drivers';
import { Outcome } from './outcome';
import { Save } from './save';
import { Sensitivity } from './sensitivity';
import { Stack } from './stack';
import './what-if.css';

export default function WhatIf() {
  const place = usePlace();
  const asked = askedIn(place.search);
  const body = bodyOf(asked);
  const drivers = useDocument<DriversDocument>('drivers');
  const scenarios = useDocument<ScenariosDocument>('scenarios');
  const outcome = useAnswer<WhatIfDocument>('what-if', body);
  const lines = useLines(outcome.data);
  const figure = place.search['of'] ?? lines.find(({ total }) => total)?.fact ?? lines[0]?.fact;
  const label = lines.find(({ fact }) => fact === figure)?.label ?? figure;
  // What was answered before everything was taken back is the answer to nothing now.
  const shown = body && !outcome.problem ? outcome.data : undefined;
  return (
    <Screen
      title="What if"
      command={commandOf(asked)}
      actions={
        <>
          <Save body={body} />
          <a className="button" href={hrefTo(place, { search: nothingAsked })}>
            Reset all
          </a>
        </>
      }
    >
      <div className={body ? 'what-if hypothetical' : 'what-if'}>
        {body && (
          <p className="not-reported">
            <strong>Not reported figures.</strong>{' '}
            {shown && `${titleOf(shown)} over ${shown.basis}, rev ${shown.revision}. `}
            Nothing is posted.
          </p>
        )}
        <div className="columns">
          <section className="panel sheet asks" aria-label="What is supposed">
            <Loaded of={scenarios}>{(document) => <Stack scenarios={document} asked={asked} />}</Loaded>
            <h2>Drivers</h2>
            <p className="muted">
              A level is a change (+20%), a factor (x1.5) or an amount in the driver’s unit.
            </p>
            <Loaded of={drivers}>
              {(document) => (
                <Drivers
                  drivers={document}
                  {...{ asked }}
                  outcome={shown}
                  problem={body && outcome.problem}
                />
              )}
            </Loaded>
          </section>
          <div className="answers">
            <label className="row">
              Figure
              <select value={figure ?? ''} onChange={({ target }) => go({ search: { of: target.value } })}>
                {lines.map(({ fact, label: name }) => (
                  <option key={fact} value={fact}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            {body && outcome.problem && <ProblemShown problem={outcome.problem} />}
            {body && !outcome.problem && (
              <Loaded of={outcome}>{(document) => <Outcome outcome={document} figure={figure} />}</Loaded>
            )}
            {!body && (
              <p className="panel sheet muted">
                Move a driver, or add a scenario: what every statement would be is shown here, before and
                after.
              </p>
            )}
            {figure !== undefined && label !== undefined && drivers.data && drivers.data.length > 0 && (
              <Sensitivity {...{ figure, label, asked }} drivers={drivers.data} />
            )}
          </div>
        </div>
      </div>
    </Screen>
  );
}

const titleOf = ({ scenario: { title } }: WhatIfDocument): string =>
  title === 'unsaved' ? 'A scenario' : title;

interface FigureLine {
  readonly fact: string;
  readonly label: string;
  readonly total: boolean;
}

/** The figures that can be looked at: the latest column of the income statement, and what the scenario changes elsewhere. */
function useLines(outcome: WhatIfDocument | undefined): readonly FigureLine[] {
  const book = useBook();
  const first = book?.statements.find(({ command }) => command === 'is') ?? book?.statements[0];
  const { data } = useDocument<StatementDocument>(first && `statements/${encodeURIComponent(first.id)}`);
  const lines = (data?.lines ?? []).flatMap(({ label, style, figures }) => {
    const fact = figures[0];
    return fact == null ? [] : [{ fact, label, total: style === 'total' }];
  });
  const known = new Set(lines.map(({ fact }) => fact));
  const others = (outcome?.changes ?? []).filter(({ id }) => !known.has(id));
  return [
    ...lines,
    ...others.map(({ id, label }) => ({ fact: id, label: `${label} (${id})`, total: false })),
  ];
}
