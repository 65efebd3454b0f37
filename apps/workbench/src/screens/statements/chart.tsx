/** The statement as a bridge, where it has one: what its figure changed by, over the table that says the same. */
import type { BridgeDocument, StatementDocument } from '@tieout/documents';
import { BridgeFigure, type MoneyScale } from '@tieout/views';
import { hrefTo, Loaded, selecting, useBook, useDocument, usePlace } from '../../shell';

/** By the command of the statement that the bridge is read off. */
const bridges: Readonly<Record<string, BridgeDocument['id']>> = { is: 'profit', soce: 'equity', cf: 'cash' };

interface ChartView {
  readonly document: StatementDocument;
  readonly scale: MoneyScale | undefined;
}

export function StatementChart({ document, scale }: ChartView) {
  const place = usePlace();
  const command = useBook()?.statements.find(({ id }) => id === document.id)?.command;
  const name = command == null ? undefined : bridges[command];
  if (name === undefined) return null;
  const shown = place.search['chart'] !== undefined;
  return (
    <section className="statement-chart" aria-label="Chart">
      <a className="button" href={hrefTo(place, { search: { chart: shown ? undefined : 'bridge' } })}>
        {shown ? 'Hide the chart' : 'Chart'}
      </a>
      {shown && <Bridge name={name} scale={scale} />}
    </section>
  );
}

function Bridge({
  name,
  scale,
}: {
  readonly name: BridgeDocument['id'];
  readonly scale: MoneyScale | undefined;
}) {
  const place = usePlace();
  const asked = useDocument<BridgeDocument>(`charts/${name}-bridge.json`);
  return (
    <Loaded of={asked}>
      {(document) => (
        <BridgeFigure {...{ document, scale }} hrefOf={(figure) => selecting(place, { figure })} />
      )}
    </Loaded>
  );
}
