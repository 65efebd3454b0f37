/** Which drivers matter to the figure, and at which level of one of them the figure is what one asks. */
import type { DriversDocument, WhatIfSeekDocument, WhatIfTornadoDocument } from '@tieout/documents';
import { Amount, moneyScales, TornadoFigure } from '@tieout/views';
import { useState } from 'react';
import { hrefTo, Loaded, ProblemShown, useAnswer, usePlace, usePost } from '../../shell';
import { ruleSets, withLevel, type Asked } from './asked';

interface SensitivityView {
  readonly figure: string;
  readonly label: string;
  readonly drivers: DriversDocument;
  readonly asked: Asked;
}

const PERCENT = '10';
/** So many bars tell what matters; the others are asked for. */
const WIDEST = 10;

export function Sensitivity({ figure, label, drivers, asked }: SensitivityView) {
  const place = usePlace();
  const set = ruleSets(asked);
  const tornado = useAnswer<WhatIfTornadoDocument>('what-if/tornado', { figure, percent: PERCENT, set });
  const [all, showAll] = useState(false);
  const nameOf = (id: string): string => drivers.find((driver) => driver.id === id)?.name ?? id;
  const scale = moneyScales.find((each) => each === place.search['u']);
  return (
    <section className="panel sheet" aria-label="Which drivers matter">
      <Loaded of={tornado}>
        {({ unit, percent, bars, left }) =>
          bars.length === 0 ? (
            <p className="muted">No driver moves {label}.</p>
          ) : (
            <>
              <TornadoFigure
                message={`${label}: ${nameOf(bars[0]?.driver ?? '')} moves it most`}
                name={`${label}, each driver moved by ${percent}%`}
                {...{ unit, scale, percent }}
                decimals={unit === '%' || unit.includes(' per ') ? 4 : 0}
                bars={(all ? bars : bars.slice(0, WIDEST)).map(({ driver, base, low, high }) => ({
                  label: base === 'disclosed' ? nameOf(driver) : `${nameOf(driver)} (${base})`,
                  href: hrefTo(place, { search: withLevel(asked, driver, `+${percent}%`) }),
                  ...{ low, high },
                }))}
              />
              {bars.length > WIDEST && (
                <button type="button" className="button" aria-expanded={all} onClick={() => showAll(!all)}>
                  {all ? `The widest ${WIDEST}` : `All ${bars.length}`}
                </button>
              )}
              {left.length > 0 && (
                <details>
                  <summary>{left.length} drivers are left out</summary>
                  <ul className="plain">
                    {left.map(({ driver, why }) => (
                      <li key={driver}>
                        {nameOf(driver)}: <span className="muted">{why}</span>
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </>
          )
        }
      </Loaded>
      <Seek {...{ figure, label, drivers, asked }} />
    </section>
  );
}

function Seek({ figure, label, drivers, asked }: SensitivityView) {
  const place = usePlace();
  const { send, data, problem, pending } = usePost<WhatIfSeekDocument>();
  const nameOf = (id: string): string => drivers.find((driver) => driver.id === id)?.name ?? id;
  const level = data?.level;
  return (
    <form
      className="seek"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const [value, by] = [form.get('value'), form.get('by')];
        if (typeof value !== 'string' || typeof by !== 'string') return;
        void send('what-if/seek', {
          body: { figure, value: value.replaceAll(',', '').trim(), by, set: ruleSets(asked) },
        });
      }}
    >
      <h2>At which level?</h2>
      <div className="row">
        <label>
          {label} is <input name="value" size={12} required inputMode="decimal" placeholder="-3000000" />
        </label>
        <label>
          by{' '}
          <select name="by" key={drivers.length}>
            {drivers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="button" disabled={pending}>
          Seek
        </button>
      </div>
      {problem && <ProblemShown problem={problem} />}
      {data && level !== undefined && (
        <p role="status">
          {nameOf(data.by)} at <strong>{level}</strong> {data.unit}
          {data.how === 'bracketed' && ', found by halving'}: {label} is <Amount value={data.reached} />
          {data.residual !== '0' && `, ${data.residual} off by rounding`}.{' '}
          <a href={hrefTo(place, { search: withLevel(asked, data.by, level) })}>Set this level</a>
        </p>
      )}
      <p className="muted">
        That driver alone, from what is reported: levels that are set above are not part of it.
      </p>
    </form>
  );
}
