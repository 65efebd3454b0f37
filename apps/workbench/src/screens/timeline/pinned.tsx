/**
 * Figures that are pinned, to be watched along the way through the log: `statement|fact`, in the address.
 */
import type { StatementDocument } from '@tieout/documents';
import { Amount } from '@tieout/views';
import { hrefTo, selecting, useDocument, usePlace } from '../../shell';

interface Step {
  readonly position: number;
}

export const pinsOf = (pins: string | undefined): readonly string[] =>
  (pins ?? '').split(',').filter((each) => each.includes('|'));

export function Pinned({ position }: Step) {
  const pins = pinsOf(usePlace().search['pin']);
  if (pins.length === 0) return null;
  return (
    <ul className="plain pinned" aria-label="Pinned figures">
      {pins.map((pin) => (
        <PinnedFigure key={pin} pin={pin} pins={pins} position={position} />
      ))}
    </ul>
  );
}

function PinnedFigure({ pin, pins, position }: Step & { pin: string; pins: readonly string[] }) {
  const place = usePlace();
  const [statement = '', fact = ''] = pin.split('|');
  const asked = useDocument<StatementDocument>(`statements/${encodeURIComponent(statement)}`, {
    knownAt: position,
  });
  const line = asked.data?.lines.find(({ figures }) => figures.includes(fact));
  const value = line?.values[line.figures.indexOf(fact)] ?? null;
  return (
    <li className="row">
      <a href={selecting(place, { figure: fact })}>{line?.label ?? fact}</a>
      <span className="muted" data-plain="">
        {fact.split('@')[1]}
      </span>
      <strong>
        <Amount value={value} decimals={line?.decimals} />
      </strong>
      <a
        className="button quiet"
        href={hrefTo(place, { search: { pin: pins.filter((each) => each !== pin).join(',') } })}
      >
        Unpin
      </a>
    </li>
  );
}
