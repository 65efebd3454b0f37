/**
 * The document in miniature: a tick for each line, marked with the worst that stands on it. Findings are links, for a pointer;
 * the buttons for the next finding and the one before lead to the same.
 */
import type { MarkName } from '@tieout/documents';
import { hrefTo, usePlace } from '../../shell';
import { isFinding, marksInOrder } from './marks';
import { numbersOf, type ShownLine } from './model';

export function Minimap({ lines }: { readonly lines: readonly ShownLine[] }) {
  const place = usePlace();
  const last = Math.max(1, ...lines.map(({ line }) => line));
  return (
    <svg className="minimap" viewBox={`0 0 10 ${last + 1}`} preserveAspectRatio="none" aria-hidden="true">
      {lines.map((line, index) => {
        const mark = worst(line);
        if (mark === undefined) return null;
        const finding = isFinding(mark);
        const height = finding ? Math.max(1, last / 160) : 1;
        const tick = (
          <rect className={`mark-${mark}`} x={finding ? 0 : 3} y={line.line} width={10} height={height} />
        );
        if (!finding) return <g key={index}>{tick}</g>;
        return (
          <a key={index} href={hrefTo(place, { search: { line: String(line.line) } })} tabIndex={-1}>
            {tick}
          </a>
        );
      })}
    </svg>
  );
}

const worst = (line: ShownLine): MarkName | undefined => {
  const marks = new Set(numbersOf(line).map(({ mark }) => mark));
  return marksInOrder.find((mark) => mark !== 'label' && mark !== 'smeared' && marks.has(mark));
};
