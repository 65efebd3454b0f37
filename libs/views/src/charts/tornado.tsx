/**
 * A tornado: what each driver alone does to a figure when it is moved down and up by the same part, the widest first.
 *
 * The empty bar is the driver moved down, the full one the driver moved up; left of the axis the figure is lower.
 */
import { scaledTo, type MoneyScale } from '../units';
import { barHeight, ink, labelWidth, linear, Picture, px, Row, rowHeight, width } from './row';
import { changeSaid } from './said';

export interface TornadoBar {
  readonly label: string;
  /** Changes of the figure, in its unit. */
  readonly low: string;
  readonly high: string;
  readonly href?: string | undefined;
}

export interface TornadoView {
  readonly name: string;
  readonly unit: string;
  readonly scale?: MoneyScale | undefined;
  readonly decimals?: number | undefined;
  readonly percent: string;
  readonly bars: readonly TornadoBar[];
}

const HEAD = 20;

export function Tornado({ name, unit, scale, decimals, percent, bars }: TornadoView) {
  const scaled = scaledTo(scale, unit, decimals);
  const reach =
    Math.max(...bars.flatMap(({ low, high }) => [Math.abs(Number(low)), Math.abs(Number(high))]), 0) || 1;
  const x = linear([-reach, reach], [labelWidth + 12, width - 186]);
  const height = HEAD + bars.length * rowHeight + 4;
  const head = (text: string, right: number) => (
    <text className="remark" x={right} y={13} textAnchor="end" fill={ink.muted} fontSize={11}>
      {text}
    </text>
  );
  return (
    <Picture {...{ name, height }}>
      {head(`−${percent}%`, width - 86)}
      {head(`+${percent}%`, width - 2)}
      {bars.map(({ label, low, high, href }, index) => {
        const y = HEAD + index * rowHeight;
        const [less, more] = [changeSaid(scaled, low), changeSaid(scaled, high)];
        const bar = (change: string) => ({
          x: px(Math.min(x(0), x(Number(change)))),
          y: y + (rowHeight - barHeight) / 2,
          width: px(Math.abs(x(Number(change)) - x(0))),
          height: barHeight,
        });
        return (
          <Row
            key={label}
            {...{ y, label, href }}
            said={`${label}: ${less} with ${percent}% less, ${more} with ${percent}% more, ${scaled.unit}`}
            amounts={[less, more]}
          >
            <rect className="bar minus" {...bar(low)} fill={ink.page} stroke={ink.up} strokeWidth={1.5} />
            <rect className="bar plus" {...bar(high)} fill={ink.up} stroke={ink.up} strokeWidth={1.5} />
          </Row>
        );
      })}
      <path className="axis" d={`M${px(x(0))} ${HEAD}V${height - 4}`} stroke={ink.line} strokeWidth={1} />
    </Picture>
  );
}
