/**
 * A waterfall: from one amount to another by what moved it, each step where the one before it ended.
 *
 * Invariant: nothing is drawn that is not in `steps`; whether they arrive at `to` is the asker's to say (`Bridge.closes`).
 * Where the steps are small beside the ends, the ends are cut and say so: their length then means nothing.
 */
import { addDecimals } from '@tieout/money';
import { useId } from 'react';
import { scaledTo, type MoneyScale } from '../units';
import { barHeight, ink, labelWidth, linear, Picture, px, Row, rowHeight, width } from './row';
import { balanceSaid, changeSaid } from './said';

export interface WaterfallEnd {
  readonly label: string;
  readonly value: string;
  readonly href?: string | undefined;
  /** Not a reported figure: hatched. */
  readonly hypothetical?: boolean;
}

export interface WaterfallStep {
  readonly label: string;
  readonly change: string;
  readonly href?: string | undefined;
}

export interface WaterfallView {
  readonly name: string;
  /** The unit of every amount; `scale` shows them in another one. */
  readonly unit: string;
  readonly scale?: MoneyScale | undefined;
  readonly decimals?: number | undefined;
  readonly from: WaterfallEnd;
  readonly to: WaterfallEnd;
  readonly steps: readonly WaterfallStep[];
  /** Makes it a picture that stands alone. */
  readonly heading?: readonly string[] | undefined;
}

/** The steps with the levels that they lead from and to: exact. */
export function levelsOf(from: string, steps: readonly WaterfallStep[]) {
  let level = from;
  return steps.map((step) => {
    const before = level;
    level = addDecimals(level, step.change);
    return { ...step, before, after: level };
  });
}

/** Steps that move less than this part of the ends would not be seen beside them. */
const VISIBLE = 0.15;

/** Lengths are for the eye: doubles will do. */
function domainOf(levels: readonly string[]): {
  readonly ends: readonly [number, number];
  readonly cut: boolean;
} {
  const values = levels.map(Number);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const reach = Math.max(Math.abs(least), Math.abs(most));
  const cut = (least > 0 || most < 0) && most - least < reach * VISIBLE;
  if (!cut) return { ends: [Math.min(0, least), Math.max(0, most) || (least === 0 ? 1 : 0)], cut };
  const room = (most - least || reach) * 0.6;
  return { ends: most < 0 ? [least - room * 0.2, most + room] : [least - room, most + room * 0.2], cut };
}

export function Waterfall({ name, unit, scale, decimals, from, to, steps, heading }: WaterfallView) {
  const scaled = scaledTo(scale, unit, decimals);
  const hatch = useId();
  const walked = levelsOf(from.value, steps);
  const { ends, cut } = domainOf([from.value, to.value, ...walked.map(({ after }) => after)]);
  const x = linear(ends, [labelWidth + 12, width - 104]);
  // The ends stand on nil; where they are cut, on the edge that nil lies behind.
  const ground = cut ? (Number(from.value) < 0 ? ends[1] : ends[0]) : 0;
  const height = (walked.length + 2) * rowHeight + (cut ? 22 : 4);
  const top = (index: number): number => 2 + index * rowHeight;
  const bar = (index: number, a: number, b: number) => ({
    x: px(Math.min(x(a), x(b))),
    y: top(index) + (rowHeight - barHeight) / 2,
    width: px(Math.max(1, Math.abs(x(b) - x(a)))),
    height: barHeight,
  });
  const end = (index: number, { label, value, href, hypothetical = false }: WaterfallEnd) => {
    const amount = balanceSaid(scaled, value);
    return (
      <Row
        y={top(index)}
        strong
        {...{ label, href }}
        said={`${label}: ${amount} ${scaled.unit}`}
        amounts={[amount]}
      >
        <rect
          className={hypothetical ? 'bar hypothetical' : 'bar total'}
          {...bar(index, ground, Number(value))}
          fill={hypothetical ? `url(#${hatch})` : ink.total}
          stroke={hypothetical ? ink.total : 'none'}
        />
      </Row>
    );
  };
  return (
    <Picture {...{ name, height, heading }}>
      <pattern id={hatch} width={6} height={6} patternUnits="userSpaceOnUse">
        <path className="hatch" d="M0 6L6 0" stroke={ink.total} strokeWidth={1.5} />
      </pattern>
      {!cut && (
        <path
          className="axis"
          d={`M${px(x(0))} 2V${top(walked.length + 2)}`}
          stroke={ink.line}
          strokeWidth={1}
        />
      )}
      {end(0, from)}
      {walked.map(({ label, change, href, before, after }, index) => {
        const amount = changeSaid(scaled, change);
        const rises = !change.startsWith('-');
        return (
          <Row
            key={index}
            y={top(index + 1)}
            {...{ label, href }}
            said={`${label}: ${amount} ${scaled.unit}`}
            amounts={[amount]}
          >
            <path
              className="connector"
              d={`M${px(x(Number(before)))} ${top(index + 1) - (rowHeight - barHeight) / 2}v${rowHeight - barHeight}`}
              stroke={ink.line}
            />
            <rect
              className={rises ? 'bar up' : 'bar down'}
              {...bar(index + 1, Number(before), Number(after))}
              fill={rises ? ink.up : ink.down}
            />
          </Row>
        );
      })}
      {end(walked.length + 1, to)}
      {cut && (
        <text className="remark" x={labelWidth + 12} y={height - 5} fill={ink.muted} fontSize={11}>
          The first and the last bar are cut: they do not begin at nil.
        </text>
      )}
    </Picture>
  );
}
