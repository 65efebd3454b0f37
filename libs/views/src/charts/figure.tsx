/**
 * A chart with its message over it and its numbers beneath: whoever cannot see it, or will not trust it, reads the table.
 */
import { subtractDecimals } from '@tieout/money';
import type { ReactNode } from 'react';
import { Amount, Difference } from '../amount';
import { StateMark } from '../state';
import { scaledTo } from '../units';
import { Tornado, type TornadoView } from './tornado';
import { levelsOf, Waterfall, type WaterfallView } from './waterfall';

interface Frame {
  readonly message: ReactNode;
  readonly name: string;
  readonly unit: string;
  readonly chart: ReactNode;
  readonly table: ReactNode;
  readonly children?: ReactNode;
}

function Figure({ message, name, unit, chart, table, children }: Frame) {
  return (
    <figure className="chart-figure">
      <figcaption>
        {message}{' '}
        <span className="muted" data-plain="">
          {unit}
        </span>
      </figcaption>
      <div className="scroll" role="region" aria-label={name} tabIndex={0}>
        {chart}
      </div>
      {children}
      <details>
        <summary>The same as a table</summary>
        {table}
      </details>
    </figure>
  );
}

/** The steps do arrive, or they miss it by so much. */
export const missedBy = ({ from, to, steps }: Pick<WaterfallView, 'from' | 'to' | 'steps'>): string =>
  subtractDecimals(to.value, levelsOf(from.value, steps).at(-1)?.after ?? from.value);

export function WaterfallFigure({ message, ...view }: WaterfallView & { readonly message: ReactNode }) {
  const { name, from, to, steps } = view;
  const { unit, value, decimals } = scaledTo(view.scale, view.unit, view.decimals);
  const missed = missedBy(view);
  const walked = levelsOf(from.value, steps);
  const linked = (label: string, href: string | undefined) =>
    href === undefined ? label : <a href={href}>{label}</a>;
  const table = (
    <table className="table">
      <caption className="vh">
        {name}, {unit}
      </caption>
      <thead>
        <tr>
          <td />
          <th scope="col" className="value">
            Change
          </th>
          <th scope="col" className="value">
            Amount
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{linked(from.label, from.href)}</th>
          <td />
          <td className="value">
            <Amount value={value(from.value)} decimals={decimals} />
          </td>
        </tr>
        {walked.map(({ label, href, change, after }, index) => (
          <tr key={index}>
            <th scope="row">{linked(label, href)}</th>
            <td className="value">
              <Difference value={value(change)} decimals={decimals} />
            </td>
            <td className="value">
              <Amount value={value(after)} decimals={decimals} />
            </td>
          </tr>
        ))}
        <tr className="total">
          <th scope="row">{linked(to.label, to.href)}</th>
          <td />
          <td className="value">
            <Amount value={value(to.value)} decimals={decimals} />
          </td>
        </tr>
      </tbody>
    </table>
  );
  return (
    <Figure {...{ message, name, unit, table }} chart={<Waterfall {...view} />}>
      <p className="muted">
        {missed === '0' ? (
          <>
            <StateMark state="ties" /> The steps lead from the first amount to the last, exactly.
          </>
        ) : (
          <>
            <StateMark state="does-not-tie" /> The steps miss the last amount by{' '}
            <Difference value={value(missed)} decimals={decimals} />.
          </>
        )}
      </p>
    </Figure>
  );
}

export function TornadoFigure({ message, ...view }: TornadoView & { readonly message: ReactNode }) {
  const { name, percent, bars } = view;
  const { unit, value, decimals } = scaledTo(view.scale, view.unit, view.decimals);
  const table = (
    <table className="table">
      <caption className="vh">
        {name}, {unit}
      </caption>
      <thead>
        <tr>
          <th scope="col">Driver</th>
          <th scope="col" className="value">
            −{percent}%
          </th>
          <th scope="col" className="value">
            +{percent}%
          </th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ label, href, low, high }) => (
          <tr key={label}>
            <th scope="row">{href === undefined ? label : <a href={href}>{label}</a>}</th>
            <td className="value">
              <Difference value={value(low)} decimals={decimals} />
            </td>
            <td className="value">
              <Difference value={value(high)} decimals={decimals} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <Figure {...{ message, name, unit, table }} chart={<Tornado {...view} />}>
      <p className="muted">
        Each driver alone, moved by {percent}% of its present level: what moves together in the world is not
        shown together. The empty bar is the driver moved down, the full one the driver moved up.
      </p>
    </Figure>
  );
}
