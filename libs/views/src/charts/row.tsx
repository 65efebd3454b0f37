/**
 * The rows that charts are made of: a label on the left, a bar, amounts on the right, all of it a link where it can be one.
 *
 * Colours stand in attributes, for a picture that stands alone; where there is a style sheet, its classes win. There are no
 * style attributes: a page that allows none shows the same.
 */
import type { ReactNode } from 'react';
import { linesOf } from './said';

/** Light colours of the palette, all at 3:1 or better on white, texts at 4.5:1. */
export const ink = {
  text: '#1b1f24',
  muted: '#57606a',
  line: '#8a929a',
  up: '#0072b2',
  down: '#d55e00',
  total: '#57606a',
  page: '#ffffff',
} as const;

export const rowHeight = 34;
export const barHeight = 18;
export const width = 760;
export const labelWidth = 268;

interface Row {
  /** From the top of the picture to the top of the row. */
  readonly y: number;
  readonly label: string;
  readonly strong?: boolean;
  /** What the row says, for whoever points at it. */
  readonly said: string;
  readonly href?: string | undefined;
  /** Right-aligned, the last one at the edge. */
  readonly amounts: readonly string[];
  readonly children: ReactNode;
}

export function Row({ y, label, strong = false, said, href, amounts, children }: Row) {
  const lines = linesOf(label);
  const middle = y + rowHeight / 2;
  const weight = strong ? { fontWeight: 600 } : {};
  const body = (
    <>
      <title>{said}</title>
      <rect
        className="row-area"
        x={0}
        y={y}
        width={width}
        height={rowHeight}
        fill={ink.page}
        fillOpacity={0}
      />
      {lines.map((line, index) => (
        <text
          key={line}
          className="label"
          x={0}
          y={middle + 4 + (index - (lines.length - 1) / 2) * 14}
          fill={ink.text}
          {...weight}
        >
          {line}
        </text>
      ))}
      {children}
      {amounts.map((amount, index) => (
        <text
          key={index}
          className="amount"
          x={width - 2 - (amounts.length - 1 - index) * 84}
          y={middle + 4}
          textAnchor="end"
          fill={ink.text}
          {...weight}
        >
          {amount}
        </text>
      ))}
    </>
  );
  return href === undefined ? <g>{body}</g> : <a href={href}>{body}</a>;
}

interface Picture {
  readonly name: string;
  readonly height: number;
  /** Lines that stand over a picture which stands alone, on white. */
  readonly heading?: readonly string[] | undefined;
  readonly children: ReactNode;
}

/** Letters of a heading that find room in a line. */
const HEADING = 96;

/** A picture that scales; its links and texts are read as such, so it is a group and not one image. */
export function Picture({ name, height, heading, children }: Picture) {
  const lines = (heading ?? []).flatMap((text) => linesOf(text, HEADING));
  const margin = lines.length === 0 ? 0 : 16;
  const top = margin + lines.length * 18 + (margin > 0 ? 6 : 0);
  const size = { width: width + 2 * margin, height: top + height + margin };
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      className="chart"
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="group"
      aria-label={name}
      fontFamily="system-ui, sans-serif"
      fontSize={12.5}
    >
      {margin > 0 && <rect {...size} fill={ink.page} />}
      {lines.map((line, index) => (
        <text
          key={index}
          x={margin}
          y={margin + 10 + index * 18}
          fill={index === lines.length - 1 ? ink.muted : ink.text}
          fontWeight={index === lines.length - 1 ? 400 : 600}
        >
          {line}
        </text>
      ))}
      {margin > 0 ? <g transform={`translate(${margin} ${top})`}>{children}</g> : children}
    </svg>
  );
}

/** A tenth of a pixel is enough, and says the same on every machine. */
export const px = (value: number): number => Math.round(value * 10) / 10;

/** From amounts to pixels. Lengths are for the eye: doubles will do. */
export const linear =
  ([least, most]: readonly [number, number], [left, right]: readonly [number, number]) =>
  (value: number): number =>
    left + ((value - least) / (most - least)) * (right - left);
