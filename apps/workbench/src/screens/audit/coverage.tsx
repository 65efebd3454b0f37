/**
 * The coverage map: statement by kind of tie, how many of its figures ties of that kind tick. A number, a shade, and a hatch
 * where not all that is looked at is ticked, so that nothing hangs on colour.
 */
import type { CoverageDocument } from '@tieout/documents';
import { StateMark } from '@tieout/views';
import { hrefTo, Loaded, useDocument, usePlace, type Place } from '../../shell';

const kinds = ['foot', 'cross-foot', 'roll-forward', 'agree', 'recompute', 'articulate', 'ledger'] as const;
const short: Readonly<Record<(typeof kinds)[number], string>> = {
  foot: 'F',
  'cross-foot': 'CF',
  'roll-forward': 'RF',
  agree: 'A',
  recompute: 'R',
  articulate: 'AR',
  ledger: 'L',
};

type Statement = CoverageDocument['statements'][number];
type CellOf = Statement['kinds'][number];

/** Cut off: nothing is said to be all that is not. */
const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.floor((part * 100) / whole));

export function CoverageMap() {
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage">Coverage</h2>
      <Loaded of={useDocument<CoverageDocument>('coverage')}>
        {(coverage) => <HeatMap coverage={coverage} />}
      </Loaded>
    </section>
  );
}

function HeatMap({ coverage: { counts, statements } }: { readonly coverage: CoverageDocument }) {
  const place = usePlace();
  const tested = statements.reduce((sum, each) => sum + each.tested, 0);
  return (
    <>
      <p>
        {tested.toLocaleString('en')} of {counts.figures.toLocaleString('en')} figures are tested. Of{' '}
        {counts.facts.toLocaleString('en')} facts {counts.crossChecked.toLocaleString('en')} are
        cross-checked: they could not be changed alone without a contradiction.{' '}
        {counts.selfSupporting.toLocaleString('en')} are self-supporting: their tie to the ledger repeats its
        input.
      </p>
      <p className="muted">
        A cell is the share of a statement&apos;s figures that ties of the kind tick, in per cent; hatched
        where they look at figures that they do not tick.
      </p>
      <div className="scroll" role="region" aria-label="Coverage by statement and kind of tie" tabIndex={0}>
        <table className="table heat">
          <caption className="vh">
            Per cent of the figures of each statement that each kind of tie ticks
          </caption>
          <thead>
            <tr>
              <th scope="col">Statement</th>
              <th scope="col" className="value">
                Figures
              </th>
              {kinds.map((kind) => (
                <th scope="col" key={kind} className="heat-head">
                  <abbr title={kind}>{short[kind]}</abbr>
                  <span className="vh"> {kind}</span>
                </th>
              ))}
              <th scope="col">Worst</th>
            </tr>
          </thead>
          <tbody>
            {statements.map((statement) => (
              <tr key={statement.id}>
                <th scope="row">
                  <a href={listOf(place, statement)}>{statement.title}</a>
                </th>
                <td className="value">{statement.figures}</td>
                {kinds.map((kind) => (
                  <Cell key={kind} {...{ place, statement, kind }} />
                ))}
                <td>
                  <StateMark state={statement.worst} word />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const listOf = (place: Place, { id }: Statement, kind?: string): string =>
  hrefTo(place, { search: { statement: id, kind, state: undefined, q: undefined } });

function Cell({
  place,
  statement,
  kind,
}: {
  place: Place;
  statement: Statement;
  kind: (typeof kinds)[number];
}) {
  const cell: CellOf | undefined = statement.kinds.find((each) => each.kind === kind);
  if (!cell)
    return (
      <td className="heat-cell none">
        <span aria-hidden="true">·</span>
        <span className="vh">none</span>
      </td>
    );
  const { figures, ticked, ties, worst } = cell;
  const share = percent(ticked, statement.figures);
  const said = `${kind}: ${ticked} of ${statement.figures} figures ticked by ${ties} ties${ticked < figures ? `, ${figures - ticked} looked at and not ticked` : ''}`;
  return (
    <td className={`heat-cell level-${Math.ceil(share / 20)}${ticked < figures ? ' partly' : ''}`}>
      <a href={listOf(place, statement, kind)} title={said}>
        <span aria-hidden="true">
          {share}
          {worst === 'does-not-tie' && ' ✗'}
        </span>
        <span className="vh">{said}</span>
      </a>
    </td>
  );
}
